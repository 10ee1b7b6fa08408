"""What can be wrong with the rows of courses: doubled, undated, numbered against the dates, of a patient unknown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import TypeAlias

from consensus.definitions.amount import MILLION, Amount
from consensus.definitions.column import DEATH, LAST_CONTACT, PATIENT_ID, SESSION_DATE, SESSION_NO
from consensus.scoring.course import Cause
from consensus.scoring.course_map import DATE as SCAN_DATE
from consensus.scoring.faults import ONCE, UNKNOWN
from consensus.scoring.months import NO_DAY, Dated, Month, clusters, earliest, latest, narrowed
from consensus.scoring.typed_sheet import Row, TypedSheet
from questionnaires.problems import did_you_mean

Held: TypeAlias = dict[str, Cause]

Dates = (date, Month)
SCAN_OPEN = f"{NO_DAY}, so which session a scan followed can't be told"
_LESION = (PATIENT_ID, "date", "lesion_id", "reader")


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
        _open_order(sheet, mine, held)
        if patient not in held:
            _against_dates(sheet, mine)
        if assessed is not None:
            _assessed_before(sheet, mine, assessed)
        kept += _by_time(mine)
    return kept


def check_ends(sheet: TypedSheet, known: dict[str, Row], sessions: Sequence[Row]) -> None:
    """List patients whose last contact, or death where one is recorded, lies before one of their sessions."""
    ends = next((column.name for column in sheet.columns if column.role == LAST_CONTACT), None)
    death = next((column.name for column in sheet.columns if column.role == DEATH), None)
    last: dict[str, Dated] = {}
    for row in sessions:
        day = row.cells.get(SESSION_DATE)
        if isinstance(day, Dates):
            last[row.patient] = max(day, last.get(row.patient, day), key=earliest)
    for patient, row in known.items() if ends is not None else ():
        end, died = row.cells.get(ends or ""), row.cells.get(death or "")
        if isinstance(end, Dates) and patient in last and latest(end) < earliest(last[patient]):
            what = "died" if isinstance(died, Amount) and died.low > 0 else "was last seen"
            got = f"patient {patient} {what} on {end}, before the session of {last[patient]}"
            sheet.fault(row, ends or "", got, hint="One of the two dates is wrong; verdicts rest on the sessions.")


def hold_back_for_scan(patient: str, held: Held, *, own: bool) -> None:
    """Hold a patient back for a scan of which it is open which session it follows, by its `own` date or the session's.

    By one session the patient may be met and by another not, so that without the scan no verdict would be certain.
    """
    held.setdefault(patient, Cause(SCAN_DATE if own else SESSION_DATE, SCAN_OPEN))


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


def measured_once(sheet: TypedSheet, rows: Sequence[Row]) -> list[Row]:
    """Return the rows of lesions with each lesion once a scan and reader; two different rows leave it unmeasured."""
    found: dict[tuple[object, ...], Row] = {}
    for row in rows:
        key = tuple(str(row.cells.get(name)) for name in _LESION)
        first = found.setdefault(key, row)
        if first is row:
            continue
        who, when, what, _ = key
        if sheet.equal(row, first):
            sheet.fault(row, PATIENT_ID, _doubled(row), hint=ONCE)
            continue
        got = f"patient {who} has two different rows of lesion {what} at the scan of {when}"
        sheet.fault(row, "lesion_id", got, "one row a lesion and scan", "Its sizes at that scan are unknown.")
        kept = {name: cell for name, cell in first.cells.items() if name in (*_LESION, "target", "treated")}
        found[key] = replace(first, cells=kept)
    return list(found.values())


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


def _open_order(sheet: TypedSheet, rows: Sequence[Row], held: Held) -> None:
    """Hold a patient back where a month without a day leaves it open which of two sessions came first."""
    dated = [(day, row) for row in rows if isinstance(day := row.cells.get(SESSION_DATE), Dates)]
    numbers = {row.at: number for row, number in _numbered(rows)}
    together: dict[date, list[tuple[Dated, Row]]] = {}
    for start, pair in zip(clusters([day for day, _ in dated]), dated, strict=True):
        together.setdefault(start, []).append(pair)
    for mine in together.values():
        month = next((row for day, row in mine if isinstance(day, Month)), None)
        if month is None or len(mine) == 1:
            continue
        by_number = sorted(mine, key=lambda pair: numbers.get(pair[1].at, 0))
        told = all(row.at in numbers for _, row in mine)
        if told and all(first <= last for first, last in narrowed([day for day, _ in by_number])):
            continue
        days = " and ".join(str(day) for day, _ in mine)
        why = f"their {SESSION_NO} runs against their dates" if told else "which came first can't be told"
        got = f"patient {month.patient} has sessions on {days}: {why}"
        sheet.fault(month, SESSION_DATE, got, f"the day, or {SESSION_NO} of each to order them", UNKNOWN)
        held.setdefault(month.patient, Cause(SESSION_DATE, "which session came first can't be told"))


def _by_time(rows: Sequence[Row]) -> list[Row]:
    """Return the rows of one patient by date, then number, then as they stand; the undated ones at the end."""
    dated = [(day, row) for row in rows if isinstance(day := row.cells.get(SESSION_DATE), Dates)]
    starts = dict(zip((row.at for _, row in dated), clusters([day for day, _ in dated]), strict=True))
    numbers = {row.at: number for row, number in _numbered(rows)}
    return sorted(rows, key=lambda r: (starts.get(r.at, date.max), numbers.get(r.at, 10**12), r.at))


def _against_dates(sheet: TypedSheet, rows: Sequence[Row]) -> None:
    numbered = sorted(_numbered(rows), key=lambda pair: pair[1])
    for (earlier, before), (row, number) in pairwise(numbered):
        day, day_before = row.cells[SESSION_DATE], earlier.cells[SESSION_DATE]
        if isinstance(day, Dates) and isinstance(day_before, Dates) and latest(day) < earliest(day_before):
            got = f"session {number} of patient {row.patient} ({day}) comes before session {before} ({day_before})"
            sheet.fault(row, SESSION_DATE, got, hint="The dates rule.")


def _assessed_before(sheet: TypedSheet, rows: Sequence[Row], assessed: str) -> None:
    for row in rows:
        day, seen = row.cells.get(SESSION_DATE), row.cells.get(assessed)
        if isinstance(day, Dates) and isinstance(seen, Dates) and latest(seen) < earliest(day):
            got = f"{assessed} {seen} of patient {row.patient} lies before its session of {day}"
            sheet.fault(row, assessed, got, hint="It judges no response of this session.")


def _numbered(rows: Sequence[Row]) -> list[tuple[Row, int]]:
    cells = ((row, row.cells.get(SESSION_NO)) for row in rows)
    return [(row, cell.low // MILLION) for row, cell in cells if isinstance(cell, Amount)]
