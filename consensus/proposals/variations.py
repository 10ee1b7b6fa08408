"""What a proposal's terms would be by another rule, another coding, another weighting, or without a hospital."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from consensus.agreement.support import CODINGS
from consensus.proposals.derivation import derive
from consensus.rules.rule import MAJORITY, Rule, share_rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from consensus.agreement.estimate import Coding

    Floats = NDArray[np.float64]

Kind = Literal["rule", "equivocal", "hospital"]
KINDS: tuple[Kind, ...] = get_args(Kind)
USUAL = (Fraction(3, 5), Fraction(2, 3), Fraction(7, 10), Fraction(3, 4), Fraction(4, 5))
"""Thresholds that Delphi studies commonly set (see the rules that are cited in `rules/named.py`)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Variation:
    """The terms of the thresholded proposal where one thing is set otherwise; `fell_back` where a majority decided.

    `setting` is the rule's text or the coding; for hospitals it is empty, and `hospitals` is how many of them, each
    left out alone, give these terms. `threshold` is that of a rule on agreement alone. `own` marks the study's own
    setting, `same` whether the terms are the proposal's.
    """

    kind: Kind
    setting: str
    terms: tuple[str, ...]
    fell_back: bool
    own: bool
    same: bool
    hospitals: int | None = None
    threshold: float | None = None

    def to_dict(self) -> dict[str, object]:
        """Return the row for `propose --json`."""
        return {name: (list(v) if isinstance(v := getattr(self, name), tuple) else v) for name in self.__slots__}


def variations(
    criteria: Sequence[str], votes: Floats, rule: Rule, coding: Coding, *, joint: bool = True
) -> tuple[Variation, ...]:
    """Return what other settings would accept, of votes (clusters x criteria x sides).

    Without `joint` the votes are printed counts, and no hospital can be left out.
    """
    return tuple(_rows(criteria, votes, rule, coding, joint=joint))


def _rows(criteria: Sequence[str], votes: Floats, rule: Rule, coding: Coding, *, joint: bool) -> Iterator[Variation]:
    whole = votes.sum(axis=0)[None]
    own, _ = _terms(criteria, whole, rule, coding)
    for other in _rules(rule):
        found, fell = _terms(criteria, whole, other, coding)
        made = _variation("rule", str(other), found[0], fell[0], other == rule, own[0])
        yield replace(made, threshold=None if other.threshold is None else float(other.threshold))
    for way in CODINGS:
        found, fell = _terms(criteria, whole, rule, way)
        yield _variation("equivocal", way, found[0], fell[0], way == coding, own[0])
    if joint and len(votes) > 1:
        found, fell = _terms(criteria, whole - votes, rule, coding)
        for (terms, fell_back), many in Counter(zip(found, fell, strict=True)).most_common():
            yield Variation(
                kind="hospital",
                setting="",
                terms=terms,
                fell_back=fell_back,
                own=False,
                same=terms == own[0],
                hospitals=many,
            )


def _rules(own: Rule) -> tuple[Rule, ...]:
    usual = (MAJORITY, *(share_rule(t) for t in USUAL))
    return usual if own in usual else (*usual, own)


def _terms(
    criteria: Sequence[str], votes: Floats, rule: Rule, coding: Coding
) -> tuple[list[tuple[str, ...]], list[bool]]:
    derived = derive(votes, rule, coding)
    names = [tuple(criteria[k] for k in np.flatnonzero(row).tolist()) for row in derived.terms]
    return names, derived.fell_back.tolist()


def _variation(
    kind: Kind, setting: str, terms: tuple[str, ...], fell_back: bool, own: bool, proposal: tuple[str, ...]
) -> Variation:
    same = terms == proposal
    return Variation(kind=kind, setting=setting, terms=terms, fell_back=fell_back, own=own, same=same)
