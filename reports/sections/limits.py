"""How much people of one hospital answering alike widens the intervals. Absent where nothing is known of hospitals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import numbers_told
from reports.document import Cell, Column, Figure, Prose, Section, Table, text_cell
from reports.sections.question import support_text

if TYPE_CHECKING:
    from consensus.agreement.agree import Agreement
    from consensus.agreement.estimate import Measurement
    from consensus.rules.verdict import RuleVerdict
    from reports.document import Block
    from reports.figures.ranges import Range
    from reports.material import Material

FEW = 20


def limits(material: Material) -> Section | None:
    """Return the support for each criterion with its plain interval and those that allow for hospitals."""
    agreement = material.agreement
    if agreement is None:
        return None
    found = [(v, mine) for v in agreement.own_verdicts() if (mine := _under(agreement, v))]
    if not found:
        return None
    say = material.words.sureness
    blocks: list[Block] = [Prose(text=text) for text in _lead(material, agreement)]
    blocks += [_figure(material, found), _table(material, found)]
    if agreement.design is not None and agreement.design.adjustment is not None and agreement.further.silence:
        effect = agreement.further.silence.weight_effect
        row = numbers_told.counted("weights/effect", effect or 1.0, method="kish")
        blocks.append(Prose(text=say.weight_effect(numbers_told.coefficient(row)), tone="note"))
    return Section(id="limits", title=say.LIMITS, blocks=tuple(blocks))


def _under(agreement: Agreement, verdict: RuleVerdict) -> list[Measurement]:
    """Return the rows of a verdict's support that allow for hospitals."""
    return [
        m
        for m in agreement.measurements
        if m.measure == "endorsement"
        and (m.question, m.coding, m.group) == (verdict.question, verdict.coding, None)
        and m.under is not None
        and m.estimate.value is not None
    ]


def _lead(material: Material, agreement: Agreement) -> list[str]:
    say, sampling, design = material.words.sureness, agreement.sampling, agreement.design
    if sampling.plain or design is None:
        hospitals = numbers_told.number(numbers_told.counted("hospitals", sampling.clusters or 0))
        return [say.LIMITS_LEAD, say.band(hospitals)]
    texts = [say.LIMITS_LEAD, say.BY_DESIGN]
    texts += [say.WEIGHTED] if design.weighted else []
    return texts + ([say.FEW_HOSPITALS] if design.cluster_count < FEW else [])


def _name(material: Material, m: Measurement) -> str:
    say = material.words.sureness
    if m.under == "design":
        return str(say.DESIGN)
    rho = float((m.under or "icc 0").removeprefix("icc "))
    row = numbers_told.counted(f"correlation/{rho:g}", rho, method="assumed")
    return str(say.at_correlation(numbers_told.coefficient(row)))


def _plain_name(text: str) -> str:
    """Return a name without the marks of its numbers, as a figure draws it."""
    from reports.numbers_marked import settled

    return str(settled(text))


def _figure(material: Material, found: list[tuple[RuleVerdict, list[Measurement]]]) -> Figure:
    from reports.figures.ranges import Range, RangeRow, draw_ranges

    say, agreement = material.words.sureness, material.agreement
    assert agreement is not None
    rows, described = [], []
    for verdict, mine in found:
        e, label = verdict.support, material.criterion(verdict.criterion)
        plain = Range(series=say.ONE_BY_ONE, value=e.value, low=e.low, high=e.high)
        rows.append(RangeRow(label=label, ranges=(plain, *(_range(material, m) for m in mine))))
        told = [(say.ONE_BY_ONE, numbers_told.supported(verdict))]
        told += [(_name(material, m), numbers_told.measured(m)) for m in mine]
        parts = [say.ranged(name, "", numbers_told.limits(row, material.words.survey.TO)) for name, row in told]
        described.append(say.row_of(label, parts))
    rule = agreement.rule.threshold
    return Figure(
        id="limits",
        title=say.LIMITS_FIGURE,
        description=say.described(say.LIMITS_FIGURE, described),
        caption=say.LIMITS_NOTE if rule is not None else "",
        draw=lambda: draw_ranges(
            rows, say.LIMITS_AXIS, threshold=None if rule is None else float(rule), threshold_label=say.THRESHOLD
        ),
    )


def _range(material: Material, m: Measurement) -> Range:
    from reports.figures.ranges import Range

    e = m.estimate
    return Range(series=_plain_name(_name(material, m)), value=e.value, low=e.low, high=e.high)


def _table(material: Material, found: list[tuple[RuleVerdict, list[Measurement]]]) -> Table:
    say, words = material.words.sureness, material.words.survey
    ways = list(dict.fromkeys(m.under for _, mine in found for m in mine))
    names = {m.under: _name(material, m) for _, mine in found for m in mine}
    effects = _effects(material)
    rows = []
    for verdict, mine in found:
        by_way = {m.under: m for m in mine}
        cells = [
            text_cell(material.criterion(verdict.criterion)),
            text_cell(support_text(material, verdict)),
            text_cell(numbers_told.limits(numbers_told.supported(verdict), words.TO)),
            *(_limits_cell(by_way.get(way), words.TO) for way in ways),
        ]
        if effects:
            cells.append(text_cell(effects.get(verdict.question, "")))
        rows.append(tuple(cells))
    head = material.words.page.heading
    return Table(
        id="limits-data",
        caption=say.LIMITS_CAPTION,
        columns=(
            Column(header=words.CRITERION, head=True),
            Column(header=words.SUPPORT, align="right"),
            Column(header=head(say.ONE_BY_ONE), align="right"),
            *(Column(header=head(names[way]), align="right") for way in ways),
            *((Column(header=say.DESIGN_EFFECT, align="right"),) if effects else ()),
        ),
        rows=tuple(rows),
    )


def _effects(material: Material) -> dict[str, str]:
    """Return the design effect of full support, a question."""
    measured = material.agreement.measurements if material.agreement is not None else ()
    return {
        m.question: numbers_told.coefficient(numbers_told.measured(m)) for m in measured if m.measure == "design effect"
    }


def _limits_cell(m: Measurement | None, to: str) -> Cell:
    if m is None:
        return Cell(text="")
    shown = numbers_told.limits(numbers_told.measured(m), to)
    return text_cell(shown or (m.estimate.note or ""))
