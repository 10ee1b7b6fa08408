"""Truth tables: what points and a cut-off say of every combination of criteria, in exact numbers."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

Table: TypeAlias = NDArray[np.bool_]
"""One truth value a profile; bit k of the profile's number is criterion k."""
MOST_TOLD = 20


def table_of(weights: Sequence[Fraction], cut_off: Fraction) -> Table:
    """Return which profiles reach a cut-off by their weights, compared as fractions.

    Raises ValueError for more than `MOST_TOLD` criteria, whose profiles are too many to write down.
    """
    if len(weights) > MOST_TOLD:
        raise ValueError(f"a truth table holds at most {MOST_TOLD} criteria, got {len(weights)}")
    whole, limit = whole_numbers(weights, cut_off)
    total = np.zeros(1, dtype=object)
    for weight in whole:
        total = np.concatenate([total, total + weight])
    return np.asarray(total >= limit, dtype=bool)


def whole_numbers(weights: Sequence[Fraction], cut_off: Fraction) -> tuple[list[int], int]:
    """Return weights and cut-off as whole numbers of the same proportions."""
    common = math.lcm(*(number.denominator for number in (*weights, cut_off)))
    return [int(weight * common) for weight in weights], int(cut_off * common)


def exact(number: float) -> Fraction:
    """Return a computed weight to nine decimals, so that equal weights compare as equal."""
    return Fraction(round(number * 10**9), 10**9)
