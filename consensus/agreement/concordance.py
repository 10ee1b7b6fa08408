"""Whether raters put the units into the same order: Kendall's W with its tests, and what is near to it.

All of these need every unit rated by everyone: units with a gap are left out and counted in `note`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import special, stats

from consensus.agreement.coefficients import ONE_RATER
from consensus.agreement.estimate import Estimate
from consensus.agreement.significance import SignificanceTest

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from consensus.agreement.ratings import Ratings

ONE_UNIT = "an order needs two units that everyone rated"
ONE_ORDER = "no rater tells the units apart, so there is no order to agree on"


def kendall_w(ratings: Ratings, *, ties: bool = True) -> Estimate:
    """Return Kendall's coefficient of concordance W, 0 to 1, corrected for ties (Kendall 1970, chapter 6).

    W = 12 S / (m^2 (n^3 - n) - m T) for m raters and n units, S the squared deviations of the rank sums, T = sum of
    t^3 - t over tied groups. One rater, one unit, or raters who all tie everything give reasons.
    """
    numbers, note = _complete(ratings)
    reason = _reason(numbers)
    if reason:
        return Estimate(reason=reason, method="kendall w", n=len(numbers))
    value = _w(numbers, ties=ties)
    return Estimate(value=value, method="kendall w", n=len(numbers), note=note)


def friedman(ratings: Ratings, *, ties: bool = True) -> SignificanceTest:
    """Return the chi-squared test of concordance, m (n - 1) W on n - 1 df: Friedman's test with the units compared.

    Without `ties` W is not corrected for them.
    """
    numbers, _ = _complete(ratings)
    reason = _reason(numbers)
    if reason:
        return SignificanceTest(method="friedman", reason=reason, n=len(numbers))
    n, m = numbers.shape
    statistic = m * (n - 1) * _w(numbers, ties=ties)
    return SignificanceTest(
        method="friedman", statistic=statistic, df=n - 1, p=float(special.chdtrc(n - 1, statistic)), n=n
    )


def legendre_f(ratings: Ratings) -> SignificanceTest:
    """Return Legendre's F test of concordance (2005, J Agric Biol Environ Stat 10:226): better for few raters."""
    numbers, _ = _complete(ratings)
    reason = _reason(numbers)
    if reason:
        return SignificanceTest(method="legendre f", reason=reason, n=len(numbers))
    n, m = numbers.shape
    w = _w(numbers, ties=True)
    if 1 - w < 1e-12:
        return SignificanceTest(method="legendre f", reason="all raters give the same order: F is infinite", n=n)
    statistic, df = (m - 1) * w / (1 - w), n - 1 - 2 / m
    if df <= 0:
        return SignificanceTest(method="legendre f", reason="two raters and two units leave no freedom for F", n=n)
    df2 = (m - 1) * df
    p = float(special.fdtrc(df, df2, statistic))
    return SignificanceTest(method="legendre f", statistic=statistic, df=df, df2=df2, p=p, n=n)


def mean_spearman(ratings: Ratings, *, by_z: bool = False) -> Estimate:
    """Return the mean rank correlation over all pairs of raters; (m W - 1) / (m - 1) equals it only without ties.

    `by_z` takes the mean of Fisher's z = atanh r and turns it back, as irr's `meanrho` does: a little higher. One
    rater, one unit, or a rater who ties all units give reasons.
    """
    name = "mean spearman, fisher z" if by_z else "mean spearman"
    numbers, note = _complete(ratings)
    reason = _reason(numbers)
    if not reason and (np.ptp(numbers, axis=0) == 0).any():
        reason = "a rater gives all units the same, so no rank correlation with that rater is defined"
    if reason:
        return Estimate(reason=reason, method=name, n=len(numbers))
    between = np.atleast_2d(np.corrcoef(_ranks(numbers), rowvar=False))
    pairs = between[np.triu_indices(len(between), 1)]
    same = np.isclose(np.abs(pairs), 1, rtol=0, atol=1e-12)
    if by_z and same.any():
        return Estimate(reason="two raters give the same order, so z is infinite", method=name, n=len(numbers))
    value = float(np.tanh(np.arctanh(pairs).mean()) if by_z else pairs.mean())
    return Estimate(value=value, method=name, n=len(numbers), note=note)


def finn(ratings: Ratings) -> Estimate:
    """Return Finn's r, one way: 1 less the mean variance within units over that of even guessing (Finn 1970).

    Even guessing on s points in steps of one has the variance (s^2 - 1) / 12, s the points of the whole scale.
    """
    numbers, note = _complete(ratings)
    if numbers.shape[1] < 2 or not len(numbers):
        return Estimate(reason=ONE_RATER if numbers.shape[1] < 2 else ONE_UNIT, method="finn", n=len(numbers))
    points = len(ratings.categories)
    within = float(numbers.var(axis=1, ddof=1).mean())
    return Estimate(value=1 - within / ((points**2 - 1) / 12), method="finn", n=len(numbers), note=note)


def robinson_a(ratings: Ratings) -> Estimate:
    """Return Robinson's A (1957, Am Sociol Rev 22:17): sum of squares between units over total less between raters."""
    numbers, note = _complete(ratings)
    reason = _reason(numbers)
    if reason:
        return Estimate(reason=reason, method="robinson a", n=len(numbers))
    mean = numbers.mean()
    units = numbers.shape[1] * ((numbers.mean(axis=1) - mean) ** 2).sum()
    raters = len(numbers) * ((numbers.mean(axis=0) - mean) ** 2).sum()
    left = ((numbers - mean) ** 2).sum() - raters
    return Estimate(value=float(units / left), method="robinson a", n=len(numbers), note=note)


def _complete(ratings: Ratings) -> tuple[NDArray[np.float64], str | None]:
    whole = np.asarray(ratings.given.all(axis=1))
    left_out = int((~whole).sum())
    note = f"{left_out} of {len(whole)} units with missing ratings are left out" if left_out else None
    return ratings.numbers()[whole], note


def _reason(numbers: NDArray[np.float64]) -> str:
    if numbers.shape[1] < 2:
        return ONE_RATER
    if len(numbers) < 2:
        return ONE_UNIT
    return ONE_ORDER if not np.ptp(numbers, axis=0).any() else ""


def _ranks(numbers: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(stats.rankdata(numbers, axis=0), dtype=float)


def _w(numbers: NDArray[np.float64], *, ties: bool) -> float:
    n, m = numbers.shape
    lowest, highest = (stats.rankdata(numbers, axis=0, method=way) for way in ("min", "max"))
    sums = ((lowest + highest) / 2).sum(axis=1)
    # a tied group of t gives t cubed less t: each of its t members gives t squared less 1
    tied = int(((highest - lowest + 1) ** 2 - 1).sum()) if ties else 0
    return float(12 * ((sums - sums.mean()) ** 2).sum() / (m**2 * (n**3 - n) - m * tied))
