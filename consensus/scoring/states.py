"""A state in one cell a patient, `N` or `Y 2021.5.6` -> flags of the sessions and a dated assessment."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from consensus.definitions.column import Column
from consensus.scoring.cells import Cell, CellFaultError, is_missing, read_cell, text_of
from consensus.scoring.course import follows as followed
from consensus.scoring.course import may_follow
from consensus.scoring.course_map import Words
from consensus.scoring.months import Dated, Month, ends, narrowed

_DATED = re.compile(r"(?P<word>[^\d\s:,;(]+)[\s:,;(]*(?P<date>\d{4}.*?)\)?")
DAY = Column(name="date", type="date")


@dataclass(frozen=True, kw_only=True, slots=True)
class State:
    """What a cell says of a state: yes or no or (None) nothing, the day that a yes was seen, and what is wrong."""

    yes: bool | None
    day: Dated | None = None
    fault: str = ""
    expected: str = ""


def read_state(raw: object, column: Column, words: Words) -> State:
    """Return the state that a cell tells, in the words of `column`."""
    said = words.said(raw, column.name)
    if said is None:
        return State(yes=None)
    try:
        yes = _yes(read_cell(said, column))
    except CellFaultError as error:
        return _dated(text_of(said), column, words, error)
    if yes:
        return State(
            yes=True, fault=f'"{text_of(raw)}" does not say since when there is {column.name}', expected=_like(raw)
        )
    return State(yes=False)


def _dated(text: str, column: Column, words: Words, error: CellFaultError) -> State:
    match = _DATED.fullmatch(text)
    if match is None:
        return State(yes=None, fault=error.got, expected=error.expected)
    try:
        yes = _yes(read_cell(words.said(match["word"], column.name), column))
    except CellFaultError as word_error:
        return State(yes=None, fault=word_error.got, expected=word_error.expected)
    if not yes:
        return State(yes=False)
    try:
        day = read_cell(match["date"], DAY)
    except CellFaultError as day_error:
        return State(
            yes=True,
            fault=f"{day_error.got.removesuffix(' for date')}, so {column.name} has no date",
            expected=day_error.expected,
        )
    return State(yes=True, day=day if isinstance(day, date | Month) else None)


def flags(state: State, days: Sequence[Dated | None]) -> list[int | None]:
    """Return the flag of each session: no, or no before the session that the day follows and yes from it on.

    A yes without a day is a yes at the last session and empty before it. `days` are the sessions' dates in order.
    Where a day is only a month, sessions that may lie before it or after it are empty.
    """
    if state.yes is None:
        return [None] * len(days)
    if not state.yes:
        return [0] * len(days)
    if state.day is None:
        last = follows(date.max, days)
        return [1 if at == last else None for at in range(len(days))]
    order, known = _in_order(days)
    first, last = may_follow(state.day, known)
    found: list[int | None] = [None] * len(days)
    if first is not None and last is not None:
        for at, mine in zip(order, known, strict=True):
            found[at] = 1 if mine >= known[last] else 0 if mine < known[first] else None
    return found


def follows(day: Dated, days: Sequence[Dated | None]) -> int | None:
    """Return the index of the last session on or before a day, None where there is none or it is open."""
    order, known = _in_order(days)
    found = followed(day, known)
    return None if found is None else order[found]


def _in_order(days: Sequence[Dated | None]) -> tuple[list[int], list[tuple[date, date]]]:
    dated = [(ends(day), at, day) for at, day in enumerate(days) if day is not None]
    dated.sort(key=lambda one: one[:2])
    return [at for _, at, _ in dated], narrowed([day for _, _, day in dated])


def _yes(cell: Cell) -> bool:
    return not is_missing(cell) and getattr(cell, "low", 0) > 0


def _like(raw: object) -> str:
    return f'the date beside it, such as "{text_of(raw)} 2021-05-06"'
