"""Kendall's W and the intraclass correlation without each rater (or group of raters), from sums over raters.

Both are functions of sums over raters, so that a value without some of them takes a subtraction and no look at the
ratings again: 66,690 people are as cheap as ten.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import stats

from consensus.agreement.icc import Squares, icc_of_squares

if TYPE_CHECKING:
    from numpy.typing import NDArray


def w_without(numbers: NDArray[np.float64], groups: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return Kendall's W, corrected for ties, of a complete table (units x raters) without each group of raters."""
    n, m = numbers.shape
    ranks = stats.rankdata(numbers, axis=0)
    tied = _tied(numbers)
    size = int(groups.max()) + 1
    left = m - np.bincount(groups, minlength=size)
    sums = ranks.sum(axis=1) - _by_group(ranks, groups, size)
    ties = tied.sum() - np.bincount(groups, weights=tied, minlength=size)
    spread = ((sums - sums.mean(axis=1, keepdims=True)) ** 2).sum(axis=1)
    below = left**2 * (n**3 - n) - left * ties
    return np.asarray(np.where(below > 0, 12 * spread / np.where(below > 0, below, 1), np.nan))


def icc_without(numbers: NDArray[np.float64], groups: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return ICC(2) of a complete table (units x raters) without each group of raters; NaN where it is not defined."""
    n, m = numbers.shape
    size = int(groups.max()) + 1
    middle = numbers - numbers.mean()  # a difference of large sums would lose digits
    left = m - np.bincount(groups, minlength=size)
    units = middle.sum(axis=1) - _by_group(middle, groups, size)
    squares = (middle**2).sum() - np.bincount(groups, weights=(middle**2).sum(axis=0), minlength=size)
    raters = middle.mean(axis=0) ** 2
    of_raters = raters.sum() - np.bincount(groups, weights=raters, minlength=size)
    found = np.full(size, np.nan)
    for g in range(size):
        k = int(left[g])
        if k < 2:
            continue
        mean = units[g].sum() / (n * k)
        between = float((units[g] ** 2).sum() / k - n * k * mean**2)
        judges = float(n * (of_raters[g] - k * mean**2))
        total = float(squares[g] - n * k * mean**2)
        rest = max(total - between - judges, 0.0)
        value = icc_of_squares(
            Squares(
                units=between / (n - 1),
                within=(total - between) / (n * (k - 1)),
                raters=judges / (k - 1),
                rest=rest / ((n - 1) * (k - 1)),
                n=n,
                k=k,
            )
        )
        found[g] = np.nan if value is None else value
    return found


def _by_group(table: NDArray[np.float64], groups: NDArray[np.int64], size: int) -> NDArray[np.float64]:
    """Return the sum over the raters of each group, groups x units."""
    return np.stack([np.bincount(groups, weights=row, minlength=size) for row in table], axis=1)


def _tied(numbers: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return t^3 - t summed over the tied groups of each rater: the ratings equal to each one, squared less one."""
    same = (numbers[:, None, :] == numbers[None, :, :]).sum(axis=1)
    return np.asarray((same.astype(float) ** 2 - 1).sum(axis=0))
