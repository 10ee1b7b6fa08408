"""How far answers on one ordered scale lie together: measures of the counts of all scale points, zeros included.

Tastle and Wierman's consensus is our own measure; the others are there by name, since papers use them. The scale is the
instrument's: an end that nobody chose still counts. A is van der Eijk's (2001, Qual Quant 35:325), with layers peeled
in whole counts; the formulas are those of the methods named in the docstrings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from consensus.agreement.estimate import Estimate

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

OrdinalMeasure = Literal[
    "consensus", "agreement_a", "polarization", "leik", "blair_lacy", "iov", "cov", "reardon", "rwg", "entropy"
]
MEASURES: tuple[OrdinalMeasure, ...] = get_args(OrdinalMeasure)
DISPERSION: frozenset[OrdinalMeasure] = frozenset({"polarization", "leik", "iov", "cov", "reardon", "entropy"})
"""Measures that are 0 where all agree."""


def ordinal_consensus(counts: Sequence[int], measure: OrdinalMeasure = "consensus") -> Estimate:
    """Return a measure of how far answers lie together, of the counts of all points of the scale in order.

    An empty base or a scale too short for the measure gives a reason. Raises ValueError for another word or a
    negative count. Limits come from resampling (`resampling.py`).
    """
    if measure not in MEASURES:
        raise ValueError(f"measure is one of {', '.join(MEASURES)}, got {measure}")
    f = np.asarray(counts, dtype=np.int64)
    if (f < 0).any():
        raise ValueError(f"a count can't be negative, got {list(counts)}")
    n, short = int(f.sum()), 3 if measure in ("agreement_a", "polarization") else 2
    if n == 0:
        return Estimate(reason="the base is empty", method=measure, n=0)
    if len(f) < short:
        return Estimate(reason=f"{measure} needs a scale of {short} points or more", method=measure, n=n)
    if measure in ("rwg", "iov", "cov") and n < 2:
        return Estimate(reason="one answer has no variance", method=measure, n=n)
    return Estimate(value=float(_FORMULAS[measure](f)), method=measure, n=n)


def consensus_of_shares(shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return Tastle and Wierman's consensus (2007, Int J Approx Reason 45:531) of shares (..., points).

    1 + sum p log2(1 - |x - mean| / width): 1 where all are at one point, 0 where half are at either end.
    """
    x = np.arange(shares.shape[-1], dtype=float)
    mean = shares @ x
    near = 1 - np.abs(x - mean[..., None]) / (len(x) - 1)
    logs = np.log2(near, out=np.zeros_like(near), where=(shares > 0) & (near > 0))
    return np.asarray(1 + (shares * logs).sum(axis=-1))


def agreement_toward(counts: Sequence[int], target: int) -> Estimate:
    """Return Tastle and Wierman's agreement toward a point of the scale (its position from 0), 1 where all chose it."""
    f = np.asarray(counts, dtype=float)
    if f.sum() == 0:
        return Estimate(reason="the base is empty", method="agreement toward a point", n=0)
    near = 1 - np.abs(np.arange(len(f)) - target) / (2 * (len(f) - 1))
    return Estimate(
        value=float(1 + (f / f.sum() * np.log2(near)).sum()), method="agreement toward a point", n=int(f.sum())
    )


def agreement_a(counts: NDArray[np.int64]) -> float:
    """Return van der Eijk's A: 1 all at one point, 0 spread evenly, -1 split between the ends."""
    left, total, found = counts.copy(), int(counts.sum()), 0.0
    while left.any():
        pattern = left > 0
        least = int(left[pattern].min())
        found += least * int(pattern.sum()) / total * _of_layer(pattern)
        left = left - least * pattern
    return found


def _of_layer(pattern: NDArray[np.bool_]) -> float:
    k, s = len(pattern), int(pattern.sum())
    if s == 1:
        return 1.0
    if s == k:
        return 0.0
    unimodal, split = 0, 0
    for i in range(k):
        for j in range(i + 1, k):
            later = pattern[j + 1 :]
            chosen, passed = int(later.sum()), int((~later).sum())
            unimodal += passed * int(pattern[i] and pattern[j]) + chosen * int(pattern[j] and not pattern[i])
            split += chosen * int(pattern[i] and not pattern[j])
    if unimodal + split == 0:
        return 0.0
    u = ((k - 2) * unimodal - (k - 1) * split) / ((k - 2) * (unimodal + split))
    return float(u * (1 - (s - 1) / (k - 1)))


def _cumulative(f: NDArray[np.int64]) -> NDArray[np.float64]:
    return np.asarray(np.cumsum(f)[:-1] / f.sum())


def _leik(f: NDArray[np.int64]) -> float:
    below = _cumulative(f)
    return float(np.minimum(below, 1 - below).sum() / ((len(f) - 1) / 2))


def _blair_lacy(f: NDArray[np.int64]) -> float:
    return float(np.sqrt(((_cumulative(f) - 0.5) ** 2).sum() / ((len(f) - 1) / 4)))


def _iov(f: NDArray[np.int64]) -> float:
    n, k = int(f.sum()), len(f)
    apart = sum(int(f[i]) * int(f[j]) * (j - i) for i in range(k) for j in range(i + 1, k))
    return float(apart / ((n**2 - n % 2) * (k - 1) / 4))


def _reardon(f: NDArray[np.int64]) -> float:
    below = _cumulative(f)
    inner = below[(below > 0) & (below < 1)]
    return float((-inner * np.log2(inner) - (1 - inner) * np.log2(1 - inner)).sum() / (len(f) - 1))


def _rwg(f: NDArray[np.int64]) -> float:
    x, n, k = np.arange(len(f)), int(f.sum()), len(f)
    mean = (f @ x) / n
    return float(1 - (f @ (x - mean) ** 2) / (n - 1) / ((k**2 - 1) / 12))


def _entropy(f: NDArray[np.int64]) -> float:
    p = f[f > 0] / f.sum()
    return float(abs((p * np.log2(p)).sum()) / np.log2(len(f)))


_FORMULAS: dict[OrdinalMeasure, Callable[[NDArray[np.int64]], float]] = {
    "consensus": lambda f: float(consensus_of_shares(f / f.sum())),
    "agreement_a": agreement_a,
    "polarization": lambda f: (1 - agreement_a(f)) / 2,
    "leik": _leik,  # Leik 1966, Pac Sociol Rev 9:85
    "blair_lacy": _blair_lacy,  # Blair and Lacy 2000, Sociol Methods Res 28:251
    "iov": _iov,  # Berry and Mielke 1992, Psychol Rep 71:1331
    "cov": lambda f: 1 - float(np.sqrt(max(1 - _iov(f), 0))),  # Kvalseth 1995, Percept Mot Skills 81:83
    "reardon": _reardon,  # Reardon 2009
    "rwg": _rwg,  # James, Demaree and Wolf 1984, J Appl Psychol 69:85, against even guessing
    "entropy": _entropy,  # Shannon's, as a share of the most there can be
}
