"""What can be wrong with the rows of courses: doubled, undated, numbered against the dates, of a patient unknown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from consensus.definitions.amount import MILLION, Amount
from consensus.definitions.column import SESSION_DATE, SESSION_NO
from consensus.scoring.cells import is_missing
from consensus.scoring.course import Cause
from questionnaires.problems import Problem, did_you_mean

if TYPE_CHECKING:
    from consensus.scoring.sheets import Row, TypedSheet

Held: TypeAlias = dict[str, Cause]

UNKNOWN = "Until then the patient is unknown by every definition."


def check_patients(sheet: TypedSheet, held: Held, problems: list[Problem]) -> dict[str, Row]:
    """Return the rows by patient; of equal rows one, and a patient with two different rows is held back."""
    found: dict[str, Row] = {}
    for row in sheet.rows:
        first = found.setdefault(row.patient, row)
        if first is row:
            continue
        where = sheet.where(row, "patient_id")
        if _equal(first, row):
            got = f"the row is equal to another one of patient {row.patient} in every cell"
            problems.append(Problem(where=where, got=got, hint="It counts once."))
        else:
            got = f"patient {row.patient} has two rows that differ"
            problems.append(Problem(where=where, got=got, expected="one row a patient", hint=UNKNOWN))
            held.setdefault(row.patient, Cause("patient_id", "two different rows"))
    return found


def check_sessions(
    sheet: TypedSheet, known: dict[str, Row], assessed: str | None, held: Held, problems: list[Problem]
) -> list[Row]:
    """Return the sessions that count; patients whose order of sessions can't be told are held back."""
    by_patient: dict[str, list[Row]] = {}
    for row in sheet.rows:
        by_patient.setdefault(row.patient, []).append(row)
    kept: list[Row] = []
    for patient, rows in by_patient.items():
        if patient not in known:
            got = f'patient "{patient}" is not in the sheet patients'
            hint = f"{did_you_mean(patient, known)} Judged with an empty baseline.".strip()
            problems.append(Problem(where=sheet.where(rows[0], "patient_id"), got=got, hint=hint))
        mine = _once(sheet, rows, problems)
        for check in (_undated, _same_number, _against_dates, _same_day):
            check(sheet, mine, held, problems)
        if assessed is not None:
            _assessed_before(sheet, mine, assessed, problems)
        kept += mine
    return kept


def _equal(a: Row, b: Row) -> bool:
    return a.cells == b.cells and a.further == b.further


def _once(sheet: TypedSheet, rows: list[Row], problems: list[Problem]) -> list[Row]:
    found: list[Row] = []
    for row in rows:
        if any(_equal(row, other) for other in found):
            got = f"the row is equal to another one of patient {row.patient} in every cell"
            problems.append(Problem(where=sheet.where(row, SESSION_DATE), got=got, hint="It counts once."))
        else:
            found.append(row)
    return found


def _undated(sheet: TypedSheet, rows: list[Row], held: Held, problems: list[Problem]) -> None:
    for row in rows:
        if row.cells.get(SESSION_DATE) is None:
            # a date that could not be read was listed as a cell already
            if is_missing(sheet.table.rows[row.at][sheet.places[SESSION_DATE]]):
                got = f"patient {row.patient} has a session without a date"
                where = sheet.where(row, SESSION_DATE)
                problems.append(Problem(where=where, got=got, expected="a date", hint=UNKNOWN))
            held.setdefault(row.patient, Cause(SESSION_DATE))


def _same_number(sheet: TypedSheet, rows: list[Row], held: Held, problems: list[Problem]) -> None:
    seen: set[int] = set()
    for row in rows:
        number = _number(row)
        if number is not None and number in seen:
            got = f"patient {row.patient} has two different sessions of the number {number}"
            where = sheet.where(row, SESSION_NO)
            problems.append(Problem(where=where, got=got, expected="each number once", hint=UNKNOWN))
            held.setdefault(row.patient, Cause(SESSION_NO, "one number twice"))
        if number is not None:
            seen.add(number)


def _against_dates(sheet: TypedSheet, rows: list[Row], held: Held, problems: list[Problem]) -> None:
    if rows and rows[0].patient in held:
        return
    numbered = sorted(_numbered(rows), key=lambda pair: pair[1])
    for (earlier, before), (row, number) in pairwise(numbered):
        if _day(row) < _day(earlier):
            got = (
                f"session {number} of patient {row.patient} ({_day(row)}) comes before session {before} "
                f"({_day(earlier)}) by its date"
            )
            problems.append(Problem(where=sheet.where(row, SESSION_DATE), got=got, hint="The dates rule."))


def _same_day(sheet: TypedSheet, rows: list[Row], held: Held, problems: list[Problem]) -> None:
    days = [row.cells.get(SESSION_DATE) for row in rows if _number(row) is None]
    for row in rows:
        day = row.cells.get(SESSION_DATE)
        if day is not None and _number(row) is None and days.count(day) > 1:
            got = f"patient {row.patient} has several sessions on {day} without numbers"
            where = sheet.where(row, SESSION_NO)
            problems.append(Problem(where=where, got=got, expected=f"{SESSION_NO} to order them"))
            return


def _assessed_before(sheet: TypedSheet, rows: Iterable[Row], assessed: str, problems: list[Problem]) -> None:
    for row in rows:
        day, seen = row.cells.get(SESSION_DATE), row.cells.get(assessed)
        if isinstance(day, date) and isinstance(seen, date) and seen < day:
            got = f"{assessed} {seen} of patient {row.patient} lies before its session of {day}"
            where = sheet.where(row, assessed)
            problems.append(Problem(where=where, got=got, hint="It judges no response of this session."))


def _numbered(rows: list[Row]) -> list[tuple[Row, int]]:
    return [(row, number) for row in rows if (number := _number(row)) is not None]


def _number(row: Row) -> int | None:
    cell = row.cells.get(SESSION_NO)
    return cell.low // MILLION if isinstance(cell, Amount) else None


def _day(row: Row) -> date:
    day = row.cells[SESSION_DATE]
    assert isinstance(day, date)
    return day
