"""Where answers on an ordered scale lie: quantiles whose kind is always named, and deviations from the median."""

from __future__ import annotations

from bisect import bisect_left
from fractions import Fraction
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

KINDS = (1, 2, 3, 4, 5, 6, 7, 8, 9)


def quantile(
    values: Sequence[float], counts: Sequence[int] | NDArray[np.int64], share: float | Fraction, *, kind: int
) -> Fraction | None:
    """Return the quantile of values, smallest first, each given `counts` times; None where nothing was given.

    `kind` is the type of Hyndman and Fan (1996, Am Stat 50:361), 1 to 9; the result is exact, so that a rule may be
    decided on it. Raises ValueError for another kind, for a share outside 0 to 1, and for values out of order.
    """
    if kind not in KINDS:
        raise ValueError(f"the kind of a quantile is 1 to 9, got {kind}")
    p = Fraction(str(share)) if isinstance(share, float) else Fraction(share)
    if not 0 <= p <= 1:
        raise ValueError(f"a quantile's share lies between 0 and 1, got {share}")
    if any(a >= b for a, b in zip(values, list(values)[1:], strict=False)):
        raise ValueError(f"values are given smallest first, got {list(values)}")
    ends = list(accumulate(int(c) for c in counts))
    if not ends or ends[-1] == 0:
        return None
    at, part = position(p, ends[-1], kind)
    low = _exact(values[bisect_left(ends, min(max(at, 1), ends[-1]))])
    high = _exact(values[bisect_left(ends, min(max(at + 1, 1), ends[-1]))])
    return low + part * (high - low)


def mean_deviation(values: Sequence[float], counts: Sequence[int] | NDArray[np.int64]) -> float | None:
    """Return the mean distance of answers from their median (kind 2, the usual one); None where there is none."""
    middle = quantile(values, counts, Fraction(1, 2), kind=2)
    if middle is None:
        return None
    total = sum(abs(_exact(v) - middle) * int(c) for v, c in zip(values, counts, strict=True))
    return float(total / sum(int(c) for c in counts))


def position(p: Fraction, n: int, kind: int) -> tuple[int, Fraction]:
    """Return the rank j of a quantile among `n` answers and the part of the way from the j-th to the next answer."""
    if kind <= 3:
        reach = n * p + (Fraction(-1, 2) if kind == 3 else 0)
        j = reach.numerator // reach.denominator
        on_it = reach == j
        if kind == 1:
            return j, Fraction(0 if on_it else 1)
        if kind == 2:
            return j, Fraction(1, 2) if on_it else Fraction(1)
        return j, Fraction(0 if on_it and j % 2 == 0 else 1)
    a, b = {
        4: (Fraction(0), Fraction(1)),
        5: (Fraction(1, 2), Fraction(1, 2)),
        6: (Fraction(0), Fraction(0)),
        7: (Fraction(1), Fraction(1)),
        8: (Fraction(1, 3), Fraction(1, 3)),
        9: (Fraction(3, 8), Fraction(3, 8)),
    }[kind]
    reach = a + p * (n + 1 - a - b)
    j = reach.numerator // reach.denominator
    return j, reach - j


def _exact(value: float) -> Fraction:
    return Fraction(str(value))
