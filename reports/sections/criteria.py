"""Each criterion in detail: the question, the answers, where it stands against the rule, how firm that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import numbers, numbers_told
from reports.document import Cell, Column, Prose, Section, Table, number_cell, text_cell
from reports.sections.firmness import firmness
from reports.sections.question import (
    against_text,
    option_table,
    question_blocks,
    source_notes,
    support_text,
    votes_for,
)

if TYPE_CHECKING:
    from consensus.rules.verdict import RuleVerdict
    from questionnaires.instrument import Question
    from reports.document import Block
    from reports.material import Material


def criteria(material: Material) -> Section | None:
    """Return one subsection a criterion that was asked about; None without such a question."""
    if material.agreement is None:
        return None
    asked = [q for q in material.instrument.questions if q.criterion and _verdicts(material, q)]
    if not asked:
        return None
    words = material.words
    return Section(
        id="criteria",
        title=words.page.CRITERIA,
        blocks=(Prose(text=words.survey.criteria_lead(material.agreement.rule.sentence(material.language))),),
        sections=tuple(_criterion(material, question) for question in asked),
    )


def _verdicts(material: Material, question: Question) -> list[RuleVerdict]:
    agreement = material.agreement
    assert agreement is not None
    mine = [v for v in agreement.verdicts if v.question == question.name]
    return sorted(mine, key=lambda v: v.coding not in (None, agreement.equivocal))


def _criterion(material: Material, question: Question) -> Section:
    assert question.criterion is not None
    verdicts, say = _verdicts(material, question), material.words.survey
    blocks: list[Block] = [*question_blocks(material, question), Prose(text=say.KINDS[question.evidence])]
    if notes := source_notes(material, question):
        blocks.append(Prose(text=say.remarks(notes), tone="note"))
    table = option_table(material, question)
    if table is not None:
        blocks.append(table)
    blocks += [_where_it_stands(material, question, verdicts), *firmness(material, question, verdicts)]
    return Section(
        id=f"criterion-{question.criterion}", title=material.criterion(question.criterion), blocks=tuple(blocks)
    )


def _where_it_stands(material: Material, question: Question, verdicts: list[RuleVerdict]) -> Table:
    say = material.words.survey
    rows = tuple(_standing_row(material, verdict) for verdict in verdicts)
    return Table(
        id=f"verdicts-{question.criterion}",
        caption=say.of_what(say.STANDS_CAPTION, material.criterion(question.criterion or "")),
        columns=(
            Column(header=say.HOW_COUNTED, head=True),
            Column(header=say.SUPPORT, align="right", only="page"),
            Column(header=say.COUNT, align="right", only="sheet"),
            Column(header=say.BASE, align="right", only="sheet"),
            Column(header=say.SHARE_PERCENT, align="right", only="sheet"),
            Column(header=say.INTERVAL, align="right"),
            Column(header=say.AGAINST, align="right"),
            Column(header=say.STANDS),
        ),
        rows=rows,
    )


def _standing_row(material: Material, verdict: RuleVerdict) -> tuple[Cell, ...]:
    agreement, say, support = material.agreement, material.words.survey, verdict.support
    assert agreement is not None
    how = say.counted(verdict.coding)
    if verdict.coding is not None and verdict.coding == agreement.equivocal:
        how = say.own_choice(how)
    outcome = text_cell(say.OUTCOMES[verdict.outcome], sign=verdict.outcome)
    part, row = votes_for(material, verdict), numbers_told.supported(verdict)
    if support.value is None or support.n is None or part is None:
        return (text_cell(how), text_cell(material.said(support.reason)), *(Cell(text="") for _ in range(5)), outcome)
    return (
        text_cell(how),
        text_cell(support_text(material, verdict)),
        number_cell(part, row=row),
        number_cell(support.n, row=row),
        number_cell(float(numbers.percent_number(support.value, support.n)), row=row),
        text_cell(numbers_told.limits(row, say.TO)),
        text_cell(against_text(verdict)),
        outcome,
    )
