"""Whether the same people answer several yes-or-no questions, or one question twice, differently."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import special

from consensus.agreement.proportions import clopper_pearson
from consensus.agreement.significance import SignificanceTest

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, kw_only=True, slots=True)
class McNemar:
    """All forms of McNemar's test of `first_only` against `second_only`; `mid` is the one to print.

    The odds ratio is first_only / second_only with its exact limits; None where it is 0 / 0 or infinite.
    """

    plain: SignificanceTest
    corrected: SignificanceTest
    exact: SignificanceTest
    mid: SignificanceTest
    odds_ratio: float | None
    low: float | None
    high: float | None


def mcnemar(first_only: int, second_only: int) -> McNemar:
    """Return McNemar's tests (1947) of those who say yes once: first no then yes, or the other way round.

    Plain and continuity-corrected chi-squared, exact binomial, and mid-p (Fagerland, Lydersen and Laake 2013), which is
    neither as bold as the first nor as shy as the others. Where nobody differs all of them say so.
    """
    b, c = first_only, second_only
    if min(b, c) < 0:
        raise ValueError(f"a count can't be negative, got {b} and {c}")
    n = b + c
    if n == 0:
        same = SignificanceTest(method="mcnemar", p=1.0, n=0)
        return McNemar(plain=same, corrected=same, exact=same, mid=same, odds_ratio=None, low=None, high=None)
    below = float(special.bdtr(min(b, c), n, 0.5))
    at = below - (float(special.bdtr(min(b, c) - 1, n, 0.5)) if min(b, c) else 0.0)
    low, high = clopper_pearson(b, n)
    return McNemar(
        plain=_chi_squared("mcnemar", (b - c) ** 2 / n, n),
        corrected=_chi_squared("mcnemar, corrected", (abs(b - c) - 1) ** 2 / n, n),
        exact=SignificanceTest(method="mcnemar, exact", p=min(1.0, 2 * below), n=n),
        mid=SignificanceTest(method="mcnemar, mid-p", p=min(1.0, 2 * below - at), n=n),
        odds_ratio=b / c if c else None,
        low=low / (1 - low),
        high=high / (1 - high) if high < 1 else None,
    )


def cochran_q(answers: NDArray[np.float64]) -> SignificanceTest:
    """Return Cochran's Q test (1950) that several yes-or-no questions (columns, 1 and 0) get the same share of yes.

    People (rows) with a gap (NaN) are left out. One question, and nobody who answers them differently, give reasons.
    """
    whole = answers[np.isfinite(answers).all(axis=1)]
    n, k = whole.shape
    if k < 2:
        return SignificanceTest(method="cochran q", reason="a comparison needs two questions", n=n)
    by_question, by_person = whole.sum(axis=0), whole.sum(axis=1)
    below = k * by_person.sum() - (by_person**2).sum()
    if below == 0:
        return SignificanceTest(method="cochran q", reason="nobody answers the questions differently", n=n)
    q = float((k - 1) * (k * (by_question**2).sum() - by_question.sum() ** 2) / below)
    return SignificanceTest(method="cochran q", statistic=q, df=k - 1, p=float(special.chdtrc(k - 1, q)), n=n)


def _chi_squared(method: str, statistic: float, n: int) -> SignificanceTest:
    return SignificanceTest(method=method, statistic=statistic, df=1, p=float(special.chdtrc(1, statistic)), n=n)
