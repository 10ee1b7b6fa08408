"""This survey beside an earlier one: whom each asked, the shared items, what was worded otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reports import numbers, numbers_told
from reports.document import Bullets, Cell, Column, Prose, Section, Table, number_cell, text_cell
from reports.numbers_marked import NumberRow
from reports.sections.question import condition_text

if TYPE_CHECKING:
    from consensus.agreement.earlier import SharedAnswer, SharedItem
    from questionnaires.instrument import Question
    from reports.document import Block
    from reports.earlier import Earlier
    from reports.material import Material


def comparison(material: Material) -> Section | None:
    """Return a subsection for each earlier study; None where none is named."""
    if not material.earlier:
        return None
    parts = tuple(_study(material, earlier) for earlier in material.earlier)
    title = material.words.page.COMPARISON
    if len(parts) == 1:
        return Section(id="comparison", title=title, blocks=parts[0].blocks, sections=parts[0].sections)
    return Section(id="comparison", title=title, sections=parts)


def _study(material: Material, earlier: Earlier) -> Section:
    from reports.sections.comparison_figure import figure

    say, shared = material.words.comparison, earlier.comparison
    title = material.said(earlier.title)
    if not shared.items:
        return _section(earlier, title, (Prose(text=say.nothing_shared(title, shared.then.instrument.id)),))
    frames = Table(
        id=f"frames-{earlier.name}",
        caption=say.FRAMES_CAPTION,
        columns=(Column(header="", head=True), Column(header=say.NOW), Column(header=say.THEN)),
        rows=tuple(tuple(text_cell(text) for text in row) for row in _frames(material, earlier)),
    )
    blocks: list[Block] = [Prose(text=say.lead(title)), frames]
    if shared.answers:
        blocks += [figure(material, earlier), _answers(material, earlier), Prose(text=say.READ_WITH_CARE)]
    uncounted = [say.uncounted(material.question(i.question), material.said(i.why)) for i in shared.items if i.why]
    blocks += [Bullets(items=tuple(uncounted))] if uncounted else []
    return _section(earlier, title, (*blocks, *_wordings(material, earlier)))


def _section(earlier: Earlier, title: str, blocks: tuple[Block, ...]) -> Section:
    return Section(id=f"comparison-{earlier.name}", title=title, blocks=blocks)


def _frames(material: Material, earlier: Earlier) -> list[tuple[str, str, str]]:
    """Return what is known of whom each survey asked, a row a fact: its name, now, then."""
    say, shared = material.words.comparison, earlier.comparison
    kinds = ((shared.now, material.published), (shared.then, earlier.published))
    then = shared.then.instrument
    there = [material.said(note) for note in earlier.frame_notes]
    rows = [
        (say.SURVEY, material.title, material.said(earlier.title)),
        (say.PEOPLE, *(_people(say, *who) for who in _who(material, earlier))),
        (say.INVITED, *(_invited(say, *who) for who in _who(material, earlier))),
        (
            say.ELIGIBLE,
            say.eligible(material.conditions(material.instrument, material.eligible)),
            say.eligible(material.conditions(then, earlier.eligible)),
        ),
        (say.KIND, *(say.kind(known.synthetic, printed=bool(rows)) for known, rows in kinds)),
        (say.REMARKS, material.words.page.sentences(list(material.frame_notes)), material.words.page.sentences(there)),
    ]
    return [row for row in rows if row[1] or row[2]]


def _who(material: Material, earlier: Earlier) -> list[tuple[str, int | None, tuple[int, int] | None]]:
    return [("", material.answered, material.response), (f"{earlier.name}/", earlier.answered, earlier.response)]


def _people(say: Any, prefix: str, answered: int | None, _: object) -> str:
    if answered is None:
        return str(say.UNKNOWN)
    return numbers_told.number(numbers_told.counted(f"{prefix}people/answered", answered))


def _invited(say: Any, prefix: str, _: object, response: tuple[int, int] | None) -> str:
    if response is None:
        return str(say.UNKNOWN)
    return numbers_told.number(numbers_told.counted(f"{prefix}people/invited", response[1]))


def _answers(material: Material, earlier: Earlier) -> Table:
    say, words = material.words.comparison, material.words.survey
    return Table(
        id=f"shared-{earlier.name}",
        caption=say.ANSWERS_CAPTION,
        columns=(
            Column(header=words.QUESTION, head=True),
            Column(header=words.ANSWER),
            Column(header=say.NOW, align="right", only="page"),
            Column(header=say.THEN, align="right", only="page"),
            *(Column(header=h, align="right", only="sheet") for h in say.SHEET_HEADERS),
            Column(header=say.DIFFERENCE, align="right", only="page"),
            Column(header=say.INTERVAL, align="right"),
        ),
        rows=tuple(row for item in earlier.comparison.items for row in _item_rows(material, earlier, item)),
        footnotes=(say.METHOD, *_bases(material, earlier)),
    )


def _item_rows(material: Material, earlier: Earlier, item: SharedItem) -> list[tuple[Cell, ...]]:
    label = material.question(item.question)
    return [
        (Cell(text="" if at else label, value=label), *_answer_cells(material, earlier, answer))
        for at, answer in enumerate(item.answers)
    ]


def _answer_cells(material: Material, earlier: Earlier, answer: SharedAnswer) -> tuple[Cell, ...]:
    now, then, apart = rows_of(earlier, answer)
    digits = numbers.digits_for(min(answer.n, answer.their_n))
    return (
        text_cell(material.option(answer.question, answer.option)),
        text_cell(numbers_told.of(now)),
        text_cell(numbers_told.of(then)),
        number_cell(answer.count, row=now),
        number_cell(answer.n, row=now),
        number_cell(answer.their_count, row=then),
        number_cell(answer.their_n, row=then),
        number_cell(None if apart.value is None else float(numbers.half_up(100 * apart.value, digits)), row=apart),
        text_cell(numbers_told.points_apart(apart, digits)),
        text_cell(numbers_told.points_between(apart, digits, material.words.survey.TO)),
    )


def rows_of(earlier: Earlier, answer: SharedAnswer) -> tuple[NumberRow, NumberRow, NumberRow]:
    """Return the rows of numbers of a shared answer: the share now, the share then, and their difference."""
    shared = earlier.comparison
    now = numbers_told.measured(shared.now.measurement(answer.question, answer.option))
    theirs = shared.then.measurement(answer.their_question, answer.their_option)
    name = f"{earlier.name}/share/{answer.their_question}/{answer.their_option}/answered"
    then = numbers_told.estimated(name, theirs.estimate, answer.their_count)
    apart = numbers_told.estimated(f"difference/{earlier.name}/{answer.question}/{answer.option}", answer.difference)
    return now, then, apart


def _bases(material: Material, earlier: Earlier) -> list[str]:
    """Return of whom the percentages of routed questions are, a sentence a question."""
    say = material.words.comparison
    routed = [
        (question, condition_text(material, question))
        for item in earlier.comparison.items
        if item.answers and (question := material.instrument.question(item.question)).relevant
    ]
    return [say.routed(question.label.text(material.language), condition) for question, condition in routed]


def _wordings(material: Material, earlier: Earlier) -> list[Block]:
    """Return both wordings of each shared item that was worded or answered otherwise."""
    say, rows = material.words.comparison, list[tuple[Cell, ...]]()
    theirs = earlier.comparison.then.instrument
    for item in earlier.comparison.items:
        question, other = material.instrument.question(item.question), theirs.question(item.their_question)
        mine, then = (_asked(material, q) for q in (question, other))
        if mine != then:
            mark = f" {say.RECONSTRUCTED_MARK}" if other.reconstructed else ""
            rows.append((text_cell(mine[0]), text_cell(mine[1]), text_cell(then[0] + mark), text_cell(then[1])))
    if not rows:
        return [Prose(text=say.SAME_WORDING, tone="note")]
    marked = any(cells[2].text.endswith(say.RECONSTRUCTED_MARK) for cells in rows)
    table = Table(
        id=f"wordings-{earlier.name}",
        caption=say.WORDINGS_CAPTION,
        columns=tuple(Column(header=h, head=not at) for at, h in enumerate(say.WORDING_HEADERS)),
        rows=tuple(rows),
        footnotes=(say.RECONSTRUCTED,) if marked else (),
    )
    return [table]


def _asked(material: Material, question: Question) -> tuple[str, str]:
    """Return a question's wording and its answers in the report's language."""
    options = material.words.comparison.options([c.label.text(material.language) for c in question.choices])
    return question.label.text(material.language), str(options)
