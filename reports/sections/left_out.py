"""Votes that became no term, and why. Absent where nothing was left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import numbers
from reports.document import Cell, Column, Prose, Section, Table, number_cell, text_cell

if TYPE_CHECKING:
    from consensus.proposals.left_out import LeftOut
    from reports.material import Material


def left_out(material: Material) -> Section | None:
    """Return the table of votes that became no term."""
    if material.proposals is None or not material.proposals.left_out:
        return None
    say = material.words.proposal
    table = Table(
        id="left-out",
        caption=say.LEFT_OUT_CAPTION,
        columns=(
            Column(header=say.QUESTION, head=True),
            Column(header=say.ANSWER),
            Column(header=say.VOTES_OF, align="right", only="page"),
            Column(header=say.COUNT, align="right", only="sheet"),
            Column(header=say.BASE, align="right", only="sheet"),
            Column(header=say.WHY),
        ),
        rows=tuple(_row(material, one) for one in material.proposals.left_out),
    )
    return Section(id="left-out", title=material.words.page.LEFT_OUT, blocks=(Prose(text=say.LEFT_OUT_LEAD), table))


def _row(material: Material, one: LeftOut) -> tuple[Cell, ...]:
    known = one.count is not None and one.base
    return (
        text_cell(material.question(one.question)),
        text_cell(material.option(one.question, one.option) if one.option else ""),
        text_cell(numbers.of(one.count, one.base) if known else material.words.survey.NOT_PRINTED),  # type: ignore[arg-type]
        number_cell(float(one.count) if one.count is not None else None),
        number_cell(one.base),
        text_cell(material.words.proposal.weighs_there(one.reason) if one.weighs else one.reason),
    )
