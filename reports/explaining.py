"""A patient's course under each definition, session by session, as a radiologist's note would put it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from consensus.definitions.column import BASELINE
from consensus.definitions.score_sentences import number
from consensus.scoring.course import MISSING
from questionnaires.problems import ConsensusError, did_you_mean, one_of
from reports.telling_scores import marked
from reports.wording.messages import said

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from consensus.definitions.column import Column
    from consensus.definitions.condition import Condition
    from consensus.definitions.definition import Definition, Term
    from consensus.scoring.course import Cause, Course
    from consensus.scoring.judge import Judge, Judgement
    from consensus.scoring.score import Scores
    from consensus.scoring.trace import Open, Step, Trace, Tracer, Used


def explain(scores: Scores, patient: str, language: str = "en") -> list[str]:
    """Return the lines that explain a patient's verdicts; ConsensusError where there is no such patient."""
    from consensus.scoring.judge import Judge

    courses = scores.courses
    tracers = _tracers(scores, patient)
    if not tracers:
        hint = did_you_mean(patient, (str(name) for name in courses.patients["patient_id"]))
        expected = one_of(str(name) for name in courses.patients["patient_id"])
        raise ConsensusError(f'{courses.name}: there is no patient "{patient}". Expected {expected}. {hint}'.strip())
    teller = _Teller(condition=courses.condition, language=language)
    first = tracers[0][1].located.course
    lines = [teller.say.patient(patient, len(first.sessions)), *teller.course(first)]
    if _are_converted(scores, patient):
        lines.append(f"  {teller.say.ROUND}")
    for definition in scores.definitions:
        judge = Judge(definition=definition, condition=courses.condition, chosen=dict(scores.readings))
        if definition.is_score or definition.at != "sessions":
            lines += ["", *teller.at_once(judge, first)]
            continue
        traces = [(lesion, tracer, tracer.trace(judge)) for lesion, tracer in tracers]
        lesion, tracer, trace = min(traces, key=lambda one: _rank(one[2]))
        lines += ["", *teller.definition(tracer, trace)]
        if lesion and len(tracers) > 1:
            lines.append(f"  {teller.say.by_lesion(lesion, len(tracers))}")
    return lines


def _are_converted(scores: Scores, patient: str) -> bool:
    """Return whether a second diameter was not measured and two dimensions are looked at."""
    from consensus.definitions.readings_of_courses import VIABLE_DIMENSION
    from consensus.scoring.lesion_courses import are_converted
    from consensus.scoring.lesions import GROWTH

    chosen, condition = dict(scores.readings), scores.courses.condition
    tests = [t for d in scores.definitions for name in d.findings for _, t in condition.finding(name).tests]
    grows = any(getattr(test, "column", "") == GROWTH for test in tests)
    flat = chosen.get(VIABLE_DIMENSION.name, VIABLE_DIMENSION.default) == VIABLE_DIMENSION.default
    return (grows or not flat) and are_converted(scores.courses, patient, chosen)


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


