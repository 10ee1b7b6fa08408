"""The atlas: every definition that points and a cut-off can express over a few yes/no criteria, each once.

A definition is what it says of each of the 2**K profiles (which criteria a patient shows). Different points can be the
same definition; the atlas keeps the fewest. All of them are found by enumerating points that don't rise from one
criterion to the next, within the range that is known to suffice, and renaming the criteria in every way (Muroga 1971,
Threshold Logic and Its Applications, for the functions; the ranges are checked by this project's tests).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations_with_replacement, permutations
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from consensus.proposals.tables import Table

    Small = NDArray[np.uint8]

MOST_POINTS = (0, 1, 1, 2, 3, 5, 9)
"""The largest points of one criterion that any definition over 0, 1, ..., 6 criteria needs."""
MOST_CRITERIA = len(MOST_POINTS) - 1


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Atlas:
    """All definitions over `criteria` yes/no criteria, those with the fewest points first.

    `points` (definitions x criteria) and `cut_offs` are the smallest whole numbers that express each; `tables`
    (definitions x 2**criteria) says which profiles meet it: bit k of a profile's number is criterion k. The first two
    are "always" and "never", which no points are needed for.
    """

    criteria: int
    points: NDArray[np.int64]
    cut_offs: NDArray[np.int64]
    tables: NDArray[np.bool_]
    codes: NDArray[np.uint64]

    def __repr__(self) -> str:
        return f"Atlas({len(self)} definitions over {self.criteria} criteria)"

    def __len__(self) -> int:
        return len(self.cut_offs)

    @property
    def totals(self) -> NDArray[np.int64]:
        """The sum of the points of each definition."""
        return np.asarray(self.points.sum(axis=1))

    @property
    def constant(self) -> NDArray[np.bool_]:
        """Which definitions say the same of every profile."""
        return np.asarray(self.tables.all(axis=1) | ~self.tables.any(axis=1))

    @property
    def uses_all(self) -> NDArray[np.bool_]:
        """Which definitions look at every criterion: none has no points."""
        return np.asarray((self.points > 0).all(axis=1))

    def find(self, table: Table) -> int | None:
        """Return the place of the definition with this truth table; None where no points can express it."""
        at = np.flatnonzero(self.codes == packed(np.asarray(table, dtype=bool)[None, :])[0])
        return int(at[0]) if len(at) else None

    def sufficient(self, at: int) -> tuple[tuple[int, ...], ...]:
        """Return the smallest sets of criteria that meet a definition."""
        return smallest_sets(self.tables[at])


@lru_cache(maxsize=8)
def atlas(criteria: int) -> Atlas:
    """Return the atlas over so many criteria, 1 to 6; 20, 150 and 3,287 definitions for 3, 4 and 5.

    Raises ValueError beyond: there a search is all that can be had (`search.py`).
    """
    if not 1 <= criteria <= MOST_CRITERIA:
        raise ValueError(f"the atlas holds 1 to {MOST_CRITERIA} criteria, got {criteria}")
    points, cut_offs = _descending(criteria)
    renamed, which = _renamed(points)
    limits = cut_offs[which]
    rank = np.argsort(_places(renamed, limits))
    ordered, limits = renamed[rank], limits[rank]
    tables = sums(ordered) >= limits[:, None]
    return Atlas(
        criteria=criteria,
        points=ordered.astype(np.int64),
        cut_offs=limits.astype(np.int64),
        tables=tables,
        codes=packed(tables),
    )


def sums(points: NDArray[Any]) -> NDArray[Any]:
    """Return what each profile sums to (definitions x 2**criteria), of whole points (definitions x criteria)."""
    found = np.zeros((len(points), 2 ** points.shape[1]), dtype=points.dtype)
    for k, column in enumerate(points.T):
        found[:, 2**k : 2 ** (k + 1)] = found[:, : 2**k] + column[:, None]
    return found


def packed(tables: NDArray[np.bool_]) -> NDArray[np.uint64]:
    """Return each truth table (of at most 64 profiles) as one number, the profile's number being the bit's."""
    wide = np.zeros((len(tables), 64), dtype=bool)
    wide[:, : tables.shape[1]] = tables
    return np.asarray(np.packbits(wide, axis=1, bitorder="little").view("<u8").ravel().astype(np.uint64))


def distinct(
    tables: NDArray[np.bool_],
) -> tuple[NDArray[np.bool_], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return the distinct rows of yes and no, the first place of each, each row's place among them, and how often."""
    if tables.shape[1] > 64:
        _, first, back, many = np.unique(tables, axis=0, return_index=True, return_inverse=True, return_counts=True)
    else:
        codes = packed(tables)
        if tables.shape[1] <= 16:
            codes = codes.astype(np.uint16)  # which numpy sorts ten times as fast
        _, first, back, many = np.unique(codes, return_index=True, return_inverse=True, return_counts=True)
    return tables[first], first, back.ravel(), many


