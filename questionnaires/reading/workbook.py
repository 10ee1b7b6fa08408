"""A file as grids of cells: workbooks through calamine behind the guard, delimited text through `csv`."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from questionnaires.problems import ConsensusError, Problem, Problems
from questionnaires.reading.encodings import decode
from questionnaires.reading.grid import Book, Grid
from questionnaires.reading.guard import Limits, RefusedFileError, inspect
from questionnaires.reading.lost_cells import LookedAt, look_closer
from questionnaires.reading.text import is_empty
from questionnaires.reading.uncollected import uncollected

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_DELIMITERS = ",;\t"


@uncollected()
def read_book(path: Path, *, encoding: str | None = None, limits: Limits | None = None) -> Book:
    """Return a file as its grids; RefusedFileError or ConsensusError where it must not or can't be read.

    `encoding` is that of a text file, where it should not be found out.
    """
    seen = inspect(path, limits)
    if seen.kind == "text":
        book = _text_book(path, encoding)
    elif seen.kind == "xlsx":
        book = _workbook(path, look_closer(path, seen.look_at))
    else:
        book = _old_workbook(path)
    if not any(grid.filled_at_all for grid in book.grids):
        raise RefusedFileError(f"{path.name}: has no cell with anything in it. Expected answers with a header row.")
    return book


def _workbook(path: Path, looked_at: dict[str, LookedAt]) -> Book:
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_path(path)
        sheets = [m for m in book.sheets_metadata if m.typ == SheetTypeEnum.WorkSheet]
        grids = [_sheet(path.name, book, m.name, m.visible == SheetVisibleEnum.Visible, looked_at) for m in sheets]
    except (CalamineError, OSError, ValueError) as error:
        raise RefusedFileError(f"{path.name}: can't be read as a workbook: {error}.") from None
    return Book(name=path.name, sha256=_sha256(path), grids=tuple(grids))


def _sheet(file: str, book: CalamineWorkbook, name: str, visible: bool, looked_at: dict[str, LookedAt]) -> Grid:
    content = book.get_sheet_by_name(name)
    rows = _rows(content)
    found = looked_at.get(name, LookedAt())
    merged = tuple((a[0], a[1], b[0], b[1]) for a, b in content.merged_cell_ranges or ())
    grid = Grid(file=file, sheet=name, rows=rows, visible=visible, lost=found.lost, merged=merged)
    return replace(grid, problems=Problems(tuple(_told(grid, found))))


def _rows(content: CalamineSheet) -> tuple[tuple[object, ...], ...]:
    """Return the rows from the first one and the first column on; equal texts are one object, made while it is fresh.

    Most cells of a survey hold one of a few texts: so they take less memory, and later looks at them less time.
    """
    once = _Once().__getitem__
    left = ("",) * (content.start[1] if content.start is not None else 0)
    rows = (tuple([once(cell) if type(cell) is str else cell for cell in row]) for row in content.iter_rows())
    return tuple(left + row for row in rows) if left else tuple(rows)


class _Once(dict[str, str]):
    """Texts by themselves."""

    def __missing__(self, text: str) -> str:
        self[text] = text
        return text


def _told(grid: Grid, found: LookedAt) -> Iterator[Problem]:
    """Tell of what a person at the sheet would not see: hidden rows, merged cells, columns that are only formatted."""
    filled = [row for row in found.hidden_rows if row < len(grid.rows) and any(not is_empty(c) for c in grid.rows[row])]
    if filled:
        rows = ", ".join(str(row + 1) for row in filled[:7]) + (", ..." if len(filled) > 7 else "")
        yield Problem(
            where=grid.named,
            got=f"{len(filled)} hidden {'row' if len(filled) == 1 else 'rows'} ({rows}) that hold something",
            hint="They are read like all others.",
            severity="warning",
        )
    if found.columns > grid.width:
        yield Problem(
            where=grid.named,
            got=f"the sheet reaches over {found.columns:,} columns and only the first {grid.width:,} hold something",
            hint="The empty ones are left out.",
            severity="warning",
        )
    for top, left, bottom, right in grid.merged:
        yield Problem(
            where=grid.where(top, left),
            got=f"{bottom - top + 1} x {right - left + 1} cells are merged into one",
            hint="In a header its text holds for each of them; below it only the first cell has it.",
            severity="warning",
        )


def _old_workbook(path: Path) -> Book:
    from questionnaires.reading.child import read_in_child

    sheets = read_in_child(path)
    grids = tuple(Grid(file=path.name, sheet=name, rows=tuple(rows), visible=seen) for name, seen, rows in sheets)
    return Book(name=path.name, sha256=_sha256(path), grids=grids)


def _text_book(path: Path, encoding: str | None) -> Book:
    data = path.read_bytes()
    text, _, problems = decode(path.name, data, encoding)
    rows = tuple(map(tuple, _csv_rows(path.name, text)))
    widest = max(map(len, rows), default=0)
    most = Limits().columns
    if widest > most:
        raise ConsensusError(
            f"{path.name}: has {widest:,} cells in a row, more than a survey needs. Expected at most {most:,}."
        )
    nuls = [
        Problem(
            where=Grid(file=path.name).where(row, column),
            got="the text holds a NUL byte",
            hint="It plays no part in the comparison of answers.",
            severity="warning",
        )
        for row, column in _cells_with(rows, "\0")
    ] if "\0" in text else []  # fmt: skip
    swallowed = _swallowed(path.name, rows, text)
    grid = Grid(file=path.name, rows=rows, text=text, problems=Problems((*problems, *nuls, *swallowed)))
    return Book(name=path.name, sha256=hashlib.sha256(data).hexdigest(), grids=(grid,))


def _swallowed(name: str, rows: tuple[tuple[str, ...], ...], text: str) -> Iterator[Problem]:
    """Tell of cells that hold what looks like further rows: a quotation mark that is not closed takes them in."""
    parts = max((len(row) for row in rows[:1]), default=0) - 1
    if parts < 1 or "\n" not in text:
        return
    delimiter = delimiter_of(text)
    for row, column in _cells_with(rows, "\n"):
        lines = rows[row][column].splitlines()[1:]
        taken = sum(line.count(delimiter) >= parts for line in lines)
        if taken:
            yield Problem(
                where=Grid(file=name).where(row, column),
                got=f"the cell holds {'1 line' if taken == 1 else f'{taken} lines'} as long as a row",
                hint="A quotation mark may not be closed: look at the file in a text editor.",
                severity="warning",
            )


def _cells_with(rows: tuple[tuple[str, ...], ...], mark: str) -> Iterator[tuple[int, int]]:
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if mark in cell:
                yield row, column


def _csv_rows(name: str, text: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text)))
    except csv.Error as error:
        raise ConsensusError(
            f"{name}: can't be read as a table of cells: {error}. "
            "Open it in a spreadsheet program and save it as .xlsx."
        ) from None


def delimiter_of(text: str) -> str:
    """Return the character that parts the cells: the commonest of comma, semicolon and tab in the header, unquoted."""
    header = next((line for line in text.splitlines() if line.strip()), "")
    bare = "".join(header.split('"')[::2])
    return max(_DELIMITERS, key=bare.count) if any(map(bare.count, _DELIMITERS)) else ","


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
