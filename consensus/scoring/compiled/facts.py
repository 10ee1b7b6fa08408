"""Kleene's three values as two columns without gaps: surely, and possibly. They are arrays, or Narwhals expressions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Any, TypeAlias

# A numpy array or a Narwhals expression: both know + - * & | ~ and comparisons, and nothing else is asked of them here.
Column: TypeAlias = Any


@dataclass(frozen=True, slots=True, eq=False)
class Fact:
    """True where `sure`, false where not even `possible`, else unknown."""

    sure: Column
    possible: Column

    def __and__(self, other: Fact) -> Fact:
        return Fact(self.sure & other.sure, self.possible & other.possible)

    def __or__(self, other: Fact) -> Fact:
        return Fact(self.sure | other.sure, self.possible | other.possible)

    def __invert__(self) -> Fact:
        return Fact(~self.possible, ~self.sure)

    def open_where(self, open_: Column) -> Fact:
        """Return the fact, unknown where `open_`."""
        return Fact(self.sure & ~open_, self.possible | open_)

    def only_where(self, there: Column) -> Fact:
        """Return the fact, false where not `there`."""
        return Fact(self.sure & there, self.possible & there)


@dataclass(frozen=True, slots=True, eq=False)
class Numbers:
    """Recorded quantities as intervals of whole quarter millionths, ends included; 0 where `missing`.

    An open end lies one step inside. `multiple` lies above everything and is an interval, so that of two of them
    neither is above.
    """

    low: Column
    high: Column
    missing: Column


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Texts by a code that is equal for equal texts; `silent` where something is recorded that says nothing."""

    code: Column
    missing: Column
    silent: Column | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Days:
    """Calendar dates as days since 1970-01-01; 0 where `missing`.

    `last` is the last day that a date can be, `day` the first: they differ where only a month is known. None: nowhere.
    """

    day: Column
    missing: Column
    last: Column | None = None

    @property
    def until(self) -> Column:
        """The last day that a date can be."""
        return self.day if self.last is None else self.last


def any_of(facts: Iterable[Fact]) -> Fact:
    """Return OR over one fact or more."""
    return reduce(Fact.__or__, facts)


def all_of(facts: Iterable[Fact]) -> Fact:
    """Return AND over one fact or more."""
    return reduce(Fact.__and__, facts)
