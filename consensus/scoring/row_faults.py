"""What can be wrong with the rows of courses: doubled, undated, numbered against the dates, of a patient unknown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import TypeAlias

from consensus.definitions.amount import MILLION, Amount
from consensus.definitions.column import DEATH, LAST_CONTACT, PATIENT_ID, SESSION_DATE, SESSION_NO
from consensus.scoring.course import Cause
from consensus.scoring.faults import ONCE, UNKNOWN
from consensus.scoring.typed_sheet import Row, TypedSheet
from questionnaires.problems import did_you_mean

Held: TypeAlias = dict[str, Cause]


def check_patients(sheet: TypedSheet, held: Held) -> dict[str, Row]:
    """Return the rows by patient; of equal rows one, and a patient with two different rows is held back."""
    found: dict[str, Row] = {}
    for row in sheet.rows:
        first = found.setdefault(row.patient, row)
        if first is row:
            continue
        if sheet.equal(first, row):
            sheet.fault(row, PATIENT_ID, _doubled(row), hint=ONCE)
        else:
            got = f"patient {row.patient} has two rows that differ"
            sheet.fault(row, PATIENT_ID, got, "one row a patient", UNKNOWN)
            held.setdefault(row.patient, Cause(PATIENT_ID, "two different rows"))
    return found


def check_sessions(sheet: TypedSheet, known: dict[str, Row], assessed: str | None, held: Held) -> list[Row]:
    """Return the sessions that count; patients whose order of sessions can't be told are held back."""
    by_patient: dict[str, list[Row]] = {}
    for row in sheet.rows:
        by_patient.setdefault(row.patient, []).append(row)
    kept: list[Row] = []
    for patient, rows in by_patient.items():
        if patient not in known:
            hint = f"{did_you_mean(patient, known)} Judged with an empty baseline.".strip()
            sheet.fault(rows[0], PATIENT_ID, f'patient "{patient}" is not in the sheet patients', hint=hint)
        mine = _once(sheet, rows)
        _undated(sheet, mine, held)
        _same_number(sheet, mine, held)
        _same_day(sheet, mine)
        if patient not in held:
            _against_dates(sheet, mine)
        if assessed is not None:
            _assessed_before(sheet, mine, assessed)
        kept += mine
    return kept


def check_ends(sheet: TypedSheet, known: dict[str, Row], sessions: Sequence[Row]) -> None:
    """List patients whose last contact, or death where one is recorded, lies before one of their sessions."""
    ends = next((column.name for column in sheet.columns if column.role == LAST_CONTACT), None)
    death = next((column.name for column in sheet.columns if column.role == DEATH), None)
    last: dict[str, date] = {}
    for row in sessions:
        day = row.cells.get(SESSION_DATE)
        if isinstance(day, date):
            last[row.patient] = max(day, last.get(row.patient, day))
    for patient, row in known.items() if ends is not None else ():
        end, died = row.cells.get(ends or ""), row.cells.get(death or "")
        if isinstance(end, date) and patient in last and end < last[patient]:
            what = "died" if isinstance(died, Amount) and died.low > 0 else "was last seen"
            got = f"patient {patient} {what} on {end}, before the session of {last[patient]}"
            sheet.fault(row, ends or "", got, hint="One of the two dates is wrong; verdicts rest on the sessions.")


def _doubled(row: Row) -> str:
    return f"the row is equal to another one of patient {row.patient} in every cell"


def _once(sheet: TypedSheet, rows: Sequence[Row]) -> list[Row]:
    found: list[Row] = []
    for row in rows:
        if any(sheet.equal(row, other) for other in found):
            sheet.fault(row, SESSION_DATE, _doubled(row), hint=ONCE)
        else:
            found.append(row)
    return found


def _undated(sheet: TypedSheet, rows: Sequence[Row], held: Held) -> None:
    for row in rows:
        if row.cells.get(SESSION_DATE) is None:
            # a date that could not be read was listed as a cell already
            if sheet.empty(row, SESSION_DATE):
                got = f"patient {row.patient} has a session without a date"
                sheet.fault(row, SESSION_DATE, got, "a date", UNKNOWN)
            held.setdefault(row.patient, Cause(SESSION_DATE))


def _same_number(sheet: TypedSheet, rows: Sequence[Row], held: Held) -> None:
    seen: set[int] = set()
    for row, number in _numbered(rows):
        if number in seen:
            got = f"patient {row.patient} has two different sessions of the number {number}"
            sheet.fault(row, SESSION_NO, got, "each number once", UNKNOWN)
            held.setdefault(row.patient, Cause(SESSION_NO, "one number twice"))
        seen.add(number)


def _same_day(sheet: TypedSheet, rows: Sequence[Row]) -> None:
    numbered = {row.at for row, _ in _numbered(rows)}
    days: list[date] = []
    for row in rows:
        day = row.cells.get(SESSION_DATE)
        if isinstance(day, date) and row.at not in numbered:
            if days.count(day) == 1:
                got = f"patient {row.patient} has several sessions on {day} without numbers"
                sheet.fault(row, SESSION_NO, got, f"{SESSION_NO} to order them")
            days.append(day)


def _against_dates(sheet: TypedSheet, rows: Sequence[Row]) -> None:
    numbered = sorted(_numbered(rows), key=lambda pair: pair[1])
    for (earlier, before), (row, number) in pairwise(numbered):
        day, day_before = row.cells[SESSION_DATE], earlier.cells[SESSION_DATE]
        if isinstance(day, date) and isinstance(day_before, date) and day < day_before:
            got = f"session {number} of patient {row.patient} ({day}) comes before session {before} ({day_before})"
            sheet.fault(row, SESSION_DATE, got, hint="The dates rule.")


def _assessed_before(sheet: TypedSheet, rows: Sequence[Row], assessed: str) -> None:
    for row in rows:
        day, seen = row.cells.get(SESSION_DATE), row.cells.get(assessed)
        if isinstance(day, date) and isinstance(seen, date) and seen < day:
            got = f"{assessed} {seen} of patient {row.patient} lies before its session of {day}"
            sheet.fault(row, assessed, got, hint="It judges no response of this session.")


def _numbered(rows: Sequence[Row]) -> list[tuple[Row, int]]:
    cells = ((row, row.cells.get(SESSION_NO)) for row in rows)
    return [(row, cell.low // MILLION) for row, cell in cells if isinstance(cell, Amount)]
