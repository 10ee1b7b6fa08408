"""Microsoft Forms: question texts as headers, options joined by `;`. Known from other parsers alone."""

from __future__ import annotations

import re
from dataclasses import replace

from questionnaires.reading.dialects.registry import Dialect
from questionnaires.reading.grid import Grid
from questionnaires.reading.layout import Layout, Means, make_layout, marks_in, plain_columns, with_metadata

_METADATA: dict[str, Means] = {
    "id": "id",
    "start time": "started",
    "completion time": "submitted",
    "开始时间": "started",
    "完成时间": "submitted",
    "电子邮件": "",
    "名称": "",
    "email": "",
    "name": "",
    "last modified time": "",
    "language": "",
    "total points": "",
    "quiz feedback": "",
    "grade posted time": "",
}
_QUIZ = re.compile(r"^(?:Points|Feedback) - ")


def _sees(grid: Grid) -> str:
    marks = marks_in(grid, ("Start time", "Completion time")) or marks_in(grid, ("开始时间", "完成时间"))
    return f"the headers {' and '.join(marks)}" if len(marks) > 1 else ""


def _lay_out(grid: Grid) -> Layout:
    columns = with_metadata(plain_columns(grid), _METADATA)
    columns = tuple(replace(c, use="metadata") if _QUIZ.match(c.header) else c for c in columns)
    return replace(make_layout(grid, columns), separators=(";",), other_in_place=True)


DIALECT = Dialect(name="msforms", sees=_sees, lay_out=_lay_out)
