"""How many patients each definition calls met, unknown and not met: stacked bars with their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib
import pandas as pd

from reports import numbers
from reports.figures.canvas import GRAY, INK, SOFT, TEAL, canvas, style, width_of, wrap
from reports.frames import rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.figure import Figure

    from consensus.scoring.score import Scores

COLUMNS = ["definition", "met", "unknown", "not_met"]
WIDTH, LEFT, RIGHT, TOP, BOTTOM = 8.2, 2.9, 0.35, 0.5, 0.62
LINE_HEIGHT, ROW_GAP = 0.175, 0.24
FILLS = {"met": (TEAL, "white", None), "unknown": ("white", INK, "///"), "not_met": (GRAY, INK, None)}


def patients_data(scores: Scores) -> pd.DataFrame:
    """Return one row a definition, in the order in which they were scored: patients met, unknown, not_met."""
    frame: pd.DataFrame = scores.counts()
    return frame.loc[:, COLUMNS].reset_index(drop=True)


def draw_patients(data: pd.DataFrame, labels: Mapping[str, str], texts: Mapping[str, str]) -> Figure:
    """Draw the rows of `patients_data`; `texts` has the words `axis`, `met`, `unknown`, `not_met`."""
    wrapped = [wrap(labels[name], LEFT - 0.35) for name in data["definition"]]
    heights = [max(2, text.count("\n") + 1) * LINE_HEIGHT + ROW_GAP for text in wrapped]
    height = TOP + sum(heights) + BOTTOM
    total = float(data[["met", "unknown", "not_met"]].sum(axis=1).max()) or 1.0
    inches = WIDTH - LEFT - RIGHT
    with matplotlib.rc_context(style()):
        figure = canvas(WIDTH, height)
        axes = figure.add_axes((LEFT / WIDTH, BOTTOM / height, inches / WIDTH, sum(heights) / height))
        axes.set_xlim(0, total)
        axes.set_ylim(sum(heights), 0)
        axes.set_yticks([])
        axes.spines[["right", "top"]].set_visible(False)
        axes.set_xlabel(texts["axis"], fontsize=9, color=SOFT)
        at = 0.0
        for row, text, tall in zip(rows_of(data), wrapped, heights, strict=True):
            axes.text(
                -0.02, at + tall / 2, text, transform=axes.get_yaxis_transform(), ha="right", va="center", color=INK
            )
            left = 0.0
            for verdict, (fill, ink, hatch) in FILLS.items():
                number = float(getattr(row, verdict))
                axes.barh(
                    at + tall / 2, number, 0.34, left=left, color=fill, edgecolor=SOFT, linewidth=0.7, hatch=hatch
                )
                if number and number / total * inches > width_of(numbers.count(number), 9.5) + 0.1:
                    box = {"facecolor": "white", "edgecolor": "none", "pad": 1.2} if hatch else None
                    axes.text(
                        left + number / 2,
                        at + tall / 2,
                        numbers.count(number),
                        ha="center",
                        va="center",
                        fontsize=9.5,
                        color=ink,
                        bbox=box,
                    )
                left += number
            at += tall
        _legend(figure, texts, height)
    return figure


def _legend(figure: Figure, texts: Mapping[str, str], height: float) -> None:
    x = LEFT
    for verdict, (fill, _, hatch) in FILLS.items():
        box = (x / WIDTH, (height - 0.34) / height, 0.2 / WIDTH, 0.15 / height)
        patch = figure.add_axes(box)
        patch.set_xticks([])
        patch.set_yticks([])
        patch.set_facecolor(fill)
        patch.patch.set_hatch(hatch or "")
        for spine in patch.spines.values():
            spine.set_edgecolor(SOFT)
        figure.text((x + 0.28) / WIDTH, (height - 0.265) / height, texts[verdict], va="center", fontsize=9.5)
        x += 0.28 + width_of(texts[verdict], 9.5) + 0.3
