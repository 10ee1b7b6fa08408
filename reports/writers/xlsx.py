"""A document's tables as a workbook: one sheet a table, types kept, no formulas, the same bytes each time."""

from __future__ import annotations

import re
from copy import copy
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties

from questionnaires.workbooks import OPENS_FORMULA, workbook_bytes
from reports.text_width import width

if TYPE_CHECKING:
    from openpyxl.cell import Cell as SheetCell
    from openpyxl.styles.cell_style import StyleArray
    from openpyxl.worksheet.worksheet import Worksheet

    from reports.document import Cell, Document, Table, Value

SHEET_NAME = 31
WIDEST, NARROWEST, HEADING = 60, 8, 24
HEADER_ROW = 2
FONT, LINE_HEIGHT = "Calibri", 15.0
BOLD, LINK = Font(name=FONT, size=11, bold=True), Font(name=FONT, size=11, color="005B8F", underline="single")
HEADER, UNDER = PatternFill("solid", fgColor="E8EEF1"), Border(bottom=Side(style="thin", color="52636E"))
NOT_IN_NAMES, NOT_IN_NAMES_ZH = re.compile(r"[\[\]:*?/\\']"), re.compile(r"[，,]?\s*n/N\s*[（(]%[)）]|[《》“”?？]")
CONTENTS = {"en": "Contents", "zh": "目录"}
NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def tables_workbook(document: Document) -> bytes:
    """Return the workbook: first a sheet that lists the tables (and carries the mark), then one sheet a table."""
    tables = tuple(table.shown("sheet") for table in document.tables())
    names = _sheet_names(tables, document.language)
    book = Workbook()
    book.remove(book.worksheets[0])
    _contents(
        book.create_sheet("SYNTHETIC" if document.mark else CONTENTS.get(document.language, CONTENTS["en"])),
        document,
        tables,
        names,
    )
    for table, name in zip(tables, names, strict=True):
        _fill(book.create_sheet(name), table)
    return workbook_bytes(book)


def _sheet_names(tables: tuple[Table, ...], language: str) -> list[str]:
    """Return a name a sheet, each once: the table's id, in Chinese its caption as far as it goes."""
    names: list[str] = []
    for table in tables:
        called = NOT_IN_NAMES_ZH.sub("", str(table.caption)) if language == "zh" else ""
        stem = _cut(NOT_IN_NAMES.sub("-", called or table.id))
        name, again = stem, 2
        while name.casefold() in {n.casefold() for n in names}:
            suffix = f"-{again}"
            name, again = stem[: SHEET_NAME - len(suffix)] + suffix, again + 1
        names.append(name)
    return names


def _cut(name: str) -> str:
    """Return as much of a name as a sheet may have; no word in Latin letters is cut within a Chinese one."""
    short = name[:SHEET_NAME]
    return short if name == short or short.isascii() else re.sub(r"[A-Za-z-]+$", "", short)


def _contents(sheet: Worksheet, document: Document, tables: tuple[Table, ...], names: list[str]) -> None:
    lines = [line for line in (document.mark, document.title) if line]
    for row, line in enumerate(lines, start=1):
        _put(sheet, row, 1, line).font = BOLD
    for row, (name, table) in enumerate(zip(names, tables, strict=True), start=len(lines) + 1):
        cell = _put(sheet, row, 1, name)
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{name}'!A1")
        cell.font = LINK
        _put(sheet, row, 2, table.caption)
    sheet.column_dimensions["A"].width = 2 + max(map(width, names), default=30)
    sheet.column_dimensions["B"].width = 90
    _one_page_wide(sheet)


def _fill(sheet: Worksheet, table: Table) -> None:
    _put(sheet, 1, 1, table.caption).font = BOLD
    for at, column in enumerate(table.columns, start=1):
        cell = _put(sheet, HEADER_ROW, at, column.header)
        cell.font, cell.fill, cell.border = BOLD, HEADER, UNDER
        indent = int(column.align == "left" and at > 1)
        cell.alignment = Alignment(horizontal=column.align, vertical="bottom", wrap_text=True, indent=indent)
    row = HEADER_ROW
    looks: dict[tuple[int, bool], StyleArray] = {}
    for line in table.rows:
        row += 1
        for at, entry in enumerate(line):
            if entry.value is not None:
                _entry(_put(sheet, row, at + 1, entry.value), table, at, looks)
    _set_widths(sheet, table)
    for note in table.footnotes:
        row += 1
        _footnote(sheet, row, note, len(table.columns))
    sheet.freeze_panes = f"A{HEADER_ROW + 1}"
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    _one_page_wide(sheet)


def _entry(cell: SheetCell, table: Table, at: int, looks: dict[tuple[int, bool], StyleArray]) -> None:
    """Give a cell the look of its column; openpyxl takes long to find the number of a look, so it is found once."""
    kind = (at, isinstance(cell.value, str))
    if kind not in looks:
        shown, cell.alignment = _way(table, at)
        if not kind[1]:
            cell.number_format = shown
        looks[kind] = copy(cell._style)  # type: ignore[attr-defined]
        return
    quoted = cell.quotePrefix
    cell._style = copy(looks[kind])  # type: ignore[attr-defined]
    cell.quotePrefix = quoted


def _footnote(sheet: Worksheet, row: int, note: str, columns: int) -> None:
    """Put a note under all columns, as high as it needs."""
    _put(sheet, row, 1, note).alignment = Alignment(vertical="top", wrap_text=True)
    if columns > 1:
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=columns)
    wide = sum(sheet.column_dimensions[get_column_letter(at)].width for at in range(1, columns + 1))
    sheet.row_dimensions[row].height = LINE_HEIGHT * (1 + width(note) * 1.1 // wide)


def _one_page_wide(sheet: Worksheet) -> None:
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _way(table: Table, at: int) -> tuple[str, Alignment]:
    """Return how a column shows its numbers, all with as many decimals as one of them needs, and how it is aligned."""
    numbers = [row[at].value for row in table.rows if isinstance(row[at].value, (int, float))]
    digits = max((_digits(number) for number in numbers), default=0)
    long = any(isinstance(row[at].value, str) and width(str(row[at].value)) > WIDEST for row in table.rows)
    align = table.columns[at].align
    placed = Alignment(horizontal=align, vertical="top", wrap_text=long, indent=int(align == "left" and at > 0))
    return "#,##0" + ("." + "0" * digits if digits else ""), placed


def _digits(number: Value) -> int:
    """Return how many decimals a number needs, at most three."""
    text = f"{number:.3f}".rstrip("0") if isinstance(number, float) else ""
    return len(text.partition(".")[2])


def _put(sheet: Worksheet, row: int, column: int, value: Value) -> SheetCell:
    cell: SheetCell = sheet.cell(row=row, column=column)  # type: ignore[assignment]
    if isinstance(value, str):
        # A text that begins with "=" would become a formula: the type is set by hand and the cell quoted.
        cell.value = NOT_IN_XML.sub("\ufffd", value)
        cell.data_type = "s"
        if value.startswith(OPENS_FORMULA):
            cell.quotePrefix = True
    elif value is not None:
        cell.value = value
    return cell


def _set_widths(sheet: Worksheet, table: Table) -> None:
    for at, column in enumerate(table.columns):
        texts = [column.header[:HEADING], *(_shown(row[at]) for row in table.rows)]
        longest = max((width(t) for t in texts), default=NARROWEST)
        sheet.column_dimensions[get_column_letter(at + 1)].width = min(max(longest + 3, NARROWEST), WIDEST)


def _shown(cell: Cell) -> str:
    return "" if cell.value is None else str(cell.value)
