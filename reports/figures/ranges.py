"""Values with their limits, several ways of looking at each side by side: one row a thing, one mark a way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import matplotlib

from reports.figures.canvas import BROWN, INK, LINE, SOFT, TEAL, canvas, style, width_of, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH, LEFT, RIGHT, TOP, BOTTOM = 8.2, 2.9, 0.3, 0.55, 0.6
LINE_HEIGHT, ROW_GAP, STEP = 0.175, 0.22, 0.15
# told apart by shape first and color second, so that print and color blindness leave them apart
MARKS = (("D", TEAL), ("o", BROWN), ("s", INK), ("^", SOFT), ("v", TEAL), ("P", BROWN))


@dataclass(frozen=True, kw_only=True, slots=True)
class Range:
    """A value with its limits in one series; a value of None draws the limits alone."""

    series: str
    value: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class RangeRow:
    """One row of the figure: what it is of, and its ranges."""

    label: str
    ranges: tuple[Range, ...]


def draw_ranges(
    rows: Sequence[RangeRow],
    axis: str,
    *,
    percent: bool = True,
    threshold: float | None = None,
    threshold_label: str = "",
) -> Figure:
    """Draw rows of ranges: shares (0 to 1, shown in percent) or, without `percent`, coefficients from -1 to 1.

    A dashed line stands at `threshold`, called `threshold_label`.
    """
    series = list(dict.fromkeys(r.series for row in rows for r in row.ranges))
    wrapped = [wrap(row.label, LEFT - 0.3) for row in rows]
    heights = [
        max((text.count("\n") + 1) * LINE_HEIGHT, len(row.ranges) * STEP) + ROW_GAP
        for text, row in zip(wrapped, rows, strict=True)
    ]
    legend = _legend_lines(series)
    top = TOP + 0.22 * (len(legend) - 1)
    height = top + sum(heights) + BOTTOM
    with matplotlib.rc_context(style()):
        figure = canvas(WIDTH, height)
        box = (LEFT / WIDTH, BOTTOM / height, (WIDTH - LEFT - RIGHT) / WIDTH, sum(heights) / height)
        axes = figure.add_axes(box)
        _frame(axes, sum(heights), axis, rows, percent=percent)
        if threshold is not None:
            axes.axvline(threshold, color=SOFT, linewidth=1.0, linestyle=(0, (4, 3)), zorder=0)
            axes.text(threshold, -0.03, threshold_label, ha="center", va="bottom", fontsize=8.5, color=SOFT)
        at = 0.0
        for row, text, tall in zip(rows, wrapped, heights, strict=True):
            _row(axes, row, text, at + tall / 2, series)
            at += tall
        _legend(figure, legend, series, height)
    return figure


def _frame(axes: Axes, tall: float, label: str, rows: Sequence[RangeRow], *, percent: bool) -> None:
    drawn = [x for row in rows for r in row.ranges for x in (r.value, r.low, r.high) if x is not None]
    low = 0.0 if percent or min(drawn, default=0.0) >= 0 else max(-1.0, min(drawn) - 0.05)
    axes.set_xlim(low, 1)
    axes.set_ylim(tall, 0)
    axes.set_yticks([])
    ticks = [t for t in (-1.0, -0.5, 0.0, 0.25, 0.5, 0.75, 1.0) if t >= low]
    names = [f"{100 * t:.0f}" + ("%" if t == 1 else "") if percent else f"{t:g}".replace("-", "−") for t in ticks]
    axes.set_xticks(ticks, names)
    axes.spines[["left", "right", "top"]].set_visible(False)
    axes.set_xlabel(label, fontsize=9, color=SOFT)
    for x in ticks[1:-1]:
        axes.axvline(x, color=LINE, linewidth=0.6, zorder=0)


def _row(axes: Axes, row: RangeRow, label: str, middle: float, series: Sequence[str]) -> None:
    axes.text(-0.03, middle, label, transform=axes.get_yaxis_transform(), ha="right", va="center", color=INK)
    start = middle - STEP * (len(row.ranges) - 1) / 2
    for at, found in enumerate(row.ranges):
        shape, color = MARKS[series.index(found.series) % len(MARKS)]
        y = start + at * STEP
        if found.low is not None and found.high is not None:
            axes.plot([found.low, found.high], [y, y], color=color, linewidth=1.8, solid_capstyle="butt", clip_on=False)
        if found.value is not None:
            axes.plot([found.value], [y], shape, color=color, markersize=5.5, clip_on=False)


def _legend_lines(series: Sequence[str]) -> list[list[str]]:
    """Return the series in as many lines as they need."""
    lines: list[list[str]] = [[]]
    x = 0.1
    for name in series:
        wide = 0.45 + width_of(name, 9)
        if x + wide > WIDTH and lines[-1]:
            lines.append([])
            x = 0.1
        lines[-1].append(name)
        x += wide
    return lines


def _legend(figure: Figure, lines: list[list[str]], series: Sequence[str], height: float) -> None:
    for number, names in enumerate(lines):
        line = figure.add_axes((0, (height - 0.26 - 0.22 * number) / height, 1, 0.2 / height))
        line.set_axis_off()
        line.set_xlim(0, WIDTH)
        line.set_ylim(0, 1)
        x = 0.15
        for name in names:
            shape, color = MARKS[series.index(name) % len(MARKS)]
            line.plot([x - 0.06, x + 0.14], [0.5, 0.5], color=color, linewidth=1.8)
            line.plot([x + 0.04], [0.5], shape, color=color, markersize=5.5)
            line.text(x + 0.2, 0.5, name, va="center", fontsize=9, color=INK)
            x += 0.45 + width_of(name, 9)
