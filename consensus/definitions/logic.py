"""Kleene's three values: yes, no, and unknown, which is None."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias

Truth: TypeAlias = bool | None
Verdict = Literal["met", "not_met", "unknown"]


def all_of(values: Iterable[Truth]) -> Truth:
    """Return AND: no if one value is no, else unknown if one is unknown, else yes (also of nothing)."""
    known: Truth = True
    for value in values:
        if value is False:
            return False
        if value is None:
            known = None
    return known


def any_of(values: Iterable[Truth]) -> Truth:
    """Return OR: yes if one value is yes, else unknown if one is unknown, else no (also of nothing)."""
    known: Truth = False
    for value in values:
        if value is True:
            return True
        if value is None:
            known = None
    return known


def negate(value: Truth) -> Truth:
    """Return NOT: yes and no swapped, unknown kept."""
    return None if value is None else not value


def verdict_of(value: Truth) -> Verdict:
    """Return the word of the score table: met, not_met or unknown."""
    return "unknown" if value is None else "met" if value else "not_met"
