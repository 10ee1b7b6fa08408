"""Shares of one answer in two surveys, joined by a line, with the difference and its limits beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib
import pandas as pd

from reports import numbers
from reports.figures.canvas import BROWN, INK, LINE, SOFT, TEAL, canvas, style, width_of, wrap
from reports.frames import rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from consensus.agreement.earlier import Comparison

COLUMNS = ["question", "option", "now", "then", "n", "their_n", "difference", "low", "high"]
WIDTH, LEFT, RIGHT, TOP, BOTTOM = 8.2, 3.1, 1.9, 0.62, 0.6
LINE_HEIGHT, ROW_GAP = 0.175, 0.19


def then_and_now_data(comparison: Comparison) -> pd.DataFrame:
    """Return one row a shared answer: its share now and then (0 to 1), both bases, the difference and its limits."""
    rows = [
        (a.question, a.option, a.count / a.n, a.their_count / a.their_n, a.n, a.their_n, d.value, d.low, d.high)
        for a in comparison.answers
        for d in (a.difference,)
        if d.value is not None
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def draw_then_and_now(data: pd.DataFrame, labels: Sequence[str], texts: Mapping[str, str]) -> Figure:
    """Draw the rows of `then_and_now_data` under `labels`.

    `texts` has the words `axis`, `now`, `then`, `difference` and `to`.
    """
    wrapped = [wrap(label, LEFT - 0.35) for label in labels]
    heights = [(text.count("\n") + 1) * LINE_HEIGHT + ROW_GAP for text in wrapped]
    height = TOP + sum(heights) + BOTTOM
    with matplotlib.rc_context(style()):
        figure = canvas(WIDTH, height)
        box = (LEFT / WIDTH, BOTTOM / height, (WIDTH - LEFT - RIGHT) / WIDTH, sum(heights) / height)
        axes = figure.add_axes(box)
        _frame(axes, sum(heights), texts)
        at = 0.0
        for row, text, tall in zip(rows_of(data), wrapped, heights, strict=True):
            _row(axes, row, text, at + tall / 2, texts)
            at += tall
        _legend(figure, texts, height)
    return figure


def _frame(axes: Axes, tall: float, texts: Mapping[str, str]) -> None:
    axes.set_xlim(0, 100)
    axes.set_ylim(tall, 0)
    axes.set_yticks([])
    axes.set_xticks([0, 25, 50, 75, 100], ["0", "25", "50", "75", "100%"])
    axes.spines[["left", "right", "top"]].set_visible(False)
    axes.set_xlabel(texts["axis"], fontsize=9, color=SOFT)
    for x in (25, 50, 75):
        axes.axvline(x, color=LINE, linewidth=0.6, zorder=0)


def _row(axes: Axes, row: object, label: str, y: float, texts: Mapping[str, str]) -> None:
    now, then, n, their_n = (getattr(row, key) for key in ("now", "then", "n", "their_n"))
    side = axes.get_yaxis_transform()
    axes.plot([100 * then, 100 * now], [y, y], color=SOFT, linewidth=1.8, zorder=1, solid_capstyle="butt")
    axes.plot(
        [100 * then], [y], "o", color=BROWN, markerfacecolor="white", markersize=8, markeredgewidth=1.6, clip_on=False
    )
    axes.plot([100 * now], [y], "D", color=TEAL, markersize=6.5, clip_on=False)
    axes.text(-0.04, y, label, transform=side, ha="right", va="center", color=INK)
    digits = numbers.digits_for(min(n, their_n))
    low, high = (numbers.signed(getattr(row, key), digits) for key in ("low", "high"))
    shown = f"{numbers.signed(row.difference, digits)} [{low}{texts['to']}{high}]"  # type: ignore[attr-defined]
    axes.text(1.06, y, shown, transform=side, ha="left", va="center", fontsize=8.5, color=INK)


def _legend(figure: Figure, texts: Mapping[str, str], height: float) -> None:
    """Name the two marks above the plot, and the column of differences above it."""
    line = figure.add_axes((0, (height - 0.36) / height, 1, 0.2 / height))
    line.set_axis_off()
    line.set_xlim(0, WIDTH)
    line.set_ylim(0, 1)
    x = LEFT + 0.08
    for key, shape, color, fill in (("then", "o", BROWN, "white"), ("now", "D", TEAL, TEAL)):
        line.plot([x], [0.5], shape, color=color, markerfacecolor=fill, markersize=7, markeredgewidth=1.6)
        line.text(x + 0.14, 0.5, texts[key], va="center", fontsize=9.5, color=INK)
        x += 0.14 + width_of(texts[key], 9.5) + 0.3
    right = WIDTH - RIGHT + 0.06 * (WIDTH - LEFT - RIGHT)
    line.text(right, 0.5, wrap(texts["difference"], RIGHT - 0.25, 8.5), va="center", fontsize=8.5, color=SOFT)
