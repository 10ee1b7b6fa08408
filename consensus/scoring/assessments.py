"""The sheet of further assessments, typed and checked: each belongs to the session that it follows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from consensus.definitions.column import PATIENT_ID, SESSION_DATE, SESSION_NO, Column
from consensus.definitions.condition import Condition
from consensus.scoring.course_map import DATE, READER
from consensus.scoring.faults import Faults
from consensus.scoring.tables import Table
from consensus.scoring.typed_sheet import Row, TypedSheet, missing_columns, typed
from questionnaires.problems import did_you_mean


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
    table: Table, condition: Condition, faults: Faults, first: Mapping[str, date | None]
) -> tuple[TypedSheet, list[Row]]:
    """Return the typed sheet and its rows that count; `first` is the date of each patient's first session.

    One of an unknown patient, without a date, or before the first session is left out and told; equal rows count once.
    """
    sheet = typed(table, assessment_columns(condition), faults)
    kept: list[Row] = []
    seen: dict[str, list[Row]] = {}
    for row in sheet.rows:
        day = row.cells.get(DATE)
        others = seen.setdefault(row.patient, [])
        if row.patient not in first:
            hint = f"{did_you_mean(row.patient, first)} The row is left out.".strip()
            sheet.fault(row, PATIENT_ID, f'patient "{row.patient}" is not in the cohort', hint=hint)
        elif not isinstance(day, date):
            if sheet.empty(row, DATE):
                got = f"an assessment of patient {row.patient} without a date"
                sheet.fault(row, DATE, got, "a date", "The row is left out.")
        elif any(sheet.equal(row, other) for other in others):
            got = f"the row is equal to another one of patient {row.patient} in every cell"
            sheet.fault(row, PATIENT_ID, got, hint="It counts once.")
        elif _before(day, first[row.patient]):
            start = first[row.patient]
            what = f"lies before the first session of {start}" if start is not None else "follows no session"
            got = f"the assessment of {day} of patient {row.patient} {what}"
            sheet.fault(row, DATE, got, hint="It is left out.")
        else:
            others.append(row)
            kept.append(row)
    return sheet, kept


def _before(day: date, start: date | None) -> bool:
    return start is None or day < start
