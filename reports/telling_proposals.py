"""Proposals on a terminal: the definitions, how sure they are, what to ask next, and what would happen otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from consensus.definitions.definition import AllOf, AtLeast
from reports import numbers
from reports.commands.console import reason, show, show_table, spoken, told, words
from reports.labels import labels_of
from reports.wording.messages import said

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from consensus.definitions.definition import Definition
    from consensus.proposals.proposal import Proposal, Proposals
    from consensus.proposals.what_if import WhatIf
    from questionnaires.instrument import Instrument

MOST_RECLASSIFIED = 20


def show_proposals(proposals: Proposals, instrument: Instrument) -> None:
    """Show every proposal with the votes behind it, then what they rest on."""
    labels = labels_of(instrument, spoken())
    for number, proposal in enumerate(proposals, start=1):
        title = proposal.definition.title.text(spoken()) if proposal.definition else reason("none")
        show(words().headed(number, reason(proposal.kind), title))
        if proposal.reason:
            show(f"  {said(proposal.reason, spoken(), labels)}")
        _show_terms(proposal.definition)
        _show_certainty(proposal)
        show()
    _show_space(proposals)
    _show_left_out(proposals, labels)
    _show_next_round(proposals, instrument)


def _show_terms(definition: Definition | None) -> None:
    if isinstance(definition.logic if definition is not None else None, AllOf):
        show(f"  {reason('all of:')}")
    if definition is not None and isinstance(definition.logic, AtLeast):
        show(f"  {words().at_least(str(definition.logic.number))}")
    for term in definition.terms if definition is not None else ():
        says, votes = term.says.text(spoken()), term.votes
        if term.points is not None:
            says = words().with_points(numbers.points(term.points), says)
        if votes is not None:
            shares = numbers.of(votes.count, votes.base)
            behind = words().behind(votes.question, votes.option, shares, reason(votes.kind))
            says = words().apart(says, behind)
        show(f"  {says}")
    cut = getattr(definition.logic, "failure_at", None) if definition is not None else None
    if cut is not None:
        show(f"  {words().met_from(numbers.points(cut))}")


def _show_certainty(proposal: Proposal) -> None:
    for note in proposal.definition.notes if proposal.definition is not None else ():
        show(f"  {note.text(spoken())}")
    if proposal.points is not None and proposal.weighting is not None and proposal.definition is not None:
        pairs = zip((t.id for t in proposal.definition.terms), proposal.points.points, strict=True)
        terms = [f"{name} {worth}" for name, worth in pairs]
        show(f"  {words().fewest(terms, str(proposal.points.cut_off))}")
    if proposal.won is not None:
        draws = numbers.count(proposal.draws or 0)
        show(f"  {words().won(numbers.percent(proposal.won), draws)}")


def _show_space(proposals: Proposals) -> None:
    atlas, schools, vignettes = proposals.atlas, proposals.schools, proposals.vignettes
    if atlas is not None and atlas.definitions:
        many, of, front = numbers.count(atlas.definitions), str(len(atlas.criteria)), str(len(atlas.front))
        show(words().space(many, of, front, atlas.proved))
    if vignettes is not None and vignettes.consistent is not None:
        show(words().consistent(numbers.percent(vignettes.consistent), str(vignettes.people)))
    if schools is not None:
        show(words().schools(len(schools), reason(schools.reason)))
    if any((atlas, schools, vignettes)):
        show()


def _show_left_out(proposals: Proposals, labels: Mapping[str, str]) -> None:
    show(reason("Votes that became no term"))
    rows = [
        (o.question, o.criterion or "", votes_of(o.count, o.base), said(o.reason, spoken(), labels))
        for o in proposals.left_out
    ]
    show_table(("question", "criterion", "votes", "why"), rows)


def _show_next_round(proposals: Proposals, instrument: Instrument) -> None:
    if not proposals.next_round:
        return
    known = {q.name for q in instrument.questions}
    rows = []
    for ask in proposals.next_round:
        share = numbers.percent(ask.share) if ask.share is not None else ""
        tips = numbers.percent(ask.tips) if ask.tips is not None else ""
        why = words().ask(ask.why, share, str(ask.votes), tips)
        rows.append((" + ".join(ask.criteria), ask.question if ask.question in known else "", why))
    show()
    show(reason("What the next round should ask"))
    show_table(("criterion", "question", "why"), rows)


def show_what_if(found: WhatIf) -> None:
    """Show the proposal before and after, and the patients whom the two judge otherwise."""
    show(words().as_it_is(_terms(found.before)))
    show(words().what_if(", ".join(found.settings), _terms(found.after)))
    if found.after.reason and found.after.definition is not None:
        show(f"  {told(found.after.reason)}")
    if not found.of:
        return
    moved = len(found.patients)
    show(words().moved(str(moved), words().patients(found.of, numbers.count(found.of))))
    if not moved:
        return
    rows: Sequence[tuple[object, ...]] = [(reason(a), reason(b), n) for a, b, n in found.counts if a != b]
    show_table(("as it is", "what if", "patients"), rows, right=(2,))
    show()
    listed = [(patient, reason(a), reason(b)) for patient, a, b in found.patients[:MOST_RECLASSIFIED]]
    show_table(("patient", "as it is", "what if"), listed)
    if moved > MOST_RECLASSIFIED:
        show(words().more(str(moved - MOST_RECLASSIFIED)))


def _terms(proposal: Proposal) -> str:
    definition = proposal.definition
    if definition is None:
        return str(words().none(told(proposal.reason)))
    cut = getattr(definition.logic, "failure_at", None)
    terms = [t.id if t.points is None else f"{t.id} {numbers.points(t.points)}" for t in definition.terms]
    listed = ", ".join(terms)
    return listed if cut is None else str(words().cut(listed, numbers.points(cut)))


def votes_of(votes: float | None, base: int | None) -> str:
    """Return votes with their base and share, or nothing where they are not known."""
    return "" if votes is None or not base else numbers.of(votes, base)
