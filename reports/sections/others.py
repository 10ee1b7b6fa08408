"""What else was asked: opinions, treatments and parameters, each with its own base. Absent where nothing else was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import numbers, numbers_told
from reports.document import Cell, Column, Prose, Section, Table, number_cell, text_cell
from reports.sections.question import condition_text, shares_of, source_notes
from reports.sections.ratings import rating_figures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consensus.agreement.estimate import Measurement
    from questionnaires.instrument import Question
    from reports.document import Block
    from reports.material import Material
    from reports.numbers_marked import NumberRow

ROLES = ("opinion", "parameter", "rating", "ranking", "allocation", "vignette")


def others(material: Material) -> Section | None:
    """Return the further questions as one table, in the order in which they were asked."""
    if material.agreement is None:
        return None
    judged = {v.question for v in material.agreement.verdicts}
    asked = [
        q
        for q in material.instrument.questions
        if q.closed and q.name not in judged and (q.role in ROLES or q.role == "criterion")
    ]
    ratings = rating_figures(material)
    if not asked:
        return Section(id="others", title=material.words.page.OTHERS, blocks=tuple(ratings)) if ratings else None
    caption = material.words.survey.OTHERS_CAPTION
    table = answers_table(material, asked, "others-table", caption)
    blocks: list[Block] = [*lead_of(material, asked), table]
    blocks += ratings
    return Section(id="others", title=material.words.page.OTHERS, blocks=tuple(blocks))


def lead_of(material: Material, asked: Sequence[Question]) -> list[Prose]:
    """Return that the wording of all these questions is reconstructed, where it is."""
    return [Prose(text=material.words.survey.ALL_RECONSTRUCTED)] if all(q.reconstructed for q in asked) else []


def answers_table(material: Material, asked: Sequence[Question], name: str, caption: str) -> Table:
    """Return the answers of several questions in one table, with notes on their wording and remarks under it."""
    say, reconstructed = material.words.survey, [q for q in asked if q.reconstructed]
    every = len(reconstructed) == len(asked)
    notes = [] if every or not reconstructed else [say.SOME_RECONSTRUCTED]
    remarks = [(_label(material, q), material.words.page.sentences(source_notes(material, q))) for q in asked]
    notes += [say.remark(label, text) for label, text in remarks if text]
    columns = (
        Column(header=say.QUESTION, head=True),
        Column(header=say.ANSWER),
        Column(header=say.OF_ANSWERED, align="right", only="page"),
        Column(header=say.COUNT, align="right", only="sheet"),
        Column(header=say.BASE, align="right", only="sheet"),
        Column(header=say.SHARE_PERCENT, align="right", only="sheet"),
        Column(header=say.INTERVAL, align="right"),
        Column(header=say.OF_WHOM),
    )
    rows = tuple(row for q in asked for row in _rows(material, q, mark=q.reconstructed and not every))
    return Table(id=name, caption=caption, columns=columns, rows=rows, footnotes=tuple(notes))


def _label(material: Material, question: Question) -> str:
    return question.label.text(material.language) or question.name


def _rows(material: Material, question: Question, *, mark: bool) -> list[tuple[Cell, ...]]:
    """Return a row an answer; the page names the question in the first one only, the workbook in each."""
    label = _label(material, question) + (" *" if mark else "")
    shares = shares_of(material, question)
    if not shares:
        empty = (Cell(text=""),) * 5
        return [(text_cell(label), text_cell(""), text_cell(material.words.survey.NO_FIGURE), *empty)]
    return [
        (Cell(text="" if at else label, value=label), *_answer(material, question, share, first=not at))
        for at, share in enumerate(shares)
    ]


def _answer(material: Material, question: Question, share: Measurement, *, first: bool) -> tuple[Cell, ...]:
    assert share.option is not None
    label, e, row = text_cell(material.option(question, share.option)), share.estimate, numbers_told.measured(share)
    whom = _whom(material, question, row) if e.n is not None else ""
    of_whom = Cell(text=whom if first else "", value=whom or None)
    if e.value is None or e.n is None or share.count is None:
        reason = material.words.survey.NOT_PRINTED if material.published else material.said(e.reason)
        return (label, text_cell(reason), *(Cell(text=""),) * 4, of_whom)
    return (
        label,
        text_cell(numbers_told.of(row)),
        number_cell(share.count, row=row),
        number_cell(e.n, row=row),
        number_cell(float(numbers.percent_number(e.value, e.n)), row=row),
        text_cell(numbers_told.limits(row, material.words.survey.TO)),
        of_whom,
    )


def _whom(material: Material, question: Question, row: NumberRow) -> str:
    say, n = material.words.survey, numbers_told.base_size(row)
    condition = condition_text(material, question)
    whom = say.of_some(n, condition) if condition else say.of_all(n)
    return str(say.with_several(whom)) if question.multiple else str(whom)
