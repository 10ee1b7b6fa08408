"""From results to rows of numbers, and from rows to marked text: what sections show numbers with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import numbers
from reports.numbers_marked import NumberRow, mark

if TYPE_CHECKING:
    from consensus.agreement.estimate import Estimate, Measurement
    from consensus.rules.flips import Flip
    from consensus.rules.verdict import RuleVerdict

AS_VOTED = "as-voted"
COUNTED = "count"


def measured(m: Measurement) -> NumberRow:
    """Return the row of an estimate of `agree --json`."""
    names = [m.measure, m.question, m.option, m.coding, m.estimate.base]
    if m.measure == "endorsement":
        names = [m.measure, m.question, m.coding or AS_VOTED]
    if m.measure == "median":
        names = [m.measure, m.question]
    names += [f"round-{m.round}" if m.round is not None else None, m.group]
    return _estimated("/".join(str(name) for name in names if name is not None), m.estimate, m.count)


def supported(verdict: RuleVerdict) -> NumberRow:
    """Return the row of the support that a verdict rests on."""
    name = f"endorsement/{verdict.question}/{verdict.coding or AS_VOTED}"
    return _estimated(name, verdict.support, None if verdict.votes is None else float(verdict.votes))


def opposed(verdict: RuleVerdict) -> NumberRow:
    """Return the row of the votes against a criterion: one less the support."""
    against, n = verdict.against, verdict.support.n
    return NumberRow(
        id=f"against/{verdict.question}/{verdict.coding or AS_VOTED}",
        value=float(against / n) if against is not None and n else None,
        base=verdict.support.base,
        n=n,
        method="1 - endorsement",
        count=None if against is None else float(against),
    )


def flipped(verdict: RuleVerdict, flip: Flip) -> NumberRow:
    """Return the row of the votes that would have to move from one answer to another."""
    name = f"flip/{verdict.question}/{verdict.coding or AS_VOTED}/{flip.from_option}/{flip.to_option}"
    return NumberRow(id=name, value=flip.votes, base=verdict.base, method="fewest votes that change the verdict")


def estimated(name: str, estimate: Estimate, count: float | None = None) -> NumberRow:
    """Return the row of any estimate under a name of its own."""
    return _estimated(name, estimate, count)


def part_of(name: str, count: float, n: int, *, base: str, method: str = COUNTED) -> NumberRow:
    """Return the row of a share that is nothing but a count of a base."""
    return NumberRow(id=name, value=float(numbers.share_of(count, n)), base=base, n=n, method=method, count=count)


def counted(name: str, number: float, *, method: str = COUNTED) -> NumberRow:
    """Return the row of a bare number."""
    return NumberRow(id=name, value=number, method=method)


def of(row: NumberRow) -> str:
    """Return `150/257 (58.4%)`, marked; the row must have a count and a base."""
    assert row.count is not None
    assert row.n is not None
    return mark(row, numbers.of(row.count, row.n))


def percent(row: NumberRow) -> str:
    """Return `58.4%`, marked."""
    return mark(row, numbers.percent(row.value or 0, row.n))


def limits(row: NumberRow, to: str) -> str:
    """Return `52.3 to 64.2`, marked, `to` being the word between; an empty text where there are no limits."""
    shown = numbers.interval(row.low, row.high, row.n, to)
    return mark(row, shown) if shown else ""


def number(row: NumberRow) -> str:
    """Return the row's value as a count with separators, marked."""
    return mark(row, numbers.count(row.value or 0))


def base_size(row: NumberRow) -> str:
    """Return the size of the row's base, marked."""
    return mark(row, numbers.count(row.n or 0))


def votes(row: NumberRow) -> str:
    """Return the votes behind the row, marked."""
    return mark(row, numbers.count(row.count or 0))


def points(row: NumberRow) -> str:
    """Return the row's value as points, marked."""
    return mark(row, numbers.points(row.value or 0))


def _estimated(name: str, e: Estimate, count: float | None) -> NumberRow:
    shown = None if count is None else float(count)
    return NumberRow(
        id=name, value=e.value, low=e.low, high=e.high, base=e.base, n=e.n, method=e.method, count=shown
    )  # fmt: skip
