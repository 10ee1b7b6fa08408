"""The sheets of an instrument workbook as rows of texts that know their cells."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from questionnaires.instrument import Labels
from questionnaires.problems import ConsensusError, Problem
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
    """Return the wanted sheets of a workbook; ConsensusError where it is missing or can't be read."""
    book = open_book(path)
    sheets, problems = dict[str, Sheet](), list[Problem]()
    for name in book.sheet_names:
        key = name.strip().casefold()
        if key in wanted and key not in sheets:
            sheets[key] = _sheet(path.name, name, book, problems)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    names = tuple(book.sheet_names)
    return Book(file=path.name, sha256=digest, sheets=sheets, sheet_names=names, problems=tuple(problems))


def open_book(path: Path) -> CalamineWorkbook:
    """Return the opened workbook; ConsensusError in plain words where that can't be had."""
    if not path.exists():
        raise ConsensusError(f"{path}: there is no such file.")
    if path.is_dir():
        raise ConsensusError(f"{path}: is a folder. Expected an instrument workbook such as instrument.xlsx.")
    if path.suffix.lower() not in ENDINGS:
        raise ConsensusError(
            f"{path.name}: is not a workbook. Expected an instrument workbook such as instrument.xlsx."
        )
    try:
        return CalamineWorkbook.from_path(path)
    except (CalamineError, OSError) as error:
        raise ConsensusError(f"{path.name}: can't be read as a workbook: {error}.") from None


def _sheet(file: str, name: str, book: CalamineWorkbook, problems: list[Problem]) -> Sheet:
    grid = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    letters = dict[str, str]()
    columns = dict[int, str]()
    for at, value in enumerate(grid[0] if grid else ()):
        header, code = split_header(_text(value) or "")
        column = header if code is None else f"{header}::{code}"
        where = f"{file}, {name}!{letter_of(at)}1"
        if not header:
            if any(_text(row[at]) for row in grid[1:] if at < len(row)):
                got = "the column has no header, so nothing in it counts"
                problems.append(Problem(where=where, got=got, severity="warning"))
            continue
        if column in letters:
            got = f'"{header}" stands twice in the header; the column in {letters[column]} counts'
            problems.append(Problem(where=where, got=got, expected="each header once"))
            continue
        letters[column], columns[at] = letter_of(at), column
    sheet = Sheet(file=file, name=name, letters=letters)
    sheet.rows.extend(_rows(sheet, grid, columns, problems))
    return sheet


def _rows(
    sheet: Sheet, grid: Sequence[Sequence[object]], columns: dict[int, str], problems: list[Problem]
) -> Iterator[Row]:
    for number, values in enumerate(grid[1:], start=2):
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


def letter_of(at: int) -> str:
    """Return the letters of a column counted from 0: A, B, ..., Z, AA."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
