"""Who fails by which definition at once, and one patient's course on which the definitions differ most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import numbers_told
from reports.document import Figure, Prose, Section
from reports.frames import rows_of
from reports.numbers_marked import settled

if TYPE_CHECKING:
    from consensus.scoring.courses import Located
    from consensus.scoring.score import Scores
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

    say, frame = material.words.who, scores.frame
    names = [d.id for d in scores.judged]
    met = frame[frame["verdict"] == "met"].groupby("patient_id", sort=False)["definition"].agg(tuple).to_dict()
    patients = list(dict.fromkeys(frame["patient_id"]))
    data = upset_data([met.get(patient, ()) for patient in patients], names)
    if len(data) < 2:
        return None
    labels = {name: material.definition(name) for name in names}
    rows = []
    for row in rows_of(data.rename(columns={"count": "people"})):
        part = numbers_told.part_of(f"met-by/{'+'.join(row.members)}", row.people, len(patients), base="patients")
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
    found = _most_divided(scores)
    if found is None:
        return []
    from consensus.scoring.judge import Judge
    from consensus.scoring.trace import Tracer

    condition, chosen = scores.courses.condition, dict(scores.readings)
    tracer = Tracer(courses=scores.courses, located=found)
    traces = [tracer.trace(Judge(definition=d, condition=condition, chosen=chosen)) for d in scores.judged]
    # who it is stays out of a report that may travel, unless nobody is
    name = found.course.patient_id if scores.courses.synthetic else ""
    say = material.words.who
    return [Prose(text=say.course_lead(name)), _timeline(material, scores, found, traces)]


def _most_divided(scores: Scores) -> Located | None:
    """Return the patient whom the definitions judge in the most ways; of equals the one with most sessions."""
    from consensus.scoring.courses import located_courses

    verdicts = scores.frame.assign(at=scores.frame["date"].astype(str))[["patient_id", "verdict", "at"]]
    ways = verdicts.drop_duplicates().groupby("patient_id", sort=False).size().to_dict()
    best: Located | None = None
    for located in located_courses(scores.courses):
        course = located.course
        if course.held_back is not None or len(course.sessions) < 2:
            continue
        mine = (ways.get(course.patient_id, 0), len(course.sessions))
        if best is None or mine > (ways.get(best.course.patient_id, 0), len(best.course.sessions)):
            best = located
    return best


def _timeline(material: Material, scores: Scores, found: Located, traces: list[Trace]) -> Figure:
    from reports.figures.course import course_data, draw_course

    say, condition = material.words.who, scores.courses.condition
    data = course_data(found.course, traces)
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
