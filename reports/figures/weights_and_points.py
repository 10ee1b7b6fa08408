"""What each term of a definition with points weighs, against the cut-off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib
import pandas as pd

from reports import numbers
from reports.figures.canvas import BROWN, INK, SOFT, TEAL, canvas, style, width_of, wrap
from reports.frames import rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.figure import Figure

    from consensus.definitions.definition import Definition

COLUMNS = ["term", "points", "kind", "sufficient"]
WIDTH, LEFT, RIGHT, TOP, BOTTOM = 8.2, 2.9, 0.75, 0.5, 0.62
LINE_HEIGHT, ROW_GAP = 0.175, 0.22


def weights_data(definition: Definition) -> pd.DataFrame:
    """Return one row a term, heaviest first: points, the kind of the votes behind it, whether it suffices alone."""
    cut = numbers.exact(definition.logic.failure_at)  # type: ignore[union-attr]
    rows: list[tuple[str, float, str | None, bool]] = [
        (
            term.id,
            float(term.points or 0),
            term.votes.kind if term.votes else None,
            numbers.exact(term.points or 0) >= cut,
        )
        for term in definition.terms
    ]
    rows.sort(key=lambda row: row[1], reverse=True)
    return pd.DataFrame(rows, columns=COLUMNS)


def draw_weights(data: pd.DataFrame, cut: float, labels: Mapping[str, str], texts: Mapping[str, str]) -> Figure:
    """Draw the rows of `weights_data`; `texts` has the words `axis`, `cut` and `bound`; upper bounds are hatched."""
    wrapped = [wrap(labels[term], LEFT - 0.35) for term in data["term"]]
    heights = [max(2, text.count("\n") + 1) * LINE_HEIGHT + ROW_GAP for text in wrapped]
    height = TOP + sum(heights) + BOTTOM
    longest = max(float(data["points"].max()), cut)
    with matplotlib.rc_context(style()):
        figure = canvas(WIDTH, height)
        axes = figure.add_axes((LEFT / WIDTH, BOTTOM / height, (WIDTH - LEFT - RIGHT) / WIDTH, sum(heights) / height))
        axes.set_xlim(0, longest * 1.12)
        axes.set_ylim(sum(heights), 0)
        axes.set_yticks([])
        axes.spines[["right", "top"]].set_visible(False)
        axes.set_xlabel(texts["axis"], fontsize=9, color=SOFT)
        at = 0.0
        for row, text, tall in zip(rows_of(data), wrapped, heights, strict=True):
            y, bound = at + tall / 2, row.kind == "bound"
            color = TEAL if row.sufficient else "#8aa4ae"
            axes.barh(
                y, row.points, 0.26, color="white" if bound else color, edgecolor=color if not bound else SOFT,
                hatch="////" if bound else None,
            )  # fmt: skip
            axes.text(-0.02, y, text, transform=axes.get_yaxis_transform(), ha="right", va="center", color=INK)
            shown = numbers.points(row.points)
            shown = f"{texts['bound']} {shown}" if bound else shown
            axes.text(row.points + longest * 0.015, y, shown, va="center", fontsize=9.5, color=INK)
            at += tall
        axes.axvline(cut, color=BROWN, linewidth=1.6, linestyle=(0, (5, 3)))
        over = width_of(texts["cut"], 9) / 2 > RIGHT
        axes.annotate(
            texts["cut"],
            (cut, 0),
            (0, 6),
            "data",
            textcoords="offset points",
            ha="right" if over else "center",
            fontsize=9,
            color=BROWN,
        )
    return figure
