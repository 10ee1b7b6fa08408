"""The proposed definitions as cards: the votes behind each point, the cut-off, and what another coding would change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from consensus.definitions.definition import AllOf, AtLeast
from consensus.proposals.noting import numbers_in
from reports import numbers, numbers_told, proposal_numbers
from reports.document import Bullets, Callout, Cell, Column, Figure, Prose, Section, Table, number_cell, text_cell
from reports.frames import rows_of
from reports.sections.atlas import atlas
from reports.sections.certainty import certainty
from reports.sections.schools import schools
from reports.sections.sensitivity import sensitivity
from reports.sections.vignettes import vignettes
from reports.sections.weightings import parameters, weightings

if TYPE_CHECKING:
    from consensus.definitions.definition import Definition, Term, VoteSource
    from consensus.proposals.propose import Proposal
    from reports.document import Block
    from reports.material import Material


def proposals(material: Material) -> Section | None:
    """Return one card a proposal; None where nothing was proposed from."""
    found = material.proposals
    if found is None or found.nothing:
        return None
    cards = [_card(material, p, number) for number, p in enumerate(found, start=1)]
    blocks: list[Block] = []
    if found.chosen is None:
        say = material.words.proposal
        others = any(proposal.definition is not None for proposal in found)
        blocks.append(Prose(text=say.OTHERS_ONLY if others else say.NONE_CHOSEN, tone="lead"))
    for proposal, card in zip(found, cards, strict=True):
        blocks.append(card)
        if proposal.kind == "weighted" and proposal.definition is not None:
            blocks.append(_figure(material, proposal.definition))
    below = (build(material) for build in (_alike, certainty, weightings, parameters, atlas, vignettes, schools))
    sections = tuple(section for section in below if section is not None)
    return Section(id="proposals", title=material.words.page.PROPOSALS, blocks=tuple(blocks), sections=sections)


def _alike(material: Material) -> Section | None:
    return None if material.proposals is None else sensitivity(material, material.proposals)


def _card(material: Material, proposal: Proposal, number: int) -> Callout:
    say = material.words.proposal
    title = say.title(proposal.kind, proposal.rule.phrase(material.language), number, proposal.school)
    if proposal.definition is None:
        return Callout(kind="card", title=title, blocks=(Prose(text=reason_of(material, proposal)),))
    definition, blocks = proposal.definition, list[Prose | Bullets | Table | Figure]()
    blocks += [Prose(text=text) for text in _how(material, proposal, definition)]
    if not any(term.points is not None for term in definition.terms):
        blocks.append(Bullets(items=tuple(term.says.text(material.language) for term in definition.terms)))
    blocks.append(_votes_table(material, proposal, definition))
    blocks += [Prose(text=text) for text in _certain(material, proposal)]
    if material.proposals is not None and material.proposals.chosen is definition:
        blocks.append(Prose(text=say.CHOSEN_FILE, tone="note"))
    return Callout(kind="card", title=title, blocks=tuple(blocks))


def reason_of(material: Material, proposal: Proposal) -> str:
    """Return why there is no definition, or why a weaker rule made it; empty where there is nothing to explain."""
    return material.reasoned(f"reason/{proposal.kind}", proposal.reason)


def _how(material: Material, proposal: Proposal, definition: Definition) -> list[str]:
    say = material.words.proposal
    told = [_origin(material, proposal)]
    if getattr(definition.logic, "failure_at", None) is not None:
        points = say.says_percents if proposal.weighting == "percent" else say.says_points
        whole = proposal.kind != "weighted" or proposal.weighting not in ("votes", "percent")
        told += [say.says_fewest(_cut(definition)) if whole else points(_cut(definition))]
    else:
        told += [logic_of(material, definition)]
    return [text for text in told if text]


def _certain(material: Material, proposal: Proposal) -> list[str]:
    """Return how often a proposal came out, and from how many of the fewest points on it is met."""
    say, place = material.words.proposal, _place(material, proposal)
    cut_off = proposal_numbers.number(material, "proposals", place, "fewest_cut_off")
    fewest = [say.fewest_cut_off(cut_off)] if cut_off and _two_kinds_of_points(proposal) else []
    won = proposal_numbers.percent(material, "proposals", place, "won")
    draws = proposal_numbers.number(material, "proposals", place, "draws")
    return [*_numbers(material, proposal), *fewest, *([say.came_out(won, draws)] if won else [])]


def _numbers(material: Material, proposal: Proposal) -> list[str]:
    """Return where each number in the terms of a proposal is from."""
    found = material.proposals.parameters if material.proposals is not None else ()
    told = []
    for p in numbers_in(proposal, found):
        where = ("parameters", found.index(p) + 1)
        number, n = (proposal_numbers.number(material, *where, *key) for key in (("median",), ("accepts", "n")))
        accepts = proposal_numbers.percent(material, *where, "accepts", "value")
        name, asked = material.criterion(p.criterion), material.question(p.question)
        told.append(material.words.proposal.number_in_term(name, p.unit, number, asked, accepts, n))
    return told


def _two_kinds_of_points(proposal: Proposal) -> bool:
    """Return whether points are votes or percents, and the fewest whole ones stand beside them."""
    return proposal.weighting in ("votes", "percent") and proposal.points is not None


def _place(material: Material, proposal: Proposal) -> int:
    """Return the place of a proposal among all, from 1."""
    return next(at for at, one in enumerate(material.proposals or (), start=1) if one is proposal)


def _origin(material: Material, proposal: Proposal) -> str:
    """Return what a proposal follows from."""
    say, agreement, language = material.words.proposal, material.agreement, material.language
    rule = proposal.rule.phrase(language)
    study = proposal.rule if agreement is None else agreement.rule
    match proposal.kind:
        case "weighted":
            return str(say.cut_rule(rule))
        case "atlas":
            return str(_of_atlas(material))
        case "numbers":
            return str(say.OF_NUMBERS)
        case "vignettes":
            return str(say.OF_VIGNETTES)
        case "school":
            people = proposal_numbers.number(material, "proposals", _place(material, proposal), "people")
            return str(say.of_school(people, rule))
        case _:
            return str(
                say.by_rule(rule) if proposal.rule == study else say.majority_instead(study.phrase(language), rule)
            )


def _of_atlas(material: Material) -> str:
    found = material.proposals.atlas if material.proposals is not None else None
    if found is None or found.best is None or found.best.given is None:
        return ""
    many = proposal_numbers.number(material, "atlas", "definitions")
    given = proposal_numbers.percent(material, "atlas", "best", "given")
    return str(material.words.proposal.of_atlas(many, given, found.proved))


def logic_of(material: Material, definition: Definition) -> str:
    """Return how the terms of a definition without points are combined, before they are listed."""
    say, logic = material.words.proposal, definition.logic
    if len(definition.terms) == 1:
        return str(say.LOGIC_ONE)
    if isinstance(logic, AtLeast):
        return str(say.logic_at_least(logic.number))
    return str(say.LOGIC_ALL if isinstance(logic, AllOf) else say.LOGIC_ANY)


def _votes_table(material: Material, proposal: Proposal, definition: Definition) -> Table:
    say = material.words.proposal
    with_points = any(term.points is not None for term in definition.terms)
    columns = (
        Column(header=say.TERM, head=True),
        *((Column(header=say.POINTS, align="right"),) if with_points else ()),
        *((Column(header=say.FEWEST, align="right"),) if _two_kinds_of_points(proposal) else ()),
        Column(header=say.BEHIND),
        Column(header=say.VOTES_OF, align="right", only="page"),
        Column(header=say.COUNT, align="right", only="sheet"),
        Column(header=say.BASE, align="right", only="sheet"),
        Column(header=say.KIND),
    )
    rows = tuple(_votes_row(material, proposal, definition, term, with_points) for term in definition.terms)
    name = say.short(
        proposal.kind, proposal.rule.phrase(material.language), _place(material, proposal), proposal.school
    )
    caption = material.words.survey.of_what(say.VOTES_CAPTION, name)
    return Table(id=f"votes-{definition.id}", caption=caption, columns=columns, rows=rows)


def _votes_row(
    material: Material, proposal: Proposal, definition: Definition, term: Term, with_points: bool
) -> tuple[Cell, ...]:
    say, votes = material.words.proposal, term.votes
    points: tuple[Cell, ...] = (
        number_cell(
            None if term.points is None else float(term.points),
            None if term.points is None else _points(definition, term),
        ),
    )
    if _two_kinds_of_points(proposal):
        place = _place(material, proposal)
        fewest = proposal_numbers.number(material, "proposals", place, "fewest_points", term.id)
        points = (*points, text_cell(fewest))
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
