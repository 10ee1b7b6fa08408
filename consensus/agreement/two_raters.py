"""Two raters, or the same people twice, as a square table: kappas and tests whether the two lean differently."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import special

from consensus.agreement.category_weights import Weighting, category_weights
from consensus.agreement.coefficients import ALL_ALIKE, NO_PAIR, NO_RATIO
from consensus.agreement.estimate import Estimate
from consensus.agreement.significance import SignificanceTest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from consensus.agreement.ratings import Ratings


def table_of(ratings: Ratings) -> NDArray[np.int64]:
    """Return how often the first of two raters gave a category (rows) and the second another (columns).

    Units that only one of them rated are left out. Raises ValueError for another number of raters.
    """
    if len(ratings.raters) != 2:
        raise ValueError(f"a table is of two raters, got {len(ratings.raters)}")
    q, both = len(ratings.categories), ratings.codes[ratings.given.all(axis=1)]
    return np.bincount(both[:, 0] * q + both[:, 1], minlength=q * q).reshape(q, q)


NO_ERROR = "the large-sample error is 0, so there are no limits"


def cohen(
    table: NDArray[np.int64],
    weighting: Weighting = "identity",
    *,
    scores: Sequence[float] | None = None,
    level: float = 0.95,
) -> Estimate:
    """Return Cohen's (weighted) kappa of a square table with its large-sample error and normal limits.

    Fleiss, Cohen and Everitt (1969, Psychol Bull 72:323). Weights are made from `scores`, 1, 2, 3, ... if none are
    given. An empty table and one in which all answers fall in one category give reasons; an error of 0 (one who always
    answers the same, two who never differ) gives no limits.
    """
    parts = _parts(table, weighting, scores)
    name = "cohen kappa" if weighting == "identity" else f"cohen kappa, {weighting}"
    if isinstance(parts, str):
        return Estimate(reason=parts, method=name, level=level, n=int(table.sum()))
    p, weights, means, kappa, expected = parts
    n = int(table.sum())
    squared = (p * (weights - means * (1 - kappa)) ** 2).sum() - (kappa - expected * (1 - kappa)) ** 2
    se = float(np.sqrt(max(squared, 0.0) / n) / (1 - expected))
    if se < 1e-12:
        return Estimate(value=round(kappa, 12) + 0.0, method=name, level=level, n=n, se=0.0, note=NO_ERROR)
    reach = float(special.ndtri((1 + level) / 2)) * se
    low, high = max(kappa - reach, -1.0), min(kappa + reach, 1.0)
    return Estimate(value=kappa, low=low, high=high, level=level, method=name, n=n, se=se)


def cohen_test(
    table: NDArray[np.int64], weighting: Weighting = "identity", *, scores: Sequence[float] | None = None
) -> SignificanceTest:
    """Return the test of Cohen's kappa against chance: z with the error under chance, two-sided p (same source)."""
    parts = _parts(table, weighting, scores)
    if isinstance(parts, str):
        return SignificanceTest(method="cohen kappa against chance", reason=parts, n=int(table.sum()))
    p, weights, means, kappa, expected = parts
    n, chance = int(table.sum()), np.outer(p.sum(axis=1), p.sum(axis=0))
    squared = (chance * (weights - means) ** 2).sum() - expected**2
    if squared < 1e-12:
        reason = "a rater gives all units the same, so that kappa is 0 whatever the other says"
        return SignificanceTest(method="cohen kappa against chance", reason=reason, n=n)
    z = kappa * (1 - expected) / float(np.sqrt(squared / n))
    return SignificanceTest(method="cohen kappa against chance", statistic=z, p=2 * float(special.ndtr(-abs(z))), n=n)


def stuart_maxwell(table: NDArray[np.int64]) -> SignificanceTest:
    """Return the Stuart-Maxwell test that both lean alike (Stuart 1955, Maxwell 1970); unused categories drop out."""
    statistic, df = _marginal(table)
    return _chi_squared("stuart-maxwell", statistic, df, int(table.sum()))


