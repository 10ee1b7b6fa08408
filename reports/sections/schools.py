"""Schools of thought: what each holds and where its members come from, or that there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import proposal_numbers as told
from reports.document import Column, Prose, Section, Table, text_cell

if TYPE_CHECKING:
    from consensus.proposals.schools import Schools, Split
    from reports.document import Block
    from reports.material import Material

APART = 3


def schools(material: Material) -> Section | None:
    """Return the schools among respondents; None where nobody's answers are known together."""
    found = material.proposals.schools if material.proposals is not None else None
    if found is None or not (found.people and found.candidates):
        return None
    say = material.words.space
    if not len(found):
        text = say.NO_SCHOOLS + material.said(found.reason) + material.words.proposal.STOP
        return Section(id="schools", title=say.SCHOOLS_TITLE, blocks=(Prose(text=text),))
    apart = material.words.certainty.OR.join(material.criterion(name) for name, _ in found.apart[:APART])
    blocks: list[Block] = [
        Prose(text=say.schools(len(found))),
        _support(material, found),
        Prose(text=say.apart(apart)),
        Prose(text=say.SCHOOLS_NOTE, tone="note"),
    ]
    blocks += [
        _split(material, at, split, len(found)) for at, split in enumerate(found.splits, start=1) if split.counts
    ]
    return Section(id="schools", title=say.SCHOOLS_TITLE, blocks=tuple(blocks))


def _head(material: Material, at: int) -> str:
    name = material.words.proposal.SCHOOLS[at - 1]
    size = told.number(material, "schools", "schools", at, "size")
    return str(material.words.space.school(name, size, told.decimal(material, "schools", "schools", at, "stability")))


def _support(material: Material, found: Schools) -> Table:
    places = range(1, len(found) + 1)
    columns = (
        Column(header=material.words.certainty.CRITERION, head=True),
        *(Column(header=material.words.proposal.SCHOOLS[at - 1], align="right") for at in places),
    )
    rows = tuple(
        (
            text_cell(material.criterion(name)),
            *(text_cell(told.percent(material, "schools", "schools", at, "shares", name)) for at in places),
        )
        for name, _ in found.schools[0].shares
    )
    heads = tuple(_head(material, at) for at in places)
    return Table(
        id="schools", caption=material.words.space.SCHOOLS_CAPTION, columns=columns, rows=rows, footnotes=heads
    )


def _split(material: Material, at: int, split: Split, schools: int) -> Table:
    say, question = material.words.space, material.instrument.question(split.question)
    rows = tuple(
        (
            text_cell(material.option(question, answer)),
            *(
                text_cell(told.number(material, "schools", "splits", at, "counts", answer, s))
                for s in range(1, schools + 1)
            ),
        )
        for answer, _ in split.counts
    )
    columns = (
        Column(header=question.label.text(material.language), head=True),
        *(Column(header=material.words.proposal.SCHOOLS[s], align="right") for s in range(schools)),
    )
    p = told.decimal(material, "schools", "splits", at, "adjusted", digits=3)
    note = (material.words.page.pair(say.P_VALUE, p),) if p else ()
    return Table(id=f"school-split-{at}", caption=say.SPLITS_CAPTION, columns=columns, rows=rows, footnotes=note)
