"""Who fails by which definition at once, and one patient's course on which the definitions differ most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from consensus.scoring.together import met_together, most_divided
from reports import numbers_told
from reports.document import Figure, Prose, Section
from reports.frames import rows_of
from reports.numbers_marked import settled

if TYPE_CHECKING:
    from consensus.scoring.score import Scores
    from consensus.scoring.together import Divided
    from consensus.scoring.trace import Trace
    from reports.document import Block
    from reports.material import Material


def who(material: Material, scores: Scores) -> Section | None:
    """Return which definitions are met together, and one course as a timeline; None with one definition."""
    if len(scores.judged) < 2:
        return None
    blocks: list[Block] = []
    figure = _together(material, scores)
    if figure is not None:
        blocks.append(figure)
    if not material.small_cells:  # one patient is the smallest cell there is
        blocks += _course(material, scores)
    return Section(id="who", title=material.words.who.TITLE, blocks=tuple(blocks)) if blocks else None


def _together(material: Material, scores: Scores) -> Figure | None:
    from reports.figures.upset import draw_upset, upset_data

    say, found = material.words.who, met_together(scores)
    data = upset_data(found)
    if len(data) < 2:
        return None
    labels = {d.id: material.definition(d.id) for d in scores.judged}
    rows = []
    for row in rows_of(data.rename(columns={"count": "people"})):
        part = numbers_told.part_of(f"met-by/{'+'.join(row.members)}", row.people, found.total, base="patients")
        rows.append(say.combination([labels[name] for name in row.members], numbers_told.of(part)))
    left = int(data.attrs["left_out"])
    rest = numbers_told.number(numbers_told.counted("met-by/rarer", left)) if left else ""
    return Figure(
        id="met-by",
        title=say.TOGETHER_TITLE,
        description=material.words.page.sentences(rows),
        caption=say.together_caption(rest),
        draw=lambda: draw_upset(data, labels, {"count": say.TOGETHER_COUNT, "sizes": say.TOGETHER_SIZES}),
    )


def _course(material: Material, scores: Scores) -> list[Block]:
    found = most_divided(scores)
    if found is None:
        return []
    # who it is stays out of a report that may travel, unless nobody is
    name = found.located.course.patient_id if scores.courses.synthetic else ""
    say = material.words.who
    return [Prose(text=say.course_lead(name)), _timeline(material, scores, found)]


def _timeline(material: Material, scores: Scores, found: Divided) -> Figure:
    from reports.figures.course import course_data, draw_course

    say, condition = material.words.who, scores.courses.condition
    traces = found.traces
    data = course_data(found.located.course, traces)
    labels = {trace.judge.definition.id: material.definition(trace.judge.definition.id) for trace in traces}
    verdicts = {trace.judge.definition.id: _verdict(material, trace) for trace in traces}
    session, assessment = (condition.word(word, material.language) for word in ("session", "assessment"))
    texts = {"sessions": session, "session": session, "assessed": assessment, "axis": say.axis(session), **say.MARKS}
    return Figure(
        id="course",
        title=say.COURSE_TITLE,
        description=material.words.page.sentences([say.course_row(labels[name], verdicts[name]) for name in labels]),
        caption=say.COURSE_CAPTION,
        draw=lambda: draw_course(data, labels, {name: str(settled(text)) for name, text in verdicts.items()}, texts),
    )


def _verdict(material: Material, trace: Trace) -> str:
    say, judged = material.words.who, trace.judged
    if judged.verdict != "met" or trace.days is None or judged.session_no is None:
        return str(material.words.cohort.VERDICTS[judged.verdict])
    name = f"course/{trace.judge.definition.id}"
    session = numbers_told.number(numbers_told.counted(f"{name}/session", judged.session_no))
    low, high = trace.days
    days = [numbers_told.number(numbers_told.counted(f"{name}/days", low))]
    if high > low:
        days.append(numbers_told.number(numbers_told.counted(f"{name}/days at most", high)))
    return str(say.met_at(session, "–".join(days)))
