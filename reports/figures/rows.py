"""A figure of labeled rows: labels wrapped at the left of one plot, each row as tall as its label needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.figures.canvas import INK, LINE, SOFT, canvas
from reports.figures.wrapping import wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH = 8.2
LINE_HEIGHT = 0.175
MOST_ROWS = 30


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Rows:
    """A figure with one plot whose y axis is inches downward; `centers` are the middles of the rows."""

    figure: Figure
    axes: Axes
    centers: tuple[float, ...]
    tall: float
    height: float
    left: float
    right: float

    @property
    def inches(self) -> float:
        """How wide the plot is."""
        return WIDTH - self.left - self.right


def rows(
    labels: Sequence[str],
    *,
    left: float = 2.9,
    right: float = 0.35,
    top: float = 0.5,
    bottom: float = 0.62,
    gap: float = 0.2,
    least: int = 1,
    soft: Sequence[bool] = (),
    size: float = 10.0,
) -> Rows:
    """Return an empty plot with a row a label, at least `least` lines tall; `soft` marks lesser labels."""
    wrapped = [wrap(label, left - 0.3, size) for label in labels]
    heights = [max(least, text.count("\n") + 1) * LINE_HEIGHT * size / 10 + gap for text in wrapped]
    tall = sum(heights) or gap
    height = top + tall + bottom
    figure = canvas(WIDTH, height)
    axes = figure.add_axes((left / WIDTH, bottom / height, (WIDTH - left - right) / WIDTH, tall / height))
    axes.set_ylim(tall, 0)
    axes.set_yticks([])
    axes.spines[["left", "right", "top"]].set_visible(False)
    centers = tuple(sum(heights[:at]) + own / 2 for at, own in enumerate(heights))
    aside = -0.12 / (WIDTH - left - right)
    for at, (text, y) in enumerate(zip(wrapped, centers, strict=True)):
        color = SOFT if at < len(soft) and soft[at] else INK
        axes.text(
            aside, y, text, transform=axes.get_yaxis_transform(), ha="right", va="center", color=color, fontsize=size
        )
    return Rows(figure=figure, axes=axes, centers=centers, tall=tall, height=height, left=left, right=right)


def percent_axis(axes: Axes, label: str, *, low: int = 0, high: int = 100, step: int = 25) -> None:
    """Give a plot an axis in percent, the last tick with the sign, and thin lines at the ticks between."""
    ticks = list(range(low, high + 1, step))
    axes.set_xlim(low, high)
    axes.set_xticks(ticks, [f"{abs(t)}%" if t == high else f"{abs(t)}" for t in ticks])
    axes.set_xlabel(label, fontsize=9, color=SOFT)
    for x in ticks[1:-1]:
        axes.axvline(x, color=LINE, linewidth=0.6, zorder=0)


def pages(names: Sequence[str], most: int = MOST_ROWS) -> list[list[str]]:
    """Return the names in parts of at most `most` rows, as even as they can be, so that each part fits a page."""
    parts = max(1, -(-len(names) // most))
    each = -(-len(names) // parts) if names else 0
    return [list(names[at : at + each]) for at in range(0, len(names), each or 1)]
