"""Dates and times in cells: the spellings that survey platforms write, and the order of day and month in a column."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Literal

Order = Literal["day first", "month first"]

_YEAR_FIRST = re.compile(
    r"^(?P<year>\d{4})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})日?(?P<rest>.*)$"
)
_YEAR_LAST = re.compile(
    r"^(?P<one>\d{1,2})(?P<between>[-/.])(?P<two>\d{1,2})(?P=between)(?P<year>\d{4}|\d\d)(?!\d)(?P<rest>.*)$"
)
_DAY_MONTH = re.compile(r"^(?P<day>\d{1,2})[-\s.]+(?P<name>[A-Za-z]{3,9})\.?[-\s,]+(?P<year>\d{4})(?P<rest>.*)$")
_MONTH_DAY = re.compile(
    r"^(?P<name>[A-Za-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})(?P<rest>.*)$"
)
_TIME = re.compile(r"(\d{1,2})\s*[:时点]\s*(\d{1,2})(?:\s*[:分]\s*(\d{1,2}))?")
_AFTERNOON = re.compile(r"p\.?\s?m\b|下午|晚上", re.IGNORECASE)
_MORNING = re.compile(r"a\.?\s?m\b|上午|早上", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NOON = 12


def moment_of(cell: object, order: Order | None = None) -> dt.datetime | None:
    """Return the date and time of a cell (`2026/3/1 9:00`, `2026年3月1日 9时37分`, `4 May 2026`, ISO), else None.

    A text such as `3/4/2026` is read only where `order` says whether the day or the month comes first.
    """
    if isinstance(cell, dt.datetime):
        return cell.replace(tzinfo=None)
    if isinstance(cell, dt.date):
        return dt.datetime(cell.year, cell.month, cell.day)
    text = _plain(cell)
    for pattern in (_YEAR_FIRST, _DAY_MONTH, _MONTH_DAY):
        found = pattern.match(text)
        if found is not None:
            month = int(found["month"]) if pattern is _YEAR_FIRST else _month(found["name"])
            return _moment(int(found["year"]), month, int(found["day"]), found["rest"])
    last = _YEAR_LAST.match(text)
    if last is None or order is None:
        return None
    year = int(last["year"]) + (2000 if len(last["year"]) == 2 else 0)
    one, two = int(last["one"]), int(last["two"])
    day, month = (one, two) if order == "day first" else (two, one)
    return _moment(year, month, day, last["rest"])


def is_moment(cell: object) -> bool:
    """Return whether a cell is a date and time in any order of day and month."""
    return any(moment_of(cell, order) is not None for order in (None, "day first", "month first"))


def moments_of(cells: Sequence[object]) -> list[dt.datetime | None]:
    """Return the moments of a column, whose cells together may tell whether day or month comes first."""
    order = order_in(cells)
    read = {cell: moment_of(cell, order) for cell in {*cells}}
    return [read[cell] for cell in cells]


def order_in(cells: Iterable[object]) -> Order | None:
    """Return whether a column writes day or month first; None where its cells don't tell or contradict each other.

    Dates with points (`4.5.2026`) have the day first.
    """
    found = [m for m in (_YEAR_LAST.match(_plain(cell)) for cell in {*cells} if isinstance(cell, str)) if m is not None]
    day_first = any(int(m["one"]) > _NOON or m["between"] == "." for m in found)
    month_first = any(int(m["two"]) > _NOON for m in found)
    if day_first == month_first:
        return None
    return "day first" if day_first else "month first"


def _plain(cell: object) -> str:
    return unicodedata.normalize("NFKC", cell).strip() if isinstance(cell, str) else ""


def _month(name: str) -> int:
    start = name[:3].lower()
    return _MONTHS.index(start) + 1 if start in _MONTHS else 0


def _moment(year: int, month: int, day: int, rest: str) -> dt.datetime | None:
    clock = _TIME.search(rest)
    hour, minute, second = (int(part or 0) for part in clock.groups()) if clock else (0, 0, 0)
    if _AFTERNOON.search(rest) and hour < _NOON:
        hour += _NOON
    elif _MORNING.search(rest) and hour == _NOON:
        hour = 0
    try:
        return dt.datetime(year, month, day, hour, minute, second)
    except ValueError:
        return None
