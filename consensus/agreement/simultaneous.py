"""Limits of all options of one question at once, so that every one of them holds together at the given level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from consensus.agreement.estimate import Base, Estimate
from consensus.agreement.proportions import wilson

if TYPE_CHECKING:
    from collections.abc import Sequence


def simultaneous_shares(counts: Sequence[int], *, base: Base = "answered", level: float = 0.95) -> tuple[Estimate, ...]:
    """Return the shares of exclusive options with limits that hold for all of them at once (Goodman 1965).

    Each has the Wilson limits at the level 1 - alpha / c for c options; their counts add up to the base. An empty base
    gives reasons; ValueError for a negative count.
    """
    if any(count < 0 for count in counts):
        raise ValueError(f"a count can't be negative, got {list(counts)}")
    n = sum(counts)
    if n == 0:
        return tuple(Estimate(reason="the base is empty", level=level, n=0, base=base) for _ in counts)
    each = 1 - (1 - level) / len(counts)
    return tuple(_share(count, n, each, level, base) for count in counts)


def _share(count: int, n: int, each: float, level: float, base: Base) -> Estimate:
    low, high = wilson(count, n, each)
    return Estimate(value=count / n, low=low, high=high, level=level, method="goodman", n=n, base=base)
