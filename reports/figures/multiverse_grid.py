"""Verdicts of each statement under each rule: a grid with a sign in each cell, so that color is not needed."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING

import matplotlib
import pandas as pd

from reports.figures.canvas import (
    BROWN,
    GRAY,
    INK,
    LINE,
    PALE_BROWN,
    PALE_TEAL,
    SOFT,
    TEAL,
    canvas,
    style,
    width_of,
    wrap,
)
from reports.frames import rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.figure import Figure

    from consensus.rules.multiverse import Multiverse

COLUMNS = ["item", "rule", "outcome"]
NARROW, BROAD, BOTTOM, CELL, LINE_HEIGHT = 1.15, 2.6, 0.45, 0.27, 0.16
TURN, NAME = 55, 8.0  # names of rules stand slanted, so far turned and so large
SHORT, SLANTED = 8, 0.95  # names of rules lean out of the plot to the right
WIDEST = 8.2
SIGNS = {
    "in": ("+", TEAL, PALE_TEAL),
    "out": ("−", BROWN, PALE_BROWN),
    "no consensus": ("·", SOFT, "white"),
    "uncertain": ("?", SOFT, GRAY),
    "too few": ("n", SOFT, GRAY),
}


def multiverse_data(found: Multiverse) -> pd.DataFrame:
    """Return one row a statement and rule: the verdict under the study's coding, the rule's own base and quantiles."""
    rows = [(item, rule, outcome) for item in found.items for rule, outcome in found.by_rule(item).items()]
    return pd.DataFrame(rows, columns=COLUMNS)


def draw_multiverse(data: pd.DataFrame, texts: Mapping[str, str], labels: Mapping[str, str] | None = None) -> Figure:
    """Draw the rows of `multiverse_data`; `texts` has the outcomes, and the name of the study's own rule as `own`.

    `labels` are what the statements are called where their ids say too little.
    """
    items, rules = list(dict.fromkeys(data["item"])), list(dict.fromkeys(data["rule"]))
    named = [(labels or {}).get(item, item) for item in items]
    left = NARROW if max(map(len, named), default=0) <= SHORT else BROAD
    named = [wrap(name, left - 0.2, 8.0) for name in named]
    tall = max(CELL, LINE_HEIGHT * max((name.count("\n") + 1 for name in named), default=1) + 0.06)
    wide = min(CELL, (WIDEST - left - SLANTED) / max(len(rules), 1))
    names = [texts["own"] if rule == "own" else rule for rule in rules]
    top = max(map(partial(width_of, size=NAME), names), default=0.0) * math.sin(math.radians(TURN)) + 0.22
    width, height = WIDEST, top + tall * len(items) + BOTTOM
    with matplotlib.rc_context(style()):
        figure = canvas(width, height)
        box = (left / width, BOTTOM / height, wide * len(rules) / width, tall * len(items) / height)
        axes = figure.add_axes(box)
        axes.set_xlim(0, len(rules))
        axes.set_ylim(len(items), 0)
        axes.set_yticks([at + 0.5 for at in range(len(items))], named, fontsize=8)
        axes.xaxis.tick_top()
        middles = [at + 0.5 for at in range(len(rules))]
        axes.set_xticks(middles, names, fontsize=NAME, rotation=TURN, ha="left", rotation_mode="anchor")
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)
        for row in rows_of(data):
            sign, ink, paper = SIGNS[row.outcome]
            x, y = rules.index(row.rule), items.index(row.item)
            axes.add_patch(
                matplotlib.patches.Rectangle(
                    (x, y), 1, 1, facecolor=paper, edgecolor=LINE, linewidth=0.6, clip_on=False
                )
            )
            axes.text(x + 0.5, y + 0.52, sign, ha="center", va="center", fontsize=9, color=ink, fontweight="bold")
        axes.axvline(1, color=INK, linewidth=1.2)
        key = "    ".join(
            f"{sign} {texts[word]}" for word, (sign, _, _) in SIGNS.items() if word in set(data["outcome"])
        )
        figure.text(left / width, 0.16 / height, key, fontsize=8.5, color=SOFT, va="center")
    return figure
