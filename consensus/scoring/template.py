"""An empty workbook for courses, to be filled: what a column may hold stands as a note in its header cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from consensus.definitions.column import Column
from consensus.definitions.condition import Condition, Sheet
from questionnaires.workbooks import write_workbook

SHEETS: tuple[Sheet, ...] = ("patients", "sessions")
REQUIRED, OPTIONAL = PatternFill("solid", fgColor="FFE2EDE6"), PatternFill("solid", fgColor="FFEFEFEF")


def write_template(path: str | Path, condition: Condition) -> Path:
    """Write the empty sheets `patients` and `sessions` of a condition, and return the path.

    Each header cell has a note with type, unit and allowed values; required columns are colored. The file is written
    whole or not at all, and the same condition gives the same bytes.
    """
    return write_workbook(path, course_workbook(condition, {}))


def course_workbook(condition: Condition, rows: Mapping[Sheet, Sequence[Mapping[str, object]]]) -> Workbook:
    """Return a workbook of courses with the given rows (values by column name) under the condition's columns.

    A sheet without rows has all columns; one with rows the required ones, those in which something stands, and then
    what the condition doesn't know.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    for name in SHEETS:
        sheet = book.create_sheet(name)
        filled = {key for row in rows.get(name, ()) for key, value in row.items() if value is not None}
        own = [c for c in condition.columns(name) if c.formula is None]
        columns = [c for c in own if c.required or c.name in filled or not rows.get(name)]
        for at, column in enumerate(columns, start=1):
            _header(sheet, at, column, condition)
        names = [column.name for column in columns]
        names += [key for row in rows.get(name, ())[:1] for key in row if key in filled and key not in names]
        for at in range(len(columns), len(names)):
            sheet.cell(row=1, column=at + 1, value=names[at]).font = Font(bold=True)
        for row in rows.get(name, ()):
            sheet.append([row.get(key) for key in names])
        for at, column in enumerate(columns, start=1):
            if column.type == "date":
                _format_dates(sheet, at)
        sheet.freeze_panes = "B2"
    return book


def _header(sheet: Worksheet, at: int, column: Column, condition: Condition) -> None:
    cell = sheet.cell(row=1, column=at, value=column.name)
    cell.font = Font(bold=True)
    cell.fill = REQUIRED if column.required else OPTIONAL
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    lines = [str(column.says)] if str(column.says) else []
    if column.assessed:
        lines.append(f"The date of the {condition.word('assessment')}.")
    expected = column.expected()
    lines.append(expected[0].upper() + expected[1:] + ".")
    if column.says_nothing:
        lines.append(f"{', '.join(column.says_nothing)}: recorded, but tells nothing.")
    lines.append("Required." if column.required else "Leave empty what is not known.")
    note = Comment("\n".join(lines), "clinical-consensus")
    note.width, note.height = 260, 40 + 22 * len(lines)
    cell.comment = note
    sheet.column_dimensions[get_column_letter(at)].width = max(10, min(26, len(column.name) + 2))


def _format_dates(sheet: Worksheet, at: int) -> None:
    for row in range(2, sheet.max_row + 1):
        cell = sheet.cell(row=row, column=at)
        if isinstance(cell.value, date):
            cell.number_format = "yyyy-mm-dd"
