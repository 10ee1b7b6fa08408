"""Whether both proposals judge alike, and what other ways to count equivocal answers would change."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from reports import numbers
from reports.document import Cell, Column, Prose, Section, Table, number_cell, text_cell

if TYPE_CHECKING:
    from fractions import Fraction

    from consensus.proposals.propose import Proposals
    from consensus.proposals.weights import Sensitivity
    from reports.material import Material


def sensitivity(material: Material, proposals: Proposals) -> Section | None:
    """Return whether the proposals judge alike and the table of other codings; None without two proposals."""
    if proposals.alike is None:
        return None
    say, blocks = material.words.proposal, [Prose(text=material.words.proposal.same(proposals.alike))]
    own = [row for row in proposals.sensitivity if row.own]
    blocks += [Prose(text=text) for row in own if row.kept and (text := _lighter(material, row, own=True))]
    others = [row for row in proposals.sensitivity if not row.own]
    blocks += [Prose(text=text) for row in others if row.kept and (text := _lighter(material, row, own=False))]
    blocks += [Prose(text=text) for row in others if not row.kept and (text := _anew(material, row, own[0]))]
    table = () if len(proposals.sensitivity) <= len(own) else (_table(material, proposals.sensitivity),)
    return Section(id="alike", title=say.SENSITIVITY_TITLE, blocks=(*blocks, *table))


def _lighter(material: Material, row: Sensitivity, *, own: bool) -> str:
    """Return whether the terms that don't suffice alone can reach the proposal's cut-off together."""
    say = material.words.proposal
    if row.cut_off is None or row.lighter_sum is None:
        return ""
    total, cut = numbers.points(row.lighter_sum), numbers.points(row.cut_off)
    together = [names for names in row.sufficient if len(names) > 1]
    coding = "" if own and row.coding is None else material.words.survey.CODINGS[row.coding]
    if row.lighter_sum < row.cut_off:
        return str(say.never_reach(coding, total, cut))
    return str(say.reach_together(coding, cut, [_joined(material, row, names) for names in together]))


def _anew(material: Material, row: Sensitivity, own: Sensitivity) -> str:
    """Return what a cut-off that is chosen anew would let suffice, where it differs from the proposal's."""
    if row.cut_off is None or row.cut_off == own.cut_off:
        return ""
    alone = {names[0] for names in row.sufficient if len(names) == 1}
    before = {names[0] for names in own.sufficient if len(names) == 1}
    added = [material.criterion(name) for name, _ in row.points if name in alone - before]
    cuts = numbers.points(row.cut_off), numbers.points(own.cut_off or 0)
    return str(material.words.proposal.chosen_anew(material.words.survey.CODINGS[row.coding], *cuts, added))


def _table(material: Material, rows: tuple[Sensitivity, ...]) -> Table:
    say = material.words.proposal
    changing = _changing(rows)
    shown = [
        _row(material, list(same), changing)
        for _, same in groupby(rows, key=lambda row: (row.coding, row.cut_off, row.points))
    ]
    return Table(
        id="sensitivity",
        caption=say.SENSITIVITY_CAPTION,
        columns=(
            Column(header=say.HOW_COUNTED, head=True),
            *(Column(header=say.points_of(material.criterion(name)), align="right") for name in changing),
            Column(header=say.CUT_OFF),
            Column(header=say.LIGHTER, align="right"),
            Column(header=say.SUFFICES),
        ),
        rows=tuple(shown),
    )


def _changing(rows: tuple[Sensitivity, ...]) -> list[str]:
    """Return the criteria whose points depend on how equivocal answers count."""
    seen: dict[str, set[Fraction]] = {}
    for row in rows:
        for name, points in row.points:
            seen.setdefault(name, set()).add(points)
    return [name for name, points in seen.items() if len(points) > 1]


def _row(material: Material, same: list[Sensitivity], changing: list[str]) -> tuple[Cell, ...]:
    say, row = material.words.proposal, same[0]
    how = material.words.survey.CODINGS[row.coding]
    points = dict(row.points)
    cut = "" if row.cut_off is None else numbers.points(row.cut_off)
    enough = [_joined(material, row, names) for names in row.sufficient]
    return (
        text_cell(material.words.survey.own_choice(how) if row.own else how),
        *(number_cell(float(points[name]), numbers.points(points[name])) for name in changing),
        text_cell(say.cut_off_is(cut, kept=any(r.kept for r in same), anew=any(not r.kept for r in same))),
        number_cell(
            None if row.lighter_sum is None else float(row.lighter_sum),
            None if row.lighter_sum is None else numbers.points(row.lighter_sum),
        ),
        text_cell(say.or_list(enough)),
    )


def _joined(material: Material, row: Sensitivity, names: tuple[str, ...]) -> str:
    """Return the criteria of a set that suffices, with their sum where there are several."""
    points = dict(row.points)
    labels = [material.criterion(name) for name in names]
    total = numbers.points(sum((points[name] for name in names), start=points[names[0]] * 0))
    return str(material.words.proposal.together(labels, total)) if len(names) > 1 else labels[0]
