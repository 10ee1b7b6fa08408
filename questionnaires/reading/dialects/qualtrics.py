"""Qualtrics, with one, two or three rows of headers: codes, question texts, import ids."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from questionnaires.reading.dialects.registry import Dialect
from questionnaires.reading.grid import Grid
from questionnaires.reading.layout import Column, Layout, Means, make_layout, marks_in
from questionnaires.reading.moments import is_moment
from questionnaires.reading.text import is_empty, key_of, shown

_METADATA: dict[str, Means] = {
    "startdate": "started",
    "enddate": "submitted",
    "status": "",
    "ipaddress": "",
    "progress": "",
    "duration (in seconds)": "seconds",
    "duration": "seconds",
    "finished": "completed",
    "recordeddate": "",
    "responseid": "id",
    "_recordid": "id",
    "responseset": "",
    "name": "",
    "recipientlastname": "",
    "recipientfirstname": "",
    "recipientemail": "",
    "emailaddress": "",
    "externalreference": "",
    "externaldatareference": "",
    "locationlatitude": "",
    "locationlongitude": "",
    "locationaccuracy": "",
    "distributionchannel": "",
    "userlanguage": "",
    "q_recaptchascore": "",
}
_MARKS = ("StartDate", "EndDate", "Status", "Finished", "RecordedDate", "ResponseId", "DistributionChannel")
_FEWEST = 4
_SELECTED = re.compile(r" - Selected Choice(?= - |$)| - Text$")


def _sees(grid: Grid) -> str:
    for row in (0, 1):
        marks = marks_in(grid, _MARKS, row)
        if len(marks) >= _FEWEST:
            rows = _header_rows(grid)
            return f"the headers {', '.join(marks)} in {rows} {'row' if rows == 1 else 'rows'} of headers"
    return ""


def _header_rows(grid: Grid) -> int:
    """Return how many rows are headers: a third one holds import ids, a second one no date under the start."""
    if len(grid.rows) > 2 and any("ImportId" in shown(cell) for cell in grid.rows[2]):
        return 3
    codes = [key_of(shown(cell)) for cell in grid.rows[0]]
    if "startdate" not in codes:
        return 2  # the older export: V1, V2, ... above the names
    start = codes.index("startdate")
    second = grid.cell(1, start) if len(grid.rows) > 1 else None
    return 1 if second is None or is_moment(second) or is_empty(second) else 2


def _lay_out(grid: Grid) -> Layout:
    rows = _header_rows(grid)
    older = "startdate" not in [key_of(shown(cell)) for cell in grid.rows[0]]
    columns = [_column(grid, position, rows, older=older) for position in range(grid.width)]
    layout = make_layout(grid, tuple(c for c in columns if c is not None), rows)
    return replace(layout, separators=(",", "\n"))


def _column(grid: Grid, position: int, rows: int, *, older: bool) -> Column | None:
    cells = [shown(grid.cell(row, position)) for row in range(rows)]
    if not any(cell.strip() for cell in cells):
        return None
    code, text = cells[0], cells[1] if rows > 1 else ""
    imported = _import_id(cells[2]) if rows > 2 else ""
    for name in (imported, code, text if older else ""):
        if key_of(name) in _METADATA:
            header = text if older else code
            return Column(
                position=position, header=header, ids=(header,), use="metadata", means=_METADATA[key_of(name)]
            )
    ids = tuple(dict.fromkeys(i for i in (code, imported) if i.strip()))
    texts = tuple(t for t in (_SELECTED.sub("", text),) if t.strip()) or ids
    return Column(position=position, header=code or text, ids=ids, texts=texts)


def _import_id(cell: str) -> str:
    try:
        found = json.loads(cell)
    except ValueError:
        return ""
    return str(found.get("ImportId", "")) if isinstance(found, dict) else ""


DIALECT = Dialect(name="qualtrics", sees=_sees, lay_out=_lay_out)
