"""Months without a day as expressions: what they are in days, the order of sessions by them, how they are written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

import narwhals as nw

from consensus.definitions.column import Column
from consensus.scoring.cells import CellFaultError, read_cell
from consensus.scoring.compiled.calendar import MONTH, days_of
from consensus.scoring.compiled.kinds import fetched
from consensus.scoring.months import Month

Expr: TypeAlias = nw.Expr
Steps: TypeAlias = tuple[dict[str, Expr], ...]
NEVER = -(10**8)  # a day before all days
START, FIRST, LAST, KEY = "cluster_start", "first_day", "last_day", "cluster_key"


def months_of(frame: nw.LazyFrame[Any], columns: Mapping[str, tuple[str, Column]], dated: str) -> dict[str, Any]:
    """Return the texts of date columns that are only a month, with that month, by name; none where there are none.

    Each different text that is no date of the pattern `dated` is read once, as the judge reads it.
    """
    schema, found = frame.collect_schema(), dict[str, dict[str, Month]]()
    for name, (header, column) in columns.items():
        if column.type == "date" and schema[header] == nw.String:
            text = nw.col(header)
            rows = fetched(frame.select(header).unique().filter(~text.is_null() & ~text.str.contains(dated)))
            read = {said: cell for (said,) in rows if isinstance(cell := _read(said, column), Month)}
            if read:
                found[name] = read
    return found


def with_months(name: str, raw: Expr, dated: Steps, months: Mapping[str, Month]) -> Steps:
    """Return the steps of a column of dates of which some are only a month: their first and last day, their digits."""
    by_month: dict[Month, list[str]] = {}
    for text, month in months.items():
        by_month.setdefault(month, []).append(text)
    code: Any = nw.when(raw.is_null()).then(0).otherwise(0)
    for month, texts in by_month.items():
        code = nw.when(raw.is_in(texts)).then(month.year * MONTH + month.month).otherwise(code)
    first_, *between, done = dated
    own = nw.col(f"{name}__mo")
    year, month_ = own // MONTH, own % MONTH
    # of the month after it the first day is one too many
    day, after = (
        days_of(year, month_, month_ - month_ + 1),
        days_of(year + month_ // 12, month_ % 12 + 1, month_ - month_ + 1),
    )
    is_month = own > 0
    whole = {
        f"{name}__a": nw.when(is_month).then(day).otherwise(done[f"{name}__a"]),
        f"{name}__l": nw.when(is_month).then(after - 1).otherwise(done[f"{name}__a"]),
        f"{name}__b": nw.when(is_month).then(own * MONTH).otherwise(done[f"{name}__b"]),
        f"{name}__gap": done[f"{name}__gap"] & ~is_month,
    }
    return ({**first_, f"{name}__mo": code.cast(nw.Int64)}, *between, whole)


def clustered(frame: nw.LazyFrame[Any], patient: str, low: str, last: str) -> nw.LazyFrame[Any]:
    """Return sessions with the first day of their cluster: dates of a patient that overlap, one through another."""
    key = (nw.col(low) * 2**20 + (nw.col(last) - nw.col(low))).alias(KEY)
    frame = frame.with_columns(key)
    until = nw.col(last).cum_max().over(patient, order_by=KEY)
    frame = frame.with_columns(until=until)
    before = nw.col("until").shift(1).over(patient, order_by=KEY).fill_null(NEVER)
    frame = frame.with_columns(new=nw.when(nw.col(low) > before).then(nw.col(low)).otherwise(NEVER))
    start = nw.col("new").cum_max().over(patient, order_by=KEY)
    # two sessions of one month have no order here, and engines may put them in another one at each look
    frame = frame.with_columns(**{START: start})
    return frame.with_columns(**{START: nw.col(START).max().over(patient, KEY)}).drop(KEY, "until", "new")


def narrowed(frame: nw.LazyFrame[Any], patient: str, low: str, last: str, order: str) -> nw.LazyFrame[Any]:
    """Return ordered sessions with the first and last day that each can lie on, given those around it."""
    first = nw.col(low).cum_max().over(patient, order_by=order)
    until = nw.col(last).cum_min(reverse=True).over(patient, order_by=order)
    return frame.with_columns(**{FIRST: first, LAST: until})


def open_order(patient: str, low: str, last: str, number: str) -> Expr:
    """Return where it is open which of two sessions came first: a month among several that are not all numbered."""
    month = nw.when(nw.col(last) > nw.col(low)).then(1).otherwise(0).max().over(patient, START) > 0
    bare = nw.when(nw.col(number) < 0).then(1).otherwise(0).max().over(patient, START) > 0
    return (month & bare & (nw.len().over(patient, START) > 1)) | (nw.col(FIRST) > nw.col(LAST))


def written_of(digits: Expr) -> Expr:
    """Return the digits of a date as a text: 20210304 as 2021-03-04, those of a month, 20210300, as 2021-03."""
    text = digits.cast(nw.String)
    month = nw.concat_str([text.str.slice(0, 4), text.str.slice(4, 2)], separator="-")
    day = nw.concat_str([month, text.str.slice(6, 2)], separator="-")
    return nw.when(digits % MONTH == 0).then(month).otherwise(day)


def _read(text: object, column: Column) -> object:
    try:
        return read_cell(text, column)
    except CellFaultError:
        return None
