"""Many tests at once: p values that hold for the whole family, where tests without a p value are skipped and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Sequence

Adjustment = Literal["holm", "hochberg", "hommel", "bonferroni", "bh", "fdr", "by", "none"]
ADJUSTMENTS: tuple[Adjustment, ...] = get_args(Adjustment)


def adjust(p_values: Sequence[float | None], method: Adjustment = "holm") -> tuple[float | None, ...]:
    """Return p values adjusted for the family, None where there is none; such tests do not count in the family.

    Holm (1979), Hochberg (1988), Hommel (1988) and Bonferroni hold the chance of any false finding; Benjamini and
    Hochberg (1995; `bh`, also called `fdr`) and Benjamini and Yekutieli (2001) the share of false ones. Raises
    ValueError for another word or a p outside 0 to 1.
    """
    if method not in ADJUSTMENTS:
        raise ValueError(f"method is one of {', '.join(ADJUSTMENTS)}, got {method}")
    known = [(p, place) for place, p in enumerate(p_values) if p is not None]
    if any(not 0 <= p <= 1 for p, _ in known):
        raise ValueError("a p value lies between 0 and 1")
    if method == "hommel":
        return _hommel(known, len(p_values))
    method = "bh" if method == "fdr" else method
    n, found = len(known), [None] * len(p_values)
    climbing = method in ("holm", "bonferroni", "none")
    worst, best = 0.0, 1.0
    harmonic = sum(1 / i for i in range(1, n + 1))
    for rank, (p, place) in enumerate(sorted(known, reverse=not climbing), start=1):
        at = rank if climbing else n - rank + 1  # the rank from the smallest p value
        factor = {
            "holm": n - at + 1,
            "hochberg": n - at + 1,
            "bonferroni": n,
            "bh": n / at,
            "by": n * harmonic / at,
            "none": 1,
        }[method]
        if method == "holm":
            worst = max(worst, min(1.0, p * factor))
            found[place] = worst  # type: ignore[call-overload]
        elif climbing:
            found[place] = min(1.0, p * factor)  # type: ignore[call-overload]
        else:
            best = min(best, p * factor)
            found[place] = best  # type: ignore[call-overload]
    return tuple(found)


def _hommel(known: list[tuple[float, int]], size: int) -> tuple[float | None, ...]:
    """Return Hommel's adjusted p values by Wright's algorithm (1992, Biometrics 48:1005)."""
    found: list[float | None] = [None] * size
    if not known:
        return tuple(found)
    order = sorted(known)
    p = [value for value, _ in order]
    n = len(p)
    least = min(n * value / (at + 1) for at, value in enumerate(p))
    best, tried = [least] * n, [least] * n
    for m in range(n - 1, 1, -1):
        upper = p[n - m + 1 :]
        reach = min(m * value / (at + 2) for at, value in enumerate(upper))
        tried = [min(m * value, reach) if at <= n - m else tried[n - m] for at, value in enumerate(p)]
        tried = [value if at <= n - m else tried[n - m] for at, value in enumerate(tried)]
        best = [max(a, b) for a, b in zip(best, tried, strict=True)]
    for (value, place), adjusted in zip(order, best, strict=True):
        found[place] = max(adjusted, value)
    return tuple(found)
