"""What was asked: an instrument with its questions, choices and the criteria that they speak of. All frozen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from questionnaires.problems import Problems

if TYPE_CHECKING:
    import pandas as pd

Role = Literal[
    "consent",
    "respondent",
    "cluster",
    "stratum",
    "weight",
    "demographic",
    "opinion",
    "criterion",
    "parameter",
    "rating",
    "ranking",
    "allocation",
    "vignette",
    "treatment",
    "attention",
    "free_text",
    "derived",
]
Evidence = Literal["vote", "bound", "proxy"]
Direction = Literal["endorse", "reject"]
MissingKind = Literal["dont_know", "refused", "not_applicable"]
Further = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Labels:
    """One text in several languages: pairs of a code (`en`, `zh`, or `default`) and a text, in the file's order."""

    texts: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return self.texts[0][1] if self.texts else ""

    @property
    def languages(self) -> tuple[str, ...]:
        """The codes of the languages that this text has."""
        return tuple(code for code, _ in self.texts)

    def text(self, language: str) -> str:
        """Return the text in `language`, else in the first language there is, else an empty text."""
        return dict(self.texts).get(language, str(self))


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """One option of a closed question.

    `endorses` is how far it agrees with the question's sentence (1, 0.5, 0, or None where that can't be said), `score`
    the number that it stands for, `missing` the kind of missing answer that it is. `further` holds what else its row of
    the workbook says, as pairs of column and text.
    """

    name: str
    label: Labels
    endorses: float | None = None
    score: float | None = None
    missing: MissingKind | None = None
    further: Further = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """One question of an instrument, with what it means for the analysis.

    `relevant` and `constraint` are expressions of the routing language (`questionnaires.routing`). `criterion` names a
    `Criterion`; with `direction` reject, agreement with the sentence speaks against it. `evidence` says what a vote is
    worth: a direct `vote`, an upper `bound` (a complement), or a `proxy`. `same_as` names an item of another survey
    (`cci-2020:cn_newlesion`). `reconstructed` marks a stem that nobody has read in print. `parameters` are those of a
    `range` (`start=1 end=9 step=1`). `groups` are the names of the groups around it, outermost first; `further` what
    else its row of the workbook says, as pairs of column and text.
    """

    name: str
    type: str
    label: Labels
    list_name: str | None = None
    choices: tuple[Choice, ...] = ()
    hint: Labels = field(default_factory=Labels)
    relevant: str | None = None
    constraint: str | None = None
    required: bool = False
    role: Role | None = None
    criterion: str | None = None
    direction: Direction = "endorse"
    parameter: str | None = None
    evidence: Evidence = "vote"
    same_as: str | None = None
    vignette: str | None = None
    reconstructed: bool = False
    note: str = ""
    calculation: str | None = None
    parameters: str = ""
    groups: tuple[str, ...] = ()
    further: Further = ()

    @property
    def closed(self) -> bool:
        """Whether it is answered by choosing one option or several."""
        return self.type in ("select_one", "select_multiple")

    @property
    def multiple(self) -> bool:
        """Whether several options may be chosen."""
        return self.type == "select_multiple"

    def choice(self, name: str) -> Choice:
        """Return the option of that name; KeyError if there is none."""
        for choice in self.choices:
            if choice.name == name:
                return choice
        raise KeyError(name)

    def endorsement(self, choice: Choice) -> float | None:
        """Return how far `choice` supports the criterion: 1, 0.5, 0, or None (`endorses`, turned by `direction`)."""
        if choice.endorses is None or choice.missing is not None:
            return None
        return 1 - choice.endorses if self.direction == "reject" else choice.endorses


@dataclass(frozen=True, kw_only=True, slots=True)
class Criterion:
    """A candidate part of a definition. Without `finding` it makes no term; `parameter` names a question or a unit."""

    name: str
    label: Labels
    finding: str | None = None
    form: str | None = None
    times: int | None = None
    days: int | None = None
    parameter: str | None = None
    source: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Questions that stand together; `relevant` applies to all of them. A `repeat` may be answered several times."""

    name: str
    label: Labels = field(default_factory=Labels)
    relevant: str | None = None
    repeat: bool = False
    further: Further = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Vignette:
    """A made-up treatment course to be judged: the cells of its patient and sessions, one tuple of pairs a session."""

    name: str
    label: Labels = field(default_factory=Labels)
    sessions: tuple[Further, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Instrument:
    """A questionnaire: questions in the order in which they are asked, and the criteria that they speak of.

    `attention` holds pairs of a question and its expected answer. `problems`, `source` and `sha256` tell of the file
    that it was read from; they play no part in whether two instruments are equal.
    """

    id: str
    title: str
    version: str = ""
    default_language: str = ""
    languages: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    attention: tuple[tuple[str, str], ...] = ()
    synthetic: bool = False
    condition: str | None = None
    groups: tuple[Group, ...] = ()
    vignettes: tuple[Vignette, ...] = ()
    settings: Further = ()
    problems: Problems = field(default_factory=Problems, compare=False)
    source: str = field(default="", compare=False)
    sha256: str = field(default="", compare=False)

    def __repr__(self) -> str:
        return f"Instrument({self.id!r}, {len(self.questions)} questions, {len(self.criteria)} criteria)"

    def question(self, name: str) -> Question:
        """Return the question of that name; KeyError if there is none."""
        for question in self.questions:
            if question.name == name:
                return question
        raise KeyError(name)

    def criterion(self, name: str) -> Criterion:
        """Return the criterion of that name; KeyError if there is none."""
        for criterion in self.criteria:
            if criterion.name == name:
                return criterion
        raise KeyError(name)

    def group(self, name: str) -> Group:
        """Return the group of that name; KeyError if there is none."""
        for group in self.groups:
            if group.name == name:
                return group
        raise KeyError(name)

    def questions_of(self, role: Role) -> tuple[Question, ...]:
        """Return the questions of one role, in the order in which they are asked."""
        return tuple(q for q in self.questions if q.role == role)

    def asked_if(self, question: Question) -> str | None:
        """Return the condition under which a question is shown, those of its groups included; None if always."""
        outer = [self.group(name).relevant for name in question.groups]
        conditions = [condition for condition in (*outer, question.relevant) if condition]
        if len(conditions) < 2:
            return conditions[0] if conditions else None
        return " and ".join(f"({condition})" for condition in conditions)

    def to_frame(self) -> pd.DataFrame:
        """Return one row a question: name, type, role, criterion, direction, evidence, relevant, label."""
        import pandas as pd

        keys = ("name", "type", "role", "criterion", "direction", "evidence", "relevant")
        rows = [{k: getattr(q, k) for k in keys} | {"label": str(q.label)} for q in self.questions]
        return pd.DataFrame(rows, columns=[*keys, "label"], dtype=object)
