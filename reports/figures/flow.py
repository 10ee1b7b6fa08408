"""The way of respondents into the analysis: boxes downward for who is left, boxes aside for who left and why."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import matplotlib
import pandas as pd
from matplotlib.patches import FancyBboxPatch

from reports.figures.canvas import INK, PALE_BROWN, PALE_TEAL, SOFT, canvas, style
from reports.figures.rows import WIDTH
from reports.figures.wrapping import wrap

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from questionnaires.cleaning.cleaned import Flow

COLUMNS = ["step", "kind", "people", "of"]
LEFT, WIDE, ASIDE, SIDE_WIDE, LINE_HEIGHT, PAD, BETWEEN = 0.5, 3.1, 4.45, 3.35, 0.175, 0.24, 0.34
KEPT, GONE = "kept", "left out"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Box:
    x: float
    y: float
    wide: float
    tall: float
    text: str
    kind: str


def flow_data(flow: Flow) -> pd.DataFrame:
    """Return one row a box, downward: step, kind (kept or left out), people, and of how many.

    Steps are invited, not_returned, read, the reasons of those left out by name, corrected, not_eligible, analyzed;
    one that has nobody, or that the study doesn't have, is left out.
    """
    rows: list[tuple[str, str, int, int | None]] = []
    if flow.invited is not None:
        rows.append(("invited", KEPT, flow.invited, None))
        if flow.not_returned:
            rows.append(("not_returned", GONE, flow.not_returned, flow.invited))
    rows.append(("read", KEPT, flow.read, flow.invited))
    rows += [(f"excluded: {why}", GONE, people, flow.read) for why, people in flow.excluded]
    if flow.excluded:
        rows.append(("corrected", KEPT, flow.after_corrections, flow.read))
    if flow.not_eligible:
        rows.append(("not_eligible", GONE, flow.not_eligible, flow.after_corrections))
    rows.append(("analyzed", KEPT, flow.analyzed, flow.after_corrections))
    return pd.DataFrame(rows, columns=COLUMNS).astype({"of": "Int64"})


def draw_flow(data: pd.DataFrame, texts: Mapping[str, str]) -> Figure:
    """Draw the rows of `flow_data`; `texts` has the words of each step, its number included."""
    boxes, height = _placed(data, texts)
    with matplotlib.rc_context(style()):
        figure = canvas(WIDTH, height)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_xlim(0, WIDTH)
        axes.set_ylim(height, 0)
        axes.set_axis_off()
        _arrows(axes, boxes)
        for box in boxes:
            _draw(axes, box)
    return figure


def _placed(data: pd.DataFrame, texts: Mapping[str, str]) -> tuple[list[_Box], float]:
    """Return the boxes in inches: those who left stand aside, between the box before and the one after."""
    boxes: list[_Box] = []
    y = 0.15
    waiting: list[str] = []
    for step, kind in zip(data["step"], data["kind"], strict=True):
        if kind == GONE:
            waiting.append(texts[step])
            continue
        if waiting:
            text = "\n".join(wrap(line, SIDE_WIDE - 0.3, 9) for line in waiting)
            tall = (text.count("\n") + 1) * LINE_HEIGHT * 0.92 + PAD
            y += BETWEEN * 0.6
            boxes.append(_Box(x=ASIDE, y=y, wide=SIDE_WIDE, tall=tall, text=text, kind=GONE))
            y += tall + BETWEEN * 0.6
            waiting = []
        elif boxes:
            y += BETWEEN
        text = wrap(texts[step], WIDE - 0.3, 10)
        tall = (text.count("\n") + 1) * LINE_HEIGHT + PAD
        boxes.append(_Box(x=LEFT, y=y, wide=WIDE, tall=tall, text=text, kind=KEPT))
        y += tall
    return boxes, y + 0.15


def _arrows(axes: Axes, boxes: Sequence[_Box]) -> None:
    middle = LEFT + WIDE / 2
    kept = [box for box in boxes if box.kind == KEPT]
    head = {"arrowstyle": "-|>", "color": SOFT, "linewidth": 1.3, "shrinkA": 0, "shrinkB": 0}
    for before, after in pairwise(kept):
        axes.annotate("", (middle, after.y), (middle, before.y + before.tall), arrowprops=head)
    for box in boxes:
        if box.kind == GONE:
            y = box.y + box.tall / 2
            axes.annotate("", (box.x, y), (middle, y), arrowprops=head)


def _draw(axes: Axes, box: _Box) -> None:
    kept = box.kind == KEPT
    axes.add_patch(
        FancyBboxPatch(
            (box.x + 0.05, box.y + 0.05), box.wide - 0.1, box.tall - 0.1, boxstyle="round,pad=0.05,rounding_size=0.06",
            facecolor=PALE_TEAL if kept else PALE_BROWN, edgecolor=SOFT, linewidth=1.1,
            linestyle="-" if kept else (0, (4, 2)),
        )
    )  # fmt: skip
    size = 10 if kept else 9
    x = box.x + box.wide / 2 if kept else box.x + 0.15
    axes.text(x, box.y + box.tall / 2, box.text, ha="center" if kept else "left", va="center", fontsize=size, color=INK)
