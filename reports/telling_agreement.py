"""Agreement as tables on a terminal: shares with their limits, groups, numbers, verdicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from consensus.agreement.proportions import ONE_SIDED
from reports import numbers
from reports.commands.console import reason, show, show_table, spoken, words
from reports.telling_beside import show_beside, titled

if TYPE_CHECKING:
    from consensus.agreement.agree import Agreement
    from consensus.agreement.estimate import Measurement

Row = tuple[str, ...]


def show_agreement(agreement: Agreement) -> None:
    """Write all that people agree on to stdout."""
    if agreement.synthetic:
        show(words().word("SYNTHETIC answers"))
    beside = _beside(agreement)
    headers: Row = ("question", "option", "n/N", "of those", "share", "95% interval", *_beside_header(agreement))
    shares = [m for m in agreement.measurements if m.measure == "share" and m.plain]
    show_table(headers, [share_row(m, beside)[: len(headers)] for m in shares], right=(2, 4))
    if any(m.estimate.method == ONE_SIDED for m in shares):
        show(words().word("Where nobody or everybody gave an answer, its one limit is one-sided."))
    headers = ("question", "median", "quartiles", "mean", "consensus", "n")
    titled("Numbers", headers, number_rows(agreement), (1, 3, 4, 5))
    headers = ("question", "option", "group", "n/N", "share", "95% interval", "shrunken")
    for grouping in agreement.groupings:
        titled(words().by(grouping.by), headers, group_rows(agreement, grouping.by), (3, 4))
    show()
    show(words().rule(agreement.rule.sentence(spoken())))
    headers = ("criterion", "equivocal", "support", "outcome", "votes that would change it")
    show_table(headers, verdict_rows(agreement), right=(2,))
    show_beside(agreement)


def share_row(m: Measurement, beside: dict[tuple[object, ...], str]) -> Row:
    """Return a share as a row; where it can't be had, the reason stands in place of the interval."""
    e = m.estimate
    if e.value is None or e.n is None or m.count is None:
        return (m.question, m.option or "", "", reason(e.base), "", reason(e.reason), "")
    return (
        m.question,
        m.option or "",
        f"{numbers.count(m.count)}/{e.n}",
        reason(e.base),
        numbers.percent(e.value, e.n),
        numbers.interval(e.low, e.high, e.n, words().TO),
        beside.get((m.question, m.option, e.base), ""),
    )


def number_rows(agreement: Agreement) -> list[Row]:
    """Return a row for each question that was answered with numbers."""
    by_question: dict[str, dict[str, Measurement]] = {}
    for m in agreement.measurements:
        if m.plain and m.coding is None and m.option is None:
            by_question.setdefault(m.question, {})[m.measure] = m
    rows: list[Row] = []
    for question, found in by_question.items():
        if "median" not in found:
            continue
        values = {name: found[name].estimate.value for name in ("median", "q1", "q3", "mean") if name in found}
        near = found["consensus"].estimate if "consensus" in found else None
        told = "" if near is None or near.value is None else numbers.decimal(near.value, 2)
        rows.append(
            (
                question,
                *(
                    numbers.decimal(values["median"] or 0, 1),
                    f" {words().TO} ".join(numbers.decimal(values[q] or 0, 1) for q in ("q1", "q3")),
                ),
                numbers.decimal(values["mean"] or 0, 2),
                told,
                str(found["median"].estimate.n),
            )
        )
    return rows


def group_rows(agreement: Agreement, by: str) -> list[Row]:
    """Return the shares within the groups of one question, with the shrunken ones beside."""
    leaned = {
        (m.question, m.option, m.group): m.estimate for m in agreement.measurements if m.measure == "shrunken share"
    }
    rows: list[Row] = []
    for m in agreement.measurements:
        e = m.estimate
        if m.measure != "share" or m.under is not None or m.group is None or not m.group.startswith(f"{by}="):
            continue
        name = m.group.removeprefix(f"{by}=")
        if e.value is None or e.n is None or m.count is None:
            rows.append((m.question, m.option or "", name, "", "", reason(e.reason), ""))
            continue
        other = leaned[m.question, m.option, m.group].value
        shown = "" if other is None else numbers.percent(other, e.n)
        limits, part = numbers.interval(e.low, e.high, e.n, words().TO), f"{numbers.count(m.count)}/{e.n}"
        rows.append((m.question, m.option or "", name, part, numbers.percent(e.value, e.n), limits, shown))
    return rows


def verdict_rows(agreement: Agreement) -> list[Row]:
    """Return a row for each criterion and way to count equivocal answers; the study's own is starred."""
    rows: list[Row] = []
    told = words()
    for v in agreement.verdicts:
        share = reason(v.support.reason) if v.support.value is None else numbers.percent(v.support.value, v.support.n)
        flips = [told.flip(str(f.votes), f.from_option, f.to_option, told.word(f.becomes)) for f in v.flips]
        coding = told.word(v.coding or "") + (" *" if v.coding == agreement.equivocal else "")
        rows.append((v.criterion, coding, share, told.word(v.outcome), told.listed(flips)))
    return rows


def _beside_header(agreement: Agreement) -> Row:
    under = {m.under for m in agreement.measurements}
    if "design" in under:
        return ("by the design",)
    return ("band over hospitals",) if any(u and u.startswith("icc") for u in under) else ()


def _beside(agreement: Agreement) -> dict[tuple[object, ...], str]:
    """Return the limits by the design, or the widest of the band, of each share."""
    found: dict[tuple[object, ...], str] = {}
    for m in agreement.measurements:
        e = m.estimate
        if m.measure == "share" and m.group is None and m.under and (m.under == "design" or m.under.startswith("icc")):
            found[m.question, m.option, e.base] = numbers.interval(e.low, e.high, e.n, words().TO) or reason(e.note)
    return found
