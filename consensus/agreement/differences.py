"""Differences between two shares, of two groups or of the same people asked twice, with their limits."""

from __future__ import annotations

import math

from scipy import special

from consensus.agreement.estimate import Estimate
from consensus.agreement.proportions import Limits, wilson


def difference(first: tuple[int, int], second: tuple[int, int], *, level: float = 0.95) -> Estimate:
    """Return the share of `first` less that of `second`, each a (count, base) of other people.

    The limits square and add the distances to the Wilson limits (Newcombe 1998, Stat Med 17:873, method 10); `n` is
    the number of people in both groups. An empty group gives a reason; ValueError for counts that can't be.
    """
    _check(first, second)
    n = first[1] + second[1]
    if 0 in (first[1], second[1]):
        return Estimate(reason="one of the groups is empty", level=level, n=n)
    p1, (l1, u1) = first[0] / first[1], wilson(*first, level)
    p2, (l2, u2) = second[0] / second[1], wilson(*second, level)
    low = p1 - p2 - math.hypot(p1 - l1, u2 - p2)
    high = p1 - p2 + math.hypot(u1 - p1, p2 - l2)
    return Estimate(value=p1 - p2, low=low, high=high, level=level, method="newcombe", n=n)


def paired_difference(both: int, first_only: int, second_only: int, neither: int, *, level: float = 0.95) -> Estimate:
    """Return the share of the first answer less that of the second, both given by the same people.

    The limits are Newcombe's square-and-add limits with the correlation of the two answers, corrected for continuity
    (Newcombe 1998, Stat Med 17:2635, method 10). Nobody gives a reason; ValueError for a negative count.
    """
    table = (both, first_only, second_only, neither)
    if min(table) < 0:
        raise ValueError(f"a count can't be negative, got {table}")
    n = sum(table)
    if n == 0:
        return Estimate(reason="nobody gave both answers", level=level, n=0)
    p1, (l1, u1) = (both + first_only) / n, wilson(both + first_only, n, level)
    p2, (l2, u2) = (both + second_only) / n, wilson(both + second_only, n, level)
    phi = _phi(table)
    low = p1 - p2 - math.sqrt(max(_squared(p1 - l1, u2 - p2, phi), 0.0))
    high = p1 - p2 + math.sqrt(max(_squared(p2 - l2, u1 - p1, phi), 0.0))
    return Estimate(value=p1 - p2, low=low, high=high, level=level, method="newcombe paired", n=n)


def wald_difference(first: tuple[int, int], second: tuple[int, int], *, level: float = 0.95) -> Limits:
    """Return the normal limits of the difference of two shares, as R's prop.test prints them: only for comparison."""
    _check(first, second)
    p1, p2 = first[0] / first[1], second[0] / second[1]
    reach = float(special.ndtri((1 + level) / 2)) * math.sqrt(p1 * (1 - p1) / first[1] + p2 * (1 - p2) / second[1])
    return max(p1 - p2 - reach, -1.0), min(p1 - p2 + reach, 1.0)


def _check(*counted: tuple[int, int]) -> None:
    for count, n in counted:
        if not 0 <= count <= n:
            raise ValueError(f"{count} of {n} is no share")


def _squared(near: float, far: float, phi: float) -> float:
    return near**2 - 2 * phi * near * far + far**2


def _phi(table: tuple[int, int, int, int]) -> float:
    """Return the correlation of the two answers; a positive one is shrunk by half a person's worth of products."""
    a, b, c, d = table
    margins = (a + b) * (c + d) * (a + c) * (b + d)
    if margins == 0:
        return 0.0
    product = float(a * d - b * c)
    if product > 0:
        product = max(product - sum(table) / 2, 0.0)
    return product / math.sqrt(margins)
