"""Points and a cut-off: what suffices, what lighter terms can reach, and when two definitions judge alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import islice, product

import numpy as np
from numpy.typing import NDArray

from consensus.definitions.definition import AllOf, AnyOf, AtLeast, Definition, Points

SHOWN_SETS = 24
MOST_TERMS = 20

Judged = Callable[[frozenset[str]], bool]


def sufficient_sets(points: Mapping[str, Fraction], cut_off: Fraction) -> tuple[tuple[str, ...], ...]:
    """Return the sets of terms that reach the cut-off and can't spare a term; at most `SHOWN_SETS` of them."""
    ordered = sorted(((name, worth) for name, worth in points.items() if worth > 0), key=lambda pair: -pair[1])

    def grow(start: int, chosen: tuple[str, ...], total: Fraction) -> Iterator[tuple[str, ...]]:
        if total + sum(worth for _, worth in ordered[start:]) < cut_off:
            return
        for at in range(start, len(ordered)):
            name, worth = ordered[at]
            # heaviest first: the term added last is the lightest, so a set that needs it can spare no other
            if total + worth >= cut_off:
                yield (*chosen, name)
            else:
                yield from grow(at + 1, (*chosen, name), total + worth)

    return tuple(islice(grow(0, (), Fraction(0)), SHOWN_SETS)) if cut_off > 0 else ()


def lighter_sum(points: Mapping[str, Fraction], cut_off: Fraction) -> Fraction:
    """Return what all terms that don't reach the cut-off alone sum to."""
    return sum((worth for worth in points.values() if worth < cut_off), Fraction(0))


def same_verdicts(a: Definition, b: Definition) -> bool:
    """Return whether two definitions over the same terms judge every combination of them alike.

    Terms are the same where their ids are. Both logics are monotone, so agreement on every combination of true and
    false carries over to unknown ones and to the session. Raises ValueError for logics that don't look at terms
    alone, and for more than `MOST_TERMS` terms that don't suffice alone.
    """
    judge_a, judge_b = _judged(a), _judged(b)
    names = list(dict.fromkeys(term.id for definition in (a, b) for term in definition.terms))
    open_names = [n for n in names if not (judge_a(frozenset({n})) and judge_b(frozenset({n})))]
    everything = frozenset(open_names)
    if not judge_a(everything) and not judge_b(everything):
        return True
    if len(open_names) > MOST_TERMS:
        raise ValueError(f"{len(open_names)} terms have too many combinations to compare one by one")
    return all(
        judge_a(shown) == judge_b(shown)
        for bits in product((False, True), repeat=len(open_names))
        for shown in (frozenset(name for name, bit in zip(open_names, bits, strict=True) if bit),)
    )


def table_over(definition: Definition, criteria: Sequence[str]) -> NDArray[np.bool_]:
    """Return which profiles of `criteria` meet a definition; bit k of a profile's number is the k-th of them.

    Raises ValueError as `same_verdicts` does.
    """
    judge = _judged(definition)
    sets = (frozenset(name for k, name in enumerate(criteria) if p >> k & 1) for p in range(2 ** len(criteria)))
    return np.array([judge(shown) for shown in sets], dtype=bool)


def as_points(votes: Fraction) -> Decimal:
    """Return votes (whole or half ones) as points; exact, because a half is a finite decimal."""
    return Decimal(votes.numerator) / Decimal(votes.denominator)


def _judged(definition: Definition) -> Judged:
    logic, names = definition.logic, [term.id for term in definition.terms]
    if isinstance(logic, Points):
        worth = {term.id: Fraction(term.points or 0) for term in definition.terms}
        cut_off = Fraction(logic.failure_at)
        return lambda shown: sum((worth.get(name, Fraction(0)) for name in shown), Fraction(0)) >= cut_off
    needed = {AnyOf: 1, AllOf: len(names)}.get(type(logic))
    if isinstance(logic, AtLeast):
        needed = logic.number
    if needed is None:
        raise ValueError(f"{definition.id} does not judge by its terms alone")
    return lambda shown: sum(name in shown for name in names) >= needed
