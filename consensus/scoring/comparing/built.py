"""From a path to a course with dates and cells, as near to usual ones as what has to happen allows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from consensus.definitions.amount import MILLION, Amount
from consensus.definitions.column import baseline_of
from consensus.definitions.reading import range_of
from consensus.scoring.cells import Cell
from consensus.scoring.comparing.facts import FALL, SAME, unused
from consensus.scoring.comparing.letters import Axis, Option
from consensus.scoring.comparing.people import NONE
from consensus.scoring.comparing.regions import Region
from consensus.scoring.comparing.walk import APART, Path
from consensus.scoring.course import Course, course_of
from consensus.scoring.judge import Judge

START = dt.date(2021, 1, 4)
AFTER = 42
LAST_LETTER = 26
USUAL = (APART, 45, 30, 14, 7, 1)


class CantBuildError(Exception):
    """No cells do what a path asks for."""


def courses(path: Path, judges: tuple[Judge, ...], columns: tuple[str, ...]) -> Iterator[Course]:
    """Yield courses of a path, such with pauses that a clinic knows first; none where no cells do what it asks for."""
    asked = [pause for pause, _ in path.sessions if pause is not None]
    after = _after(judges)
    for far in (False, True):
        try:
            rows = _rows(path, columns, far)
        except CantBuildError:
            continue
        for pauses in [*([usual] * len(asked) for usual in USUAL), *([max(1, p) for p in asked], asked)]:
            days = [sum(pauses[:at]) for at in range(len(rows))]
            yield _course(path, judges[0], rows, days, after)


def told_columns(path: Path, columns: tuple[str, ...]) -> tuple[str, ...]:
    """Return the columns that say something else than usual at some session of a path."""
    letters = path.letters
    found, kept = [], letters.start
    for number, (_, letter) in enumerate(path.sessions):
        for at, axis in enumerate(letters.axes):
            usual = letters.options(axis, kept[at], number == 0)[0]
            if letter.chosen[at] != usual:
                found.append(axis.column)
        found += [name for name, label in zip(columns, letter.labels, strict=True) if label]
        kept = letter.kept
    return tuple(dict.fromkeys(found))


def _course(path: Path, judge: Judge, rows: list[dict[str, Cell]], days: list[int], after: int) -> Course:
    assessed = judge.condition.assessed
    dated = []
    for day, row in zip(days, rows, strict=True):
        date = START + dt.timedelta(days=day)
        seen: dict[str, Cell] = {assessed: date + dt.timedelta(days=after)} if assessed is not None else {}
        dated.append((date, row | seen))
    return course_of("a course", path.person.cells, dated, assessed)


def _rows(path: Path, columns: tuple[str, ...], far: bool) -> list[dict[str, Cell]]:
    letters = path.letters
    never: dict[str, Cell] = dict.fromkeys(unused(letters.tests), NONE)
    rows: list[dict[str, Cell]] = [dict(never) for _ in path.sessions]
    for at, axis in enumerate(letters.axes):
        before = path.person.cells.get(baseline_of(axis.column))
        cell: Cell = before if before is not None else axis.examples[axis.start]
        changes, kind = 0, letters.start[at]
        for number, (row, (_, letter)) in enumerate(zip(rows, path.sessions, strict=True)):
            option = Option(*letter.chosen[at])
            if far:
                option = max(letters.alike(axis, option, kind, number == 0), key=lambda o: o.move)
            changes, kind = changes + (option.move != SAME), letter.kept[at]
            cell = _next(axis, cell, option, changes, far)
            row[axis.column] = cell
    for at, name in enumerate(columns):
        for number, (row, (_, letter)) in enumerate(zip(rows, path.sessions, strict=True), start=1):
            row[name] = f"{name} {_letter(letter.labels[at] or letters.labels[at] + number)}"
    return rows


def _letter(number: int) -> str:
    return chr(ord("A") + number - 1) if number <= LAST_LETTER else str(number)


def _next(axis: Axis, before: Cell, option: Option, changes: int, far: bool) -> Cell:
    """Return a cell of a kind that moves so from the one before."""
    kind = axis.kinds[option.kind]
    if axis.bars is None:
        return axis.examples[option.kind]
    if isinstance(kind, str):
        if option.move == SAME:
            return before
        return f"{axis.column} {'ABCDEFGHIJ'[changes % 10]}" if len(axis.kinds) == 1 else kind
    assert isinstance(before, Amount)
    value = _moved(axis, kind, before.low, option.move, far)
    return Amount(low=value, high=value)


def _moved(axis: Axis, kind: Region, before: int, move: int, far: bool) -> int:
    """Return an amount of a region that moves so from the one before: the nearest, or as far as it may."""
    assert axis.bars is not None
    if move == SAME:
        return before
    low, high = axis.bars.reach(move, before, before)
    low = max(low, kind.first)
    ends = [end for end in (high, kind.last) if end is not None]
    high = min(ends) if ends else None
    if high is not None and low > high:
        raise CantBuildError
    wanted = before - MILLION if move == FALL else before + MILLION
    if far:
        wanted = low if move == FALL else max(low, before * 2) if high is None else high
    return _nice(low, high, wanted)


def _nice(low: int, high: int | None, wanted: int) -> int:
    """Return the amount wanted if it lies between, else a whole number, else one in the middle."""
    if low <= wanted and (high is None or wanted <= high):
        return wanted
    whole = -(-low // MILLION) * MILLION
    return whole if high is None or whole <= high else (low + high) // 2


def _after(judges: tuple[Judge, ...]) -> int:
    """Return the days from a session to its assessment, within the windows of all judges if there are such days."""
    windows = [ends for judge in judges for value in judge.readings.values() if (ends := range_of(value))]
    low, high = max((low for low, _ in windows), default=AFTER), min((high for _, high in windows), default=AFTER)
    return min(max(AFTER, low), max(low, high))
