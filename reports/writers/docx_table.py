"""A table for a word processor: three rules, headings that repeat on each page, columns by measured width."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from docx.oxml import parse_xml

from reports.writers.column_widths import column_widths
from reports.writers.signs import SIGNS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.document import Cell, Table

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
TWIPS = 1440
SIZE = 9.0
STYLE = "TableText"
RULE = {"thick": 'w:val="single" w:sz="8" w:space="0" w:color="1B2A33"'}
RULE |= {"thin": 'w:val="single" w:sz="4" w:space="0" w:color="52636E"'}
RULE |= {"pale": 'w:val="single" w:sz="4" w:space="0" w:color="DDE4E8"'}


def table_xml(table: Table, available: float) -> Any:
    """Return the element of a table that is `available` inches wide; the caption is no part of it.

    Raw XML because a cell by python-docx costs four times as much.
    """
    widths = [round(wide * TWIPS) for wide in column_widths(table, available, SIZE)]
    grid = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in widths)
    spanned = [_spanners(table, widths)] if table.spanners else []
    head = _row([_header(c.header, c.align, w) for c, w in zip(table.columns, widths, strict=True)], heading=True)
    body = [_row([_cell(table, at, cell, widths[at]) for at, cell in enumerate(row)]) for row in table.rows]
    return parse_xml(
        f'<w:tbl xmlns:w="{NAMESPACE}"><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f"<w:tblBorders><w:top {RULE['thick']}/><w:bottom {RULE['thick']}/><w:insideH {RULE['pale']}/></w:tblBorders>"
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
        '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
        f'<w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" '
        f'w:noVBand="1"/><w:tblCaption w:val="{_attribute(table.caption)}"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{''.join([*spanned, head, *body])}</w:tbl>"
    )


def clean(text: str) -> str:
    """Return a text without the characters that no XML can hold."""
    return NOT_IN_XML.sub("\ufffd", text)


def _spanners(table: Table, widths: Sequence[int]) -> str:
    cells, at = [], 0
    for spanner in table.spanners:
        wide = sum(widths[at : at + spanner.columns])
        under = f"<w:tcBorders><w:bottom {RULE['thin']}/></w:tcBorders>" if spanner.text else ""
        span = f'<w:gridSpan w:val="{spanner.columns}"/>'
        cells.append(_tc(wide, _text(spanner.text, "center", bold=True), span + under))
        at += spanner.columns
    return _row(cells, heading=True)


def _header(text: str, align: str, width: int) -> str:
    edge = f'<w:tcBorders><w:bottom {RULE["thin"]}/></w:tcBorders><w:vAlign w:val="bottom"/>'
    return _tc(width, _text(text, align, bold=True), edge)


def _cell(table: Table, at: int, cell: Cell, width: int) -> str:
    sign = SIGNS.get(cell.sign or "", "")
    shown = f"{sign} {cell.text}" if sign else cell.text
    return _tc(width, _text(shown, table.columns[at].align, bold=bool(sign)))


def _row(cells: Sequence[str], *, heading: bool = False) -> str:
    again = "<w:tblHeader/>" if heading else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{again}</w:trPr>{''.join(cells)}</w:tr>"


def _tc(width: int, content: str, properties: str = "") -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{properties}</w:tcPr>{content}</w:tc>'


def _text(text: str, align: str, *, bold: bool = False) -> str:
    weight = "<w:b/>" if bold else ""
    said = escape(clean(text))
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{STYLE}"/><w:jc w:val="{align}"/></w:pPr>'
        f'<w:r><w:rPr>{weight}</w:rPr><w:t xml:space="preserve">{said}</w:t></w:r></w:p>'
    )


def _attribute(text: str) -> str:
    return escape(clean(text), {'"': "&quot;", "\n": " "})
