"""Counts by question, option and named base: all that shares, rules and proposals are made from."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from consensus.agreement.support import Votes
from questionnaires.published import PublishedCounts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from consensus.agreement.estimate import Base
    from questionnaires.instrument import Choice, Instrument, Question
    from questionnaires.published import PublishedCount
    from questionnaires.responses import Responses

NOT_ASKED = frozenset({"not_shown", "recused", "withdrawn"})
ANSWERED = frozenset({"answered", "imputed", "dont_know", "refused", "not_applicable"})
COUNTED = frozenset({"answered", "imputed"})
NUMBERS = frozenset({"integer", "decimal", "range", "calculate"})
NUMBERED = frozenset(
    {"demographic", "opinion", "criterion", "rating", "allocation", "vignette", "treatment", "derived"}
)
NO_COUNT = "no count is published for this question"


@dataclass(frozen=True, kw_only=True, slots=True)
class OptionTally:
    """How many chose an option; None where that is not published. `complement`: what the printed counts leave over."""

    option: str
    count: int | None
    complement: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class QuestionTally:
    """The counts of one question.

    The bases are numbers of respondents, None where not known; of them `committed` gave an answer that takes a side
    (or, for scored options, a number). `kinds` counts the answer kinds, where single answers are known. `scores` are
    the numbers that answers stand for, with how often each was given, smallest first. `any_chosen` counts, where
    several answers are allowed and single answers are known, who chose any at all.
    """

    question: str
    options: tuple[OptionTally, ...] = ()
    invited: int | None = None
    asked: int | None = None
    answered: int | None = None
    committed: int | None = None
    kinds: tuple[tuple[str, int], ...] = ()
    scores: tuple[tuple[float, int], ...] = ()
    any_chosen: int | None = None
    reason: str = ""

    def base(self, base: Base) -> int | None:
        """Return the size of a base, None where it is not known."""
        sizes = {"invited": self.invited, "asked": self.asked, "answered": self.answered, "committed": self.committed}
        return sizes.get(base)

    def count(self, option: str) -> int | None:
        """Return how many chose an option, None where that is not known."""
        return next((o.count for o in self.options if o.option == option), None)

    def kind(self, kind: str) -> int:
        """Return how many answers are of a kind; 0 also where only printed counts are known."""
        return dict(self.kinds).get(kind, 0)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Tally:
    """The counts of all closed or scored questions that have a role, in the order in which they were asked."""

    instrument: Instrument
    questions: tuple[QuestionTally, ...]

    def __repr__(self) -> str:
        return f"Tally({self.instrument.id!r}, {len(self.questions)} questions)"

    def question(self, name: str) -> QuestionTally:
        """Return the counts of a question; KeyError if it has none."""
        for question in self.questions:
            if question.question == name:
                return question
        raise KeyError(name)

    def votes(self, name: str) -> Votes | None:
        """Return the votes on the criterion that a question speaks of, or None where a count is missing."""
        asked, counted = self.instrument.question(name), self.question(name)
        if counted.answered is None or any(o.count is None for o in counted.options):
            return None
        by_worth: Counter[float | None] = Counter()
        for option in counted.options:
            by_worth[asked.endorsement(asked.choice(option.option))] += option.count or 0
        sides = {worth: by_worth[worth] for worth in (1.0, 0.5, 0.0)}
        rest = counted.answered - sum(sides.values())
        return Votes(yes=sides[1.0], equivocal=sides[0.5], no=sides[0.0], opted_out=rest)

    def to_frame(self) -> pd.DataFrame:
        """Return one row an option: question, option, count, complement, invited, asked, answered, committed."""
        rows = [
            (q.question, o.option, o.count, o.complement, q.invited, q.asked, q.answered, q.committed)
            for q in self.questions
            for o in q.options
        ]
        columns = ["question", "option", "count", "complement", "invited", "asked", "answered", "committed"]
        numbers = ("count", "invited", "asked", "answered", "committed")
        return pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(numbers, "Int64"))


def tally(answers: Responses | PublishedCounts) -> Tally:
    """Count the answers of each countable question that has a role, of respondents or as printed."""
    asked = [q for q in answers.instrument.questions if q.role is not None and (q.closed or is_number(q))]
    if isinstance(answers, PublishedCounts):
        counted = tuple(_from_published(answers, question) for question in asked)
    else:
        counted = tuple(_from_responses(answers, question) for question in asked)
    return Tally(instrument=answers.instrument, questions=counted)


def is_number(question: Question) -> bool:
    """Return whether a question is answered by a number that means something: not a weight, an id or a hospital."""
    return question.role == "parameter" or (question.role in NUMBERED and question.type in NUMBERS)


def commits(question: Question, choice: Choice) -> bool:
    """Return whether an option takes a side: not equivocal, not opted out, a number where numbers are asked."""
    if choice.missing is not None or choice.endorses == 0.5:
        return False
    scored = any(c.score is not None for c in question.choices)
    return not scored or choice.score is not None or choice.endorses is not None


def _from_responses(answers: Responses, question: Question) -> QuestionTally:
    kinds = Counter(str(kind) for kind in answers.kinds[question.name])
    counted = answers.kinds[question.name].isin(sorted(ANSWERED))
    given = answers.values[question.name][counted]
    chosen = Counter(option for answer in given for option in options_of(answer))
    committed = answers.values[question.name][answers.kinds[question.name].isin(sorted(COUNTED))]
    return QuestionTally(
        question=question.name,
        options=tuple(OptionTally(option=c.name, count=chosen[c.name]) for c in question.choices),
        asked=sum(n for kind, n in kinds.items() if kind not in NOT_ASKED),
        answered=sum(n for kind, n in kinds.items() if kind in ANSWERED),
        committed=_committed(question, committed),
        kinds=tuple(sorted(kinds.items())),
        scores=_scores_of(question, chosen, committed),
        any_chosen=sum(bool(options_of(answer)) for answer in committed) if question.multiple else None,
    )


def options_of(answer: object) -> tuple[str, ...]:
    """Return the names of the options that an answer chooses."""
    if isinstance(answer, tuple):
        return tuple(str(option) for option in answer)
    return (answer,) if isinstance(answer, str) else ()


def _committed(question: Question, given: pd.Series) -> int:
    if not question.closed:
        return len(given)
    sided = {c.name for c in question.choices if commits(question, c)}
    return sum(not sided.isdisjoint(options_of(answer)) for answer in given)


def _scores_of(question: Question, chosen: Counter[str], given: pd.Series) -> tuple[tuple[float, int], ...]:
    numbers: Counter[float] = Counter()
    if question.closed:
        for choice in question.choices:
            if choice.score is not None:
                numbers[choice.score] += chosen[choice.name]
    else:
        numbers.update(
            float(answer) for answer in given if isinstance(answer, int | float)
        )  # never text of a calculate
    return tuple(sorted((score, n) for score, n in numbers.items() if n))


def _from_published(answers: PublishedCounts, question: Question) -> QuestionTally:
    rows = [row for row in answers.rows if row.question == question.name]
    bases = {row.base_is: row.base for row in rows if row.base is not None}
    answered = next((bases[name] for name in ("answered", "asked", "committed") if name in bases), None)
    options = _with_complement(question, _printed(question, rows), answered)
    known = any(option.count is not None for option in options)
    chosen = Counter({o.option: o.count for o in options if o.count is not None})
    scored = all(chosen.get(c.name) is not None for c in question.choices if c.score is not None)
    return QuestionTally(
        question=question.name,
        options=options,
        invited=answers.response[1] if answers.response is not None and not question.relevant else None,
        asked=bases.get("asked"),
        answered=answered,
        committed=_committed_published(question, chosen, answered, bases.get("committed")),
        scores=_scores_of(question, chosen, pd.Series(dtype=object)) if scored and known else (),
        reason="" if known else NO_COUNT,
    )


def _printed(question: Question, rows: Iterable[PublishedCount]) -> tuple[OptionTally, ...]:
    counts = {row.option: row.count for row in rows}
    return tuple(OptionTally(option=c.name, count=counts.get(c.name)) for c in question.choices)


def _with_complement(
    question: Question, options: tuple[OptionTally, ...], answered: int | None
) -> tuple[OptionTally, ...]:
    """Give the one option without a printed count what the others leave over, where exactly one option was chosen."""
    without = [o for o in options if o.count is None]
    if question.multiple or answered is None or len(without) != 1 or len(options) < 2:
        return options
    rest = OptionTally(option=without[0].option, count=answered - sum(o.count or 0 for o in options), complement=True)
    return tuple(rest if o is without[0] else o for o in options)


def _committed_published(
    question: Question, chosen: Counter[str], answered: int | None, printed: int | None
) -> int | None:
    if printed is not None or question.multiple or answered is None:
        return printed
    aside = [c.name for c in question.choices if not commits(question, c)]
    return None if any(name not in chosen for name in aside) else answered - sum(chosen[name] for name in aside)
