"""What people would do next: each question on treatment with its answers, and which were chosen together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from consensus.agreement.respondents import chosen_together
from reports import numbers_told
from reports.document import Figure, Section
from reports.frames import rows_of
from reports.sections.others import answers_table, lead_of
from reports.sections.question import condition_text

if TYPE_CHECKING:
    from questionnaires.instrument import Question
    from reports.document import Block
    from reports.material import Material
    from reports.numbers_marked import NumberRow

LEAST = 2


def treatments(material: Material) -> Section | None:
    """Return the questions on treatment; None where none was asked."""
    if material.agreement is None:
        return None
    asked = [q for q in material.instrument.questions if q.role == "treatment" and q.closed]
    if not asked:
        return None
    caption = material.words.treatments.CAPTION
    blocks: list[Block] = [*lead_of(material, asked), answers_table(material, asked, "treatments-table", caption)]
    for question in asked:
        figure = together(material, question) if question.multiple else None
        blocks += [figure] if figure is not None else []
    return Section(id="treatments", title=material.words.page.TREATMENTS, blocks=tuple(blocks))


def together(material: Material, question: Question) -> Figure | None:
    """Return which answers of a question were chosen together; None where single answers are not known."""
    from reports.figures.upset import draw_upset, upset_data

    answers = material.agreement.answers if material.agreement is not None else None
    found = None if answers is None else dict(chosen_together(answers)).get(question.name)
    if found is None:
        return None
    labels = {c.name: c.label.text(material.language) or c.name for c in question.choices}
    data = upset_data(found)
    used = {name: label for name, label in labels.items() if data.attrs["sizes"].get(name)}
    if len(used) < LEAST or len(data) < LEAST:
        return None
    say, total = material.words.treatments, int(data.attrs["total"])
    texts = {"count": say.TOGETHER_COUNT, "sizes": say.TOGETHER_SIZES}
    rows = []
    for row in rows_of(data.rename(columns={"count": "people"})):
        part = numbers_told.part_of(
            f"together/{question.name}/{'+'.join(row.members)}", row.people, total, base="answered"
        )
        rows.append(say.combination([labels[name] for name in row.members], numbers_told.of(part)))
    left = int(data.attrs["left_out"])
    rest = numbers_told.number(numbers_told.counted(f"together/{question.name}/rarer", left)) if left else ""
    condition = condition_text(material, question)
    return Figure(
        id=f"together-{question.name}",
        title=say.together_title(question.label.text(material.language)),
        description=material.words.page.sentences(rows),
        caption=say.together_caption(numbers_told.base_size(_base(question, total)), condition, rest),
        draw=lambda: draw_upset(data, used, texts),
    )


def _base(question: Question, total: int) -> NumberRow:
    return numbers_told.part_of(f"together/{question.name}", total, total, base="answered")
