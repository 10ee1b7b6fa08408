"""Sessions that stand twice, and sessions of one day without numbers: rare, so looked at only where they occur."""

from __future__ import annotations

from itertools import groupby

import numpy as np
import pandas as pd

from consensus.definitions.condition import Condition
from consensus.scoring.cells import Cell, CellFaultError, is_missing, read_cell
from consensus.scoring.compiled.array_cells import Array
from consensus.scoring.course import text_key

Keys = tuple[Array, ...]


def sorted_once(rows: Array, keys: Keys, whole: pd.DataFrame) -> Array:
    """Return sorted rows without those that are equal to an earlier one in every cell; their keys lie side by side."""
    alike = _as_before(rows, keys)
    if not len(alike):
        return rows
    near = rows[np.unique(np.r_[alike - 1, alike])]
    cells = whole.iloc[near].astype(object)
    again = cells.map(lambda cell: None if is_missing(cell) else cell).duplicated().to_numpy()
    kept: Array = rows[~np.isin(rows, near[again])]
    return kept


def told_apart(rows: Array, keys: Keys, sessions: pd.DataFrame, condition: Condition) -> Array:
    """Return sorted rows with those of equal keys in the order in which the judge has them, by what they say."""
    alike = _as_before(rows, keys)
    if not len(alike):
        return rows
    rows = rows.copy()
    places = np.unique(np.r_[alike - 1, alike])
    for _, tied in groupby(places.tolist(), key=lambda at: tuple(key[rows[at]] for key in keys)):
        at = list(tied)
        rows[at] = sorted(rows[at].tolist(), key=lambda row: text_key(_cells(sessions, row, condition)))
    return rows


def _as_before(rows: Array, keys: Keys) -> Array:
    """Return the places of rows that have the keys of the row before them."""
    at: Array = np.arange(1, len(rows))
    for key in reversed(keys):  # numbers and days differ nearly everywhere, patients do not
        if len(at) == len(rows) - 1:
            values = key[rows]
            at = at[values[1:] == values[:-1]]
        else:
            at = at[key[rows[at]] == key[rows[at - 1]]]
    return at


def _cells(sessions: pd.DataFrame, row: int, condition: Condition) -> dict[str, Cell]:
    known = {column.name: column for column in condition.sessions}
    found: dict[str, Cell] = {}
    for name in sessions.columns:
        try:
            found[name] = read_cell(sessions[name].iloc[row], known[name])
        except CellFaultError:
            found[name] = None
    return found
