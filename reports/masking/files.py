"""Which files a report with masked small cells leaves out, and its definition without the counts that are masked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from consensus.definitions.definition import ByIntent, Points

if TYPE_CHECKING:
    from collections.abc import Sequence, Set

    from consensus.definitions.definition import Definition, Logic, Term

# single people's answers, and single patients with their verdicts
OF_ANSWERS, OF_PATIENTS = ("answers_tidy.csv", "recheck.R"), ("scores.csv", "scores.xlsx")
DEFINITION = "definition.yaml"


def masked_definition(
    definition: Definition, hidden: Set[str], thin: Set[str], numbers: Sequence[str] = ()
) -> Definition | None:
    """Return a definition without the votes on questions of `thin`; None where its points would tell a `hidden` row.

    A definition with points is of no use without them, so it is written whole or not at all. `numbers` are the
    questions behind its last notes, in their order: each such note tells how many gave a number and accept it.
    """
    if isinstance(definition.logic, Points) and any(name.startswith(f"points/{definition.id}/") for name in hidden):
        return None
    others = len(definition.notes) - len(numbers)
    told = (note for note, question in zip(definition.notes[others:], numbers, strict=True) if question not in thin)
    notes = (*definition.notes[:others], *told)
    return replace(definition, logic=_without_votes(definition.logic, thin), notes=notes)


def _without_votes(logic: Logic, thin: Set[str]) -> Logic:
    if isinstance(logic, ByIntent):
        branches = tuple((choice, _without_votes(branch, thin)) for choice, branch in logic.branches)
        return replace(logic, branches=branches)  # type: ignore[arg-type]
    return replace(logic, terms=tuple(_bare(term, thin) for term in logic.terms))


def _bare(term: Term, thin: Set[str]) -> Term:
    return replace(term, votes=None) if term.votes is not None and term.votes.question in thin else term
