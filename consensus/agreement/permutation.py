"""A permutation test of two groups that respects clusters: whole hospitals change sides, or people within one do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from consensus.agreement.significance import SignificanceTest

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from consensus.agreement.design import Design


def permutation_test(
    given: NDArray[np.float64],
    group: NDArray[np.bool_],
    design: Design,
    *,
    replicates: int = 5000,
    seed: int = 20261123,
) -> SignificanceTest:
    """Return the permutation test of the mean inside a group less that outside; NaN in `given` is no answer.

    Where each cluster lies in one group, clusters change sides whole; else people do within their cluster; where each
    cluster is one person, people change sides. The p value is (1 + replicates as far out) / (1 + replicates), so never
    0 (Phipson and Smyth 2010). A side without answers, and groups that can't be exchanged, give reasons.
    """
    there = np.isfinite(given)
    alone = len(np.unique(design.clusters[there])) == int(there.sum())
    # where each is a cluster of his own, clusters are numbered as people came, which must play no part
    first = np.zeros(int(there.sum())) if alone else design.clusters[there]
    order = np.lexsort((design.weights[there], given[there], group[there], first))
    y, inside, clusters = given[there][order], group[there][order], design.clusters[there][order]
    weights = design.weights[there][order]
    method = "permutation"
    if not inside.any() or inside.all():
        return SignificanceTest(method=method, reason="nobody answered on one of the two sides", n=len(y))
    rng = np.random.default_rng(seed)
    codes = np.arange(len(y)) if alone else np.unique(clusters, return_inverse=True)[1]
    share = np.bincount(codes, weights=inside) / np.bincount(codes)
    whole = bool(np.isin(share, (0.0, 1.0)).all())
    observed = _difference(y, inside[None, :], weights)[0]
    found = np.concatenate(
        [
            _difference(y, _whole(rng, share, codes, rows) if whole else _inside(rng, inside, codes, rows), weights)
            for rows in _chunks(replicates, len(y))
        ]
    )
    far = int((np.abs(found) >= abs(observed) - 1e-12).sum())
    kind = "people" if alone else "clusters" if whole else "people within clusters"
    p = (1 + far) / (1 + len(found))
    return SignificanceTest(method=f"permutation of {kind}", statistic=float(observed), p=p, n=len(y))


def _chunks(replicates: int, n: int) -> list[int]:
    most = max(1, 4_000_000 // max(n, 1))
    return [min(most, replicates - start) for start in range(0, replicates, most)]


def _whole(
    rng: np.random.Generator, share: NDArray[np.float64], codes: NDArray[np.int64], rows: int
) -> NDArray[np.bool_]:
    sides = np.tile(share > 0, (rows, 1))
    return np.asarray(rng.permuted(sides, axis=1)[:, codes])


def _inside(
    rng: np.random.Generator, inside: NDArray[np.bool_], codes: NDArray[np.int64], rows: int
) -> NDArray[np.bool_]:
    # people are sorted by cluster, so sorting by cluster plus a random part shuffles them within it
    order = np.argsort(codes[None, :] + rng.random((rows, len(codes))), axis=1)
    return np.asarray(inside[order])


def _difference(y: NDArray[np.float64], inside: NDArray[np.bool_], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    within, total = inside @ weights, weights.sum()
    sums = inside @ (weights * y)
    return np.asarray(sums / within - ((weights * y).sum() - sums) / (total - within))
