"""The numbers of a criterion: how often, from which share on, in which window, as those who gave one would have it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from consensus.agreement.estimate import Estimate
from consensus.agreement.proportions import share
from consensus.proposals.candidates import candidates_of
from consensus.proposals.forms import lower_median, mostly_numbers, parameter_questions

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from consensus.agreement.agree import Agreement
    from consensus.agreement.tally import QuestionTally
    from consensus.proposals.candidates import Candidate
    from questionnaires.instrument import Question

Beside = Literal["no_majority", "no_term", "no_place"]
SMALLER_IS_STRICTER = frozenset({"days"})


@dataclass(frozen=True, kw_only=True, slots=True)
class ParameterVote:
    """What people say a number of a criterion should be, of those who gave one (base `committed`).

    `chosen` is the lower median, an answer that somebody gave; `mode` the commonest answer (the smaller of equals);
    `low` and `high` are distribution-free limits of the median, None for fewer than six answers;
    `accepts` is the share of people whom the chosen number satisfies: theirs is no stricter. `no_number` counts answers
    that give none; `in_term` tells whether a term has it, else `beside` why not: most gave no number, the criterion
    makes no term, or its form has no place for the number.
    """

    criterion: str
    question: str
    unit: str
    counts: tuple[tuple[float, int], ...]
    chosen: float | None = None
    mode: float | None = None
    low: float | None = None
    high: float | None = None
    accepts: Estimate
    no_number: int | None = None
    in_term: bool = False
    beside: Beside | None = None

    def to_dict(self) -> dict[str, object]:
        """Return the row for `propose --json`."""
        e = self.accepts
        return {
            "criterion": self.criterion,
            "question": self.question,
            "unit": self.unit,
            "counts": [{"number": number, "count": count} for number, count in self.counts],
            "median": self.chosen,
            "mode": self.mode,
            "low": self.low,
            "high": self.high,
            "accepts": {"value": e.value, "low": e.low, "high": e.high, "n": e.n, "base": e.base, "reason": e.reason},
            "no_number": self.no_number,
            "in_term": self.in_term,
            "beside": self.beside,
        }


def parameters_of(
    agreement: Agreement, candidates: Sequence[Candidate] | None = None, also: Collection[str] = ()
) -> tuple[ParameterVote, ...]:
    """Return the numbers that parameter questions ask for, those of criteria in the order of the criteria sheet.

    A question is a criterion's if it speaks of it or if the criteria sheet names it. `also` are questions whose number
    is in a term of another kind of proposal; the `candidates` are those of `candidates_of` unless given.
    """
    if candidates is None:
        candidates, _ = candidates_of(agreement)
    by_name = {c.id: c for c in candidates}
    tallies = {counted.question: counted for counted in agreement.tally.questions}
    found = list[ParameterVote]()
    for criterion in agreement.instrument.criteria:
        for question in parameter_questions(agreement, criterion):
            if question.role == "parameter" and question.name in tallies:
                made = _vote(agreement, criterion.name, question)
                beside = _beside(by_name.get(criterion.name), question, tallies[question.name], also)
                found.append(replace(made, in_term=beside is None, beside=beside))
    return tuple(found)


def _beside(
    candidate: Candidate | None, question: Question, tally: QuestionTally, also: Collection[str]
) -> Beside | None:
    """Return why the number of a question is in no term; None where it is in one."""
    if question.name in also or (candidate is not None and question.name in {n.question for n in candidate.numbers}):
        return None
    if not tally.scores or not mostly_numbers(tally):
        return "no_majority"
    return "no_term" if candidate is None else "no_place"


def accepting(counts: tuple[tuple[float, int], ...], chosen: float, unit: str) -> int:
    """Return how many gave a number that is no stricter than `chosen` (for days: no smaller)."""
    if unit in SMALLER_IS_STRICTER:
        return sum(times for number, times in counts if number >= chosen)
    return sum(times for number, times in counts if number <= chosen)


def _vote(agreement: Agreement, criterion: str, question: Question) -> ParameterVote:
    counted = agreement.tally.question(question.name)
    counts, unit = counted.scores, question.parameter or ""
    if not counts:
        reason = counted.reason or "nobody gave a number"
        return ParameterVote(
            criterion=criterion, question=question.name, unit=unit, counts=(), accepts=Estimate(reason=reason)
        )
    n, chosen = sum(times for _, times in counts), lower_median(counts)
    assert chosen is not None
    low, high = _limits(counts, n)
    return ParameterVote(
        criterion=criterion,
        question=question.name,
        unit=unit,
        counts=counts,
        chosen=chosen,
        mode=max(counts, key=lambda pair: (pair[1], -pair[0]))[0],
        low=low,
        high=high,
        accepts=share(accepting(counts, chosen, unit), n, base="committed"),
        no_number=_without_number(counted, n),
    )


def _without_number(counted: QuestionTally, n: int) -> int | None:
    return None if counted.answered is None else counted.answered - n


def _limits(
    counts: tuple[tuple[float, int], ...], n: int, level: float = 0.95
) -> tuple[float, float] | tuple[None, None]:
    """Return limits of the median from order statistics, by the binomial distribution (Conover 1999, section 3.2).

    Fewer than six answers have none: even the smallest and the largest hold the median less often than `level`.
    """
    from scipy import stats

    below = int(stats.binom.ppf((1 - level) / 2, n, 0.5))
    if below == 0:
        return None, None
    values = [number for number, times in counts for _ in range(times)]
    return values[below - 1], values[n - below]
