"""Whether both proposals judge alike, and what other ways to count equivocal answers would change."""

from __future__ import annotations

from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING

from reports import numbers_told, proposal_numbers
from reports.document import Cell, Column, Prose, Section, Table, number_cell, text_cell

if TYPE_CHECKING:
    from consensus.proposals.propose import Proposals
    from consensus.proposals.weights import Sensitivity
    from reports.material import Material

MOST_TOLD = 3
"""So many sets of criteria are told in a sentence, and so many criteria in columns of their own."""


def sensitivity(material: Material, proposals: Proposals) -> Section | None:
    """Return whether the proposals judge alike and the table of other codings; None without two proposals."""
    if proposals.alike is None:
        return None
    say, rows = material.words.proposal, proposals.sensitivity
    own, others = [row for row in rows if row.own], [row for row in rows if not row.own]
    texts = [say.same(proposals.alike), _never(material, [row for row in (*own, *others) if row.kept])]
    texts += [_together(material, row) for row in (*own, *others) if row.kept]
    texts += [_anew(material, row, own[0]) for row in others if not row.kept]
    blocks = [Prose(text=text) for text in texts if text]
    table = (_table(material, rows),) if others else ()
    return Section(id="alike", title=say.SENSITIVITY_TITLE, blocks=(*blocks, *table))


def _never(material: Material, kept: list[Sensitivity]) -> str:
    """Return under which codings the terms that don't suffice alone can't reach the cut-off together."""
    sums = [
        (_lighter(row), "" if row.coding is None else material.words.survey.CODINGS[row.coding])
        for row in kept
        if row.cut_off is not None and row.lighter_sum is not None and row.lighter_sum < row.cut_off
    ]
    return str(material.words.proposal.never_reach(_cut_off(kept[0]), sums)) if sums else ""


def _together(material: Material, row: Sensitivity) -> str:
    """Return which lighter terms reach the proposal's own cut-off together."""
    sets = [_joined(material, row, names) for names in row.sufficient if len(names) > 1]
    if not 0 < len(sets) <= MOST_TOLD:
        return ""
    coding = "" if row.coding is None else material.words.survey.CODINGS[row.coding]
    return str(material.words.proposal.reach_together(coding, _cut_off(row), sets))


def _anew(material: Material, row: Sensitivity, own: Sensitivity) -> str:
    """Return what a cut-off that is chosen anew would let suffice, where it differs from the proposal's."""
    if row.cut_off is None or row.cut_off == own.cut_off:
        return ""
    alone = {names[0] for names in row.sufficient if len(names) == 1}
    before = {names[0] for names in own.sufficient if len(names) == 1}
    added = [material.criterion(name) for name, _ in row.points if name in alone - before]
    cuts = _cut_off(row), _cut_off(own)
    return str(material.words.proposal.chosen_anew(material.words.survey.CODINGS[row.coding], *cuts, added))


def _table(material: Material, rows: tuple[Sensitivity, ...]) -> Table:
    say = material.words.proposal
    changing = _changing(rows)
    changing = changing if len(changing) <= MOST_TOLD else []
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
    cut = "" if row.cut_off is None else _cut_off(row)
    enough = _enough(material, row)
    return (
        text_cell(material.words.survey.own_choice(how) if row.own else how),
        *(number_cell(float(points[name]), _told(row, name, points[name])) for name in changing),
        text_cell(say.cut_off_is(cut, kept=any(r.kept for r in same), anew=any(not r.kept for r in same))),
        number_cell(
            None if row.lighter_sum is None else float(row.lighter_sum),
            None if row.lighter_sum is None else _lighter(row),
        ),
        text_cell(say.or_list(enough)),
    )


def _enough(material: Material, row: Sensitivity) -> list[str]:
    """Return the sets that suffice; many combinations are only counted."""
    together = [names for names in row.sufficient if len(names) > 1]
    if len(together) <= MOST_TOLD or material.proposals is None:
        return [_joined(material, row, names) for names in row.sufficient]
    place = material.proposals.sensitivity.index(row) + 1
    many = proposal_numbers.number(material, "sensitivity", place, "combinations")
    alone = [_joined(material, row, names) for names in row.sufficient if len(names) == 1]
    return [*alone, material.words.proposal.combinations(many)]


def _joined(material: Material, row: Sensitivity, names: tuple[str, ...]) -> str:
    """Return the criteria of a set that suffices, with their sum where there are several."""
    points = dict(row.points)
    labels = [material.criterion(name) for name in names]
    total = _told(row, "+".join(names), sum((points[name] for name in names), start=points[names[0]] * 0))
    return str(material.words.proposal.together(labels, total)) if len(names) > 1 else labels[0]


def _cut_off(row: Sensitivity) -> str:
    return _told(row, "cut-off-kept" if row.kept else "cut-off-anew", row.cut_off or Fraction(0))


def _lighter(row: Sensitivity) -> str:
    how = "kept" if row.kept else "anew"
    return _told(row, f"lighter-sum-{how}", row.lighter_sum or Fraction(0))


def _told(row: Sensitivity, name: str, points: Fraction) -> str:
    """Return points under a coding, as the row of numbers that they are."""
    coding = row.coding or numbers_told.AS_VOTED
    return numbers_told.points(numbers_told.counted(f"sensitivity/{coding}/{name}", float(points), method="points"))
