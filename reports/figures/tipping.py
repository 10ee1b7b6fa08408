"""The tipping curve: support for a criterion as more and more of the equivocal answers lean to yes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib

from reports.figures.apart import apart
from reports.figures.canvas import BROWN, INK, LINE, SOFT, TEAL, canvas, style, wrap

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from consensus.agreement.leaning import Leaning

WIDTH, HEIGHT, TOP, BOTTOM = 8.2, 3.6, 0.28, 0.58
LEFT, PLOT, ROOM = 0.74, 4.76, 2.3  # inches of the margin, the plot and the labels beside it
LABEL, LINE_HEIGHT, GAP = 9.0, 0.155, 0.08
COLORS, DASHES = (TEAL, BROWN, INK, SOFT), ("-", "--", "-.", ":")


def draw_tipping(leanings: Sequence[Leaning], labels: Sequence[str], texts: Mapping[str, str]) -> Figure:
    """Draw a curve a criterion with the thresholds of acceptance and rejection.

    `texts` has `x`, `y`, `accepted` and `rejected`.
    """
    names = [wrap(label, ROOM, LABEL) for label in labels]
    heights = [(name.count("\n") + 1) * LINE_HEIGHT + GAP for name in names]
    tall = max(HEIGHT - TOP - BOTTOM, sum(heights))
    height = TOP + tall + BOTTOM
    with matplotlib.rc_context(style()):
        figure = canvas(WIDTH, height)
        axes = figure.add_axes((LEFT / WIDTH, BOTTOM / height, PLOT / WIDTH, tall / height))
        threshold = float(leanings[0].threshold)
        _frame(axes, texts)
        ends = [100 * one.curve[-1][1] for one in leanings]
        places = apart([end / 100 * tall for end in ends], heights, 0.0, tall)
        for at, (one, name, end, place) in enumerate(zip(leanings, names, ends, places, strict=True)):
            color, dash = COLORS[at % len(COLORS)], DASHES[at // len(COLORS) % len(DASHES)]
            lean, support = [100 * point[0] for point in one.curve], [100 * point[1] for point in one.curve]
            axes.plot(lean, support, color=color, linestyle=dash, linewidth=2)
            beside = 100 * place / tall
            axes.plot([100.6, 104.4], [end, beside], color=color, linewidth=0.7, clip_on=False)
            axes.text(105, beside, name, fontsize=LABEL, color=color, va="center", clip_on=False)
        for y, word in ((threshold, texts["accepted"]), (1 - threshold, texts["rejected"])):
            axes.axhline(100 * y, color=SOFT, linewidth=1.0, linestyle=(0, (4, 3)), zorder=0)
            paper = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}
            axes.text(1.2, 100 * y + 2.2, word, fontsize=8.5, color=SOFT, va="bottom", bbox=paper, zorder=5)
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
