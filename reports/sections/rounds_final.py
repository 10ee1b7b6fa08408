"""What became of each statement, and how firm its last verdict is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import numbers
from reports.document import Cell, Column, Section, Table, number_cell, text_cell
from reports.numbers_marked import NumberRow

if TYPE_CHECKING:
    from consensus.rounds.panel_results import Final, PanelResults
    from reports.document import Block
    from reports.material import Material


def fate(material: Material, panel: PanelResults) -> Section:
    """Return the table of all statements, with those that were split or dropped on the way."""
    say = material.words.rounds
    blocks: tuple[Block, ...] = (
        Table(
            id="fate",
            caption=say.FATE_CAPTION,
            columns=tuple(Column(header=h, head=not at) for at, h in enumerate(say.FATE_HEADERS)),
            rows=tuple(_row(material, panel, item) for item in panel.items.names),
            footnotes=(say.FATE_NOTE,),
        ),
    )
    return Section(id="fate", title=say.FATE, blocks=blocks)


def _row(material: Material, panel: PanelResults, item: str) -> tuple[Cell, ...]:
    say = material.words.rounds
    final = next((one for one in panel.final if one.item == item), None)
    rows = sorted((row for row in panel.items.rows if row.item == item), key=lambda row: row.round)
    closed = {one.number for one in panel.rounds}
    told = [f"{say.CHANGES[row.change]} ({row.round})" for row in rows if row.change != "same"]
    cells = [
        text_cell(item),
        text_cell(rows[-1].text),
        text_cell(", ".join(str(row.round) for row in rows if row.asked and row.round in closed)),
        text_cell(", ".join(told)),
    ]
    if final is None:
        return (*cells, text_cell(""), text_cell(""), text_cell(""), text_cell(""))
    return (
        *cells,
        text_cell(say.OUTCOMES[final.verdict]),
        text_cell(say.round_title(final.round)),
        _fewest(material, final),
        _repeat(final),
    )


def _fewest(material: Material, final: Final) -> Cell:
    say, found = material.words.rounds, final.fewest
    if found.votes is None or found.becomes is None:
        return text_cell(say.NEVER if found.exact else say.NONE_FOUND)
    row = NumberRow(
        id=f"fewest/{final.item}",
        value=found.votes,
        base="committed",
        method="fewest votes that change the verdict" + ("" if found.exact else ", at most"),
    )
    votes = str(found.votes) if found.exact else say.AT_MOST.format(found.votes)
    becomes = say.OUTCOMES[found.becomes]
    if found.flip is None:
        return number_cell(found.votes, say.mixed(votes, becomes), row)
    flip = found.flip
    return number_cell(found.votes, say.moves(votes, flip.from_option, flip.to_option, becomes, found.groups), row)


def _repeat(final: Final) -> Cell:
    found = final.repeat
    if found is None:
        return number_cell(None)
    method = "summed over all panels" if not found.error else f"{found.panels} drawn panels, SE {found.error:.2g}"
    row = NumberRow(id=f"repeats/{final.item}", value=found.value, method=method)
    return number_cell(found.value, numbers.percent(found.value, digits=1), row)
