"""Several answers to one question: limits that hold for all options at once, and what counts tell of answers together.

Each option is a share of respondents, never of ticks. Where only counts are known, how many chose at least one of them
(or all of them) is known within Frechet's bounds: between the largest and the sum, or the sum less what fits.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from consensus.agreement.estimate import Estimate, Measurement
from consensus.agreement.proportions import interval

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from consensus.agreement.tally import QuestionTally
    from questionnaires.instrument import Question


@dataclass(frozen=True, kw_only=True, slots=True)
class JointBounds:
    """The fewest and the most people who can have chosen at least one, or all, of some options."""

    any_low: int
    any_high: int
    all_low: int
    all_high: int


def joint_bounds(counts: Sequence[int], n: int) -> JointBounds:
    """Return Frechet's bounds (1935) of n people of whom `counts` chose each option; ValueError for impossible counts.

    At least one: max(counts) to min(n, sum). All: max(0, sum - (options - 1) n) to min(counts).
    """
    if not counts or any(not 0 <= c <= n for c in counts):
        raise ValueError(f"{list(counts)} of {n} are no shares")
    total = sum(counts)
    return JointBounds(
        any_low=max(counts),
        any_high=min(n, total),
        all_low=max(0, total - (len(counts) - 1) * n),
        all_high=min(counts),
    )


def joint_measurements(question: Question, counted: QuestionTally, *, level: float) -> Iterator[Measurement]:
    """Yield each option with Bonferroni's limits for all at once, and the bounds of who chose any option at all."""
    n, options = counted.answered or 0, [o for o in counted.options if not question.choice(o.option).missing]
    if n == 0 or len(options) < 2:
        return
    each = 1 - (1 - level) / len(options)
    for option in options:
        count = option.count or 0
        low, high = interval(count, n, level=each)
        estimate = Estimate(
            value=count / n, low=low, high=high, level=level, method=f"wilson, bonferroni over {len(options)}", n=n
        )
        yield Measurement(
            question=question.name,
            measure="joint share",
            estimate=estimate,
            option=option.option,
            criterion=question.criterion,
            count=option.count,
        )
    bounds = joint_bounds([o.count or 0 for o in options], n)
    if counted.any_chosen is not None:
        low, high = interval(counted.any_chosen, n, level=level)
        known = Estimate(value=counted.any_chosen / n, low=low, high=high, level=level, method="wilson", n=n)
    else:
        known = Estimate(
            reason=f"only counts are known: between {bounds.any_low} and {bounds.any_high} chose at least one",
            low=bounds.any_low / n,
            high=bounds.any_high / n,
            level=level,
            method="frechet bounds",
            n=n,
        )
    yield Measurement(
        question=question.name,
        measure="any option",
        estimate=known,
        criterion=question.criterion,
        count=counted.any_chosen,
    )
