"""Who was there and who left, whether the verdicts hang on them, and whether another round would change anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import numbers, numbers_told
from reports.document import Cell, Column, Prose, Section, Table, number_cell, text_cell
from reports.numbers_marked import NumberRow

if TYPE_CHECKING:
    from consensus.rounds.attrition import Attrition
    from consensus.rounds.panel_results import PanelResults
    from reports.document import Block
    from reports.material import Material


def people(material: Material, panel: PanelResults) -> Section:
    """Return the flow by round and group, who is gone, and the verdicts that hang on them."""
    say, found = material.words.rounds, panel.attrition
    blocks: list[Block] = [_flow(material, panel)]
    if found.gone:
        blocks.append(_gone(material, panel))
    turned = [bounds for bounds in found.bounds if bounds.turned]
    if turned:
        rows = tuple(
            (
                text_cell(b.item),
                text_cell(say.OUTCOMES[b.verdict]),
                number_cell(b.missing, row=numbers_told.counted(f"missing/{b.item}", b.missing)),
                *(text_cell(say.OUTCOMES[outcome]) for outcome in (b.carried, b.worst, b.best)),
            )
            for b in turned
        )
        blocks.append(_table("bounds", say.BOUNDS_CAPTION, say.BOUNDS_HEADERS, rows))
    elif found.gone:
        blocks.append(Prose(text=say.NO_BOUNDS))
    blocks += _different(material, found, panel)
    return Section(id="rounds-people", title=say.PEOPLE, blocks=tuple(blocks))


def _table(name: str, caption: str, heads: tuple[str, ...], rows: tuple[tuple[Cell, ...], ...]) -> Table:
    columns = tuple(Column(header=h, head=not at) for at, h in enumerate(heads))
    return Table(id=name, caption=caption, columns=columns, rows=rows)


def _flow(material: Material, panel: PanelResults) -> Table:
    say, flow = material.words.rounds, panel.attrition.flow
    groups = list(dict.fromkeys(row.group for row in flow))
    heads = (say.FLOW_GROUP, *(say.round_title(closed.number) for closed in panel.rounds))
    rows = []
    for group in groups:
        cells = [text_cell(group or say.ALL)]
        for closed in panel.rounds:
            row = next(r for r in flow if r.group == group and r.round == closed.number)
            name = f"panel-flow/round-{row.round}/{group or 'all'}"
            if row.invited:
                shown = f"{row.answered}/{row.invited}"
                told = numbers_told.part_of(name, row.answered, row.invited, base="invited")
                cells.append(number_cell(row.answered / row.invited, shown, told))
            else:
                cells.append(number_cell(None))
        rows.append(tuple(cells))
    return _table("panel-flow", say.FLOW_CAPTION, heads, tuple(rows))


def _gone(material: Material, panel: PanelResults) -> Table:
    say = material.words.rounds
    rows = tuple(
        (
            text_cell(material.panelist(one.panelist)),
            number_cell(one.round),
            text_cell(one.group),
            text_cell(one.reason if one.left else say.SILENT),
        )
        for one in panel.attrition.gone
    )
    return _table("gone", say.GONE_CAPTION, say.GONE_HEADERS, rows)


def _different(material: Material, found: Attrition, panel: PanelResults) -> list[Block]:
    say = material.words.rounds
    if not found.gone or len(panel.rounds) < 2:
        return []
    if not found.differences:
        return [Prose(text=say.NOT_DIFFERENT)]
    rows = []
    for one in found.differences:
        row = numbers_told.estimated(f"leavers-less-stayers/{one.item}", one.estimate)
        value, low, high = (numbers.signed(number or 0, 0) for number in (row.value, row.low, row.high))
        shown = f"{value} [{low}; {high}]"
        sides = (("leavers", one.leavers), ("stayers", one.stayers))
        cells = (_part(f"{name}/{one.item}", *side) for name, side in sides)
        rows.append((text_cell(one.item), *cells, number_cell(row.value, shown, row)))
    caption = say.DIFFERENT_CAPTION.format(panel.rounds[0].number)
    return [_table("leavers", caption, say.DIFFERENT_HEADERS, tuple(rows))]


def _part(name: str, count: int, n: int) -> Cell:
    row = numbers_told.part_of(name, count, n, base="committed")
    return number_cell(row.value, f"{count}/{n}", row)


def advice(material: Material, panel: PanelResults) -> Section | None:
    """Return whether another round would change anything; None for fewer than two rounds."""
    say, found = material.words.rounds, panel.stopping
    if found is None:
        return None
    moves = numbers_told.number(numbers_told.counted("panel/moves", found.moves))
    loss = "" if found.loss is None else _chance("panel/loss", found.loss, "mean of the rounds")
    rows = []
    for one in found.items:
        if one.chance is None or one.settles is None or one.likely is None:
            cells = (number_cell(None), number_cell(None), text_cell(material.said(one.reason)))
        else:
            drawn = f"drawn, SE {one.error:.2g}"
            cells = (
                _drawn(f"next-round/{one.item}/other", one.chance, drawn),
                _drawn(f"next-round/{one.item}/settled", one.settles, drawn),
                text_cell(say.OUTCOMES[one.likely]),
            )
        rows.append((text_cell(one.item), text_cell(say.OUTCOMES[one.verdict]), *cells))
    blocks = (
        Prose(text=say.advice(found.worth_it, moves, loss)),
        _table("next-round", say.ADVICE_CAPTION, say.ADVICE_HEADERS, tuple(rows)),
    )
    return Section(id="next-round-advice", title=say.ADVICE, blocks=blocks)


def _chance(name: str, value: float, method: str) -> str:
    return numbers_told.percent(NumberRow(id=name, value=value, method=method))


def _drawn(name: str, value: float, method: str) -> Cell:
    return number_cell(value, numbers.percent(value, digits=0), NumberRow(id=name, value=value, method=method))
