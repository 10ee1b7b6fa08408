"""Content validity: how many experts call an item relevant, against what guessing would give."""

from __future__ import annotations

from bisect import bisect_left
from math import comb, exp, lgamma, log, sqrt
from typing import TYPE_CHECKING

from scipy import special

from consensus.agreement.estimate import Estimate
from consensus.agreement.proportions import share

if TYPE_CHECKING:
    from collections.abc import Sequence

NOBODY = "no expert rated the item"
MOST_EXACT = 1000


def item_cvi(relevant: int, experts: int, *, level: float = 0.95) -> Estimate:
    """Return the content validity index of an item, the share of experts who rate it 3 or 4 of 4, with limits."""
    return share(relevant, experts, level=level)


def modified_kappa(relevant: int, experts: int) -> Estimate:
    """Return an item's validity index beyond chance (Polit, Beck and Owen 2007, Res Nurs Health 30:459).

    k* = (I-CVI - P_c) / (1 - P_c) with P_c = C(N, A) / 2^N. No expert gives a reason.
    """
    if experts == 0:
        return Estimate(reason=NOBODY, method="modified kappa", n=0)
    chance = _guessed(relevant, experts)
    value = (relevant / experts - chance) / (1 - chance)
    return Estimate(value=value, method="modified kappa", n=experts)


def scale_cvi(relevant: Sequence[int], experts: Sequence[int]) -> tuple[Estimate, Estimate]:
    """Return the index of a scale: the mean over its items, and the share of items that all experts call relevant."""
    rated = [(a, n) for a, n in zip(relevant, experts, strict=True) if n]
    names = ("s-cvi/ave", "s-cvi/ua")
    if not rated:
        return tuple(Estimate(reason="no item was rated", method=name, n=0) for name in names)  # type: ignore[return-value]
    mean = sum(a / n for a, n in rated) / len(rated)
    unanimous = sum(a == n for a, n in rated) / len(rated)
    missing = len(relevant) - len(rated)
    note = f"{missing} items that nobody rated are left out" if missing else None
    return (
        Estimate(value=mean, method=names[0], n=len(rated), note=note),
        Estimate(value=unanimous, method=names[1], n=len(rated), note=note),
    )


def lawshe_cvr(essential: int, experts: int) -> Estimate:
    """Return Lawshe's content validity ratio (1975, Pers Psychol 28:563): -1 nobody, 0 half, 1 all."""
    if experts == 0:
        return Estimate(reason=NOBODY, method="cvr", n=0)
    return Estimate(value=2 * essential / experts - 1, method="cvr", n=experts)


def critical_count(experts: int, *, chance: float = 0.5, alpha: float = 0.05) -> int | None:
    """Return the fewest "essential" votes that guessing reaches with probability `alpha` at most (exact binomial).

    Ayre and Scally (2014, Meas Eval Couns Dev 47:79). `chance` is 1/2 for two options, 1/3 for three. None where even
    all votes would not do.
    """
    reached: int = bisect_left(range(experts + 1), -alpha, key=lambda count: -_upper_tail(count, experts, chance))
    return reached if reached <= experts else None


def aiken_v(mean: float, experts: int, lowest: float, highest: float, *, level: float = 0.95) -> Estimate:
    """Return Aiken's V = (mean - lowest) / (highest - lowest) with score limits (Penfield and Giacobbi 2004).

    The limits are Wilson's with p = V and n = experts x scale steps. No expert or a scale of one point gives a reason.
    """
    steps = highest - lowest
    if experts == 0 or steps <= 0:
        return Estimate(reason=NOBODY if experts == 0 else "the scale has one point", method="aiken v", n=experts)
    v, size, z = (mean - lowest) / steps, experts * steps, float(special.ndtri((1 + level) / 2))
    reach = z * sqrt(v * (1 - v) / size + z * z / (4 * size * size))
    middle, scale = v + z * z / (2 * size), 1 + z * z / size
    low, high = max((middle - reach) / scale, 0.0), min((middle + reach) / scale, 1.0)
    return Estimate(value=v, low=min(low, v), high=max(high, v), level=level, method="aiken v", n=experts)


def _guessed(count: int, n: int) -> float:
    """Return C(n, count) / 2^n, exact as long as whole numbers are quick."""
    if n <= MOST_EXACT:
        return float(comb(n, count) / 2**n)
    return exp(lgamma(n + 1) - lgamma(count + 1) - lgamma(n - count + 1) - n * log(2))


def _upper_tail(count: int, n: int, chance: float) -> float:
    return 1.0 if count == 0 else float(special.bdtrc(count - 1, n, chance))
