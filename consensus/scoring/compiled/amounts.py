"""Amounts compared as intervals on whole columns: exact, because all of it is done in whole numbers."""

from __future__ import annotations

from collections.abc import Iterable
from math import gcd

from consensus.definitions.amount import MILLION, Amount
from consensus.definitions.finding import Above, AtMost, Below, Reaches, RisesBy
from consensus.scoring.compiled.facts import Column, Fact, Numbers, any_of

GRID = 4  # millionths lie 4 apart, so that an open end of an interval is the whole number beside it
UNBOUNDED = 2**61
MANY_LOW, MANY_HIGH = UNBOUNDED + 1, UNBOUNDED + 2


def interval(amount: Amount) -> tuple[int, int]:
    """Return the two ends of an amount on the grid on which columns of numbers lie."""
    if amount.many:
        return MANY_LOW, MANY_HIGH
    low = GRID * amount.low + amount.low_open
    return low, UNBOUNDED if amount.high is None else GRID * amount.high - amount.high_open


def above(a: Numbers, b: Numbers) -> Fact:
    """Return a > b: surely if each pair of values says so, possibly if one does; a missing one leaves it open."""
    gap = a.missing | b.missing
    return Fact((a.low > b.high) & ~gap, (a.high > b.low) | gap)


def above_limit(a: Numbers, limit: Amount, *, or_equal: bool) -> Fact:
    """Return whether amounts are above a number, or equal to it."""
    past = interval(limit)[0] - or_equal
    return Fact((a.low > past) & ~a.missing, (a.high > past) | a.missing)


def equal(a: Numbers, b: Numbers) -> Fact:
    """Return a = b: surely for two equal numbers, surely not where one is above the other."""
    gap = a.missing | b.missing
    sure = (a.low == a.high) & (b.low == b.high) & (a.low == b.low)
    return Fact(sure & ~gap, ((a.low <= b.high) & (b.low <= a.high)) | gap)


def one_of(a: Numbers, values: Iterable[Amount]) -> Fact:
    """Return whether amounts are equal to one of some values."""
    return any_of(_equals(a, *interval(value)) for value in values)


def recorded(columns: Iterable[Numbers]) -> Fact:
    """Return a state told by several columns: yes where one is above 0, else no where one is not, else unknown."""
    sure: Column | None = None
    no: Column | None = None
    for one in columns:
        yes_here, no_here = (one.low > 0) & ~one.missing, (one.high <= 0) & ~one.missing
        sure = yes_here if sure is None else sure | yes_here
        no = no_here if no is None else no | no_here
    assert sure is not None
    assert no is not None
    return Fact(sure, sure | ~no)


def limited(test: Above | Reaches | Below | AtMost, now: Numbers) -> Fact:
    """Return whether amounts lie on the side of a limit that a test asks for."""
    if isinstance(test, Above | Reaches):
        return above_limit(now, test.limit, or_equal=isinstance(test, Reaches))
    return ~above_limit(now, test.limit, or_equal=isinstance(test, Below))


def rises(test: RisesBy, now: Numbers, before: Numbers) -> Fact:
    """Return whether amounts rise over others by what a test asks for; both must be recorded."""
    if test.amount is not None:
        more = GRID * test.amount.low
        wanted = Numbers(before.low + more, before.high + more, before.missing)
        fact = above(now, wanted) if test.strictly else ~above(wanted, now)
        # neither of two counts that were not made is above the other
        return fact.open_where((now.low == MANY_LOW) & (before.low == MANY_LOW))
    percent = int(test.percent * MILLION)
    if not test.strictly:
        return risen(now, before, percent)
    divisor = gcd(100 * MILLION, 100 * MILLION + percent)
    p, q = 100 * MILLION // divisor, (100 * MILLION + percent) // divisor
    return ~_reached(before, q, now, p)


def risen(now: Numbers, before: Numbers, percent: int) -> Fact:
    """Return whether amounts are at least so many percent (in millionths) over others; both must be recorded.

    It is NOT (before x (100 + percent) > now x 100), as the judge has it.
    """
    divisor = gcd(100 * MILLION, 100 * MILLION + percent)
    p, q = 100 * MILLION // divisor, (100 * MILLION + percent) // divisor
    return _reached(now, p, before, q)


def _reached(now: Numbers, p: int, before: Numbers, q: int) -> Fact:
    """Return now x p >= before x q."""
    now_many, before_many = now.low == MANY_LOW, before.low == MANY_LOW
    less = _ends_before(before, q, now, p)
    reached = ~_exceeds(_high(before), q, _low(now), p) & (before.high < UNBOUNDED)
    sure = (reached & ~now_many & ~before_many) | (now_many & ~before_many)
    return Fact(sure, ~((less & ~now_many & ~before_many) | (before_many & ~now_many)))


def _equals(a: Numbers, low: int, high: int) -> Fact:
    possible = (a.low <= high) & (a.high >= low)
    if low != high:
        return Fact(a.missing & ~a.missing, possible | a.missing)
    return Fact((a.low == low) & (a.high == low) & ~a.missing, possible | a.missing)


def _ends_before(before: Numbers, q: int, now: Numbers, p: int) -> Column:
    """Return where each value of `before` x q is surely above each of `now` x p."""
    low, high = _low(before), _high(now)
    strictly = _exceeds(low, q, high, p)
    tied = ~strictly & ~_exceeds(high, p, low, q)
    beside = (before.low % GRID != 0) | (now.high % GRID != 0)
    return (strictly | (tied & beside)) & (now.high < UNBOUNDED)


def _low(a: Numbers) -> Column:
    return a.low // GRID


def _high(a: Numbers) -> Column:
    return (a.high + 1) // GRID


def _exceeds(a: Column, p: int, b: Column, q: int) -> Column:
    """Return a x p > b x q of whole numbers that are not negative, without a product that could overflow."""
    ahead, behind = a // q, b // p
    return (ahead > behind) | ((ahead == behind) & ((a % q) * p > (b % p) * q))
