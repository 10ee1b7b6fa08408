"""The answers as data: what was not answered, what was looked at, what was corrected. Absent without single answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from questionnaires.privacy import masked
from reports import numbers_told
from reports.document import Column, Prose, Section, Table, number_cell, text_cell

if TYPE_CHECKING:
    from questionnaires.cleaning.applying import Applied
    from questionnaires.cleaning.corrections import Correction
    from questionnaires.cleaning.missing import Missing
    from reports.document import Block, Cell
    from reports.material import Material

OF_WHY = ("blank", "not_reached", "invalid", "lost", "unknown")


def data(material: Material) -> Section | None:
    """Return missing answers by question, flags with their definitions, and every correction."""
    if material.cleaned is None or material.agreement is None:
        return None
    parts = (_missing(material), _flags(material), _corrections(material))
    sections = tuple(part for part in parts if part is not None)
    return Section(id="data", title=material.words.page.DATA, sections=sections)


def _missing(material: Material) -> Section:
    assert material.respondents is not None
    say = material.words.data
    found = [m for m in material.respondents.missing if m.missing]
    why = [kind for kind in OF_WHY if any(dict(m.kinds).get(kind) for m in found)]
    blocks: list[Block] = [Prose(text=say.MISSING_LEAD if found else say.NOTHING_MISSING)]
    flow = material.respondents.flow
    if flow.finished is not None and flow.read:
        row = numbers_told.part_of("missing/finished", flow.finished, flow.read, base="answered")
        blocks.append(Prose(text=say.finished(numbers_told.of(row))))
    if found:
        headers = (*say.MISSING_HEADERS, *(say.KINDS[kind] for kind in why))
        columns = tuple(Column(header=h, head=not at, align="right" if at else "left") for at, h in enumerate(headers))
        rows = tuple(_missing_row(material, m, why) for m in found)
        blocks.append(Table(id="missing", caption=say.MISSING_CAPTION, columns=columns, rows=rows))
    return Section(id="missing-answers", title=say.MISSING, blocks=tuple(blocks))


def _missing_row(material: Material, missing: Missing, why: list[str]) -> tuple[Cell, ...]:
    kinds, name = dict(missing.kinds), f"missing/{missing.question}"
    row = numbers_told.part_of(name, missing.missing, missing.asked, base="asked")
    counted = [("asked", missing.asked), ("answered", missing.answered)]
    cells = [number_cell(n, numbers_told.number(numbers_told.counted(f"{name}/{what}", n))) for what, n in counted]
    told = [(kind, kinds.get(kind, 0)) for kind in why]
    return (
        text_cell(material.question(missing.question) or missing.question),
        *cells,
        number_cell(missing.missing, numbers_told.of(row)),
        *(number_cell(n, numbers_told.number(numbers_told.counted(f"{name}/{kind}", n))) for kind, n in told),
    )


def _flags(material: Material) -> Section | None:
    assert material.respondents is not None
    say, counted = material.words.data, dict(material.respondents.flags)
    if not any(counted.values()):
        return None
    rows = tuple(
        (
            text_cell(say.FLAG_NAMES[kind]),
            number_cell(counted[kind], numbers_told.number(numbers_told.counted(f"flags/{kind}", counted[kind]))),
            text_cell(say.FLAG_DEFINITIONS[kind]),
        )
        for kind in say.FLAG_NAMES
        if counted[kind]
    )
    first, second, third = say.FLAGS_HEADERS
    columns = (Column(header=first, head=True), Column(header=second, align="right"), Column(header=third))
    table = Table(id="flags", caption=say.FLAGS_CAPTION, columns=columns, rows=rows)
    return Section(id="flagged", title=say.FLAGS, blocks=(Prose(text=say.FLAGS_LEAD), table))


def _corrections(material: Material) -> Section | None:
    assert material.cleaned is not None
    made, say = material.cleaned.corrections, material.words.data
    if made is None or not made.rows:
        return None
    assert material.respondents is not None
    counts = (
        numbers_told.number(numbers_told.counted(f"corrections/{action}", number))
        for action, number in material.respondents.corrections or ()
    )
    columns = tuple(Column(header=h, head=not at) for at, h in enumerate(say.CORRECTIONS_HEADERS))
    rows = tuple(_correction(material, made, row) for row in made.rows)
    table = Table(id="corrections", caption=say.CORRECTIONS_CAPTION, columns=columns, rows=rows)
    return Section(id="corrected", title=say.CORRECTIONS, blocks=(Prose(text=say.corrected(*counts)), table))


def _correction(material: Material, made: Applied, row: Correction) -> tuple[Cell, ...]:
    """Return one row; people stand there by the row of the file alone, and what they wrote without addresses."""
    told = (
        str(row.line),
        made.address_of(row),
        row.question,
        material.words.data.ACTIONS[row.action],
        *(masked(text) for text in (row.old, row.new, row.reason)),
        row.by,
        row.date,
    )
    return tuple(text_cell(text) for text in told)
