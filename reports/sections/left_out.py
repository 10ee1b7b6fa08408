"""Votes that became no term, and why. Absent where nothing was left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import numbers_told
from reports.document import Cell, Column, Prose, Section, Table, number_cell, text_cell

if TYPE_CHECKING:
    from consensus.proposals.left_out import LeftOut
    from reports.material import Material
    from reports.numbers_marked import NumberRow


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
    row = _number(one)
    base = row or (numbers_told.counted(f"left-out/{one.question}/base", one.base) if one.base is not None else None)
    reason = material.reasoned(f"left-out/{one.question}/support", one.reason)
    return (
        text_cell(material.question(one.question)),
        text_cell(material.option(one.question, one.option) if one.option else ""),
        text_cell(_votes(material, row)),
        number_cell(float(one.count) if one.count is not None else None, row=row),
        number_cell(one.base, row=base),
        text_cell(material.words.proposal.weighs_there(reason) if one.weighs else reason),
    )


def _votes(material: Material, row: NumberRow | None) -> str:
    """Return the votes; where there are none, that they are not printed, or a dash: ratings and ranks have no votes."""
    if row is not None:
        return numbers_told.of(row)
    return str(material.words.survey.NOT_PRINTED) if material.published else "\N{EN DASH}"


def _number(one: LeftOut) -> NumberRow | None:
    if one.count is None or not one.base:
        return None
    name = f"left-out/{one.question}/{one.option or one.criterion}"
    return numbers_told.part_of(name, float(one.count), one.base, base=one.base_is or "answered")
