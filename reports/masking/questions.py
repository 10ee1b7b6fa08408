"""Of which questions some cell is small, and what may still be shown of such a question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.masking.small import covered

if TYPE_CHECKING:
    from consensus.agreement.agree import Agreement
    from consensus.agreement.tally import QuestionTally
    from questionnaires.instrument import Question
    from reports.numbers_marked import NumberRow

# kinds of rows that hold the share of one option
OF_OPTIONS = ("share", "exact share", "joint share", "table-1", "people")
# the part of the people that a quantile leaves on its smaller side
QUANTILES = {"median": 2, "q1": 4, "q3": 4, "iqr": 4}
SIZES = ("answered", "together")
SUPPORT = ("endorsement", "margin", "verdict", "against")


@dataclass(frozen=True, kw_only=True, slots=True)
class Thin:
    """What may be shown of one question with a small cell.

    `options` are those whose shares may be shown. `support` tells whether the support for its criterion may be, under
    the study's own `coding` alone: two codings together would tell how many answers were equivocal.
    """

    question: str
    least: int
    answered: int
    options: frozenset[str] = frozenset()
    support: bool = False
    coding: str = "as-voted"
    numeric: bool = False

    def shows(self, row: NumberRow) -> bool:
        """Return whether a row about the question may be shown."""
        kind, *rest = row.id.split("/")
        if row.n is not None and 0 < self.answered - row.n < self.least:
            return False
        if kind in SIZES and len(rest) == 1:
            return True
        if kind in SUPPORT:
            return self.support and rest[1:2] in ([self.coding], ["as-voted"])
        if kind == "left-out":
            return rest[-1] == "base" or (rest[-1] == "support" and self.support)
        if kind == "table-1" and rest[-1] in ("n", "groups"):
            return True
        if self.numeric and rest[-1] in QUANTILES and kind == "table-1":
            return self.answered >= QUANTILES[rest[-1]] * self.least
        if self.numeric and kind in QUANTILES:
            return self.answered >= QUANTILES[kind] * self.least
        return kind in OF_OPTIONS and len(rest) > 1 and rest[1] in self.options


def thin_question(agreement: Agreement, name: str, least: int) -> Thin:
    """Return what may be shown of a question with a small cell."""
    question = agreement.instrument.question(name)
    try:
        counted = agreement.tally.question(name)
    except KeyError:
        return Thin(question=name, least=least, answered=0)
    answered, own = counted.answered or 0, {v.question: v for v in agreement.own_verdicts()}.get(name)
    if question.role == "criterion" and own is not None:
        spare = least + len(counted.options) - 1
        sides = (own.votes, own.against)
        support = all(side is not None and (side == 0 or side >= spare) for side in sides)
        coding = own.coding or "as-voted"
        return Thin(question=name, least=least, answered=answered, support=support, coding=coding)
    options = _options(question, counted, least)
    numeric = question.role != "criterion"
    return Thin(question=name, least=least, answered=answered, options=options, numeric=numeric)


def _options(question: Question, counted: QuestionTally, least: int) -> frozenset[str]:
    """Return the options whose shares may be shown; what no option holds of the answers is a cell of its own."""
    known = {option.option: float(option.count) for option in counted.options if option.count is not None}
    if counted.answered is None:
        return frozenset()
    if question.multiple:
        n = counted.answered
        return frozenset(o for o, count in known.items() if not (0 < count < least or 0 < n - count < least))
    elsewhere = counted.answered - sum(known.values())
    hidden = covered(known | ({"": elsewhere} if elsewhere > 0 else {}), least)
    return frozenset(known) - hidden
