"""The verdicts under all other rules: a grid, and how often each verdict comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from consensus.rules.deciding import OUTCOMES
from reports import numbers_told
from reports.document import Column, Figure, Prose, Section, Table, number_cell, text_cell

if TYPE_CHECKING:
    from consensus.rounds.panel_results import PanelResults
    from reports.material import Material


def other_rules(material: Material, panel: PanelResults) -> Section | None:
    """Return the multiverse of rules of a panel; None where there is no item."""
    from reports.figures.multiverse_grid import draw_multiverse, multiverse_data

    found, say = panel.multiverse, material.words.rounds
    if not found.items:
        return None
    data = multiverse_data(found)
    texts = {**say.OUTCOMES, "own": say.OWN}
    described = [
        say.multiverse_row(
            item,
            say.ROBUST[found.robustness(item)],
            int(((data["item"] == item) & (data["outcome"] == "in")).sum()),
            int((data["item"] == item).sum()),
        )
        for item in found.items
    ]
    figure = Figure(
        id="multiverse",
        title=say.MULTIVERSE_TITLE,
        description=say.multiverse_description(described),
        caption=say.MULTIVERSE_CAPTION,
        draw=lambda: draw_multiverse(data, texts),
        data=_table(material, panel),
    )
    return Section(id="multiverse-rules", title=say.MULTIVERSE, blocks=(Prose(text=say.MULTIVERSE_LEAD), figure))


def _table(material: Material, panel: PanelResults) -> Table:
    found, say = panel.multiverse, material.words.rounds
    heads = say.MULTIVERSE_HEADERS
    right = range(2, 7)
    rows = []
    for item in found.items:
        tally = found.tally(item)
        turning = found.turning(item).get("rule", ())
        rows.append(
            (
                text_cell(item),
                text_cell(say.ROBUST[found.robustness(item)]),
                *(
                    number_cell(tally[word], row=numbers_told.counted(f"multiverse/{item}/{word}", tally[word]))
                    for word in OUTCOMES
                ),
                text_cell(", ".join(turning)),
            )
        )
    return Table(
        id="multiverse-table",
        caption=say.MULTIVERSE_TABLE,
        columns=tuple(
            Column(header=h, head=not at, align="right" if at in right else "left") for at, h in enumerate(heads)
        ),
        rows=tuple(rows),
    )
