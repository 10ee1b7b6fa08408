"""Which definition asks for which finding, and how often: a matrix with the form in words in each cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib
import pandas as pd
from matplotlib.patches import FancyBboxPatch

from consensus.definitions.definition import AllOf, AtLeast, ByIntent, Consecutive, Points, Within
from reports.figures.canvas import INK, LINE, PALE_BROWN, PALE_TEAL, SOFT, TEAL, canvas, style
from reports.figures.rows import WIDTH
from reports.figures.wrapping import wrap
from reports.frames import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from consensus.definitions.definition import Definition, Term

COLUMNS = ["definition", "branch", "combined", "finding", "form", "times", "days", "points", "proviso"]
LEFT, HEAD, FOOT, CELL_LINE = 2.35, 1.75, 0.5, 0.125
INKS = {"once": PALE_TEAL, "consecutive": "#b5d9d6", "within": PALE_BROWN}


def matrix_data(definitions: Sequence[Definition]) -> pd.DataFrame:
    """Return one row a term: definition, branch (of a choice, else empty), how terms are combined, finding and form.

    `combined` is any, all, a number (at least so many) or points; `form` is once, consecutive or within.
    """
    rows = [row for definition in definitions for row in _rows(definition)]
    return pd.DataFrame(rows, columns=COLUMNS).astype({"times": "Int64", "days": "Int64"})


def _rows(definition: Definition) -> Iterator[tuple[object, ...]]:
    logic = definition.logic
    branches = logic.branches if isinstance(logic, ByIntent) else (("", logic),)
    for name, branch in branches:
        combined = "any"
        if isinstance(branch, Points):
            combined = "points"
        elif isinstance(branch, AllOf) and len(branch.terms) > 1:
            combined = "all"
        elif isinstance(branch, AtLeast):
            combined = str(branch.number)
        for term in branch.terms:
            yield (definition.id, name, combined, *_form(term))


def _form(term: Term) -> tuple[object, ...]:
    form = term.form
    return (
        form.finding,
        "within" if isinstance(form, Within) else "consecutive" if isinstance(form, Consecutive) else "once",
        getattr(form, "times", 1),
        getattr(form, "days", None),
        None if term.points is None else float(term.points),
        bool(getattr(form, "proviso", ())),
    )


def draw_matrix(
    data: pd.DataFrame, columns: Mapping[tuple[str, str], str], findings: Mapping[str, str], cells: Sequence[str],
    feet: Mapping[tuple[str, str], str],
) -> Figure:  # fmt: skip
    """Draw the rows of `matrix_data`.

    `columns` has a title for each (definition, branch), `findings` labels in their order, `cells` the words of each
    row of `data`, `feet` how each column's terms are combined.
    """
    wide = min((WIDTH - LEFT - 0.1) / max(len(columns), 1), 1.3)
    wrapped = [wrap(label, LEFT - 0.2, 9.5) for label in findings.values()]
    half = min(wide * 0.46, 0.42)
    inside = ["\n".join(wrap(line, 2 * half - 0.02, 7.5) for line in words.split("\n")) for words in cells]
    lines = dict.fromkeys(findings, 1)
    for row, text in zip(rows_of(data), inside, strict=True):
        lines[row.finding] = max(lines[row.finding], text.count("\n") + 1)
    boxes = {name: max(2, number) * CELL_LINE + 0.12 for name, number in lines.items()}
    heights = [
        max(boxes[name] + 0.08, (text.count("\n") + 1) * 0.165 + 0.14)
        for name, text in zip(findings, wrapped, strict=True)
    ]
    tall = sum(heights)
    height = HEAD + tall + FOOT
    centers = {name: sum(heights[:at]) + heights[at] / 2 for at, name in enumerate(findings)}
    with matplotlib.rc_context(style()):
        figure = canvas(WIDTH, height)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_xlim(0, WIDTH)
        axes.set_ylim(height, 0)
        axes.set_axis_off()
        middles = {key: LEFT + wide * (at + 0.5) for at, key in enumerate(columns)}
        for text, name in zip(wrapped, findings, strict=True):
            y = HEAD + centers[name]
            axes.text(LEFT - 0.12, y, text, ha="right", va="center", fontsize=9.5, color=INK)
            axes.plot([LEFT, LEFT + wide * len(columns)], [y, y], color=LINE, linewidth=0.7, zorder=0)
        _heads(axes, columns, feet, middles, wide, tall)
        for row, text in zip(rows_of(data), inside, strict=True):
            place = middles[row.definition, row.branch], HEAD + centers[row.finding]
            _cell(axes, place, (half, boxes[row.finding] / 2), row.form, text)
    return figure


def _heads(
    axes: Axes, columns: Mapping[tuple[str, str], str], feet: Mapping[tuple[str, str], str],
    middles: Mapping[tuple[str, str], float], wide: float, tall: float,
) -> None:  # fmt: skip
    for key, title in columns.items():
        x = middles[key]
        axes.plot([x, x], [HEAD, HEAD + tall], color=LINE, linewidth=0.7, zorder=0)
        lines = wrap(title, HEAD - 0.15, 8.5)
        axes.text(
            x, HEAD - 0.08, lines, rotation=90, ha="center", va="bottom", fontsize=8.5, color=INK, linespacing=1.1
        )
        foot = wrap(feet[key], wide - 0.04, 8)
        axes.text(x, HEAD + tall + 0.07, foot, ha="center", va="top", fontsize=8, color=SOFT, linespacing=1.05)


def _cell(axes: Axes, place: tuple[float, float], half: tuple[float, float], form: str, text: str) -> None:
    """Draw one cell around `place`, `half` as wide and tall, with its words in it."""
    (x, y), (wide, tall) = place, half
    shape = FancyBboxPatch(
        (x - wide + 0.04, y - tall + 0.04), 2 * wide - 0.08, 2 * tall - 0.08,
        boxstyle="round,pad=0.04,rounding_size=0.07", facecolor=INKS[form], edgecolor=TEAL, linewidth=1.0, zorder=2,
    )  # fmt: skip
    axes.add_patch(shape)
    axes.text(x, y, text, ha="center", va="center", fontsize=7.5, color=INK, zorder=3, linespacing=1.0)
