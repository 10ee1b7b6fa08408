"""What can be wrong with a definition that is well formed: a cut-off out of reach, criteria that can never matter."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from consensus.definitions.definition import (
    AnyOf,
    AtLeast,
    ByIntent,
    Consecutive,
    Definition,
    Form,
    Logic,
    Once,
    Points,
    Term,
    Within,
)
from questionnaires.problems import Problem, Problems


def lint(definition: Definition) -> Problems:
    """Return what should be looked at, as warnings: duplicates, criteria that never matter, a cut-off out of reach."""
    if definition.is_score:
        return Problems(tuple(_duplicates(definition.id, definition.terms)))
    return Problems(tuple(_of_logic(definition.id, definition.logic)))


def _of_logic(where: str, logic: Logic) -> Iterator[Problem]:
    if isinstance(logic, ByIntent):
        for choice, branch in logic.branches:
            yield from _of_logic(f"{where}, {choice}", branch)
        return
    yield from _duplicates(where, logic.terms)
    if isinstance(logic, Points):
        yield from _points(where, logic)
    elif isinstance(logic, AnyOf) or (isinstance(logic, AtLeast) and logic.number == 1):
        yield from _implied(where, logic.terms)


def _duplicates(where: str, terms: tuple[Term, ...]) -> Iterator[Problem]:
    for a, b in combinations(terms, 2):
        if a.form == b.form:
            yield _warning(f"{where}, {b.id}", f"asks for the same as {a.id}", "Leave one of them out.")


def _implied(where: str, terms: tuple[Term, ...]) -> Iterator[Problem]:
    for term in terms:
        other = next((o for o in terms if o.form != term.form and implies(term.form, o.form)), None)
        if other is not None:
            yield _warning(
                f"{where}, {term.id}", f"can never matter: whenever it holds, {other.id} has held", "Leave it out."
            )


def implies(a: Form, b: Form) -> bool:
    """Return whether form `b` certainly has held wherever form `a` holds, told from the forms alone."""
    if a == b:
        return True
    if a.finding != b.finding:
        return False
    if isinstance(b, Once):
        return not b.after
    if isinstance(a, Consecutive) and isinstance(b, Consecutive):
        # by the proviso of the longer run the change may lie outside of the shorter one
        return not b.proviso and a.times >= b.times
    if isinstance(a, Within) and isinstance(b, Within):
        anchored = a.from_first or not b.from_first
        return anchored and a.times >= b.times and a.days <= b.days and b.same in (None, a.same)
    return False


def _points(where: str, logic: Points) -> Iterator[Problem]:
    worth = [term.points or Decimal(0) for term in logic.terms]
    if sum(worth) < logic.failure_at:
        got = f"the cut-off {logic.failure_at:f} is out of reach: all criteria together have {sum(worth):f} points"
        yield _warning(where, got, "It can never be met.")
        return
    for at, term in enumerate(logic.terms):
        others = [value for i, value in enumerate(worth) if i != at]
        if not any(total < logic.failure_at <= total + worth[at] for total in _sums(others)):
            got = "can never matter: no other criteria come so close to the cut-off that it decides"
            yield _warning(f"{where}, {term.id}", got)


def _sums(values: list[Decimal]) -> set[Decimal]:
    sums = {Decimal(0)}
    for value in values:
        sums |= {total + value for total in sums}
    return sums


def _warning(where: str, got: str, hint: str = "") -> Problem:
    return Problem(where=where, got=got, hint=hint, severity="warning")
