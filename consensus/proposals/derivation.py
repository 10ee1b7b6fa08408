"""The whole derivation as array arithmetic: from votes counted many times over to terms, numbers, weights, definitions.

One row is one way to count: a bootstrap draw, a hospital left out, everybody. What a single survey is judged by in
exact fractions is done here for all rows at once, on counts that are whole numbers, and must give the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from consensus.agreement.distinct import distinct_rows
from consensus.agreement.ordinal import consensus_of_shares
from consensus.rules.deciding import OUTCOMES, outcomes_of_votes
from consensus.rules.rule import MAJORITY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from consensus.agreement.estimate import Coding
    from consensus.rules.rule import Rule

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

Scheme = Literal["share", "log_odds", "consensus_discounted", "ratings", "borda", "plackett_luce"]
SCHEMES: tuple[Scheme, ...] = get_args(Scheme)
OF_VOTES: tuple[Scheme, ...] = ("share", "log_odds", "consensus_discounted")
MOST_TABLED = 10
NEAR = 1e-9


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Counted:
    """Votes under one coding, ways to count x criteria: for and against a criterion, of a base `size`."""

    support: Floats
    against: Floats
    size: Floats

    @property
    def shares(self) -> Floats:
        """Support as a share of the base, NaN where that is empty."""
        empty = np.full(self.size.shape, np.nan)
        return np.asarray(np.divide(self.support, self.size, out=empty, where=self.size > 0))


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Derived:
    """What follows in each way to count (rows): `accepted` criteria by the rule, and those by a majority instead.

    `terms` are the accepted ones, or where there are none those of a majority (`fell_back`). `tables` are the truth
    tables of the weighted definition, all False where no criterion has a majority.
    """

    accepted: Bools
    rejected: Bools
    majority: Bools
    fell_back: Bools
    weights: Floats
    tables: Bools | None

    @property
    def terms(self) -> Bools:
        """The criteria that each suffice alone in the thresholded definition."""
        return np.asarray(np.where(self.fell_back[:, None], self.majority, self.accepted))


def counted(votes: Floats, coding: Coding) -> Counted:
    """Return votes for and against by a coding, of votes (... x criteria x yes, equivocal, no, opted out)."""
    yes, equivocal, no, out = (votes[..., side] for side in range(4))
    if coding == "drop":
        return Counted(support=yes, against=no, size=yes + no)
    add, sub = {"as_no": (0.0, 1.0), "half": (0.5, 0.5), "as_yes": (1.0, 0.0)}[coding]
    return Counted(support=yes + add * equivocal, against=no + sub * equivocal, size=yes + equivocal + no + out)


def weights_of(scheme: Scheme, votes: Floats, coding: Coding) -> Floats:
    """Return the weights of a scheme that needs only votes, at least 0; NaN where nobody answered.

    share: the support. log_odds: ln((s + 1/2) / (n - s + 1/2)) where it is positive, so that what a majority is against
    weighs nothing. consensus_discounted: the support times Tastle and Wierman's consensus of no, equivocal and yes.
    """
    tallied = counted(votes, coding)
    if scheme == "share":
        return tallied.shares
    if scheme == "log_odds":
        odds = np.log((tallied.support + 0.5) / (tallied.size - tallied.support + 0.5))
        return np.asarray(np.where(tallied.size > 0, np.maximum(odds, 0.0), np.nan))
    sides = votes[..., [2, 1, 0]]
    total = sides.sum(axis=-1, keepdims=True)
    shares = np.divide(sides, total, out=np.zeros(sides.shape), where=total > 0)
    return np.asarray(tallied.shares * np.clip(consensus_of_shares(shares), 0.0, 1.0))


def derive(
    votes: Floats, rule: Rule, coding: Coding, weights: Floats | None = None, cut_off: float | None = None
) -> Derived:
    """Return what follows of votes (ways to count x criteria x sides); `weights` are the shares unless given.

    The cut-off of the weighted definition is the lightest weight of a criterion that a majority supports, unless given.
    """
    accepted, rejected = judged(rule, votes, coding)
    by_majority = judged(MAJORITY, votes, coding)[0]
    worth = counted(votes, coding).shares if weights is None else weights
    return Derived(
        accepted=accepted,
        rejected=rejected,
        majority=by_majority,
        fell_back=np.asarray(~accepted.any(axis=1)),
        weights=worth,
        tables=_tables(worth, by_majority, cut_off) if worth.shape[1] <= MOST_TABLED else None,
    )


def judged(rule: Rule, votes: Floats, coding: Coding) -> tuple[Bools, Bools]:
    """Return which criteria a rule accepts and rejects, each distinct set of votes decided once, exactly.

    The votes are judged as they were given and not as sums: limits of a share take half a vote for what it is.
    """
    rows = np.rint(votes.reshape(-1, votes.shape[-1])).astype(np.int64)
    first, back, _ = distinct_rows(rows.T)
    codes = outcomes_of_votes(rule, rows[first], coding)[back].reshape(votes.shape[:-1])
    return np.asarray(codes == OUTCOMES.index("in")), np.asarray(codes == OUTCOMES.index("out"))


def medians(values: Floats, clusters: NDArray[np.int64], drawn: Floats) -> Floats:
    """Return the lower median of people's numbers in each way to count clusters (rows of `drawn`), NaN for nobody."""
    there = np.isfinite(values)
    scores, which = np.unique(values[there], return_inverse=True)
    table = np.zeros((drawn.shape[1], max(len(scores), 1)))
    np.add.at(table, (clusters[there], which), 1.0)
    reached = np.cumsum(drawn @ table, axis=1)
    total = reached[:, -1:]
    if not len(scores):
        return np.full(len(drawn), np.nan)
    return np.where(total[:, 0] > 0, scores[np.argmax(reached >= total / 2, axis=1)], np.nan)


def _tables(weights: Floats, majority: Bools, given: float | None) -> Bools:
    """Return which profiles reach the weight of the lightest criterion that a majority supports, or a `given` one."""
    worth = np.nan_to_num(weights)
    cut = np.where(majority & (worth > 0), worth, np.inf).min(axis=1)
    cut = cut if given is None else np.full(len(worth), given)
    total = np.zeros((len(worth), 1))
    for column in worth.T:
        total = np.concatenate([total, total + column[:, None]], axis=1)
    return np.asarray((total >= cut[:, None] - NEAR) & np.isfinite(cut)[:, None] & (cut[:, None] > 0))
