"""One cell of a sheet of courses -> what it says, typed by its column, or what is wrong with it in plain words."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias

import pandas as pd

from consensus.definitions.amount import MANY, MILLION, Amount, NotAnAmountError, above, exactly, from_to, parse_amount
from consensus.definitions.column import Column
from consensus.scoring.months import Month, parse_month, zero_lost
from questionnaires.problems import did_you_mean

Cell: TypeAlias = Amount | str | date | Month | None

FIRST_YEAR, LAST_YEAR = 1900, 2200
# 1.0 and 0.0: how a column of flags with gaps is written by programs that hold it as floats
FLAGS = {"1": 1, "0": 0, "1.0": 1, "0.0": 0, "yes": 1, "no": 0, "true": 1, "false": 0, "是": 1, "否": 0}

_DATE = re.compile(r"(\d{4})(?:[-/.]|\s*年\s*)(\d{1,2})(?:[-/.]|\s*月\s*)(\d{1,2})\s*日?(?:[ T]\d{1,2}:\d{2}.*)?")


class CellFaultError(ValueError):
    """What is wrong with one cell: got, expected, hint."""

    def __init__(self, got: str, expected: str, hint: str = "") -> None:
        super().__init__(got)
        self.got, self.expected, self.hint = got, expected, hint


def is_missing(raw: object) -> bool:
    """Return whether a cell is empty: None, a null of any kind, an empty text or white space only."""
    if raw is None or raw is pd.NA or raw is pd.NaT:
        return True
    if isinstance(raw, str):
        return not raw.strip()
    return isinstance(raw, float) and raw != raw


def fold(text: str) -> str:
    """Return a text as it is compared: without letter case, outer and repeated inner white space."""
    return " ".join(text.split()).casefold()


def read_cell(raw: object, column: Column) -> Cell:
    """Return what a cell says: an Amount (integer, number, flag), a text, a date, a Month, or None where it is empty.

    Raises CellFaultError for anything that the column can't hold.
    """
    if is_missing(raw):
        return None
    raw = raw.item() if hasattr(raw, "item") else raw
    if column.words and isinstance(raw, str) and raw not in column.choices:
        raw = _stands_for(raw, column)
    match column.type:
        case "text":
            return text_of(raw)
        case "date":
            return _date(raw, column)
        case "choice":
            return _choice(text_of(raw), column)
        case "flag":
            return _flag(text_of(raw), column)
        case _:
            return _amount(text_of(raw), column)


def _stands_for(raw: str, column: Column) -> str:
    """Return what a usual word stands for in a column, else the word itself."""
    word = fold(unicodedata.normalize("NFKC", raw))
    return next((ours for theirs, ours in column.words if fold(theirs) == word), raw)


def text_of(raw: object) -> str:
    """Return a cell as text; a whole number without its decimal point, white space as single blanks."""
    if isinstance(raw, bool):
        return "1" if raw else "0"
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() and abs(raw) < 1e15 else repr(raw)
    if isinstance(raw, datetime):
        return raw.date().isoformat()
    return " ".join(str(raw).split())


def plain(cell: Cell, column: Column) -> object:
    """Return a cell as a data frame holds it: int, float, date or text; bounds and months stay as they are written."""
    if isinstance(cell, Amount):
        if cell.many:
            return column.many
        if not cell.exact:
            return str(cell)
        whole = column.type != "number"
        return cell.low // MILLION if whole else float(Decimal(cell.low) / MILLION)
    return str(cell) if isinstance(cell, Month) else cell


def date_series(values: list[object]) -> pd.Series:
    """Return dates as datetime64; as dates and texts where some are only a month, such as 2022-01."""
    if any(isinstance(value, str | Month) for value in values):
        days = [value.date() if isinstance(value, datetime) else value for value in values]
        return pd.Series([str(day) if isinstance(day, Month) else day for day in days], dtype=object)
    return pd.to_datetime(pd.Series(values, dtype=object)).astype("datetime64[s]")


def dated(value: object) -> date | Month | None:
    """Return the date that a cell of `date_series` holds."""
    if is_missing(value):
        return None
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else parse_month(str(value))


def whole_days(values: pd.Series) -> pd.Series:
    """Return a column of dates as datetime64, with nothing where only a month is known."""
    if values.dtype.kind == "M":
        return values
    days = [day if isinstance(day := dated(value), date) else None for value in values]
    return pd.Series(pd.to_datetime(pd.Series(days, dtype=object)).astype("datetime64[s]").array, index=values.index)


def _amount(text: str, column: Column) -> Amount:
    if column.many is not None and fold(text) == fold(column.many):
        return MANY
    for word, low, high in column.spans:
        if fold(text) in (fold(word), f"{low} to {high}"):
            return from_to(low, high)
    if column.unit == "percent":
        text = text.removesuffix("%").removesuffix("％").rstrip()
    start, end = column.range
    try:
        least = exactly(start or 0)
        amount = parse_amount(text, lowest=least.low)
    except NotAnAmountError as error:
        raise CellFaultError(f"{error} for {column.name}", column.expected(), error.hint) from None
    if column.type == "integer" and any(each % MILLION for each in (amount.low, amount.high) if each is not None):
        raise CellFaultError(f'"{text}" is not a whole number for {column.name}', column.expected())
    if amount.low < least.low or (end is not None and _beyond(amount, exactly(end))):
        raise CellFaultError(f"{column.name} {text} is out of range", column.expected(), _other_unit(amount, column))
    return amount


def _other_unit(amount: Amount, column: Column) -> str:
    """Return a hint where the number would lie within the range in another usual unit."""
    low, high = column.range
    for unit, factor in column.units:
        value = Decimal(amount.low) / MILLION * factor
        if (low or 0) <= value and (high is None or value <= high):
            return f"In {unit} it would be {value.normalize():f} {column.unit}: give the unit under [courses.units]."
    return ""


def _beyond(amount: Amount, high: Amount) -> bool:
    return above(amount, high) is True


def _flag(text: str, column: Column) -> Amount:
    value = FLAGS.get(fold(unicodedata.normalize("NFKC", text)))
    if value is None:
        raise CellFaultError(f'"{text}" is not an answer to {column.name}', column.expected())
    return exactly(value)


def _choice(text: str, column: Column) -> str:
    wanted = fold(unicodedata.normalize("NFKC", text))
    for choice in column.choices:
        if fold(choice) == wanted:
            return choice
    hint = did_you_mean(text, column.choices)
    raise CellFaultError(f'"{text}" is not a choice of {column.name}', column.expected(), hint)


def _date(raw: object, column: Column) -> date | Month:
    if isinstance(raw, datetime):
        return _in_years(raw.date(), column)
    if isinstance(raw, date):
        return _in_years(raw, column)
    if isinstance(raw, Month):
        return raw
    text = unicodedata.normalize("NFKC", text_of(raw))
    match = _DATE.fullmatch(text)
    if match is None:
        month, hint = parse_month(text), ""
        if month is not None:
            _in_years(month.first, column)
            return month
        if zero_lost(text):
            hint = "January or October? A spreadsheet drops the last zero: write the day, or the month as 2022-01."
        elif re.fullmatch(r"\d{5}(\.\d+)?", text):
            hint = "It looks like a date that lost its format: format the cells as dates."
        elif re.fullmatch(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}", text):
            hint = "Write the year first, with four digits: day and month can't be told apart."
        raise CellFaultError(f'"{text}" is not a date for {column.name}', column.expected(), hint)
    try:
        return _in_years(date(int(match[1]), int(match[2]), int(match[3])), column)
    except ValueError as error:
        if isinstance(error, CellFaultError):
            raise
        raise CellFaultError(f'"{text}" is not a day of the calendar', column.expected()) from None


def _in_years(day: date, column: Column) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise CellFaultError(f"{column.name} {day.isoformat()} can't be", column.expected())
    return day
