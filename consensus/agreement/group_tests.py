"""Do groups differ, under a sampling design: two groups by a t test, several factors by a logistic regression."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import special

from consensus.agreement.significance import TREND, SignificanceTest
from consensus.agreement.weighted import means

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from consensus.agreement.design import Design

MOST_ROUNDS = 50
ENDLESS = 15.0  # a coefficient beyond this means odds of a million: the groups are told apart without fail


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupDifference:
    """The mean inside a group less that outside, with its t test; or `reason` says why there is none."""

    difference: float | None = None
    statistic: float | None = None
    df: int | None = None
    p: float | None = None
    reason: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class LogisticFit:
    """A logistic regression: coefficients (the intercept first) with errors, t and p; or a reason."""

    coefficients: tuple[float, ...] = ()
    errors: tuple[float, ...] = ()
    p: tuple[float, ...] = ()
    df: int | None = None
    n: int = 0
    reason: str | None = None


def group_difference(given: NDArray[np.float64], group: NDArray[np.bool_], design: Design) -> GroupDifference:
    """Return the design-based t test between a group and the rest; `given` is NaN where a row did not answer.

    Degrees of freedom are clusters with an answer less strata, less one (R: svyttest). A side without answers, no
    degrees of freedom and no spread give reasons.
    """
    inside, outside = means(given, design, subgroup=group), means(given, design, subgroup=~group)
    if inside is None or outside is None:
        return GroupDifference(reason="nobody answered on one of the two sides")
    df = design.degrees_of_freedom(np.isfinite(given)) - 1
    if df < 1:
        return GroupDifference(reason="there are too few clusters for a test")
    difference = float(inside.values[0] - outside.values[0])
    variance = float(design.covariance(inside.z - outside.z)[0, 0])
    if variance < 1e-24:
        return GroupDifference(reason="answers do not vary within the groups")
    t = difference / np.sqrt(variance)
    return GroupDifference(difference=difference, statistic=float(t), df=df, p=2 * float(special.stdtr(df, -abs(t))))


def design_trend(given: NDArray[np.float64], scores: NDArray[np.float64], design: Design) -> SignificanceTest:
    """Return the design-based t test of the slope of 1 and 0 over scores; NaN in either leaves a row out.

    A weighted line with cluster-robust errors (Binder 1983; R: svyglm, gaussian), which for two scores is the t test of
    `group_difference`, with its degrees of freedom. One score, answers all alike and too few clusters give reasons.
    """
    counted = np.isfinite(given) & np.isfinite(scores)
    n, weights = int(counted.sum()), design.weights * counted
    y, x = (np.where(counted, column, 0.0) for column in (given, scores))
    df = design.degrees_of_freedom(counted) - 1 if n else 0
    if n:
        y, x = ((column - weights @ column / weights.sum()) * counted for column in (y, x))
    spread = float(weights @ x**2)
    if spread < 1e-12 or float(weights @ y**2) < 1e-12:
        reason = "all answers are alike" if n and spread >= 1e-12 else "a trend needs two groups with answers"
        return SignificanceTest(method=TREND, reason=reason, n=n)
    if df < 1:
        return SignificanceTest(method=TREND, reason="there are too few clusters for a test", n=n)
    slope = float(weights @ (x * y)) / spread
    error = float(np.sqrt(design.covariance((weights * x * (y - slope * x) / spread)[:, None])[0, 0]))
    if error < 1e-12:
        return SignificanceTest(method=TREND, reason="answers do not vary within the groups", n=n)
    t = slope / error
    return SignificanceTest(method=TREND, statistic=t, df=df, p=2 * float(special.stdtr(df, -abs(t))), n=n)


def logistic_regression(given: NDArray[np.float64], factors: NDArray[np.float64], design: Design) -> LogisticFit:
    """Return a weighted logistic regression of 1 and 0 with cluster-robust errors (Binder 1983; R: svyglm).

    Rows without an answer or a factor are left out; degrees of freedom are clusters less strata, plus one, less the
    number of coefficients. No answers, factors that determine each other, groups that are told apart without fail and
    too few clusters give reasons.
    """
    counted = np.isfinite(given) & np.isfinite(factors).all(axis=1)
    x = np.column_stack([np.ones(len(factors)), np.where(counted[:, None], factors, 0.0)]) * counted[:, None]
    y, n = np.where(counted, given, 0.0), int(counted.sum())
    df = design.degrees_of_freedom(counted) + 1 - x.shape[1] if n else 0
    if df < 1:
        return LogisticFit(reason="there are too few clusters for so many factors", n=n)
    if np.linalg.matrix_rank(x) < x.shape[1]:
        return LogisticFit(reason="a factor is determined by the others, or all people have it", n=n)
    beta = _fitted(x, y, design.weights)
    if beta is None:
        return LogisticFit(reason="a factor tells yes from no without fail, so its odds are infinite", n=n)
    mu = special.expit(x @ beta)
    bread = np.linalg.inv(x.T @ ((design.weights * mu * (1 - mu))[:, None] * x))
    scores = (design.weights * (y - mu))[:, None] * x
    errors = np.sqrt(np.diag(design.covariance(scores @ bread)))
    p = 2 * special.stdtr(df, -np.abs(beta / errors))
    return LogisticFit(
        coefficients=tuple(beta.tolist()), errors=tuple(errors.tolist()), p=tuple(p.tolist()), df=df, n=n
    )


def _fitted(x: NDArray[np.float64], y: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """Return the coefficients by Newton's method, None where they run away."""
    beta = np.zeros(x.shape[1])
    for _ in range(MOST_ROUNDS):
        mu = special.expit(x @ beta)
        slope = x.T @ ((weights * mu * (1 - mu))[:, None] * x)
        step = np.linalg.lstsq(slope, x.T @ (weights * (y - mu)), rcond=None)[0]
        beta = beta + step
        if np.abs(x @ beta).max() > ENDLESS:
            return None
        if np.abs(step).max() < 1e-10:
            return np.asarray(beta, dtype=np.float64)
    return None
