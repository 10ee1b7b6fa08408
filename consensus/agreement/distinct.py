"""The distinct rows of a table of few different numbers, as `numpy.unique(..., axis=0)` has them, many times faster.

Each row becomes one whole number that sorts as the row does, its columns being the digits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

MOST = 2**62


def distinct_rows(columns: Iterable[NDArray[Any]]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return where each distinct row first stands (rows in rising order), each row's place among them, and how often.

    `columns` are of one length, of finite numbers or yes and no, the first deciding first.
    """
    keys, many = np.zeros(1, dtype=np.int64), 1
    for column in columns:
        digits, base = _digits(column)
        if many * base > MOST:
            distinct, keys = np.unique(keys, return_inverse=True)
            many = len(distinct)
        keys = keys * base + digits
        many *= base
    _, first, back, times = np.unique(keys, return_index=True, return_inverse=True, return_counts=True)
    return first, back.ravel(), times


def _digits(column: NDArray[Any]) -> tuple[NDArray[np.int64], int]:
    """Return numbers from 0 that sort as the column does, and how many there may be."""
    if column.dtype.kind in "biu" and len(column):
        whole = column.astype(np.int64)
        low = int(whole.min())
        return whole - low, int(whole.max()) - low + 1
    distinct, digits = np.unique(column, return_inverse=True)
    return digits.ravel(), max(len(distinct), 1)
