"""REDCap, raw and with labels: events and repeats, checkboxes as `field___code` or `Label (choice=...)`."""

from __future__ import annotations

import re
from dataclasses import replace

from questionnaires.reading.dialects.registry import Dialect
from questionnaires.reading.grid import Book, Grid
from questionnaires.reading.layout import Column, Layout, Means, make_layout, marks_in, plain_columns
from questionnaires.reading.text import is_empty, key_of

_METADATA: dict[str, Means] = {
    "redcap_event_name": "event",
    "event name": "event",
    "redcap_repeat_instrument": "repeat",
    "repeat instrument": "repeat",
    "redcap_repeat_instance": "instance",
    "repeat instance": "instance",
    "redcap_survey_identifier": "",
    "survey identifier": "",
    "redcap_data_access_group": "",
    "data access group": "",
    "survey timestamp": "submitted",
    "complete?": "completed",
}
_CHECKBOX = re.compile(r"^(?P<field>[a-z][a-z0-9_]*?)___(?P<code>.+)$")
_CHOICE = re.compile(r"^(?P<label>.+?)\s*\(choice=(?P<option>.+)\)$", re.DOTALL)
_COMPLETE = re.compile(r"^[a-z][a-z0-9_]*_complete$")
_TIMESTAMP = re.compile(r"^[a-z][a-z0-9_]*_timestamp$")


def _sees(grid: Grid) -> str:
    headers = [c.header for c in plain_columns(grid)]
    own = marks_in(grid, ("redcap_event_name", "redcap_repeat_instrument", "redcap_survey_identifier"))
    complete = [h for h in headers if _COMPLETE.match(h)]
    boxes = [h for h in headers if _CHECKBOX.match(h)]
    if own or (complete and (boxes or _is_record(headers[0]))):
        return f"the headers {', '.join([*own, *complete[:1], *boxes[:1]])}"
    choices = [h for h in headers if _CHOICE.match(h)]
    if marks_in(grid, ("Complete?",)) and (choices or _is_record(headers[0])):
        return f"the headers {', '.join(['Complete?', *choices[:1]])}"
    return ""


def _is_record(header: str) -> bool:
    return re.search(r"(?:^|[_ ])(?:id|record|record_?id)$", header.casefold()) is not None


def _lay_out(grid: Grid) -> Layout:
    first, *others = plain_columns(grid)
    known = _METADATA.get(key_of(first.header))
    columns = (replace(first, use="metadata", means=known or "id"), *map(_column, others))
    layout = replace(make_layout(grid, columns), none_means_none=True)
    again = set(_repeated(layout))
    return replace(layout, records=tuple(r for r in layout.records if r not in again))


def _repeats(book: Book, layout: Layout) -> tuple[Layout, ...]:
    again = _repeated(make_layout(layout.grid, layout.columns))
    return (replace(layout, records=again, repeated=True),) if again else ()


def _repeated(layout: Layout) -> tuple[int, ...]:
    """Return the rows that hold an instance of a repeated instrument."""
    columns = [c for c in layout.columns if c.means == "repeat"]
    return tuple(r for r in layout.records if any(not is_empty(layout.grid.cell(r, c.position)) for c in columns))


def _column(column: Column) -> Column:
    header = column.header
    if key_of(header) in _METADATA:
        return replace(column, use="metadata", means=_METADATA[key_of(header)])
    if _COMPLETE.match(header):
        return replace(column, use="metadata", means="completed")
    if _TIMESTAMP.match(header):
        return replace(column, use="metadata", means="submitted")
    box = _CHECKBOX.match(header)
    if box is not None:
        return replace(column, ids=(box["field"],), texts=(), option=box["code"])
    choice = _CHOICE.match(header)
    if choice is not None:
        return replace(column, ids=(), texts=(choice["label"],), option=choice["option"])
    return column


DIALECT = Dialect(name="redcap", sees=_sees, lay_out=_lay_out, repeats=_repeats)
