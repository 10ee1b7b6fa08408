"""LimeSurvey: headers as code, as code and text, or as text; answers as codes or texts; `N/A` is what was not shown."""

from __future__ import annotations

import re
from dataclasses import replace

from questionnaires.reading.dialects.registry import Dialect
from questionnaires.reading.grid import Grid
from questionnaires.reading.layout import (
    Column,
    Layout,
    Means,
    in_words,
    make_layout,
    marks_in,
    plain_columns,
)
from questionnaires.reading.text import key_of

_METADATA: dict[str, Means] = {
    "id": "id",
    "response id": "id",
    "submitdate": "submitted_when_completed",
    "date submitted": "submitted_when_completed",
    "lastpage": "",
    "last page": "",
    "startlanguage": "",
    "start language": "",
    "seed": "",
    "token": "",
    "ipaddr": "",
    "refurl": "",
    "startdate": "started",
    "date started": "started",
    "datestamp": "",
    "date last action": "",
    "interviewtime": "seconds",
}
_MARKS = ("submitdate", "lastpage", "startlanguage", "datestamp", "Date submitted", "Last page", "Start language")
_FEWEST = 2
_TIMING = re.compile(r"^(?:groupTime\d+|.+Time)$")
_CODE_AND_TEXT = re.compile(r"^(?P<code>\w+(?:\[[^\]]+\])*)\.\s+(?P<text>.+)$", re.DOTALL)


def _sees(grid: Grid) -> str:
    there = {key_of(_code_of(column.header)): column.header for column in plain_columns(grid)}
    marks = marks_in(grid, _MARKS) or tuple(there[mark] for mark in _MARKS if mark in there)
    return f"the headers {', '.join(marks)}" if len(marks) >= _FEWEST else ""


def _lay_out(grid: Grid) -> Layout:
    columns = tuple(map(_column, plain_columns(grid)))
    return replace(make_layout(grid, columns), missing=in_words({"N/A": "not_shown"}), none_means_none=True)


def _code_of(header: str) -> str:
    """Return the code of a header that has both code and text, else the header."""
    found = _CODE_AND_TEXT.match(header)
    return header if found is None else found["code"]


def _column(column: Column) -> Column:
    key = key_of(_code_of(column.header))
    if key in _METADATA:
        return replace(column, use="metadata", means=_METADATA[key])
    if _TIMING.match(column.header):
        return replace(column, use="metadata")
    found = _CODE_AND_TEXT.match(column.header)
    if found is None:
        return column
    return replace(column, ids=(found["code"],), texts=(found["text"],))


DIALECT = Dialect(name="limesurvey", sees=_sees, lay_out=_lay_out)
