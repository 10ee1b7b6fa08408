"""Among all definitions: those that nothing beats, and where the proposals stand."""

from __future__ import annotations

from string import ascii_uppercase
from typing import TYPE_CHECKING

from reports import proposal_numbers as told
from reports.document import Column, Figure, Prose, Section, Table, text_cell
from reports.sections.certainty import sets_of

if TYPE_CHECKING:
    from consensus.proposals.atlas_reading import AtlasReading, Placed
    from reports.document import Block, Cell
    from reports.material import Material

SHOWN = 8
SHARES = ("given", "respondents", "answers", "judgements", "met")


def atlas(material: Material) -> Section | None:
    """Return the space of definitions against what people said; None where nothing was said."""
    found = material.proposals.atlas if material.proposals is not None else None
    if found is None or len(found.criteria) < 2 or not found.front:
        return None
    say = material.words.space
    many = told.number(material, "atlas", "definitions")
    criteria = told.number(material, "atlas", "criteria_count")
    blocks: list[Block] = [Prose(text=say.atlas_lead(many, criteria, found.proved))]
    if found.best is not None:
        given = told.percent(material, "atlas", "best", "given")
        blocks.append(Prose(text=say.best(sets_of(material, found.best.sufficient), given)))
    else:
        blocks.append(Prose(text=say.NO_BEST))
    blocks += [_figure(material, found), _front(material, found)]
    return Section(id="atlas", title=say.ATLAS_TITLE, blocks=tuple(blocks))


def _figure(material: Material, found: AtlasReading) -> Figure:
    from reports.figures.atlas_front import atlas_data, draw_atlas

    say, data = material.words.space, atlas_data(found)
    numbers = {"thresholded": "1", "weighted": "2"}
    marks = [(sum(p.points), 100 * (p.given or 0), numbers.get(p.name, p.name)) for p in found.proposals]
    texts = {"points": say.AXIS_POINTS, "given": say.AXIS_GIVEN}
    rows = [
        say.cloud(
            told.number(material, "atlas", "best_by_points", at, "points"),
            told.percent(material, "atlas", "best_by_points", at, "given"),
        )
        for at in range(1, min(len(found.best_by_points), SHOWN) + 1)
    ]
    return Figure(
        id="atlas-front",
        title=say.FIGURE_TITLE,
        description=" ".join([say.FIGURE_TITLE + material.words.proposal.STOP, *rows]),
        caption=say.FIGURE_CAPTION,
        draw=lambda: draw_atlas(data, marks, texts),
    )


def _front(material: Material, found: AtlasReading) -> Table:
    say = material.words.space
    numbered = material.words.proposal.NUMBERED
    rows = [("front", at, one, "") for at, one in enumerate(found.front[:SHOWN], start=1)]
    rows += [
        ("proposals", at, one, numbered[one.name == "weighted"]) for at, one in enumerate(found.proposals, start=1)
    ]
    kept = [key for key in SHARES if any(getattr(one, key) is not None for _, _, one, _ in rows)]
    letters = ascii_uppercase[: len(found.criteria)]
    columns = (
        Column(header=say.WHICH, head=True),
        *(Column(header=letter, align="right") for letter in letters),
        Column(header=material.words.certainty.CUT_OFF, align="right"),
        *(Column(header=say.SHARES[key], align="right") for key in kept),
    )
    named = zip(letters, found.criteria, strict=True)
    return Table(
        id="atlas-front",
        caption=say.FRONT_CAPTION,
        columns=columns,
        rows=tuple(_row(material, part, at, one, name or say.ON_FRONT, kept) for part, at, one, name in rows),
        footnotes=tuple(say.lettered(letter, material.criterion(name)) for letter, name in named),
    )


def _row(material: Material, part: str, at: int, one: Placed, name: str, kept: list[str]) -> tuple[Cell, ...]:
    where = ("atlas", part, at)
    points = (told.number(material, *where, "points", k) if p else "" for k, p in enumerate(one.points, start=1))
    return (
        text_cell(name),
        *(text_cell(worth) for worth in points),
        text_cell(told.number(material, *where, "cut_off")),
        *(text_cell(told.percent(material, *where, key)) for key in kept),
    )
