"""Proposals on a terminal: the definitions, how sure they are, what to ask next, and what would happen otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from consensus.definitions.definition import AllOf, AtLeast
from reports import numbers
from reports.commands.console import show, show_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consensus.definitions.definition import Definition
    from consensus.proposals.proposal import Proposal, Proposals
    from consensus.proposals.what_if import WhatIf
    from questionnaires.instrument import Instrument

WHY = {
    "close": "resampling turns the decision: a term in {share} of surveys",
    "never_asked": "never asked directly: {share} is a bound or a proxy",
    "equivocal": "how the {votes} equivocal answers count decides",
    "number": "only {share} would accept the number",
    "case": "definitions judge this combination differently: {share} of them say met",
    "no_finding": "people voted on it, but no course can show it",
}
MOST_RECLASSIFIED = 20


def show_proposals(proposals: Proposals, instrument: Instrument) -> None:
    """Show every proposal with the votes behind it, then what they rest on."""
    for number, proposal in enumerate(proposals, start=1):
        title = proposal.definition.title.text("en") if proposal.definition else "none"
        show(f"{number} {proposal.kind}: {title}")
        if proposal.reason:
            show(f"  {proposal.reason}")
        _show_terms(proposal.definition)
        _show_certainty(proposal)
        show()
    _show_space(proposals)
    _show_left_out(proposals)
    _show_next_round(proposals, instrument)


def _show_terms(definition: Definition | None) -> None:
    if isinstance(definition.logic if definition is not None else None, AllOf):
        show("  all of:")
    if definition is not None and isinstance(definition.logic, AtLeast):
        show(f"  at least {definition.logic.number} of:")
    for term in definition.terms if definition is not None else ():
        points = f"{numbers.points(term.points)} points: " if term.points is not None else ""
        votes = term.votes
        told = (
            f" ({votes.question} {votes.option}: {numbers.of(votes.count, votes.base)}, {votes.kind})" if votes else ""
        )
        show(f"  {points}{term.says.text('en')}{told}")
    cut = getattr(definition.logic, "failure_at", None) if definition is not None else None
    if cut is not None:
        show(f"  met from {numbers.points(cut)} points")


def _show_certainty(proposal: Proposal) -> None:
    if proposal.points is not None and proposal.weighting is not None and proposal.definition is not None:
        pairs = zip((t.id for t in proposal.definition.terms), proposal.points.points, strict=True)
        told = ", ".join(f"{name} {worth}" for name, worth in pairs)
        show(f"  the fewest points that judge alike: {told}; met from {proposal.points.cut_off}")
    if proposal.won is not None:
        show(f"  came out in {numbers.percent(proposal.won)} of resampled surveys")


def _show_space(proposals: Proposals) -> None:
    atlas, schools, vignettes = proposals.atlas, proposals.schools, proposals.vignettes
    if atlas is not None and atlas.definitions:
        space = "All" if atlas.proved else "A search looked at"
        many = f"{numbers.count(atlas.definitions)} definitions by points over {len(atlas.criteria)} criteria"
        show(f"{space} {many}: {len(atlas.front)} of them are beaten by no other.")
    if vignettes is not None and vignettes.consistent is not None:
        share = numbers.percent(vignettes.consistent)
        show(f"{share} of {vignettes.people} people judge vignettes as some definition does.")
    if schools is not None:
        found = f"{len(schools)} schools of thought." if len(schools) else f"No schools of thought: {schools.reason}."
        show(found)
    if any((atlas, schools, vignettes)):
        show()


def _show_left_out(proposals: Proposals) -> None:
    show("Votes that became no term")
    rows = [
        (o.question, o.criterion or "", "" if o.count is None or not o.base else numbers.of(o.count, o.base), o.reason)
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
        why = WHY[ask.why].format(share=share, votes=ask.votes)
        if ask.tips is not None:
            why += f"; a majority is reached once {numbers.percent(ask.tips)} of them count as yes"
        rows.append((" + ".join(ask.criteria), ask.question if ask.question in known else "", why))
    show()
    show("What the next round should ask")
    show_table(("criterion", "question", "why"), rows)


def show_what_if(found: WhatIf) -> None:
    """Show the proposal before and after, and the patients whom the two judge otherwise."""
    show(f"As it is: {_terms(found.before)}")
    show(f"What if {', '.join(found.settings)}: {_terms(found.after)}")
    if found.after.reason and found.after.definition is not None:
        show(f"  {found.after.reason}")
    if not found.of:
        return
    moved = len(found.patients)
    show(f"Judged otherwise: {moved} of {numbers.plural(found.of, 'patient')}.")
    if not moved:
        return
    rows: Sequence[tuple[object, ...]] = [(a, b, n) for a, b, n in found.counts if a != b]
    show_table(("as it is", "what if", "patients"), rows, right=(2,))
    show()
    show_table(("patient", "as it is", "what if"), found.patients[:MOST_RECLASSIFIED])
    if moved > MOST_RECLASSIFIED:
        show(f"... and {moved - MOST_RECLASSIFIED} more (--json has all)")


def _terms(proposal: Proposal) -> str:
    definition = proposal.definition
    if definition is None:
        return f"none. {proposal.reason}"
    cut = getattr(definition.logic, "failure_at", None)
    terms = [t.id if t.points is None else f"{t.id} {numbers.points(t.points)}" for t in definition.terms]
    return f"{', '.join(terms)}" + ("" if cut is None else f"; met from {numbers.points(cut)}")
