"""The two sheets of courses, typed: columns found by name, cells read, and every fault listed once with its address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from consensus.definitions.amount import Amount
from consensus.definitions.column import PATIENT_ID, SESSION_DATE, SESSION_NO, Column
from consensus.definitions.condition import Condition
from consensus.scoring.cells import Cell, CellFaultError, fold, is_missing, plain, read_cell
from consensus.scoring.course import Cause
from consensus.scoring.row_faults import Held, check_patients, check_sessions
from consensus.scoring.tables import Source, Table
from questionnaires.problems import ConsensusError, Problem, Problems, did_you_mean

if TYPE_CHECKING:
    pass


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Row:
    """One row of a sheet: typed cells by column, further cells as they came, and its index in the table."""

    at: int
    cells: dict[str, Cell]
    further: dict[str, object]

    @property
    def patient(self) -> str:
        """The patient's id."""
        return str(self.cells[PATIENT_ID])


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class TypedSheet:
    """A sheet after its cells were read: `places` are the columns' positions in the table, `further` their names."""

    table: Table
    columns: tuple[Column, ...]
    places: dict[str, int]
    further: tuple[str, ...]
    rows: list[Row]

    def where(self, row: Row, column: str) -> str:
        """Return the address of a cell, or that of the row's patient where there is no such column."""
        return self.table.where(row.at, self.places.get(column, self.places[PATIENT_ID]))


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Sheets:
    """Two tidy frames, the problems found, and the patients whom no definition can judge."""

    patients: pd.DataFrame
    sessions: pd.DataFrame
    problems: Problems
    held_back: tuple[tuple[str, Cause], ...]


def read_sheets(source: Source, condition: Condition) -> Sheets:
    """Return the typed sheets of a source; ConsensusError where a required column is missing."""
    missing = [*_missing(source.patients, condition.patients), *_missing(source.sessions, condition.sessions)]
    if missing:
        raise ConsensusError("\n".join(f"{source.name}, {line}" for line in missing))
    problems: list[Problem] = []
    patients = _typed(source.patients, condition.patients, problems)
    sessions = _typed(source.sessions, condition.sessions, problems)
    held: Held = {}
    known = check_patients(patients, held, problems)
    kept = check_sessions(sessions, known, condition.assessed, held, problems)
    order = {patient: at for at, patient in enumerate(known)}
    strangers = list(dict.fromkeys(row.patient for row in kept if row.patient not in order))
    order |= {patient: len(order) + at for at, patient in enumerate(strangers)}
    kept.sort(key=lambda row: (order[row.patient], *_time_key(row)))
    rows = [*known.values(), *(Row(at=-1, cells={PATIENT_ID: patient}, further={}) for patient in strangers)]
    return Sheets(
        patients=_frame(patients, rows),
        sessions=_frame(sessions, kept),
        problems=Problems(tuple(problems)),
        held_back=tuple((patient, held[patient]) for patient in order if patient in held),
    )


def _missing(table: Table, columns: tuple[Column, ...]) -> list[str]:
    has = {fold(header) for header in table.headers}
    lines = []
    for column in columns:
        if column.required and not any(fold(name) in has for name in (column.name, *column.also)):
            near = did_you_mean(column.name, (h for h in table.headers if h))
            lines.append(f'{table.sheet}: the column "{column.name}" is missing. {near}'.strip())
    return lines


def _typed(table: Table, columns: tuple[Column, ...], problems: list[Problem]) -> TypedSheet:
    places = _places(table, columns, problems)
    known = tuple(column for column in columns if column.name in places)
    used = set(places.values())
    further = {header: j for j, header in reversed(list(enumerate(table.headers))) if header and j not in used}
    further = dict(sorted(further.items(), key=lambda pair: pair[1]))
    rows = []
    for i, raw in enumerate(table.rows):
        cells = {column.name: _cell(table, i, places[column.name], column, problems) for column in known}
        extra = {name: None if is_missing(raw[j]) else raw[j] for name, j in further.items()}
        if cells[PATIENT_ID] is None:
            problems.append(
                Problem(
                    where=table.where(i, places[PATIENT_ID]),
                    got="a row without a patient",
                    expected=PATIENT_ID,
                    hint="The row is left out.",
                )
            )
        else:
            rows.append(Row(at=i, cells=cells, further=extra))
    return TypedSheet(table=table, columns=known, places=places, further=tuple(further), rows=rows)


def _places(table: Table, columns: tuple[Column, ...], problems: list[Problem]) -> dict[str, int]:
    """Return the position of each column; its own name wins over a usual foreign one, and the first of two wins."""
    headers = [fold(header) for header in table.headers]
    places: dict[str, int] = {}
    for column in columns:
        named = [j for j, header in enumerate(headers) if header == fold(column.name)]
        also = [j for j, header in enumerate(headers) if header in {fold(name) for name in column.also}]
        found = named or also
        if found:
            places[column.name] = found[0]
            where = _header_address(table, found[0])
            if not named:
                got = f'"{table.headers[found[0]]}" is read as {column.name}'
                problems.append(Problem(where=where, got=got, severity="note"))
            if len(found) > 1:
                got = f'two columns are {column.name}: "{table.headers[found[0]]}" and "{table.headers[found[1]]}"'
                problems.append(Problem(where=where, got=got, expected="one", hint="The first is read."))
    _warn_of_near(table, columns, places, problems)
    return places


def _warn_of_near(table: Table, columns: tuple[Column, ...], places: dict[str, int], problems: list[Problem]) -> None:
    absent = [column.name for column in columns if column.name not in places]
    for j, header in enumerate(table.headers):
        if header and j not in places.values() and (hint := did_you_mean(header, absent)):
            got = f'"{header}" is not a known column and is kept as it is'
            problems.append(Problem(where=_header_address(table, j), got=got, hint=hint, severity="warning"))


def _header_address(table: Table, j: int) -> str:
    return f"{table.sheet}, column {table.headers[j]}"


def _cell(table: Table, i: int, j: int, column: Column, problems: list[Problem]) -> Cell:
    try:
        return read_cell(table.rows[i][j], column)
    except CellFaultError as error:
        hint = error.hint
        if column.name == SESSION_DATE:
            hint = f"{hint} Until then the patient is unknown by every definition.".strip()
        problems.append(Problem(where=table.where(i, j), got=error.got, expected=error.expected, hint=hint))
        return None


def _time_key(row: Row) -> tuple[str, int, int]:
    number = row.cells.get(SESSION_NO)
    day = row.cells.get(SESSION_DATE)
    return str(day or "9999"), number.low if isinstance(number, Amount) else 10**12, row.at


def _frame(sheet: TypedSheet, rows: list[Row]) -> pd.DataFrame:
    found: dict[str, pd.Series] = {}
    for column in sheet.columns:
        found[column.name] = _series([plain(row.cells.get(column.name), column) for row in rows], column)
    for name in sheet.further:
        found[name] = pd.Series([row.further.get(name) for row in rows], dtype=object)
    return pd.DataFrame(found)


def _series(values: list[object], column: Column) -> pd.Series:
    """Return a column as whole numbers, floats or dates where every cell is one, else as it is."""
    if column.type == "date":
        return pd.to_datetime(pd.Series(values, dtype=object)).astype("datetime64[s]")
    if column.type == "number" and not any(isinstance(value, str) for value in values):
        return pd.Series(values, dtype="float64")
    if column.type in ("integer", "flag") and not any(isinstance(value, str) for value in values):
        return pd.Series(values, dtype="Int64")
    return pd.Series(values, dtype=object)
