"""The verdicts under all other rules: a grid, and how often each verdict comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from consensus.rules.deciding import OUTCOMES
from consensus.rules.named import named_rules
from reports import numbers_told
from reports.document import Column, Figure, Prose, Section, Table, number_cell, text_cell

if TYPE_CHECKING:
    from consensus.rounds.panel_results import PanelResults
    from consensus.rules.multiverse import Multiverse
    from reports.document import Block
    from reports.material import Material


def other_rules(material: Material, panel: PanelResults) -> Section | None:
    """Return the multiverse of rules of a panel; None where there is no item."""
    found, say = panel.multiverse, material.words.multiverse
    if not found.items:
        return None
    blocks = (Prose(text=say.MULTIVERSE_LEAD), grid(material, found, {}))
    return Section(id="multiverse-rules", title=say.MULTIVERSE, blocks=blocks)


def rule_multiverse(material: Material) -> Section | None:
    """Return the multiverse of rules of a survey's criteria, and what the fragile ones lack; None without criteria."""
    from reports.multiverse_of import multiverse_of_agreement

    agreement = material.agreement
    if agreement is None or not agreement.verdicts:
        return None
    found, say = multiverse_of_agreement(agreement), material.words.multiverse
    if not found.items:
        return None
    labels = {item: material.criterion(item) for item in found.items}
    blocks: list[Block] = [Prose(text=say.MULTIVERSE_LEAD_SURVEY), grid(material, found, labels, survey=True)]
    fragile = [labels[item] for item in found.items if found.robustness(item) == "fragile"]
    if fragile:
        blocks.append(Prose(text=say.fragile(fragile)))
    return Section(id="multiverse-rules", title=say.MULTIVERSE, blocks=tuple(blocks))


def grid(material: Material, found: Multiverse, labels: dict[str, str], *, survey: bool = False) -> Figure:
    """Return the grid of verdicts by rule with its table, in the words of a survey or of a panel."""
    from reports.figures.multiverse_grid import draw_multiverse, multiverse_data

    say = material.words.multiverse
    data = multiverse_data(found)
    texts = {**(material.words.survey if survey else material.words.rounds).OUTCOMES, "own": say.OWN}
    data["rule"] = data["rule"].map(lambda name: _called(name, material.language))
    described = [
        say.multiverse_row(
            labels.get(item, item),
            say.ROBUST[found.robustness(item)],
            _marked(item, "in-by-rule", sum(outcome == "in" for outcome in found.by_rule(item).values())),
            _marked(item, "rules", len(found.by_rule(item))),
        )
        for item in found.items
    ]
    return Figure(
        id="multiverse",
        title=say.MULTIVERSE_TITLE,
        description=say.multiverse_description(described),
        caption=say.MULTIVERSE_CAPTION_SURVEY if survey else say.MULTIVERSE_CAPTION,
        draw=lambda: draw_multiverse(data, texts, labels),
        data=_table(material, found, labels, say.MULTIVERSE_HEADERS_SURVEY if survey else say.MULTIVERSE_HEADERS),
    )


def _marked(item: str, name: str, number: int) -> str:
    return numbers_told.number(numbers_told.counted(f"multiverse/{item}/{name}", number))


def _called(rule: str, language: str) -> str:
    """Return what a figure calls a rule: its own word where the report's language has one, else its id."""
    return next((named.called(language) for named in named_rules() if named.id == rule), rule)


def _table(material: Material, found: Multiverse, labels: dict[str, str], heads: tuple[str, ...]) -> Table:
    say = material.words.multiverse
    right = range(2, 7)
    rows = []
    for item in found.items:
        tally = found.tally(item)
        turning = found.turning(item).get("rule", ())
        rows.append(
            (
                text_cell(labels.get(item, item)),
                text_cell(say.ROBUST[found.robustness(item)]),
                *(
                    number_cell(tally[word], row=numbers_told.counted(f"multiverse/{item}/{word}", tally[word]))
                    for word in OUTCOMES
                ),
                text_cell(say.LIST.join(say.named(_called(name, material.language), name) for name in turning)),
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
