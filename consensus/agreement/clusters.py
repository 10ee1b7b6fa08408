"""How alike people of one hospital answer, and what that costs where the hospitals are not known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from consensus.agreement.design_intervals import korn_graubard
from consensus.agreement.estimate import Estimate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from consensus.agreement.proportions import Limits

PLAUSIBLE = (0.05, 0.1, 0.2)


@dataclass(frozen=True, kw_only=True, slots=True)
class Band:
    """The limits of a share at one intra-cluster correlation, with the design effect it brings."""

    correlation: float
    effect: float
    limits: Limits


def intracluster_correlation(given: NDArray[np.float64], clusters: NDArray[np.int64]) -> Estimate:
    """Return the correlation of two answers of one cluster by analysis of variance (Donner 1986), NaN is no answer.

    It may be negative. One cluster, a cluster per person and answers all alike give reasons.
    """
    there = np.isfinite(given)
    y, codes = given[there], np.unique(clusters[there], return_inverse=True)[1]
    sizes, n, name = np.bincount(codes).astype(float), len(y), "intracluster correlation, anova"
    k = len(sizes) if n else 0
    if k < 2:
        return Estimate(reason="one cluster has nothing to be compared with", method=name, n=n)
    if k == n:
        return Estimate(reason="each cluster has one answer, so none are alike or unlike within one", method=name, n=n)
    averages = np.bincount(codes, weights=y) / sizes
    between = float(sizes @ (averages - y.mean()) ** 2) / (k - 1)
    within = float(((y - averages[codes]) ** 2).sum()) / (n - k)
    typical = (n - float((sizes**2).sum()) / n) / (k - 1)
    below = between + (typical - 1) * within
    if below == 0:
        return Estimate(reason="all answers are alike", method=name, n=n)
    return Estimate(value=(between - within) / below, method=name, n=n)


def design_effect(sizes: Sequence[int], correlation: float) -> float:
    """Return 1 + (m - 1) rho with m = sum m_j^2 / sum m_j of the cluster sizes (Kish 1965)."""
    counted = np.asarray(sizes, dtype=float)
    return float(1 + ((counted**2).sum() / counted.sum() - 1) * correlation)


def band(
    count: int,
    n: int,
    clusters: int,
    *,
    correlations: Sequence[float] = PLAUSIBLE,
    typical_size: float | None = None,
    level: float = 0.95,
) -> tuple[Band, ...]:
    """Return limits of a share over plausible correlations, for when it is not known who belongs to which hospital.

    `clusters` is how many hospitals there are; people are taken as spread evenly over them unless `typical_size`, sum
    m^2 / sum m, says otherwise. Nobody, everybody, or fewer than two hospitals have no band: an empty tuple.
    """
    if not 0 < count < n or clusters < 2:
        return ()
    low, extra = divmod(n, clusters)
    sizes = [low + 1] * extra + [low] * (clusters - extra)
    p, found = count / n, []
    for rho in correlations:
        effect = design_effect(sizes, rho) if typical_size is None else 1 + (typical_size - 1) * rho
        se = float(np.sqrt(p * (1 - p) / n * effect))
        found.append(Band(correlation=rho, effect=effect, limits=korn_graubard(p, se, clusters - 1, n, level)))
    return tuple(found)
