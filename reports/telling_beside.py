"""What stands beside the shares as tables on a terminal: beyond chance, leaning, nonresponse, camps, tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import numbers
from reports.commands.console import reason, show, show_table, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from consensus.agreement.agree import Agreement
    from consensus.agreement.camps import Camps
    from consensus.agreement.criteria_compared import Pair
    from consensus.agreement.estimate import Estimate
    from consensus.agreement.relevance import ItemValidity
    from consensus.agreement.silence import Silence

Row = tuple[str, ...]
PARADOX = (
    "Most pairs agree here, yet kappa is far below AC1 or can't be had: the more answers lean one way, the more it "
    "puts down to chance. Read AC1 beside it."
)


def show_beside(agreement: Agreement) -> None:
    """Write what stands beside estimates and verdicts to stdout, each part only where there is something to tell."""
    further = agreement.further
    rows = [row for block in further.blocks for row in _block(block.block.name, block.estimates)]
    titled("Agreement beyond chance", ("questions", "coefficient", "estimate", "95% interval"), rows, (2,))
    tested = [(b.block.name, t) for b in further.blocks for t in (*b.tests, *b.concordance) if t.p is not None]
    rows = [(reason(name), reason(t.method), _p(t.p)) for name, t in tested]
    titled("Tests of agreement", ("questions", "test", "p"), rows, (2,))
    if any(block.paradox for block in further.blocks):
        show(words().word(PARADOX))
    items = [row for validity in further.content for item in validity.items for row in _item(item)]
    headers = ("item", "relevant", "I-CVI", "modified kappa", "CVR", "CVR needed", "Aiken's V")
    titled("Content validity of rated items", headers, items, (1, 2, 3, 4, 5, 6))
    compared = [] if further.compared is None else [_pair(pair) for pair in further.compared.neighbors()]
    below = ("criterion", "next below", "difference", "95% interval", "p", "Holm")
    titled("Which criteria are supported more than others", below, compared, (2, 4, 5))
    leanings = [
        (one.criterion, str(one.equivocal), _votes(one.votes_to_accept), _votes(one.votes_to_reject))
        for one in further.leanings
    ]
    titled("Equivocal answers", ("criterion", "equivocal", "to yes: accepted", "to no: rejected"), leanings, (1, 2, 3))
    if further.silence is not None:
        _silence(further.silence)
    for camps in further.camps:
        _camps(camps)
    tests = [
        (t.by, t.question, reason(t.test.method), *map(_p, (t.test.p, t.holm, t.bh)), reason(t.test.reason or t.note))
        for t in further.tests
    ]
    titled("Do groups differ?", ("by", "question", "test", "p", "Holm", "BH", ""), tests, (3, 4, 5))
    odds = [
        (r.criterion, reason(r.model), f"{r.by}={r.group}", r.reference, numbers.decimal(r.value, 2),
         _between(r.low, r.high), _p(r.holm))
        for r in further.odds
        if r.value is not None and r.low is not None and r.high is not None
    ]  # fmt: skip
    titled("Odds of support", ("criterion", "model", "group", "against", "odds", "95% interval", "Holm"), odds, (4, 6))


def titled(title: str, headers: Row, rows: Sequence[Row], right: Sequence[int]) -> None:
    """Write a table under its title; nothing where it has no rows."""
    if rows:
        show()
        show(words().word(title))
        show_table(headers, rows, right=right)


def _block(name: str, estimates: Sequence[tuple[str, Estimate]]) -> Iterator[Row]:
    for measure, e in estimates:
        limits = "" if e.low is None or e.high is None else _between(e.low, e.high)
        value = "" if e.value is None else numbers.decimal(e.value, 2)
        yield (reason(name), reason(measure), value, limits or reason(e.reason))


def _between(low: float, high: float) -> str:
    return f"{numbers.decimal(low, 2)} {words().TO} {numbers.decimal(high, 2)}"


def _item(item: ItemValidity) -> Iterator[Row]:
    if item.relevant is not None:
        names = ("i-cvi", "modified kappa", "cvr", "cvr needed", "aiken v")
        values = [item.estimate(name).value for name in names]
        shown = ["" if value is None else numbers.decimal(value, 2) for value in values]
        yield (item.question, f"{item.relevant}/{item.experts}", *shown)


def _pair(pair: Pair) -> Row:
    d = pair.difference
    points, low, high = (None if v is None else _signed(v) for v in (d.value, d.low, d.high))
    limits = f"{low} {words().TO} {high}" if low and high else reason(d.note)
    return (pair.first, pair.second, points or "", limits, _p(pair.test.p), _p(pair.holm))


def _signed(difference: float) -> str:
    """Return a difference in points; its minus is a hyphen, for not every console has the sign."""
    return numbers.signed(difference, 1).replace("\N{MINUS SIGN}", "-")


def _votes(number: int | None) -> str:
    return reason("never") if number is None else str(number)


def _p(value: float | None) -> str:
    return "" if value is None else numbers.p_value(value)


def _silence(quiet: Silence) -> None:
    rows, told = [], words()
    for b in quiet.bounds:
        if not b.answered:
            continue
        if b.worst.limits is not None:
            limits = numbers.interval(*b.worst.limits, b.answered, told.TO)
            bounds = told.of_invited(limits, str(quiet.invited))
        else:
            bounds = told.listed(
                [
                    told.at_rate(numbers.interval(low, high, b.answered, told.TO), f"{rate:.0%}")
                    for rate, low, high in b.at_rates
                ]
            )
        needed = "" if b.needed is None else numbers.percent(b.needed, b.answered)
        rows.append((b.criterion, f"{b.yes}/{b.answered}", bounds, needed))
    why = quiet.reason or "how many were invited is not known"
    title = told.unanswered("" if quiet.invited is not None else reason(why))
    headers = ("criterion", "yes", "what it could be", "response rate that secures it")
    titled(title, headers, rows, (1, 3))


def _camps(camps: Camps) -> None:
    if not camps.shares:
        return
    names = tuple(f"{name} (n = {size})" for name, size in zip(camps.names, camps.sizes, strict=True))
    split = {s.question for s in camps.splits}
    rows = []
    for question in dict.fromkeys(s.question for s in camps.shares):
        mine = [s.estimate for s in camps.shares if s.question == question]
        shown = ["" if e.value is None else numbers.percent(e.value, e.n) for e in mine]
        rows.append((question, *shown, reason("apart") if question in split else ""))
    titled(words().camps(camps.by or ""), ("question", *names, ""), rows, range(1, len(names) + 1))
