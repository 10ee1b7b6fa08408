"""SurveyMonkey: the question above its first column and the options below it, or both in one row with a hyphen."""

from __future__ import annotations

from questionnaires.reading.dialects.registry import Dialect
from questionnaires.reading.grid import Grid
from questionnaires.reading.layout import Column, Layout, Means, make_layout, marks_in, plain_columns, with_metadata
from questionnaires.reading.text import is_empty, key_of, shown

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
_WHOLE = frozenset({"response", "open-ended response", ""})


def _sees(grid: Grid) -> str:
    marks = marks_in(grid, ("RespondentID", "Respondent ID", "Collector ID", "CollectorID"))
    if not marks:
        return ""
    rows = "two rows of headers" if _has_options_below(grid) else "one row of headers"
    return f"the header {marks[0]} and {rows}"


def _has_options_below(grid: Grid) -> bool:
    second = grid.rows[1] if len(grid.rows) > 1 else ()
    return bool(second) and is_empty(second[0]) and any(key_of(shown(c)) in _WHOLE - {""} for c in second)


def _lay_out(grid: Grid) -> Layout:
    if not _has_options_below(grid):
        return make_layout(grid, with_metadata(plain_columns(grid, 0), _METADATA))
    columns: list[Column] = []
    question = ""
    for position in range(grid.width):
        above, below = shown(grid.cell(0, position)), shown(grid.cell(1, position))
        question = above if above.strip() else question
        if question.strip():
            columns.append(_column(position, question, below))
    return make_layout(grid, with_metadata(tuple(columns), _METADATA), 2)


def _column(position: int, question: str, below: str) -> Column:
    option = None if key_of(below) in _WHOLE else below
    return Column(position=position, header=question, ids=(), texts=(question,), option=option)


DIALECT = Dialect(name="surveymonkey", sees=_sees, lay_out=_lay_out)