@dataclass(frozen=True, kw_only=True, slots=True)
class _Teller:
    """Tells a course in one language, with the condition's names of columns."""

    condition: Condition
    language: str

    @property
    def say(self) -> Any:
        """The sentences."""
        return import_module(f"reports.wording.{self.language}.course")

    def course(self, course: Course) -> Iterator[str]:
        """Return one line a session."""
        word, assessment = (self.condition.word(name, self.language) for name in ("session", "assessment"))
        for session in course.sessions:
            days = course.sessions[0].days_to(session.date) if session is not course.sessions[0] else 0
            seen = str(session.assessed) if session.assessed is not None else ""
            further = [str(scan.date) for scan in session.scans]
            told = self.say.session(session.number, word, str(session.date), str(days), assessment, seen, further)
            yield f"  {told}"

    def at_once(self, judge: Judge, course: Course) -> Iterator[str]:
        """Return what a score, or a definition judged before treatment, says: its terms at that one moment."""
        judged, definition = judge.judge(course), judge.definition
        called = self._called(definition)
        if definition.is_score:
            yield self.say.class_and_points(called, judged.class_name or "", self._points_of(judged))
        else:
            by = self.say.by_criterion(judged.criterion) if judged.criterion else ""
            yield self.say.verdict(called, str(judged.verdict)) + by
        for evidence in judged.evidence:
            open_ = [self._why(cause) for cause in sorted(evidence.causes)]
            yield f"  {self.say.with_value(self._term(evidence.term), self.say.said(evidence.value, open_))}"
        for cause in () if judged.evidence else judged.causes:
            yield f"  {self._why(cause)}"

    def definition(self, tracer: Tracer, trace: Trace) -> Iterator[str]:
        """Return the verdict of a definition, its readings, and each criterion session by session."""
        yield self._verdict(trace)
        readings = self._readings(trace.judge)
        yield from (f"  {line}" for line in (self.say.readings(readings) if readings else [self.say.NO_READINGS]))
        for term, steps in trace.steps:
            yield f"  {self._term(term)}"
            for at, step in enumerate(steps):
                found = [one for cause in step.causes for one in tracer.because(trace.judge, term, at, cause)]
                yield f"    {self._step(step, list(dict.fromkeys(map(self._open, found))))}"

    def _called(self, definition: Definition) -> str:
        title = definition.title.text(self.language) or definition.id
        return str(self.say.called(title, marked(definition, self.language)))

    def _verdict(self, trace: Trace) -> str:
        judged = trace.judged
        head = str(self.say.verdict(self._called(trace.judge.definition), str(judged.verdict)))
        if judged.verdict == "met":
            head += self.say.at_session(judged.session_no, str(judged.date), str(trace.days), judged.criterion)
        elif judged.causes and not judged.evidence:
            cause = judged.causes[0]
            head += self.say.for_want(str(cause) if self.language == "en" else self._why(cause))
        if judged.points_low is not None and judged.points_high is not None:
            head += self.say.points_between(number(judged.points_low), number(judged.points_high))
        return head

    def _readings(self, judge: Judge) -> list[str]:
        from consensus.definitions.readings import readings_of
        from consensus.definitions.sentences import value_words

        known = {reading.name: reading for reading in readings_of(judge.definition, self.condition)}
        return [
            self.say.reading(
                known[name].label.text(self.language) or name,
                value_words(known[name], value, self.language),
                name,
                value,
            )
            for name, value in judge.readings.items()
        ]

    def _term(self, term: Term) -> str:
        says = term.says.text(self.language)
        return str(self.say.term(term.id, says, number(term.points) if term.points is not None else ""))

    def _points_of(self, judged: Judgement) -> str:
        """Return the points of a score, or the two ends between which they lie."""
        if judged.points_low is None:
            return str(self.say.NO_POINTS if judged.class_name is None else self.say.UNCOUNTABLE)
        if judged.points_high is None:
            return str(self.say.at_least(number(judged.points_low)))
        return str(self.say.between(number(judged.points_low), number(judged.points_high)))

    def _step(self, step: Step, open_: Sequence[str]) -> str:
        alone = self.say.alone(step.finding) if step.finding != step.value else ""
        used = [self._cell(one) for one in step.used]
        scans = ""
        if step.passed_over:
            others = [(str(day), str(days)) for day, days in step.passed_over]
            scans = self.say.scans(str(step.judged_by), others, self.condition.word("assessment", self.language))
        return str(self.say.step(step.number, self.say.said(step.value, open_), alone, used, scans))

    def _cell(self, used: Used) -> str:
        """Return a cell in words: a flag as yes or no, a coded word as its language has it."""
        known, value = self._known(used.column), str(used.cell)
        if used.flag and value in ("0", "1"):
            value = self.say.flag(value == "1", self._is_seen(used.column))
        elif self.language != "en":
            value = self._own_word(known, value) or self.condition.choice(used.column, value, self.language)
        unit = known.unit if known is not None else ""
        return str(self.say.cell(self._label(used.column), used.header, value, unit, used.before))

    def _own_word(self, known: Column | None, value: str) -> str | None:
        """Return the word of the language that a cell of text may hold for a value, None where there is none."""
        if known is None or known.type != "text":
            return None
        return next((word for word, means in known.words if means == value and not word.isascii()), None)

    def _known(self, column: str) -> Column | None:
        """Return a column, that of the sessions for a state before treatment that has none of its own."""
        every = {one.name: one for one in (*self.condition.sessions, *self.condition.patients)}
        return every.get(column) or every.get(column.removeprefix(BASELINE))

    def _is_seen(self, column: str) -> bool:
        """Return whether a column tells what imaging shows, during treatment or before."""
        known = self._known(column.removeprefix(BASELINE))
        return known is not None and known.imaging

    def _label(self, column: str) -> str:
        return self.condition.called(column, self.language)

    def _columns(self, column: str) -> str:
        """Return columns of which any would tell, named alike as label and header."""
        each = [self.say.column(self._label(one), one) for one in column.split(" or ")]
        return str(self.say.either(each))

    def _why(self, cause: Cause) -> str:
        """Return why something is open at one moment."""
        column = self._columns(cause.column)
        match cause.reason:
            case "missing":
                return str(self.say.empty(column))
            case "a bound leaves it open":
                return str(self.say.bound(column))
            case "no session":
                return str(self.say.untold(column))
            case reason:
                return str(self.say.otherwise(column, said(reason, self.language)))

    def _open(self, found: Open) -> str:
        """Return why a criterion is open at a session."""
        if found.reason == MISSING:
            return str(self.say.empty(self.say.column(self._label(found.column), found.header)))
        column = self._columns(found.column)
        if not found.reason:
            return str(self.say.leaves_open(column))
        return str(self.say.otherwise(column, said(found.reason, self.language)))