def smallest_sets(table: Table) -> tuple[tuple[int, ...], ...]:
    """Return the profiles that meet a monotone definition and can't spare a criterion, as sets of criteria."""
    criteria = len(table).bit_length() - 1
    met = np.flatnonzero(table)
    kept = [p for p in met if not any(p >> k & 1 and table[p & ~(1 << k)] for k in range(criteria))]
    found = [tuple(k for k in range(criteria) if p >> k & 1) for p in kept]
    return tuple(sorted(found, key=lambda names: (len(names), names)))


def _descending(criteria: int) -> tuple[Small, Small]:
    """Return the definitions whose points don't rise from one criterion to the next, each with its fewest points."""
    rows = np.array(list(_falling(criteria)), dtype=np.uint8).reshape(-1, criteria)
    rows = rows[np.lexsort((*rows.T[::-1], rows.sum(axis=1)))]
    reached = sums(rows)
    # beyond the sum of all points nothing is met: that is told once, by the row without points
    tried = reached[:, -1].astype(np.int64) + 1 + (reached[:, -1] == 0)
    which = np.repeat(np.arange(len(rows)), tried)
    cut_offs = (np.arange(len(which)) - np.repeat(np.cumsum(tried) - tried, tried)).astype(np.uint8)
    codes = packed(reached[which] >= cut_offs[:, None])
    # rows come with fewest points first and cut-offs from 0 up, so the first of equals is the smallest
    first = np.flatnonzero(~pd.Series(codes).duplicated().to_numpy())
    return rows[which[first]], cut_offs[first]


def _renamed(points: Small) -> tuple[Small, NDArray[np.int64]]:
    """Return the points with their criteria renamed in every way, each once, and the row that each came from.

    Criteria of equal points are alike: their fewest points are equal too, so only one of their orders is taken.
    """
    criteria = points.shape[1]
    orders = np.array(list(permutations(range(criteria))), dtype=np.int64).reshape(-1, criteria)
    placed = np.argsort(orders, axis=1)
    rising = placed[:, 1:] > placed[:, :-1]
    alike = points[:, 1:] == points[:, :-1]
    patterns, back = np.unique(alike, axis=0, return_inverse=True)
    renamed, which = [], []
    for at, tied in enumerate(patterns):
        rows = np.flatnonzero(back.ravel() == at)
        kept = orders[(rising | ~tied).all(axis=1)]
        renamed.append(points[rows][:, kept].reshape(-1, criteria))
        which.append(np.repeat(rows, len(kept)))
    return np.concatenate(renamed), np.concatenate(which)


def _places(points: Small, cut_offs: Small) -> NDArray[np.int64]:
    """Return a number for each definition by which they stand in order: fewest points, then points, then cut-off."""
    found: NDArray[np.int64] = points.sum(axis=1, dtype=np.int64)
    for column in (*points.T, cut_offs):
        found = found * 64 + column
    return found


def _falling(criteria: int) -> Iterator[tuple[int, ...]]:
    return combinations_with_replacement(range(MOST_POINTS[criteria], -1, -1), criteria)
