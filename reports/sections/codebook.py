"""The codebook: every question with its name, options and how they count. Absent where nobody was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.document import Cell, Column, Prose, Section, Table, text_cell
from reports.sections.question import condition_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from questionnaires.instrument import Choice, Question
    from reports.material import Material


def codebook(material: Material) -> Section | None:
    """Return the questions of the instrument in the report's language, one row an option."""
    if material.agreement is None:
        return None
    say = material.words.data
    columns = tuple(Column(header=h, head=not at) for at, h in enumerate(say.CODEBOOK_HEADERS))
    rows = tuple(row for question in material.instrument.questions for row in _rows(material, question))
    if not rows:
        return None
    table = Table(id="codebook-table", caption=say.CODEBOOK_CAPTION, columns=columns, rows=rows)
    return Section(id="codebook", title=say.CODEBOOK, blocks=(Prose(text=say.CODEBOOK_LEAD), table))


def _rows(material: Material, question: Question) -> Iterator[tuple[Cell, ...]]:
    """Yield a row an option, a question without options in one; the page names the question in the first alone."""
    about = (
        question.name,
        question.label.text(material.language),
        material.words.data.TYPES.get(question.type, question.type),
    )
    asked = condition_text(material, question)
    for at, option in enumerate(question.choices or (None,)):
        first = tuple(Cell(text="" if at else text, value=text or None) for text in about)
        yield (*first, *_option(material, option), Cell(text="" if at else asked, value=asked or None))


def _option(material: Material, choice: Choice | None) -> tuple[Cell, ...]:
    if choice is None:
        return (Cell(text=""),) * 3
    say = material.words.data
    counts = [say.WORTH[choice.endorses]] if choice.endorses is not None else []
    counts += [say.number_worth(f"{choice.score:g}")] if choice.score is not None else []
    counts += [say.KINDS[choice.missing]] if choice.missing else []
    label = choice.label.text(material.language)
    return text_cell(choice.name), text_cell(label), text_cell(material.words.page.LIST.join(counts))
