"""Ratings on one scale side by side: how the answers part, with medians, quartiles and means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from consensus.agreement.sides import rating_blocks
from reports import numbers, numbers_told
from reports.document import Cell, Column, Table, text_cell
from reports.numbers_marked import mark
from reports.sections.sides import parted_figure

if TYPE_CHECKING:
    from consensus.agreement.estimate import Measurement
    from consensus.agreement.sides import RatingBlock
    from questionnaires.instrument import Question
    from reports.document import Figure
    from reports.material import Material


def rating_figures(material: Material) -> list[Figure]:
    """Return a figure for each scale that at least two ratings share, its items from the highest mean down."""
    if material.agreement is None:
        return []
    return [_figure(material, at, block) for at, block in enumerate(rating_blocks(material.agreement.tally))]


def _figure(material: Material, at: int, block: RatingBlock) -> Figure:
    scale, language = block.scale, material.language
    questions = [material.instrument.question(name) for name, _ in block.questions]
    first = questions[0]
    every = (*scale.levels, *scale.aside)
    named = {name: first.choice(name).label.text(language) for name in every} if first.closed else {}
    levels = {name: named.get(name, name) for name in every}
    labels = {q.name: q.label.text(language) or q.name for q in questions}
    counts = {name: dict(given) for name, given in block.questions}
    title = material.words.sides.RATINGS_TITLE
    table = _table(material, f"ratings-{at}-data", questions, labels)
    return parted_figure(
        material, f"ratings-{at}", counts, labels, levels, title, aside=scale.aside, sort=True, data=table
    )


def _table(material: Material, name: str, questions: list[Question], labels: dict[str, str]) -> Table:
    say = material.words.sides
    return Table(
        id=name,
        caption=say.RATINGS_TITLE,
        columns=tuple(
            Column(header=header, head=not at, align="right" if at else "left")
            for at, header in enumerate(say.RATING_HEADERS)
        ),
        rows=tuple(_row(material, question, labels[question.name]) for question in questions),
    )


def _row(material: Material, question: Question, label: str) -> tuple[Cell, ...]:
    assert material.agreement is not None
    found: dict[str, Measurement] = {}
    for m in material.agreement.measurements:
        if m.question == question.name and m.group is None and m.estimate.value is not None:
            found.setdefault(m.measure, m)
    return (
        text_cell(label),
        text_cell(numbers_told.base_size(numbers_told.measured(found["median"])) if "median" in found else ""),
        *(text_cell(_value(found.get(measure))) for measure in ("median", "q1", "q3", "mean")),
        text_cell(_limits(found.get("mean"), material.words.survey.TO)),
    )


def _value(m: Measurement | None) -> str:
    if m is None or m.estimate.value is None:
        return ""
    digits = 2 if m.measure == "mean" else 0 if float(m.estimate.value).is_integer() else 1
    return mark(numbers_told.measured(m), numbers.typeset(m.estimate.value, digits))


def _limits(m: Measurement | None, to: str) -> str:
    if m is None or m.estimate.low is None or m.estimate.high is None:
        return ""
    shown = f"{numbers.typeset(m.estimate.low, 2)} {to} {numbers.typeset(m.estimate.high, 2)}"
    return mark(numbers_told.measured(m), shown)
