"""What a survey's file says of the people in it: who they are, what they left out, what was flagged and corrected."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from consensus.agreement.characteristics import Characteristic, characteristics_of
from consensus.combinations import COMMONEST, Combinations, combinations_of
from questionnaires.cleaning.corrections import ACTIONS
from questionnaires.cleaning.flags import ATTENTION, DEFINITIONS, SPEEDING, STRAIGHT_LINE
from questionnaires.cleaning.missing import Missing, missing_by_question
from questionnaires.published import PublishedCounts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from questionnaires.cleaning.cleaned import Cleaned, Flow
    from questionnaires.instrument import Instrument
    from questionnaires.responses import Responses

MOSTLY, OFTEN_BLANK = 0.6, 0.05
CARELESS = (ATTENTION, SPEEDING, STRAIGHT_LINE)
UNCOUNTED = (None, "free_text", "respondent")


@dataclass(frozen=True, kw_only=True, slots=True)
class OneSided:
    """An option of a question about people that most of them chose."""

    question: str
    option: str
    count: int
    n: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Respondents:
    """The people of a survey whose single answers are known.

    `missing` are the questions that somebody was asked, `flags` how often each kind was raised, `corrections` how many
    rows of each action took effect (None without a file of them). `one_sided` are groups that most belong to, `blank`
    questions that many left out, and `careless` counts people among the analyzed who answered without care.
    """

    flow: Flow
    characteristics: tuple[Characteristic, ...]
    missing: tuple[Missing, ...]
    flags: tuple[tuple[str, int], ...]
    corrections: tuple[tuple[str, int], ...] | None
    one_sided: tuple[OneSided, ...]
    blank: tuple[Missing, ...]
    careless: int

    @property
    def complete(self) -> int:
        """How many questions everybody answered who was asked."""
        return sum(not one.missing for one in self.missing)

    def to_dict(self) -> dict[str, object]:
        """Return these parts as `agree --json` has them."""
        return {
            "flow": self.flow.to_dict(),
            "characteristics": [one.to_dict() for one in self.characteristics],
            "missing": [one.to_dict() for one in self.missing],
            "item_nonresponse": {"questions": len(self.missing), "complete": self.complete},
            "flags": [{"kind": kind, "definition": DEFINITIONS[kind], "count": count} for kind, count in self.flags],
            "corrections": None if self.corrections is None else dict(self.corrections),
            "limits": {
                "one_sided": [
                    {"question": o.question, "option": o.option, "count": o.count, "n": o.n} for o in self.one_sided
                ],
                "blank": [{"question": m.question, "missing": m.missing, "asked": m.asked} for m in self.blank],
                "careless": self.careless,
            },
        }


def respondents_of(cleaned: Cleaned) -> Respondents:
    """Return what the answers of a survey say of the people who gave them."""
    roles = {q.name: q.role for q in cleaned.analyzed.instrument.questions}
    missing = tuple(m for m in missing_by_question(cleaned.analyzed) if m.asked)
    raised = Counter(flag.kind for flag in cleaned.flags)
    left = set(cleaned.analyzed.records["address"])
    made = cleaned.corrections
    return Respondents(
        flow=cleaned.flow,
        characteristics=characteristics_of(cleaned),
        missing=missing,
        flags=tuple((kind, raised[kind]) for kind in DEFINITIONS),
        corrections=None if made is None else tuple((action, made.count(action)) for action in ACTIONS),
        one_sided=tuple(_one_sided(cleaned.analyzed)),
        blank=tuple(m for m in missing if roles[m.question] not in UNCOUNTED and m.missing > OFTEN_BLANK * m.asked),
        careless=len({flag.address for flag in cleaned.flags if flag.kind in CARELESS} & left),
    )


def _one_sided(answers: Responses) -> Iterator[OneSided]:
    for question in answers.instrument.questions:
        if question.role not in ("demographic", "stratum") or not question.closed or question.multiple:
            continue
        given = answers.values[question.name][answers.kinds[question.name] == "answered"]
        counts = given.value_counts()
        if len(given) and int(counts.iloc[0]) >= MOSTLY * len(given):
            yield OneSided(question=question.name, option=str(counts.index[0]), count=int(counts.iloc[0]), n=len(given))


def chosen_together(answers: Responses | PublishedCounts) -> tuple[tuple[str, Combinations], ...]:
    """Return for each question on treatment that takes several answers which were chosen together; else nothing."""
    if isinstance(answers, PublishedCounts):
        return ()
    found = []
    for question in answers.instrument.questions_of("treatment"):
        if question.multiple:
            given = answers.values[question.name][answers.kinds[question.name] == "answered"]
            chosen = [value if isinstance(value, tuple) else (value,) for value in given]
            found.append((question.name, combinations_of(chosen, [c.name for c in question.choices])))
    return tuple(found)


def together_to_dict(question: str, found: Combinations) -> dict[str, object]:
    """Return the combined answers to a question as `together` of `agree --json` has them."""
    beyond = {"beyond": COMMONEST, "count": found.rarer()}
    return {"question": question, "n": found.total, "combinations": found.to_list("options"), "rarer": beyond}


def questionnaire_of(instrument: Instrument) -> dict[str, int]:
    """Return how many questions and criteria an instrument has, and how many questions are asked only of some."""
    routed = sum(instrument.asked_if(question) is not None for question in instrument.questions)
    return {"questions": len(instrument.questions), "criteria": len(instrument.criteria), "routed": routed}
