"""Camps behind the pooled shares: found in the answers, or known groups that lie apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from consensus.agreement.beside_rows import camp_row, camp_size_row, certainty_row, split_rows
from consensus.agreement.camps import NONE_FOUND
from reports import numbers_told
from reports.document import Bullets, Column, Figure, Prose, Section, Table, text_cell
from reports.sections.groups import group_name

if TYPE_CHECKING:
    from consensus.agreement.camps import Camps, CampShare, Split
    from reports.document import Block
    from reports.material import Material


def camps(material: Material) -> Section | None:
    """Return the camps found with their shares, and every criterion on which two camps lie apart."""
    found = material.agreement.further.camps if material.agreement is not None else ()
    say = material.words.camps
    blocks: list[Block] = []
    for one in found:
        if one.how == "found" and one.shares:
            blocks += _found(material, one)
        elif one.how == "found" and one.reason == NONE_FOUND:
            blocks.append(Prose(text=say.NOTHING_FOUND))
        elif one.splits:
            blocks.append(Bullets(items=tuple(_split(material, one, split) for split in one.splits)))
    return Section(id="camps", title=say.CAMPS, blocks=tuple(blocks)) if blocks else None


def _found(material: Material, one: Camps) -> list[Block]:
    say = material.words.camps
    blocks: list[Block] = [Prose(text=say.NOT_NAMED)]
    certain = certainty_row(one)
    if certain is not None:
        blocks.append(Prose(text=say.certain(numbers_told.percent(numbers_told.measured(certain))), tone="note"))
    blocks += [_figure(material, one), _table(material, one)]
    if one.splits:
        blocks.append(Bullets(items=tuple(_split(material, one, split) for split in one.splits)))
    else:
        blocks.append(Prose(text=say.NO_SPLIT))
    return blocks


def _name(material: Material, one: Camps, camp: str) -> str:
    if one.how == "known":
        return group_name(material, one, camp)
    size = numbers_told.number(numbers_told.measured(camp_size_row(one, camp)))
    return str(material.words.camps.camp(camp, size))


def _split(material: Material, one: Camps, split: Split) -> str:
    def of(s: CampShare) -> str:
        return numbers_told.percent(numbers_told.measured(camp_row(one, s)))

    pooled = numbers_told.percent(numbers_told.measured(split_rows(one, split)[1]))
    names = (_name(material, one, split.high.camp), _name(material, one, split.low.camp))
    told = (of(split.high), names[0], of(split.low), names[1])
    return str(material.words.camps.split(material.criterion(split.criterion), pooled, *told))


def _figure(material: Material, one: Camps) -> Figure:
    from reports.figures.ranges import Range, RangeRow, draw_ranges
    from reports.numbers_marked import settled

    say, survey = material.words.camps, material.words.sureness
    rows, described = [], []
    for question in dict.fromkeys(s.question for s in one.shares):
        mine = [s for s in one.shares if s.question == question]
        ranges = tuple(
            Range(
                series=str(settled(_name(material, one, s.camp))),
                value=s.estimate.value,
                low=s.estimate.low,
                high=s.estimate.high,
            )
            for s in mine
        )
        rows.append(RangeRow(label=material.criterion(mine[0].criterion), ranges=ranges))
        parts = [f"{_name(material, one, s.camp)} {_full(one, s)}" for s in mine]
        described.append(survey.row_of(rows[-1].label, parts))
    return Figure(
        id="camps",
        title=say.CAMPS_FIGURE,
        description=survey.described(say.CAMPS_FIGURE, described),
        caption=say.CAMPS_NOTE,
        draw=lambda: draw_ranges(rows, say.CAMPS_AXIS),
    )


def _full(one: Camps, s: CampShare) -> str:
    row = numbers_told.measured(camp_row(one, s))
    return numbers_told.of(row) if row.n else ""


def _table(material: Material, one: Camps) -> Table:
    say, words = material.words.camps, material.words.survey
    rows = tuple(
        (
            text_cell(material.criterion(s.criterion)),
            text_cell(_name(material, one, s.camp)),
            text_cell(_full(one, s)),
            text_cell(numbers_told.limits(numbers_told.measured(camp_row(one, s)), words.TO)),
        )
        for s in one.shares
    )
    return Table(
        id="camps-data",
        caption=say.CAMPS_CAPTION,
        columns=(
            Column(header=words.CRITERION, head=True),
            Column(header=say.CAMP),
            Column(header=words.SUPPORT, align="right"),
            Column(header=words.INTERVAL, align="right"),
        ),
        rows=rows,
    )
