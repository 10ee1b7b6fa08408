"""The only place that rounds: counts, shares, intervals and points as text, half up, by language."""

from __future__ import annotations

import math
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

Number = int | float | Fraction | Decimal

ENOUGH_FOR_A_DECIMAL = 100
NO_BREAK = "\N{NO-BREAK SPACE}"


def exact(number: Number) -> Fraction:
    """Return the number as a fraction; a float counts as its shortest decimal form, so that 0.125 is an eighth."""
    return Fraction(repr(number)) if isinstance(number, float) else Fraction(number)


def half_up(number: Number, digits: int) -> Decimal:
    """Round to `digits` decimals, exact ties away from zero."""
    scaled = abs(exact(number)) * 10**digits
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(-whole if number < 0 else whole).scaleb(-digits).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def digits_for(n: int | None) -> int:
    """Return how many decimals a percentage of base `n` has: one from 100 on, else none."""
    return 1 if n is not None and n >= ENOUGH_FOR_A_DECIMAL else 0


def count(number: Number) -> str:
    """Return a count with thousands separators; fractional counts (half votes) with one decimal."""
    fraction = exact(number)
    if fraction.denominator == 1:
        return f"{fraction.numerator:,}"
    return f"{half_up(fraction, 1):,}"


def percent(share: Number, n: int | None = None, *, digits: int | None = None) -> str:
    """Return a share (0 to 1) as a percentage: `58.4%`; decimals by its base `n` unless `digits` are given."""
    return f"{percent_number(share, n, digits=digits)}%"


def percent_number(share: Number, n: int | None = None, *, digits: int | None = None) -> Decimal:
    """Return a share (0 to 1) as a rounded number of percent."""
    return half_up(exact(share) * 100, digits_for(n) if digits is None else digits)


def share_of(part: Number, n: int) -> Fraction:
    """Return part / n exactly."""
    return exact(part) / n


def of(part: Number, n: int) -> str:
    """Return `150/257 (58.4%)`."""
    return f"{count(part)}/{count(n)} ({percent(share_of(part, n), n)})"


def interval(low: float | None, high: float | None, n: int | None, to: str = "to") -> str:
    """Return `52.3 to 64.2` in percent, `to` being the word between, or an empty text where a limit can't be had."""
    if low is None or high is None or math.isnan(low) or math.isnan(high):
        return ""
    return f"{percent_number(low, n)} {to} {percent_number(high, n)}"


def of_with_interval(part: Number, n: int, low: float | None, high: float | None) -> str:
    """Return `150/257 (58.4%) [52.3 to 64.2]`."""
    limits = interval(low, high, n)
    return f"{of(part, n)} [{limits}]" if limits else of(part, n)


def decimal(number: Number, digits: int) -> str:
    """Return a number with so many decimals: `0.37`; a minus is a hyphen, which every console has."""
    return f"{half_up(number, digits)}"


def typeset(number: Number, digits: int) -> str:
    """Return a number with so many decimals and a minus sign, as a page has it: `−2.16`."""
    return decimal(number, digits).replace("-", "\N{MINUS SIGN}")


def p_value(number: Number) -> str:
    """Return a p value with three decimals: `0.042`, `<0.001`."""
    return "<0.001" if number < 0.001 else decimal(number, 3)


def signed(share: Number, digits: int) -> str:
    """Return a difference of shares (-1 to 1) in percentage points with its sign: `+4.4`, `−1.9`, `0.0`."""
    rounded = half_up(exact(share) * 100, digits)
    sign = "+" if rounded > 0 else "−" if rounded < 0 else ""
    return f"{sign}{abs(rounded)}"


def points(number: Number) -> str:
    """Return points of a definition without needless decimals: 150, 42.5."""
    fraction = exact(number)
    if fraction.denominator == 1:
        return f"{fraction.numerator:,}"
    return f"{half_up(fraction, 2).normalize():f}"


def threshold(share: Fraction) -> str:
    """Return a threshold of a rule: `75%`, `66.5%`, or as a fraction where percent would have to be rounded: `2/3`."""
    hundredths = share * 10_000
    if hundredths.denominator != 1:
        return f"{share.numerator}/{share.denominator}"
    return f"{points(hundredths / 100)}%"


def day(value: date | None) -> str:
    """Return a date as ISO text, or an empty text."""
    return "" if value is None else value.isoformat()


def plural(number: int, one: str, many: str | None = None) -> str:
    """Return `1 vote`, `2 votes`."""
    return f"{count(number)}{NO_BREAK}{one if number == 1 else many or one + 's'}"
