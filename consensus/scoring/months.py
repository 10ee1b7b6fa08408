"""Dates of which only the month is known: intervals of days, their differences, and the order of sessions by them."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from consensus.definitions.logic import Truth

NO_DAY = "a month without a day"

_NAMES = {name.casefold(): at for at, name in enumerate(calendar.month_abbr) if name}
_FORMS = (
    re.compile(r"(?P<year>\d{4})(?:[-/.]|\s*年\s*)(?P<month>\d{1,2})\s*月?"),
    re.compile(r"(?P<month>\d{1,2})[-/](?P<year>\d{4})"),
    re.compile(r"(?P<name>[a-z]{3,9})\.?[\s,/-]*(?P<year>\d{4})", re.IGNORECASE),
    re.compile(r"(?P<year>\d{4})[\s,/-]*(?P<name>[a-z]{3,9})\.?", re.IGNORECASE),
)
# typed into a spreadsheet 2022.10 becomes the number 2022.1
_ZERO_LOST = re.compile(r"\d{4}\.1")


@dataclass(frozen=True, slots=True)
class Month:
    """Some day of a month; it is written as `2022-01`."""

    year: int
    month: int

    @property
    def first(self) -> dt.date:
        """The first day that it can be."""
        return dt.date(self.year, self.month, 1)

    @property
    def last(self) -> dt.date:
        """The last day that it can be."""
        return dt.date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    def isoformat(self) -> str:
        """Return the month as it is written."""
        return f"{self.year:04d}-{self.month:02d}"

    def __str__(self) -> str:
        return self.isoformat()


Dated: TypeAlias = dt.date | Month


class Span(NamedTuple):
    """The fewest and the most days that may lie between two dates."""

    low: int
    high: int

    @property
    def exact(self) -> bool:
        """Whether this is one number of days."""
        return self.low == self.high

    @property
    def middle(self) -> int:
        """The days half way between the two ends, for a drawing."""
        return (self.low + self.high) // 2

    def __str__(self) -> str:
        return str(self.low) if self.exact else f"{self.low} to {self.high}"


def parse_month(text: str) -> Month | None:
    """Return the month that a text names without a day, None where it names none or which one is open."""
    if _ZERO_LOST.fullmatch(text):
        return None
    for form in _FORMS:
        match = form.fullmatch(text)
        if match is None:
            continue
        found = match.groupdict()
        number = int(found["month"]) if found.get("month") else _named(found["name"])
        return Month(int(found["year"]), number) if 1 <= number <= 12 else None
    return None


def zero_lost(text: str) -> bool:
    """Return whether a text is a year and the number 1 after a point: January, or October without its last zero."""
    return _ZERO_LOST.fullmatch(text) is not None


def earliest(day: Dated) -> dt.date:
    """Return the first day that a date can be."""
    return day.first if isinstance(day, Month) else day


def latest(day: Dated) -> dt.date:
    """Return the last day that a date can be."""
    return day.last if isinstance(day, Month) else day


def same_day(day: Dated, other: Dated) -> Truth:
    """Return whether two dates are the same day: unknown where they overlap and one is only a month."""
    if earliest(day) > latest(other) or earliest(other) > latest(day):
        return False
    return None if isinstance(day, Month) or isinstance(other, Month) else True


def days_after(known: tuple[dt.date, dt.date], start: tuple[dt.date, dt.date]) -> Span:
    """Return the days from one date to a later one, each given by the first and the last day that it can be.

    What can lie before its start is taken to lie on or after it, unless it certainly does not: such days are negative.
    """
    low, high = (known[0] - start[1]).days, (known[1] - start[0]).days
    return Span(low if high < 0 else max(low, 0), high)


def ends(day: Dated) -> tuple[dt.date, dt.date]:
    """Return the first and the last day that a date can be."""
    return earliest(day), latest(day)


def clusters(days: Sequence[Dated]) -> list[dt.date]:
    """Return for each date the first day of its cluster: dates that overlap, one through another, are of one cluster.

    A day alone, or the same day several times, is a cluster of its own.
    """
    order = sorted(range(len(days)), key=lambda at: ends(days[at]))
    found, start, end = [dt.date.min] * len(days), dt.date.min, dt.date.min
    for at in order:
        if earliest(days[at]) > end:
            start = earliest(days[at])
        found[at] = start
        end = max(end, latest(days[at]))
    return found


def narrowed(days: Sequence[Dated]) -> list[tuple[dt.date, dt.date]]:
    """Return the first and last day of each of some dates that are known to follow each other in this order."""
    firsts, lasts = [earliest(day) for day in days], [latest(day) for day in days]
    for at in range(1, len(days)):
        firsts[at] = max(firsts[at], firsts[at - 1])
    for at in range(len(days) - 2, -1, -1):
        lasts[at] = min(lasts[at], lasts[at + 1])
    return list(zip(firsts, lasts, strict=True))


def _named(name: str) -> int:
    short = name[:3].casefold()
    full = calendar.month_name[_NAMES.get(short, 0)]
    return _NAMES.get(short, 0) if full.casefold().startswith(name.casefold()) or name.casefold() == "sept" else 0
