"""Coefficients of agreement under the cluster bootstrap of raters: panels are the sample, not statements.

A rater who is drawn twice agrees with himself. Such pairs of a rater with his own copy are no pairs and are taken off;
otherwise replicates of agreement lie too high, by about (1 - agreement) / raters, and limits miss their own estimate.
A unit whose pairs are all copies drops out of the replicate.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np

from consensus.agreement.alpha import METRICS, Metric, alphas_of_counts
from consensus.agreement.bootstrap_limits import bootstrap_estimate
from consensus.agreement.coefficients import ALL_ALIKE, NO_PAIR, ONE_CATEGORY, ONE_RATER
from consensus.agreement.estimate import Estimate
from consensus.agreement.own_shares import congers, own_shares
from consensus.agreement.resampling import Replicates, draws

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from consensus.agreement.ratings import Ratings

Coefficient = Literal["percent agreement", "gwet ac1", "fleiss kappa", "brennan-prediger"]
COEFFICIENTS: tuple[Coefficient, ...] = get_args(Coefficient)
CHUNK = 200


def bootstrap_alpha(
    ratings: Ratings,
    metric: Metric = "ordinal",
    *,
    clusters: Sequence[object] | None = None,
    replicates: int = 2000,
    seed: int = 20261123,
    level: float = 0.95,
) -> Estimate:
    """Return Krippendorff's alpha with percentile limits over resampled raters (whole hospitals, by `clusters`).

    Raises ValueError for an unknown metric; reasons as in `alpha`.
    """
    if metric not in METRICS:
        raise ValueError(f"metric is one of {', '.join(METRICS)}, got {metric}")

    def of_counts(counts: NDArray[np.float64], copies: NDArray[np.float64] | None) -> NDArray[np.float64]:
        return alphas_of_counts(counts, metric, ratings.scores, copies)

    found = rater_replicates(ratings, of_counts, clusters, replicates, seed)
    return _estimate(ratings, found, f"krippendorff alpha, {metric}", level)


def bootstrap_coefficient(
    ratings: Ratings,
    coefficient: Coefficient = "gwet ac1",
    *,
    clusters: Sequence[object] | None = None,
    replicates: int = 2000,
    seed: int = 20261123,
    level: float = 0.95,
) -> Estimate:
    """Return a nominal coefficient with percentile limits over resampled raters; reasons as in `coefficients`."""
    if coefficient not in COEFFICIENTS:
        raise ValueError(f"coefficient is one of {', '.join(COEFFICIENTS)}, got {coefficient}")

    def of_counts(counts: NDArray[np.float64], copies: NDArray[np.float64] | None) -> NDArray[np.float64]:
        return coefficients_of_counts(counts, coefficient, copies)

    return _estimate(ratings, rater_replicates(ratings, of_counts, clusters, replicates, seed), coefficient, level)


def rater_replicates(
    ratings: Ratings,
    of_counts: Callable[[NDArray[np.float64], NDArray[np.float64] | None], NDArray[np.float64]],
    clusters: Sequence[object] | None,
    replicates: int,
    seed: int,
    *,
    left_out: bool = True,
    own: bool = False,
) -> Replicates:
    """Return replicates of a function of counts (..., units, categories) and copies (..., units) over raters.

    The function gives one value a table, or several in a last dimension of its own. Without `left_out` no value is made
    without each cluster, which only BCa limits need. With `own` a last column is Conger's kappa, whose chance comes
    from each rater's own shares, and no value is left out.
    """
    codes = _cluster_codes(ratings, clusters)
    by_cluster, given = _tensor(ratings, codes)
    shares = own_shares(ratings, codes, len(by_cluster)) if own else np.zeros((len(by_cluster), 0))
    by_cluster, given, shares = _in_order(by_cluster, given, shares)
    size, (units, q) = len(by_cluster), ratings.counts.shape

    def found(counts: NDArray[np.float64], copies: NDArray[np.float64] | None, times: NDArray[np.float64]) -> Any:
        values = of_counts(counts, copies)
        if not own:
            return values
        agreeing = coefficients_of_counts(counts, "percent agreement", copies)
        return np.concatenate([values, congers(agreeing, times, shares)[..., None]], axis=-1)

    values = []
    for w in draws(size, replicates, seed):
        counts, copies = (w @ by_cluster).reshape(-1, units, q), (w * (w - 1)) @ given
        for start in range(0, len(w), CHUNK):
            part = slice(start, start + CHUNK)
            values.append(found(counts[part], copies[part], w[part]))
    whole = by_cluster.sum(axis=0)
    starts = range(0, size, CHUNK) if left_out and not own else ()
    without = [of_counts((whole - by_cluster[i : i + CHUNK]).reshape(-1, units, q), None) for i in starts]
    estimates = np.atleast_1d(found(whole.reshape(units, q), None, np.ones(size))).reshape(-1)
    return Replicates(
        estimates=estimates,
        values=np.concatenate(values).reshape(replicates, -1),
        left_out=np.concatenate(without).reshape(size, -1) if without else np.zeros((0, len(estimates))),
        clusters=size,
        seed=seed,
    )


def coefficients_of_counts(
    counts: NDArray[np.float64],
    coefficient: Coefficient,
    copies: NDArray[np.float64] | None = None,
    weights: NDArray[np.float64] | None = None,
) -> NDArray[np.float64]:
    """Return a nominal coefficient of each table of counts (..., units, categories); NaN where it is not defined.

    With `weights` (category_weights.py) `gwet ac1` is AC2, and the percent agreement weighted; the other two take none.
    """
    m, q = counts.sum(axis=-1), counts.shape[-1]
    taken = np.zeros_like(m) if copies is None else copies
    pairs = m * (m - 1) - taken
    paired, rated = pairs > 0, m > 0
    with np.errstate(divide="ignore", invalid="ignore"):
        near = counts if weights is None else counts @ weights
        agreeing = np.einsum("...c,...c->...", near, counts) - m - taken
        observed = np.where(paired, agreeing / np.where(paired, pairs, 1), 0).sum(axis=-1) / paired.sum(axis=-1)
        if coefficient == "percent agreement":
            return np.asarray(observed)
        expected: NDArray[np.float64] | float = 1 / q
        if coefficient != "brennan-prediger":
            shares = (counts / np.where(rated, m, 1)[..., None]).sum(axis=-2) / rated.sum(axis=-1)[..., None]
            expected = (shares**2).sum(axis=-1)
            if coefficient == "gwet ac1":
                scale = 1.0 if weights is None else float(weights.sum()) / q
                expected = scale * (1 - expected) / (q - 1)
        left = 1 - np.asarray(expected)
        return np.asarray(np.where(left > 1e-12, (observed - expected) / left, np.nan))


def _cluster_codes(ratings: Ratings, clusters: Sequence[object] | None) -> NDArray[np.int64]:
    """Return a code a rater in the order of the cluster ids, so that the order of raters plays no part."""
    ids = ratings.raters if clusters is None else tuple(map(str, clusters))
    if len(ids) != len(ratings.raters):
        raise ValueError(f"clusters are one a rater, got {len(ids)} for {len(ratings.raters)} raters")
    return np.asarray(np.unique(np.array(ids), return_inverse=True)[1], dtype=np.int64)


def _tensor(ratings: Ratings, codes: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return counts by cluster (clusters x units*categories) and ratings given by cluster (clusters x units)."""
    units, q = ratings.counts.shape
    size = int(codes.max()) + 1 if len(codes) else 0
    rows, columns = np.nonzero(ratings.given)
    place = codes[columns] * units * q + rows * q + ratings.codes[rows, columns]
    by_cluster = np.bincount(place, minlength=size * units * q).reshape(size, units * q).astype(float)
    return by_cluster, by_cluster.reshape(size, units, q).sum(axis=2)


def _in_order(
    by_cluster: NDArray[np.float64], given: NDArray[np.float64], shares: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return the clusters in the order of what they hold, so that neither rows nor names of clusters play a part."""
    held = np.concatenate([shares, by_cluster], axis=1)
    order = np.lexsort(held.T) if held.size else np.arange(len(held))
    return by_cluster[order], given[order], shares[order]


def _estimate(ratings: Ratings, found: Replicates, name: str, level: float) -> Estimate:
    if np.isnan(found.estimates[0]):
        reason = ALL_ALIKE
        if len(ratings.raters) < 2:
            reason = ONE_RATER
        elif len(ratings.categories) < 2:
            reason = ONE_CATEGORY
        elif not (ratings.counts.sum(axis=1) >= 2).any():
            reason = NO_PAIR
        return Estimate(reason=reason, level=level, method=name, n=len(ratings.raters))
    e = bootstrap_estimate(found, 0, level=level, n=len(ratings.raters))
    return Estimate(
        value=e.value,
        low=e.low,
        high=e.high,
        level=level,
        method=f"{name}; {e.method} over raters",
        n=e.n,
        se=e.se,
        note=e.note,
    )
