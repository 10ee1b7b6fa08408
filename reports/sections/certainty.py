"""How sure the proposals are: resampled surveys, other rules and codings, each hospital left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import proposal_numbers as told
from reports.document import Cell, Column, Prose, Section, Table, text_cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consensus.proposals.cohort_effect import Effect
    from consensus.proposals.uncertainty import DefinitionShare, Uncertainty
    from consensus.proposals.variations import Variation
    from reports.document import Block
    from reports.material import Material

SHOWN = 5
WHERE = ("uncertainty", "criteria")


def certainty(material: Material) -> Section | None:
    """Return what resampling and other settings say; None where nothing was resampled."""
    found = material.proposals.uncertainty if material.proposals is not None else None
    if found is None or not found.criteria:
        return None
    say = material.words.certainty
    clusters = told.number(material, "uncertainty", "clusters")
    blocks: list[Block] = [Prose(text=say.lead(told.number(material, "uncertainty", "replicates"), clusters))]
    if found.reason:
        blocks.append(Prose(text=say.NOT_JOINT, tone="note"))
    if found.few:
        blocks.append(Prose(text=say.FEW, tone="note"))
    blocks.append(_criteria(material, found))
    if found.thresholded:
        blocks.append(_definitions(material, found))
    settings = _settings(material)
    return Section(
        id="certainty", title=say.TITLE, blocks=tuple(blocks), sections=(settings,) if settings is not None else ()
    )


def sets_of(material: Material, sets: Sequence[Sequence[str]]) -> str:
    """Return the smallest sets that suffice, in words."""
    say = material.words.certainty
    listed = [say.AND.join(material.criterion(name) for name in names) for names in sets]
    return str(say.OR.join(listed)) if listed else str(say.NONE_SUFFICES)


def _criteria(material: Material, found: Uncertainty) -> Table:
    say = material.words.certainty
    with_points = any(c.points is not None for c in found.criteria)
    columns = [
        Column(header=say.CRITERION, head=True),
        Column(header=say.ACCEPTED, align="right"),
        Column(header=say.REJECTED, align="right"),
        Column(header=say.TERM, align="right"),
        Column(header=say.SUPPORT, align="right"),
    ]
    rows = []
    for at, c in enumerate(found.criteria, start=1):
        cells = [text_cell(material.criterion(c.criterion))]
        cells += [text_cell(told.percent(material, *WHERE, at, key)) for key in ("accepted", "rejected", "term")]
        cells.append(_limits(material, at, "weight"))
        rows.append(tuple([*cells, _limits(material, at, "points")] if with_points else cells))
    if with_points:
        columns.append(Column(header=say.POINTS, align="right"))
    return Table(id="certainty", caption=say.CAPTION, columns=tuple(columns), rows=tuple(rows))


def _limits(material: Material, at: int, key: str) -> Cell:
    shown = told.percent if key == "weight" else told.number
    low, high = (shown(material, *WHERE, at, key, end) for end in (1, 2))
    return text_cell(f"{low}{material.words.certainty.TO}{high}" if low else "")


def _definitions(material: Material, found: Uncertainty) -> Table:
    say = material.words.certainty
    rows = tuple(
        (
            text_cell(_with_times(material, one, at)),
            text_cell(told.percent(material, "uncertainty", "thresholded", at, "share")),
        )
        for at, one in enumerate(found.thresholded[:SHOWN], start=1)
    )
    columns = (Column(header=say.DEFINITION, head=True), Column(header=say.SHARE, align="right"))
    return Table(id="certainty-definitions", caption=say.DEFINITIONS_CAPTION, columns=columns, rows=rows)


def _with_times(material: Material, one: DefinitionShare, at: int) -> str:
    say, asked = material.words.certainty, dict(one.times)
    named = []
    for (name,) in one.sufficient:
        label = material.criterion(name)
        if name in asked:
            label = say.times(label, told.number(material, "uncertainty", "thresholded", at, "times", name))
        for unit in (unit for criterion, unit, _ in one.numbers if criterion == name):
            number = told.number(material, "uncertainty", "thresholded", at, "numbers", f"{name}/{unit}")
            label = say.with_number(label, unit, number)
        named.append(label)
    return str(say.OR.join(named)) if named else str(say.NONE_SUFFICES)


def _settings(material: Material) -> Section | None:
    found = material.proposals.variations if material.proposals is not None else ()
    if not found:
        return None
    say = material.words.certainty
    rows = tuple(
        (
            text_cell(setting_of(material, v, "variations", at)),
            text_cell(_terms(material, v)),
            text_cell(say.SAME if v.same else say.DIFFERENT),
        )
        for at, v in enumerate(found, start=1)
        if v.kind != "hospital"
    )
    columns = (Column(header=say.SETTING, head=True), Column(header=say.TERMS), Column(header=say.AGAINST))
    table = Table(id="settings", caption=say.SETTINGS_CAPTION, columns=columns, rows=rows)
    hospitals = tuple(Prose(text=text) for text in _hospitals(material, found))
    return Section(id="settings", title=say.SETTINGS_TITLE, blocks=(table, *hospitals))


def setting_of(material: Material, v: Variation | Effect, *where: str | int) -> str:
    """Return a setting in words; `where` is the place of its numbers."""
    say = material.words.certainty
    if v.kind == "equivocal":
        text = say.coding(material.words.survey.CODINGS[v.setting])
    elif v.threshold is None:
        text = say.rule(v.setting)
    elif v.threshold == 0.5:
        text = say.MAJORITY
    else:
        text = say.at_least(told.threshold(material, *where, "threshold"))
    return f"{text}{say.OWN}" if v.own else str(text)


def _terms(material: Material, v: Variation) -> str:
    say = material.words.certainty
    named = say.OR.join(material.criterion(name) for name in v.terms) or say.NOTHING
    return str(say.fell_back(named) if v.fell_back and v.terms else named)


def _hospitals(material: Material, found: Sequence[Variation]) -> list[str]:
    say = material.words.certainty
    rows = [(at, v) for at, v in enumerate(found, start=1) if v.kind == "hospital"]
    if not rows:
        return []
    same = next((told.number(material, "variations", at, "hospitals") for at, v in rows if v.same), "")
    total = told.number(material, "uncertainty", "clusters")
    texts = [say.hospitals(same, total)] if same else []
    for at, v in rows:
        if not v.same:
            texts.append(say.changed(_terms(material, v), told.number(material, "variations", at, "hospitals")))
    return texts
