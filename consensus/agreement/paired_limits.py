"""Limits of a net change of the same people that hold for few of them: exact for a panel, by score for a survey."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from scipy import special

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from consensus.agreement.proportions import Limits

    Floats = NDArray[np.float64]

FEW = 30
STEPS, NUISANCE = 18, 64
TIED = 1e-9


def paired_limits(newly: int, no_longer: int, n: int, *, level: float = 0.95) -> tuple[Limits, str]:
    """Return the limits of (newly - no_longer) / n, a share of n people asked twice, and the method's name.

    Up to 30 people the limits are exact: differences that no probability of the other changes makes less likely than
    the tail, outcomes ordered by Tango's statistic (Hsueh, Liu and Chen 2001, Biometrics 57:478). Beyond they are
    Tango's score limits (1998, Stat Med 17:891, eq. 5), which exclude no change somewhat too often where few changed
    (5 of 31 one way). ValueError for counts that can't be.
    """
    if min(newly, no_longer) < 0 or newly + no_longer > n or n < 1:
        raise ValueError(f"{newly} and {no_longer} of {n} people can't have changed")
    if n <= FEW:
        return (-_exact_upper(no_longer, newly, n, level), _exact_upper(newly, no_longer, n, level)), "exact"
    return (-_tango_upper(no_longer, newly, n, level), _tango_upper(newly, no_longer, n, level)), "tango"


def tango(newly: int, no_longer: int, n: int, *, level: float = 0.95) -> Limits:
    """Return Tango's score limits (1998) of the net change whatever the number of people."""
    return -_tango_upper(no_longer, newly, n, level), _tango_upper(newly, no_longer, n, level)


def _tango_upper(newly: int, no_longer: int, n: int, level: float) -> float:
    z = float(special.ndtri((1 + level) / 2))
    b, c = np.array([float(newly)]), np.array([float(no_longer)])
    return _last(lambda delta: float(_statistic(b, c, n, delta)[0]) >= -z, (newly - no_longer) / n)


@lru_cache(maxsize=4096)
def _exact_upper(newly: int, no_longer: int, n: int, level: float) -> float:
    b, c = _outcomes(n)
    at = int(np.flatnonzero((b == newly) & (c == no_longer))[0])
    return _last(lambda delta: _tail(b, c, n, delta, at) > (1 - level) / 2, (newly - no_longer) / n)


def _last(holds: Callable[[float], bool], start: float) -> float:
    """Return the largest difference from `start` on up to which it holds."""
    if start >= 1 or holds(1.0):
        return 1.0
    low, high = start, 1.0
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return high


def _statistic(b: Floats, c: Floats, n: int, delta: float) -> Floats:
    """Return Tango's score statistic that the net change is `delta`, infinite where there would be no variance."""
    linear = (2 * n - b + c) * delta - b - c
    inner = np.maximum(linear**2 + 8 * n * c * delta * (1 - delta), 0.0)
    down = (np.sqrt(inner) - linear) / (4 * n)
    spread = np.sqrt(np.maximum(n * (2 * down + delta * (1 - delta)), 0.0))
    gap = b - c - n * delta
    beyond = np.where(gap > TIED, np.inf, np.where(gap < -TIED, -np.inf, 0.0))
    return np.asarray(np.divide(gap, spread, out=beyond, where=spread > TIED))


def _tail(b: Floats, c: Floats, n: int, delta: float, at: int) -> float:
    """Return the largest probability, over the share of changes the other way, of what was seen or less."""
    statistic = _statistic(b, c, n, delta)
    there = statistic <= statistic[at] + TIED
    low, high = max(0.0, -delta), min(1.0, (1 - delta) / 2)
    down = np.linspace(low, high, NUISANCE)[:, None]
    up = down + delta
    b, c = b[there], c[there]
    many = special.gammaln(n + 1) - special.gammaln(b + 1) - special.gammaln(c + 1) - special.gammaln(n - b - c + 1)
    logs = special.xlogy(b, np.maximum(up, 0)) + special.xlogy(c, down)
    logs += special.xlogy(n - b - c, np.maximum(1 - up - down, 0))
    return float(np.exp(many + logs).sum(axis=1).max())


@lru_cache(maxsize=FEW)
def _outcomes(n: int) -> tuple[Floats, Floats]:
    b, c = np.divmod(np.arange((n + 1) ** 2), n + 1)
    possible = b + c <= n
    return b[possible].astype(float), c[possible].astype(float)
