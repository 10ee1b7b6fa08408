"""Recorded quantities as intervals of whole millionths, so that comparisons are exact and a bound stays a bound.

On binary floats about a fifth of exact 20 % ties come out wrong; integers have no such ties.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal

from consensus.definitions.logic import Truth, negate

MILLION = 10**6
DECIMALS = 6
MOST_DIGITS = 15

_PATTERN = re.compile(r"(<=|>=|<|>)?\s*([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,3})?)", re.IGNORECASE)


class NotAnAmountError(ValueError):
    """A text that is no number and no bound; `hint` says how to mend it."""

    def __init__(self, got: str, hint: str = "") -> None:
        super().__init__(got)
        self.hint = hint


@dataclass(frozen=True, kw_only=True, slots=True)
class Amount:
    """An interval of possible values in whole millionths; a number is the interval of itself.

    `high` is None where there is no upper end; `many` is a number too large to be counted ("multiple"). With
    `both_ends` the two ends are what is known, such as the points of a class, and not those of a bound.
    """

    low: int
    high: int | None
    low_open: bool = False
    high_open: bool = False
    many: bool = False
    both_ends: bool = False

    @property
    def exact(self) -> bool:
        """Whether this is one number and not a bound."""
        return self.low == self.high and not self.many

    def __str__(self) -> str:
        if self.many:
            return "multiple"
        if self.exact:
            return decimal_text(self.low)
        if self.both_ends and self.high is not None:
            return f"{decimal_text(self.low)} to {decimal_text(self.high)}"
        if self.high is None:
            return (">" if self.low_open else ">=") + decimal_text(self.low)
        return ("<" if self.high_open else "<=") + decimal_text(self.high)

    def times(self, factor: int) -> Amount:
        """Return the amount multiplied by a whole number of at least 1."""
        high = None if self.high is None else self.high * factor
        return Amount(
            low=self.low * factor, high=high, low_open=self.low_open, high_open=self.high_open, many=self.many
        )

    def plus(self, other: Amount) -> Amount:
        """Return the amount with a number added."""
        high = None if self.high is None else self.high + other.low
        return replace(self, low=self.low + other.low, high=high)


def from_to(low: int | Decimal, high: int | Decimal) -> Amount:
    """Return the interval from one number to another, both inclusive."""
    return Amount(low=exactly(low).low, high=exactly(high).low, both_ends=True)


MANY = Amount(low=0, high=None, many=True)


def exactly(value: int | Decimal) -> Amount:
    """Return the interval of one number; NotAnAmountError if it has more than six decimals."""
    millionths = to_millionths(Decimal(value), str(value))
    return Amount(low=millionths, high=millionths)


def parse_amount(text: str, lowest: int = 0) -> Amount:
    """Return the interval that a text stands for: `50.01`, `<2`, `<=2`, `>60500`, `>=60500`.

    `lowest` (millionths) is the lower end of what is below a bound. Raises NotAnAmountError.
    """
    plain = unicodedata.normalize("NFKC", text).strip().replace("≤", "<=").replace("≥", ">=")
    match = _PATTERN.fullmatch(plain)
    if match is None:
        hint = "Write it without thousands separators." if re.fullmatch(r"[<>=]*\s*\d{1,3}(,\d{3})+", plain) else ""
        raise NotAnAmountError(f'"{text}" is not a number', hint)
    value = to_millionths(Decimal(match[2]), text)
    match match[1]:
        case None:
            return Amount(low=value, high=value)
        case "<" | "<=" as sign:
            if value < lowest or (value == lowest and sign == "<"):
                raise NotAnAmountError(f'"{text}" leaves no possible value')
            return Amount(low=lowest, high=value, high_open=sign == "<")
        case sign:
            return Amount(low=value, high=None, low_open=sign == ">")


def to_millionths(value: Decimal, text: str) -> int:
    """Return a decimal in whole millionths; NotAnAmountError if it is not finite, too large, or has more decimals."""
    if not value.is_finite() or value.adjusted() > MOST_DIGITS:
        raise NotAnAmountError(f'"{text}" is not a number that can be compared')
    scaled = value.scaleb(DECIMALS)
    whole = int(scaled)
    if scaled != whole:
        raise NotAnAmountError(f'"{text}" has more than six decimals', "Round it.")
    return whole


def decimal_text(millionths: int) -> str:
    """Return whole millionths as a decimal without trailing zeros."""
    sign, (whole, rest) = "-" if millionths < 0 else "", divmod(abs(millionths), MILLION)
    return f"{sign}{whole}" + (f".{rest:06d}".rstrip("0") if rest else "")


def above(a: Amount, b: Amount) -> Truth:
    """Return whether a > b: yes if each pair of values from the two intervals says so, no if none does, else unknown.

    `multiple` is above any number; whether it is above another `multiple` is unknown.
    """
    if a.many or b.many:
        return None if a.many and b.many else a.many
    if b.high is not None and (a.low > b.high or (a.low == b.high and (a.low_open or b.high_open))):
        return True
    if a.high is not None and a.high <= b.low:
        return False
    return None


def at_least(a: Amount, b: Amount) -> Truth:
    """Return whether a >= b, which is NOT (b > a)."""
    return negate(above(b, a))


def same(a: Amount, b: Amount) -> Truth:
    """Return whether two amounts are equal: yes for equal numbers, no if one is certainly above, else unknown."""
    if a.exact and b.exact:
        return a.low == b.low
    return False if above(a, b) or above(b, a) else None
