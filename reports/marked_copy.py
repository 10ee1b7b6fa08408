"""A copy of the sheets that were checked, with every cell marked that a problem speaks of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from questionnaires.reading.text import shown
from questionnaires.workbooks import set_text

if TYPE_CHECKING:
    from questionnaires.problems import Problem
    from questionnaires.reading.grid import Grid

FAULT, REMARK = PatternFill("solid", fgColor="F4B6B0"), PatternFill("solid", fgColor="FFF2A8")
LEFT_OUT = "(left out)"
MOST_CELLS = 300_000
LONGEST_NAME = 31
_PLACE = re.compile(
    r"^(?P<file>.*?), (?:(?P<sheet>.+)!)?(?:row |line )?(?P<letters>[A-Z]{1,3}(?=\d))?(?P<row>\d+)(?:, .*)?$"
)


def add_marked_copies(
    book: Workbook, problems: Iterable[Problem], grids: Iterable[Grid], *, personal: Mapping[str, set[int]]
) -> list[str]:
    """Add a sheet for each grid that a problem has a cell or row in, and return their names.

    Faults are red, remarks yellow, each with its text as a note. Columns in `personal` (by sheet, counted from 0) stay
    without their cells. Of a very large sheet only the rows with problems are copied, each at its own place.
    """
    places: dict[tuple[str, str], dict[tuple[int, int], list[Problem]]] = defaultdict(lambda: defaultdict(list))
    for problem in problems:
        found = _PLACE.match(problem.where)
        if found is not None:
            column = column_index_from_string(found["letters"]) - 1 if found["letters"] else 0
            places[found["file"], found["sheet"] or ""][int(found["row"]) - 1, column].append(problem)
    names = []
    for grid in grids:
        marks = places.get((grid.file, grid.sheet))
        if marks:
            sheet = book.create_sheet(_free_name(book, grid.sheet or Path(grid.file).stem))
            _copy(sheet, grid, {row for row, _ in marks}, personal.get(grid.sheet, set()))
            for at, told in marks.items():
                _mark(sheet, at, told)
            names.append(sheet.title)
    return names


def _free_name(book: Workbook, name: str) -> str:
    base = re.sub(r"[\[\]:*?/\\]", " ", name).strip("' ")[:LONGEST_NAME] or "sheet"
    taken = {title.casefold() for title in book.sheetnames}
    number, free = 2, base
    while free.casefold() in taken:
        tail = f" ({number})"
        number, free = number + 1, base[: LONGEST_NAME - len(tail)] + tail
    return free


def _copy(sheet: Worksheet, grid: Grid, marked: set[int], personal: set[int]) -> None:
    everything = sum(map(len, grid.rows)) <= MOST_CELLS
    for row, cells in enumerate(grid.rows):
        if not everything and row and row not in marked:
            continue
        for at, content in enumerate(cells):
            if content is None or content == "":
                continue
            cell = sheet.cell(row=row + 1, column=at + 1)
            if at in personal and row:
                content = LEFT_OUT
            if isinstance(content, str) and isinstance(cell, Cell):
                set_text(cell, _printable(content))
            else:
                cell.value = content if isinstance(content, int | float | bool) else shown(content)
    sheet.freeze_panes = "A2"
    for at in range(min(grid.width, 200)):
        sheet.column_dimensions[get_column_letter(at + 1)].width = 16


def _printable(text: str) -> str:
    """Return a text without the control characters that no workbook may hold."""
    return "".join(c for c in text if c in "\t\n\r" or ord(c) >= 32)


def _mark(sheet: Worksheet, at: tuple[int, int], told: list[Problem]) -> None:
    cell = sheet.cell(row=at[0] + 1, column=at[1] + 1)
    cell.fill = FAULT if any(p.severity == "fault" for p in told) else REMARK
    note = _printable("\n".join(str(p).removeprefix(f"{p.where}: ") for p in told))
    cell.comment = Comment(note[:2000], "clinical-consensus", height=120, width=320)
