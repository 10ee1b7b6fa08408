"""Intraclass correlations of ratings that are numbers, each by its form, since "ICC" alone names no statistic."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
from scipy import special

from consensus.agreement.coefficients import ONE_RATER
from consensus.agreement.concordance import ONE_UNIT
from consensus.agreement.estimate import Estimate

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from consensus.agreement.ratings import Ratings

Form = Literal["1", "2", "3", "1k", "2k", "3k"]
FORMS: tuple[Form, ...] = get_args(Form)
NO_VARIATION = "units do not differ and raters do not either, so there is nothing to compare"
RATERS_CANCEL = "units and raters vary less than what is left, so that the parts of the variance cancel out"
ALIKE_ON_AVERAGE = "the means of the units are all alike, so the mean of the raters tells none apart"


@dataclass(frozen=True, kw_only=True, slots=True)
class Squares:
    """Mean squares of an analysis of variance: between units, within units, between raters, and what is left."""

    units: float
    within: float
    raters: float
    rest: float
    n: int
    k: int


def icc(ratings: Ratings, form: Form = "2", *, level: float = 0.95) -> Estimate:
    """Return an intraclass correlation with its limits (Shrout and Fleiss 1979; limits McGraw and Wong 1996).

    Form 1: each unit has other raters; 2: raters are a sample, absolute agreement; 3: these raters, consistency; with
    `k`: of the mean of all raters. Units with a gap are left out. Raises ValueError for another form.
    """
    if form not in FORMS:
        raise ValueError(f"form is one of {', '.join(FORMS)}, got {form}")
    whole = np.asarray(ratings.given.all(axis=1))
    numbers, name = ratings.numbers()[whole], f"icc({form})"
    reason = ONE_RATER if numbers.shape[1] < 2 else ONE_UNIT if len(numbers) < 2 else ""
    squares = None if reason else mean_squares(numbers)
    if squares is not None and squares.within == squares.units == 0:
        reason = NO_VARIATION
    if squares is None or reason:
        return Estimate(reason=reason, level=level, method=name, n=len(numbers))
    single = {"1": _first, "2": _second, "3": _third}[form[0]](squares, level)
    if single is None:
        return Estimate(reason=RATERS_CANCEL, level=level, method=name, n=len(numbers))
    value, low, high = (_of_mean(r, squares.k) for r in single) if form.endswith("k") else single
    if value is None:
        return Estimate(reason=ALIKE_ON_AVERAGE, level=level, method=name, n=len(numbers))
    left_out = int((~whole).sum())
    note = f"{left_out} of {len(whole)} units with missing ratings are left out" if left_out else None
    return Estimate(value=value, low=low, high=high, level=level, method=name, n=squares.n, note=note)


def cronbach_alpha(ratings: Ratings, *, level: float = 0.95) -> Estimate:
    """Return Cronbach's alpha of items (the raters) over people (the units) with Feldt's limits (1965).

    Reverse items that point the other way first. Reasons as in `icc`.
    """
    found = icc(ratings, "3k", level=level)  # the same number, and Feldt's limits are those of this form
    if found.value is None:
        return Estimate(reason=found.reason, level=level, method="cronbach alpha", n=found.n)
    return Estimate(
        value=found.value,
        low=found.low,
        high=found.high,
        level=level,
        method="cronbach alpha",
        n=found.n,
        note=found.note,
    )


def mean_squares(numbers: NDArray[np.float64]) -> Squares:
    """Return the mean squares of a complete table of two or more units (rows) and raters (columns)."""
    n, k = numbers.shape
    mean, by_unit, by_rater = numbers.mean(), numbers.mean(axis=1), numbers.mean(axis=0)
    units = k * ((by_unit - mean) ** 2).sum()
    raters = n * ((by_rater - mean) ** 2).sum()
    within = ((numbers - by_unit[:, None]) ** 2).sum()
    rest = ((numbers - by_unit[:, None] - by_rater[None, :] + mean) ** 2).sum()
    # what is left over of equal numbers is a rounding error, not a mean square
    least = 1e-12 * max(float((numbers**2).sum()), 1e-300)
    units, raters, within, rest = (0.0 if part < least else float(part) for part in (units, raters, within, rest))
    return Squares(
        units=units / (n - 1),
        within=within / (n * (k - 1)),
        raters=raters / (k - 1),
        rest=rest / ((n - 1) * (k - 1)),
        n=n,
        k=k,
    )


def icc_of_squares(s: Squares) -> float | None:
    """Return ICC(2) of mean squares without limits, None where the parts of the variance cancel out."""
    below = s.units + (s.k - 1) * s.rest + s.k * (s.raters - s.rest) / s.n
    return None if below <= 1e-12 * (s.units + s.rest + s.raters) else (s.units - s.rest) / below


def _of_ratio(ratio: float, k: int) -> float:
    return 1.0 if np.isinf(ratio) else (ratio - 1) / (ratio + k - 1)


def _by_ratio(ratio: float, k: int, df: tuple[float, float], level: float) -> tuple[float, float, float]:
    tail = (1 + level) / 2
    low, high = ratio / _f(*df, tail), ratio * _f(df[1], df[0], tail)
    return _of_ratio(ratio, k), _of_ratio(low, k), _of_ratio(high, k)


def _first(s: Squares, level: float) -> tuple[float, float | None, float | None] | None:
    return _by_ratio(_over(s.units, s.within), s.k, (s.n - 1, s.n * (s.k - 1)), level)


def _third(s: Squares, level: float) -> tuple[float, float | None, float | None] | None:
    return _by_ratio(_over(s.units, s.rest), s.k, (s.n - 1, (s.n - 1) * (s.k - 1)), level)


def _second(s: Squares, level: float) -> tuple[float, float | None, float | None] | None:
    n, k = s.n, s.k
    value = icc_of_squares(s)
    if value is None:
        return None
    if s.rest == 0 and s.raters == 0:
        return value, 1.0, 1.0
    # Satterthwaite's degrees of freedom, written without the ratio of mean squares that is infinite where rest is 0
    a, b = k * value * s.raters, (n * (1 + (k - 1) * value) - k * value) * s.rest
    parts = a**2 / (k - 1) + b**2 / ((n - 1) * (k - 1))
    spread = k * s.raters + (k * n - k - n) * s.rest
    if parts == 0 or spread < 0:
        return value, None, None
    v, tail = (a + b) ** 2 / parts, (1 + level) / 2
    if v <= 0:
        return value, None, None
    upper, lower = _f(n - 1, v, tail), _f(v, n - 1, tail)
    ends = (
        _part(n * (s.units - upper * s.rest), upper * spread + n * s.units),
        _part(n * (lower * s.units - s.rest), spread + n * lower * s.units),
    )
    low, high = ends if all(e is not None and np.isfinite(e) for e in ends) else (None, None)
    return (value, low, high) if low is None or high is None else (value, min(low, value), max(high, value))


def _part(above: float, below: float) -> float | None:
    return None if below <= 0 else above / below


def _over(a: float, b: float) -> float:
    return float("inf") if b == 0 else a / b


def _of_mean(r: float | None, k: int) -> float | None:
    """Return the correlation of the mean of k ratings (Spearman-Brown), None where it falls without bound."""
    if r is None:
        return None
    below = 1 + (k - 1) * r
    return None if below <= 1e-12 else k * r / below


def _f(df1: float, df2: float, tail: float) -> float:
    return float(special.fdtri(df1, df2, tail))
