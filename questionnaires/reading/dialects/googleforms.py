"""Google Forms: a timestamp, then question texts; options joined by a comma. Known from other parsers alone."""

from __future__ import annotations

from dataclasses import replace

from questionnaires.reading.dialects.registry import Dialect
from questionnaires.reading.grid import Grid
from questionnaires.reading.layout import Layout, Means, header_row, make_layout, plain_columns, with_metadata
from questionnaires.reading.text import shown

_TIMESTAMPS = ("Timestamp", "时间戳记", "Horodateur", "Zeitstempel", "Marca temporal", "タイムスタンプ")
_METADATA: dict[str, Means] = {
    **{t.casefold(): "submitted" for t in _TIMESTAMPS},
    "email address": "",
    "username": "",
    "score": "",
}


def _sees(grid: Grid) -> str:
    row = grid.rows[header_row(grid)] if grid.rows else ()
    first = shown(row[0]) if row else ""
    return f"the first header {first}" if first in _TIMESTAMPS else ""


def _lay_out(grid: Grid) -> Layout:
    columns = with_metadata(plain_columns(grid), _METADATA)
    return replace(make_layout(grid, columns), separators=(",",), other_in_place=True)


DIALECT = Dialect(name="googleforms", sees=_sees, lay_out=_lay_out)
