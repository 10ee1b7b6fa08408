"""A report with its small cells masked: the document, its rows of numbers, its definition, and what is left out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from consensus.proposals.noting import numbers_in
from questionnaires.published import PublishedCounts
from reports import numbers_told
from reports.document import Prose
from reports.masking.document import Hidden, base_of, masked, masked_rows
from reports.masking.families import close_definitions
from reports.masking.files import DEFINITION, OF_ANSWERS, OF_PATIENTS, masked_definition
from reports.masking.hidden import hidden_rows, thin_questions

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from consensus.agreement.agree import Agreement
    from consensus.definitions.definition import Definition
    from reports.document import Document
    from reports.material import Material
    from reports.numbers_marked import NumberRow
    from reports.study import Results


@dataclass(frozen=True, kw_only=True, slots=True)
class Masked:
    """What may be shown; `left_out` names the files that are not written because of single people or masked numbers."""

    document: Document
    rows: tuple[NumberRow, ...]
    definition: Definition | None
    left_out: tuple[str, ...] = ()


def masked_report(material: Material, document: Document, rows: tuple[NumberRow, ...]) -> Masked:
    """Return a report as it may be shown: as it is where the study asks for no masking."""
    chosen = material.proposals.chosen if material.proposals is not None else None
    least = material.small_cells
    if not least:
        return Masked(document=document, rows=rows, definition=chosen)
    items = () if material.panel is None else tuple(final.item for final in material.panel.final)
    close = frozenset[str]() if material.scores is None else close_definitions(material.scores, least)
    hidden = hidden_rows(rows, material.agreement, least, items=items, close=close)
    thin = set() if material.agreement is None else set(thin_questions(rows, material.agreement, least))
    definition = None if chosen is None else masked_definition(chosen, hidden, thin, _numbers_of(material))
    left_out = left_out_of(material, without_definition=chosen is not None and definition is None)
    setting = numbers_told.counted("small-cells", least, method="setting")
    told = _noted(masked(document, _hidden(material, rows, hidden, thin), material.words), material, setting, left_out)
    return Masked(document=told, rows=(*masked_rows(rows, hidden), setting), definition=definition, left_out=left_out)


def _numbers_of(material: Material) -> list[str]:
    """Return the questions behind the numbers that the definition's notes tell of, in their order."""
    made = material.proposals
    return [] if made is None else [p.question for p in numbers_in(made.thresholded, made.parameters)]


def _hidden(material: Material, rows: tuple[NumberRow, ...], hidden: frozenset[str], thin: Set[str]) -> Hidden:
    agreement = material.agreement
    if agreement is None:
        return Hidden(rows=hidden)
    criteria = {v.criterion for v in agreement.verdicts}
    bases = frozenset(_bases(agreement, rows, hidden, material.small_cells))
    return Hidden(rows=hidden, criteria=not criteria.isdisjoint(thin), coding=agreement.equivocal, bases=bases)


def _bases(
    agreement: Agreement, rows: tuple[NumberRow, ...], hidden: frozenset[str], least: int
) -> Iterator[tuple[str, str, int]]:
    """Yield of how many people a question is where other rows on it show that, or where everyone was asked it."""
    yield from (base for row in rows if row.id not in hidden and "=" not in row.id and (base := base_of(row)))
    everyone = {row.value for row in rows if row.id == "people/answered" and row.id not in hidden}
    for counted in agreement.tally.questions:
        question = agreement.instrument.question(counted.question)
        free = agreement.instrument.asked_if(question) is None or counted.answered in everyone
        if not question.relevant and free and (counted.answered or 0) >= least:
            yield counted.question, "answered", counted.answered or 0


def left_out_of(made: Material | Results, *, without_definition: bool) -> tuple[str, ...]:
    """Return the files that a masked report on this leaves out."""
    single = made.agreement is not None and not isinstance(made.agreement.answers, PublishedCounts)
    found = [DEFINITION] if without_definition else []
    found += OF_ANSWERS if single or made.panel is not None else ()
    return (*found, *(OF_PATIENTS if made.scores is not None else ()))


def _noted(document: Document, material: Material, setting: NumberRow, left_out: tuple[str, ...]) -> Document:
    """Return the document with what was masked and left out said in its first section."""
    say = material.words.page
    notes = [say.masked_note(numbers_told.number(setting)), say.files_left_out(left_out) if left_out else ""]
    blocks = tuple(Prose(text=text, tone="note") for text in notes if text)
    first, *others = document.sections
    return replace(document, sections=(replace(first, blocks=(*blocks, *first.blocks)), *others))
