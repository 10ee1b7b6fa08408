"""What each definition asks for, how its ambiguous parts were understood, and where it comes from."""

from __future__ import annotations

from string import ascii_uppercase
from typing import TYPE_CHECKING

from consensus.definitions.matrix import matrix
from consensus.definitions.sentences import before_sentences, criteria_groups, reading_sentences
from reports.document import Bullets, Column, Prose, Section, Table, text_cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from consensus.definitions.definition import Definition
    from consensus.scoring.score import Scores
    from reports.document import Block
    from reports.material import Material


def definitions(material: Material, scores: Scores) -> Section:
    """Return one subsection a definition that was applied."""
    sections = tuple(
        Section(
            id=f"definition-{definition.id}",
            title=material.definition(definition.id),
            blocks=tuple(_definition(material, scores, definition)),
        )
        for definition in scores.definitions
    )
    return Section(id="definitions", title=material.words.definitions.TITLE, sections=sections)


def matrix_table(material: Material, scores: Scores) -> Table:
    """Return the criteria side by side, a column a definition."""
    say, condition = material.words.definitions, scores.courses.condition
    letters = [letter_of(at) for at in range(len(scores.judged))]
    titles = zip(letters, scores.judged, strict=True)
    return Table(
        id="criteria-matrix",
        caption=say.MATRIX_CAPTION,
        columns=(Column(header=say.CRITERION, head=True), *(Column(header=letter) for letter in letters)),
        rows=tuple(
            (text_cell(row.says), *(text_cell(cell) for cell in row.cells))
            for row in matrix(scores.judged, condition, material.language)
        ),
        footnotes=(*(say.lettered(letter, material.definition(d.id)) for letter, d in titles), say.MATRIX_NOTE),
    )


def letter_of(at: int) -> str:
    """Return the letter of the definition at a place: A to Z, then AA, AB, ..."""
    high, low = divmod(at, len(ascii_uppercase))
    return (ascii_uppercase[high - 1] if high else "") + ascii_uppercase[low]


def _definition(material: Material, scores: Scores, definition: Definition) -> Iterator[Block]:
    say, cohort, language = material.words.definitions, material.words.cohort, material.language
    condition = scores.courses.condition
    if not definition.enabled:
        yield Prose(text=say.WARNING + definition.warning.text(language), tone="note")
    for text in before_sentences(definition, condition, language):
        yield Prose(text=text)
    for head, criteria in criteria_groups(definition, condition, language):
        yield Prose(text=head)
        if criteria:
            yield Bullets(items=tuple(_criterion(says, asks, say.LOOKED_FOR, language) for says, asks in criteria))
    if definition.explicitly_not:
        yield Prose(text=say.EXPLICITLY_NOT)
        yield Bullets(items=tuple(material.noted(text) for text in definition.explicitly_not))
    readings = reading_sentences(definition, condition, language, dict(scores.readings))
    if readings:
        yield Prose(text=say.READ_AS, tone="note")
        yield Bullets(items=readings)
    if definition.notes:
        yield Prose(text=say.NOTES, tone="note")
        yield Bullets(items=tuple(material.noted(note) for note in definition.notes))
    standing = cohort.STANDING[definition.source.standing]
    yield Prose(text=cohort.source(material.said(definition.source.cite), standing), tone="note")


def _criterion(says: str, asks: str, looked_for: str, language: str) -> str:
    if not asks:
        return says
    stop = "。" if language == "zh" else ". "
    return f"{says}{stop}{looked_for}{asks}"
