"""Weights that are no function of votes, in drawn surveys: mean ratings, mean ranks, strengths of rankings.

Each is kept as sums by hospital, so that all draws of hospitals are a matrix product; strengths are then fitted for all
of them at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from consensus.proposals.rankings import CONVERGED, borda
from consensus.proposals.schemes import places_of, ranked_by, rating_question, ratings_by

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Protocol

    from numpy.typing import NDArray

    from consensus.agreement.design import Design
    from consensus.proposals.candidates import Candidate
    from consensus.proposals.derivation import Scheme
    from questionnaires.responses import Responses

    Floats = NDArray[np.float64]

    class WorthSums(Protocol):
        """Sums by hospital from which the weights of a scheme follow in any draw of at most `most` surveys."""

        @property
        def scheme(self) -> Scheme:
            """Which scheme it is."""

        @property
        def most(self) -> int:
            """How many surveys it is worked out for at most."""

        def drawn(self, chunk: Floats) -> Floats:
            """Return the weights (draws x criteria) of draws of hospitals, NaN for what the scheme doesn't know."""


ALL, COSTLY = 10**9, 1000
ROUNDS = 40


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class MeanSums:
    """Sums and numbers of what is averaged, hospitals x criteria."""

    scheme: Scheme
    sums: Floats
    sizes: Floats
    most: int = ALL

    def drawn(self, chunk: Floats) -> Floats:
        """Return the means in draws of hospitals."""
        above, below = chunk @ self.sums, chunk @ self.sizes
        return np.asarray(np.divide(above, below, out=np.full(above.shape, np.nan), where=below > 0))


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class RankingSums:
    """What Plackett and Luce's model needs, by hospital: sets chosen from, items chosen, who was put before whom."""

    scheme: Scheme
    sets: Floats
    many: Floats
    won: Floats
    beats: Floats
    places: tuple[int | None, ...]
    most: int = COSTLY

    def drawn(self, chunk: Floats) -> Floats:
        """Return the strengths as shares of 1, NaN where there is no maximum: some item is never put behind others."""
        items = self.sets.shape[1]
        beats = (chunk @ self.beats).reshape(-1, items, items) > 0
        shares = _strengths(self.sets, chunk @ self.many, chunk @ self.won)
        shares[~_connected(beats)] = np.nan
        none = np.full(len(chunk), np.nan)
        return np.column_stack([none if at is None else shares[:, at] for at in self.places])


def worth_sums(answers: Responses, candidates: Sequence[Candidate], design: Design) -> tuple[WorthSums, ...]:
    """Return the schemes of ratings and rankings that the answers allow, by hospital."""
    found = [_ratings(answers, candidates, design), *_rankings(answers, candidates, design)]
    return tuple(one for one in found if one is not None)


def _ratings(answers: Responses, candidates: Sequence[Candidate], design: Design) -> WorthSums | None:
    columns = np.full((len(answers.values), len(candidates)), np.nan)
    for at, candidate in enumerate(candidates):
        question = rating_question(answers, candidate)
        if question is not None:
            columns[:, at] = ratings_by(answers, question)
    return _means("ratings", columns, design)


def _means(scheme: Scheme, columns: Floats, design: Design) -> WorthSums | None:
    if not np.isfinite(columns).any():
        return None
    sums, sizes = (_by_hospital(part, design) for part in (np.nan_to_num(columns), np.isfinite(columns).astype(float)))
    return MeanSums(scheme=scheme, sums=sums, sizes=sizes)


def _rankings(answers: Responses, candidates: Sequence[Candidate], design: Design) -> Sequence[WorthSums | None]:
    asked = answers.instrument.questions_of("ranking")
    places = places_of(answers.instrument, candidates)
    if not asked or all(place is None for place in places):
        return ()
    orders = ranked_by(answers, asked[0])
    items = len(asked[0].choices)
    there = [at for at, order in enumerate(orders) if order]
    if not there:
        return ()
    points = np.full((len(orders), items), np.nan)
    points[there] = borda([orders[at] for at in there], items) / max(items - 1, 1)
    own = np.column_stack([np.full(len(orders), np.nan) if p is None else points[:, p] for p in places])
    return _means("borda", own, design), _ranking_sums(orders, items, places, design)


def _ranking_sums(
    orders: Sequence[Sequence[int]], items: int, places: tuple[int | None, ...], design: Design
) -> WorthSums | None:
    chosen = [(who, order, at) for who, order in enumerate(orders) for at in range(len(order) - 1)]
    if not chosen:
        return None
    rows = np.zeros((len(chosen), items))
    for row, (_, order, at) in enumerate(chosen):
        rows[row, list(order[at:])] = 1
    sets, which = np.unique(rows, axis=0, return_inverse=True)
    hospital = design.clusters[[who for who, _, _ in chosen]]
    winner = np.array([order[at] for _, order, at in chosen])
    size = design.cluster_count
    many, won, beats = np.zeros((size, len(sets))), np.zeros((size, items)), np.zeros((size, items, items))
    np.add.at(many, (hospital, which.ravel()), 1)
    np.add.at(won, (hospital, winner), 1)
    for at, (_, order, place) in enumerate(chosen):
        beats[hospital[at], order[place], list(order[place + 1 :])] += 1
    return RankingSums(
        scheme="plackett_luce", sets=sets, many=many, won=won, beats=beats.reshape(size, -1), places=places
    )


def _by_hospital(columns: Floats, design: Design) -> Floats:
    found = np.zeros((design.cluster_count, columns.shape[1]))
    np.add.at(found, design.clusters, columns)
    return found


def _connected(beats: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return in which draws each item is put before each other one, at least through others (Hunter 2004)."""
    items = beats.shape[1]
    reached = (beats | np.eye(items, dtype=bool)).astype(np.float32)
    for _ in range(max(items - 1, 1).bit_length()):
        reached = (reached @ reached > 0).astype(np.float32)
    return np.asarray((reached > 0).all(axis=(1, 2)))


def _strengths(sets: Floats, many: Floats, won: Floats) -> Floats:
    """Return the shares of all draws at once, by Newton's method as in `rankings`."""
    items = sets.shape[1]
    strengths = np.zeros((len(won), items))
    for _ in range(ROUNDS):
        worth = sets[None] * np.exp(strengths)[:, None, :]
        chance = worth / worth.sum(axis=2, keepdims=True)
        expected = chance * many[:, :, None]
        slope = won - expected.sum(axis=1)
        bend = -(expected.transpose(0, 2, 1) @ chance)
        bend[:, range(items), range(items)] += expected.sum(axis=1)
        step = np.linalg.solve(bend + 1 / items + 1e-9 * np.eye(items), slope[:, :, None])[:, :, 0]
        largest = np.abs(step).max(axis=1, keepdims=True)
        strengths += step * np.minimum(1.0, 2.0 / np.maximum(largest, 1e-300))
        strengths -= strengths.mean(axis=1, keepdims=True)
        if float(largest.max(initial=0.0)) < CONVERGED:
            break
    worth = np.exp(np.clip(strengths, -300, 300))
    return np.asarray(worth / worth.sum(axis=1, keepdims=True))
