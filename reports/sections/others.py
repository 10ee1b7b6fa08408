"""What else was asked: opinions, treatments and parameters, each with its own base. Absent where nothing else was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.document import Prose, Section
from reports.sections.question import option_table, question_blocks

if TYPE_CHECKING:
    from questionnaires.instrument import Question
    from reports.document import Block
    from reports.material import Material

ROLES = ("opinion", "treatment", "parameter", "rating", "ranking", "allocation", "vignette")


def others(material: Material) -> Section | None:
    """Return one subsection a further question, in the order in which they were asked."""
    if material.agreement is None:
        return None
    judged = {v.question for v in material.agreement.verdicts}
    asked = [
        q
        for q in material.instrument.questions
        if q.closed and q.name not in judged and (q.role in ROLES or q.role == "criterion")
    ]
    if not asked:
        return None
    sections = tuple(_question(material, question) for question in asked)
    return Section(id="others", title=material.words.page.OTHERS, sections=sections)


def _question(material: Material, question: Question) -> Section:
    say = material.words.survey
    blocks: list[Block] = [*question_blocks(material, question, heads_section=True)]
    table = option_table(material, question)
    blocks.append(table if table is not None else Prose(text=say.NO_FIGURE))
    title = question.label.text(material.language) or question.name
    return Section(id=f"question-{question.name}", title=title, blocks=tuple(blocks))
