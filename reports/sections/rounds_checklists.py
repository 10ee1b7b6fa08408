"""ACCORD and DELPHISTAR by section, filled where the rounds know the answer; the rest is listed for the authors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import numbers_told
from reports.checklists import OF_PANELS, read_checklist
from reports.document import Bullets, Prose, Section
from reports.sections.checklists import checklist_table, section_number

if TYPE_CHECKING:
    from collections.abc import Callable

    from consensus.rounds.panel_results import PanelResults
    from reports.document import Block
    from reports.material import Material


def panel_checklists(material: Material, panel: PanelResults) -> Section:
    """Return a table for each checklist of consensus studies, and which of its sections nothing is known of."""
    say = material.words.checklists
    blocks: list[Block] = [Prose(text=material.words.rounds_facts.CHECKLISTS_LEAD)]
    for name in OF_PANELS:
        checklist = read_checklist(name)
        told = [(s, [text for fact in s.facts if (text := FACTS[fact](material, panel))]) for s in checklist.sections]
        blocks.append(checklist_table(material, checklist, told, material.words.rounds_facts.standing(checklist.cite)))
        opened = [section_number(checklist, section, material.language) for section, facts in told if not facts]
        blocks += [Prose(text=say.OPEN), Bullets(items=tuple(opened))] if opened else []
    return Section(id="panel-checklists", title=material.words.page.CHECKLISTS, blocks=tuple(blocks))


def _count(name: str, number: int) -> str:
    return numbers_told.number(numbers_told.counted(f"panel/{name}", number))


def _people(material: Material, panel: PanelResults) -> str:
    groups, voters = len(panel.people.groups), len(panel.people.voters(panel.rounds[0].number))
    of = _count("groups", groups) if groups else ""
    return str(material.words.rounds.who(_count("voters", voters), of, _count("people", len(panel.people.people))))


def _rounds(material: Material, panel: PanelResults) -> str:
    items = ", ".join(_count(f"items/round-{closed.number}", len(closed.results)) for closed in panel.rounds)
    return str(material.words.rounds_facts.rounds(_count("rounds", len(panel.rounds)), items))


def _items(material: Material, panel: PanelResults) -> str:
    changed = [row.change for row in panel.items.rows if row.round > panel.rounds[0].number and row.change != "same"]
    say = material.words.rounds
    pair = material.words.page.pair
    told = [pair(say.CHANGES[word], _count(f"changed/{word}", changed.count(word))) for word in dict.fromkeys(changed)]
    return str(material.words.rounds_facts.items(told)) if told else ""


def _protocol(material: Material, panel: PanelResults) -> str:
    say = material.words.rounds
    if panel.protocol is None:
        return str(say.NO_PROTOCOL)
    return str(
        material.words.rounds_facts.protocol(
            panel.protocol.entries[0].date, _count("amendments", len(panel.protocol.amendments))
        )
    )


def _feedback(material: Material, panel: PanelResults) -> str:
    own = any(not closed.collected.get("dialect") for closed in panel.rounds)
    return str(material.words.rounds_facts.FEEDBACK) if own else ""


def _corrections(material: Material, panel: PanelResults) -> str:
    many = sum(len(closed.collected.get("corrections", [])) for closed in panel.rounds)
    return str(material.words.rounds.corrected(many, _count("corrections", many))) if many else ""


def _turnout(material: Material, panel: PanelResults) -> str:
    say = material.words.rounds
    lines = [
        say.answered(
            closed.number,
            _count(f"answered/round-{closed.number}", closed.collected["answered"]),
            _count(f"invited/round-{closed.number}", closed.collected["invited"]),
        )
        for closed in panel.rounds
    ]
    return str(material.words.page.sentences(lines))


def _gone(material: Material, panel: PanelResults) -> str:
    left = sum(one.left for one in panel.attrition.gone)
    turned = sum(one.turned for one in panel.attrition.bounds)
    return str(material.words.rounds_facts.gone(_count("left", left), _count("turned", turned)))


def _summary(material: Material, panel: PanelResults) -> str:
    verdicts = [one.verdict for one in panel.final]
    told = {"in": verdicts.count("in"), "out": verdicts.count("out")}
    told["open"] = len(verdicts) - sum(told.values())
    marked = [_count(f"statements/{name}", number) for name, number in told.items()]
    total, rounds = _count("statements", len(verdicts)), _count("rounds", len(panel.rounds))
    return str(material.words.rounds.summary(*marked, total, rounds))


def _fragile(material: Material, panel: PanelResults) -> str:
    found = panel.multiverse
    many = sum(found.robustness(item) == "fragile" for item in found.items)
    return str(material.words.rounds_facts.fragile(_count("fragile", many), _count("judged", len(found.items))))


FACTS: dict[str, Callable[[Material, PanelResults], str]] = {
    "people": _people,
    "rounds": _rounds,
    "items": _items,
    "rule": lambda material, panel: panel.rule.sentence(material.language),
    "protocol": _protocol,
    "feedback": _feedback,
    "anonymity": lambda material, _: str(material.words.rounds_facts.ANONYMITY),
    "corrections": _corrections,
    "turnout": _turnout,
    "gone": _gone,
    "summary": _summary,
    "tables": lambda material, _: str(material.words.rounds_facts.TABLES),
    "stability": lambda material, panel: str(material.words.rounds_facts.STABILITY) if panel.stability else "",
    "fragile": _fragile,
}
