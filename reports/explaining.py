"""A patient's course under each definition, session by session, as a radiologist's note would put it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from consensus.definitions.score_sentences import number, points
from questionnaires.problems import ConsensusError, did_you_mean, one_of
from reports.telling_scores import marked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from consensus.definitions.logic import Truth
    from consensus.scoring.course import Cause, Course
    from consensus.scoring.judge import Judge, Judgement
    from consensus.scoring.score import Scores
    from consensus.scoring.trace import Step, Trace, Tracer, Used

FOUND = {True: "yes", False: "no", None: "not known"}


def explain(scores: Scores, patient: str) -> list[str]:
    """Return the lines that explain a patient's verdicts; ConsensusError where there is no such patient."""
    from consensus.scoring.judge import Judge

    courses = scores.courses
    tracers = _tracers(scores, patient)
    if not tracers:
        hint = did_you_mean(patient, (str(name) for name in courses.patients["patient_id"]))
        expected = one_of(str(name) for name in courses.patients["patient_id"])
        raise ConsensusError(f'{courses.name}: there is no patient "{patient}". Expected {expected}. {hint}'.strip())
    first = tracers[0][1].located.course
    lines = [f"Patient {patient}: {len(first.sessions)} sessions", *_course(first, courses.condition.word("session"))]
    lines += _converted(scores, patient)
    for definition in scores.definitions:
        judge = Judge(definition=definition, condition=courses.condition, chosen=dict(scores.readings))
        if definition.is_score or definition.at != "sessions":
            lines += ["", *_at_once(judge, first)]
            continue
        traces = [(lesion, tracer, tracer.trace(judge)) for lesion, tracer in tracers]
        lesion, tracer, trace = min(traces, key=lambda one: _rank(one[2]))
        lines += ["", *_definition(tracer, trace)]
        if lesion and len(tracers) > 1:
            lines.append(f"  judged by lesion {lesion}, one of {len(tracers)}: the viable share is that of this lesion")
    return lines


def _converted(scores: Scores, patient: str) -> Iterator[str]:
    """Say where a second diameter was not measured and two dimensions are looked at."""
    from consensus.definitions.readings_of_courses import VIABLE_DIMENSION
    from consensus.scoring.lesion_courses import are_converted
    from consensus.scoring.lesions import GROWTH

    chosen, condition = dict(scores.readings), scores.courses.condition
    tests = [t for d in scores.definitions for name in d.findings for _, t in condition.finding(name).tests]
    grows = any(getattr(test, "column", "") == GROWTH for test in tests)
    flat = chosen.get(VIABLE_DIMENSION.name, VIABLE_DIMENSION.default) == VIABLE_DIMENSION.default
    if (grows or not flat) and are_converted(scores.courses, patient, chosen):
        yield "  lesions without a second diameter are taken as round (dimension_conversion=isotropic)"


def _tracers(scores: Scores, patient: str) -> list[tuple[str, Tracer]]:
    """Return a patient's course as each lesion shows it, by its name; one without a name where there are none."""
    from consensus.scoring.courses import located_courses
    from consensus.scoring.lesion_courses import lesion_views
    from consensus.scoring.trace import Tracer

    views = [("", scores.courses)]
    if scores.courses.lesions is not None:
        views = lesion_views(scores.courses, patient, dict(scores.readings))
    found = []
    for lesion, courses in views:
        located = next((one for one in located_courses(courses) if one.course.patient_id == patient), None)
        if located is not None:
            found.append((lesion, Tracer(courses=courses, located=located)))
    return found


def _rank(trace: Trace) -> tuple[int, str]:
    """Return what puts the lesion that decides first: met, the earliest; then one that is open."""
    rank = {"met": 0, "unknown": 1}.get(str(trace.judged.verdict), 2)
    return rank, str(trace.judged.date) if rank == 0 else ""


