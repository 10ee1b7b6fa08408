"""All definitions by their points and by how much of what people said they give, with the best and the proposals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib
import numpy as np
import pandas as pd

from reports.figures.canvas import BROWN, INK, LINE, SOFT, TEAL, canvas, style

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.figure import Figure

    from consensus.proposals.atlas_reading import AtlasReading

COLUMNS = ["points", "percent", "definitions", "best"]
WIDTH, HEIGHT = 8.2, 4.0


def atlas_data(found: AtlasReading) -> pd.DataFrame:
    """Return one row a sum of points and whole percent: how many definitions, and whether it is the best of its sum."""
    frame = pd.DataFrame(found.clouds, columns=COLUMNS[:3])
    frame["best"] = frame["percent"] == frame.groupby("points")["percent"].transform("max")
    return frame


def draw_atlas(data: pd.DataFrame, marks: Sequence[tuple[int, float, str]], texts: Mapping[str, str]) -> Figure:
    """Draw the rows of `atlas_data`; `marks` are proposals (points, percent, name), `texts` the words of both axes."""
    with matplotlib.rc_context(style()):
        figure = canvas(WIDTH, HEIGHT)
        axes = figure.add_axes((0.09, 0.14, 0.88, 0.82))
        sizes = 6 + 14 * np.log10(data["definitions"].to_numpy(dtype=float) + 1)
        axes.scatter(data["points"], data["percent"], s=sizes, color=LINE, edgecolor=SOFT, linewidth=0.3)
        best = data[data["best"]].sort_values("points")
        axes.plot(best["points"], best["percent"], color=TEAL, marker="o", markersize=5, linewidth=1.4)
        placed: dict[tuple[int, float], list[str]] = {}
        for points, percent, name in marks:
            placed.setdefault((points, round(percent, 3)), []).append(name)
        for (points, percent), names in placed.items():
            axes.plot([points], [percent], color=BROWN, marker="D", markersize=8, linestyle="none")
            axes.annotate(
                ", ".join(names), (points, percent), (9, 5), "data", "offset points", color=BROWN, fontweight="bold"
            )
        axes.spines[["right", "top"]].set_visible(False)
        axes.set_xlabel(texts["points"], fontsize=9, color=SOFT)
        axes.set_ylabel(texts["given"], fontsize=9, color=SOFT)
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:g}%")
        axes.tick_params(labelcolor=INK)
    return figure
