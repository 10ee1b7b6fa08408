"""A plain sheet: one or two rows of headers, one row a respondent, as people and statistics programs write it."""

from __future__ import annotations

from dataclasses import replace

from questionnaires.reading.dialects.registry import Dialect
from questionnaires.reading.grid import Grid
from questionnaires.reading.layout import (
    Layout,
    Means,
    header_row,
    make_layout,
    plain_columns,
    with_metadata,
    with_row_names,
)
from questionnaires.reading.two_rows import has_second_row, two_row_columns

_METADATA: dict[str, Means] = {
    "timestamp": "submitted",
    "submitted": "submitted",
    "submission date": "submitted",
    "started": "started",
    "seconds": "seconds",
    "id": "id",
    "record": "id",
    "respondent": "id",
    "respondent_id": "id",
    "panelist": "id",
    "row": "id",
}


def _sees(grid: Grid) -> str:
    if not grid.rows:
        return ""
    rows = "two rows" if has_second_row(grid, header_row(grid)) else "one row"
    return f"{rows} of headers and no mark of a platform"


def _lay_out(grid: Grid) -> Layout:
    top = header_row(grid)
    if has_second_row(grid, top):
        layout = make_layout(grid, with_metadata(two_row_columns(grid, top), _METADATA), top + 2)
    else:
        layout = make_layout(grid, with_metadata(plain_columns(grid, top), _METADATA))
    return replace(with_row_names(layout), none_means_none=True)


DIALECT = Dialect(name="plain", sees=_sees, lay_out=_lay_out)
