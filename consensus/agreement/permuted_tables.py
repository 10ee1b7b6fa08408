"""Permutation tests of tables of answers by groups, for when cells are too few for a chi-squared approximation.

Groups are exchanged at random between people, or between whole clusters where each cluster lies in one group; the
statistic is Pearson's. The p value is (1 + tables as far out) / (1 + tables), so never 0 (Phipson and Smyth 2010, Stat
Appl Genet Mol Biol 9:39).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import special, stats

from consensus.agreement.significance import SignificanceTest
from consensus.agreement.tables import ONE_ANSWER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from consensus.agreement.design import Design

REPLICATES = 5000
LEAST = 20  # ways to part clusters into groups: with fewer no p value could be below 0.05
MOST_NUMBERS = 4_000_000  # of one chunk of exchanged groups: 32 MB
OF_PEOPLE, OF_CLUSTERS = "permutation of people", "permutation of clusters"


def permuted_people(
    table: NDArray[np.int64], *, replicates: int = REPLICATES, seed: int = 20261123
) -> SignificanceTest:
    """Return the test of a table of other people in each group, by tables with the same margins (Patefield 1981)."""
    kept = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    n = int(table.sum())
    if min(kept.shape) < 2:
        return SignificanceTest(method=OF_PEOPLE, reason=ONE_ANSWER, n=n)
    drawn = stats.random_table(kept.sum(axis=1), kept.sum(axis=0)).rvs(
        replicates, method="patefield", random_state=np.random.default_rng(seed)
    )
    return _tested(OF_PEOPLE, _pearson(kept[None].astype(float))[0], _pearson(drawn), n)


def permuted_clusters(
    answers: Sequence[object],
    groups: Sequence[object],
    design: Design,
    *,
    replicates: int = REPLICATES,
    seed: int = 20261123,
) -> SignificanceTest | None:
    """Return the test of answers by groups under a design, clusters changing groups whole; None is no answer or group.

    None is returned where a cluster has people of two groups, and where there are several strata or hardly any
    clusters: then clusters can't be exchanged.
    """
    both = np.array([a is not None and g is not None for a, g in zip(answers, groups, strict=True)], dtype=bool)
    if len(design.stratum_names) > 1 or not both.any():
        return None
    given = np.unique([str(a) for a, there in zip(answers, both, strict=True) if there], return_inverse=True)[1]
    group = np.unique([str(g) for g, there in zip(groups, both, strict=True) if there], return_inverse=True)[1]
    clusters = np.unique(design.clusters[both], return_inverse=True)[1]
    size, r, c = int(clusters.max()) + 1, int(given.max()) + 1, int(group.max()) + 1
    of_cluster = np.zeros(size, dtype=np.int64)
    of_cluster[clusters] = group
    if (of_cluster[clusters] != group).any():
        return None
    n = int(both.sum())
    if min(r, c) < 2:
        return SignificanceTest(method=OF_CLUSTERS, reason=ONE_ANSWER, n=n)
    if _arrangements(np.bincount(of_cluster, minlength=c)) < LEAST:
        return None
    sums = np.bincount(clusters * r + given, weights=design.weights[both], minlength=size * r)
    held: NDArray[np.float64] = sums.reshape(size, r).astype(np.float64)
    # in the order of what they hold, so that the order of people plays no part
    order = np.lexsort(np.column_stack([of_cluster, held]).T)
    rng, most = np.random.default_rng(seed), max(1, MOST_NUMBERS // size)
    found = [_of_groups(of_cluster[order][None], held[order], c)]
    for start in range(0, replicates, most):
        rows = min(most, replicates - start)
        drawn = rng.permuted(np.tile(of_cluster[order], (rows, 1)), axis=1)
        found.append(_of_groups(drawn, held[order], c))
    return _tested(OF_CLUSTERS, float(found[0][0]), np.concatenate(found[1:]), n)


def _arrangements(sizes: NDArray[np.int64]) -> float:
    """Return in how many ways clusters can be parted into groups of these sizes."""
    return float(np.exp(special.gammaln(sizes.sum() + 1) - special.gammaln(sizes + 1).sum()))


def _of_groups(groups: NDArray[np.int64], held: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    """Return the statistic of each row of groups (replicates x clusters); `held` is clusters x answers."""
    return _pearson(np.stack([(groups == at).astype(float) @ held for at in range(count)], axis=2))


def _pearson(tables: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return Pearson's statistic of each table (..., rows, columns); an empty row or column adds nothing."""
    rows, columns = tables.sum(axis=-1, keepdims=True), tables.sum(axis=-2, keepdims=True)
    expected = rows * columns / rows.sum(axis=-2, keepdims=True)
    return np.asarray(((tables - expected) ** 2 / np.where(expected > 0, expected, 1.0)).sum(axis=(-1, -2)))


def _tested(method: str, observed: float, found: NDArray[np.float64], n: int) -> SignificanceTest:
    far = int((found >= observed * (1 - 1e-12)).sum())
    return SignificanceTest(method=method, statistic=float(observed), p=(1 + far) / (1 + len(found)), n=n)
