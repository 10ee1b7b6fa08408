"""The proposed definitions as cards: the votes behind each point, the cut-off, and what another coding would change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import numbers, numbers_told
from reports.document import Bullets, Callout, Cell, Column, Figure, Prose, Section, Table, number_cell, text_cell
from reports.frames import rows_of
from reports.sections.sensitivity import sensitivity

if TYPE_CHECKING:
    from consensus.definitions.definition import Definition, Term, VoteSource
    from consensus.proposals.propose import Proposal
    from reports.document import Block
    from reports.material import Material


def proposals(material: Material) -> Section | None:
    """Return one card a proposal; None where nothing was proposed from."""
    found = material.proposals
    if found is None:
        return None
    cards = [_card(material, p) for p in (found.thresholded, found.weighted)]
    blocks: list[Block] = []
    if found.chosen is None:
        blocks.append(Prose(text=material.words.proposal.NONE_CHOSEN, tone="lead"))
    for proposal, card in zip((found.thresholded, found.weighted), cards, strict=True):
        blocks.append(card)
        if proposal.kind == "weighted" and proposal.definition is not None:
            blocks.append(_figure(material, proposal.definition))
    below = sensitivity(material, found)
    sections = () if below is None else (below,)
    return Section(id="proposals", title=material.words.page.PROPOSALS, blocks=tuple(blocks), sections=sections)


def _card(material: Material, proposal: Proposal) -> Callout:
    say = material.words.proposal
    title = say.title(proposal.kind, proposal.rule.phrase(material.language))
    if proposal.definition is None:
        return Callout(kind="card", title=title, blocks=(Prose(text=reason_of(material, proposal)),))
    definition, blocks = proposal.definition, list[Prose | Bullets | Table | Figure]()
    blocks += [Prose(text=text) for text in _how(material, proposal, definition)]
    if not any(term.points is not None for term in definition.terms):
        blocks.append(Bullets(items=tuple(term.says.text(material.language) for term in definition.terms)))
    blocks.append(_votes_table(material, proposal, definition))
    if material.proposals is not None and material.proposals.chosen is definition:
        blocks.append(Prose(text=say.CHOSEN_FILE, tone="note"))
    return Callout(kind="card", title=title, blocks=tuple(blocks))


def reason_of(material: Material, proposal: Proposal) -> str:
    """Return why there is no definition, or why a weaker rule made it; empty where there is nothing to explain."""
    return material.reasoned(f"reason/{proposal.kind}", proposal.reason)


def _how(material: Material, proposal: Proposal, definition: Definition) -> list[str]:
    say, agreement, language = material.words.proposal, material.agreement, material.language
    cut = getattr(definition.logic, "failure_at", None)
    rule = proposal.rule.phrase(language)
    if cut is not None:
        return [say.says_points(_cut(definition)), say.cut_rule(rule)]
    origin = (
        say.by_rule(rule)
        if agreement is None or proposal.rule == agreement.rule
        else say.majority_instead(agreement.rule.phrase(language), rule)
    )
    return [origin, say.LOGIC_ONE if len(definition.terms) == 1 else say.LOGIC_ANY]


def _votes_table(material: Material, proposal: Proposal, definition: Definition) -> Table:
    say = material.words.proposal
    with_points = any(term.points is not None for term in definition.terms)
    columns = (
        Column(header=say.TERM, head=True),
        *((Column(header=say.POINTS, align="right"),) if with_points else ()),
        Column(header=say.BEHIND),
        Column(header=say.VOTES_OF, align="right", only="page"),
        Column(header=say.COUNT, align="right", only="sheet"),
        Column(header=say.BASE, align="right", only="sheet"),
        Column(header=say.KIND),
    )
    rows = tuple(_votes_row(material, proposal, definition, term, with_points) for term in definition.terms)
    name = say.short(proposal.kind, proposal.rule.phrase(material.language))
    caption = material.words.survey.of_what(say.VOTES_CAPTION, name)
    return Table(id=f"votes-{definition.id}", caption=caption, columns=columns, rows=rows)


def _votes_row(
    material: Material, proposal: Proposal, definition: Definition, term: Term, with_points: bool
) -> tuple[Cell, ...]:
    say, votes = material.words.proposal, term.votes
    points = (
        number_cell(
            None if term.points is None else float(term.points),
            None if term.points is None else _points(definition, term),
        ),
    )
    if votes is None:
        rest = (text_cell(""), text_cell(""), text_cell(None), text_cell(None), text_cell(""))
        return (text_cell(_name(material, term)), *(points if with_points else ()), *rest)
    row = numbers_told.part_of(
        f"votes/{definition.id}/{term.id}", votes.count, votes.base, base=votes.base_is, method=votes.kind
    )
    behind, of = _behind(material, proposal, votes), numbers_told.of(row)
    return (
        text_cell(_name(material, term)),
        *(points if with_points else ()),
        text_cell(behind),
        text_cell(f"{say.AT_MOST} {of}" if votes.kind == "bound" else of),
        number_cell(float(votes.count), row=row),
        number_cell(votes.base, row=row),
        text_cell(say.KINDS[votes.kind]),
    )


def _behind(material: Material, proposal: Proposal, votes: VoteSource) -> str:
    """Return the answer behind a term, with what equivocal ones add to its points."""
    say = material.words.proposal
    text = str(say.behind(material.option(votes.question, votes.option), material.question(votes.question)))
    counted = material.agreement.tally.votes(votes.question) if material.agreement is not None else None
    if proposal.kind != "weighted" or counted is None or not counted.equivocal:
        return text
    if proposal.coding not in ("half", "as_yes"):
        return text
    number = numbers_told.counted(f"equivocal/{votes.question}", float(counted.equivocal))
    return text + str(say.with_equivocal(numbers_told.number(number), proposal.coding))


def _name(material: Material, term: Term) -> str:
    return term.says.text(material.language) or term.id


def _figure(material: Material, definition: Definition) -> Figure:
    from reports.figures.weights_and_points import draw_weights, weights_data

    say, data = material.words.proposal, weights_data(definition)
    cut = float(definition.logic.failure_at)  # type: ignore[union-attr]
    labels = {term.id: _name(material, term) for term in definition.terms}
    texts = {"axis": say.POINTS_AXIS, "cut": say.cut(numbers.points(cut)), "bound": say.AT_MOST}
    terms = {term.id: term for term in definition.terms}
    rows = [
        say.weight_row(labels[r.term], _points(definition, terms[r.term]), r.kind == "bound") for r in rows_of(data)
    ]
    return Figure(
        id="weights",
        title=say.POINTS_TITLE,
        description=material.words.page.sentences([say.cut(_cut(definition)) + say.STOP, *rows]),
        caption=say.POINTS_CAPTION,
        draw=lambda: draw_weights(data, cut, labels, texts),
    )


def _cut(definition: Definition) -> str:
    cut = float(definition.logic.failure_at)  # type: ignore[union-attr]
    return numbers_told.points(numbers_told.counted(f"points/{definition.id}/cut-off", cut, method="points"))


def _points(definition: Definition, term: Term) -> str:
    name = f"points/{definition.id}/{term.id}"
    return numbers_told.points(numbers_told.counted(name, float(term.points or 0), method="points"))
