"""The sheet of further assessments, typed and checked: each belongs to the session that it follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from consensus.definitions.column import PATIENT_ID, SESSION_DATE, SESSION_NO, Column
from consensus.definitions.condition import Condition
from consensus.scoring.course import follows
from consensus.scoring.course_map import DATE, READER
from consensus.scoring.faults import UNKNOWN, Faults
from consensus.scoring.months import Dated, Month, latest
from consensus.scoring.row_faults import Held, hold_back_for_scan
from consensus.scoring.tables import Table
from consensus.scoring.typed_sheet import Row, TypedSheet, missing_columns, typed
from questionnaires.problems import did_you_mean

OUT = "It is left out."


def assessment_columns(condition: Condition) -> tuple[Column, ...]:
    """Return the columns that a sheet of assessments may have: patient, date, reader, and what sessions record."""
    sessions = {column.name: column for column in condition.sessions}
    own = (
        sessions[PATIENT_ID],
        Column(name=DATE, type="date", required=True),
        Column(name=READER, type="text"),
    )
    used = {PATIENT_ID, SESSION_NO, SESSION_DATE, condition.assessed, *(column.name for column in own)}
    return (*own, *(column for column in condition.sessions if column.name not in used and not column.assessed))


def missing_in(table: Table, condition: Condition) -> list[str]:
    """Return one sentence for each required column that the sheet doesn't have."""
    return missing_columns(table, assessment_columns(condition))


def read_assessments(
    table: Table,
    condition: Condition,
    faults: Faults,
    sessions: Mapping[str, Sequence[tuple[date, date]]],
    held: Held,
    states: int = 0,
) -> tuple[TypedSheet, list[Row]]:
    """Return the typed sheet and its rows that count.

    `sessions` are the first and last day that each session of a patient can lie on. A row of an unknown patient,
    without a date or before the first session is left out and told; equal rows count once. Where it is open which
    session a row follows its patient is held back. The last `states` rows are states with their date in the cell: for
    those the sessions that it may be seen at are empty already, and no one is held back.
    """
    sheet = typed(table, assessment_columns(condition), faults)
    kept: list[Row] = []
    scans = len(table.rows) - states
    seen: dict[str, list[Row]] = {}
    for row in sheet.rows:
        day = row.cells.get(DATE)
        others = seen.setdefault(row.patient, [])
        if row.patient not in sessions:
            hint = f"{did_you_mean(row.patient, sessions)} The row is left out.".strip()
            sheet.fault(row, PATIENT_ID, f'patient "{row.patient}" is not in the cohort', hint=hint)
        elif not isinstance(day, date | Month):
            if sheet.empty(row, DATE):
                got = f"an assessment of patient {row.patient} without a date"
                sheet.fault(row, DATE, got, "a date", "The row is left out.")
        elif any(sheet.equal(row, other) for other in others):
            got = f"the row is equal to another one of patient {row.patient} in every cell"
            sheet.fault(row, PATIENT_ID, got, hint="It counts once.")
        elif follows(day, sessions[row.patient]) is None:
            _misplaced(sheet, row, day, sessions[row.patient], held if row.at < scans else None)
        else:
            others.append(row)
            kept.append(row)
    return sheet, kept


def _misplaced(
    sheet: TypedSheet, row: Row, day: Dated, sessions: Sequence[tuple[date, date]], held: Held | None
) -> None:
    """Tell why an assessment belongs to no session; where that is open its patient is held back, if one may be."""
    got = f"the assessment of {day} of patient {row.patient}"
    if not sessions:
        sheet.fault(row, DATE, f"{got} follows no session", hint=OUT)
    elif latest(day) < sessions[0][0]:
        sheet.fault(row, DATE, f"{got} lies before the first session of {sessions[0][0]}", hint=OUT)
    else:
        whose, expected = "has no day", "the day"
        if not isinstance(day, Month):
            whose, expected = "lies in the month of a session without a day", "the day of that session"
        sheet.fault(
            row,
            DATE,
            f"{got} {whose}, so which session it follows can't be told",
            expected,
            OUT if held is None else UNKNOWN,
        )
        if held is not None:
            hold_back_for_scan(row.patient, held, own=isinstance(day, Month))
