"""A plain sheet: one row of headers, one row a respondent, as people and statistics programs write it."""

from __future__ import annotations

from dataclasses import replace

from questionnaires.reading.dialects.registry import Dialect
from questionnaires.reading.grid import Grid
from questionnaires.reading.layout import Layout, Means, header_row, make_layout, plain_columns, with_metadata

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
    return "one row of headers and no mark of a platform" if grid.rows else ""


def _lay_out(grid: Grid) -> Layout:
    top = header_row(grid)
    columns = with_metadata(plain_columns(grid, top), _METADATA)
    return replace(make_layout(grid, columns, top + 1), none_means_none=True)


DIALECT = Dialect(name="plain", sees=_sees, lay_out=_lay_out)
