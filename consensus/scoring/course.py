"""One patient's treatment course: cells of the patient, sessions in order, each with the assessment that judged it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from consensus.definitions.amount import Amount
from consensus.definitions.column import SESSION_NO, baseline_of
from consensus.scoring.cells import Cell

MISSING = "missing"


class Cause(NamedTuple):
    """Why something is unknown: a column, and `missing` or what else keeps it from telling."""

    column: str
    reason: str = MISSING

    def __str__(self) -> str:
        return self.column if self.reason == MISSING else f"{self.column} ({self.reason})"


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Scan:
    """One assessment: its date and what it saw, by the names of the sessions' columns."""

    date: dt.date | None
    cells: Mapping[str, Cell]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Session:
    """One session: `number` as the file has it, else its rank; `assessed` is the date of what judged it.

    `scans` are further assessments up to the next session, by date.
    """

    number: int
    date: dt.date
    assessed: dt.date | None
    cells: Mapping[str, Cell]
    scans: tuple[Scan, ...] = ()

    def cell(self, column: str) -> Cell:
        """Return the cell of a column, None where it is empty or there is no such column."""
        return self.cells.get(column)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Course:
    """A patient with the sessions by date; `held_back` is why no definition can judge it, None where all can."""

    patient_id: str
    cells: Mapping[str, Cell]
    sessions: tuple[Session, ...]
    held_back: Cause | None = None

    def baseline(self, column: str) -> Cell:
        """Return the state of a sessions' column before the first session."""
        return self.cells.get(baseline_of(column))


def course_of(
    patient_id: str,
    cells: Mapping[str, Cell],
    sessions: Sequence[tuple[dt.date, Mapping[str, Cell]]],
    assessed: str | None,
    held_back: Cause | None = None,
    scans: Iterable[Scan] = (),
) -> Course:
    """Return a course whose sessions are ordered by date, then number, then their cells, whatever the order of rows.

    Each scan belongs to the last session on or before its day; one before the first session is left out.
    """
    ordered = sorted(sessions, key=lambda pair: (pair[0], *_number_key(pair[1].get(SESSION_NO)), text_key(pair[1])))
    found = []
    for rank, (day, row) in enumerate(ordered, start=1):
        number, seen = row.get(SESSION_NO), row.get(assessed) if assessed is not None else None
        found.append(
            Session(
                number=number.low // 10**6 if isinstance(number, Amount) else rank,
                date=day,
                assessed=seen if isinstance(seen, dt.date) else None,
                cells=row,
                scans=_scans_of(rank - 1, [day for day, _ in ordered], scans),
            )
        )
    return Course(patient_id=patient_id, cells=cells, sessions=tuple(found), held_back=held_back)


def _scans_of(at: int, days: list[dt.date], scans: Iterable[Scan]) -> tuple[Scan, ...]:
    end = next((day for day in days[at + 1 :]), dt.date.max)
    mine = [scan for scan in scans if scan.date is not None and days[at] <= scan.date < end]
    return tuple(sorted(mine, key=lambda scan: (scan.date, text_key(scan.cells))))


def _number_key(cell: Cell) -> tuple[bool, int]:
    return (False, cell.low) if isinstance(cell, Amount) else (True, 0)


def text_key(cells: Mapping[str, Cell]) -> str:
    """Return what orders sessions that neither date nor number tells apart: all that they say, as a text."""
    return repr(sorted((name, str(cell)) for name, cell in cells.items() if cell is not None))
