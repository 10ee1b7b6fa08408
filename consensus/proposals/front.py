"""The front: definitions that no other one beats in every respect, out of all that there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from consensus.proposals.evidence import Fit

Aim = str
PASSES, FEW, WORST = 20, 2000, -1.0
AIMS: tuple[Aim, ...] = ("respondents", "answers", "judgements", "youden")


def aims_of(fit: Fit) -> tuple[Aim, ...]:
    """Return the respects in which definitions can be compared: those that the evidence says something of."""
    return tuple(aim for aim in AIMS if np.isfinite(getattr(fit, aim)).any())


def front(fit: Fit, totals: NDArray[np.int64], candidates: NDArray[np.bool_] | None = None) -> NDArray[np.int64]:
    """Return the places of the definitions on the front, best first: by the aims in their order, then fewest points.

    A definition is off it where another is at least as good in each respect, has no more points, and is better in one.
    Of equals the first stands for all. `candidates` leaves others out; where a share is undefined it counts as worst.
    """
    columns = [np.nan_to_num(getattr(fit, aim), nan=-np.inf) for aim in aims_of(fit)]
    table = np.column_stack([*columns, -totals.astype(float)])
    places = np.arange(len(table)) if candidates is None else np.flatnonzero(candidates)
    places = places[_without_clearly_beaten(table[places])]
    values, first = np.unique(table[places], axis=0, return_index=True)
    # lexicographically greatest first: no later row can beat an earlier one
    values, first = values[::-1], first[::-1]
    kept = _undominated(values)
    return np.asarray(places[first[kept]])


def _without_clearly_beaten(values: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the rows that are left when those go that a good one beats, some good ones in turn; equals stay.

    Out of hundreds of thousands of definitions it leaves the few that are worth sorting.
    """
    left, columns = np.arange(len(values)), list(values.T)
    finite = np.nan_to_num(values, neginf=WORST)
    worth = finite @ (1 / np.maximum(np.abs(finite).max(axis=0, initial=0), 1))
    for _ in range(PASSES):
        if len(left) <= FEW:
            break
        best = int(np.argmax(worth))
        equal, better = np.ones(len(left), dtype=bool), np.zeros(len(left), dtype=bool)
        for column in columns:
            equal &= column == column[best]
            better |= column > column[best]
        kept = np.flatnonzero(equal | better)
        worth = np.where(equal, -np.inf, worth)[kept]
        left, columns = left[kept], [column[kept] for column in columns]
    return left


def _undominated(values: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the rows that no other one beats; rows are distinct and sorted, greatest first."""
    kept: list[int] = []
    best = np.zeros((0, values.shape[1]))
    for at, row in enumerate(values):
        if not (best >= row).all(axis=1).any():
            kept.append(at)
            best = np.vstack([best, row])
    return np.array(kept, dtype=np.int64)
