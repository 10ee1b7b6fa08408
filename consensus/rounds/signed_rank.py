"""Whether paired ratings moved one way: the signed-rank test by its exact distribution, ties and zeros included."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

import numpy as np
from scipy import special, stats

from consensus.agreement.significance import SignificanceTest

if TYPE_CHECKING:
    from numpy.typing import NDArray

Zeros = Literal["wilcoxon", "pratt"]
Form = Literal["exact", "normal", "normal, corrected"]
NOBODY_MOVED = "nobody's rating changed"


def signed_rank(change: NDArray[np.float64], *, zeros: Zeros = "wilcoxon", form: Form = "exact") -> SignificanceTest:
    """Return the Wilcoxon signed-rank test (1945) of changes; the statistic is the sum of the ranks of increases.

    `zeros` are dropped before ranking (Wilcoxon) or ranked and then dropped (Pratt 1959). The exact p is that of all
    signs given these ranks, two-sided by the distance from the mean. Nobody who changed gives a reason.
    """
    method = f"signed rank, {zeros}, {form}"
    moved = change[change != 0]
    if not len(moved):
        return SignificanceTest(method=method, reason=NOBODY_MOVED, n=len(change))
    ranked = stats.rankdata(np.abs(change if zeros == "pratt" else moved))
    ranks = ranked[change != 0] if zeros == "pratt" else ranked
    statistic = float(ranks[moved > 0].sum())
    p = _exact(ranks, statistic) if form == "exact" else _normal(ranks, statistic, form == "normal, corrected")
    return SignificanceTest(method=method, statistic=statistic, p=p, n=len(change))


def _exact(ranks: NDArray[np.float64], statistic: float) -> float:
    """Return the share of all signs whose sum lies at least as far from the mean, by convolution over doubled ranks."""
    doubled = np.rint(2 * ranks).astype(int)
    ways = np.zeros(int(doubled.sum()) + 1)
    ways[0] = 1.0
    for rank in doubled:
        ways[rank:] = ways[rank:] / 2 + _shifted(ways, rank)[rank:] / 2
        ways[:rank] /= 2
    middle = doubled.sum() / 2
    far = np.abs(np.arange(len(ways)) - middle) >= abs(2 * statistic - middle) - 1e-9
    return min(1.0, float(ways[far].sum()))


def _shifted(ways: NDArray[np.float64], by: int) -> NDArray[np.float64]:
    return np.concatenate([np.zeros(by), ways[: len(ways) - by]])


def _normal(ranks: NDArray[np.float64], statistic: float, corrected: bool) -> float:
    distance = abs(statistic - ranks.sum() / 2) - (0.5 if corrected else 0)
    return float(2 * special.ndtr(-max(distance, 0) / math.sqrt(float((ranks**2).sum()) / 4)))


def sign_test(change: NDArray[np.float64]) -> SignificanceTest:
    """Return the exact test that as many ratings rose as fell; those that stayed say nothing."""
    up, down = int((change > 0).sum()), int((change < 0).sum())
    if up + down == 0:
        return SignificanceTest(method="sign test", reason=NOBODY_MOVED, n=len(change))
    p = min(1.0, 2 * float(special.bdtr(min(up, down), up + down, 0.5)))
    return SignificanceTest(method="sign test", statistic=float(up), p=p, n=len(change))
