"""Agreement beyond chance over all criteria, and over each block of questions on one scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from consensus.agreement.beside_rows import test_row
from consensus.agreement.beyond_chance import NEEDS_PEOPLE
from consensus.agreement.blocks import CRITERIA
from consensus.agreement.estimate import Measurement
from reports import numbers_told
from reports.document import Column, Figure, Prose, Section, Table, text_cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consensus.agreement.beyond_chance import BlockAgreement
    from consensus.agreement.significance import SignificanceTest
    from reports.document import Block
    from reports.material import Material
    from reports.numbers_marked import NumberRow


MOST_NAMED = 2


def chance(material: Material) -> Section | None:
    """Return the coefficients side by side, with one sentence on what they add to the shares."""
    found = material.agreement.further.blocks if material.agreement is not None else ()
    told = (b for b in found if b.block.name == CRITERIA or b.block.ordered)
    shown = [b for b in told if any(e.value is not None for _, e in b.estimates)]
    if not shown:
        return None
    say = material.words.camps
    blocks: list[Block] = [Prose(text=say.CHANCE_LEAD)]
    blocks += [Prose(text=text) for text in (_adds(material, shown[0]),) if text]
    blocks.append(_figure(material, shown))
    for block in shown:
        blocks.append(_table(material, block))
        blocks += [Prose(text=text) for text in (_of_two(material, block), _ordered(material, block)) if text]
    if any(block.paradox for block in shown):
        blocks.append(Prose(text=say.PARADOX))
    return Section(id="chance", title=say.CHANCE, blocks=tuple(blocks))


def _row(block: BlockAgreement, measure: str) -> NumberRow:
    return numbers_told.measured(
        Measurement(question=block.block.name, measure=measure, estimate=block.estimate(measure))
    )


def _adds(material: Material, block: BlockAgreement) -> str:
    if block.estimate("percent agreement").value is None or block.estimate("ac1").value is None:
        return ""
    pairs, ac1 = _row(block, "percent agreement"), _row(block, "ac1")
    return str(material.words.camps.adds(numbers_told.percent(pairs), numbers_told.coefficient(ac1)))


def _of_two(material: Material, block: BlockAgreement) -> str:
    """Return the tests of two people, where exactly two rated."""
    told = _tested(material, block, block.tests)
    return str(material.words.camps.of_two(told)) if told else ""


def _ordered(material: Material, block: BlockAgreement) -> str:
    """Return the tests of Kendall's W, where questions are ratings."""
    told = _tested(material, block, block.concordance)
    return str(material.words.camps.ordered(told)) if told else ""


def _tested(material: Material, block: BlockAgreement, tests: Sequence[SignificanceTest]) -> list[str]:
    say = material.words.camps
    rows = [(t.method, test_row(block.block.name, t)) for t in tests]
    return [
        str(say.tested(say.BLOCK_TESTS[method], numbers_told.p_value(numbers_told.measured(row))))
        for method, row in rows
        if row is not None
    ]


def _title(material: Material, block: BlockAgreement) -> str:
    name = block.block.name
    if name == CRITERIA:
        return str(material.words.camps.CRITERIA_BLOCK)
    if len(block.block.questions) > MOST_NAMED and name == "ratings":
        return str(material.words.camps.RATINGS_BLOCK)
    return str(material.words.page.LIST.join(material.question(question) for question in block.block.questions))


def _figure(material: Material, shown: list[BlockAgreement]) -> Figure:
    from reports.figures.ranges import Range, RangeRow, draw_ranges

    say, survey = material.words.camps, material.words.sureness
    block = shown[0]
    rows, described = [], []
    for measure, e in block.estimates:
        if e.value is None:
            continue
        found = Range(series=_title(material, block), value=e.value, low=e.low, high=e.high)
        rows.append(RangeRow(label=say.NAMES[measure], ranges=(found,)))
        row = _row(block, measure)
        limits = numbers_told.coefficient_limits(row, material.words.survey.TO)
        described.append(survey.ranged(say.NAMES[measure], numbers_told.coefficient(row), limits))
    limited = any(e.low is not None for _, e in block.estimates)
    printed = any(e.note == NEEDS_PEOPLE for _, e in block.estimates)
    return Figure(
        id="chance",
        title=say.CHANCE_FIGURE,
        description=survey.described(say.CHANCE_FIGURE, described),
        caption=say.CHANCE_NOTE if limited else say.CHANCE_NO_LIMITS if printed else say.CHANCE_UNLIMITED,
        draw=lambda: draw_ranges(rows, say.CHANCE_AXIS if limited else say.CHANCE_AXIS_PLAIN, percent=False),
    )


def _table(material: Material, block: BlockAgreement) -> Table:
    say, words = material.words.camps, material.words.survey
    rows = []
    for measure, e in block.estimates:
        row = _row(block, measure)
        missing = say.NO_LIMITS if e.note == NEEDS_PEOPLE else say.UNLIMITED
        limits = numbers_told.coefficient_limits(row, words.TO) or ("" if e.value is None else missing)
        shown = numbers_told.coefficient(row) or say.reason(e.reason or "")
        rows.append((text_cell(say.NAMES[measure]), text_cell(shown), text_cell(limits)))
    return Table(
        id=f"chance-{block.block.name}".replace(":", "").replace(" ", "-"),
        caption=material.words.page.pair(say.CHANCE_CAPTION, _title(material, block)),
        columns=(
            Column(header=say.COEFFICIENT, head=True),
            Column(header=say.ESTIMATE, align="right"),
            Column(header=words.INTERVAL_PLAIN, align="right"),
        ),
        rows=tuple(rows),
    )
