"""The two sheets of courses as tidy data frames, with every fault of them and the patients whom no one can judge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from consensus.definitions.column import PATIENT_ID, SESSION_DATE, Column
from consensus.definitions.condition import Condition
from consensus.scoring.assessments import missing_in, read_assessments
from consensus.scoring.cells import date_series, is_missing, plain
from consensus.scoring.course import Cause
from consensus.scoring.course_map import DATE
from consensus.scoring.faults import Faults
from consensus.scoring.lesion_rows import bounds_told, lesion_in_time
from consensus.scoring.months import Dated, Month, narrowed
from consensus.scoring.row_faults import Held, check_ends, check_patients, check_sessions, measured_once
from consensus.scoring.tables import Source, Spot
from consensus.scoring.typed_sheet import Row, TypedSheet, missing_columns, typed
from questionnaires.problems import ConsensusError, Problem, Problems, did_you_mean


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Sheets:
    """Tidy frames, the problems found, the patients whom no definition can judge, and where each row stands."""

    patients: pd.DataFrame
    sessions: pd.DataFrame
    assessments: pd.DataFrame | None
    problems: Problems
    held_back: tuple[tuple[str, Cause], ...]
    places: Places
    lesions: pd.DataFrame | None = None


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Places:
    """Where the cells of the tidy frames stand in the user's file: by sheet the row of each row, -1 for none."""

    sheets: tuple[TypedSheet, ...]
    rows: tuple[tuple[int, ...], ...]

    def spot(self, sheet: int, at: int, column: str) -> Spot | None:
        """Return where a cell stands: sheet 0 patients, 1 sessions, 2 assessments; None where there is no cell."""
        if sheet >= len(self.sheets) or at >= len(self.rows[sheet]):
            return None
        typed_sheet, row = self.sheets[sheet], self.rows[sheet][at]
        if row < 0 or column not in typed_sheet.places:
            return None
        return typed_sheet.table.spot(row, typed_sheet.places[column])

    def empty(self, sheet: int, at: int, column: str) -> bool:
        """Return whether nothing was written in a cell."""
        row = self.rows[sheet][at]
        return row < 0 or is_missing(self.sheets[sheet].table.rows[row][self.sheets[sheet].places[column]])


def read_sheets(source: Source, condition: Condition) -> Sheets:
    """Return the typed sheets of a source; ConsensusError where a required column is missing.

    Patients who have sessions and no row of their own stand at the end, with an empty baseline.
    """
    missing = [
        *missing_columns(source.patients, condition.patients),
        *missing_columns(source.sessions, condition.sessions),
    ]
    if source.assessments is not None:
        missing += missing_in(source.assessments, condition)
    if source.lesions is not None and condition.lesions:
        missing += missing_columns(source.lesions, condition.lesions)
    if missing:
        raise ConsensusError("\n".join(f"{source.name}, {line}" for line in missing))
    faults = Faults()
    patients = typed(source.patients, condition.patients, faults)
    sessions = typed(source.sessions, condition.sessions, faults)
    held: Held = dict(source.held_back)
    known = check_patients(patients, held)
    kept = check_sessions(sessions, known, condition.assessed, held)
    check_ends(patients, known, kept)
    strangers = sorted({row.patient for row in kept} - set(known))
    order = {patient: at for at, patient in enumerate([*known, *strangers])}
    rows = [*known.values(), *(Row(at=-1, cells={PATIENT_ID: patient}, further={}) for patient in strangers)]
    kept.sort(key=lambda row: order[row.patient])
    sheets, listed = [patients, sessions], [rows, kept]
    if source.assessments is not None:
        scans, found = read_assessments(
            source.assessments, condition, faults, _days_of(order, kept), held, source.states
        )
        sheets.append(scans)
        listed.append(sorted(found, key=lambda row: (order[row.patient], str(row.cells[DATE]), row.at)))
    lesions = _lesions(source, condition, faults, _days_of(order, kept), held, kept)
    frames = [_frame(sheet, each) for sheet, each in zip(sheets, listed, strict=True)]
    return Sheets(
        patients=frames[0],
        sessions=frames[1],
        assessments=frames[2] if source.assessments is not None else None,
        problems=Problems((*_unread(source, condition), *source.problems)) + faults.problems(),
        held_back=tuple((patient, held[patient]) for patient in order if patient in held),
        lesions=lesions,
        places=Places(sheets=tuple(sheets), rows=tuple(tuple(row.at for row in each) for each in listed)),
    )


def _days_of(order: Iterable[str], sessions: Iterable[Row]) -> dict[str, list[tuple[date, date]]]:
    """Return the first and last day that each session of a patient can lie on, given those in their order."""
    days: dict[str, list[Dated]] = {patient: [] for patient in order}
    for row in sessions:
        day = row.cells.get(SESSION_DATE)
        if isinstance(day, date | Month):
            days[row.patient].append(day)
    return {patient: narrowed(mine) for patient, mine in days.items()}


def _lesions(
    source: Source,
    condition: Condition,
    faults: Faults,
    known: Mapping[str, Sequence[tuple[date, date]]],
    held: Held,
    sessions: Iterable[Row],
) -> pd.DataFrame | None:
    """Return the frame of lesions, None where there is no such sheet; what belongs to nobody is left out and told."""
    if source.lesions is None or not condition.lesions:
        return None
    sheet, kept = typed(source.lesions, condition.lesions, faults), list[Row]()
    placed = {(row.patient, row.cells.get(condition.assessed or "")) for row in sessions}
    for row in sheet.rows:
        if row.patient not in known:
            hint = f"{did_you_mean(row.patient, known)} The row is left out.".strip()
            sheet.fault(row, PATIENT_ID, f'patient "{row.patient}" is not in the cohort', hint=hint)
        elif row.cells.get(DATE) is None or row.cells.get("lesion_id") is None:
            column = DATE if row.cells.get(DATE) is None else "lesion_id"
            if sheet.empty(row, column):
                sheet.fault(
                    row, column, f"a lesion of patient {row.patient} without a {column}", hint="It is left out."
                )
        elif lesion_in_time(sheet, row, known[row.patient], held, placed):
            bounds_told(sheet, row)
            kept.append(row)
    return _frame(sheet, measured_once(sheet, kept))


def _unread(source: Source, condition: Condition) -> Iterator[Problem]:
    # read in silence, their scans would look as if they had been judged
    if source.lesions is not None and not condition.lesions:
        yield Problem(
            where=f"{source.name}, {source.lesions.sheet}",
            got=f"{condition.id} has no columns of lesions, so nothing in this sheet counts",
            hint="Only what the sheets patients and sessions hold is judged.",
        )


def _frame(sheet: TypedSheet, rows: Iterable[Row]) -> pd.DataFrame:
    rows = list(rows)
    found: dict[str, pd.Series] = {}
    for column in sheet.columns:
        found[column.name] = _series([plain(row.cells.get(column.name), column) for row in rows], column)
    for name in sheet.further:
        found[name] = pd.Series([row.further.get(name) for row in rows], dtype=object)
    return pd.DataFrame(found)


def _series(values: list[object], column: Column) -> pd.Series:
    """Return a column as dates, floats or whole numbers where every cell is one, else as it is."""
    if column.type == "date":
        return date_series(values)
    if column.type == "number" and not any(isinstance(value, str) for value in values):
        return pd.Series(values, dtype="float64")
    if column.type in ("integer", "flag") and not any(isinstance(value, str) for value in values):
        return pd.Series(values, dtype="Int64")
    return pd.Series(values, dtype=object)
