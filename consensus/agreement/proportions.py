"""Shares of a simple random sample with their intervals: functions of a count and its base."""

from __future__ import annotations

import math
from typing import Literal

from scipy import special

from consensus.agreement.estimate import Base, Estimate

Method = Literal["wilson", "wilson-cc", "clopper-pearson", "jeffreys", "agresti-coull"]
Limits = tuple[float, float]

ONE_SIDED = "exact one-sided"


def share(
    count: int | None,
    n: int | None,
    *,
    base: Base = "answered",
    level: float = 0.95,
    method: Method = "wilson",
    reason: str = "the count is not published",
) -> Estimate:
    """Return `count / n` with its interval, or an estimate with a reason where one of both is unknown or `n` is 0.

    Nobody and everybody (0 and 100 %) get the exact one-sided bound at `level`, 1 - alpha^(1/n) (Louis 1981), and say
    so in `method`. Raises ValueError where `count` is not between 0 and `n`.
    """
    if count is None or n is None:
        return Estimate(reason=reason, level=level, method=method, n=n, base=base)
    if n == 0:
        return Estimate(reason="the base is empty", level=level, method=method, n=0, base=base)
    low, high = interval(count, n, level=level, method=method)
    shown: str = method
    if count in (0, n):
        low, high = one_sided(count, n, level=level)
        shown = ONE_SIDED
    return Estimate(value=count / n, low=low, high=high, level=level, method=shown, n=n, base=base)


def exact_share(count: int, n: int, *, base: Base = "answered", level: float = 0.95) -> Estimate:
    """Return `count / n` with two-sided limits of Clopper and Pearson, also at 0 and n of n; raises as `interval`."""
    low, high = interval(count, n, level=level, method="clopper-pearson")
    return Estimate(value=count / n, low=low, high=high, level=level, method="clopper-pearson", n=n, base=base)


def interval(count: int, n: int, *, level: float = 0.95, method: Method = "wilson") -> Limits:
    """Return the two-sided limits of `count / n`, within 0 and 1; ValueError for an impossible count or level."""
    if not 0 <= count <= n or n == 0:
        raise ValueError(f"{count} of {n} is no share")
    if not 0 < level < 1:
        raise ValueError(f"a confidence level lies between 0 and 1, got {level}")
    low, high = _METHODS[method](count, n, level)
    return max(low, 0.0), min(high, 1.0)


def one_sided(count: int, n: int, *, level: float = 0.95) -> Limits:
    """Return the exact one-sided bound at 0 or at n of n, paired with the share itself; ValueError elsewhere."""
    bound: float = -math.expm1(math.log1p(-level) / n)
    if count == 0:
        return 0.0, bound
    if count == n:
        return 1 - bound, 1.0
    raise ValueError(f"{count} of {n} has two-sided limits")


def normal_mean(values_and_counts: tuple[tuple[float, int], ...], *, level: float = 0.95) -> Limits | None:
    """Return mean -+ z s / sqrt(n) of scored answers, within 0 and 1, or None where all are alike or there is only one.

    For half votes, which are no binomial count; s is the sample standard deviation (n - 1).
    """
    n = sum(count for _, count in values_and_counts)
    if n < 2 or sum(count > 0 for _, count in values_and_counts) < 2:
        return None
    mean = math.fsum(value * count for value, count in values_and_counts) / n
    variance = math.fsum(count * (value - mean) ** 2 for value, count in values_and_counts) / (n - 1)
    reach = _z(level) * math.sqrt(variance / n)
    return max(mean - reach, 0.0), min(mean + reach, 1.0)


def wilson(count: int, n: int, level: float = 0.95) -> Limits:
    """Return the score limits (Wilson 1927); exactly 0 at 0 and exactly 1 at n of n."""
    z = _z(level)
    p, z2 = count / n, z * z
    middle = p + z2 / (2 * n)
    reach = z * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    scale = 1 + z2 / n
    low = 0.0 if count == 0 else (middle - reach) / scale
    high = 1.0 if count == n else (middle + reach) / scale
    return low, high


def wilson_corrected(count: int, n: int, level: float = 0.95) -> Limits:
    """Return the score limits with continuity correction (Newcombe 1998, method 4)."""
    z = _z(level)
    p, z2, scale = count / n, z * z, 2 * (n + z * z)
    down = z2 - 2 - 1 / n + 4 * p * (n * (1 - p) + 1)
    up = z2 + 2 - 1 / n + 4 * p * (n * (1 - p) - 1)
    low = 0.0 if count == 0 else (2 * n * p + z2 - 1 - z * math.sqrt(down)) / scale
    high = 1.0 if count == n else (2 * n * p + z2 + 1 + z * math.sqrt(up)) / scale
    return low, high


def clopper_pearson(count: int, n: int, level: float = 0.95) -> Limits:
    """Return the exact limits (Clopper and Pearson 1934) as quantiles of beta distributions."""
    tail = (1 - level) / 2
    low = 0.0 if count == 0 else float(special.betaincinv(count, n - count + 1, tail))
    high = 1.0 if count == n else float(special.betaincinv(count + 1, n - count, 1 - tail))
    return low, high


def jeffreys(count: int, n: int, level: float = 0.95) -> Limits:
    """Return the equal-tailed limits under Jeffreys' prior, 0 at 0 and 1 at n of n (Brown, Cai, DasGupta 2001)."""
    tail = (1 - level) / 2
    low = 0.0 if count == 0 else float(special.betaincinv(count + 0.5, n - count + 0.5, tail))
    high = 1.0 if count == n else float(special.betaincinv(count + 0.5, n - count + 0.5, 1 - tail))
    return low, high


def agresti_coull(count: int, n: int, level: float = 0.95) -> Limits:
    """Return the adjusted Wald limits (Agresti and Coull 1998), which may leave 0 to 1 before they are clipped."""
    z = _z(level)
    size = n + z * z
    middle = (count + z * z / 2) / size
    reach = z * math.sqrt(middle * (1 - middle) / size)
    return middle - reach, middle + reach


def _z(level: float) -> float:
    return float(special.ndtri(1 - (1 - level) / 2))


_METHODS = {
    "wilson": wilson,
    "wilson-cc": wilson_corrected,
    "clopper-pearson": clopper_pearson,
    "jeffreys": jeffreys,
    "agresti-coull": agresti_coull,
}
