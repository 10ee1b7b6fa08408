"""Who the respondents are: one bar an answer, grouped by question, with counts and shares beside the bars."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib
import pandas as pd

from reports import numbers
from reports.figures.canvas import GRAY, INK, SOFT, style
from reports.figures.rows import rows
from reports.frames import rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.figure import Figure

COLUMNS = ["question", "answer", "people", "n", "share"]
LEFT, RIGHT = 3.0, 1.35


def bars_data(counts: Mapping[str, Sequence[tuple[str, int]]], n: Mapping[str, int]) -> pd.DataFrame:
    """Return one row an answer: question, answer, people, n (of whom) and share; questions nobody answered left out."""
    found = [
        (question, answer, people, n[question], people / n[question])
        for question, answers in counts.items()
        if n[question]
        for answer, people in answers
    ]
    return pd.DataFrame(found, columns=COLUMNS)


def draw_bars(data: pd.DataFrame, labels: Sequence[str], heads: Mapping[str, str], texts: Mapping[str, str]) -> Figure:
    """Draw the rows of `bars_data` under `labels`; `heads` name the questions, `texts` has the word `axis`."""
    shown: list[tuple[str, object | None]] = []
    for label, row in zip(labels, rows_of(data), strict=True):
        if not shown or all(other is None or other.question != row.question for _, other in shown[-1:]):  # type: ignore[attr-defined]
            shown.append((heads[row.question], None))
        shown.append((label, row))
    with matplotlib.rc_context(style()):
        plot = rows(
            [label if row else "" for label, row in shown], left=LEFT, right=RIGHT, top=0.1, bottom=0.5, gap=0.09
        )
        axes = plot.axes
        longest = max(float(data["share"].max()) * 100, 1.0)
        axes.set_xlim(0, longest)
        axes.set_xlabel(texts["axis"], fontsize=9, color=SOFT)
        ticks = [t for t in axes.get_xticks() if t <= longest]
        axes.set_xticks(ticks, [f"{t:g}%" for t in ticks], fontsize=9)
        side = axes.get_yaxis_transform()
        for (label, row), y in zip(shown, plot.centers, strict=True):
            if row is None:
                aside = -(LEFT - 0.15) / plot.inches
                axes.text(aside, y, label, transform=side, ha="left", va="center", fontsize=9.5, fontweight="bold")
                continue
            share, people, n = row.share, row.people, row.n  # type: ignore[attr-defined]
            axes.barh(y, 100 * share, 0.15, color=GRAY, edgecolor=SOFT, linewidth=0.7)
            text = f"{numbers.count(people)} ({numbers.percent(share, n)})"
            axes.text(100 * share + longest * 0.012, y, text, va="center", fontsize=8.5, color=INK)
    return plot.figure
