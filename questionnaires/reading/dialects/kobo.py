"""KoboToolbox (and ODK): several options joined by a space, with a column `question/option` for each beside it."""

from __future__ import annotations

import re
from dataclasses import replace

from questionnaires.reading.dialects.registry import Dialect
from questionnaires.reading.grid import Book, Grid
from questionnaires.reading.layout import Column, Layout, Means, make_layout, marks_in, plain_columns
from questionnaires.reading.text import key_of

_METADATA: dict[str, Means] = {
    "start": "started",
    "end": "submitted",
    "today": "",
    "deviceid": "",
    "username": "",
    "_id": "id",
    "_uuid": "",
    "_submission_time": "",
    "_validation_status": "",
    "_notes": "",
    "_status": "",
    "_submitted_by": "",
    "__version__": "",
    "_version_": "",
    "_tags": "",
    "_index": "index",
    "_parent_table_name": "",
    "_parent_index": "parent",
    "meta/instanceid": "",
}
_MARKS = ("_uuid", "_submission_time", "_index", "__version__", "_validation_status")
_DUPE = re.compile(r"^(.+)_dupe\d*$")
_PLACE = re.compile(r"^_.+_(?:latitude|longitude|altitude|precision)$")


def _sees(grid: Grid) -> str:
    marks = marks_in(grid, _MARKS)
    if marks_in(grid, ("_parent_index",)):
        return ""  # a sheet of repeats belongs to the sheet before it
    if marks:
        return f"the headers {', '.join(marks)}"
    headers = [c.header for c in plain_columns(grid)]
    split = next((h for h in headers if "/" in h and h.rpartition("/")[0] in headers), "")
    return f'the header "{split}" beside "{split.rpartition("/")[0]}"' if split else ""


def _lay_out(grid: Grid) -> Layout:
    headers = {c.header for c in plain_columns(grid)}
    columns = tuple(_column(c, headers) for c in plain_columns(grid))
    return replace(make_layout(grid, columns), separators=(" ",))


def _repeats(book: Book, layout: Layout) -> tuple[Layout, ...]:
    """Return the sheets of repeats; their names are cut, so that they are known by the index of the parent alone."""
    sheets = (g for g in book.grids if g.sheet != layout.grid.sheet and marks_in(g, ("_parent_index",)))
    return tuple(replace(_lay_out(grid), repeated=True) for grid in sheets)


def _column(column: Column, headers: set[str]) -> Column:
    header = column.header
    if key_of(header) in _METADATA:
        return replace(column, use="metadata", means=_METADATA[key_of(header)])
    if _PLACE.match(header):
        return replace(column, use="personal")
    before, _, last = header.rpartition("/")
    if before and before in headers:
        return replace(column, ids=_paths(before), texts=_paths(before), option=last)
    dupe = _DUPE.match(header)
    names = _paths(header) if dupe is None else _paths(dupe[1])
    return replace(column, ids=names, texts=names)


def _paths(header: str) -> tuple[str, ...]:
    """Return a header with and without the groups in front of it."""
    return tuple(dict.fromkeys((header, header.rpartition("/")[2])))


DIALECT = Dialect(name="kobo", sees=_sees, lay_out=_lay_out, repeats=_repeats)
