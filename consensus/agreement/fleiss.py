"""What else belongs to Fleiss' kappa: its test against chance, kappas of single categories, Light's mean of pairs."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
from scipy import special

from consensus.agreement.coefficients import NO_PAIR, ONE_RATER, fleiss
from consensus.agreement.estimate import Estimate
from consensus.agreement.proportions import share
from consensus.agreement.two_raters import cohen, table_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from consensus.agreement.ratings import Ratings

UNEQUAL = "units have different numbers of ratings, and the error under chance needs equal ones"


@dataclass(frozen=True, kw_only=True, slots=True)
class AgainstChance:
    """Kappa against the hypothesis that there is chance alone: standard error under it, z and two-sided p."""

    se: float | None = None
    z: float | None = None
    p: float | None = None
    reason: str | None = None


def fleiss_null(ratings: Ratings) -> AgainstChance:
    """Return the test of Fleiss' kappa against chance (Fleiss, Nee and Landis 1979, Psychol Bull 86:974).

    There is a reason where kappa is undefined or units have different numbers of ratings.
    """
    kappa = fleiss(ratings)
    if kappa.value is None:
        return AgainstChance(reason=kappa.reason)
    size = _equal_size(ratings)
    if size is None:
        return AgainstChance(reason=UNEQUAL)
    n, r = size
    p = ratings.counts.sum(axis=0) / (n * r)
    spread = float((p * (1 - p)).sum())
    skew = float((p * (1 - p) * (1 - 2 * p)).sum())
    se = float(np.sqrt(2 / (n * r * (r - 1))) * np.sqrt(spread**2 - skew) / spread)
    z = kappa.value / se
    return AgainstChance(se=se, z=z, p=2 * float(special.ndtr(-abs(z))))


def fleiss_of_category(ratings: Ratings, category: object) -> Estimate:
    """Return the kappa of one category against all others; `se` is that under chance (Fleiss 1971, section 5).

    There is a reason where nobody or everybody gave the category. Raises ValueError for one that is not on the scale.
    """
    name = "fleiss kappa of a category"
    size = _equal_size(ratings)
    if size is None or size[1] < 2:
        return Estimate(reason=UNEQUAL if size is None else NO_PAIR, method=name)
    (n, r), given = size, ratings.counts[:, ratings.categories.index(category)]
    share = given.sum() / (n * r)
    if share in (0, 1):
        return Estimate(reason="nobody gave this category" if share == 0 else "all gave this category", method=name)
    agreeing = ((given**2).sum() - n * r * share) / (n * r * (r - 1) * share)
    value, se = float((agreeing - share) / (1 - share)), float(np.sqrt(2 / (n * r * (r - 1))))
    return Estimate(value=value, method=name, n=n, se=se)


def all_agree(ratings: Ratings, *, level: float = 0.95) -> Estimate:
    """Return the share of units on which all raters agree, among those that everyone rated, with Wilson limits.

    It falls with the number of raters, whatever they do. One rater gives a reason.
    """
    if len(ratings.raters) < 2:
        return Estimate(reason=ONE_RATER, level=level, method="all agree", n=0)
    whole = ratings.codes[ratings.given.all(axis=1)]
    return share(int((whole == whole[:, :1]).all(axis=1).sum()), len(whole), level=level)


def light(ratings: Ratings) -> Estimate:
    """Return the mean of Cohen's kappa over all pairs of raters (Light 1971); no error and no p value are known for it.

    There is a reason where there is one rater or no pair has a kappa; `note` counts pairs without one.
    """
    pairs = list(combinations(range(len(ratings.raters)), 2))
    if not pairs:
        return Estimate(reason=ONE_RATER, method="light kappa")
    kappas = [cohen(table_of(ratings.of_raters(pair))).value for pair in pairs]
    found = [k for k in kappas if k is not None]
    if not found:
        return Estimate(reason="no pair of raters has a kappa", method="light kappa", n=len(ratings.units))
    missing = len(kappas) - len(found)
    note = f"{missing} of {len(kappas)} pairs of raters have no kappa" if missing else None
    return Estimate(value=float(np.mean(found)), method="light kappa", n=len(ratings.units), note=note)


def _equal_size(ratings: Ratings) -> tuple[int, int] | None:
    """Return the numbers of units and of ratings a unit, None where the latter differ."""
    sizes: NDArray[np.float64] = ratings.counts.sum(axis=1)
    return (len(sizes), int(sizes[0])) if len(sizes) and (sizes == sizes[0]).all() and sizes[0] else None
