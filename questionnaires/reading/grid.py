"""A grid of cells that know their address: one sheet of a workbook, or one delimited text file."""

from __future__ import annotations

from dataclasses import dataclass, field

from questionnaires.problems import Problems
from questionnaires.reading.text import is_empty


def column_letters(column: int) -> str:
    """Return the letters of a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Grid:
    """The cells of one sheet, as they stand in the file, rows and columns counted from 0.

    `rows` may differ in length. `lost` tells of cells whose content the file itself has lost: pairs of (row, column)
    and words. `sheet` is empty for a text file, and `text` is all of it.
    """

    file: str
    sheet: str = ""
    rows: tuple[tuple[object, ...], ...] = ()
    visible: bool = True
    lost: tuple[tuple[tuple[int, int], str], ...] = ()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    text: str = ""
    problems: Problems = field(default_factory=Problems)

    def where(self, row: int, column: int) -> str:
        """Return a cell's address in the words of problems: `answers.xlsx, Sheet1!F12`, `answers.csv, F12`."""
        return f"{self.file}, {self.address(row)[: -len(str(row + 1))]}{column_letters(column)}{row + 1}"

    def address(self, row: int) -> str:
        """Return a row's address: `Sheet1!12`, in a text file `12`."""
        return f"{self.sheet}!{row + 1}" if self.sheet else f"{row + 1}"

    @property
    def named(self) -> str:
        """The file, with its sheet where it has one."""
        return f"{self.file}, {self.sheet}" if self.sheet else self.file

    @property
    def width(self) -> int:
        """The number of columns of the longest row."""
        return max(map(len, self.rows), default=0)

    @property
    def filled_at_all(self) -> bool:
        """Whether any cell holds something."""
        return any(not is_empty(cell) for row in self.rows for cell in row)

    def cell(self, row: int, column: int) -> object:
        """Return a cell, None where the row is shorter."""
        cells = self.rows[row]
        return cells[column] if column < len(cells) else None

    def filled(self, first_row: int = 0) -> int:
        """Return how many cells from `first_row` on hold something."""
        return sum(not is_empty(cell) for row in self.rows[first_row:] for cell in row)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Book:
    """A file as its grids: the sheets of a workbook in their order, or the one grid of a text file."""

    name: str
    sha256: str
    grids: tuple[Grid, ...]
