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
    alike = np.flatnonzero(_as_before(rows, keys))
    if not len(alike):
        return rows
    near = rows[np.unique(np.r_[alike - 1, alike])]
    cells = whole.iloc[near].astype(object)
    again = cells.map(lambda cell: None if is_missing(cell) else cell).duplicated().to_numpy()
    kept: Array = rows[~np.isin(rows, near[again])]
    return kept


def told_apart(rows: Array, keys: Keys, sessions: pd.DataFrame, condition: Condition) -> Array:
    """Return sorted rows with those of equal keys in the order in which the judge has them, by what they say."""
    alike = np.flatnonzero(_as_before(rows, keys))
    if not len(alike):
        return rows
    rows = rows.copy()
    places = np.unique(np.r_[alike - 1, alike])
    for _, tied in groupby(places.tolist(), key=lambda at: tuple(key[rows[at]] for key in keys)):
        at = list(tied)
        rows[at] = sorted(rows[at].tolist(), key=lambda row: text_key(_cells(sessions, row, condition)))
    return rows


def _as_before(rows: Array, keys: Keys) -> Array:
    """Return where a row has the keys of the row before it."""
    same = np.ones(max(len(rows) - 1, 0), bool)
    for key in keys:
        same &= key[rows[1:]] == key[rows[:-1]]
    found: Array = np.r_[np.zeros(min(len(rows), 1), bool), same]
    return found


def _cells(sessions: pd.DataFrame, row: int, condition: Condition) -> dict[str, Cell]:
    known = {column.name: column for column in condition.sessions}
    found: dict[str, Cell] = {}
    for name in sessions.columns:
        try:
            found[name] = read_cell(sessions[name].iloc[row], known[name])
        except CellFaultError:
            found[name] = None
    return found
