"""Cells that are computed from others of the same row, where they were not recorded."""

from __future__ import annotations

from collections.abc import Iterable

from consensus.definitions.column import Column
from consensus.scoring.cells import Cell


def computable(columns: Iterable[Column], has: Iterable[str]) -> list[Column]:
    """Return the columns with a formula of which something is there, or computed from what is there, in their order."""
    known, found = set(has), list[Column]()
    for column in columns:
        if column.formula is not None and known & set(column.formula.names):
            known.add(column.name)
            found.append(column)
    return found


def with_derived(cells: dict[str, Cell], columns: Iterable[Column]) -> dict[str, Cell]:
    """Fill the empty cells of a row whose column has a formula, in the order of the columns, and return the row."""
    for column in columns:
        if column.formula is not None and cells.get(column.name) is None:
            value = column.formula.value(cells)
            if value is not None:
                cells[column.name] = value
    return cells
