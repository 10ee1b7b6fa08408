"""Days since 1970 and back in whole numbers, as no engine turns dates into days in the same way as another."""

from __future__ import annotations

from datetime import date

import narwhals as nw

from consensus.scoring.cells import FIRST_YEAR, LAST_YEAR
from consensus.scoring.compiled.kinds import Kind

EPOCH = date(1970, 1, 1)
FIRST_DAY, LAST_DAY = ((day - EPOCH).days for day in (date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)))

YEAR, MONTH = 10_000, 100


def days_of(year: nw.Expr, month: nw.Expr, day: nw.Expr) -> nw.Expr:
    """Return days since 1970-01-01 of years after 0, months and days (Hinnant's days_from_civil)."""
    early = nw.when(month <= 2).then(1).otherwise(0)
    year = year - early
    month = month - 3 + 12 * early
    of_era = year % 400
    in_year = (153 * month + 2) // 5 + day - 1
    in_era = of_era * 365 + of_era // 4 - of_era // 100 + in_year
    return (year // 400) * 146_097 + in_era - 719_468


def digits_of(year: nw.Expr, month: nw.Expr, day: nw.Expr) -> nw.Expr:
    """Return a date as the whole number that its digits make, such as 20210304."""
    return year * YEAR + month * MONTH + day


def is_day(year: nw.Expr, month: nw.Expr, day: nw.Expr) -> nw.Expr:
    """Return whether there is such a day in the calendar and in the years that can be."""
    leap = ((year % 4 == 0) & (year % 100 != 0)) | (year % 400 == 0)
    february = (month != 2) | (day <= 28) | (leap & (day == 29))
    short = ~month.is_in([4, 6, 9, 11]) | (day <= 30)
    return ((year >= FIRST_YEAR) & (year <= LAST_YEAR) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)) & (
        february & short
    )


def counts_days(kind: Kind) -> bool:
    """Return whether the engine turns dates into days and back by itself; others go by year, month and day."""
    return kind in ("polars", "lazy", "duckdb")


def day_number(dated: nw.Expr, kind: Kind) -> nw.Expr:
    """Return days since 1970-01-01 where the engine counts them."""
    if kind == "duckdb":
        return (dated.cast(nw.Date) - nw.lit(EPOCH)).cast(nw.Int64)
    return dated.cast(nw.Date).cast(nw.Int32).cast(nw.Int64)


def date_of(code: nw.Expr, kind: Kind) -> nw.Expr:
    """Return what a stamp says of a date as a date: days since FIRST_DAY, or the digits of year, month and day."""
    if not counts_days(kind):
        return code.cast(nw.String).str.to_date("%Y%m%d")
    days = (code + FIRST_DAY).cast(nw.Int32)
    return nw.lit(EPOCH) + days if kind == "duckdb" else days.cast(nw.Date)
