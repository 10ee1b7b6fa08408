"""Who the respondents are: options counted, numbers as quartiles and classes, typed names of hospitals as groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from consensus.agreement.classes import classes

if TYPE_CHECKING:
    from questionnaires.cleaning.cleaned import Cleaned
    from questionnaires.instrument import Question

ROLES = ("demographic", "stratum", "cluster")
NUMERIC = ("integer", "decimal", "range")
NOT_ASKED = ("not_shown", "unknown")
MOST_OPTIONS = 12
QUANTILES = ("least", "q1", "median", "q3", "most")


@dataclass(frozen=True, kw_only=True, slots=True)
class Characteristic:
    """The answers to one question about respondents: `asked` of them, of whom `answered` did.

    `options` are counts of a closed question, in its order; `quantiles` (type 7) and `classes` (lowest, highest, how
    many) those of numbers; `groups` is how many different names were typed, spellings merged.
    """

    question: str
    asked: int
    answered: int
    options: tuple[tuple[str, int], ...] = ()
    quantiles: tuple[tuple[str, float], ...] = ()
    classes: tuple[tuple[float, float, int], ...] = ()
    groups: int | None = None

    @property
    def missing(self) -> int:
        """How many of those asked did not answer."""
        return self.asked - self.answered

    @property
    def commonest(self) -> tuple[tuple[str, int], ...]:
        """The options that somebody chose: in their order, or where they are too many for a figure the commonest."""
        chosen = [pair for pair in self.options if pair[1]]
        if len(chosen) <= MOST_OPTIONS:
            return tuple(chosen)
        return tuple(sorted(chosen, key=lambda pair: -pair[1])[: MOST_OPTIONS - 1])

    @property
    def others(self) -> int:
        """How many chose an option that is none of the `commonest`."""
        return sum(n for _, n in self.options) - sum(n for _, n in self.commonest)

    def to_dict(self) -> dict[str, object]:
        """Return the question as `respondents` of `agree --json` has it; what it doesn't have is left out."""
        told: dict[str, object] = {
            "question": self.question,
            "asked": self.asked,
            "answered": self.answered,
            "missing": self.missing,
        }
        if self.options:
            told |= {"options": [{"option": name, "count": n} for name, n in self.options], "others": self.others}
        if self.quantiles:
            told |= dict(self.quantiles)
            told["classes"] = [{"low": low, "high": high, "count": n} for low, high, n in self.classes]
        return told if self.groups is None else told | {"groups": self.groups}


def characteristics_of(cleaned: Cleaned) -> tuple[Characteristic, ...]:
    """Return the questions about people that somebody of the analyzed answered, in the order in which they are asked.

    Free texts about people are left out, but for names of clusters.
    """
    found = (_of(cleaned, q) for q in cleaned.analyzed.instrument.questions if q.role in ROLES)
    return tuple(one for one in found if one is not None)


def _of(cleaned: Cleaned, question: Question) -> Characteristic | None:
    answers = cleaned.analyzed
    kinds = answers.kinds[question.name]
    given = answers.values[question.name][kinds == "answered"]
    if not len(given):
        return None
    asked, answered = int((~kinds.isin(NOT_ASKED)).sum()), len(given)
    if question.closed:
        chosen = [answer if isinstance(answer, tuple) else (answer,) for answer in given]
        options = tuple((c.name, sum(c.name in one for one in chosen)) for c in question.choices)
        return Characteristic(question=question.name, asked=asked, answered=answered, options=options)
    if question.type in NUMERIC:
        numbers = given.to_numpy(dtype=float)
        at = zip(QUANTILES, np.quantile(numbers, [0, 0.25, 0.5, 0.75, 1]), strict=True)
        return Characteristic(
            question=question.name,
            asked=asked,
            answered=answered,
            quantiles=tuple((name, float(value)) for name, value in at),
            classes=tuple(classes([float(value) for value in numbers])),
        )
    if question.role != "cluster":
        return None
    groups = cleaned.groups(question.name).merged
    return Characteristic(question=question.name, asked=asked, answered=answered, groups=groups)
