"""Verdicts of each statement under each rule: a grid with a sign in each cell, so that color is not needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib
import pandas as pd

from reports.figures.canvas import BROWN, GRAY, INK, LINE, PALE_BROWN, PALE_TEAL, SOFT, TEAL, canvas, style
from reports.frames import rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.figure import Figure

    from consensus.rules.multiverse import Multiverse

COLUMNS = ["item", "rule", "outcome"]
LEFT, TOP, BOTTOM, CELL = 1.15, 1.6, 0.45, 0.27
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
    rows = [
        (u.item, u.choice.name, u.outcome)
        for u in found.universes
        if u.choice.base is None and u.choice.coding in (None, found.own.coding)
    ]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    return frame.drop_duplicates(["item", "rule"]).reset_index(drop=True)


def draw_multiverse(data: pd.DataFrame, texts: Mapping[str, str]) -> Figure:
    """Draw the rows of `multiverse_data`; `texts` has the outcomes, and the name of the study's own rule as `own`."""
    items, rules = list(dict.fromkeys(data["item"])), list(dict.fromkeys(data["rule"]))
    wide = min(CELL, (WIDEST - LEFT - 0.2) / max(len(rules), 1))
    width, height = WIDEST, TOP + CELL * len(items) + BOTTOM
    with matplotlib.rc_context(style()):
        figure = canvas(width, height)
        box = (LEFT / width, BOTTOM / height, wide * len(rules) / width, CELL * len(items) / height)
        axes = figure.add_axes(box)
        axes.set_xlim(0, len(rules))
        axes.set_ylim(len(items), 0)
        axes.set_yticks([at + 0.5 for at in range(len(items))], items, fontsize=8)
        axes.xaxis.tick_top()
        names = [texts["own"] if rule == "own" else rule for rule in rules]
        axes.set_xticks(
            [at + 0.5 for at in range(len(rules))], names, fontsize=7.5, rotation=55, ha="left", rotation_mode="anchor"
        )
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)
        for row in rows_of(data):
            sign, ink, paper = SIGNS[row.outcome]
            x, y = rules.index(row.rule), items.index(row.item)
            axes.add_patch(matplotlib.patches.Rectangle((x, y), 1, 1, facecolor=paper, edgecolor=LINE, linewidth=0.6))
            axes.text(x + 0.5, y + 0.52, sign, ha="center", va="center", fontsize=9, color=ink, fontweight="bold")
        axes.axvline(1, color=INK, linewidth=1.2)
        key = "    ".join(
            f"{sign} {texts[word]}" for word, (sign, _, _) in SIGNS.items() if word in set(data["outcome"])
        )
        figure.text(LEFT / width, 0.16 / height, key, fontsize=8.5, color=SOFT, va="center")
    return figure
