"""The panel and its rounds: rule, fate of statements, results, other rules, stability, people, protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING

from consensus.rules.on_scale import ends_of, held
from consensus.rules.terms import number
from reports import numbers_told
from reports.document import Callout, Prose, Section
from reports.sections.experts import panel_experts
from reports.sections.rounds_checklists import panel_checklists
from reports.sections.rounds_final import fate
from reports.sections.rounds_multiverse import other_rules
from reports.sections.rounds_people import advice, people
from reports.sections.rounds_protocol import operating, protocol
from reports.sections.rounds_results import results
from reports.sections.rounds_stability import stability

if TYPE_CHECKING:
    from consensus.rounds.panel_results import PanelResults
    from reports.material import Material


def rounds(material: Material) -> Section | None:
    """Return everything about the rounds of a panel; None for a study without one."""
    panel = material.panel
    if panel is None:
        return None
    say = material.words.rounds
    parts = (
        _rule(material, panel),
        fate,
        results,
        other_rules,
        stability,
        people,
        panel_experts,
        advice,
        operating,
        protocol,
        panel_checklists,
    )
    built = tuple(part if isinstance(part, Section) else part(material, panel) for part in parts)
    return Section(
        id="rounds",
        title=say.TITLE,
        blocks=(Prose(text=_who(material, panel)),),
        sections=tuple(section for section in built if section is not None),
    )


def panel_summary(material: Material, panel: PanelResults) -> Callout:
    """Return how many statements are in, out and open: the first thing that a report on a panel says."""
    say = material.words.rounds
    verdicts = [one.verdict for one in panel.final]
    told = {"in": verdicts.count("in"), "out": verdicts.count("out")}
    told["open"] = len(verdicts) - sum(told.values())
    marked = {name: _count(f"statements/{name}", number) for name, number in told.items()}
    text = say.summary(
        marked["in"],
        marked["out"],
        marked["open"],
        _count("statements", len(verdicts)),
        _count("rounds", len(panel.rounds)),
    )
    turnout = tuple(
        say.answered(
            closed.number,
            _count(f"answered/round-{closed.number}", closed.collected["answered"]),
            _count(f"invited/round-{closed.number}", closed.collected["invited"]),
        )
        for closed in panel.rounds
    )
    lines = tuple(Prose(text=line) for line in turnout)
    return Callout(kind="result", title=say.SUMMARY_TITLE, blocks=(Prose(text=text, tone="lead"), *lines))


def _rule(material: Material, panel: PanelResults) -> Section:
    say = material.words.rounds
    blocks = (
        Prose(text=panel.rule.sentence(material.language)),
        *(Prose(text=text) for text in _agreement(material, panel)),
        Prose(text=say.RULE_WRITTEN.format(panel.rule), tone="note"),
    )
    return Section(id="rounds-rule", title=say.RULE, blocks=blocks)


def _agreement(material: Material, panel: PanelResults) -> list[str]:
    """Return which ratings are agreement, a sentence a scale on which the rule asks who agrees."""
    ballots = dict.fromkeys(result.counts.ballot for closed in panel.rounds for result in closed.results)
    say, told = material.words.rounds, list[str]()
    for ballot in ballots:
        ends = ends_of(ballot)
        if ends is not None and held(panel.rule, ballot) != panel.rule:
            scale = (number(ballot.scale[0]), number(ballot.scale[-1]))
            told.append(say.agreement_on(*scale, *(str(end).replace("..", say.TO) for end in ends)))
    return list(dict.fromkeys(told))


def _who(material: Material, panel: PanelResults) -> str:
    groups = len(panel.people.groups)
    voters = len(panel.people.voters(panel.rounds[0].number)) if panel.rounds else 0
    return str(
        material.words.rounds.who(
            _count("voters", voters),
            _count("groups", groups) if groups else "",
            _count("people", len(panel.people.people)),
        )
    )


def _count(name: str, number: int) -> str:
    return numbers_told.number(numbers_told.counted(f"panel/{name}", number))
