"""The sheets of an instrument workbook as rows of texts that know their cells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from questionnaires.absent import no_such_file
from questionnaires.instrument import Labels
from questionnaires.problems import ConsensusError, Problem
from questionnaires.reading import grid as grids
from questionnaires.reading import workbook
from questionnaires.reading.guard import inspect
from questionnaires.xlsform.names import split_header

ENDINGS = (".xlsx", ".xls", ".xlsm", ".xlsb", ".ods")


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One row that is not blank: its texts by column, and where each stands."""

    sheet: Sheet
    number: int
    cells: dict[str, str]

    def get(self, column: str) -> str | None:
        """Return the text of a cell, None where it is empty or there is no such column."""
        return self.cells.get(column)

    def where(self, column: str) -> str:
        """Return `instrument.xlsx, survey!D5`, or the row alone where there is no such column."""
        letter = self.sheet.letters.get(column)
        cell = f"{letter}{self.number}" if letter else f"row {self.number}"
        return f"{self.sheet.file}, {self.sheet.name}!{cell}"

    def labels(self, column: str) -> Labels:
        """Return the texts of a translated column (`label`, `hint`) in the order of its headers."""
        found = ((code, self.get(f"{column}::{code}")) for code in self.sheet.languages(column))
        return Labels(tuple((code, text) for code, text in found if text is not None))

    def further(self, known: frozenset[str]) -> tuple[tuple[str, str], ...]:
        """Return the cells of all columns that are neither `known` nor translated texts, in the order of the sheet."""
        own = (c for c in self.sheet.letters if c not in known and not c.startswith(("label::", "hint::")))
        return tuple((column, self.cells[column]) for column in own if column in self.cells)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """One sheet: `letters` of its columns by name (`label::en` for a translated one), and the rows with content."""

    file: str
    name: str
    letters: dict[str, str]
    rows: list[Row] = field(default_factory=list)
    header_row: int = 1

    def languages(self, column: str) -> tuple[str, ...]:
        """Return the codes of the languages of a translated column, in the order of the headers."""
        start = f"{column}::"
        return tuple(name.removeprefix(start) for name in self.letters if name.startswith(start))

    def where(self) -> str:
        """Return `instrument.xlsx, survey`."""
        return f"{self.file}, {self.name}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Book:
    """The sheets of a workbook by lower-case name, with the faults of their headers and cells."""

    file: str
    sha256: str
    sheets: dict[str, Sheet]
    sheet_names: tuple[str, ...]
    problems: tuple[Problem, ...]


def read_book(path: Path, wanted: frozenset[str]) -> Book:
    """Return the wanted sheets of a workbook; ConsensusError where it is missing, refused or can't be read."""
    book = _opened(path)
    sheets, problems = dict[str, Sheet](), list[Problem]()
    for grid in book.grids:
        key = grid.sheet.strip().casefold()
        if key in wanted and key not in sheets:
            problems += grid.problems
            sheets[key] = _sheet(grid, problems)
    names = tuple(grid.sheet for grid in book.grids)
    return Book(file=path.name, sha256=book.sha256, sheets=sheets, sheet_names=names, problems=tuple(problems))


def _opened(path: Path) -> grids.Book:
    """Return the cells of a workbook, read behind the guard that refuses hostile files."""
    if not path.exists():
        raise no_such_file(path)
    if path.is_dir():
        raise ConsensusError(f"{path}: is a folder. Expected an instrument workbook such as instrument.xlsx.")
    if path.suffix.lower() not in ENDINGS:
        raise ConsensusError(
            f"{path.name}: is not a workbook. Expected an instrument workbook such as instrument.xlsx."
        )
    if inspect(path).kind == "text":
        raise ConsensusError(f"{path.name}: can't be read as a workbook: it holds plain text.")
    return workbook.read_book(path)


def _sheet(grid: grids.Grid, problems: list[Problem]) -> Sheet:
    header_row = next((at for at, row in enumerate(grid.rows) if any(map(_text, row))), 0)
    letters, columns = _columns(grid, header_row, problems)
    for (row, column), words in grid.lost:
        if column in columns:
            got, hint = words, "Type the text itself into the cell."
            problems.append(Problem(where=grid.where(row, column), got=got, expected="a text", hint=hint))
    sheet = Sheet(file=grid.file, name=grid.sheet, letters=letters, header_row=header_row + 1)
    sheet.rows.extend(_rows(sheet, grid.rows[header_row + 1 :], columns, problems))
    return sheet


def _columns(grid: grids.Grid, header_row: int, problems: list[Problem]) -> tuple[dict[str, str], dict[int, str]]:
    """Return the letters of each column by its name, and the names by their place."""
    letters, columns = dict[str, str](), dict[int, str]()
    for at, value in enumerate(grid.rows[header_row] if grid.rows else ()):
        header, code = split_header(_text(value) or "")
        column = header if code is None else f"{header}::{code}"
        where = grid.where(header_row, at)
        if not header:
            if any(_text(row[at]) for row in grid.rows[header_row + 1 :] if at < len(row)):
                got = "the column has no header, so nothing in it counts"
                problems.append(Problem(where=where, got=got, severity="warning"))
        elif column in letters:
            got = f'"{header}" stands twice in the header; the column in {letters[column]} counts'
            problems.append(Problem(where=where, got=got, expected="each header once"))
        else:
            letters[column], columns[at] = grids.column_letters(at), column
    return letters, columns


def _rows(
    sheet: Sheet, grid: Sequence[Sequence[object]], columns: dict[int, str], problems: list[Problem]
) -> Iterator[Row]:
    for number, values in enumerate(grid, start=sheet.header_row + 1):
        cells = {columns[at]: text for at, value in enumerate(values) if at in columns and (text := _text(value))}
        if not cells:
            continue
        row = Row(sheet=sheet, number=number, cells=cells)
        for at, value in enumerate(values):
            if at in columns and isinstance(value, dt.date):
                got = f"the cell holds the date {cells[columns[at]]}"
                hint = (
                    "A spreadsheet program makes dates of texts such as 1-3; format the cell as text and type it again."
                )
                problems.append(
                    Problem(where=row.where(columns[at]), got=got, expected="a text", hint=hint, severity="warning")
                )
        yield row


def _text(value: object) -> str:
    """Return a cell as text without blanks around it: a whole number without its decimal point, a date in ISO form."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip() if value is not None else ""
