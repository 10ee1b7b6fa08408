"""Tests of plain two-way tables of other people in each group: Pearson, Fisher's exact test, trend, Cramer's V."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import special, stats

from consensus.agreement.estimate import Estimate
from consensus.agreement.significance import SignificanceTest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

ONE_ANSWER = "one of the two has a single answer"


def pearson(table: NDArray[np.int64]) -> SignificanceTest:
    """Return Pearson's chi-squared test without continuity correction; rows and columns of zeros are dropped."""
    kept = _kept(table)
    if min(kept.shape) < 2:
        return SignificanceTest(method="pearson", reason=ONE_ANSWER, n=int(table.sum()))
    n = kept.sum()
    expected = np.outer(kept.sum(axis=1), kept.sum(axis=0)) / n
    statistic, df = float(((kept - expected) ** 2 / expected).sum()), (kept.shape[0] - 1) * (kept.shape[1] - 1)
    return SignificanceTest(
        method="pearson", statistic=statistic, df=df, p=float(special.chdtrc(df, statistic)), n=int(n)
    )


def cramers_v(table: NDArray[np.int64]) -> Estimate:
    """Return Cramer's V (1946), 0 to 1, of Pearson's statistic without continuity correction."""
    test, n = pearson(table), int(table.sum())
    if test.statistic is None:
        return Estimate(reason=test.reason, method="cramer v", n=n)
    value = (test.statistic / (n * (min(_kept(table).shape) - 1))) ** 0.5
    return Estimate(value=min(value, 1.0), method="cramer v", n=n)


def fisher(table: NDArray[np.int64]) -> SignificanceTest:
    """Return Fisher's exact test of a table of two rows and two columns, two-sided by probability (R: fisher.test).

    `statistic` is the conditional maximum likelihood estimate of the odds ratio, not ad / bc; None where infinite.
    Raises ValueError for another shape.
    """
    if table.shape != (2, 2):
        raise ValueError(f"Fisher's test takes two rows and two columns, got {table.shape}")
    if min(_kept(table).shape) < 2:
        return SignificanceTest(method="fisher", reason=ONE_ANSWER, n=int(table.sum()))
    odds = float(stats.contingency.odds_ratio(table, kind="conditional").statistic)
    p = float(stats.fisher_exact(table).pvalue)
    return SignificanceTest(method="fisher", statistic=odds if np.isfinite(odds) else None, p=p, n=int(table.sum()))


def binomial_test(count: int, n: int, share: float = 0.5, *, greater: bool = False) -> SignificanceTest:
    """Return the exact test that the true share is `share`, two-sided by probability, or `greater` (R: binom.test).

    Nobody gives a reason; ValueError for counts that can't be.
    """
    if not 0 <= count <= n:
        raise ValueError(f"{count} of {n} is no share")
    if n == 0:
        return SignificanceTest(method="binomial", reason="the base is empty", n=0)
    found = stats.binomtest(count, n, share, alternative="greater" if greater else "two-sided")
    return SignificanceTest(method="binomial", p=float(found.pvalue), n=n)


def trend(yes: Sequence[int], n: Sequence[int], scores: Sequence[float] | None = None) -> SignificanceTest:
    """Return the Cochran-Armitage test of a trend of shares over ordered groups: N r^2 with the variance by N.

    Cochran (1954), Armitage (1955, Biometrics 11:375). `scores` are 1, 2, 3, ... if none are given. One group and
    answers all alike give reasons; ValueError for counts that can't be.
    """
    counted, sizes = np.asarray(yes, dtype=float), np.asarray(n, dtype=float)
    if (counted < 0).any() or (counted > sizes).any():
        raise ValueError(f"{list(yes)} of {list(n)} are no shares")
    x = np.arange(1, len(sizes) + 1, dtype=float) if scores is None else np.asarray(scores, dtype=float)
    total = sizes.sum()
    p = counted.sum() / total if total else 0.0
    middle = (sizes @ x) / total if total else 0.0
    spread = p * (1 - p) * (sizes @ (x - middle) ** 2)
    if spread <= 0:
        reason = "all answers are alike" if p in (0, 1) else "a trend needs two groups with answers"
        return SignificanceTest(method="cochran-armitage", reason=reason, n=int(total))
    z = float(((counted - sizes * p) @ x) / np.sqrt(spread))
    return SignificanceTest(
        method="cochran-armitage", statistic=z, df=1, p=2 * float(special.ndtr(-abs(z))), n=int(total)
    )


def _kept(table: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.asarray(table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0])
