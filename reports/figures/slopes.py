"""Shares of agreement from round to round: one line a statement, broken where its words changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib
import pandas as pd

from reports.figures.apart import apart
from reports.figures.canvas import INK, LINE, SOFT, TEAL, canvas, style
from reports.frames import rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.figure import Figure

COLUMNS = ["item", "round", "share", "n", "verdict", "segment"]
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 8.2, 4.6, 0.75, 1.1, 0.25, 0.6
GAP = 3.4


def slopes_data(rows: Sequence[tuple[str, int, float, int, str, int]]) -> pd.DataFrame:
    """Return one row a statement and round: share of agreement (0 to 1), n, verdict, and which run of same words."""
    return pd.DataFrame(list(rows), columns=COLUMNS)


def draw_slopes(data: pd.DataFrame, texts: Mapping[str, str]) -> Figure:
    """Draw the rows of `slopes_data`; `texts` has the words `axis` and, by `round-N`, the names of the rounds."""
    rounds = sorted(set(data["round"]))
    with matplotlib.rc_context(style()):
        figure = canvas(WIDTH, HEIGHT)
        box = (LEFT / WIDTH, BOTTOM / HEIGHT, (WIDTH - LEFT - RIGHT) / WIDTH, (HEIGHT - TOP - BOTTOM) / HEIGHT)
        axes = figure.add_axes(box)
        axes.set_xlim(-0.15, len(rounds) - 0.85)
        axes.set_ylim(0, 104)
        axes.set_xticks(range(len(rounds)), [texts[f"round-{number}"] for number in rounds])
        axes.set_yticks([0, 25, 50, 75, 100], ["0", "25", "50", "75", "100%"])
        axes.set_ylabel(texts["axis"], fontsize=9, color=SOFT)
        axes.spines[["right", "top"]].set_visible(False)
        axes.grid(axis="y", color=LINE, linewidth=0.6)
        axes.set_axisbelow(True)
        ends: list[tuple[float, float, str, str]] = []
        for (item, _), part in data.groupby(["item", "segment"], sort=False):
            last = list(rows_of(part))[-1]
            settled = last.verdict in ("in", "out")
            color = TEAL if settled else SOFT
            x, y = [rounds.index(number) for number in part["round"]], [100 * share for share in part["share"]]
            axes.plot(x, y, "-", color=color, linewidth=1.4, alpha=0.85)
            axes.plot(x, y, "o", color=color, markerfacecolor=color if settled else "white", markersize=5)
            ends.append((x[-1], y[-1], str(item), color))
        for at, height, text, color in _spread(ends):
            axes.annotate(
                text, (at, height), (6, 0), textcoords="offset points", va="center", fontsize=7.5,
                color=color if color != SOFT else INK, annotation_clip=False,
            )  # fmt: skip
    return figure


def _spread(ends: list[tuple[float, float, str, str]]) -> list[tuple[float, float, str, str]]:
    """Return labels at the ends of lines, moved up or down where they would lie on each other."""
    made: list[tuple[float, float, str, str]] = []
    for at in sorted({end[0] for end in ends}):
        here = [end for end in ends if end[0] == at]
        places = apart([end[1] for end in here], [GAP] * len(here), -GAP, 100 + GAP)
        made += [(at, place, text, color) for place, (_, _, text, color) in zip(places, here, strict=True)]
    return made
