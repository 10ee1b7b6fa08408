"""Columns of numbers of any frame as whole quarter millionths: one expression for the amount, one for the gap."""

from __future__ import annotations

from typing import Any

import narwhals as nw

from consensus.definitions.amount import MILLION
from consensus.definitions.column import Column
from consensus.scoring.compiled.amounts import GRID
from consensus.scoring.compiled.kinds import Kind

Expr = nw.Expr

LARGEST = 1e12


def is_plain(dtype: Any) -> bool:
    """Return whether a column holds numbers, not texts of them."""
    return bool(dtype.is_numeric()) or dtype == nw.Boolean


def plain_number(raw: Expr, dtype: Any, column: Column, kind: Kind) -> tuple[Expr, Expr]:
    """Return amounts of a column of numbers, and where there is none; a number of more than six decimals is a fault."""
    raw = raw.cast(nw.Int8) if dtype == nw.Boolean else raw
    within = _within(raw, column)
    if column.type == "flag" or dtype.is_integer() or dtype == nw.Boolean:
        return _whole(raw, within)
    value = raw.cast(nw.Float64)
    if column.type == "integer":
        return _whole(value, within & (value.round() == value))
    rounded = (value * MILLION).round()
    # by a constant Polars multiplies with the reciprocal, which rounds otherwise
    divisor = rounded - rounded + MILLION if kind in ("polars", "lazy") else MILLION
    there = within & (rounded / divisor == value)
    return nw.when(within).then(rounded).otherwise(0.0).cast(nw.Int64) * GRID, ~there.fill_null(False)


def plain_whole(raw: Expr, dtype: Any, column: Column) -> Expr:
    """Return a column of numbers as whole numbers, -1 where there is none."""
    there = _within(raw, column)
    if not dtype.is_integer():
        there = there & (raw.round() == raw)
    return nw.when(there).then(raw).otherwise(-1).cast(nw.Int64)


def _whole(raw: Expr, there: Expr) -> tuple[Expr, Expr]:
    return nw.when(there).then(raw).otherwise(0).cast(nw.Int64) * (GRID * MILLION), ~there.fill_null(False)


def _within(raw: Expr, column: Column) -> Expr:
    """Return whether numbers lie in the column's range: NaN does not, and nothing where there is no number."""
    if column.type == "flag":
        return (raw == 0) | (raw == 1)
    low, high = column.range
    return (raw >= _limit(low or 0)) & (raw <= (LARGEST if high is None else _limit(high)))


def _limit(value: Any) -> int | float:
    return int(value) if int(value) == value else float(value)
