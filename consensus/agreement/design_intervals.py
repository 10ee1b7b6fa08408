"""Limits of a share under a sampling design, and the share itself as an estimate."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

import numpy as np
from scipy import special

from consensus.agreement.estimate import Base, Estimate
from consensus.agreement.profile_likelihood import Profile, profiled_limits, root_limits
from consensus.agreement.proportions import ONE_SIDED
from consensus.agreement.weighted import means

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from consensus.agreement.design import Design
    from consensus.agreement.proportions import Limits

DesignMethod = Literal["korn-graubard", "logit", "asin", "wald", "likelihood", "likelihood root"]
ONE_CLUSTER = "one cluster shows no differences between clusters, so the share has no limits"
NO_SPREAD = "clusters do not differ, so the share has no limits"


def design_share(
    given: NDArray[np.float64],
    design: Design,
    *,
    subgroup: NDArray[np.bool_] | None = None,
    base: Base = "answered",
    level: float = 0.95,
    method: DesignMethod = "korn-graubard",
    effect: float | None = None,
) -> Estimate:
    """Return the weighted share of ones among 1, 0 and NaN (not counted), one a row, with design-based limits.

    At 0 and 100 % the bound is exact and one-sided for as many people as clusters answered (or answered / `effect`, a
    declared design effect): the cautious floor, said in `note`. Nobody gives a reason, one cluster a share without
    limits. `likelihood` is what R gives, `likelihood root` the root that it approximates (profile_likelihood.py).
    """
    found = means(given, design, subgroup=subgroup)
    if found is None:
        return Estimate(reason="the base is empty", level=level, method=method, n=0, base=base)
    p, n, df = float(found.values[0]), found.answered, found.df
    counted = given[np.isfinite(given) & (True if subgroup is None else subgroup)]
    if (counted == 0).all() or (counted == 1).all():
        p = float(counted[0])  # a weighted mean of ones may miss 1 by a rounding error
        return _at_an_end(p, n, n / effect if effect else float(found.clusters), level, base)
    if df < 1:
        return Estimate(value=p, level=level, method=method, n=n, base=base, note=ONE_CLUSTER)
    se = float(found.errors[0])
    if se < 1e-12:
        return Estimate(value=p, level=level, method=method, n=n, base=base, se=se, df=df, note=NO_SPREAD)
    if method in ("likelihood", "likelihood root"):
        inside = design.weights if subgroup is None else design.weights[subgroup]
        profile = Profile(p=p, se=se, t=_t(df, level), n=n, weight=found.weight / float(inside.mean()))
        low, high = profiled_limits(profile) if method == "likelihood" else root_limits(profile)
    else:
        low, high = _METHODS[method](p, se, df, found.rows, level)
    return Estimate(value=p, low=low, high=high, level=level, method=method, n=n, base=base, se=se, df=df)


def korn_graubard(p: float, se: float, df: float, rows: int, level: float = 0.95) -> Limits:
    """Return exact limits at the effective sample size (Korn and Graubard 1998, Surv Methodol 24:193).

    n* = p (1 - p) / se^2 times the squared ratio of t quantiles on rows - 1 and on df degrees of freedom; it is not
    capped at the number of rows, as in R.
    """
    tail = (1 - level) / 2
    ratio = special.stdtrit(rows - 1, 1 - tail) / special.stdtrit(df, 1 - tail)
    size = p * (1 - p) / se**2 * ratio**2
    low = special.betaincinv(size * p, size * (1 - p) + 1, tail)
    high = special.betaincinv(size * p + 1, size * (1 - p), 1 - tail)
    return float(low), float(high)


def logit_limits(p: float, se: float, df: float, rows: int, level: float = 0.95) -> Limits:
    """Return normal limits on the logit scale, turned back (R: xlogit)."""
    reach = _t(df, level) * se / (p * (1 - p))
    middle = float(special.logit(p))
    return float(special.expit(middle - reach)), float(special.expit(middle + reach))


def asin_limits(p: float, se: float, df: float, rows: int, level: float = 0.95) -> Limits:
    """Return normal limits on the scale of the arcsine of the root, turned back, cut at its ends."""
    reach, middle = _t(df, level) * se / (2 * math.sqrt(p * (1 - p))), math.asin(math.sqrt(p))
    return math.sin(max(middle - reach, 0.0)) ** 2, math.sin(min(middle + reach, math.pi / 2)) ** 2


def wald_limits(p: float, se: float, df: float, rows: int, level: float = 0.95) -> Limits:
    """Return p -+ t se, which may leave 0 to 1 (R: mean): only for comparison."""
    reach = _t(df, level) * se
    return p - reach, p + reach


def kish_effect(weights: NDArray[np.float64]) -> float:
    """Return Kish's design effect of weights, n sum w^2 / (sum w)^2 (1965): what unequal weights cost at most."""
    return float(len(weights) * (weights**2).sum() / weights.sum() ** 2)


def _at_an_end(p: float, n: int, effective: float, level: float, base: Base) -> Estimate:
    bound = -math.expm1(math.log1p(-level) / effective)
    low, high = (0.0, bound) if p == 0 else (1 - bound, 1.0)
    note = f"bound for {effective:g} independent answers, since people of one cluster answer alike"
    return Estimate(
        value=p,
        low=low,
        high=high,
        level=level,
        method=ONE_SIDED,
        n=n,
        base=base,
        note=note if effective < n else None,
    )


def _t(df: float, level: float) -> float:
    return float(special.stdtrit(df, (1 + level) / 2))


_METHODS: dict[str, Callable[[float, float, float, int, float], Limits]] = {
    "korn-graubard": korn_graubard,
    "logit": logit_limits,
    "asin": asin_limits,
    "wald": wald_limits,
}
