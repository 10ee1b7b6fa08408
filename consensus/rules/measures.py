"""What a rule measures, for all rows of counts at once: exact fractions wherever the measure is rational."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from consensus.agreement.spread import position
from consensus.rules.terms import Options

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from consensus.rules.ballots import Counts
    from consensus.rules.terms import Term

    Array = NDArray[Any]

THIRTY, SEVENTY = Fraction(3, 10), Fraction(7, 10)
QUARTER, THREE_QUARTERS = Fraction(1, 4), Fraction(3, 4)
Z = 1.959963984540054
# The constant of IPRAS: a published table prints 2.5, yet its own result (6.1 at an asymmetry of 2.5) needs 2.35.
IPRAS_CONSTANT, IPRAS_SLOPE, MIDDLE = Fraction(235, 100), Fraction(3, 2), 5


@dataclass(frozen=True, slots=True, eq=False)
class Ratio:
    """Fractions, one a row: `above` / `below`, not known where `below` is 0. `real`: no fractions but rounded numbers.

    `square` holds the exact square where the number itself is a root.
    """

    above: Array
    below: Array
    real: bool = False
    square: Ratio | None = None

    def __add__(self, other: Ratio) -> Ratio:
        above = self.above * other.below + other.above * self.below
        return Ratio(above, self.below * other.below, self.real or other.real)

    def times(self, factor: Fraction) -> Ratio:
        """Return it multiplied by a number."""
        return Ratio(self.above * factor.numerator, self.below * factor.denominator, self.real)

    def size(self) -> Ratio:
        """Return it without its sign; `below` is never negative."""
        return Ratio(np.abs(self.above), self.below, self.real)

    @property
    def known(self) -> Array:
        """Where it is known."""
        return np.asarray(self.below != 0)


def constant(value: Fraction, rows: int) -> Ratio:
    """Return the same number for all rows."""
    return Ratio(np.full(rows, value.numerator, dtype=np.int64), np.full(rows, value.denominator, dtype=np.int64))


def unknown(rows: int) -> Ratio:
    """Return a measure that nothing is known of."""
    return Ratio(np.zeros(rows, dtype=np.int64), np.zeros(rows, dtype=np.int64))


def measure(term: Term, counts: Counts, kind: int) -> Ratio:
    """Return a measure of all rows; `kind` is the type of its quantiles, where it has any."""
    if term.measure in ("share", "count"):
        return _share(term, counts)
    if term.measure == "n":
        return Ratio(counts.committed, np.ones(len(counts), dtype=np.int64))
    if term.measure in ("apmo", "boundary"):
        known = counts.over.get(str(term))
        return unknown(len(counts)) if known is None else constant(known, len(counts))
    if term.measure in ("chance", "kstar"):
        return _beyond_chance(term, counts)
    return _OF_RATINGS[term.measure](term, counts, kind)


def chosen(options: Options, counts: Counts) -> tuple[Array | None, int]:
    """Return the votes for some options, and how many times over they are counted; None where nobody knows."""
    if options.word in ("agree", "disagree"):
        return counts.half_votes(against=options.word == "disagree"), 2
    if options.word == "most":
        sided = np.array(counts.ballot.commits, dtype=bool)
        return counts.votes[:, sided].max(axis=1, initial=0), 1
    scale = counts.ballot.scale
    if not scale:
        return None, 1
    if options.word is not None:
        wanted = {scale[-1] if options.word == "top" else scale[0]}
    else:
        wanted = {point for point in scale if options.holds(point)}
    places = [place for place, point in enumerate(counts.ballot.points) if point in wanted]
    return counts.votes[:, places].sum(axis=1), 1


def base_of(term: Term, counts: Counts) -> Array | None:
    """Return whom a share is of: the base written, else those who took a side or gave a number, or all who answered."""
    if term.base is not None:
        return counts.size(term.base)
    sided = term.options is not None and term.options.word in ("agree", "disagree")
    return counts.answered if sided and counts.coding != "drop" else counts.committed


def _share(term: Term, counts: Counts) -> Ratio:
    assert term.options is not None
    if term.base == "committed" and counts.coding is not None and term.options.word in ("agree", "disagree"):
        counts = replace(counts, coding="drop")  # who stands in the middle is not of this base
    votes, times = chosen(term.options, counts)
    size = base_of(term, counts)
    if votes is None or size is None:
        return unknown(len(counts))
    if term.measure == "count":
        return Ratio(votes, np.full(len(counts), times, dtype=np.int64))
    if term.bound is None:
        return Ratio(votes, size * times)
    halves = counts.equivocal if counts.coding == "half" and times == 2 else np.zeros(len(counts), dtype=np.int64)
    return _bound(votes / times, halves, size, upper=term.bound == "high")


def _bound(votes: Array, halves: Array, size: Array, *, upper: bool) -> Ratio:
    """Return an end of the 95 % interval that the share is shown with.

    The score interval (Wilson 1927); the exact one-sided bound at nobody and everybody; the normal one where some of
    the votes are `halves`, which are no binomial count. Halves alone are all alike and have no interval.
    """
    n = np.maximum(size, 1)
    p, z2, sign = votes / n, Z * Z, 1 if upper else -1
    reach = Z * np.sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    end = np.clip((p + z2 / (2 * n) + sign * reach) / (1 + z2 / n), 0, 1)
    if upper:
        end = np.where(votes == 0, 1 - 0.05 ** (1 / n), np.where(votes == n, 1, end))
    else:
        end = np.where(votes == n, 0.05 ** (1 / n), np.where(votes == 0, 0, end))
    variance = (votes - halves / 4 - n * p * p) / np.maximum(n - 1, 1)  # a half vote's square is a quarter, not a half
    normal = np.clip(p + sign * Z * np.sqrt(np.maximum(variance, 0) / n), 0, 1)
    known = (size > 0) & ((halves == 0) | (halves < size))
    return Ratio(np.where(halves > 0, normal, end), known.astype(np.int64), True)


def _beyond_chance(term: Term, counts: Counts) -> Ratio:
    """Return the chance that guessing gives so many votes or more (Lawshe), or k* (Polit, Beck and Owen 2007).

    Votes are counted in whole ones: half of one does not count.
    """
    assert term.options is not None
    votes, times = chosen(term.options, counts)
    if votes is None:
        return unknown(len(counts))
    # the base of the votes: with the committed alone, equivocal votes that count as yes would be more than their base
    size = counts.committed if (base := base_of(term, counts)) is None else base
    pairs = zip((votes // times).astype(int).tolist(), size.astype(int).tolist(), strict=True)
    told = [_tail(k, n) if term.measure == "chance" else _kstar(k, n) for k, n in pairs]
    known = np.array([value is not None for value in told], dtype=np.int64)
    return Ratio(np.array([value or 0.0 for value in told]), known, True)


def _tail(k: int, n: int) -> float | None:
    return sum(math.comb(n, j) for j in range(k, n + 1)) / 2**n if n else None


def _kstar(k: int, n: int) -> float | None:
    chance = math.comb(n, k) / 2**n if n else 1.0
    return None if chance == 1 else (k / n - chance) / (1 - chance)


def steps(counts: Counts) -> tuple[Array, int]:
    """Return the points of the scale as whole numbers, and how many of them make one point."""
    scale = counts.ballot.scale
    whole = math.lcm(*(point.denominator for point in scale)) if scale else 1
    return np.array([int(point * whole) for point in scale], dtype=np.int64), whole


def quantile_of(counts: Counts, share: Fraction, kind: int) -> Ratio:
    """Return the quantile of the ratings of each row, of the type `kind` (Hyndman and Fan 1996); exact."""
    points, whole = steps(counts)
    if not len(points):
        return unknown(len(counts))
    ends = counts.ratings().cumsum(axis=1)
    sizes = ends[:, -1]
    places = {int(n): position(share, int(n), kind) for n in np.unique(sizes) if n}
    at = np.array([places[n][0] if n else 0 for n in sizes.tolist()], dtype=np.int64)
    parts = [places[n][1] if n else Fraction(0) for n in sizes.tolist()]
    above = np.array([part.numerator for part in parts], dtype=np.int64)
    below = np.array([part.denominator for part in parts], dtype=np.int64)
    last = np.maximum(sizes, 1)
    low = points[_reached(ends, np.clip(at, 1, last))]
    high = points[_reached(ends, np.clip(at + 1, 1, last))]
    return Ratio(low * below + above * (high - low), np.where(sizes > 0, below * whole, 0))


def _reached(ends: Array, rank: Array) -> Array:
    return np.asarray(np.minimum((ends < rank[:, None]).sum(axis=1), ends.shape[1] - 1))


def median_of(counts: Counts) -> Ratio:
    """Return the median: the mean of the middle two where they differ."""
    return quantile_of(counts, Fraction(1, 2), 2)


def _mean(_: Term, counts: Counts, __: int) -> Ratio:
    points, whole = steps(counts)
    ratings = counts.ratings()
    return Ratio(ratings @ points, ratings.sum(axis=1) * whole)


def variance_of(counts: Counts) -> Ratio:
    """Return the variance of the ratings with n - 1; not known for fewer than two."""
    points, whole = steps(counts)
    ratings = counts.ratings()
    n, total, squares = ratings.sum(axis=1), ratings @ points, ratings @ (points * points)
    return Ratio(n * squares - total * total, np.where(n > 1, n * (n - 1) * whole * whole, 0))


def _sd(_: Term, counts: Counts, __: int) -> Ratio:
    square = variance_of(counts)
    root = np.sqrt(square.above / np.maximum(square.below, 1))
    return Ratio(root, square.known.astype(np.int64), True, square)


def _cv(term: Term, counts: Counts, kind: int) -> Ratio:
    mean, square = _mean(term, counts, kind), variance_of(counts)
    known = square.known & (mean.above > 0)
    above, below = square.above * mean.below * mean.below, square.below * mean.above * mean.above
    exact = Ratio(above, np.where(known, below, 0))
    return Ratio(np.sqrt(above / np.where(known, below, 1)), known.astype(np.int64), True, exact)


def _iqr(_: Term, counts: Counts, kind: int) -> Ratio:
    return quantile_of(counts, THREE_QUARTERS, kind) + quantile_of(counts, QUARTER, kind).times(Fraction(-1))


def _riqr(term: Term, counts: Counts, kind: int) -> Ratio:
    return _divided(_iqr(term, counts, kind), median_of(counts))


def _divided(a: Ratio, b: Ratio) -> Ratio:
    known = a.known & b.known & (b.above > 0)
    return Ratio(a.above * b.below, np.where(known, a.below * b.above, 0), a.real or b.real)


def ipras(counts: Counts, kind: int) -> tuple[Ratio, Ratio]:
    """Return the interpercentile range of each row and the range that is allowed for its asymmetry (IPRAS)."""
    low, high = quantile_of(counts, THIRTY, kind), quantile_of(counts, SEVENTY, kind)
    rows = len(counts)
    center = (low + high).times(Fraction(1, 2))
    asymmetry = (center + constant(Fraction(-MIDDLE), rows)).size()
    return high + low.times(Fraction(-1)), asymmetry.times(IPRAS_SLOPE) + constant(IPRAS_CONSTANT, rows)


def _di(_: Term, counts: Counts, kind: int) -> Ratio:
    return _divided(*ipras(counts, kind))


def _within(term: Term, counts: Counts, _: int) -> Ratio:
    assert term.at is not None
    points, whole = steps(counts)
    if not len(points):
        return unknown(len(counts))
    middle, ratings = median_of(counts), counts.ratings()
    below = np.maximum(middle.below, 1)[:, None]
    gaps = np.abs(points[None, :] * below - middle.above[:, None] * whole) * term.at.denominator
    near = gaps <= term.at.numerator * below * whole
    return Ratio((ratings * near).sum(axis=1), ratings.sum(axis=1))


def outside_region(counts: Counts) -> Array:
    """Return how many ratings lie outside the three-point region (1-3, 4-6, 7-9) of the median; 3.5 is in 4-6."""
    middle, ratings = median_of(counts), counts.ratings()
    region = np.where(2 * middle.above >= 13 * middle.below, 2, np.where(middle.above <= 3 * middle.below, 0, 1))
    thirds = np.stack([ratings[:, 3 * third : 3 * third + 3].sum(axis=1) for third in range(3)], axis=1)
    return np.asarray(ratings.sum(axis=1) - np.take_along_axis(thirds, region[:, None], axis=1)[:, 0])


def _outside(_: Term, counts: Counts, __: int) -> Ratio:
    return Ratio(outside_region(counts), np.ones(len(counts), dtype=np.int64))


_OF_RATINGS: dict[str, Callable[[Term, Counts, int], Ratio]] = {
    "median": lambda _, counts, __: median_of(counts),
    "quantile": lambda term, counts, kind: quantile_of(counts, term.at or Fraction(0), kind),
    "mean": _mean,
    "sd": _sd,
    "cv": _cv,
    "iqr": _iqr,
    "riqr": _riqr,
    "di": _di,
    "within": _within,
    "outside": _outside,
}
