"""The two sheets of courses as tidy data frames, with every fault of them and the patients whom no one can judge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pandas as pd

from consensus.definitions.amount import Amount
from consensus.definitions.column import PATIENT_ID, SESSION_DATE, SESSION_NO, Column
from consensus.definitions.condition import Condition
from consensus.scoring.cells import plain
from consensus.scoring.course import Cause
from consensus.scoring.faults import Faults
from consensus.scoring.row_faults import Held, check_patients, check_sessions
from consensus.scoring.tables import Source
from consensus.scoring.typed_sheet import Row, TypedSheet, missing_columns, typed
from questionnaires.problems import ConsensusError, Problem, Problems


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Sheets:
    """Two tidy frames, the problems found, and the patients whom no definition can judge."""

    patients: pd.DataFrame
    sessions: pd.DataFrame
    problems: Problems
    held_back: tuple[tuple[str, Cause], ...]


def read_sheets(source: Source, condition: Condition) -> Sheets:
    """Return the typed sheets of a source; ConsensusError where a required column is missing.

    Patients who have sessions and no row of their own stand at the end, with an empty baseline.
    """
    missing = [
        *missing_columns(source.patients, condition.patients),
        *missing_columns(source.sessions, condition.sessions),
    ]
    if missing:
        raise ConsensusError("\n".join(f"{source.name}, {line}" for line in missing))
    faults = Faults()
    patients = typed(source.patients, condition.patients, faults)
    sessions = typed(source.sessions, condition.sessions, faults)
    held: Held = {}
    known = check_patients(patients, held)
    kept = check_sessions(sessions, known, condition.assessed, held)
    strangers = sorted({row.patient for row in kept} - set(known))
    order = {patient: at for at, patient in enumerate([*known, *strangers])}
    rows = [*known.values(), *(Row(at=-1, cells={PATIENT_ID: patient}, further={}) for patient in strangers)]
    return Sheets(
        patients=_frame(patients, rows),
        sessions=_frame(sessions, sorted(kept, key=lambda row: (order[row.patient], *_time_key(row)))),
        problems=Problems(tuple(_unread(source))) + faults.problems(),
        held_back=tuple((patient, held[patient]) for patient in order if patient in held),
    )


def _unread(source: Source) -> Iterator[Problem]:
    # read in silence, their scans would look as if they had been judged
    for sheet in source.unread:
        yield Problem(
            where=f"{source.name}, {sheet}",
            got="this version does not read this sheet, so nothing in it counts",
            hint="Only what the sheets patients and sessions hold is judged.",
        )


def _time_key(row: Row) -> tuple[str, int, int]:
    number, day = row.cells.get(SESSION_NO), row.cells.get(SESSION_DATE)
    undated, unnumbered = "9999", 10**12
    return str(day or undated), number.low if isinstance(number, Amount) else unnumbered, row.at


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
        return pd.to_datetime(pd.Series(values, dtype=object)).astype("datetime64[s]")
    if column.type == "number" and not any(isinstance(value, str) for value in values):
        return pd.Series(values, dtype="float64")
    if column.type in ("integer", "flag") and not any(isinstance(value, str) for value in values):
        return pd.Series(values, dtype="Int64")
    return pd.Series(values, dtype=object)
