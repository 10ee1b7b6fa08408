"""Which criteria the same people support more than others. Absent with one criterion, and where nobody answered all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from consensus.agreement.criteria_compared import AT_MOST
from reports import numbers_told
from reports.document import Cell, Column, Prose, Section, Table, text_cell

if TYPE_CHECKING:
    from consensus.agreement.criteria_compared import Compared, Pair
    from reports.document import Block
    from reports.material import Material
    from reports.numbers_marked import NumberRow

DIGITS = 1


def pairs(material: Material) -> Section | None:
    """Return whether all criteria are supported alike, and each beside the next one below it."""
    found = material.agreement.further.compared if material.agreement is not None else None
    if found is None or not found.pairs:
        return None
    say = material.words.pairs
    said = [say.lead(_count(found, "people compared"), _count(found, "criteria compared"))]
    said += [text for text in (_overall(material, found), _counted(material, found)) if text]
    blocks: list[Block] = [Prose(text=material.words.page.sentences(said)), _table(material, found)]
    if found.left_out:
        blocks.append(Prose(text=say.left_out([_label(material, name) for name in found.left_out]), tone="note"))
    return Section(id="pairs", title=say.TITLE, blocks=tuple(blocks))


def _count(found: Compared, measure: str) -> str:
    return numbers_told.number(next(numbers_told.measured(m) for m in found.rows() if m.measure == measure))


def _overall(material: Material, found: Compared) -> str:
    row = next((numbers_told.measured(m) for m in found.rows() if m.measure.startswith("p value that")), None)
    if row is None or found.overall.p is None:
        return ""
    differ = found.overall.p < AT_MOST
    return str(material.words.pairs.overall(found.overall.method, numbers_told.p_value(row), differ))


def _counted(material: Material, found: Compared) -> str:
    if sum(pair.holm is not None for pair in found.pairs) < 2:
        return ""
    apart, compared = _count(found, "pairs that differ"), _count(found, "pairs compared")
    return str(material.words.pairs.counted(apart, compared, found.pairs[0].test.method))


def _table(material: Material, found: Compared) -> Table:
    say, words = material.words.pairs, material.words.survey
    return Table(
        id="pairs-data",
        caption=say.CAPTION,
        columns=(
            Column(header=words.CRITERION, head=True),
            Column(header=say.NEXT),
            *(Column(header=h, align="right") for h in (say.DIFFERENCE, words.INTERVAL_PLAIN, say.P, say.HOLM)),
        ),
        rows=tuple(_row(material, pair) for pair in found.neighbors()),
    )


def _row(material: Material, pair: Pair) -> tuple[Cell, ...]:
    rows = {m.measure: numbers_told.measured(m) for m in pair.rows()}
    difference = rows["difference"]
    return (
        text_cell(_label(material, pair.first)),
        text_cell(_label(material, pair.second)),
        text_cell(numbers_told.points_apart(difference, DIGITS)),
        text_cell(numbers_told.points_between(difference, DIGITS, material.words.survey.TO)),
        *(text_cell(_p(material, rows.get(f"p value of a difference{held}"))) for held in ("", ", holm")),
    )


def _p(material: Material, row: NumberRow | None) -> str:
    return str(material.words.pairs.NO_TEST) if row is None else numbers_told.p_value(row)


def _label(material: Material, question: str) -> str:
    return material.criterion(material.instrument.question(question).criterion or question)