def _at_once(judge: Judge, course: Course) -> Iterator[str]:
    """Return what a score, or a definition judged before treatment, says: its terms at that one moment."""
    judged, definition = judge.judge(course), judge.definition
    if definition.is_score:
        class_ = f"class {judged.class_name}" if judged.class_name is not None else "class left open"
        yield f"{marked(definition, 'en')}: {class_}, {_between(judged)}"
    else:
        yield f"{marked(definition, 'en')}: {judged.verdict}" + (f" by {judged.criterion}" if judged.criterion else "")
    for evidence in judged.evidence:
        worth = f" ({points(evidence.term.points)})" if evidence.term.points is not None else ""
        open_ = [_why(cause) for cause in sorted(evidence.causes)]
        yield f"  {evidence.term.id}{worth}: {evidence.term.says}: {_said(evidence.value, open_)}"
    for cause in () if judged.evidence else judged.causes:
        yield f"  {_why(cause)}"


def _between(judged: Judgement) -> str:
    """Return the points of a score, or the two ends between which they lie."""
    if judged.points_low is None:
        return "no points" if judged.class_name is None else "more than can be counted"
    if judged.points_high is None:
        return f"{number(judged.points_low)} or more"
    to = f" to {number(judged.points_high)}" if judged.points_high != judged.points_low else ""
    return f"{number(judged.points_low)}{to}"


def _why(cause: Cause) -> str:
    match cause.reason:
        case "missing":
            return f"{cause.column} is empty"
        case "a bound leaves it open":
            return f"only a bound of {cause.column} is known"
        case "no session":
            return f"no session tells {cause.column}"
        case reason:
            return f"{cause.column} is {reason}"


def _course(course: Course, word: str) -> Iterator[str]:
    for session in course.sessions:
        days = course.sessions[0].days_to(session.date) if session is not course.sessions[0] else 0
        seen = f", imaging of {session.assessed}" if session.assessed is not None else ""
        further = ", ".join(str(scan.date) for scan in session.scans)
        more = f", then seen on {further}" if further else ""
        yield f"  session {session.number}: {word} on {session.date}, day {days}{seen}{more}"


def _definition(tracer: Tracer, trace: Trace) -> Iterator[str]:
    judged = trace.judged
    readings = "; ".join(f"{name}={value}" for name, value in trace.judge.readings.items())
    head = f"{marked(trace.judge.definition, 'en')}: {judged.verdict}"
    if judged.verdict == "met":
        head += f" at session {judged.session_no} on {judged.date}, {trace.days} days after the first"
        head += f", by {judged.criterion}"
    elif judged.causes and not judged.evidence:
        head += f", for {judged.causes[0]}"
    if judged.points_low is not None and judged.points_high is not None:
        head += f" ({number(judged.points_low)} to {number(judged.points_high)} points)"
    yield head
    yield f"  readings: {readings}" if readings else "  no readings"
    for term, steps in trace.steps:
        worth = f" ({points(term.points)})" if term.points is not None else ""
        yield f"  {term.id}{worth}: {term.says}"
        for at, step in enumerate(steps):
            open_ = [header for cause in step.causes for header in tracer.because(trace.judge, term, at, cause)]
            yield f"    session {step.number}: {_step(step, open_)}"


def _step(step: Step, open_: list[str]) -> str:
    says = _said(step.value, open_)
    used = ", ".join(f"{one.header} {_word(one)}" for one in step.used)
    alone = f"; the finding alone: {FOUND[step.finding]}" if step.finding != step.value else ""
    scans = ""
    if step.passed_over:
        others = ", ".join(f"that of {day} comes {days} days after the session" for day, days in step.passed_over)
        scans = f"; judged by the scan of {step.judged_by} ({others})"
    return f"{says}{alone}{f' [{used}]' if used else ''}{scans}"


def _said(value: Truth, open_: list[str]) -> str:
    if value is None:
        return f"open, because {' and '.join(dict.fromkeys(open_))}"
    return "met" if value else "not met"


def _word(used: Used) -> str:
    """Return a cell in words: a flag as yes or no."""
    return {"1": "yes", "0": "no"}.get(str(used.cell), str(used.cell)) if used.flag else str(used.cell)
