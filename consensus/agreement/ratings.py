"""Who gave what to which unit: the one table that all coefficients of agreement are made from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

MISSING = -1


@dataclass(frozen=True, kw_only=True, eq=False)
class Ratings:
    """Ratings of units by raters on one scale of categories.

    `codes` has a row a unit and a column a rater: the position of the category in `categories`, or -1 where the rater
    gave none. `scores` are the numbers that the categories stand for (their ranks from 1, where they are words).
    """

    codes: NDArray[np.int64]
    categories: tuple[object, ...]
    scores: tuple[float, ...]
    units: tuple[str, ...]
    raters: tuple[str, ...]

    def __repr__(self) -> str:
        return f"Ratings({len(self.units)} units, {len(self.raters)} raters, {len(self.categories)} categories)"

    @cached_property
    def counts(self) -> NDArray[np.float64]:
        """How many raters gave each category to each unit: units x categories."""
        q = len(self.categories)
        rows, columns = np.nonzero(self.codes != MISSING)
        flat = np.bincount(rows * q + self.codes[rows, columns], minlength=len(self.units) * q)
        return flat.reshape(len(self.units), q).astype(float)

    @cached_property
    def given(self) -> NDArray[np.bool_]:
        """Whether a rater rated a unit: units x raters."""
        return np.asarray(self.codes != MISSING)

    @property
    def unused(self) -> tuple[object, ...]:
        """The categories of the scale that nobody gave."""
        used = self.counts.sum(axis=0) > 0
        return tuple(c for c, seen in zip(self.categories, used, strict=True) if not seen)

    def numbers(self) -> NDArray[np.float64]:
        """Return the scores that were given, units x raters, NaN where none was."""
        known = np.append(np.array(self.scores, dtype=float), np.nan)
        return known[self.codes]

    def of_raters(self, keep: Sequence[int] | NDArray[np.int64]) -> Ratings:
        """Return the ratings by some of the raters, given by position; a position may come twice."""
        return Ratings(
            codes=self.codes[:, keep],
            categories=self.categories,
            scores=self.scores,
            units=self.units,
            raters=tuple(self.raters[i] for i in keep),
        )


def ratings_of(
    table: pd.DataFrame, *, categories: Sequence[object] | None = None, raters_are: str = "columns"
) -> Ratings:
    """Return the ratings of a table with one row a unit and one column a rater (`raters_are="rows"`: the other way).

    `categories` is the whole scale in its order, also what nobody gave; without it the scale is what was seen, in
    order. Empty cells are no ratings. Raises ValueError for a rating that is not on the scale and for another word
    than `columns` or `rows`.
    """
    if raters_are not in ("columns", "rows"):
        raise ValueError(f'raters_are is "columns" or "rows", got "{raters_are}"')
    by_unit = table if raters_are == "columns" else table.T
    cells = by_unit.to_numpy(dtype=object)
    absent = np.asarray(pd.isna(by_unit), dtype=bool)
    scale = _seen(cells[~absent]) if categories is None else tuple(categories)
    codes = np.full(cells.shape, MISSING, dtype=np.int64)
    codes[~absent] = _codes(cells[~absent], scale)
    return Ratings(
        codes=codes,
        categories=scale,
        scores=_scores(scale),
        units=tuple(map(str, by_unit.index)),
        raters=tuple(map(str, by_unit.columns)),
    )


def _seen(given: NDArray[np.object_]) -> tuple[object, ...]:
    return tuple(sorted(set(given.tolist())))


def _codes(given: NDArray[np.object_], scale: tuple[object, ...]) -> NDArray[np.int64]:
    places = {category: place for place, category in enumerate(scale)}
    if len(places) != len(scale):
        raise ValueError(f"a category stands twice on the scale: {list(scale)}")
    strange = sorted({str(value) for value in given if value not in places})
    if strange:
        raise ValueError(f"{', '.join(strange)}: not on the scale {list(scale)}")
    return np.array([places[value] for value in given], dtype=np.int64)


def _scores(scale: tuple[object, ...]) -> tuple[float, ...]:
    numbers = [float(c) for c in scale if isinstance(c, int | float | np.integer | np.floating)]
    return tuple(numbers) if len(numbers) == len(scale) else tuple(float(i) for i in range(1, len(scale) + 1))
