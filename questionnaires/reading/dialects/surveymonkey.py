"""SurveyMonkey: the question above its first column and the options below it, or both in one row with a hyphen."""

from __future__ import annotations

import re

from questionnaires.reading.dialects.registry import Dialect
from questionnaires.reading.grid import Grid
from questionnaires.reading.layout import (
    Layout,
    Means,
    header_row,
    make_layout,
    marks_in,
    plain_columns,
    with_metadata,
    with_row_names,
)
from questionnaires.reading.text import is_empty, key_of, shown
from questionnaires.reading.two_rows import WHOLE, has_second_row, two_row_columns

_METADATA: dict[str, Means] = {
    "respondentid": "id",
    "respondent id": "id",
    "collectorid": "",
    "collector id": "",
    "startdate": "started",
    "start date": "started",
    "date created": "started",
    "enddate": "submitted",
    "end date": "submitted",
    "date modified": "submitted",
    "ip address": "",
    "email address": "",
    "first name": "",
    "last name": "",
    "custom data 1": "",
}

_NUMBERED = re.compile(r"^q\d{4}_\d{4}$")


def _sees(grid: Grid) -> str:
    marks = marks_in(grid, ("RespondentID", "Respondent ID", "Collector ID", "CollectorID"))
    numbered = [c.header for c in plain_columns(grid) if _NUMBERED.match(c.header)]
    if not marks and len(numbered) > 1:
        return f"the numbered headers {', '.join(numbered[:2])}"
    if not marks:
        return ""
    rows = "two rows of headers" if _has_options_below(grid) else "one row of headers"
    return f"the header {marks[0]} and {rows}"


def _has_options_below(grid: Grid) -> bool:
    top = header_row(grid)
    second = grid.rows[top + 1] if len(grid.rows) > top + 1 else ()
    says_so = any(key_of(shown(c)) in WHOLE - {""} for c in second) and is_empty(second[0])
    return says_so or has_second_row(grid, top)


def _lay_out(grid: Grid) -> Layout:
    top = header_row(grid)
    if not _has_options_below(grid):
        return with_row_names(make_layout(grid, with_metadata(plain_columns(grid, top), _METADATA)))
    return make_layout(grid, with_metadata(two_row_columns(grid, top), _METADATA), top + 2)


DIALECT = Dialect(name="surveymonkey", sees=_sees, lay_out=_lay_out)
