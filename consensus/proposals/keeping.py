"""What a definition that is there keeps of itself in proposals: entry, exclusion, readings, and what suffices alone.

Classification criteria are entered by a criterion that everybody must have, and some findings decide whatever the
points say; votes on the rest do not touch these.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from consensus.definitions.definition import AllOf, AnyOf, AtLeast, Points
from questionnaires.problems import ConsensusError

if TYPE_CHECKING:
    from consensus.definitions.definition import Definition, Logic, Term
    from consensus.proposals.proposal import Proposal


def keep_in(proposal: Proposal, base: Definition) -> Proposal:
    """Return a proposal whose definition keeps what `base` enters, excludes, reads and lets suffice alone.

    A term of `base` that suffices alone suffices in the proposal too, with its own form; it carries no votes. Raises
    ConsensusError for a base of another condition.
    """
    made = proposal.definition
    if made is None:
        return proposal
    if base.condition != made.condition:
        raise ConsensusError(
            f"definition {base.id}: is of the condition {base.condition}. Expected {made.condition}, as the survey is."
        )
    logic = made.logic
    for term in sufficient_terms(base.logic):
        logic = _with_sufficient(logic, term)
    readings = dict(made.readings) | dict(base.readings)
    cite = f"{made.source.cite}; entry, exclusion and sufficient criteria of {base.id}"
    return replace(
        proposal,
        definition=replace(
            made,
            logic=logic,
            entry=base.entry,
            exclude=base.exclude,
            readings=tuple(readings.items()),
            source=replace(made.source, cite=cite),
        ),
        points=None if logic is not made.logic else proposal.points,
    )


def sufficient_terms(logic: Logic) -> tuple[Term, ...]:
    """Return the terms that each suffice alone: all of any, those of points that reach the cut-off."""
    if isinstance(logic, AnyOf):
        return logic.terms
    if isinstance(logic, Points) and logic.at == "sessions" and not logic.classes:
        return tuple(term for term in logic.terms if term.points is not None and term.points >= logic.failure_at)
    return ()


def _with_sufficient(logic: Logic, term: Term) -> Logic:
    """Return a logic in which a term suffices alone."""
    if isinstance(logic, AnyOf):
        if any(known.form == term.form for known in logic.terms):
            return logic
        return AnyOf(terms=(*logic.terms, _named_apart(replace(term, points=None, votes=None), logic)))
    points = _as_points(logic)
    known = next((t for t in points.terms if t.form == term.form), None)
    if known is None:
        added = _named_apart(replace(term, points=points.failure_at, votes=None), points)
        return replace(points, terms=(added, *points.terms))
    if known.points is not None and known.points >= points.failure_at:
        return logic
    return replace(points, terms=tuple(replace(t, points=points.failure_at) if t is known else t for t in points.terms))


def _as_points(logic: Logic) -> Points:
    """Return all, or at least so many, as points: one for each term."""
    if isinstance(logic, Points):
        return logic
    assert isinstance(logic, AllOf | AtLeast)
    number = logic.number if isinstance(logic, AtLeast) else len(logic.terms)
    return Points(failure_at=Decimal(number), terms=tuple(replace(t, points=Decimal(1)) for t in logic.terms))


def _named_apart(term: Term, logic: Logic) -> Term:
    """Return a term under an id that no other term of a logic has."""
    taken = {known.id for known in logic.terms}
    return term if term.id not in taken else replace(term, id=f"{term.id}_kept")
