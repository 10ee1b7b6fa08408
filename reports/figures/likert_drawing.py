"""The drawing of answers on an ordered scale: bars that part at the middle, numbers in them, totals at both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib
from matplotlib.colors import LinearSegmentedColormap, to_hex, to_rgb

from reports import numbers
from reports.figures.canvas import INK, SOFT, style
from reports.figures.legend import Entry, draw_legend, height_of
from reports.figures.likert import Controls
from reports.figures.rows import Rows, rows
from reports.figures.wrapping import width_of
from reports.frames import rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from matplotlib.figure import Figure

ENDS = LinearSegmentedColormap.from_list("ends", ["#8c510a", "#d8b365", "#e6e6e6", "#5ab4ac", "#01665e"])
LEFT, RIGHT, BOTTOM, BAR = 2.85, 0.45, 0.5, 0.26
ASIDE_HATCH = "."  # each dot is a path of its own in SVG: dense ones weigh a quarter of a megabyte


def draw_likert(
    data: pd.DataFrame,
    labels: Mapping[str, str],
    levels: Mapping[str, str],
    texts: Mapping[str, str],
    controls: Controls | None = None,
) -> Figure:
    """Draw the rows of `likert_data`: `labels` of items, `levels` in their order with labels, `axis` in `texts`."""
    how = controls or Controls()
    items = list(dict.fromkeys(data["item"]))
    scale = [level for level in levels if level not in how.aside]
    fills = fills_of(scale) | dict.fromkeys(how.aside, "white")
    entries = [Entry(levels[level], fills[level], ASIDE_HATCH if level in how.aside else None) for level in levels]
    inches = 8.2 - LEFT - RIGHT
    with matplotlib.rc_context(style()):
        top = height_of(entries, 7.6) + 0.28
        plot = rows([labels[item] for item in items], left=LEFT, right=RIGHT, top=top, bottom=BOTTOM, gap=0.2)
        reach = _reach(data, how)
        _axis(plot, reach, texts["axis"])
        for item, y in zip(items, plot.centers, strict=True):
            _bars(plot, data[data["item"] == item], y, fills, inches / (reach[1] - reach[0]), how, reach[1])
        draw_legend(plot.figure, entries, left=0.3, top=0.1, inches=7.6)
    return plot.figure


def fills_of(levels: Sequence[str]) -> dict[str, str]:
    """Return a color for each level, from brown over gray to teal."""
    last = max(len(levels) - 1, 1)
    return {level: to_hex(ENDS(at / last)) for at, level in enumerate(levels)}


def ink_on(fill: str) -> str:
    """Return white or dark ink, whichever reads better on a fill (relative luminance, WCAG 2)."""
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(fill)]
    luminance = 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    return "white" if luminance < 0.18 else INK


def _reach(data: pd.DataFrame, how: Controls) -> tuple[float, float]:
    """Return how far the plot goes to both sides, with room for totals and for what stands apart."""
    room = 0.16 if how.totals else 0.03
    low, high = min(float(data["left"].min()), 0.0), max(float(data["right"].max()), 0.0)
    aside = data[data["side"] == "aside"]["share"]
    return low - room, high + room + (0.05 + float(aside.max()) if len(aside) and aside.max() > 0 else 0.0)


def _axis(plot: Rows, reach: tuple[float, float], label: str) -> None:
    axes = plot.axes
    axes.set_xlim(*reach)
    ticks = [t / 4 for t in range(-4, 5) if reach[0] <= t / 4 <= reach[1]]
    axes.set_xticks(ticks, [f"{abs(100 * t):g}%" for t in ticks], fontsize=9)
    axes.set_xlabel(label, fontsize=9, color=SOFT)
    axes.axvline(0, color=INK, linewidth=1.0, zorder=1)


def _bars(
    plot: Rows, item: pd.DataFrame, y: float, fills: Mapping[str, str], unit: float, how: Controls, edge: float
) -> None:
    end = edge - 0.02
    for row in rows_of(item[item["share"] > 0]):
        apart = row.side == "aside"
        left = end - row.share if apart else row.left
        hatch = ASIDE_HATCH if apart else None
        plot.axes.barh(
            y, row.share, BAR, left=left, color=fills[row.level], edgecolor="white" if not apart else SOFT,
            linewidth=0.8, hatch=hatch, zorder=2,
        )  # fmt: skip
        shown = numbers.percent(row.share, None, digits=0)
        if row.share >= how.hide_below and row.share * unit > width_of(shown, 8.5) + 0.04:
            box = {"facecolor": "white", "edgecolor": "none", "pad": 1.0} if apart else None
            plot.axes.text(
                left + row.share / 2, y, shown, ha="center", va="center", fontsize=8.5,
                color=ink_on(fills[row.level]), bbox=box, zorder=4,
            )  # fmt: skip
    if how.totals:
        first = next(rows_of(item))
        on_scale = item[item["side"] != "aside"]
        # where answers stand apart, nobody on a side may only mean that its answers are not told one by one
        apart_too = bool((item[item["side"] == "aside"]["share"] > 0).any())
        for x, side, total in (
            (float(on_scale["left"].min()) - 0.015, "right", first.lower),
            (float(on_scale["right"].max()) + 0.015, "left", first.upper),
        ):
            if apart_too and total == 0:
                continue
            shown = numbers.percent(total, None, digits=0)
            plot.axes.text(x, y, shown, ha=side, va="center", fontsize=9, fontweight="bold", color=INK)
