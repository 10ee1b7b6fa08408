"""Agreement of many raters beyond chance: five coefficients of one form, (p_a - p_e) / (1 - p_e).

They differ in what they take for chance, p_e. Their standard errors are those of Gwet (2014, Handbook of Inter-Rater
Reliability, 4th edition, chapters 2, 3 and 5; 2021 for Conger and Krippendorff) with the units as the sample; limits
are those of a t distribution with n - 1 degrees of freedom for n units, cut at 1 (and at -1).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import special

from consensus.agreement.category_weights import Weighting, category_weights
from consensus.agreement.estimate import Estimate

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from consensus.agreement.ratings import Ratings

NO_PAIR = "no unit has two ratings, so no pair of ratings can be compared"
ONE_RATER = "agreement needs two raters"
ONE_CATEGORY = "the scale has one category, so there is nothing to disagree about"
ALL_ALIKE = "all ratings are alike: chance agreement is 1, so agreement beyond chance is undefined"
NO_RATIO = "ratio weights need positive scores"
ONE_UNIT = "one unit has no sampling variance"


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Chance:
    """What agreement is expected by chance: overall, and what each unit contributes to it (for the variance)."""

    overall: float
    by_unit: NDArray[np.float64]


def percent_agreement(ratings: Ratings, weighting: Weighting = "identity", *, level: float = 0.95) -> Estimate:
    """Return the mean share of agreeing pairs of ratings over the units with two or more: p_a, chance not taken off."""
    return _beyond(ratings, weighting, level, "percent agreement", _no_chance)


def gwet(ratings: Ratings, weighting: Weighting = "identity", *, level: float = 0.95) -> Estimate:
    """Return Gwet's AC1 (identity weights) or AC2 (Gwet 2008, Br J Math Stat Psychol 61:29).

    It depends on the number of categories: give the whole scale, not only what was used. Reasons as in `fleiss`.
    """
    name = "gwet ac1" if weighting == "identity" else f"gwet ac2, {weighting}"
    return _beyond(ratings, weighting, level, name, _gwet_chance)


def fleiss(ratings: Ratings, weighting: Weighting = "identity", *, level: float = 0.95) -> Estimate:
    """Return Fleiss' kappa (1971, Psychol Bull 76:378), for missing ratings and weights too (Gwet 2014).

    Without pairs, with one rater, one category or all ratings alike there is a reason instead of a value.
    """
    return _beyond(ratings, weighting, level, _named("fleiss kappa", weighting), _fleiss_chance)


def conger(ratings: Ratings, weighting: Weighting = "identity", *, level: float = 0.95) -> Estimate:
    """Return Conger's kappa (1980, Psychol Bull 88:322): chance from each rater's own shares. Reasons as in `fleiss`.

    A rater without any rating is left out, and `note` says so.
    """
    present = np.asarray(ratings.given.any(axis=0))
    kept = ratings.of_raters(np.flatnonzero(present))
    found = _beyond(kept, weighting, level, _named("conger kappa", weighting), _conger_chance)
    absent = [name for name, there in zip(ratings.raters, present, strict=True) if not there]
    return found if not absent or found.value is None else _noted(found, f"without ratings: {', '.join(absent)}")


def brennan_prediger(ratings: Ratings, weighting: Weighting = "identity", *, level: float = 0.95) -> Estimate:
    """Return the Brennan-Prediger coefficient (1981, Educ Psychol Meas 41:687): chance spreads over all categories."""
    return _beyond(ratings, weighting, level, _named("brennan-prediger", weighting), _even_chance)


def krippendorff(ratings: Ratings, weighting: Weighting = "identity", *, level: float = 0.95) -> Estimate:
    """Return Krippendorff's alpha in Gwet's form (2021), with its standard error; units with one rating are left out.

    Identity, quadratic and ratio weights give Krippendorff's nominal, interval and ratio metric. For his ordinal
    metric, which is not a set of weights, see `alpha.py`. Reasons as in `fleiss`.
    """
    weights, counts = category_weights(ratings.scores, weighting), ratings.counts
    name = _named("krippendorff alpha", weighting)
    counts = counts[counts.sum(axis=1) >= 2]
    reason = _reason(ratings, weights, counts)
    if reason:
        return Estimate(reason=reason, level=level, method=name, n=len(counts))
    r = counts.sum(axis=1)
    mean_r, eps = r.mean(), 1 / r.sum()
    agreeing = (counts * (counts @ weights.T - 1)).sum(axis=1) / (mean_r * (r - 1))
    small = float(agreeing.mean())
    overall = (1 - eps) * small + eps
    shares = counts.mean(axis=0) / mean_r
    expected = float(shares @ weights @ shares)
    if np.isclose(expected, 1, rtol=0, atol=1e-15):
        return Estimate(reason=ALL_ALIKE, level=level, method=name, n=len(counts))
    of_unit = counts @ _halved(weights, shares) / mean_r - expected * (r - mean_r) / mean_r
    value = (small - expected) / (1 - expected)
    unit = (agreeing - overall * (r - mean_r) / mean_r - expected) / (1 - expected)
    unit = unit - 2 * (1 - value) * (of_unit - expected) / (1 - expected)
    return _estimate(float((overall - expected) / (1 - expected)), unit - value, level, name)


def _beyond(ratings: Ratings, weighting: Weighting, level: float, name: str, chance_of: object) -> Estimate:
    weights, counts = category_weights(ratings.scores, weighting), ratings.counts
    rated = counts.sum(axis=1) > 0
    reason = _reason(ratings, weights, counts)
    if reason:
        return Estimate(reason=reason, level=level, method=name, n=int(rated.sum()))
    counts = counts[rated]
    r = counts.sum(axis=1)
    paired = r >= 2
    pairs = np.where(paired, r * (r - 1), 1)
    by_unit = np.where(paired, (counts * (counts @ weights.T - 1)).sum(axis=1) / pairs, 0)
    observed = float(by_unit.sum() / paired.sum())
    chance: Chance = chance_of(counts, weights, ratings)  # type: ignore[operator]
    left = 1 - chance.overall
    if left < 1e-15:
        return Estimate(reason=ALL_ALIKE, level=level, method=name, n=len(counts))
    value = (observed - chance.overall) / left
    unit = (len(counts) / paired.sum()) * (by_unit - chance.overall * paired) / left
    unit = unit - 2 * (1 - value) * (chance.by_unit - chance.overall) / left
    return _estimate(value, unit - value, level, name)


def _reason(ratings: Ratings, weights: NDArray[np.float64], counts: NDArray[np.float64]) -> str:
    if len(ratings.raters) < 2:
        return ONE_RATER
    if len(ratings.categories) < 2:
        return ONE_CATEGORY
    if not (counts.sum(axis=1) >= 2).any():
        return NO_PAIR
    return "" if np.isfinite(weights).all() else NO_RATIO


def _estimate(value: float, unit: NDArray[np.float64], level: float, name: str) -> Estimate:
    n = len(unit)
    if n < 2:
        return Estimate(value=value, level=level, method=name, n=n, note=ONE_UNIT)
    se = float(np.sqrt((unit**2).sum() / (n * (n - 1))))
    reach = float(special.stdtrit(n - 1, (1 + level) / 2)) * se
    low, high = max(value - reach, min(-1.0, value)), min(value + reach, max(1.0, value))
    return Estimate(value=value, low=low, high=high, level=level, method=name, n=n, se=se, df=n - 1)


def _halved(weights: NDArray[np.float64], shares: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray((weights + weights.T) @ shares / 2)


def _shares(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(counts / counts.sum(axis=1, keepdims=True))


def _no_chance(counts: NDArray[np.float64], weights: NDArray[np.float64], _: Ratings) -> Chance:
    return Chance(overall=0.0, by_unit=np.zeros(len(counts)))


def _even_chance(counts: NDArray[np.float64], weights: NDArray[np.float64], _: Ratings) -> Chance:
    overall = float(weights.sum() / len(weights) ** 2)
    return Chance(overall=overall, by_unit=np.full(len(counts), overall))


def _gwet_chance(counts: NDArray[np.float64], weights: NDArray[np.float64], _: Ratings) -> Chance:
    of_units = _shares(counts)
    shares, q = of_units.mean(axis=0), len(weights)
    scale = weights.sum() / (q * (q - 1))
    return Chance(overall=float(scale * (shares * (1 - shares)).sum()), by_unit=scale * of_units @ (1 - shares))


def _fleiss_chance(counts: NDArray[np.float64], weights: NDArray[np.float64], _: Ratings) -> Chance:
    of_units = _shares(counts)
    shares = of_units.mean(axis=0)
    return Chance(overall=float(shares @ weights @ shares), by_unit=of_units @ _halved(weights, shares))


def _conger_chance(counts: NDArray[np.float64], weights: NDArray[np.float64], ratings: Ratings) -> Chance:
    codes = ratings.codes[ratings.given.any(axis=1)]
    n, g, q = len(codes), codes.shape[1], len(weights)
    given = codes[:, :, None] == np.arange(q)
    each = (codes >= 0).sum(axis=0)
    own = given.sum(axis=0) / each[:, None]
    mean = own.mean(axis=0)
    spread = (own.T @ own - g * np.outer(mean, mean)) / (g - 1)
    overall = float((weights * (np.outer(mean, mean) - spread / g)).sum())
    rated = (codes >= 0).astype(float)
    kept = given @ weights.T - (rated - each / n)[:, :, None] * (own @ weights.T)[None, :, :]
    lam = (((g * mean - own) * (n / each)[:, None])[None, :, :] * kept).sum(axis=2)
    return Chance(overall=overall, by_unit=lam.sum(axis=1) / (g * (g - 1)))


def _named(name: str, weighting: Weighting) -> str:
    return name if weighting == "identity" else f"{name}, {weighting}"


def _noted(found: Estimate, note: str) -> Estimate:
    from dataclasses import replace

    return replace(found, note=note if found.note is None else f"{found.note}; {note}")
