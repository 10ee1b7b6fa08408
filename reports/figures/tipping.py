"""The tipping curve: support for a criterion as more and more of the equivocal answers lean to yes."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import matplotlib

from reports.figures.canvas import BROWN, INK, LINE, SOFT, TEAL, canvas, style, wrap

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from consensus.agreement.leaning import Leaning

WIDTH, HEIGHT = 8.2, 3.6
COLORS, DASHES = (TEAL, BROWN, INK, SOFT), ("-", "--", "-.", ":")


def draw_tipping(leanings: Sequence[Leaning], labels: Sequence[str], texts: Mapping[str, str]) -> Figure:
    """Draw a curve a criterion with the thresholds of acceptance and rejection.

    `texts` has `x`, `y`, `accepted` and `rejected`.
    """
    with matplotlib.rc_context(style()):
        figure = canvas(WIDTH, HEIGHT)
        axes = figure.add_axes((0.09, 0.16, 0.58, 0.76))
        threshold = float(leanings[0].threshold)
        _frame(axes, texts)
        for y, word in ((threshold, texts["accepted"]), (1 - threshold, texts["rejected"])):
            axes.axhline(100 * y, color=SOFT, linewidth=1.0, linestyle=(0, (4, 3)), zorder=0)
            axes.text(1.5, 100 * y + 1.5, word, fontsize=8.5, color=SOFT, va="bottom")
        ends = _apart([100 * one.curve[-1][1] for one in leanings])
        for at, (one, label, end) in enumerate(zip(leanings, labels, ends, strict=True)):
            color, dash = COLORS[at % len(COLORS)], DASHES[at % len(DASHES)]
            lean, support = [100 * point[0] for point in one.curve], [100 * point[1] for point in one.curve]
            axes.plot(lean, support, color=color, linestyle=dash, linewidth=2)
            axes.text(102, end, wrap(label, 2.4, 9), fontsize=9, color=color, va="center", clip_on=False)
    return figure


def _frame(axes: Axes, texts: Mapping[str, str]) -> None:
    axes.set_xlim(0, 100)
    axes.set_ylim(0, 100)
    ticks = [0, 25, 50, 75, 100]
    names = ["0", "25", "50", "75", "100%"]
    axes.set_xticks(ticks, names)
    axes.set_yticks(ticks, names)
    axes.spines[["right", "top"]].set_visible(False)
    axes.set_xlabel(texts["x"], fontsize=9, color=SOFT)
    axes.set_ylabel(texts["y"], fontsize=9, color=SOFT)
    axes.grid(color=LINE, linewidth=0.5)


def _apart(heights: list[float], gap: float = 13.0) -> list[float]:
    """Return where labels stand so that none lies on another, in the order of their curves' ends."""
    order = sorted(range(len(heights)), key=lambda i: heights[i])
    found = list(heights)
    for before, here in pairwise(order):
        found[here] = max(found[here], found[before] + gap)
    over = max(found, default=0.0) - 97
    return [h - max(over, 0) for h in found]
