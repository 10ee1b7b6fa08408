"""What vignettes say: the verdicts, the rules behind them, the group's rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import proposal_numbers as told
from reports.document import Column, Prose, Section, Table, text_cell
from reports.sections.certainty import sets_of

if TYPE_CHECKING:
    from consensus.proposals.vignettes import Judged, Vignettes
    from reports.document import Block
    from reports.material import Material

SHOWN = 5


def vignettes(material: Material) -> Section | None:
    """Return the verdicts on vignettes and what follows; None where there are none."""
    found = material.proposals.vignettes if material.proposals is not None else None
    if found is None or not found.people:
        return None
    say = material.words.space
    blocks: list[Block] = [_verdicts(material, found)]
    if found.consistent is not None:
        share, people = told.percent(material, "vignettes", "consistent"), told.number(material, "vignettes", "people")
        pairs = told.number(material, "vignettes", "repeated", "pairs") if found.repeated[0] else ""
        alike = told.number(material, "vignettes", "repeated", "alike")
        blocks += [Prose(text=say.consistency(share, people, pairs, alike)), _rules(material, found)]
    blocks += _group(material, found)
    blocks += _cut_off(material)
    return Section(id="vignettes", title=say.VIGNETTES_TITLE, blocks=tuple(blocks))


def _verdicts(material: Material, found: Vignettes) -> Table:
    say = material.words.space
    labels = {v.name: v.label.text(material.language) or v.name for v in material.instrument.vignettes}

    def row(at: int, one: Judged) -> tuple[str, ...]:
        shows = material.words.certainty.AND.join(material.criterion(name) for name in one.shows)
        counts = (told.number(material, "vignettes", "judged", at, key) for key in ("yes", "equivocal", "no"))
        return (labels.get(one.vignette, one.vignette), shows or say.NO_CRITERION, *counts)

    rows = tuple(tuple(map(text_cell, row(at, one))) for at, one in enumerate(found.judged, start=1))
    columns = (
        Column(header=say.CASE, head=True),
        Column(header=say.SHOWS),
        *(Column(header=head, align="right") for head in (say.YES, say.EQUIVOCAL, say.NO)),
    )
    return Table(id="vignettes", caption=say.VIGNETTES_CAPTION, columns=columns, rows=rows)


def _rules(material: Material, found: Vignettes) -> Table:
    say = material.words.space

    def named(sets: tuple[tuple[str, ...], ...]) -> str:
        if not sets:
            return str(say.NEVER)
        return str(say.ALWAYS) if sets == ((),) else sets_of(material, sets)

    rows = tuple(
        (
            text_cell(named(rule.sufficient)),
            text_cell(told.number(material, "vignettes", "rules", at, "people")),
            text_cell(told.number(material, "vignettes", "rules", at, "nearest")),
        )
        for at, rule in enumerate(found.rules[:SHOWN], start=1)
    )
    columns = (
        Column(header=say.RULE, head=True),
        Column(header=say.HELD, align="right"),
        Column(header=say.NEAREST, align="right"),
    )
    return Table(id="vignette-rules", caption=say.RULES_CAPTION, columns=columns, rows=rows)


def _group(material: Material, found: Vignettes) -> list[Block]:
    say, group = material.words.space, found.group
    if group.reason or group.intercept is None:
        return []
    where = ("vignettes", "group")
    rows = []
    for name in group.criteria:
        weight, error = (told.decimal(material, *where, "weights", name, key) for key in ("log_odds", "se"))
        points = told.number(material, *where, "points", name)
        rows.append((text_cell(material.criterion(name)), text_cell(f"{weight} ({error})"), text_cell(points)))
    columns = (
        Column(header=material.words.certainty.CRITERION, head=True),
        Column(header=say.WEIGHT, align="right"),
        Column(header=say.GROUP_POINTS, align="right"),
    )
    intercept, spread = (told.decimal(material, *where, key) for key in ("intercept", "spread_of_people"))
    rest = say.group_rule(intercept, spread, told.number(material, *where, "points_cut_off"))
    blocks: list[Block] = [
        Table(id="group-rule", caption=say.GROUP_CAPTION, columns=columns, rows=tuple(rows)),
        Prose(text=rest),
    ]
    if group.unseen:
        blocks.append(Prose(text=say.unseen("; ".join(material.criterion(name) for name in group.unseen)), tone="note"))
    return blocks


def _cut_off(material: Material) -> list[Block]:
    found = material.proposals.cut_offs if material.proposals is not None else ()
    for at, one in enumerate(found, start=1):
        if one.how == "vignette_majority" and one.value is not None:
            value = told.decimal(material, "cut_offs", at, "value", digits=1)
            matched, total = (told.number(material, "cut_offs", at, key) for key in ("matched", "of"))
            return [Prose(text=material.words.space.cut_off(one.how, value, matched, total))]
    return []
