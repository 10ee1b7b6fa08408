"""Ratings on one scale side by side: how the answers part, with medians, quartiles and means."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from reports import numbers, numbers_told
from reports.document import Cell, Column, Table, text_cell
from reports.numbers_marked import mark
from reports.sections.sides import parted_figure

if TYPE_CHECKING:
    from consensus.agreement.estimate import Measurement
    from questionnaires.instrument import Question
    from reports.document import Figure
    from reports.material import Material

RANGE = re.compile(r"start=(-?\d+).*?end=(-?\d+)(?:.*?step=(\d+))?")
LEAST = 2


class Scale(NamedTuple):
    """The levels of a scale from the lowest, and the answers that are no part of it."""

    levels: tuple[str, ...]
    aside: tuple[str, ...] = ()


def rating_figures(material: Material) -> list[Figure]:
    """Return a figure for each scale that at least two ratings share, its items from the highest mean down."""
    if material.agreement is None:
        return []
    blocks: dict[Scale, list[Question]] = {}
    for question in material.instrument.questions_of("rating"):
        scale = scale_of(question)
        if scale is not None and any(_counts(material, question).values()):
            blocks.setdefault(scale, []).append(question)
    shared = [(scale, questions) for scale, questions in blocks.items() if len(questions) >= LEAST]
    return [_figure(material, at, scale, questions) for at, (scale, questions) in enumerate(shared)]


def scale_of(question: Question) -> Scale | None:
    """Return the scale of a rating: the range that it is asked on, or its options with a score; None without one."""
    if question.closed:
        scored = sorted((c.score, c.name) for c in question.choices if c.score is not None)
        levels = tuple(name for _, name in scored)
        aside = tuple(c.name for c in question.choices if c.name not in levels)
        return Scale(levels, aside) if len(levels) > 2 else None
    found = RANGE.search(question.parameters)
    if found is None or int(found[1]) >= int(found[2]):
        return None
    return Scale(tuple(str(level) for level in range(int(found[1]), int(found[2]) + 1, int(found[3] or 1))))


def _counts(material: Material, question: Question) -> dict[str, float]:
    assert material.agreement is not None
    try:
        counted = material.agreement.tally.question(question.name)
    except KeyError:
        return {}
    if question.closed:
        return {o.option: float(o.count or 0) for o in counted.options}
    return {f"{score:g}": float(n) for score, n in counted.scores}


def _figure(material: Material, at: int, scale: Scale, questions: list[Question]) -> Figure:
    first, language = questions[0], material.language
    every = (*scale.levels, *scale.aside)
    named = {name: first.choice(name).label.text(language) for name in every} if first.closed else {}
    levels = {name: named.get(name, name) for name in every}
    labels = {q.name: q.label.text(language) or q.name for q in questions}
    counts = {q.name: _counts(material, q) for q in questions}
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
    return mark(numbers_told.measured(m), numbers.decimal(m.estimate.value, digits))


def _limits(m: Measurement | None, to: str) -> str:
    if m is None or m.estimate.low is None or m.estimate.high is None:
        return ""
    shown = f"{numbers.decimal(m.estimate.low, 2)} {to} {numbers.decimal(m.estimate.high, 2)}"
    return mark(numbers_told.measured(m), shown)
