"""A search for definitions beyond the atlas: it says what it looked at, and proves nothing.

From several starts (each criterion alone, any of them, at least m of them, and points drawn at random) points and
cut-off go up or down by one, in every way, as long as a step is better in the aims in their order, or alike with fewer
points. Every definition that was looked at counts as a candidate for the front.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from consensus.proposals.atlas import sums
from consensus.proposals.evidence import fit_of
from consensus.proposals.front import aims_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from consensus.proposals.evidence import Evidence

LARGEST = 9
MOST_STEPS = 200
MOST_SEARCHED = 14


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Searched:
    """The definitions that a search looked at, as `Atlas` holds its own; `starts` is how many ways it set out."""

    points: NDArray[np.int64]
    cut_offs: NDArray[np.int64]
    tables: NDArray[np.bool_]
    starts: int

    def __len__(self) -> int:
        return len(self.cut_offs)

    @property
    def totals(self) -> NDArray[np.int64]:
        """The sum of the points of each definition."""
        return np.asarray(self.points.sum(axis=1))


def search(evidence: Evidence, *, starts: int = 24, seed: int = 20261123) -> Searched:
    """Return every definition that a climb from so many random starts, and from the plain ones, looked at.

    Raises ValueError for more than `MOST_SEARCHED` criteria, whose profiles are too many to go through.
    """
    criteria = evidence.stated.shape[1]
    if criteria > MOST_SEARCHED:
        raise ValueError(f"a search goes through at most {MOST_SEARCHED} criteria, got {criteria}")
    rng = np.random.default_rng(seed)
    plain = [*np.eye(criteria, dtype=np.int64), np.ones(criteria, dtype=np.int64)]
    at_least = [np.append(np.ones(criteria, dtype=np.int64), m) for m in range(1, criteria + 1)]
    begin = [np.append(points, 1) for points in plain] + at_least
    for _ in range(starts):
        drawn = rng.integers(0, 4, criteria)
        begin.append(np.append(drawn, rng.integers(1, max(2, int(drawn.sum()) + 1))))
    seen: dict[tuple[int, ...], None] = {}
    for start in begin:
        _climb(start, evidence, seen)
    rows = np.array(list(seen), dtype=np.int64)
    points, cut_offs = rows[:, :-1], rows[:, -1]
    tables = sums(points) >= cut_offs[:, None]
    return Searched(points=points, cut_offs=cut_offs, tables=tables, starts=len(begin))


def _climb(start: NDArray[np.int64], evidence: Evidence, seen: dict[tuple[int, ...], None]) -> None:
    now = start
    for _ in range(MOST_STEPS):
        around = np.vstack([now, _neighbors(now)])
        seen.update(dict.fromkeys(map(tuple, around.tolist())))
        fit = fit_of(sums(around[:, :-1]) >= around[:, -1:], evidence)
        aims = [np.nan_to_num(getattr(fit, aim), nan=-1.0) for aim in aims_of(fit)]
        totals = around[:, :-1].sum(axis=1)
        best = int(np.lexsort((totals, *(-aim for aim in aims[::-1])))[0])
        if best == 0 or _rank(aims, totals, best) == _rank(aims, totals, 0):
            return
        now = around[best]


def _rank(aims: list[NDArray[np.float64]], totals: NDArray[np.int64], at: int) -> tuple[float, ...]:
    return (*(float(aim[at]) for aim in aims), -float(totals[at]))


def _neighbors(now: NDArray[np.int64]) -> NDArray[np.int64]:
    steps = np.concatenate([np.eye(len(now), dtype=np.int64), -np.eye(len(now), dtype=np.int64)])
    moved = now + steps
    right = (moved[:, :-1] >= 0).all(axis=1) & (moved[:, :-1] <= LARGEST).all(axis=1) & (moved[:, -1] >= 1)
    return np.asarray(moved[right & (moved[:, -1] <= moved[:, :-1].sum(axis=1))])
