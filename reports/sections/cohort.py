"""Patients by definition, who is judged differently, why some are unknown. Absent without courses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from consensus.definitions.readings import own_windows
from reports import numbers
from reports.document import Cell, Column, Figure, Prose, Section, Spanner, Table, number_cell, text_cell
from reports.frames import rows_of
from reports.sections.definitions import definitions

if TYPE_CHECKING:
    from consensus.scoring.score import Scores
    from reports.document import Block
    from reports.material import Material

CAUSES = 3


def cohort(material: Material) -> Section | None:
    """Return the section on scored patients."""
    scores = material.scores
    if scores is None:
        return None
    say, courses = material.words.cohort, scores.courses
    session = courses.condition.word("session", material.language)
    blocks: list[Block] = [
        Prose(
            text=say.lead(
                numbers.plural(len(courses.patients), "patient"),
                numbers.plural(len(courses.sessions), session, say.several(session)),
                numbers.plural(len(scores.definitions), "definition"),
                courses.synthetic,
            )
        ),
        _figure(material, scores),
        _counts(material, scores),
    ]
    if material.unwindowed is not None:
        assessment = courses.condition.word("assessment", material.language)
        blocks.append(Prose(text=say.window(assessment, _windows(material, material.unwindowed))))
    blocks.append(Prose(text=say.BASELINE))
    sections = [
        s
        for s in (_reclassified(material, scores), definitions(material, scores), _causes(material, scores))
        if s is not None
    ]
    return Section(id="cohort", title=material.words.page.COHORT, blocks=tuple(blocks), sections=tuple(sections))


def _figure(material: Material, scores: Scores) -> Figure:
    from reports.figures.patients_by_definition import draw_patients, patients_data

    say, data = material.words.cohort, patients_data(scores)
    labels = {d.id: material.definition(d.id) for d in scores.definitions}
    texts = {"axis": say.PATIENTS_AXIS, **say.VERDICTS}
    rows = [say.counts_row(labels[r.definition], int(r.met), int(r.unknown), int(r.not_met)) for r in rows_of(data)]
    return Figure(
        id="patients",
        title=say.PATIENTS_TITLE,
        description=" ".join(rows),
        caption=say.PATIENTS_CAPTION,
        draw=lambda: draw_patients(data, labels, texts),
    )


def _counts(material: Material, scores: Scores) -> Table:
    say = material.words.cohort
    without = {} if material.unwindowed is None else {r.definition: r for r in rows_of(material.unwindowed.counts())}
    total = len(scores.courses.patients)
    rows: list[tuple[Cell, ...]] = []
    for row in rows_of(scores.counts()):
        label = material.definition(row.definition)
        rows.append(_counts_row(label, row, total))
        if row.definition in without:
            rows.append(_counts_row(say.without_window(label), without[row.definition], total))
    verdicts = say.VERDICTS
    return Table(
        id="patients-counts",
        caption=say.COUNTS_CAPTION,
        columns=(
            Column(header=say.DEFINITION, head=True),
            *(Column(header=verdicts[v], align="right", only="page") for v in ("met", "unknown", "not_met")),
            *(Column(header=verdicts[v], align="right", only="sheet") for v in ("met", "unknown", "not_met")),
        ),
        rows=tuple(rows),
    )


def _counts_row(label: str, row: object, total: int) -> tuple[Cell, ...]:
    found = [int(getattr(row, verdict)) for verdict in ("met", "unknown", "not_met")]
    shown = [text_cell(numbers.of(number, total) if total else "0") for number in found]
    return (text_cell(label), *shown, *(number_cell(number) for number in found))


def _windows(material: Material, windowed: Scores) -> list[tuple[str, str]]:
    """Return the title of each definition that states a window, and the window in words."""
    condition, found = windowed.courses.condition, list[tuple[str, str]]()
    for definition in windowed.definitions:
        for name, value in own_windows(definition, condition).items():
            listed = dict(condition.reading(name).values)
            said = listed[value].text(material.language) if value in listed else material.words.cohort.days(value)
            found.append((material.definition(definition.id), said))
    return found


def _reclassified(material: Material, scores: Scores) -> Section | None:
    say, names = material.words.cohort, [d.id for d in scores.definitions]
    if len(names) < 2:
        return None
    pairs: dict[tuple[str, str], int] = {}
    for r in rows_of(scores.reclassified()):
        if r.verdict_a == "met" and r.verdict_b == "not_met":
            pairs[r.definition_a, r.definition_b] = int(r.patients)
        elif r.verdict_a == "not_met" and r.verdict_b == "met":
            pairs[r.definition_b, r.definition_a] = int(r.patients)
    letters = {name: str(at) for at, name in enumerate(names, start=1)}
    rows = tuple(
        (
            text_cell(f"{letters[a]}. {material.definition(a)}"),
            *(Cell(text=say.SAME) if a == b else number_cell(pairs.get((a, b), 0)) for b in names),
        )
        for a in names
    )
    table = Table(
        id="reclassified",
        caption=say.RECLASSIFIED_CAPTION,
        columns=(Column(header=say.MET_BY, head=True), *(Column(header=letters[b], align="right") for b in names)),
        footnotes=(say.RECLASSIFIED_NOTE,),
        spanners=(Spanner(text="", columns=1), Spanner(text=say.NOT_MET_BY, columns=len(names))),
        rows=rows,
    )
    return Section(id="reclassified-section", title=say.RECLASSIFIED_TITLE, blocks=(table,))


def _causes(material: Material, scores: Scores) -> Section | None:
    say, causes = material.words.cohort, scores.causes()
    rows: list[tuple[Cell, ...]] = []
    for definition in scores.definitions:
        mine = causes[causes["definition"] == definition.id].head(CAUSES)
        title = material.definition(definition.id)
        rows += [
            (Cell(text="" if at else title, value=title), text_cell(r.column), number_cell(int(r.patients)))
            for at, r in enumerate(rows_of(mine))
        ]
    if not rows:
        return None
    table = Table(
        id="causes",
        caption=say.CAUSES_CAPTION,
        columns=(
            Column(header=say.DEFINITION, head=True),
            Column(header=say.MISSING),
            Column(header=say.PATIENTS_AXIS, align="right"),
        ),
        rows=tuple(rows),
    )
    return Section(id="causes-section", title=say.CAUSES_TITLE, blocks=(Prose(text=say.CAUSES_LEAD), table))
