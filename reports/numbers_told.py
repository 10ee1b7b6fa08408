"""From results to rows of numbers, and from rows to marked text: what sections show numbers with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reports import numbers
from reports.numbers_marked import NumberRow, mark

if TYPE_CHECKING:
    from collections.abc import Callable

    from consensus.agreement.estimate import Estimate, Measurement
    from consensus.rules.flips import Flip
    from consensus.rules.rule import Rule
    from consensus.rules.verdict import RuleVerdict

AS_VOTED = "as-voted"
OF_CRITERIA = ("endorsement", "margin", "verdict")
COUNTED = "count"
# The ways that a question's first estimate is made; one that is made otherwise says so in its id.
USUAL = ("wilson", "normal", "none", "median of the given numbers")
SHARE_IN_REASON = re.compile(r"(?P<share>[\d.]+%) \((?P<count>[\d,.]+) of (?P<n>[\d,]+)\)")
USUAL_BASES = ("answered", "committed")


def measured(m: Measurement) -> NumberRow:
    """Return the row of an estimate of `agree --json`.

    Its id is made of what the estimate is of: `share/QUESTION/OPTION/BASE`, `endorsement/QUESTION/CODING`,
    `median/QUESTION`, and then the base, the round, the group and the method, each only where it is not the usual one.
    """
    e = m.estimate
    if m.measure == "share":
        names = [m.measure, m.question, m.option, m.coding, e.base]
    else:
        coding = m.coding or (AS_VOTED if m.measure in OF_CRITERIA else None)
        names = [m.measure, m.question, m.option, coding, _unusual_base(e.base)]
    how = None
    if m.under is not None:
        how = m.under.replace(" ", "-")
    elif m.measure in ("share", "endorsement"):
        how = _unusual_method(e.method)
    names += [f"round-{m.round}" if m.round is not None else None, m.group, how]
    return estimated("/".join(str(name) for name in names if name is not None), e, m.count)


def supported(verdict: RuleVerdict) -> NumberRow:
    """Return the row of the support that a verdict rests on."""
    e = verdict.support
    names = ["endorsement", verdict.question, verdict.coding or AS_VOTED, _unusual_base(e.base)]
    name = "/".join(part for part in (*names, _unusual_method(e.method)) if part)
    return estimated(name, e, None if verdict.votes is None else float(verdict.votes))


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
    e, shown = estimate, None if count is None else float(count)
    return NumberRow(
        id=name, value=e.value, low=e.low, high=e.high, base=e.base, n=e.n, method=e.method, count=shown
    )  # fmt: skip


def reasoned(name: str, reason: str, worded: Callable[[str, str, str], str]) -> str:
    """Return a reason that was worded below reports with its share, `58.4% (150 of 257)`, marked as the row `name`.

    `worded` says the share, its count and its base in the report's language.
    """
    found = SHARE_IN_REASON.search(reason)
    if found is None:
        return reason
    count, n = float(found["count"].replace(",", "")), int(found["n"].replace(",", ""))
    row = part_of(name, count, n, base="answered")
    return (
        reason[: found.start()] + mark(row, worded(found["share"], found["count"], found["n"])) + reason[found.end() :]
    )


def threshold(rule: Rule) -> str:
    """Return the rule's threshold, `75%`, marked; empty for a rule that has no one threshold."""
    if rule.threshold is None:
        return ""
    return mark(
        NumberRow(id="rule/threshold", value=float(rule.threshold), method=str(rule)), numbers.threshold(rule.threshold)
    )


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


def coefficient(row: NumberRow, digits: int = 2) -> str:
    """Return `0.37`, marked."""
    return "" if row.value is None else mark(row, numbers.typeset(row.value, digits))


def coefficient_limits(row: NumberRow, to: str, digits: int = 2) -> str:
    """Return `0.31 to 0.43`, marked; an empty text where there are no limits."""
    if row.low is None or row.high is None:
        return ""
    return mark(row, f"{numbers.typeset(row.low, digits)} {to} {numbers.typeset(row.high, digits)}")


def p_value(row: NumberRow) -> str:
    """Return a p value with three decimals, or that it is below the smallest such, marked."""
    return mark(row, numbers.p_value(row.value if row.value is not None else 1.0))


def points_apart(row: NumberRow, digits: int) -> str:
    """Return a difference of shares in percentage points, `+4.4`, marked; empty where there is none."""
    return "" if row.value is None else mark(row, numbers.signed(row.value, digits))


def points_between(row: NumberRow, digits: int, to: str) -> str:
    """Return the limits of a difference of shares, `-1.9 to +10.3`, marked; empty where there are none."""
    if row.low is None or row.high is None:
        return ""
    return mark(row, f"{numbers.signed(row.low, digits)} {to} {numbers.signed(row.high, digits)}")


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


def _unusual_base(base: str) -> str | None:
    return None if base in USUAL_BASES else base


def _unusual_method(method: str) -> str | None:
    usual = not method or method.split(":")[0].split(";")[0] in USUAL
    return None if usual else re.sub(r"[^a-z0-9.]+", "-", method.lower()).strip("-")
