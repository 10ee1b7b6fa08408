"""What a rule does in a panel of a given size, before anybody is asked: false consensus, power, and the size needed."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import special

from consensus.rules.ballots import Ballot, Counts
from consensus.rules.deciding import outcomes
from consensus.rules.on_scale import ENDS, on_ballot
from consensus.rules.terms import AGREE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from consensus.rules.rule import Rule

AGREEMENTS = (0.5, 0.6, 0.7, 0.75, 0.8, 0.9)
FALSE_AT, TRUE_AT, POWER, FALSE_ALLOWED = 0.6, 0.85, 0.8, 0.05
SPREAD = 1.5
DRAWS = 4000
LARGEST = 300


@dataclass(frozen=True, kw_only=True, slots=True)
class Operating:
    """How often an item passes where a share `agreement` of the field truly agrees.

    `passes` is that of one item, `any_item` that of at least one of all, `repeats` that two panels say the same of it.
    """

    agreement: float
    passes: float
    any_item: float
    repeats: float


@dataclass(frozen=True, kw_only=True, slots=True)
class OperatingTable:
    """The operating characteristics of a rule for a panel of `n` and so many items; `error` is that of drawing.

    `needed` is the smallest panel that passes a true agreement of 85 % in four of five cases and one of 60 % in at most
    one of twenty; None where none up to 300 does. `spread` is the standard deviation of ratings that was taken.
    """

    n: int
    items: int
    rows: tuple[Operating, ...]
    error: float
    needed: int | None
    spread: float | None

    def flips(self, agreement: float) -> float:
        """Return how many items a second panel would judge otherwise, were that the true agreement on all of them."""
        row = next(row for row in self.rows if row.agreement == agreement)
        return self.items * (1 - row.repeats)


def operating_table(
    rule: Rule, n: int, items: int, ballot: Ballot, *, seed: int, agreements: Sequence[float] = AGREEMENTS
) -> OperatingTable:
    """Return the operating characteristics of a rule before data.

    A ballot of sides gives exact binomial probabilities for a rule on one share; else panels are drawn. Ratings are
    drawn from a normal distribution with SD 1.5 rounded to the scale, its mean such that a share of `agreement` lies in
    the upper third: an illustration, since nobody knows the true distribution yet. Raises ValueError for n below 1.
    """
    if n < 1:
        raise ValueError(f"a panel has at least one person, got {n}")
    exact = ballot.scale == () and rule.threshold is not None
    rows = [_row(share, _passes(rule, n, ballot, share, seed), items) for share in agreements]
    needed = _needed(rule, ballot, seed)
    error = 0.0 if exact else 0.5 / math.sqrt(DRAWS)
    spread = None if not ballot.scale else SPREAD
    return OperatingTable(n=n, items=items, rows=tuple(rows), error=error, needed=needed, spread=spread)


def _row(share: float, passes: float, items: int) -> Operating:
    return Operating(
        agreement=share,
        passes=passes,
        any_item=1 - (1 - passes) ** items,
        repeats=passes**2 + (1 - passes) ** 2,
    )


def _passes(rule: Rule, n: int, ballot: Ballot, share: float, seed: int) -> float:
    if rule.quorum is not None and n < (rule.quorum.count or 0):
        return 0.0  # too few, however many agree
    needed = rule.needed(n)
    if not ballot.scale and needed is not None:
        return float(special.bdtrc(needed - 1, n, share)) if needed <= n else 0.0
    judged = on_ballot(rule, ballot) or rule
    rng = np.random.default_rng(seed)
    shares = _shares(ballot, share)
    votes = rng.multinomial(n, shares, size=DRAWS).astype(np.int64)
    size = np.full(DRAWS, n, dtype=np.int64)
    groups = {by: {"all": Counts(ballot=ballot, votes=votes)} for by in judged.groupings}
    sizes = {"eligible": size, "invited": size, "asked": size}
    counts = Counts(ballot=ballot, votes=votes, sizes=sizes, groups=groups)
    return float((outcomes(judged, counts, 1) == 0).mean())


def _shares(ballot: Ballot, share: float) -> NDArray[np.float64]:
    """Return the true shares of the options where a share of people agrees."""
    if not ballot.scale:
        agree = np.array([worth == 1 for worth in ballot.worths])
        against = np.array([worth == 0 for worth in ballot.worths])
        return np.asarray(agree * share / max(agree.sum(), 1) + against * (1 - share) / max(against.sum(), 1))
    scale = [float(point) for point in ballot.scale]
    ends = ENDS.get((int(scale[0]), int(scale[-1])))
    bar = (ends[0][0] if ends else scale[len(scale) * 2 // 3]) - 0.5
    mean = bar + SPREAD * float(special.ndtri(share))
    low = 0.5
    mass = [
        special.ndtr((point + low - mean) / SPREAD) - special.ndtr((point - low - mean) / SPREAD) for point in scale
    ]
    mass[0] += special.ndtr((scale[0] - low - mean) / SPREAD)
    mass[-1] += 1 - special.ndtr((scale[-1] + low - mean) / SPREAD)
    by_point = dict(zip(ballot.scale, mass, strict=True))
    return np.array([by_point[p] if p is not None else 0.0 for p in ballot.points])


def _needed(rule: Rule, ballot: Ballot, seed: int) -> int | None:
    """Return the smallest panel from which on every larger one up to 300 that is tried meets both demands.

    Rules jump with the panel's size (75 % of 15 is 12, which is 80 %), so one size that does is not enough.
    """
    exact = not ballot.scale and rule.threshold is not None
    best = None
    for n in reversed(range(5, LARGEST + 1) if exact else (*range(5, 51, 5), 60, 80, 100, 150, 200, 300)):
        good = _passes(rule, n, ballot, TRUE_AT, seed) >= POWER
        if not (good and _passes(rule, n, ballot, FALSE_AT, seed) <= FALSE_ALLOWED):
            break
        best = n
    return best


def sides_ballot(rule: Rule) -> bool:
    """Return whether a rule speaks of agreement alone, so that people for and against are all that it needs."""
    from consensus.rules.terms import terms_of

    return all(term.options == AGREE for condition in rule.conditions() for term in terms_of(condition))
