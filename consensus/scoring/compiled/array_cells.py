"""A column of a pandas frame -> arrays of whole numbers without gaps; each different text is read once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from consensus.definitions.amount import MILLION, Amount
from consensus.definitions.column import Column
from consensus.scoring.cells import FIRST_YEAR, LAST_YEAR, Cell, CellFaultError, fold, read_cell, text_of
from consensus.scoring.compiled.amounts import GRID, interval
from consensus.scoring.compiled.facts import Days, Numbers, Words
from consensus.scoring.months import Month, ends

Array: TypeAlias = NDArray[Any]

EXACT = 1e9  # beyond this a float's shortest decimal form may not be the nearest millionth
EPOCH = date(1970, 1, 1)
EARLIEST, LATEST = (date(FIRST_YEAR, 1, 1) - EPOCH).days, (date(LAST_YEAR, 12, 31) - EPOCH).days
NUMERIC = "iuf"


def read_numbers(raw: pd.Series, column: Column) -> Numbers:
    """Return a column of amounts; a cell at fault is missing, as the judge's reader has it."""
    if _is_numeric(raw):
        found = _plain_numbers(_floats(raw), column)
        if found is not None:
            return found
    return _parsed(raw, lambda cell: interval(cell) if isinstance(cell, Amount) else None, column)


def read_words(raw: pd.Series, column: Column) -> tuple[Words, tuple[str, ...]]:
    """Return a column of texts or choices as codes, with the folded text of each code."""
    codes, different = _different(raw)
    read = [_read(value, column) for value in different]
    folded = [None if cell is None else fold(str(cell)) for cell in read]
    vocabulary = {text: at for at, text in enumerate(dict.fromkeys(t for t in folded if t is not None))}
    of_code = np.array([-1 if text is None else vocabulary[text] for text in folded] + [-1], dtype=np.int64)
    code = of_code[codes]
    silent = None
    if column.says_nothing:
        nothing = [vocabulary.get(fold(choice), -2) for choice in column.says_nothing]
        silent = np.isin(code, nothing)
    return Words(code, code < 0, silent), tuple(vocabulary)


def read_days(raw: pd.Series, column: Column) -> Days:
    """Return a column of dates as days since 1970; times of day are dropped, a month is its first and last day."""
    if isinstance(raw.dtype, pd.DatetimeTZDtype):
        raw = raw.dt.tz_localize(None)
    if raw.dtype.kind == "M":
        stamps = raw.to_numpy(dtype="datetime64[s]")
        gap = np.isnat(stamps)
        day = np.where(gap, 0, stamps.astype(np.int64) // 86_400)
        gap = gap | (day < EARLIEST) | (day > LATEST)
        return Days(np.where(gap, 0, day), gap)
    codes, different = _different(raw)
    read = [_read(value, column) for value in different]
    found = [ends(cell) if isinstance(cell, date | Month) else None for cell in read]
    gap = np.array([pair is None for pair in found] + [True])[codes]
    first, last = (
        np.array([(pair[at] - EPOCH).days if pair is not None else 0 for pair in found] + [0], dtype=np.int64)[codes]
        for at in (0, 1)
    )
    return Days(first, gap, last if any(isinstance(cell, Month) for cell in read) else None)


def coded_ids(raw: pd.Series) -> tuple[Array, Array]:
    """Return for each row the place of its patient's id among the different ones, and these as texts, None for none.

    They are written as the judge writes them; the last one, place -1, is that of a row without an id.
    """
    codes, different = _different(raw)
    texts = different if _all_plain(different) else [_id_of(value) for value in different]
    return codes, np.array([*texts, None], dtype=object)


def _all_plain(different: list[object]) -> bool:
    """Return whether all of them are texts without any white space, which is told of all at once."""
    if set(map(type, different)) != {str}:
        return False
    whole = "".join(map(str, different))
    return "" not in different and whole.split(None, 1) == [whole]


def _id_of(value: object) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else text_of(_plain(value)) or None


def read_ids(raw: pd.Series) -> pd.Series:
    """Return patients' ids as texts; None where there is none."""
    codes, texts = coded_ids(raw)
    return pd.Series(texts[codes], dtype=object)


def _is_numeric(raw: pd.Series) -> bool:
    return getattr(raw.dtype, "kind", "O") in NUMERIC


def _floats(raw: pd.Series) -> Array:
    return raw.to_numpy(dtype=np.float64, na_value=np.nan)


def _plain_numbers(values: Array, column: Column) -> Numbers | None:
    """Return numbers of a numeric column, or None where they are too large to be told exactly this way."""
    gap = np.isnan(values)
    with np.errstate(invalid="ignore"):
        if bool((np.abs(values) >= EXACT).any()):
            return None
        scaled = np.rint(values * MILLION)
        if not bool(gap.all()):
            gap = gap | (scaled / MILLION != values)
        low, high = column.range
        gap = gap | (values < float(low or 0))
        if high is not None:
            gap = gap | (values > float(high))
        if column.type == "flag":
            gap = gap | ((values != 0) & (values != 1))
        elif column.type == "integer":
            gap = gap | (np.rint(values) != values)
    whole = np.where(gap, 0, scaled).astype(np.int64) * GRID
    return Numbers(whole, whole, gap)


def _parsed(raw: pd.Series, ends: Callable[[Cell], tuple[int, int] | None], column: Column) -> Numbers:
    codes, different = _different(raw)
    found = [ends(_read(value, column)) for value in different]
    gap = np.array([pair is None for pair in found] + [True])[codes]
    low = np.array([pair[0] if pair else 0 for pair in found] + [0], dtype=np.int64)[codes]
    high = np.array([pair[1] if pair else 0 for pair in found] + [0], dtype=np.int64)[codes]
    return Numbers(low, low if bool((low == high).all()) else high, gap)


def _different(raw: pd.Series) -> tuple[Array, list[object]]:
    """Return for each cell the place of its value among the different ones; the last place is that of a gap."""
    try:
        codes, different = pd.factorize(raw)
    except TypeError:  # a cell that can't be hashed
        codes, different = pd.factorize(raw.map(str))
    return np.asarray(codes), different.tolist()


def _plain(value: object) -> object:
    return value.item() if hasattr(value, "item") else value


def _read(value: object, column: Column) -> Cell:
    try:
        return read_cell(value, column)
    except CellFaultError:
        return None
