"""Reporting checklists by section, filled where the data know the answer; what is open is listed for the authors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.checklists import NAMES, read_checklist
from reports.document import Bullets, Cell, Column, Prose, Section, Table, text_cell
from reports.sections.checklist_facts import FACTS

if TYPE_CHECKING:
    from reports.checklists import Checklist, ChecklistSection
    from reports.document import Block
    from reports.material import Material


def checklists(material: Material) -> Section | None:
    """Return a table a checklist; None where no single answers are there to report on."""
    if material.cleaned is None or material.agreement is None:
        return None
    say = material.words.checklists
    blocks: list[Block] = [Prose(text=say.LEAD)]
    for name in NAMES:
        checklist = read_checklist(name)
        told = [(section, _told(material, section)) for section in checklist.sections]
        blocks.append(checklist_table(material, checklist, told))
        opened = [section_number(checklist, section, material.language) for section, facts in told if not facts]
        blocks += [Prose(text=say.OPEN), Bullets(items=tuple(opened))] if opened else []
    return Section(id="checklists", title=material.words.page.CHECKLISTS, blocks=tuple(blocks))


def _told(material: Material, section: ChecklistSection) -> list[str]:
    return list(dict.fromkeys(text for fact in section.facts if (text := FACTS[fact](material))))


def section_number(checklist: Checklist, section: ChecklistSection, language: str) -> str:
    """Return a section with its checklist and number."""
    return f"{checklist.id.upper()} {section.number}. {section.title.text(language)}"


def checklist_table(
    material: Material,
    checklist: Checklist,
    told: list[tuple[ChecklistSection, list[str]]],
    standing: str | None = None,
) -> Table:
    """Return what is known of each section of a checklist, and what is left to the authors."""
    say = material.words.checklists
    rows: list[tuple[Cell, ...]] = [
        (
            text_cell(section_number(checklist, section, material.language)),
            text_cell(material.words.page.sentences(facts) if facts else say.NOTHING),
            text_cell(say.PARTLY if facts else say.FOR_AUTHORS),
        )
        for section, facts in told
    ]
    return Table(
        id=f"checklist-{checklist.id}",
        caption=checklist.title.text(material.language),
        columns=(
            Column(header=say.SECTION, head=True),
            Column(header=say.KNOWN),
            Column(header=say.LEFT),
        ),
        rows=tuple(rows),
        footnotes=(standing or say.standing(checklist.cite),),
    )
