"""Answers on an ordered scale as bars that part at its middle, with the controls that readers of such plots expect."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Sort = Literal["none", "ascending", "descending"]
By = Literal["share", "lower", "mean", "median"]
COLUMNS = ["item", "level", "count", "n", "share", "left", "right", "side", "lower", "upper"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Controls:
    """How the bars are laid out.

    `sort` by the `share` of the upper levels, that of the `lower` ones, the `mean` or `median` level. `cutoff` is how
    many levels lie left of the middle (a half splits one; None: half of them). `count_middle` adds half of a split
    level to each total. Levels in `aside` are no part of the scale ("don't know"): they count in the base and stand
    apart. Shares below `hide_below` have no number in the bar.
    """

    sort: Sort = "none"
    by: By = "share"
    cutoff: float | None = None
    count_middle: bool = False
    aside: tuple[str, ...] = ()
    hide_below: float = 0.05
    totals: bool = True


def likert_data(
    counts: Mapping[str, Mapping[str, float]], levels: Sequence[str], controls: Controls | None = None
) -> pd.DataFrame:
    """Return one row an item and level: shares of all answers and where each bar begins and ends (-1 to 1).

    `counts` holds for each item its counts by level (weighted ones too), `levels` their order from the lowest. `side`
    is lower, middle, upper or aside; `lower` and `upper` are the item's totals. Items that nobody answered are left
    out. Raises ValueError for a cutoff beyond the scale.
    """
    how = controls or Controls()
    scale = [level for level in levels if level not in how.aside]
    cutoff = len(scale) / 2 if how.cutoff is None else how.cutoff
    if not 0 <= cutoff <= len(scale):
        raise ValueError(f"a cutoff of {cutoff} lies beyond a scale of {len(scale)} levels")
    laid = [
        _item(name, given, scale, [level for level in levels if level in how.aside], cutoff, how)
        for name, given in counts.items()
        if sum(given.get(level, 0) for level in levels) > 0
    ]
    if how.sort != "none":
        laid.sort(key=lambda rows: _rank(rows, scale, how.by), reverse=how.sort == "descending")
    return pd.DataFrame([row for rows in laid for row in rows], columns=COLUMNS)


def _item(
    name: str, given: Mapping[str, float], scale: list[str], aside: list[str], cutoff: float, how: Controls
) -> list[tuple[object, ...]]:
    total = sum(given.get(level, 0) for level in (*scale, *aside))
    shares = [given.get(level, 0) / total for level in scale]
    split = math.floor(cutoff)
    within = cutoff - split
    left = -sum(shares[:split]) - (within * shares[split] if within else 0.0)
    sides = ["lower" if at < split else "middle" if at == split and within else "upper" for at in range(len(scale))]
    middle = sum(share for share, side in zip(shares, sides, strict=True) if side == "middle")
    extra = middle / 2 if how.count_middle else 0.0
    lower, upper = (
        sum(share for share, side in zip(shares, sides, strict=True) if side == wanted) + extra
        for wanted in ("lower", "upper")
    )
    rows: list[tuple[object, ...]] = []
    for level, share, side in zip(scale, shares, sides, strict=True):
        rows.append((name, level, given.get(level, 0), total, share, left, left + share, side, lower, upper))
        left += share
    for level in aside:
        share = given.get(level, 0) / total
        rows.append((name, level, given.get(level, 0), total, share, math.nan, math.nan, "aside", lower, upper))
    return rows


def _rank(rows: list[tuple[object, ...]], scale: list[str], by: By) -> float:
    counts = [Fraction(str(row[2])) for row in rows[: len(scale)]]
    if by in ("share", "lower"):
        return float(str(rows[0][9 if by == "share" else 8]))
    total = sum(counts)
    if total == 0:
        return 0.0
    if by == "mean":
        return float(sum(at * count for at, count in enumerate(counts, start=1)) / total)
    passed = Fraction(0)
    for at, count in enumerate(counts, start=1):
        passed += count
        if 2 * passed >= total:
            return at + 0.5 if 2 * passed == total else float(at)
    return float(len(counts))
