"""From when each criterion came true, by patient, to verdicts: the same rules as the judge's, on whole columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any, Protocol

from consensus.definitions.amount import to_millionths
from consensus.definitions.condition import Condition
from consensus.definitions.definition import AllOf, AnyOf, AtLeast, ByIntent, Definition, Points, Term
from consensus.scoring.compiled.facts import Column, Numbers, Words

NONE = 2**62  # the stamp of what never came true


class PeopleHand(Protocol):
    """Columns over patients."""

    condition: Condition

    def where(self, test: Any, yes: Any, no: Any) -> Any:
        """Return one or the other; numbers may stand for columns."""

    def least(self, columns: Sequence[Any]) -> Any:
        """Return the least of some columns."""

    def at_patient(self, column: str) -> Numbers:
        """Return a patient's column of amounts; all missing where there is no such column."""

    def words_at_patient(self, column: str) -> Words:
        """Return a patient's column of texts or choices."""

    def among_patients(self, words: Words, column: str, values: Sequence[str]) -> Column:
        """Return where a text of patients is one of these."""

    def everyone(self) -> Column:
        """Return a flag that holds for each patient."""

    def chose(self, column: str, choice: str) -> Column:
        """Return where a patient's column holds a choice."""


@dataclass(frozen=True, slots=True, eq=False)
class Came:
    """A criterion by patient: the stamp of the first session at which it is true, and whether it may be anywhere.

    Stamps of one patient lie in the order of the sessions, equal for one session; `NONE` is never.
    """

    stamp: Column
    possible: Column


@dataclass(frozen=True, slots=True, eq=False)
class Verdicts:
    """Met, else unknown, else not met; `criterion` is the place of a term in the definition; points in millionths."""

    met: Column
    unknown: Column
    stamp: Column
    criterion: Column
    low: Column | None = None
    high: Column | None = None
    unbounded: Column | None = None  # where `high` has no end, in scores alone
    no_points: Column | None = None
    class_: Column | None = None  # the place of a score's class, -1 where none is certain


def verdicts_of(definition: Definition, came: Sequence[Came], hand: PeopleHand) -> Verdicts:
    """Return the verdicts of a definition; `came` has one entry a term, in their order."""
    logic = definition.logic
    if isinstance(logic, ByIntent):
        return _by(logic, came, hand)
    return _group(logic, [(at, term, came[at]) for at, term in enumerate(logic.terms)], hand)


def _group(logic: AnyOf | AllOf | AtLeast | Points, terms: list[tuple[int, Term, Came]], hand: PeopleHand) -> Verdicts:
    if isinstance(logic, Points):
        return _points(logic, terms, hand)
    needed = logic.number if isinstance(logic, AtLeast) else len(terms) if isinstance(logic, AllOf) else 1
    stamps = [one.stamp for _, _, one in terms]
    if needed == 1:
        stamp = hand.least(stamps)
        unknown = reduce(or_, (one.possible for _, _, one in terms))
    else:
        stamp = _smallest(stamps, needed, hand)
        unknown = _count([one.possible for _, _, one in terms], hand) >= needed
    met = stamp < NONE
    return Verdicts(met, unknown & ~met, stamp, _criterion(terms, stamp, hand))


def _smallest(stamps: list[Column], number: int, hand: PeopleHand) -> Column:
    """Return the n-th smallest stamp: the least of those that so many do not exceed."""
    reached = [hand.where(_count([s <= one for s in stamps], hand) >= number, one, NONE) for one in stamps]
    return hand.least(reached)


def _count(flags: list[Column], hand: PeopleHand) -> Column:
    return _sum([hand.where(flag, 1, 0) for flag in flags])


def _sum(columns: list[Column]) -> Column:
    total = columns[0]
    for column in columns[1:]:
        total = total + column
    return total


def _criterion(terms: list[tuple[int, Term, Came]], stamp: Column, hand: PeopleHand) -> Column:
    """Return the place of the first term that came true at the session of met."""
    *earlier, last = terms
    found: Any = last[0]
    for place, _, one in reversed(earlier):
        found = hand.where(one.stamp == stamp, place, found)
    return found


def _points(logic: Points, terms: list[tuple[int, Term, Came]], hand: PeopleHand) -> Verdicts:
    worth = [_millionths(term.points or Decimal(0)) for _, term, _ in terms]
    stamps, cut = [one.stamp for _, _, one in terms], _millionths(logic.failure_at)
    low = _sum([hand.where(s < NONE, p, 0) for s, p in zip(stamps, worth, strict=True)])
    may = [(one.possible & ~(one.stamp < NONE)) for _, _, one in terms]
    high = _sum([low, *(hand.where(flag, p, 0) for flag, p in zip(may, worth, strict=True))])
    reached = [_sum([hand.where(s <= one, p, 0) for s, p in zip(stamps, worth, strict=True)]) for one in stamps]
    at = [hand.where((total >= cut) & (one < NONE), one, NONE) for total, one in zip(reached, stamps, strict=True)]
    met = low >= cut
    return Verdicts(met, (high >= cut) & ~met, hand.least(at), -1, low, high)


def _by(logic: ByIntent, came: Sequence[Came], hand: PeopleHand) -> Verdicts:
    """By the branch of the patient's choice; where that is empty, all branches must give one verdict."""
    first, founds = 0, []
    for choice, branch in logic.branches:
        terms = [(first + at, term, came[first + at]) for at, term in enumerate(branch.terms)]
        first += len(terms)
        founds.append((hand.chose(logic.column, choice), _group(branch, terms, hand)))
    met = reduce(lambda a, b: a & b, (found.met for _, found in founds))
    no = reduce(lambda a, b: a & b, (~found.met & ~found.unknown for _, found in founds))
    latest = founds[0][1].stamp
    for _, found in founds[1:]:
        latest = hand.where(found.stamp > latest, found.stamp, latest)
    criterion = founds[-1][1].criterion
    for _, found in reversed(founds[:-1]):
        criterion = hand.where(found.stamp == latest, found.criterion, criterion)
    both = Verdicts(met, ~met & ~no, latest, criterion)
    for chosen, found in founds:
        both = Verdicts(
            (chosen & found.met) | (~chosen & both.met),
            (chosen & found.unknown) | (~chosen & both.unknown),
            hand.where(chosen, found.stamp, both.stamp),
            hand.where(chosen, found.criterion, both.criterion),
        )
    return both


def _millionths(points: Decimal) -> int:
    return to_millionths(points, str(points))
