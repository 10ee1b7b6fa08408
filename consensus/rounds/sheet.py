"""A sheet with named columns, as panels and items are kept: its rows as texts with their addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from questionnaires.problems import ConsensusError, did_you_mean
from questionnaires.reading.text import is_empty, key_of, shown
from questionnaires.reading.workbook import read_book

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from questionnaires.reading.grid import Grid


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One row of a sheet: its texts by column, and the address of each cell (`panel.xlsx, panel!B4`)."""

    grid: Grid
    number: int
    cells: tuple[tuple[str, str, int], ...]

    def text(self, column: str) -> str:
        """Return the text of a column, empty where there is none."""
        return next((text for name, text, _ in self.cells if name == column), "")

    def where(self, column: str) -> str:
        """Return the address of a cell, that of the row where there is no such column."""
        place = next((at for name, _, at in self.cells if name == column), 0)
        return self.grid.where(self.number, place)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """The rows of a sheet with a header, and the file's name and SHA-256."""

    name: str
    sha256: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    synthetic: bool


def read_sheet(path: Path, wanted: str, required: tuple[str, ...], known: tuple[str, ...]) -> Sheet:
    """Return the sheet `wanted` of a workbook, else its first, or a text file.

    Raises ConsensusError where a required column is missing (with the nearest that is there) or the file can't be read.
    """
    book = read_book(path)
    grid = next((g for g in book.grids if key_of(g.sheet) == key_of(wanted)), book.grids[0])
    names = [key_of(shown(cell)).replace(" ", "_") for cell in grid.rows[0]]
    missing = [name for name in required if name not in names]
    if missing:
        hint = did_you_mean(missing[0], [name for name in names if name])
        expected = ", ".join((*required, *known))
        raise ConsensusError(
            f"{grid.named}: has no column {', '.join(missing)}. Expected the columns {expected}. {hint}".rstrip()
        )
    synthetic = any("SYNTHETIC" in shown(cell) for g in book.grids for row in g.rows[:40] for cell in row)
    return Sheet(
        name=book.name,
        sha256=book.sha256,
        columns=tuple(name for name in names if name),
        rows=tuple(_rows(grid, names)),
        synthetic=synthetic or "SYNTHETIC" in path.name,
    )


def _rows(grid: Grid, names: list[str]) -> Iterator[Row]:
    for number, cells in enumerate(grid.rows):
        if number and not all(is_empty(cell) for cell in cells):
            told = tuple(
                (name, shown(cells[at]).strip() if at < len(cells) else "", at) for at, name in enumerate(names) if name
            )
            yield Row(grid=grid, number=number, cells=told)
