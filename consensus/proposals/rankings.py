"""Strengths from rankings and from comparisons: Borda, Plackett-Luce, Bradley-Terry, with standard errors.

Strengths are logarithms that sum to zero; exp(a - b) are the odds that a is put before b. Both models are fitted by
Newton's method, which their concave likelihood (Hunter 2004, Ann Stat 32:384) lets end at the one maximum there is,
where there is one: that is so if, however the items are split in two, each side wins over the other somewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse.csgraph import connected_components

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MOST_ROUNDS = 200
CONVERGED = 1e-10


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Strengths:
    """Strengths of items, summing to zero, with the covariance of their estimates; or the `reason` why there are none.

    `split` names the items that are never put behind any of the others, where that is the reason.
    """

    values: tuple[float, ...] = ()
    covariance: Floats | None = None
    reason: str | None = None
    split: tuple[int, ...] = ()

    @property
    def errors(self) -> tuple[float, ...]:
        """The standard errors of the strengths."""
        return () if self.covariance is None else tuple(np.sqrt(np.diag(self.covariance)).tolist())

    @property
    def shares(self) -> tuple[float, ...]:
        """The strengths as shares of 1: the chance that an item is put first of all."""
        worth = np.exp(np.array(self.values))
        return tuple((worth / worth.sum()).tolist()) if len(worth) else ()

    def against(self, reference: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """Return the strengths less that of one item, and the standard errors of these differences."""
        assert self.covariance is not None
        contrast = np.eye(len(self.values))
        contrast[:, reference] -= 1
        spread = np.sqrt(np.maximum(np.diag(contrast @ self.covariance @ contrast.T), 0))
        return tuple((contrast @ np.array(self.values)).tolist()), tuple(spread.tolist())


def borda(rankings: Sequence[Sequence[int]], items: int) -> Floats:
    """Return Borda points a ranking (rankings x items): items - 1 for the first down to 0; NaN for what isn't ranked.

    A ranking of some items only shares the points that are left among the others: each gets their mean.
    """
    table = np.full((len(rankings), items), np.nan)
    for row, order in enumerate(rankings):
        left = items - len(order)
        table[row] = (left - 1) / 2 if left and order else np.nan
        table[row, list(order)] = [items - 1 - place for place in range(len(order))]
    return table


def plackett_luce(rankings: Sequence[Sequence[int]], items: int, *, ridge: float = 0.0) -> Strengths:
    """Return the strengths under Plackett and Luce's model of rankings, best first; some may rank part of the items.

    Each place of a ranking is a choice among what is left (Plackett 1975, Appl Stat 24:193). `ridge` pulls strengths
    towards each other, so that they exist also where some item always wins.
    """
    choices = [(order[at], tuple(order[at:])) for order in rankings for at in range(len(order) - 1)]
    return _fitted(choices, items, ridge)


def bradley_terry(comparisons: Sequence[tuple[int, int]], items: int, *, ridge: float = 0.0) -> Strengths:
    """Return the strengths under Bradley and Terry's model of comparisons, each a pair of winner and loser."""
    return _fitted([(winner, (winner, loser)) for winner, loser in comparisons], items, ridge)


def comparisons_of(rankings: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """Return every pair of a ranking as a comparison; pairs of one ranking are not independent of each other."""
    return [(a, b) for order in rankings for at, a in enumerate(order) for b in order[at + 1 :]]


def _fitted(choices: Sequence[tuple[int, tuple[int, ...]]], items: int, ridge: float) -> Strengths:
    if not choices:
        return Strengths(reason="nothing was put before anything else")
    sets, many = _sets(choices, items)
    if not ridge:
        winners = _unbeaten(choices, items)
        if winners:
            return Strengths(
                reason="some items are never put behind the others, so their strength has no limit", split=winners
            )
    won = np.bincount([winner for winner, _ in choices], minlength=items).astype(float)
    strengths, anchor = np.zeros(items), np.full((items, items), 1 / items)
    for _ in range(MOST_ROUNDS):
        slope, bend = _derivatives(strengths, sets, many, won, ridge)
        step = np.linalg.solve(bend + anchor, slope)
        size = float(np.abs(step).max())
        strengths = strengths + step * min(1.0, 2.0 / max(size, 1e-300))
        strengths -= strengths.mean()
        if size < CONVERGED:
            break
    _, bend = _derivatives(strengths, sets, many, won, ridge)
    return Strengths(values=tuple(strengths.tolist()), covariance=np.linalg.inv(bend + anchor) - anchor)


def _sets(choices: Sequence[tuple[int, tuple[int, ...]]], items: int) -> tuple[Floats, Floats]:
    """Return the distinct sets that were chosen from (sets x items), and how often each was."""
    rows = np.zeros((len(choices), items))
    for at, (_, members) in enumerate(choices):
        rows[at, list(members)] = 1
    distinct, many = np.unique(rows, axis=0, return_counts=True)
    return distinct, many.astype(float)


def _derivatives(strengths: Floats, sets: Floats, many: Floats, won: Floats, ridge: float) -> tuple[Floats, Floats]:
    """Return the slope of the log-likelihood and its negative curvature."""
    worth = sets * np.exp(strengths)
    chance = worth / worth.sum(axis=1, keepdims=True)
    expected = chance * many[:, None]
    slope = won - expected.sum(axis=0) - ridge * strengths
    bend = np.diag(expected.sum(axis=0) + ridge) - expected.T @ chance
    return slope, bend


def _unbeaten(choices: Sequence[tuple[int, tuple[int, ...]]], items: int) -> tuple[int, ...]:
    """Return the items of a group that is never put behind an item outside it; empty where there is none."""
    beats = np.zeros((items, items))
    for winner, members in choices:
        beats[winner, [m for m in members if m != winner]] = 1
    count, group = connected_components(beats, directed=True, connection="strong")
    if count == 1:
        return ()
    for one in range(count):
        inside = group == one
        if not beats[np.ix_(~inside, inside)].any():
            return tuple(np.flatnonzero(inside).tolist())
    return ()
