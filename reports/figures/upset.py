"""Combinations of several sets at once: how many belong to exactly these, as bars over a matrix of dots."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib
import pandas as pd

from consensus.combinations import COMMONEST
from reports import numbers
from reports.figures.canvas import GRAY, INK, LINE, SOFT, TEAL, canvas, style
from reports.figures.rows import WIDTH
from reports.figures.wrapping import width_of, wrap
from reports.frames import rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from consensus.combinations import Combinations

COLUMNS = ["members", "count", "share"]
LEFT, SIZES, BARS, TOP, BOTTOM, LINE_HEIGHT, GAP = 2.5, 1.25, 1.35, 0.3, 0.45, 0.165, 0.13


def upset_data(found: Combinations, *, most: int = COMMONEST) -> pd.DataFrame:
    """Return one row a combination, commonest first, at most `most`: members, count, share of all.

    `attrs` has `total` (all people or patients), `left_out` (how many have a rarer combination) and `sizes` (how many
    belong to each name).
    """
    rows = [(one.members, one.count, one.count / found.total) for one in found.found[:most]]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    frame.attrs["total"] = found.total
    frame.attrs["left_out"] = found.rarer(most)
    frame.attrs["sizes"] = dict(found.sizes)
    return frame


def draw_upset(data: pd.DataFrame, labels: Mapping[str, str], texts: Mapping[str, str]) -> Figure:
    """Draw the rows of `upset_data`; `labels` name the sets; `texts` has the words `count` and `sizes`."""
    names = sorted(labels, key=lambda name: -data.attrs["sizes"].get(name, 0))
    wrapped = [wrap(labels[name], LEFT - 0.25, 9.5) for name in names]
    heights = [(text.count("\n") + 1) * LINE_HEIGHT + GAP for text in wrapped]
    height = TOP + BARS + sum(heights) + BOTTOM
    centers = [sum(heights[:at]) + own / 2 for at, own in enumerate(heights)]
    left = LEFT + SIZES + 0.25
    plot = (WIDTH - left - 0.25) / WIDTH
    with matplotlib.rc_context(style()):
        figure = canvas(WIDTH, height)
        dots = figure.add_axes((left / WIDTH, BOTTOM / height, plot, sum(heights) / height))
        bars = figure.add_axes((left / WIDTH, (BOTTOM + sum(heights)) / height, plot, BARS / height))
        sizes = figure.add_axes((LEFT / WIDTH, BOTTOM / height, SIZES / WIDTH, sum(heights) / height))
        _bars(bars, data, texts["count"])
        _dots(dots, data, names, centers, sum(heights))
        _sizes(sizes, data, names, centers, sum(heights), texts["sizes"])
        for text, y in zip(wrapped, centers, strict=True):
            place = (LEFT - 0.1) / WIDTH, (BOTTOM + sum(heights) - y) / height
            figure.text(*place, text, ha="right", va="center", fontsize=9.5, color=INK)
    return figure


def _bars(axes: Axes, data: pd.DataFrame, label: str) -> None:
    tallest = max(data["count"].max(), 1)
    axes.set_xlim(-0.6, len(data) - 0.4)
    axes.set_ylim(0, tallest * 1.18)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.spines[["left", "right", "top"]].set_visible(False)
    for at, row in enumerate(rows_of(data.rename(columns={"count": "people"}))):
        axes.bar(at, row.people, 0.62, color=TEAL)
        axes.text(at, row.people + tallest * 0.025, numbers.count(row.people), ha="center", va="bottom", fontsize=8.5)
    axes.set_title(label, fontsize=9, color=SOFT, loc="left", pad=4)


def _dots(axes: Axes, data: pd.DataFrame, names: Sequence[str], centers: Sequence[float], tall: float) -> None:
    axes.set_xlim(-0.6, len(data) - 0.4)
    axes.set_ylim(tall, 0)
    axes.set_axis_off()
    place = dict(zip(names, centers, strict=True))
    for y in centers[::2]:
        axes.axhspan(y - 0.15, y + 0.15, color="#f1f5f6", linewidth=0, zorder=0)
    for at, row in enumerate(rows_of(data)):
        here = [place[name] for name in row.members]
        axes.plot([at] * len(centers), centers, "o", color=LINE, markersize=6, markeredgewidth=0, zorder=1)
        if here:
            axes.plot([at, at], [min(here), max(here)], color=INK, linewidth=1.6, zorder=2)
            axes.plot([at] * len(here), here, "o", color=INK, markersize=7.5, zorder=3)


def _sizes(
    axes: Axes, data: pd.DataFrame, names: Sequence[str], centers: Sequence[float], tall: float, label: str
) -> None:
    sizes: dict[str, int] = data.attrs["sizes"]
    longest = max(*sizes.values(), 1)
    room = width_of(numbers.count(longest), 8.5) / SIZES * longest
    axes.set_xlim(0, longest + room + 0.1 * longest)
    axes.set_ylim(tall, 0)
    axes.set_yticks([])
    axes.set_xticks([])
    axes.spines[["right", "top", "bottom"]].set_visible(False)
    for name, y in zip(names, centers, strict=True):
        axes.barh(y, sizes[name], 0.17, color=GRAY, edgecolor=SOFT, linewidth=0.6)
        axes.text(sizes[name] + longest * 0.03, y, numbers.count(sizes[name]), va="center", fontsize=8.5, color=INK)
    axes.set_xlabel(wrap(label, SIZES, 8.5), fontsize=8.5, color=SOFT, loc="left")
