"""Whether a change between rounds is shown to be small: not "no difference found", but "the difference lies inside"."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from scipy import special

if TYPE_CHECKING:
    from numpy.typing import NDArray

Verdict = Literal["stable", "changed", "not shown"]
SHARE_MARGIN, POINT_MARGIN = 0.15, 0.5


@dataclass(frozen=True, kw_only=True, slots=True)
class Equivalence:
    """A change between two rounds with its 90 % limits, and what they say of a margin.

    `stable`: the 90 % limits lie inside the margin (two one-sided tests at 5 %); `changed`: the 95 % limits exclude 0
    and the change lies outside the margin; else `not shown`. `measure` is `net agreement` (a share) or `mean` (points).
    """

    measure: str
    change: float | None = None
    low: float | None = None
    high: float | None = None
    margin: float = SHARE_MARGIN
    n: int = 0
    verdict: Verdict = "not shown"
    reason: str | None = None


def net_change(newly: int, no_longer: int, n: int, *, margin: float = SHARE_MARGIN) -> Equivalence:
    """Return the net change of the share that agrees: `newly` less `no_longer` of `n` people asked twice.

    SE^2 = ((b + c) - (b - c)^2 / n) / n^2, the paired Wald form. Where nobody changed, the limits are those at which
    one person who did would not have been surprising: the exact one-sided bound of the share that changed, both ways.
    Where everybody changed, and the same way, the normal form has no width: then it is the exact bound q of that share
    of changes, 2 q - 1, which leaves out 0 just where the exact McNemar test does. No limit lies beyond -1 and 1.
    """
    if n < 2:
        return Equivalence(measure="net agreement", margin=margin, n=n, reason="fewer than two people answered twice")
    change = (newly - no_longer) / n
    if newly + no_longer == 0:
        bound = 1 - 0.05 ** (1 / n)
        return _judged("net agreement", 0.0, (-bound, bound), (-bound, bound), margin, n)
    if abs(newly - no_longer) == n:
        inner, outer = (_one_way(n, tail, newly > 0) for tail in (0.05, 0.025))
    else:
        error = math.sqrt(max((newly + no_longer) - (newly - no_longer) ** 2 / n, 0)) / n
        inner, outer = (_cut(change, float(special.ndtri(level)) * error) for level in (0.95, 0.975))
    return _judged("net agreement", change, inner, outer, margin, n)


def _one_way(n: int, tail: float, up: bool) -> tuple[float, float]:
    bound = 2 * tail ** (1 / n) - 1
    return (bound, 1.0) if up else (-1.0, -bound)


def _cut(change: float, reach: float) -> tuple[float, float]:
    return max(change - reach, -1.0), min(change + reach, 1.0)


def mean_change(change: NDArray[np.float64], *, margin: float = POINT_MARGIN) -> Equivalence:
    """Return the mean change of ratings with t limits, which changes that are all alike (none, too) don't have."""
    n = len(change)
    if n < 2:
        return Equivalence(measure="mean", margin=margin, n=n, reason="fewer than two people answered twice")
    mean, error = float(change.mean()), float(change.std(ddof=1)) / math.sqrt(n)
    if error < 1e-12:
        return Equivalence(measure="mean", change=mean, margin=margin, n=n, reason="all ratings changed alike")
    inner, outer = (float(special.stdtrit(n - 1, level)) * error for level in (0.95, 0.975))
    return _judged("mean", mean, (mean - inner, mean + inner), (mean - outer, mean + outer), margin, n)


def _judged(
    measure: str, change: float, inner: tuple[float, float], outer: tuple[float, float], margin: float, n: int
) -> Equivalence:
    verdict: Verdict = "not shown"
    if -margin < inner[0] and inner[1] < margin:
        verdict = "stable"
    elif abs(change) > margin and not outer[0] <= 0 <= outer[1]:
        verdict = "changed"
    return Equivalence(measure=measure, change=change, low=inner[0], high=inner[1], margin=margin, n=n, verdict=verdict)
