"""The cluster bootstrap as one matrix product: how often each hospital was drawn, times what its people answered.

Whatever is a function of sums over clusters (shares, differences, rankings, counts of categories) gets its replicates
from the same draws, so that all items share one resample. Clusters are drawn whole, within strata where there are any
(Davison and Hinkley 1997, chapter 3; Field and Welsh 2007). The plain cluster bootstrap is too narrow by about
sqrt((G - 1) / G) for G clusters.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from consensus.agreement.design import Design

MOST_NUMBERS = 8_000_000  # of one chunk of draws: 64 MB
CACHED = 100_000  # of one block of draws that are counted together: 0.8 MB
FEW_CLUSTERS = 20


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Replicates:
    """The values of one or more statistics (columns) in each replicate (rows), beside their estimates.

    A replicate in which a statistic is not defined (nobody of a small group was drawn) holds NaN and is counted in
    `undefined`. `left_out` holds the values without each cluster, for the acceleration of BCa limits.
    """

    estimates: NDArray[np.float64]
    values: NDArray[np.float64]
    left_out: NDArray[np.float64]
    clusters: int
    seed: int | None

    @property
    def undefined(self) -> NDArray[np.int64]:
        """How many replicates have no value, a statistic."""
        return np.asarray(np.isnan(self.values).sum(axis=0))

    @property
    def few(self) -> bool:
        """Whether there are so few clusters that the limits can't be relied on."""
        return self.clusters < FEW_CLUSTERS


