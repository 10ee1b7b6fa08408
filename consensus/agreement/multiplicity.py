"""Many tests at once: p values that hold for the whole family, where tests without a p value are skipped and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Sequence

Adjustment = Literal["holm", "hochberg", "bonferroni", "bh", "by", "none"]
ADJUSTMENTS: tuple[Adjustment, ...] = get_args(Adjustment)


def adjust(p_values: Sequence[float | None], method: Adjustment = "holm") -> tuple[float | None, ...]:
    """Return p values adjusted for the family, None where there is none; such tests do not count in the family.

    Holm (1979), Hochberg (1988) and Bonferroni hold the chance of any false finding; Benjamini and Hochberg (1995) and
    Benjamini and Yekutieli (2001) the share of false ones. Raises ValueError for another word or a p outside 0 to 1.
    """
    if method not in ADJUSTMENTS:
        raise ValueError(f"method is one of {', '.join(ADJUSTMENTS)}, got {method}")
    known = [(p, place) for place, p in enumerate(p_values) if p is not None]
    if any(not 0 <= p <= 1 for p, _ in known):
        raise ValueError("a p value lies between 0 and 1")
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
