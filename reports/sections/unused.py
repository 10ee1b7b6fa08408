"""Definitions and scores of the library that the patients were not judged by, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from consensus.scoring.unused import unused as unused_by
from reports.document import Column, Section, Table, text_cell
from reports.sections.columns import column_words
from reports.telling_unused import why_unused

if TYPE_CHECKING:
    from consensus.definitions.definition import Definition
    from consensus.scoring.score import Scores
    from consensus.scoring.unused import Unused
    from reports.material import Material


def unused(material: Material, scores: Scores) -> Section | None:
    """Return the section, None where every definition of the condition was applied."""
    say, language = material.words.unused, material.language
    found = unused_by(scores.courses, scores.definitions)
    if not found:
        return None

    def called(definition: Definition) -> str:
        title = definition.title.text(language) or definition.id
        recalled = definition.source.standing == "recalled"
        return str(material.words.cohort.marked_recalled(title)) if recalled else title

    def column(name: str) -> str:
        return column_words(material, scores.courses.condition, name)

    def why(one: Unused) -> str:
        return one.definition.warning.text(language) if one.why == "off" else why_unused(one, say, column)

    rows = [(called(one.definition), why(one)) for one in found]
    columns = (Column(header=material.words.cohort.DEFINITION, head=True), Column(header=say.WHY))
    cells = tuple((text_cell(name), text_cell(reason)) for name, reason in rows)
    table = Table(id="not-applied", caption=say.CAPTION, columns=columns, rows=cells)
    return Section(id="not-applied-section", title=say.TITLE, blocks=(table,))
