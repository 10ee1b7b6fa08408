"""What every question's part of a report shares: its wording, base in words, answers as a table, sources' notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import numbers, numbers_told
from reports.document import Cell, Column, Prose, Table, number_cell, text_cell
from reports.sections.routed import routed

if TYPE_CHECKING:
    from consensus.agreement.estimate import Measurement
    from consensus.rules.verdict import RuleVerdict
    from questionnaires.instrument import Question
    from reports.document import Block
    from reports.material import Material


def question_blocks(material: Material, question: Question) -> list[Block]:
    """Return the question's wording in each language, how sure it is, its base and sources, and notes about it."""
    say = material.words.survey
    languages = question.label.languages or (material.language,)
    blocks: list[Block] = [
        Prose(
            text=question.label.text(code),
            tone="quote",
            language=None if code in (material.language, "default") else code,
        )
        for code in sorted(languages, key=lambda code: code != material.language)
    ]
    about = [say.RECONSTRUCTED] if question.reconstructed else []
    about += [text for text in (base_text(material, question), printed_in(material, question)) if text]
    if about:
        blocks.append(Prose(text=material.words.page.sentences(about), tone="note"))
    return blocks


def option_table(material: Material, question: Question) -> Table | None:
    """Return the answers as n/N (%) with intervals; None where there is no figure."""
    shares = shares_of(material, question)
    if not shares:
        return None
    say = material.words.survey
    rows = tuple(_option_row(material, question, m) for m in shares)
    return Table(
        id=f"answers-{question.name}",
        caption=say.of_what(say.answers_caption(question.multiple), question.label.text(material.language)),
        columns=(
            Column(header=say.ANSWER, head=True),
            Column(header=say.OF_ANSWERED, align="right", only="page"),
            Column(header=say.COUNT, align="right", only="sheet"),
            Column(header=say.BASE, align="right", only="sheet"),
            Column(header=say.SHARE_PERCENT, align="right", only="sheet"),
            Column(header=say.INTERVAL, align="right"),
        ),
        rows=rows,
    )


def shares_of(material: Material, question: Question) -> list[Measurement]:
    """Return the shares of a question's options among those who answered, in the order of its options."""
    if material.agreement is None:
        return []
    mine = [
        m
        for m in material.agreement.measurements
        if m.question == question.name
        and m.measure == "share"
        and m.estimate.base == "answered"
        and m.option
        and m.plain
    ]
    return [m for m in mine if m.estimate.value is not None or m.estimate.reason]


def votes_for(material: Material, verdict: RuleVerdict) -> float | None:
    """Return the votes that support a criterion under a verdict's coding; fractional with half votes."""
    for m in material.agreement.measurements if material.agreement is not None else ():
        same = (m.criterion, m.question, m.coding) == (verdict.criterion, verdict.question, verdict.coding)
        if m.measure == "endorsement" and same and m.plain:
            return m.count
    return None


def support_text(material: Material, verdict: RuleVerdict) -> str:
    """Return the support of a criterion as n/N (%), marked where it is an upper bound; empty without a figure."""
    support, votes = verdict.support, votes_for(material, verdict)
    if support.value is None or support.n is None:
        return ""
    row = numbers_told.supported(verdict)
    shown = numbers_told.of(row) if votes is not None else numbers_told.percent(row)
    bound = material.instrument.question(verdict.question).evidence == "bound"
    return f"{material.words.survey.AT_MOST} {shown}" if bound else shown


def against_text(verdict: RuleVerdict) -> str:
    """Return the votes against a criterion as n/N (%); empty without a figure."""
    n = verdict.support.n
    return "" if verdict.against is None or not n else numbers_told.of(numbers_told.opposed(verdict))


def source_notes(material: Material, question: Question) -> list[str]:
    """Return what the instrument and the sources of printed counts remark on a question, each note once."""
    notes = [row.note for row in material.published if row.question == question.name and row.note]
    if question.note:
        notes.insert(0, question.note)
    return [material.said(note) for note in dict.fromkeys(notes)]


def printed_in(material: Material, question: Question) -> str:
    """Return where a question's counts were printed; empty where single answers were analyzed."""
    listed = [
        part.strip() for row in material.published if row.question == question.name for part in row.source.split(";")
    ]
    sources = tuple(dict.fromkeys(part for part in listed if part))
    return str(material.words.survey.printed_in([material.said(s) for s in sources])) if sources else ""


def base_text(material: Material, question: Question) -> str:
    """Return whom a question's percentages are of; empty where it has no figure."""
    say = material.words.survey
    sizes = [m.estimate.n for m in shares_of(material, question) if m.estimate.n is not None]
    if not sizes:
        return ""
    n, everyone = max(sizes), material.answered
    part = numbers_told.part_of(f"answered/{question.name}", n, everyone or n, base="answered")
    shown, of_all = numbers_told.votes(part), numbers_told.of(part) if everyone and n < everyone else None
    condition = condition_text(material, question)
    if not condition:
        return str(say.base_of_all(shown))
    return str(say.base_routed(shown, condition, of_all))


def condition_text(material: Material, question: Question) -> str:
    """Return in words whom a routed question was asked of; empty where it was asked of everyone."""
    return routed(material, question.relevant) if question.relevant else ""


def _option_row(material: Material, question: Question, m: Measurement) -> tuple[Cell, ...]:
    assert m.option is not None
    label, estimate, row = material.option(question, m.option), m.estimate, numbers_told.measured(m)
    if estimate.value is None or estimate.n is None or m.count is None:
        said = text_cell(material.said(estimate.reason) or material.words.survey.NOT_PRINTED)
        return (text_cell(label), said, Cell(text=""), Cell(text=""), Cell(text=""), Cell(text=""))
    return (
        text_cell(label),
        text_cell(numbers_told.of(row)),
        number_cell(m.count, row=row),
        number_cell(estimate.n, row=row),
        number_cell(float(numbers.percent_number(estimate.value, estimate.n)), row=row),
        text_cell(numbers_told.limits(row, material.words.survey.TO)),
    )
