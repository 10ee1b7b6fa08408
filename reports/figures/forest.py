"""How far each criterion is supported: shares with intervals against the rule's line, one row a coding."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib
import pandas as pd

from reports import numbers
from reports.figures.canvas import BROWN, INK, LINE, PALE_BROWN, PALE_TEAL, SOFT, TEAL, canvas, style, wrap
from reports.figures.rows import MOST_ROWS
from reports.frames import rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from consensus.agreement.agree import Agreement

COLUMNS = ["criterion", "coding", "count", "n", "value", "low", "high", "outcome", "main", "bound"]
WIDTH, LEFT, RIGHT, TOP, BOTTOM = 8.2, 2.6, 2.75, 0.42, 0.62
LINE_HEIGHT, ROW_GAP = 0.175, 0.19
MARKS = {"in": ("D", TEAL), "out": ("X", BROWN), "no consensus": ("o", INK)}


def forest_data(agreement: Agreement) -> pd.DataFrame:
    """Return one row a criterion and coding, the study's own coding first: columns of `COLUMNS`, shares 0 to 1."""
    rows: list[dict[str, object]] = []
    for measurement in agreement.measurements:
        estimate, coding = measurement.estimate, measurement.coding
        if measurement.measure != "endorsement" or measurement.criterion is None or estimate.value is None:
            continue
        if not measurement.plain:
            continue
        rows.append(
            {
                "criterion": measurement.criterion,
                "coding": coding or "",
                "count": measurement.count,
                "n": estimate.n,
                "value": estimate.value,
                "low": estimate.low,
                "high": estimate.high,
                "outcome": agreement.verdict(measurement.criterion, coding).outcome,
                "main": coding in (None, agreement.equivocal),
                "bound": agreement.instrument.question(measurement.question).evidence == "bound",
            }
        )
    order = {name: at for at, name in reversed(list(enumerate(str(r["criterion"]) for r in rows)))}
    rows.sort(key=lambda r: (order[str(r["criterion"])], not r["main"]))
    return pd.DataFrame(rows, columns=COLUMNS)


def forest_parts(data: pd.DataFrame, most: int = MOST_ROWS) -> list[pd.DataFrame]:
    """Return the rows in parts of at most `most`, as even as they can be; no criterion is parted from its codings."""
    sizes = data.groupby("criterion", sort=False).size()
    parts = max(1, -(-len(data) // most))
    while True:
        found, each = list[list[str]](), len(data) / parts
        rows = 0
        for criterion, size in sizes.items():
            if not found or (rows + size / 2 > each * len(found) and len(found) < parts):
                found.append([])
            found[-1].append(str(criterion))
            rows += int(size)
        if parts >= len(sizes) or all(sizes[part].sum() <= most for part in found):
            return [data[data["criterion"].isin(part)].reset_index(drop=True) for part in found]
        parts += 1


def draw_forest(
    data: pd.DataFrame, labels: Mapping[tuple[str, str], str], texts: Mapping[str, str], threshold: float | None
) -> Figure:
    """Draw the rows of `forest_data`.

    `labels` has a label for each criterion and coding; `texts` `axis`, `accepted`, `rejected`, `bound`, the outcomes.
    """
    wrapped = [wrap(labels[(r.criterion, r.coding)], LEFT - 0.35) for r in rows_of(data)]
    heights = [max(1, text.count("\n") + 1) * LINE_HEIGHT + ROW_GAP for text in wrapped]
    height = TOP + sum(heights) + BOTTOM
    with matplotlib.rc_context(style()):
        figure = canvas(WIDTH, height)
        plot = (WIDTH - LEFT - RIGHT) / WIDTH
        axes = figure.add_axes((LEFT / WIDTH, BOTTOM / height, plot, sum(heights) / height))
        _frame(axes, sum(heights), texts, threshold)
        at = 0.0
        for row, text, tall in zip(rows_of(data), wrapped, heights, strict=True):
            _row(axes, row, text, at + tall / 2, texts)
            at += tall
    return figure


def _frame(axes: Axes, tall: float, texts: Mapping[str, str], threshold: float | None) -> None:
    axes.set_xlim(0, 100)
    axes.set_ylim(tall, 0)
    axes.set_yticks([])
    axes.set_xticks([0, 25, 50, 75, 100], ["0", "25", "50", "75", "100%"])
    axes.spines[["left", "right", "top"]].set_visible(False)
    axes.set_xlabel(wrap(texts["axis"], 3.2), fontsize=9, color=SOFT)
    for x in (25, 50, 75):
        axes.axvline(x, color=LINE, linewidth=0.6, zorder=0)
    if threshold is None:
        return
    line = threshold * 100
    for low, high, color, word in ((line, 100, PALE_TEAL, "accepted"), (0, 100 - line, PALE_BROWN, "rejected")):
        axes.axvspan(low, high, color=color, linewidth=0, zorder=-1)
        room = (high - low) / 100 * (WIDTH - LEFT - RIGHT)
        label = wrap(texts[word], max(room, 0.85), 8.5)
        axes.annotate(
            label,
            ((low + high) / 2, 0),
            (0, 5),
            "data",
            textcoords="offset points",
            ha="center",
            fontsize=8.5,
            color=SOFT,
        )
    axes.axvline(line, color=TEAL, linewidth=1.4, linestyle=(0, (5, 3)))
    axes.axvline(100 - line, color=BROWN, linewidth=1.4, linestyle=(0, (5, 3)))


def _row(axes: Axes, row: object, label: str, y: float, texts: Mapping[str, str]) -> None:
    value, low, high = (getattr(row, k) for k in ("value", "low", "high"))
    outcome, main, n = (getattr(row, k) for k in ("outcome", "main", "n"))
    shape, color = MARKS.get(outcome, ("o", INK))
    if pd.notna(low) and pd.notna(high):
        axes.plot([low * 100, high * 100], [y, y], color=color, linewidth=1.6 if main else 1.0, solid_capstyle="butt")
    fill = color if main else "white"
    axes.plot(
        [value * 100], [y], shape, color=color, markerfacecolor=fill, markersize=7.5 if main else 6, clip_on=False
    )
    weight = "bold" if main else "normal"
    axes.text(
        -0.06, y, label, transform=axes.get_yaxis_transform(), ha="right", va="center", color=INK if main else SOFT
    )
    share = (
        f"{texts['bound']} {numbers.percent(value, n)}" if getattr(row, "bound", False) else numbers.percent(value, n)
    )
    shown = f"{share} · {texts[outcome]}"
    axes.text(
        1.05,
        y,
        shown,
        transform=axes.get_yaxis_transform(),
        ha="left",
        va="center",
        fontsize=8.5,
        color=color,
        fontweight=weight,
    )
