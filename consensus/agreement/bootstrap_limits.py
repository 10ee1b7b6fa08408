"""Limits and errors from replicates: percentile, basic, BCa; the jackknife over clusters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
from scipy import special

from consensus.agreement.estimate import Base, Estimate

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from consensus.agreement.proportions import Limits
    from consensus.agreement.resampling import Replicates

BootstrapMethod = Literal["percentile", "basic", "bca"]
Ties = Literal["half", "strict"]
NO_SPREAD = "all replicates are alike, so there are no limits"


def bootstrap_estimate(
    found: Replicates,
    item: int,
    *,
    method: BootstrapMethod = "percentile",
    level: float = 0.95,
    n: int | None = None,
    base: Base = "answered",
) -> Estimate:
    """Return the estimate of one statistic with its bootstrap limits and error, or a reason where it has no value.

    Replicates that are all alike give no limits. `note` says so, how many replicates have no value, and whether
    clusters are too few to rely on.
    """
    value = float(found.estimates[item])
    named = f"cluster bootstrap, {method}"
    if np.isnan(value):
        return Estimate(reason="the base is empty", level=level, method=named, n=n, base=base)
    if found.clusters < 2:
        note = "one cluster shows no differences between clusters"
        return Estimate(value=value, level=level, method=named, n=n, base=base, note=note)
    drawn = found.values[:, item]
    drawn = drawn[~np.isnan(drawn)]
    limits = _limits(found, item, drawn, method, level)
    notes = [f"{len(found.values) - len(drawn)} replicates without a value"] if len(drawn) < len(found.values) else []
    if found.few:
        notes.append(f"only {found.clusters} clusters, so the limits can't be relied on")
    if limits is not None and np.ptp(drawn) < 1e-12:
        limits = None
        notes.append(NO_SPREAD)
    low, high = limits or (None, None)
    return Estimate(
        value=value,
        low=low,
        high=high,
        level=level,
        method=named,
        n=n,
        base=base,
        se=float(drawn.std(ddof=1)) if len(drawn) > 1 else None,
        note="; ".join(notes) or None,
    )


def _limits(
    found: Replicates, item: int, drawn: NDArray[np.float64], method: BootstrapMethod, level: float
) -> Limits | None:
    if len(drawn) < 2:
        return None
    if method == "bca":
        return bca(drawn, float(found.estimates[item]), found.left_out[:, item], level=level)
    if method == "basic":
        return basic(drawn, float(found.estimates[item]), level=level)
    return percentile(drawn, level=level)


def percentile(drawn: NDArray[np.float64], *, level: float = 0.95, kind: Literal[6, 7] = 7) -> Limits:
    """Return the quantiles of replicates at both tails (Efron 1979); `kind` 6 or 7 of Hyndman and Fan (1996)."""
    low, high = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2], method="weibull" if kind == 6 else "linear")
    return float(low), float(high)


def basic(drawn: NDArray[np.float64], estimate: float, *, level: float = 0.95) -> Limits:
    """Return 2 x estimate less the quantiles of replicates (Davison and Hinkley 1997, equation 5.6)."""
    low, high = percentile(drawn, level=level)
    return 2 * estimate - high, 2 * estimate - low


def bca(
    drawn: NDArray[np.float64],
    estimate: float,
    left_out: NDArray[np.float64],
    *,
    level: float = 0.95,
    ties: Ties = "half",
) -> Limits | None:
    """Return bias-corrected and accelerated limits (Efron 1987, JASA 82:171), None where they can't be had.

    Replicates equal to the estimate count half as below it (`strict`: not at all); shares have many. `left_out` holds
    the estimates without each cluster.
    """
    equal = np.isclose(drawn, estimate, rtol=0, atol=1e-12)
    below = ((drawn < estimate) & ~equal).sum() + (0.5 * equal.sum() if ties == "half" else 0)
    if not 0 < below < len(drawn):
        return None
    z0, a = float(special.ndtri(below / len(drawn))), acceleration(left_out)
    tails = z0 + special.ndtri(np.array([(1 - level) / 2, (1 + level) / 2]))
    low, high = np.quantile(drawn, special.ndtr(z0 + tails / (1 - a * tails)), method="linear")
    return float(low), float(high)


def acceleration(left_out: NDArray[np.float64]) -> float:
    """Return the acceleration of BCa limits from the estimates without each cluster; 0 where they are all alike."""
    apart = np.nanmean(left_out) - left_out[~np.isnan(left_out)]
    below = 6 * float((apart**2).sum()) ** 1.5
    return float((apart**3).sum()) / below if below > 1e-300 else 0.0


def jackknife_error(left_out: NDArray[np.float64]) -> float | None:
    """Return the delete-one-cluster jackknife error, None for a single cluster."""
    there = left_out[~np.isnan(left_out)]
    n = len(there)
    return float(np.sqrt((n - 1) / n * ((there - there.mean()) ** 2).sum())) if n > 1 else None
