"""One sheet of a clinic's own file as it stands: header row, rows below it, the address of every cell."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl.utils import get_column_letter
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from consensus.scoring.cells import is_missing
from consensus.scoring.tables import Spot, Table, decoded
from questionnaires.problems import ConsensusError, did_you_mean, one_of

Origin = tuple[int, int]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Grid:
    """A sheet below its header rows: `lines` are the file's row numbers; index -1 is the row of names."""

    file: str
    sheet: str
    headers: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    lines: tuple[int, ...]
    header_line: int
    lettered: bool = True

    def spot(self, at: Origin) -> Spot:
        """Return where a cell stands."""
        line = self.header_line if at[0] < 0 else self.lines[at[0]]
        cell = f"{get_column_letter(at[1] + 1)}{line}" if self.lettered else f"line {line}"
        return Spot(self.sheet, cell, self.headers[at[1]].strip())

    def where(self, at: Origin) -> str:
        """Return where a cell stands, in words."""
        spot = self.spot(at)
        if self.lettered:
            return f"{self.file}, {spot.sheet}!{spot.cell}"
        return f"{self.file}, {spot.cell}, {spot.header}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """A value with the cell that it comes from."""

    value: object
    at: Origin


def table_of(sheet: str, grid: Grid, names: Sequence[str], rows: Sequence[dict[str, Placed]]) -> Table:
    """Return rows of placed values as a table of ours whose addresses are those of the grid.

    What a row doesn't have stands where its first value stands.
    """

    def origin(i: int, j: int) -> Origin | None:
        if i < 0:
            return next(((-1, row[names[j]].at[1]) for row in rows if names[j] in row), None)
        placed = rows[i].get(names[j])
        return placed.at if placed is not None else None

    def where(i: int, j: int) -> str:
        at = origin(i, j)
        if at is None and i >= 0:
            at = next(iter(rows[i].values())).at
        return grid.where(at) if at is not None else f"{grid.file}, {grid.sheet}"

    def spot(i: int, j: int) -> Spot | None:
        at = origin(i, j)
        return grid.spot(at) if at is not None else None

    def value(row: dict[str, Placed], name: str) -> object:
        return row[name].value if name in row else None

    cells = tuple(tuple(value(row, name) for name in names) for row in rows)
    return Table(sheet=sheet, headers=tuple(names), rows=cells, where=where, spot=spot)


class Book:
    """A workbook or CSV file whose sheets are asked for by name."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        try:
            self.content = path.read_bytes()
        except OSError as error:
            raise ConsensusError(f"{path}: can't be read ({error.strerror}).") from None
        if not self.content:
            raise ConsensusError(f"{path.name}: the file is empty (0 bytes). Expected a workbook or CSV file.")
        self.sha256 = hashlib.sha256(self.content).hexdigest()
        self.book: CalamineWorkbook | None = None
        if path.suffix.lower() not in (".csv", ".tsv", ".txt"):
            try:
                self.book = CalamineWorkbook.from_filelike(io.BytesIO(self.content))
            except CalamineError as error:
                raise ConsensusError(f"{path.name}: can't be read as a workbook ({error}).") from None

    @property
    def sheets(self) -> tuple[str, ...]:
        """The names of the sheets; a CSV file is one sheet of its own name."""
        return (self.name,) if self.book is None else tuple(self.book.sheet_names)

    def grid(self, sheet: str | None, header_rows: int) -> Grid:
        """Return a sheet, the first one where none is named; ConsensusError where there is none or it is empty."""
        name = sheet if sheet is not None and self.book is not None else self.sheets[0]
        known = {each.strip().casefold(): each for each in self.sheets}
        if name.strip().casefold() not in known:
            hint = did_you_mean(name, self.sheets)
            raise ConsensusError(
                f'{self.name}: there is no sheet "{name}". Expected {one_of(self.sheets)}. {hint}'.strip()
            )
        name = known[name.strip().casefold()]
        cells = self._csv() if self.book is None else _cells(self.book.get_sheet_by_name(name), header_rows)
        filled = [at for at, row in enumerate(cells) if not all(is_missing(cell) for cell in row)]
        if len(filled) < header_rows:
            raise ConsensusError(f"{self.name}, {name}: the sheet is empty. Expected a row of column names.")
        names, body = filled[header_rows - 1], filled[header_rows:]
        return Grid(
            file=self.name,
            sheet=name,
            headers=tuple("" if is_missing(cell) else str(cell) for cell in cells[names]),
            rows=tuple(tuple(cells[at]) for at in body),
            lines=tuple(at + 1 for at in body),
            header_line=names + 1,
            lettered=self.book is not None,
        )

    def _csv(self) -> list[list[object]]:
        text = decoded(self.name, self.content)
        first = text.partition("\n")[0]
        try:
            rows: list[list[object]] = [
                list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
            ]
        except csv.Error as error:
            raise ConsensusError(f"{self.name}: can't be read ({error}).") from None
        wide = max((len(row) for row in rows), default=0)
        return [[*row, *[""] * (wide - len(row))] for row in rows]


def _cells(sheet: CalamineSheet, header_rows: int) -> list[list[object]]:
    """Return a sheet's cells; what a merged cell of several rows says holds for each of them."""
    cells: list[list[object]] = [list(row) for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if top < header_rows or left != right or bottom >= len(cells):
            continue
        for row in range(top + 1, bottom + 1):
            cells[row][left] = cells[top][left]
    return cells