def bhapkar(table: NDArray[np.int64]) -> SignificanceTest:
    """Return Bhapkar's test that both lean alike (1966, JASA 61:228), X / (1 - X / n) of Stuart and Maxwell's X."""
    statistic, df = _marginal(table)
    n = int(table.sum())
    if statistic >= n > 0:
        return SignificanceTest(method="bhapkar", reason="the two share no answer, so the statistic is infinite", n=n)
    return _chi_squared("bhapkar", statistic / (1 - statistic / n) if n else 0.0, df, n)


def bowker(table: NDArray[np.int64], *, all_pairs: bool = False) -> SignificanceTest:
    """Return Bowker's test of symmetry (1948, JASA 43:572).

    df counts the pairs of categories that anyone is in, with `all_pairs` those that nobody is in too.
    """
    upper = np.triu_indices(len(table), 1)
    there, back = table[upper].astype(float), table.T[upper].astype(float)
    moved = there + back > 0
    statistic = float(((there - back)[moved] ** 2 / (there + back)[moved]).sum())
    df = len(moved) if all_pairs else int(moved.sum())
    return _chi_squared("bowker", statistic, df, int(table.sum()))


def kendall_tau_b(table: NDArray[np.int64]) -> Estimate:
    """Return Kendall's rank correlation of two raters of a square table, ties taken off on both sides (tau-b, 1945)."""
    n = int(table.sum())
    rows, columns = (np.repeat(np.arange(len(table)), counts) for counts in (table.sum(axis=1), table.sum(axis=0)))
    if n < 2 or len(np.unique(rows)) < 2 or len(np.unique(columns)) < 2:
        return Estimate(reason=ALL_ALIKE if n > 1 else NO_PAIR, method="kendall tau-b", n=n)
    later = np.cumsum(np.cumsum(table[::-1, ::-1], axis=0), axis=1)[::-1, ::-1]
    aside = np.cumsum(np.cumsum(table[::-1, :], axis=0), axis=1)[::-1, :]
    agreeing = float((table[:-1, :-1] * later[1:, 1:]).sum())
    opposed = float((table[:-1, 1:] * aside[1:, :-1]).sum())
    pairs = n * (n - 1) / 2
    tied = [float((m * (m - 1) / 2).sum()) for m in (table.sum(axis=1), table.sum(axis=0))]
    value = (agreeing - opposed) / float(np.sqrt((pairs - tied[0]) * (pairs - tied[1])))
    return Estimate(value=value, method="kendall tau-b", n=n)


def _chi_squared(method: str, statistic: float, df: int, n: int) -> SignificanceTest:
    if df == 0:
        return SignificanceTest(method=method, reason="nobody answers differently the two times", n=n)
    return SignificanceTest(method=method, statistic=statistic, df=df, p=float(special.chdtrc(df, statistic)), n=n)


def _marginal(table: NDArray[np.int64]) -> tuple[float, int]:
    """Return Stuart and Maxwell's statistic with its df, categories that the two never swap dropped."""
    rows, columns = table.sum(axis=1).astype(float), table.sum(axis=0).astype(float)
    swapped = -(table + table.T).astype(float)
    np.fill_diagonal(swapped, rows + columns - 2 * np.diag(table))
    used = np.diag(swapped) > 0
    apart, swapped = (rows - columns)[used], swapped[np.ix_(used, used)]
    # the matrix sums to zero within each set of categories that are swapped with each other: the pseudo-inverse drops
    # one category of each such set, whichever it is
    df = int(np.linalg.matrix_rank(swapped)) if used.any() else 0
    return (float(apart @ np.linalg.pinv(swapped, hermitian=True) @ apart) if df else 0.0), df


def _parts(
    table: NDArray[np.int64], weighting: Weighting, scores: Sequence[float] | None
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], float, float] | str:
    """Return cell shares, weights, the sum of mean weights of both margins, kappa and p_e, or why there is no kappa."""
    if table.sum() == 0:
        return NO_PAIR
    weights = category_weights(range(1, len(table) + 1) if scores is None else scores, weighting)
    if not np.isfinite(weights).all():
        return NO_RATIO
    p = table / table.sum()
    rows, columns = p.sum(axis=1), p.sum(axis=0)
    observed, expected = float((p * weights).sum()), float(rows @ weights @ columns)
    if 1 - expected < 1e-15:
        return ALL_ALIKE
    means = (weights @ columns)[:, None] + (rows @ weights)[None, :]
    return p, weights, means, (observed - expected) / (1 - expected), expected
