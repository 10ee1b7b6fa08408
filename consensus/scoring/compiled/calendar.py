"""Days since 1970 and back in whole numbers, as no engine turns dates into days in the same way as another."""

from __future__ import annotations

import narwhals as nw

from consensus.scoring.cells import FIRST_YEAR, LAST_YEAR

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


def text_of(digits: nw.Expr) -> nw.Expr:
    """Return such digits as a date."""
    return digits.cast(nw.String).str.to_date("%Y%m%d")
