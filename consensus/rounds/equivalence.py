"""Whether a change between rounds is shown to be small: not "no difference found", but "the difference lies inside"."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np
from scipy import special

from consensus.agreement.paired import mcnemar
from consensus.agreement.paired_limits import paired_limits

if TYPE_CHECKING:
    from numpy.typing import NDArray

Verdict = Literal["stable", "changed", "not shown"]
SHARE_MARGIN, POINT_MARGIN = 0.15, 0.5
TESTED = 0.05


@dataclass(frozen=True, kw_only=True, slots=True)
class Equivalence:
    """A change between two rounds with its 90 % limits, and what they say of a margin.

    `stable`: the 90 % limits lie inside the margin (two one-sided tests at 5 %); `changed`: the 95 % limits exclude 0
    and the change lies outside the margin; else `not shown`. `measure` is `net agreement` (a share) or `mean` (points),
    `method` how the limits were had.
    """

    measure: str
    change: float | None = None
    low: float | None = None
    high: float | None = None
    margin: float = SHARE_MARGIN
    n: int = 0
    verdict: Verdict = "not shown"
    method: str = ""
    reason: str | None = None


def net_change(newly: int, no_longer: int, n: int, *, margin: float = SHARE_MARGIN) -> Equivalence:
    """Return the net change of the share that agrees: `newly` less `no_longer` of `n` people asked twice.

    The limits hold for few people too (`paired_limits`). Up to 30 people neither `stable` nor `changed` is claimed
    wrongly more often than 5 % of the time, counted over all outcomes; beyond, where limits are no longer exact,
    `changed` asks for the exact McNemar test as well, and `stable` was wrong in at most 5.6 % (sizes tried: 31 to 100).
    The paired normal form says `stable` wrongly up to 61 % of the time with 3 people and 22 % from 18 on, and `changed`
    up to 32 %.
    """
    if n < 2:
        return Equivalence(measure="net agreement", margin=margin, n=n, reason="fewer than two people answered twice")
    inner, method = paired_limits(newly, no_longer, n, level=0.9)
    outer, _ = paired_limits(newly, no_longer, n, level=0.95)
    made = _judged("net agreement", (newly - no_longer) / n, inner, outer, margin, n)
    sure = method == "exact" or made.verdict != "changed" or (mcnemar(newly, no_longer).exact.p or 0.0) <= TESTED
    return replace(made, method=method, verdict=made.verdict if sure else "not shown")


def mean_change(change: NDArray[np.float64], *, margin: float = POINT_MARGIN) -> Equivalence:
    """Return the mean change of ratings with t limits, which changes that are all alike (none, too) don't have."""
    n = len(change)
    if n < 2:
        return Equivalence(measure="mean", margin=margin, n=n, reason="fewer than two people answered twice")
    mean, error = float(change.mean()), float(change.std(ddof=1)) / math.sqrt(n)
    if error < 1e-12:
        return Equivalence(measure="mean", change=mean, margin=margin, n=n, reason="all ratings changed alike")
    inner, outer = (float(special.stdtrit(n - 1, level)) * error for level in (0.95, 0.975))
    made = _judged("mean", mean, (mean - inner, mean + inner), (mean - outer, mean + outer), margin, n)
    return replace(made, method="t")


def _judged(
    measure: str, change: float, inner: tuple[float, float], outer: tuple[float, float], margin: float, n: int
) -> Equivalence:
    verdict: Verdict = "not shown"
    if -margin < inner[0] and inner[1] < margin:
        verdict = "stable"
    elif abs(change) > margin and not outer[0] <= 0 <= outer[1]:
        verdict = "changed"
    return Equivalence(measure=measure, change=change, low=inner[0], high=inner[1], margin=margin, n=n, verdict=verdict)