def draws(
    clusters: int,
    replicates: int,
    seed: int,
    strata: NDArray[np.int64] | None = None,
    *,
    small: bool = False,
) -> Iterator[NDArray[np.float64]]:
    """Yield chunks of the matrix of draws (replicates x clusters): how often each cluster was drawn, rows sum to all.

    `strata` is the stratum of each cluster. The same seed gives the same draws. `small` holds them in single precision,
    for products that stay below 2^24, which are exact there too.
    """
    rng = np.random.default_rng(seed)
    groups = [np.arange(clusters)] if strata is None else [np.flatnonzero(strata == h) for h in np.unique(strata)]
    most = max(1, MOST_NUMBERS // max(clusters, 1))
    for start in range(0, replicates, most):
        rows = min(most, replicates - start)
        yield _chunk(rng, groups, rows, clusters, np.dtype(np.float32 if small else np.float64))


def first_draws(
    clusters: int, rows: int, replicates: int, seed: int, strata: NDArray[np.int64] | None = None
) -> Iterator[NDArray[np.float64]]:
    """Yield chunks of the first `rows` of so many `replicates`, the very draws that `draws` gives there.

    Asking `draws` for fewer replicates gives others where there are strata, since one stratum is drawn after the other.
    """
    left = min(rows, replicates)
    for chunk in draws(clusters, replicates, seed, strata):
        if left <= 0:
            return
        yield chunk[:left]
        left -= len(chunk)


def _chunk(
    rng: np.random.Generator, groups: list[NDArray[np.int64]], rows: int, clusters: int, kind: np.dtype[Any]
) -> NDArray[np.float64]:
    # counted in blocks that stay in the cache; one group is drawn block by block too, which gives the same draws
    block = max(1, CACHED // max(clusters, 1))
    counted = np.empty((rows, clusters), dtype=kind)
    ahead = None if len(groups) == 1 else _drawn(rng, groups, rows)
    for start in range(0, rows, block):
        size = min(block, rows - start)
        drawn = _drawn(rng, groups, size) if ahead is None else ahead[start : start + size]
        flat = drawn + np.arange(size)[:, None] * clusters
        counted[start : start + size] = np.bincount(flat.ravel(), minlength=size * clusters).reshape(size, clusters)
    return counted


def _drawn(rng: np.random.Generator, groups: list[NDArray[np.int64]], rows: int) -> NDArray[np.integer[Any]]:
    """Return the clusters drawn in each row, as many of each group as it has."""
    places = [rng.integers(0, len(g), size=(rows, len(g)), dtype=np.int32) for g in groups]
    if len(groups) == 1:
        return places[0]
    return np.concatenate([g[at] for g, at in zip(groups, places, strict=True)], axis=1)


def cluster_sums(columns: NDArray[np.float64], design: Design) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the weighted sums of answers and the weights of those who answered, clusters x items; NaN is no answer."""
    table = columns.reshape(len(columns), -1).astype(float)
    there = np.isfinite(table)
    weights = design.weights[:, None] * there
    filled = np.where(there, table, 0.0) * weights
    size = design.cluster_count
    return _by_cluster(filled, design, size), _by_cluster(weights, design, size)


def _by_cluster(table: NDArray[np.float64], design: Design, size: int) -> NDArray[np.float64]:
    columns = [np.bincount(design.clusters, weights=column, minlength=size) for column in table.T]
    return np.stack(columns, axis=1).astype(float)


def bootstrap_means(
    columns: NDArray[np.float64], design: Design, *, replicates: int = 2000, seed: int = 20261123
) -> Replicates:
    """Return replicates of the means of columns (rows x items), NaN where a row did not answer."""
    sums, sizes = cluster_sums(columns, design)
    strata = strata_of_clusters(design)
    both = np.concatenate([sums, sizes], axis=1)
    items = sums.shape[1]
    small = stays_small(both)
    both = both.astype(np.float32) if small else both
    chunks = draws(design.cluster_count, replicates, seed, strata, small=small)
    drawn = ((w @ both).astype(float) for w in chunks)
    parts = [_ratio(d[:, :items], d[:, items:]) for d in drawn]
    return Replicates(
        estimates=_ratio(sums.sum(axis=0), sizes.sum(axis=0)),
        values=np.concatenate(parts),
        left_out=_ratio(sums.sum(axis=0) - sums, sizes.sum(axis=0) - sizes),
        clusters=design.cluster_count,
        seed=seed,
    )


def stays_small(table: NDArray[np.float64]) -> bool:
    """Return whether any sum of as many rows as there are, of whole numbers, is exact in single precision."""
    return (
        bool(table.size) and len(table) * float(np.abs(table).max()) < 2**24 and bool((table == np.rint(table)).all())
    )


def replicates_of(
    sums: NDArray[np.float64], sizes: NDArray[np.float64], multiplicities: NDArray[np.float64]
) -> Replicates:
    """Return replicates of means from given multiplicities (replicates x clusters), drawn elsewhere."""
    return Replicates(
        estimates=_ratio(sums.sum(axis=0), sizes.sum(axis=0)),
        values=_ratio(multiplicities @ sums, multiplicities @ sizes),
        left_out=_ratio(sums.sum(axis=0) - sums, sizes.sum(axis=0) - sizes),
        clusters=len(sums),
        seed=None,
    )


def ranks(found: Replicates) -> NDArray[np.float64]:
    """Return how probable each rank is for each item (items x ranks, the highest mean first).

    Items that tie in a replicate share the ranks that they take up, in equal parts.
    """
    values = np.round(found.values, 12)
    items = values.shape[1]
    counts = np.zeros((items, items))
    for item in range(items):
        own = values[:, [item]]
        first, tied = (values > own).sum(axis=1), (values == own).sum(axis=1)
        for rank in range(items):
            counts[item, rank] = ((first <= rank) & (rank < first + tied)) @ (1 / tied)
    return counts / len(values)


def strata_of_clusters(design: Design) -> NDArray[np.int64] | None:
    """Return the stratum of each cluster, None where there is one."""
    if len(design.stratum_names) < 2:
        return None
    strata = np.zeros(design.cluster_count, dtype=np.int64)
    strata[design.clusters] = design.strata
    return strata


def _ratio(sums: NDArray[np.float64], sizes: NDArray[np.float64]) -> NDArray[np.float64]:
    # a leave-one-out remainder of nobody may be a rounding error away from 0
    empty = np.abs(sizes) < 1e-9
    return np.asarray(np.where(empty, np.nan, sums / np.where(empty, 1.0, sizes)))
