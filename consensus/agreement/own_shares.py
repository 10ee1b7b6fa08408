"""Conger's kappa of resampled raters: what two different raters would share by chance, each by his own shares.

Conger (1980, Psychol Bull 88:322): chance agreement is the mean of p_j . p_k over all pairs of different raters j and
k, where p_j are the shares of the categories in rater j's own ratings. A rater drawn twice makes no pair with his copy,
so with each rater drawn W times the sums run over W_j W_k less W_j^2 for j = k.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from consensus.agreement.ratings import Ratings


def own_shares(ratings: Ratings, codes: NDArray[np.int64], clusters: int) -> NDArray[np.float64]:
    """Return by cluster the sums over its raters of their shares, of the shares' squares, and how many raters it has.

    Clusters x (categories + 2); `codes` is each rater's cluster. Raters without a rating count nowhere.
    """
    q = len(ratings.categories)
    rows, columns = np.nonzero(ratings.given)
    flat = columns * q + ratings.codes[rows, columns]
    each = np.bincount(flat, minlength=len(ratings.raters) * q).reshape(-1, q).astype(float)
    rated = each.sum(axis=1)
    shares = each / np.where(rated > 0, rated, 1)[:, None]
    held = np.column_stack([shares, (shares**2).sum(axis=1), rated > 0])
    summed = [np.bincount(codes, weights=column, minlength=clusters) for column in held.T]
    # the order of raters plays no part, not even in the last digit
    return np.asarray(np.round(np.stack(summed, axis=1), 12), dtype=np.float64)


def congers(
    agreeing: NDArray[np.float64], times: NDArray[np.float64], shares: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return Conger's kappa of percent agreements (...) with each cluster drawn `times` (..., clusters); NaN without.

    `shares` are those of `own_shares`.
    """
    sums, squares = times @ shares, (times**2) @ shares[:, -2:]
    pairs = sums[..., -1] ** 2 - squares[..., 1]
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = ((sums[..., :-2] ** 2).sum(axis=-1) - squares[..., 0]) / pairs
        left = 1 - expected
        defined = (pairs > 0.5) & (left > 1e-9)
        return np.asarray(np.where(defined, (agreeing - expected) / np.where(defined, left, 1.0), np.nan))
