"""Krippendorff's alpha in its four metrics, from counts alone and for many tables at once.

Krippendorff (2019, Content Analysis, 4th edition, chapter 12): alpha = 1 - D_o / D_e, both mean squared distances of
pairs of ratings, D_o within units and D_e over all of them. For distances (v_c - v_k)^2 the sum over all pairs is
2 (m S2 - S1^2) with S1 = sum n v and S2 = sum n v^2, so that no pair is ever looked at. The ordinal metric is such a
distance too: v is the mid-rank of a category among all ratings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
from scipy import special

from consensus.agreement import coefficients
from consensus.agreement.estimate import Estimate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from consensus.agreement.ratings import Ratings

Metric = Literal["nominal", "ordinal", "interval", "ratio"]
METRICS: tuple[Metric, ...] = get_args(Metric)
MOST_GROUPS = 500


def alpha(ratings: Ratings, metric: Metric = "ordinal", *, level: float = 0.95) -> Estimate:
    """Return Krippendorff's alpha with a delete-one-unit jackknife error (of at most 500 groups of units).

    Units with fewer than two ratings are left out; `n` counts the others. Where there is no pair of ratings, one rater,
    one category, or no variation at all, there is a reason instead. Raises ValueError for an unknown metric.
    """
    if metric not in METRICS:
        raise ValueError(f"metric is one of {', '.join(METRICS)}, got {metric}")
    name = f"krippendorff alpha, {metric}"
    counts = ratings.counts[ratings.counts.sum(axis=1) >= 2]
    reason = _reason(ratings, counts, metric)
    if reason:
        return Estimate(reason=reason, level=level, method=name, n=len(counts))
    value = float(alphas_of_counts(counts, metric, ratings.scores))
    if np.isnan(value):
        return Estimate(reason=coefficients.ALL_ALIKE, level=level, method=name, n=len(counts))
    left_out = _without_each_group(counts, metric, ratings.scores)
    if left_out is None:
        return Estimate(value=value, level=level, method=name, n=len(counts), note=coefficients.ONE_UNIT)
    groups = len(left_out)
    se = float(np.sqrt((groups - 1) / groups * ((left_out - left_out.mean()) ** 2).sum()))
    reach = float(special.stdtrit(groups - 1, (1 + level) / 2)) * se
    high = min(value + reach, 1.0)
    return Estimate(
        value=value, low=value - reach, high=high, level=level, method=name, n=len(counts), se=se, df=groups - 1
    )


def alphas_of_counts(
    counts: NDArray[np.float64],
    metric: Metric,
    scores: Sequence[float],
    copies: NDArray[np.float64] | None = None,
) -> NDArray[np.float64]:
    """Return alpha of each table of counts (..., units, categories); NaN where all ratings are alike or none is paired.

    `copies` (..., units) is the number of ordered pairs that are a rater with his own copy, in resampled tables: they
    are no pairs, so that a rater drawn twice does not agree with himself.
    """
    m = counts.sum(axis=-1)
    pairs = m * (m - 1) if copies is None else m * (m - 1) - copies
    paired = pairs > 0
    kept = counts * paired[..., None]
    m = m * paired
    margins = kept.sum(axis=-2)
    n = margins.sum(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        within = _distances(kept, margins, metric, scores) * np.where(paired, m / np.where(paired, pairs, 1), 0)
        overall = _distances(margins[..., None, :], margins, metric, scores)[..., 0]
        observed, expected = within.sum(axis=-1) / n, overall / (n * (n - 1))
        return np.asarray(np.where(expected > 0, 1 - observed / expected, np.nan))


def _distances(
    counts: NDArray[np.float64], margins: NDArray[np.float64], metric: Metric, scores: Sequence[float]
) -> NDArray[np.float64]:
    """Return the sum of squared distances over all ordered pairs of ratings of each unit."""
    m = counts.sum(axis=-1)
    if metric == "nominal":
        return np.asarray(m**2 - np.einsum("...c,...c->...", counts, counts))
    if metric == "ratio":
        return np.asarray(np.einsum("...c,...c->...", counts, counts @ ratio_distances(scores)))
    # scores are moved to their middle first: the difference of two large sums would lose digits
    values = np.asarray(scores, dtype=float) - np.mean(scores) if metric == "interval" else _mid_ranks(margins)
    first, second = _sums(counts, values), _sums(counts, values**2)
    return np.asarray(2 * np.maximum(m * second - first**2, 0))


def _mid_ranks(margins: NDArray[np.float64]) -> NDArray[np.float64]:
    ranks = np.cumsum(margins, axis=-1) - margins / 2
    return np.asarray(ranks - margins.sum(axis=-1, keepdims=True) / 2)


def _sums(counts: NDArray[np.float64], values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray((counts @ values[..., :, None])[..., 0])


def ratio_distances(scores: Sequence[float]) -> NDArray[np.float64]:
    """Return ((v - w) / (v + w))^2 for all pairs of scores, 0 for equal ones, NaN or infinite where v = -w."""
    v = np.asarray(scores, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        distances = ((v[:, None] - v[None, :]) / (v[:, None] + v[None, :])) ** 2
    np.fill_diagonal(distances, 0.0)
    return np.asarray(distances)


def _reason(ratings: Ratings, counts: NDArray[np.float64], metric: Metric) -> str:
    if len(ratings.raters) < 2:
        return coefficients.ONE_RATER
    if len(ratings.categories) < 2:
        return coefficients.ONE_CATEGORY
    if not len(counts):
        return coefficients.NO_PAIR
    if metric == "ratio" and not np.isfinite(ratio_distances(ratings.scores)).all():
        return coefficients.NO_RATIO
    return ""


def _without_each_group(
    counts: NDArray[np.float64], metric: Metric, scores: Sequence[float]
) -> NDArray[np.float64] | None:
    """Return alpha without each unit (each group of units, where there are many), None where that can't be had."""
    groups = min(len(counts), MOST_GROUPS)
    if groups < 2:
        return None
    group = np.arange(len(counts)) % groups
    found = np.array([float(alphas_of_counts(counts[group != g], metric, scores)) for g in range(groups)])
    return None if np.isnan(found).any() else found
