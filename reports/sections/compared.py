"""The definitions side by side, without any patient: who asks for what, and whether one implies another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from consensus.definitions.definition import ByIntent
from consensus.definitions.form_sentences import finding_words, short_form
from consensus.proposals.implied import implied_of
from reports import numbers, numbers_told
from reports.document import Column, Figure, Prose, Section, Table, text_cell
from reports.frames import rows_of
from reports.sections.definitions import matrix_table

if TYPE_CHECKING:
    from consensus.definitions.definition import Definition, Term
    from consensus.proposals.implied import Implied
    from consensus.scoring.compare import Separation
    from consensus.scoring.score import Scores
    from reports.document import Block
    from reports.material import Material


def compared(material: Material, scores: Scores) -> Section | None:
    """Return what each definition asks for in one matrix, and how the study's own proposal relates to the others."""
    definitions, condition = scores.judged, scores.courses.condition
    if len(definitions) < 2:
        return None
    say = material.words.compared
    blocks: list[Block] = [Prose(text=say.LEAD), _figure(material, scores)]
    own = material.proposals.chosen if material.proposals is not None else None
    if own is not None and any(d.id == own.id for d in definitions):
        others = implied_of(own, definitions, condition)
        blocks += [_implied(material, own, others)] if others else []
    return Section(id="compared", title=say.TITLE, blocks=tuple(blocks))


def _figure(material: Material, scores: Scores) -> Figure:
    from reports.figures.matrix import draw_matrix, matrix_data

    definitions, condition = scores.judged, scores.courses.condition
    say, language, data = material.words.compared, material.language, matrix_data(definitions)
    terms = [(d, branch, t) for d in definitions for branch, t in _terms(d)]
    cells = [_said(material, d, t) for d, _, t in terms]
    drawn = [_drawn(material, t) for _, _, t in terms]
    findings = {name: finding_words(name, condition, language) for name in dict.fromkeys(data["finding"])}
    columns = {
        (d.id, branch): say.branch(material.definition(d.id), _choice(material, d, branch)) for d, branch, _ in terms
    }
    feet = {(r.definition, r.branch): _foot(material, r.combined, r.definition, definitions) for r in rows_of(data)}
    texts = [
        say.term(columns[r.definition, r.branch], findings[r.finding], words)
        for r, words in zip(rows_of(data), cells, strict=True)
    ]
    return Figure(
        id="matrix",
        title=say.MATRIX_TITLE,
        description=material.words.page.sentences(texts),
        caption=say.MATRIX_CAPTION,
        draw=lambda: draw_matrix(data, columns, findings, drawn, feet),
        data=matrix_table(material, scores),
    )


def _choice(material: Material, definition: Definition, choice: str) -> str:
    """Return a choice that branches a definition in the report's language, where there is a word for it."""
    if not isinstance(definition.logic, ByIntent) or material.scores is None:
        return choice
    return material.scores.courses.condition.choice(definition.logic.column, choice, material.language)


def _terms(definition: Definition) -> list[tuple[str, Term]]:
    if isinstance(definition.logic, ByIntent):
        return [(choice, term) for choice, branch in definition.logic.branches for term in branch.terms]
    return [("", term) for term in definition.terms]


def _form(material: Material, term: Term) -> str:
    assert material.scores is not None
    return short_form(term.form, material.scores.courses.condition, material.language)


def _said(material: Material, definition: Definition, term: Term) -> str:
    """Return a term's form and points in words, the points marked."""
    form = _form(material, term)
    if term.points is None:
        return form
    row = numbers_told.counted(f"points/{definition.id}/{term.id}", float(term.points), method="points")
    return str(material.words.compared.with_points(form, numbers_told.points(row)))


def _drawn(material: Material, term: Term) -> str:
    """Return a term's form and points as they stand in a cell of the figure, on a line each."""
    form = _form(material, term)
    if term.points is None:
        return form
    return f"{form}\n{material.words.compared.from_points(numbers.points(term.points))}"


def _foot(material: Material, combined: str, definition: str, definitions: tuple[Definition, ...]) -> str:
    say = material.words.compared
    if combined == "points":
        logic = next(d.logic for d in definitions if d.id == definition)
        return str(say.from_points(numbers.points(logic.failure_at)))  # type: ignore[union-attr]
    return str(say.COMBINED[combined] if combined in say.COMBINED else say.at_least(combined))


def _implied(material: Material, own: Definition, others: tuple[Implied, ...]) -> Table:
    say = material.words.compared
    rows = tuple(
        (
            text_cell(material.definition(one.other.id)),
            *(text_cell(_found(material, way)) for way in (one.forth, one.back)),
        )
        for one in others
    )
    mine = material.definition(own.id)
    return Table(
        id="implied",
        caption=say.implied_caption(mine),
        columns=(
            Column(header=material.words.cohort.DEFINITION, head=True),
            Column(header=say.OWN_THEN_OTHER),
            Column(header=say.OTHER_THEN_OWN),
        ),
        rows=rows,
        footnotes=(say.IMPLIED_NOTE,),
    )


def _found(material: Material, one: Separation) -> str:
    say = material.words.compared
    if one.course is None:
        return str(say.ALWAYS if one.implies else say.UNSETTLED)
    sessions = len(one.course.sessions)
    return str(say.differs(sessions, _number(f"{one.met_by}/{one.not_met_by}", sessions)))


def _number(name: str, number: int) -> str:
    return numbers_told.number(numbers_told.counted(f"implied/{name}", number, method="sessions of a course"))
