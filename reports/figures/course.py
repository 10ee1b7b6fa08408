"""One patient's course as a timeline: its sessions, what each said to each definition, and where that was met."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import matplotlib
import pandas as pd

from consensus.definitions.definition import AnyOf, ByIntent
from reports.figures.canvas import BROWN, INK, LINE, SOFT, TEAL, style
from reports.figures.legend import LINE_TALL
from reports.figures.rows import WIDTH, rows
from reports.figures.wrapping import width_of
from reports.frames import rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from consensus.definitions.definition import Term
    from consensus.definitions.logic import Truth
    from consensus.scoring.course import Course
    from consensus.scoring.trace import Trace

COLUMNS = ["definition", "session", "day", "told", "deciding", "verdict", "met_day"]
LEFT, RIGHT, BOTTOM = 2.75, 1.5, 0.55


@dataclass(frozen=True, kw_only=True, slots=True)
class Timeline:
    """What a timeline shows.

    `sessions` has one row a session (session, day, assessed: days of its assessments), `told` the rows of `COLUMNS`.
    """

    sessions: pd.DataFrame
    told: pd.DataFrame


def course_data(course: Course, traces: Sequence[Trace]) -> Timeline:
    """Return a course's sessions in days from the first, and what each definition saw at each session.

    A date of which only the month is known stands in the middle of the days that it can be.
    `told` is yes where a criterion's finding was there, no, or open. Of a definition that is met only the criterion
    that decided counts, and `deciding` marks the sessions that it needed, up to the one that met it.
    """
    start = course.sessions[0]
    sessions = [
        (
            s.number,
            start.days_to(s.date).middle if s is not start else 0,
            tuple(start.days_to(day).middle for day in (s.assessed, *(c.date for c in s.scans)) if day),
        )
        for s in course.sessions
    ]
    told = [row for trace in traces for row in _told(trace, [day for _, day, _ in sessions])]
    return Timeline(
        sessions=pd.DataFrame(sessions, columns=["session", "day", "assessed"]),
        told=pd.DataFrame(told, columns=COLUMNS).astype({"met_day": "Int64"}),
    )


def _told(trace: Trace, days: list[int]) -> list[tuple[object, ...]]:
    judged, met = trace.judged, trace.judged.verdict == "met"
    deciding = _deciding(trace) if met else []
    mine = [steps for term, steps in trace.steps if not deciding or term.id in {t.id for t, _ in deciding}]
    needed = {at for _, sessions in deciding for at in sessions}
    rows: list[tuple[object, ...]] = []
    for at, day in enumerate(days):
        steps = [own[at] for own in mine if at < len(own)]
        value = _any([step.finding for step in steps])
        told = "yes" if value else "open" if value is None else "no"
        number = steps[0].number if steps else at + 1
        last = trace.days.middle if met and trace.days is not None else None
        rows.append((trace.judge.definition.id, number, day, told, at in needed, judged.verdict, last))
    return rows


def _deciding(trace: Trace) -> list[tuple[Term, list[int]]]:
    """Return the terms that made a definition met, each with the sessions that it needed (numbered from 0)."""
    judged, found = trace.judged, []
    for term, steps in trace.steps:
        upto = [at for at, step in enumerate(steps) if step.number <= (judged.session_no or 0)]
        alone = isinstance(trace.judge.definition.logic, AnyOf | ByIntent)
        if upto and (term.id == judged.criterion if alone else steps[upto[-1]].value):
            yes = [at for at in upto if steps[at].finding]
            found.append((term, yes[-getattr(term.form, "times", 1) :]))
    return found


def _any(values: Sequence[Truth]) -> Truth:
    return True if True in values else None if None in values else False


def draw_course(
    data: Timeline, labels: Mapping[str, str], verdicts: Mapping[str, str], texts: Mapping[str, str]
) -> Figure:
    """Draw a timeline: `labels` name the definitions, `verdicts` say each one's verdict in words.

    `texts` has the words `sessions`, `axis`, `session`, `assessed`, `yes` (it decided), `other` (it did not), `no`,
    `open` and `met`.
    """
    names = list(dict.fromkeys(data.told["definition"]))
    last = max([*data.sessions["day"], *(day for days in data.sessions["assessed"] for day in days)], default=0)
    with matplotlib.rc_context(style()):
        plot = rows(
            [texts["sessions"], *(labels[name] for name in names)],
            left=LEFT, right=RIGHT, top=0.2 + 2 * LINE_TALL, bottom=BOTTOM, gap=0.2, least=2, size=9.5,
        )  # fmt: skip
        axes = plot.axes
        axes.set_xlim(-0.03 * max(last, 1), max(last, 1) * 1.03)
        axes.set_xlabel(texts["axis"], fontsize=9, color=SOFT)
        _sessions(axes, data.sessions, plot.centers[0], plot.tall)
        for name, y in zip(names, plot.centers[1:], strict=True):
            mine = data.told[data.told["definition"] == name]
            _lane(axes, mine, y, last)
            verdict = mine["verdict"].iloc[0]
            axes.text(
                1.03, y, verdicts[name], transform=axes.get_yaxis_transform(), ha="left", va="center", fontsize=8.5,
                color={"met": TEAL, "unknown": BROWN}.get(verdict, SOFT),
                fontweight="bold" if verdict == "met" else "normal",
            )  # fmt: skip
        _legend(plot.figure, texts, plot.height)
    return plot.figure


def _sessions(axes: Axes, sessions: pd.DataFrame, y: float, tall: float) -> None:
    for row in rows_of(sessions):
        axes.plot([row.day, row.day], [y, tall], color=LINE, linewidth=0.8, zorder=0)
        axes.plot([row.day], [y + 0.06], "v", color=INK, markersize=9)
        axes.text(row.day, y - 0.12, str(row.session), ha="center", va="center", fontsize=9, color=INK)
        for day in row.assessed:
            axes.plot([day], [y + 0.06], "|", color=SOFT, markersize=9, markeredgewidth=1.4)


def _lane(axes: Axes, lane: pd.DataFrame, y: float, last: int) -> None:
    axes.plot([0, last], [y, y], color=LINE, linewidth=1.0, zorder=1)
    deciding = lane[lane["deciding"]]
    met = lane["met_day"].dropna()
    if len(deciding) and len(met):
        axes.plot(
            [deciding["day"].min(), int(met.iloc[0])],
            [y, y],
            color=TEAL,
            linewidth=3.2,
            zorder=2,
            solid_capstyle="butt",
        )
    for row in rows_of(lane):
        mark(axes, row.day, y, row.told, strong=row.deciding)
    if len(met):
        axes.plot([int(met.iloc[0])], [y], "D", color=BROWN, markersize=8, zorder=5)


def mark(axes: Axes, x: float, y: float, told: str, *, strong: bool = False) -> None:
    """Draw what one session said: a filled circle for yes, an open one for no, a question mark for open."""
    if told == "open":
        axes.plot([x], [y], "o", color=SOFT, markerfacecolor="white", markersize=9, zorder=3)
        axes.text(x, y, "?", ha="center", va="center_baseline", fontsize=7.5, color=INK, zorder=4)
        return
    fill = "white" if told == "no" else TEAL if strong else "#8aa4ae"
    axes.plot([x], [y], "o", color=TEAL if strong else SOFT, markerfacecolor=fill, markersize=8, zorder=3)


def _legend(figure: Figure, texts: Mapping[str, str], height: float) -> None:
    axes = figure.add_axes((0, (height - 0.1 - 2 * LINE_TALL) / height, 1, 2 * LINE_TALL / height))
    axes.set_axis_off()
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(2 * LINE_TALL, 0)
    x, y = 0.35, LINE_TALL / 2
    for key in ("session", "assessed", "yes", "other", "no", "open", "met"):
        wide = 0.16 + width_of(texts[key], 9) + 0.28
        if x + wide > WIDTH:
            x, y = 0.35, y + LINE_TALL
        if key in ("session", "assessed", "met"):
            shape, color = {"session": ("v", INK), "assessed": ("|", SOFT), "met": ("D", BROWN)}[key]
            axes.plot([x], [y], shape, color=color, markersize=7.5, markeredgewidth=1.4)
        else:
            mark(axes, x, y, "yes" if key == "other" else key, strong=key == "yes")
        axes.text(x + 0.14, y, texts[key], va="center", fontsize=9, color=INK)
        x += wide
