"""Measures of all items together, which some rules hold each item against: the average majority, boundary values."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from consensus.rules.measures import measure
from consensus.rules.rule import QUANTILE_TYPE
from consensus.rules.terms import Options, Term, terms_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consensus.rules.ballots import Counts
    from consensus.rules.rule import Rule

ITEM_MEASURES = {
    "mean": Term(measure="mean"),
    "top": Term(measure="share", options=Options(word="top")),
    "cv": Term(measure="cv"),
}


def over_items(rule: Rule, items: Sequence[Counts]) -> dict[str, Fraction]:
    """Return the measures of all items together that a rule names, by their text; without those that can't be had."""
    named = {term for condition in rule.conditions() for term in terms_of(condition)}
    found = dict[str, Fraction]()
    for term in named:
        value = None
        if term.measure == "apmo":
            value = average_majority(items)
        elif term.measure == "boundary":
            value = boundary(items, term.of or "mean")
        if value is not None:
            found[str(term)] = value
    return found


def average_majority(items: Sequence[Counts]) -> Fraction | None:
    """Return the average percent of majority opinions (Kapoor 1987; Cottam et al. 2004), 0 to 1.

    The votes of all items whose majority agrees, and those of all whose majority disagrees, over all votes.
    """
    majority = total = Fraction(0)
    for counts in items:
        for against in (False, True):
            halves = counts.half_votes(against=against)
            if halves is None:
                continue
            size = counts.answered if counts.coding != "drop" else counts.committed
            majority += Fraction(int(halves[halves > size].sum()), 2)
            total += 0 if against else int(size.sum())
    return majority / total if total else None


def boundary(items: Sequence[Counts], of: str) -> Fraction | None:
    """Return the boundary value of a measure: its mean over the items less its standard deviation (plus, for `cv`).

    None for fewer than two items.
    """
    values = [value for counts in items for value in _values(counts, of)]
    if len(values) < 2:
        return None
    mean = math.fsum(values) / len(values)
    spread = math.sqrt(math.fsum((value - mean) ** 2 for value in values) / (len(values) - 1))
    return Fraction(mean + spread if of == "cv" else mean - spread)


def _values(counts: Counts, of: str) -> list[float]:
    ratio = measure(ITEM_MEASURES[of], counts, QUANTILE_TYPE)
    told: list[float] = (ratio.above / np.where(ratio.known, ratio.below, 1))[ratio.known].tolist()
    return told
