"""A legend above a plot: swatches with their words in a row, broken into lines by measured width."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from matplotlib.patches import Rectangle

from reports.figures.canvas import INK, SOFT
from reports.figures.wrapping import width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.figure import Figure

SWATCH, GAP, BETWEEN, LINE_TALL, SIZE = 0.2, 0.08, 0.26, 0.24, 9.0


class Entry(NamedTuple):
    """One swatch of a legend with its word; without a fill it is white, `hatch` as in matplotlib."""

    word: str
    fill: str
    hatch: str | None = None


def lines_of(entries: Sequence[Entry], inches: float) -> list[list[Entry]]:
    """Return the entries in lines that are at most `inches` wide."""
    lines: list[list[Entry]] = [[]]
    used = 0.0
    for entry in entries:
        wide = SWATCH + GAP + width_of(entry.word, SIZE) + BETWEEN
        if lines[-1] and used + wide - BETWEEN > inches:
            lines.append([])
            used = 0.0
        lines[-1].append(entry)
        used += wide
    return lines


def height_of(entries: Sequence[Entry], inches: float) -> float:
    """Return how tall the legend is."""
    return len(lines_of(entries, inches)) * LINE_TALL


def draw_legend(figure: Figure, entries: Sequence[Entry], *, left: float, top: float, inches: float) -> None:
    """Draw the legend, its left upper corner `left` and `top` inches from that of the figure."""
    width, height = figure.get_size_inches()
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    for line, entries_of_line in enumerate(lines_of(entries, inches)):
        x, y = left, top + (line + 0.5) * LINE_TALL
        for entry in entries_of_line:
            axes.add_patch(
                Rectangle(
                    (x, y - 0.07),
                    SWATCH,
                    0.14,
                    facecolor=entry.fill,
                    edgecolor=SOFT,
                    linewidth=0.7,
                    hatch=entry.hatch,
                )
            )
            axes.text(x + SWATCH + GAP, y, entry.word, va="center", fontsize=SIZE, color=INK)
            x += SWATCH + GAP + width_of(entry.word, SIZE) + BETWEEN
