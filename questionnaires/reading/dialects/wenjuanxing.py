"""Wenjuanxing (问卷星), by text and by number. The layout is known from other parsers, not from real exports."""

from __future__ import annotations

import re
from dataclasses import replace

from questionnaires.reading.dialects.registry import Dialect
from questionnaires.reading.grid import Grid
from questionnaires.reading.layout import (
    AnswerKind,
    Layout,
    Means,
    header_row,
    in_words,
    make_layout,
    marks_in,
    plain_columns,
    with_metadata,
)
from questionnaires.reading.text import is_empty, key_of, question_number, shown

_METADATA: dict[str, Means] = {
    "序号": "",
    "提交答卷时间": "submitted",
    "所用时间": "seconds",
    "来源": "",
    "来源详情": "",
    "来自ip": "",
    "总分": "",
}
_WORDS: dict[str, AnswerKind] = {"(跳过)": "not_shown", "(空)": "blank"}
_NUMBERS: dict[str, AnswerKind] = {"-3": "not_shown", "-2": "blank"}
_NUMERIC = re.compile(r"^-?\d+(?:〖.*〗)?(?:[┋,]\d+(?:〖.*〗)?)*$", re.DOTALL)


def _sees(grid: Grid) -> str:
    marks = marks_in(grid, ("序号", "提交答卷时间", "所用时间", "来源", "来自IP"))
    return f"the headers {'、'.join(marks)}" if len(marks) > 1 and "提交答卷时间" in marks else ""


def _lay_out(grid: Grid) -> Layout:
    top = header_row(grid)
    columns = with_metadata(plain_columns(grid, top), _METADATA)
    layout = replace(
        make_layout(grid, columns, top + 1),
        missing=in_words(_WORDS),
        separators=("┋", "→", ";"),
        none_means_none=True,
        missing_in_text=True,
    )
    if _by_number(layout):
        return replace(layout, ordinals=True, missing=in_words(_WORDS | _NUMBERS))
    return layout


def _by_number(layout: Layout) -> bool:
    """Return whether answers stand as numbers of options: the file's name says so, else most columns are numbers."""
    for mark, by_number in (("按序号", True), ("按文本", False)):
        if mark in layout.grid.file:
            return by_number
    words = dict(layout.missing)
    numeric = []
    for column in layout.columns:
        if question_number(column.header) is not None:
            cells = [shown(c) for c in layout.cells(column) if not is_empty(c)]
            said = [c for c in cells if key_of(c) not in words]
            numeric += [all(_NUMERIC.match(c) for c in said)] if said else []
    return 2 * sum(numeric) > len(numeric)


DIALECT = Dialect(name="wenjuanxing", sees=_sees, lay_out=_lay_out)
