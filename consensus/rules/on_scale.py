"""Agreement on a rating scale whose options don't say what they support: its upper third or so, 7 to 9 of 1 to 9."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from consensus.rules.terms import AGREE, DISAGREE, Options, Term, terms_of

if TYPE_CHECKING:
    from consensus.rules.ballots import Ballot
    from consensus.rules.rule import Rule

# Which points of a scale count as agreement where its options don't say: the upper (and lower) third or so.
ENDS = {
    (1, 9): ((7, 9), (1, 3)),
    (1, 7): ((6, 7), (1, 2)),
    (1, 5): ((4, 5), (1, 2)),
    (1, 4): ((3, 4), (1, 2)),
    (0, 10): ((7, 10), (0, 3)),
}


def ends_of(ballot: Ballot) -> tuple[Options, Options] | None:
    """Return which ratings agree and which disagree; None for an unusual scale and where options take sides."""
    if not ballot.scale or any(worth is not None for worth in ballot.worths):
        return None
    ends = ENDS.get((int(ballot.scale[0]), int(ballot.scale[-1])))
    if ends is None:
        return None
    agree, disagree = (Options(low=Fraction(low), high=Fraction(high)) for low, high in ends)
    return agree, disagree


@lru_cache(maxsize=512)
def held(rule: Rule, ballot: Ballot) -> Rule:
    """Return a rule as it is held against a ballot, itself where it can't be held against it in another way."""
    return on_ballot(rule, ballot) or rule


def _rates(ballot: Ballot) -> bool:
    """Return whether a ballot is a rating: numbers that are no side taken, or a usual scale of agreement."""
    scale = ballot.scale
    sided = any(worth is not None for worth in ballot.worths)
    return bool(scale) and (not sided or (int(scale[0]), int(scale[-1])) in ENDS)


def on_ballot(rule: Rule, ballot: Ballot) -> Rule | None:
    """Return a rule as it is held against a ballot; None where its measures can't be had from it."""
    terms = [term for condition in rule.conditions() for term in terms_of(condition)]
    sided = any(term.options in (AGREE, DISAGREE) or term.measure == "apmo" for term in terms)
    scaled = any(term.measure not in ("apmo", "n") and term.options not in (AGREE, DISAGREE) for term in terms)
    if (scaled or "greement(" in str(rule)) and not _rates(ballot):
        return None
    if not sided or any(worth is not None for worth in ballot.worths):
        return rule
    ends = ends_of(ballot)
    if ends is None or any(term.measure == "apmo" for term in terms):
        return None
    turned = dict(zip((AGREE, DISAGREE), ends, strict=True))

    def change(term: Term) -> Term:
        return replace(term, options=turned[term.options]) if term.options in turned else term

    return rule.changed(change)
