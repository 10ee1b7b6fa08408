"""Weights: the votes of each candidate under a coding, the cut-off that follows, what other codings change."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from consensus.agreement.support import CODINGS
from consensus.proposals.points import lighter_sum, sufficient_sets
from consensus.rules.rule import MAJORITY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from consensus.agreement.estimate import Coding
    from consensus.proposals.candidates import Candidate


@dataclass(frozen=True, kw_only=True, slots=True)
class Sensitivity:
    """The weighted proposal under one coding of equivocal answers, with one cut-off.

    `kept` tells whether the cut-off is the proposal's own or chosen anew under this coding (None where no criterion
    passes a majority). `lighter_sum` is what the terms that don't suffice alone reach together; `sufficient` are the
    smallest sets of terms that reach the cut-off; `own` marks the study's own coding.
    """

    coding: Coding | None
    kept: bool
    own: bool
    cut_off: Fraction | None
    points: tuple[tuple[str, Fraction], ...]
    lighter_sum: Fraction | None = None
    sufficient: tuple[tuple[str, ...], ...] = ()

    def to_dict(self) -> dict[str, object]:
        """Return the row for `propose --json`."""
        return {
            "equivocal": self.coding,
            "cut_off_is": "kept" if self.kept else "chosen anew",
            "cut_off": None if self.cut_off is None else float(self.cut_off),
            "points": {name: float(worth) for name, worth in self.points},
            "lighter_sum": None if self.lighter_sum is None else float(self.lighter_sum),
            "sufficient": [list(names) for names in self.sufficient],
            "combinations": sum(len(names) > 1 for names in self.sufficient),
        }


def passing(candidates: Sequence[Candidate], coding: Coding | None) -> tuple[Candidate, ...]:
    """Return the candidates that a simple majority of their own base supports."""
    return tuple(c for c in candidates if MAJORITY.passes(c.weight(coding), c.base_size(coding)))


def cut_off_of(candidates: Sequence[Candidate], coding: Coding | None) -> Fraction | None:
    """Return the weight of the lightest candidate that a simple majority supports, or None where none is."""
    return min((c.weight(coding) for c in passing(candidates, coding)), default=None)


def highest(candidates: Sequence[Candidate], coding: Coding | None) -> Candidate | None:
    """Return the candidate with the largest share of support, the first of equals; None without candidates."""
    with_base = [c for c in candidates if c.base_size(coding)]
    return max(with_base, key=lambda c: c.weight(coding) / c.base_size(coding), default=None)


def sensitivity_of(candidates: Sequence[Candidate], own: Coding) -> tuple[Sensitivity, ...]:
    """Return the weighted proposal under every coding, with its cut-off kept (if there is one) and chosen anew."""
    return tuple(_rows(candidates, own))


def _rows(candidates: Sequence[Candidate], own: Coding) -> Iterator[Sensitivity]:
    kept = cut_off_of(candidates, own)
    codings: Sequence[Coding | None] = CODINGS if any(len(c.verdicts) > 1 for c in candidates) else (None,)
    for coding in codings:
        points = {c.id: c.weight(coding) for c in candidates}
        for is_kept, cut_off in ((True, kept), (False, cut_off_of(candidates, coding))):
            if is_kept and cut_off is None:
                continue
            yield Sensitivity(
                coding=coding,
                kept=is_kept,
                own=coding in (own, None),
                cut_off=cut_off,
                points=tuple(points.items()),
                lighter_sum=None if cut_off is None else lighter_sum(points, cut_off),
                sufficient=() if cut_off is None else sufficient_sets(points, cut_off),
            )
