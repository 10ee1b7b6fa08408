"""One patient's treatment course: cells of the patient, sessions in order, each with the assessment that judged it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from consensus.definitions.amount import Amount
from consensus.definitions.column import SESSION_NO, baseline_of
from consensus.scoring.cells import Cell
from consensus.scoring.months import Dated, Month, Span, clusters, days_after, ends, narrowed

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

    date: Dated | None
    cells: Mapping[str, Cell]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Session:
    """One session: `number` as the file has it, else its rank; `assessed` is the date of what judged it.

    `scans` are further assessments up to the next session, by date. `known` are the first and last day that a session
    of which only the month is known can lie on, given the sessions around it.
    """

    number: int
    date: Dated
    assessed: Dated | None
    cells: Mapping[str, Cell]
    scans: tuple[Scan, ...] = ()
    known: tuple[dt.date, dt.date] | None = None

    @property
    def ends(self) -> tuple[dt.date, dt.date]:
        """The first and the last day that the session can lie on."""
        return self.known or ends(self.date)

    def days_to(self, day: Dated) -> Span:
        """Return the days from this session to something that followed it."""
        return days_after(ends(day), self.ends)

    def days_since(self, earlier: Session) -> Span:
        """Return the days from an earlier session to this one."""
        return days_after(self.ends, earlier.ends)

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
    sessions: Sequence[tuple[Dated, Mapping[str, Cell]]],
    assessed: str | None,
    held_back: Cause | None = None,
    scans: Iterable[Scan] = (),
) -> Course:
    """Return a course whose sessions are ordered by date, then number, then their cells, whatever the order of rows.

    Sessions of which one has only a month that holds the other's date are ordered by their numbers. Each scan belongs
    to the last session on or before its day; one before the first session, or of which that is open, is left out.
    """
    starts = clusters([day for day, _ in sessions])
    keys = [(s, *_number_key(row.get(SESSION_NO)), text_key(row)) for s, (_, row) in zip(starts, sessions, strict=True)]
    ordered = [sessions[at] for at in sorted(range(len(sessions)), key=lambda at: keys[at])]
    known = narrowed([day for day, _ in ordered])
    found = []
    for rank, (day, row) in enumerate(ordered, start=1):
        number, seen = row.get(SESSION_NO), row.get(assessed) if assessed is not None else None
        found.append(
            Session(
                number=number.low // 10**6 if isinstance(number, Amount) else rank,
                date=day,
                assessed=seen if isinstance(seen, dt.date | Month) else None,
                cells=row,
                scans=_scans_of(rank - 1, known, scans),
                known=known[rank - 1] if isinstance(day, Month) else None,
            )
        )
    return Course(patient_id=patient_id, cells=cells, sessions=tuple(found), held_back=held_back)


def follows(day: Dated, sessions: Sequence[tuple[dt.date, dt.date]]) -> int | None:
    """Return the index of the last of some sessions on or before a day, None where there is none or it is open.

    `sessions` are the first and last days that they can lie on, in their order.
    """
    first, last = may_follow(day, sessions)
    return first if first == last else None


def may_follow(day: Dated, sessions: Sequence[tuple[dt.date, dt.date]]) -> tuple[int | None, int | None]:
    """Return the indices of the last sessions that are certainly, and that are possibly, on or before a day."""
    first, last = ends(day)
    backwards = range(len(sessions) - 1, -1, -1)
    sure = next((at for at in backwards if sessions[at][1] <= first), None)
    return sure, next((at for at in backwards if sessions[at][0] <= last), None)


def _scans_of(at: int, known: list[tuple[dt.date, dt.date]], scans: Iterable[Scan]) -> tuple[Scan, ...]:
    mine = [(ends(scan.date), scan) for scan in scans if scan.date is not None and follows(scan.date, known) == at]
    return tuple(scan for _, scan in sorted(mine, key=lambda pair: (pair[0], text_key(pair[1].cells))))


def _number_key(cell: Cell) -> tuple[bool, int]:
    return (False, cell.low) if isinstance(cell, Amount) else (True, 0)


def text_key(cells: Mapping[str, Cell]) -> str:
    """Return what orders sessions that neither date nor number tells apart: all that they say, as a text."""
    return repr(sorted((name, str(cell)) for name, cell in cells.items() if cell is not None))
