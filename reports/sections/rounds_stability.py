"""Stability between rounds: the table of all statistics with their reasons, and shares from round to round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from consensus.rounds.stability import refused
from reports import numbers, numbers_told
from reports.document import Cell, Column, Figure, Prose, Section, Table, number_cell, text_cell
from reports.numbers_marked import NumberRow

if TYPE_CHECKING:
    from consensus.agreement.significance import SignificanceTest
    from consensus.rounds.equivalence import Equivalence
    from consensus.rounds.panel_results import PanelResults
    from consensus.rounds.stability import Stability
    from reports.document import Block
    from reports.material import Material

DIGITS = 3


def stability(material: Material, panel: PanelResults) -> Section | None:
    """Return the stability of each item between rounds; None for one round."""
    if len(panel.rounds) < 2:
        return None
    say = material.words.rounds
    reason = refused(panel.stability, panel.rounds, panel.items)
    blocks: list[Block] = [] if reason is None else [Prose(text=material.said(reason))]
    figure = _slopes(material, panel)
    blocks += [figure] if figure is not None else []
    if panel.stability:
        heads = say.STABILITY_HEADERS
        columns = [
            Column(header=h, head=not at, align="right" if at in range(2, 12) else "left") for at, h in enumerate(heads)
        ]
        blocks.append(
            Table(
                id="stability",
                caption=say.STABILITY_CAPTION,
                columns=tuple(columns),
                rows=tuple(_row(material, one) for one in panel.stability),
                footnotes=say.STABILITY_NOTES[:3],
            )
        )
    return Section(id="stability-rounds", title=say.STABILITY, blocks=tuple(blocks))


def _row(material: Material, one: Stability) -> tuple[Cell, ...]:
    say = material.words.rounds
    item, rounds = text_cell(one.item), text_cell(say.rounds_between(one.first, one.second))
    if one.reason is not None or one.unchanged is None:
        reason = _reason(material, one.reason or "")
        return (item, rounds, *(number_cell(None) for _ in range(10)), text_cell(reason))
    name = f"{one.item}/rounds-{one.first}-{one.second}"
    same = numbers_told.estimated(f"unchanged/{name}", one.unchanged, round((one.unchanged.value or 0) * one.pairs))
    return (
        item,
        rounds,
        number_cell(one.pairs, row=numbers_told.counted(f"pairs/{name}", one.pairs)),
        number_cell(same.value, f"{numbers.count(same.count or 0)} ({numbers.percent(same.value or 0, same.n)})", same),
        _plain(f"weighted-kappa/{name}", None if one.kappa is None else one.kappa.value, "weighted kappa, squares"),
        _test(f"signed-rank/{name}", one.wilcoxon),
        _test(f"mcnemar/{name}", one.mcnemar),
        _test(f"symmetry/{name}", one.symmetry),
        _test(f"margins/{name}", one.margins),
        _pair(f"cv/{name}", one.cv),
        _pair(f"iqr/{name}", one.iqr),
        _net(f"net-change/{name}", one.net, one.base),
        text_cell(say.NET_VERDICTS[one.net.verdict] if one.net is not None else ""),
    )


def _reason(material: Material, reason: str) -> str:
    """Return why there is no stability, `reworded in round 2`, in the report's language."""
    say, (word, _, rest) = material.words.rounds, reason.partition(" ")
    if word in say.CHANGES and rest.startswith("in round "):
        number = rest.removeprefix("in round ")
        if material.language == "en":
            return reason
        return f"{say.CHANGES[word]} ({number})"
    return material.said(reason)


def _test(name: str, test: SignificanceTest | None) -> Cell:
    if test is None or test.p is None:
        return number_cell(None)
    return _plain(name, test.p, test.method)


def _plain(name: str, value: float | None, method: str) -> Cell:
    if value is None:
        return number_cell(None)
    return number_cell(value, f"{value:.{DIGITS}f}", NumberRow(id=name, value=value, method=method))


def _pair(name: str, pair: tuple[float, float] | None) -> Cell:
    """Return a measure in both rounds, `0.38 to 0.41`; its row is the change."""
    if pair is None:
        return number_cell(None)
    change = pair[1] - pair[0]
    row = NumberRow(id=name, value=change, method="second round less first")
    return number_cell(change, f"{pair[0]:.3g} → {pair[1]:.3g}", row)


def _net(name: str, net: Equivalence | None, base: str) -> Cell:
    if net is None or net.change is None:
        return number_cell(None)
    row = NumberRow(
        id=name,
        value=net.change,
        low=net.low,
        high=net.high,
        base=base,
        n=net.n,
        method=f"paired, {net.method}, 90% limits",
    )
    shown = " ".join(
        (numbers.signed(net.change, 0), f"[{numbers.signed(net.low or 0, 0)}; {numbers.signed(net.high or 0, 0)}]")
    )
    return number_cell(net.change, shown, row)


def _slopes(material: Material, panel: PanelResults) -> Figure | None:
    """Return the shares of agreement from round to round; None where no item has one."""
    from reports.figures.slopes import draw_slopes, slopes_data

    say = material.words.rounds
    rows = _points(panel)
    if not rows:
        return None
    data = slopes_data(rows)
    texts = {"axis": say.SLOPES_AXIS} | {f"round-{r.number}": say.round_title(r.number) for r in panel.rounds}
    told: dict[str, list[str]] = {}
    for item, number, share, n, _, _ in rows:
        told.setdefault(item, []).append(numbers_told.percent(_agreement(item, number, share, n)))
    heads = (say.FATE_HEADERS[0], say.FATE_HEADERS[2], say.SLOPES_AXIS, "n", say.FATE_HEADERS[4])
    table = Table(
        id="slopes-data",
        caption=say.SLOPES_TITLE,
        columns=tuple(Column(header=h, head=not at) for at, h in enumerate(heads)),
        rows=tuple(
            (
                text_cell(item),
                number_cell(number),
                number_cell(share, numbers.percent(share, n), _agreement(item, number, share, n)),
                number_cell(n, row=numbers_told.counted(f"committed/{item}@round-{number}", n)),
                text_cell(say.OUTCOMES[verdict]),
            )
            for item, number, share, n, verdict, _ in rows
        ),
    )
    return Figure(
        id="slopes",
        title=say.SLOPES_TITLE,
        description=say.slopes_description([say.slope_row(item, shares) for item, shares in told.items()]),
        caption=say.SLOPES_CAPTION,
        draw=lambda: draw_slopes(data, texts),
        data=table,
    )


def _agreement(item: str, number: int, share: float, n: int) -> NumberRow:
    return NumberRow(
        id=f"agreement/{item}@round-{number}",
        value=share,
        base="committed",
        n=n,
        method=numbers_told.COUNTED,
        count=round(share * n),
    )


def _points(panel: PanelResults) -> list[tuple[str, int, float, int, str, int]]:
    """Return item, round, share of agreement, n, verdict and run of unchanged words, by item and round."""
    from consensus.rounds.stability import agreeing_options

    rows: list[tuple[str, int, float, int, str, int]] = []
    for item in panel.items.names:
        run, before = 0, None
        for closed in panel.rounds:
            result = next((r for r in closed.results if r.item == item), None)
            if result is None or not result.n:
                continue
            if before is not None and panel.items.broken(item, before, closed.number) is not None:
                run += 1
            before = closed.number
            ballot = result.counts.ballot
            places = [ballot.options.index(option) for option in agreeing_options(ballot)]
            committed = int(result.counts.committed[0])
            if places and committed:
                share = int(result.counts.votes[0, places].sum()) / committed
                rows.append((item, closed.number, share, committed, result.verdict, run))
    return rows
