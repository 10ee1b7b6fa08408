"""What each definition asks for, how its ambiguous parts were understood, and where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from consensus.definitions.readings import in_force, readings_of
from reports.document import Bullets, Prose, Section

if TYPE_CHECKING:
    from consensus.definitions.definition import Definition
    from consensus.scoring.score import Scores
    from reports.document import Block
    from reports.material import Material


def definitions(material: Material, scores: Scores) -> Section:
    """Return one subsection a definition that was applied."""
    say, language = material.words.cohort, material.language
    sections = []
    for definition in scores.definitions:
        terms = [term.says.text(language) or term.id for term in definition.terms]
        readings = _readings(material, scores, definition)
        blocks: tuple[Block, ...] = (
            Bullets(items=tuple(terms)),
            *((Prose(text=say.read_as(readings), tone="note"),) if readings else ()),
            Prose(
                text=say.source(material.said(definition.source.cite), say.STANDING[definition.source.standing]),
                tone="note",
            ),
        )
        sections.append(
            Section(id=f"definition-{definition.id}", title=material.definition(definition.id), blocks=blocks)
        )
    return Section(id="definitions", title=say.DEFINITIONS_TITLE, sections=tuple(sections))


def _readings(material: Material, scores: Scores, definition: Definition) -> list[str]:
    """Return in words how the ambiguous parts of a definition were understood."""
    condition, language = scores.courses.condition, material.language
    known = {reading.name: reading for reading in readings_of(definition, condition)}
    force = in_force(definition, condition, dict(scores.readings))
    said = [
        dict(known[name].values)[value].text(language) if value in dict(known[name].values) else f"{name}: {value}"
        for name, value in force.items()
    ]
    return list(dict.fromkeys(said))
