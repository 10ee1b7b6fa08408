"""A layout with other texts in some of its cells: the file itself is never touched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from questionnaires.reading.layout import Layout


def edited(layout: Layout, edits: Mapping[tuple[int, int], str], without: frozenset[int]) -> Layout:
    """Return a layout with new texts in some cells, by record and column, and without some records."""
    rows = list(layout.grid.rows)
    by_row: dict[int, dict[int, str]] = defaultdict(dict)
    for (record, column), text in edits.items():
        by_row[layout.records[record]][column] = text
    for at, cells in by_row.items():
        width = max(len(rows[at]), max(cells) + 1)
        rows[at] = tuple(cells.get(c, rows[at][c] if c < len(rows[at]) else None) for c in range(width))
    kept = tuple(row for record, row in enumerate(layout.records) if record not in without)
    return replace(layout, grid=replace(layout.grid, rows=tuple(rows)), records=kept)
