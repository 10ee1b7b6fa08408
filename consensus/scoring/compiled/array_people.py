"""Columns of patients as arrays: what verdicts are told from, beside what came true at sessions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from consensus.definitions.amount import Amount
from consensus.definitions.column import Column
from consensus.definitions.condition import Condition
from consensus.scoring.cells import CellFaultError, fold, read_cell
from consensus.scoring.compiled.amounts import interval
from consensus.scoring.compiled.array_cells import Array, read_numbers, read_words
from consensus.scoring.compiled.facts import Numbers, Words
from consensus.scoring.derived import computable, with_derived


class ArrayPeople:
    """Patients of a pandas frame in their order."""

    condition: Condition
    patients: pd.DataFrame
    ids: Array

    def where(self, test: Any, yes: Any, no: Any) -> Any:
        """Return one or the other."""
        return np.where(test, yes, no)

    def least(self, columns: Sequence[Any]) -> Any:
        """Return the least of some columns."""
        return np.minimum.reduce(list(columns))

    def everyone(self) -> Array:
        """Return a flag that holds for each patient."""
        return np.ones(len(self.ids), bool)

    def chose(self, column: str, choice: str) -> Array:
        """Return where a patient's column holds a choice."""
        words = self.words_at_patient(column)
        found: Array = self.among_patients(words, column, (choice,))
        return found

    def at_patient(self, column: str) -> Numbers:
        """Return a patient's column of amounts; all missing where there is no such column."""
        return numbers_of(self.patients, self.condition.column("patients", column), self.condition.patients)

    def words_at_patient(self, column: str) -> Words:
        """Return a patient's column of texts or choices."""
        if column not in self.patients:
            none: Array = np.full(len(self.ids), -1)
            return Words(none, none < 0)
        return read_words(self.patients[column], self.condition.column("patients", column))[0]

    def among_patients(self, words: Words, column: str, values: Sequence[str]) -> Array:
        """Return where a text of patients is one of these."""
        if column not in self.patients:
            return ~self.everyone()
        vocabulary = read_words(self.patients[column], self.condition.column("patients", column))[1]
        wanted = {fold(value) for value in values}
        return np.isin(words.code, [at for at, text in enumerate(vocabulary) if text in wanted])


def numbers_of(frame: pd.DataFrame, column: Column, columns: Sequence[Column]) -> Numbers:
    """Return a column of amounts of a frame, with its empty cells computed where it has a formula."""
    if column.name in frame:
        found = read_numbers(frame[column.name], column)
    else:
        zero = np.zeros(len(frame), np.int64)
        found = Numbers(zero, zero, np.ones(len(frame), bool))
    if column.formula is None:
        return found
    derived = computable(columns, frame.columns)
    names = {name for one in derived if one.formula is not None for name in (one.name, *one.formula.names)}
    known = [one for one in columns if one.name in names and one.name in frame]
    if column not in derived:
        return found
    low, high, missing = found.low.copy(), found.high.copy(), found.missing.copy()
    rows = np.flatnonzero(missing)
    cells = {one.name: [_read(value, one) for value in frame[one.name].iloc[rows].tolist()] for one in known}
    for at, row in enumerate(rows):
        cell = with_derived({name: values[at] for name, values in cells.items()}, derived).get(column.name)
        if isinstance(cell, Amount):
            (low[row], high[row]), missing[row] = interval(cell), False
    return Numbers(low, high, missing)


def _read(value: object, column: Column) -> Any:
    try:
        return read_cell(value, column)
    except CellFaultError:
        return None
