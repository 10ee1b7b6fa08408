"""Patients by definition, who is judged differently, why some are unknown. Absent without courses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from consensus.definitions.readings import own_windows
from consensus.scoring.together import moved
from reports import numbers_told
from reports.document import Cell, Column, Figure, Prose, Section, Spanner, Table, number_cell, text_cell
from reports.frames import rows_of
from reports.numbers_marked import NumberRow
from reports.sections.columns import column_words
from reports.sections.compared import compared
from reports.sections.definitions import definitions
from reports.sections.prognostic import prognostic
from reports.sections.stability import stability
from reports.sections.unused import unused
from reports.sections.what_if import what_if
from reports.sections.who import who
from reports.sections.worklist import worklist

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
                say.patients(len(courses.patients), _number("patients", len(courses.patients))),
                say.sessions(len(courses.sessions), _number("sessions", len(courses.sessions)), session),
                say.definitions(len(scores.definitions), _number("definitions", len(scores.definitions))),
                courses.synthetic,
            )
        ),
        *((_figure(material, scores), _counts(material, scores)) if scores.judged else ()),
    ]
    if material.unwindowed is not None:
        assessment = courses.condition.word("assessment", material.language)
        blocks.append(Prose(text=say.window(assessment, _windows(material, material.unwindowed))))
    blocks.append(Prose(text=say.BASELINE))
    sections = [
        s
        for s in (
            who(material, scores),
            _reclassified(material, scores),
            compared(material, scores),
            what_if(material),
            definitions(material, scores),
            unused(material, scores),
            stability(material, scores),
            _causes(material, scores),
            worklist(material, scores),
            prognostic(material, scores),
        )
        if s is not None
    ]
    return Section(id="cohort", title=material.words.page.COHORT, blocks=tuple(blocks), sections=tuple(sections))


def _figure(material: Material, scores: Scores) -> Figure:
    from reports.figures.patients_by_definition import draw_patients, patients_data

    say, data = material.words.cohort, patients_data(scores)
    labels, total = {d.id: material.definition(d.id) for d in scores.definitions}, len(scores.courses.patients)
    texts = {"axis": say.PATIENTS_AXIS, **say.VERDICTS}
    rows = [
        say.counts_row(labels[r.definition], *(numbers_told.votes(row) for row in judged(r, total)))
        for r in rows_of(data)
    ]
    return Figure(
        id="patients",
        title=say.PATIENTS_TITLE,
        description=material.words.page.sentences(rows),
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
            rows.append(_counts_row(say.without_window(label), without[row.definition], total, "window-lifted"))
    verdicts, head = say.VERDICTS, material.words.page.heading
    return Table(
        id="patients-counts",
        caption=say.COUNTS_CAPTION,
        columns=(
            Column(header=say.DEFINITION, head=True),
            *(Column(header=head(verdicts[v]), align="right", only="page") for v in ("met", "unknown", "not_met")),
            *(Column(header=head(verdicts[v]), align="right", only="sheet") for v in ("met", "unknown", "not_met")),
        ),
        rows=tuple(rows),
    )


def _counts_row(label: str, row: object, total: int, how: str = "") -> tuple[Cell, ...]:
    found = judged(row, total, how)
    shown = [text_cell(numbers_told.of(number) if total else numbers_told.votes(number)) for number in found]
    return (text_cell(label), *shown, *(number_cell(int(number.count or 0), row=number) for number in found))


def judged(row: object, total: int, how: str = "") -> list[NumberRow]:
    """Return how many of `total` patients one definition calls met, unknown and not met, as rows of numbers."""
    name = "/".join(part for part in ("patients", str(getattr(row, "definition", "")), how) if part)
    found = []
    for verdict in ("met", "unknown", "not_met"):
        patients = int(getattr(row, verdict))
        share = patients / total if total else None
        found.append(
            NumberRow(
                id=f"{name}/{verdict}", value=share, base="patients", n=total, method="count", count=float(patients)
            )
        )
    return found


def _number(name: str, number: int) -> str:
    return numbers_told.number(numbers_told.counted(name, number))


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
    say, names = material.words.cohort, [d.id for d in scores.judged]
    if len(names) < 2:
        return None
    pairs = moved(scores)
    letters = {name: _letter(at) for at, name in enumerate(names)}
    rows = tuple(
        (
            text_cell(f"{letters[a]}. {material.definition(a)}"),
            *(Cell(text=say.SAME) if a == b else _pair(a, b, pairs[a, b]) for b in names),
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


def _letter(at: int) -> str:
    """Return A, B, ... Z, AA, AB, ...: no number that could pass for a count."""
    return (_letter(at // 26 - 1) if at >= 26 else "") + chr(ord("A") + at % 26)


def _pair(met_by: str, not_met_by: str, patients: int) -> Cell:
    return number_cell(patients, row=numbers_told.counted(f"reclassified/{met_by}/{not_met_by}", patients))


def _causes(material: Material, scores: Scores) -> Section | None:
    say, causes, condition = material.words.cohort, scores.causes(), scores.courses.condition
    rows: list[tuple[Cell, ...]] = []
    for definition in scores.definitions:
        mine = causes[causes["definition"] == definition.id].head(CAUSES)
        title = material.definition(definition.id)
        rows += [
            (
                Cell(text="" if at else title, value=title),
                text_cell(column_words(material, condition, r.column)),
                _cause(definition.id, r),
            )
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


def _cause(definition: str, row: object) -> Cell:
    patients = int(getattr(row, "patients", 0))
    name = f"cause/{definition}/{getattr(row, 'column', '')}"
    return number_cell(patients, row=numbers_told.counted(name, patients))
