"""One sheet of courses with its columns found by name and its cells read; every cell at fault is listed and empty."""

from __future__ import annotations

from dataclasses import dataclass

from consensus.definitions.column import PATIENT_ID, SESSION_DATE, Column
from consensus.scoring.cells import Cell, CellFaultError, fold, is_missing, read_cell, text_of
from consensus.scoring.faults import UNKNOWN, Faults
from consensus.scoring.months import Month
from consensus.scoring.tables import Table
from questionnaires.problems import did_you_mean


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
    rows: tuple[Row, ...]
    faults: Faults

    def fault(self, row: Row, column: str, got: str, expected: str = "", hint: str = "") -> None:
        """Collect a fault of a row at one of its columns, or at the patient's where there is no such column."""
        j = self.places.get(column, self.places[PATIENT_ID])
        self.faults.add(self.table, (row.at, j), got, expected, hint)

    def empty(self, row: Row, column: str) -> bool:
        """Return whether nothing was written in a cell, as opposed to something that could not be read."""
        return column not in self.places or is_missing(self.table.rows[row.at][self.places[column]])

    def equal(self, a: Row, b: Row) -> bool:
        """Return whether two rows say the same in every cell, as they were written."""
        pairs = zip(self.table.rows[a.at], self.table.rows[b.at], strict=True)
        return all(is_missing(y) if is_missing(x) else not is_missing(y) and x == y for x, y in pairs)


def missing_columns(table: Table, columns: tuple[Column, ...]) -> list[str]:
    """Return one sentence for each required column that a table doesn't have."""
    has = {fold(header) for header in table.headers}
    lines = []
    for column in columns:
        if column.required and not any(fold(name) in has for name in (column.name, *column.also)):
            near = did_you_mean(column.name, (header for header in table.headers if header))
            lines.append(f'{table.sheet}: the column "{column.name}" is missing. {near}'.strip())
    return lines


def typed(table: Table, columns: tuple[Column, ...], faults: Faults) -> TypedSheet:
    """Return a table with its cells typed; rows without a patient are left out and listed."""
    places = _places(table, columns, faults)
    known = tuple(column for column in columns if column.name in places)
    used, further = set(places.values()), dict[str, int]()
    for j, header in enumerate(table.headers):
        if header and j not in used:
            further.setdefault(header, j)
    rows = []
    for i, raw in enumerate(table.rows):
        cells = {column.name: _cell(table, i, places[column.name], column, faults) for column in known}
        if cells[PATIENT_ID] is None:
            at = (i, places[PATIENT_ID])
            faults.add(table, at, "a row without a patient", f"a {PATIENT_ID}", "The row is left out.")
        else:
            kept = {name: None if is_missing(raw[j]) else raw[j] for name, j in further.items()}
            rows.append(Row(at=i, cells=cells, further=kept))
    return TypedSheet(
        table=table, columns=known, places=places, further=tuple(further), rows=tuple(rows), faults=faults
    )


def _places(table: Table, columns: tuple[Column, ...], faults: Faults) -> dict[str, int]:
    """Return the position of each column; its own name wins over a usual foreign one, and the first of two wins."""
    headers = [fold(header) for header in table.headers]
    places: dict[str, int] = {}
    for column in columns:
        named = [j for j, header in enumerate(headers) if header == fold(column.name)]
        also = [j for j, header in enumerate(headers) if header in {fold(name) for name in column.also}]
        found = named or also
        if found:
            places[column.name] = found[0]
            first = table.headers[found[0]]
            if not named:
                faults.add(table, (-1, found[0]), f'"{first}" is read as {column.name}', severity="note")
            if len(found) > 1:
                got = f'"{first}" and "{table.headers[found[1]]}" are both {column.name}'
                faults.add(table, (-1, found[1]), got, "one such column", "The first is read.")
    absent = [column.name for column in columns if column.name not in places]
    for j, header in enumerate(table.headers):
        if header and j not in places.values() and (hint := did_you_mean(header, absent)):
            got = f'"{header}" is not a known column and is kept as it is'
            faults.add(table, (-1, j), got, hint=hint, severity="warning")
    return places


def _cell(table: Table, i: int, j: int, column: Column, faults: Faults) -> Cell:
    try:
        cell = read_cell(table.rows[i][j], column)
    except CellFaultError as error:
        hint = f"{error.hint} {UNKNOWN}".strip() if column.name == SESSION_DATE else error.hint
        faults.add(table, (i, j), error.got, error.expected, hint)
        return None
    if isinstance(cell, Month):
        got = f'"{text_of(table.rows[i][j])}" has no day for {column.name}'
        faults.add(table, (i, j), got, column.expected(), f"It counts as some day of {cell}.")
    return cell
