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
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from consensus.proposals.tables import Table

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
    points, cut_offs, tables = _descending(criteria)
    order = np.array(list(permutations(range(criteria))), dtype=np.int64).reshape(-1, criteria)
    profiles = np.arange(2**criteria)
    # renaming: criterion k of the new definition is criterion order[k] of the old one
    moved = np.stack([sum(((profiles >> k) & 1) << old for k, old in enumerate(row)) for row in order])
    codes = np.concatenate([packed(tables[:, row]) for row in moved])
    kept, first = np.unique(codes, return_index=True)
    which, how = first % len(points), first // len(points)
    renamed = np.take_along_axis(points[which], order[how], axis=1)
    keys = (*renamed.T[::-1], renamed.sum(axis=1))
    rank = np.lexsort((cut_offs[which], *keys))
    return Atlas(
        criteria=criteria,
        points=renamed[rank],
        cut_offs=cut_offs[which][rank],
        tables=unpacked(kept[rank], criteria),
        codes=kept[rank],
    )


def sums(points: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return what each profile sums to (definitions x 2**criteria), of points (definitions x criteria)."""
    bits = (np.arange(2 ** points.shape[1])[None, :] >> np.arange(points.shape[1])[:, None]) & 1
    return np.asarray(points @ bits)


def packed(tables: NDArray[np.bool_]) -> NDArray[np.uint64]:
    """Return each truth table (of at most 64 profiles) as one number, the profile's number being the bit's."""
    wide = np.zeros((len(tables), 64), dtype=bool)
    wide[:, : tables.shape[1]] = tables
    return np.asarray(np.packbits(wide, axis=1, bitorder="little").view("<u8").ravel().astype(np.uint64))


def unpacked(codes: NDArray[np.uint64], criteria: int) -> NDArray[np.bool_]:
    """Return the truth tables of `packed` numbers."""
    octets = codes.astype("<u8").view(np.uint8).reshape(-1, 8)
    return np.unpackbits(octets, axis=1, bitorder="little")[:, : 2**criteria].astype(bool)


def distinct(
    tables: NDArray[np.bool_],
) -> tuple[NDArray[np.bool_], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return the distinct rows of yes and no, the first place of each, each row's place among them, and how often."""
    if tables.shape[1] > 64:
        _, first, back, many = np.unique(tables, axis=0, return_index=True, return_inverse=True, return_counts=True)
    else:
        _, first, back, many = np.unique(packed(tables), return_index=True, return_inverse=True, return_counts=True)
    return tables[first], first, back.ravel(), many


def smallest_sets(table: Table) -> tuple[tuple[int, ...], ...]:
    """Return the profiles that meet a monotone definition and can't spare a criterion, as sets of criteria."""
    criteria = len(table).bit_length() - 1
    met = np.flatnonzero(table)
    kept = [p for p in met if not any(p >> k & 1 and table[p & ~(1 << k)] for k in range(criteria))]
    found = [tuple(k for k in range(criteria) if p >> k & 1) for p in kept]
    return tuple(sorted(found, key=lambda names: (len(names), names)))


def _descending(criteria: int) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """Return the definitions whose points don't rise from one criterion to the next, each with its fewest points."""
    rows = np.array(list(_falling(criteria)), dtype=np.int64).reshape(-1, criteria)
    rows = rows[np.lexsort((*rows.T[::-1], rows.sum(axis=1)))]
    reached = sums(rows)
    top = rows.sum(axis=1).max(initial=0) + 1
    cut_offs = np.arange(top + 1)
    tables = reached[:, None, :] >= cut_offs[None, :, None]
    flat = tables.reshape(-1, tables.shape[2])
    # rows come with fewest points first and cut-offs from 0 up, so the first of equals is the smallest
    first = np.sort(np.unique(packed(flat), return_index=True)[1])
    return rows[first // len(cut_offs)], cut_offs[first % len(cut_offs)], flat[first]


def _falling(criteria: int) -> Iterator[tuple[int, ...]]:
    return combinations_with_replacement(range(MOST_POINTS[criteria], -1, -1), criteria)
