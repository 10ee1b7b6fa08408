"""Values of a column that no test tells apart: the domain of a column, cut where some test changes its mind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from consensus.definitions.amount import MILLION, Amount
from consensus.definitions.column import Column
from consensus.definitions.finding import Above, Appears, AtMost, Below, OneOf, Reaches, Test

NICE = (100, 10, 5, 2, 1)
NICE_COUNTS = (2, 5, 10, 1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Region:
    """Amounts from `first` to `last` in whole millionths, both included; `last` is None where there is no end."""

    first: int
    last: int | None

    def holds(self, value: int) -> bool:
        """Return whether an amount lies in the region."""
        return value >= self.first and (self.last is None or value <= self.last)

    def meets(self, low: int, high: int | None) -> bool:
        """Return whether an amount from `low` to `high` lies in the region."""
        start = max(self.first, low)
        return (self.last is None or start <= self.last) and (high is None or start <= high)

    @property
    def is_point(self) -> bool:
        """Whether this is one amount."""
        return self.first == self.last

    def example(self) -> int:
        """Return the smallest whole number in the region, else an amount in its middle."""
        whole = -(-self.first // MILLION) * MILLION
        return whole if self.holds(whole) else (self.first + (self.last or self.first)) // 2

    def roomy(self, column: Column) -> int:
        """Return an amount with room below and above it, from which a course can begin."""
        nice = NICE_COUNTS if step_of(column) == MILLION else NICE
        return next((n * MILLION for n in nice if self.holds(n * MILLION)), self.example())


def step_of(column: Column) -> int:
    """Return the distance of two neighboring amounts of a column in millionths."""
    return MILLION if column.type in ("integer", "flag") else 1


def regions(column: Column, cuts: Iterable[int | Fraction]) -> tuple[Region, ...]:
    """Return the domain of a column of numbers or flags in ascending regions; each cut is a region of its own."""
    step = step_of(column)
    low, high = _domain(column)
    found: list[Region] = []
    start = low
    for cut in sorted({Fraction(cut) for cut in cuts}):
        below = (-(-cut // step) - 1) * step  # the last amount before the cut
        own = int(cut) if cut % step == 0 else None
        if start <= below:
            found.append(Region(first=start, last=below if high is None else min(below, high)))
        if own is not None and low <= own and (high is None or own <= high):
            found.append(Region(first=own, last=own))
        start = max(start, below + step if own is None else own + step)
    if high is None or start <= high:
        found.append(Region(first=start, last=high))
    return tuple(r for r in found if r.last is None or r.first <= r.last)


def _domain(column: Column) -> tuple[int, int | None]:
    if column.type == "flag":
        return 0, MILLION
    low, high = column.range
    return int((low or 0) * MILLION), None if high is None else int(high * MILLION)


def cuts_of(test: Test) -> list[int]:
    """Return the amounts at which a test of one cell changes its mind."""
    if isinstance(test, Above | Reaches | Below | AtMost):
        return [test.limit.low]
    if isinstance(test, OneOf):
        return [value.low for value in test.values if isinstance(value, Amount)]
    return [0] if isinstance(test, Appears) else []


def kinds(column: Column, tests: Iterable[Test]) -> tuple[str, ...]:
    """Return one word of each kind that the tests of a column of words tell apart, the one that fulfills none first."""
    named = [t for t in tests if isinstance(t, OneOf)]
    words = [v for t in named for v in t.values if isinstance(v, str)]
    if column.type == "choice":
        words = [choice for choice in column.choices if choice not in column.says_nothing]
    else:
        words = [f"{column.name} A", *words]
    found: dict[tuple[bool, ...], str] = {}
    for word in words:
        found.setdefault(tuple(word in t.values for t in named), word)
    return tuple(found[kind] for kind in sorted(found, key=sum))
