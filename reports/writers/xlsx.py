"""A document's tables as a workbook: one sheet a table, types kept, no formulas, the same bytes each time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from questionnaires.workbooks import workbook_bytes

if TYPE_CHECKING:
    from openpyxl.cell import Cell as SheetCell
    from openpyxl.worksheet.worksheet import Worksheet

    from reports.document import Cell, Document, Table, Value

SHEET_NAME = 31
WIDEST, NARROWEST = 60, 8
NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def tables_workbook(document: Document) -> bytes:
    """Return the workbook: first a sheet that lists the tables (and carries the mark), then one sheet a table."""
    tables = tuple(table.shown("sheet") for table in document.tables())
    names = _sheet_names(tables)
    book = Workbook()
    book.remove(book.worksheets[0])
    _contents(book.create_sheet("SYNTHETIC" if document.mark else "Contents"), document, tables, names)
    for table, name in zip(tables, names, strict=True):
        _fill(book.create_sheet(name), table)
    return workbook_bytes(book)


def _sheet_names(tables: tuple[Table, ...]) -> list[str]:
    names: list[str] = []
    for table in tables:
        stem = re.sub(r"[\[\]:*?/\\']", "-", table.id)[:SHEET_NAME]
        name, again = stem, 2
        while name.casefold() in {n.casefold() for n in names}:
            suffix = f"-{again}"
            name, again = stem[: SHEET_NAME - len(suffix)] + suffix, again + 1
        names.append(name)
    return names


def _contents(sheet: Worksheet, document: Document, tables: tuple[Table, ...], names: list[str]) -> None:
    lines = [document.mark] if document.mark else []
    for line in [*lines, document.title]:
        _put(sheet, sheet.max_row + (sheet.max_row > 1 or sheet["A1"].value is not None), 1, line, bold=True)
    for name, table in zip(names, tables, strict=True):
        row = sheet.max_row + 1
        _put(sheet, row, 1, name)
        _put(sheet, row, 2, table.caption)
    sheet.column_dimensions["A"].width = 32
    sheet.column_dimensions["B"].width = 90


def _fill(sheet: Worksheet, table: Table) -> None:
    _put(sheet, 1, 1, table.caption, bold=True)
    row = 2
    for at, column in enumerate(table.columns, start=1):
        cell = _put(sheet, row, at, column.header, bold=True)
        cell.fill = PatternFill("solid", fgColor="E8EEF1")
    sheet.freeze_panes = f"A{row + 1}"
    for line in table.rows:
        row += 1
        for at, entry in enumerate(line, start=1):
            _put(sheet, row, at, entry.value)
    for note in table.footnotes:
        row += 1
        _put(sheet, row, 1, note)
    _set_widths(sheet, table)


def _put(sheet: Worksheet, row: int, column: int, value: Value, *, bold: bool = False) -> SheetCell:
    cell: SheetCell = sheet.cell(row=row, column=column)  # type: ignore[assignment]
    if isinstance(value, str):
        # A text that begins with "=" would become a formula: the type is set by hand and the cell quoted.
        cell.value = NOT_IN_XML.sub("\ufffd", value)
        cell.data_type = "s"
        cell.style = "Normal"
        if value[:1] in ("=", "+", "-", "@"):
            cell.quotePrefix = True
        cell.alignment = Alignment(vertical="top", wrap_text=len(value) > WIDEST and row > 1)
    elif value is not None:
        cell.value = value
        cell.alignment = Alignment(vertical="top")
    if bold:
        cell.font = Font(bold=True)
    return cell


def _set_widths(sheet: Worksheet, table: Table) -> None:
    for at, column in enumerate(table.columns):
        texts = [column.header, *(_shown(row[at]) for row in table.rows)]
        longest = max((len(t) for t in texts), default=NARROWEST)
        sheet.column_dimensions[get_column_letter(at + 1)].width = min(max(longest + 2, NARROWEST), WIDEST)


def _shown(cell: Cell) -> str:
    return "" if cell.value is None else str(cell.value)
