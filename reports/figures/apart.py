"""Labels beside the ends of lines: as near as can be to where each is wished, none on another."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def apart(wished: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """Return the middles of labels so high, in the order given, within `low` and `high` where they all fit there."""
    order = sorted(range(len(wished)), key=lambda i: wished[i])
    found, floor = list(wished), low
    for i in order:
        found[i] = max(found[i], floor + heights[i] / 2)
        floor = found[i] + heights[i] / 2
    ceiling = high
    for i in reversed(order):
        found[i] = min(found[i], ceiling - heights[i] / 2)
        ceiling = found[i] - heights[i] / 2
    return found
