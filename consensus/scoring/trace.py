"""One course under one definition, session by session: what each criterion says and on which cells it rests."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from consensus.definitions.column import baseline_of
from consensus.definitions.definition import Consecutive, Once, Term, Within, findings_of
from consensus.definitions.finding import Appears, Differs, Increases, RisesBy, baseline_columns_of, columns_of
from consensus.definitions.logic import Truth
from consensus.definitions.readings import ANY
from consensus.scoring.cells import Cell
from consensus.scoring.course import MISSING, Cause, Course, Session
from consensus.scoring.courses import Courses, Located
from consensus.scoring.judge import Judge, Judgement
from consensus.scoring.months import Dated, Span
from consensus.scoring.tables import Spot


@dataclass(frozen=True, kw_only=True, slots=True)
class Used:
    """One cell that a criterion looks at: its column, what it says (None: empty), and the user's header for it.

    `before` says that it is a cell of the session before.
    """

    column: str
    cell: Cell
    header: str
    flag: bool = False
    before: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Open:
    """What leaves a criterion open: a column, the user's header for it, and `missing` or what else it is."""

    column: str
    header: str
    reason: str = MISSING


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """What a criterion says at one session: of its finding alone, and of the whole criterion.

    `judged_by` is the date of the scan that judges, `passed_over` those of others with their days after the session.
    """

    number: int
    date: Dated
    finding: Truth
    value: Truth
    causes: tuple[Cause, ...]
    used: tuple[Used, ...]
    judged_by: Dated | None
    passed_over: tuple[tuple[Dated, Span], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Trace:
    """A definition's verdict on a course with the steps of each criterion."""

    judge: Judge
    judged: Judgement
    days: Span | None
    steps: tuple[tuple[Term, tuple[Step, ...]], ...]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Tracer:
    """Traces one patient's course; headers of cells are those of the user's own sheet."""

    courses: Courses
    located: Located

    def trace(self, judge: Judge) -> Trace:
        """Return what a definition says of the course, step by step."""
        course = self.located.course
        judged = judge.judge(course)
        days = course.sessions[0].days_to(judged.date) if judged.date is not None else None
        steps = []
        for evidence in judged.evidence if judge.definition.at == "sessions" else ():
            finding = evidence.term.form.finding
            alone = judge.teller.tell(finding, course, range(len(course.sessions)))
            seen = judge.teller.seen(finding, course)
            mine = [
                Step(
                    number=session.number,
                    date=session.date,
                    finding=alone[at].value,
                    value=told.value,
                    causes=tuple(sorted(told.causes)),
                    used=self._used(judge, evidence.term, seen, at),
                    judged_by=seen.sessions[at].assessed if session.scans else None,
                    passed_over=_passed_over(judge, finding, session, seen.sessions[at]),
                )
                for at, (session, told) in enumerate(zip(course.sessions, evidence.told, strict=True))
            ]
            steps.append((evidence.term, tuple(mine)))
        return Trace(judge=judge, judged=judged, days=days, steps=tuple(steps))

    def because(self, judge: Judge, term: Term, at: int, cause: Cause) -> tuple[Open, ...]:
        """Return why something is open at a session: the empty cells, or what else it is; `reason` "" where unclear."""
        if cause.reason != MISSING:
            return (Open(column=cause.column, header=cause.column, reason=cause.reason),)
        form = term.form
        looks_far = isinstance(form, Within) or (isinstance(form, Once) and form.after)
        reach = form.times if isinstance(form, Consecutive) else at + 1 if looks_far else 1
        before = {column.name for column in self.courses.condition.patients}
        seen = judge.teller.seen(form.finding, self.located.course)
        found = []
        for name in cause.column.split(" or "):
            if name in before:
                found.append(Open(column=name, header=self._header(0, self.located.patient, name)))
                continue
            for session in range(max(0, at - reach + 1), at + 1):
                if seen.sessions[session].cell(name) is None:
                    found.append(Open(column=name, header=self._at(seen, session, name).header))
        return tuple(dict.fromkeys(found)) or (Open(column=cause.column, header=cause.column, reason=""),)

    def _used(self, judge: Judge, term: Term, seen: Course, at: int) -> tuple[Used, ...]:
        found: dict[str, Used] = {}
        for name in findings_of(term.form):
            test = judge.condition.finding(name).test(judge.readings)
            for column in columns_of(test):
                found[column] = self._at(seen, at, column)
                before = isinstance(test, Increases | Differs) or (
                    isinstance(test, RisesBy) and test.over == "previous"
                )
                if before and at > 0:
                    found[f"{column} before"] = replace(self._at(seen, at - 1, column), before=True)
            first = at == 0 or isinstance(test, Appears | RisesBy)
            for column in baseline_columns_of(test) if first else ():
                name_ = baseline_of(column)
                header = self._header(0, self.located.patient, name_)
                flag = self._flag("patients", name_)
                found[name_] = Used(column=name_, cell=seen.cells.get(name_), header=header, flag=flag)
        if isinstance(term.form, Within) and term.form.same is not None and judge.readings[term.form.same] != ANY:
            found[term.form.same] = self._at(seen, at, term.form.same)
        return tuple(used for used in found.values() if used.cell is not None)

    def _flag(self, sheet: Literal["patients", "sessions"], column: str) -> bool:
        """Return whether a column holds yes and no; one that is computed from others does not."""
        try:
            return self.courses.condition.column(sheet, column).type == "flag"
        except KeyError:
            return False

    def _at(self, seen: Course, at: int, column: str) -> Used:
        own = self.located.course.sessions[at]
        # what another scan saw stands in no cell of the session's row
        elsewhere = own.cells.get(column) != seen.sessions[at].cell(column)
        header = column if elsewhere else self._header(1, self.located.sessions[at], column)
        flag = self._flag("sessions", column)
        return Used(column=column, cell=seen.sessions[at].cell(column), header=header, flag=flag)

    def _header(self, sheet: int, row: int, column: str) -> str:
        places = self.courses.places
        spot: Spot | None = places.spot(sheet, row, column) if places is not None else None
        return spot.header if spot is not None else column


def _passed_over(judge: Judge, finding: str, session: Session, seen: Session) -> tuple[tuple[Dated, Span], ...]:
    """Return the scans of a session that say something of the response and do not judge it."""
    if judge.condition.finding(finding).within is None or not session.scans:
        return ()
    responses = judge.teller.viewer.responses
    scans = [(session.assessed, session.cells), *((scan.date, scan.cells) for scan in session.scans)]
    days = [day for day, cells in scans if day is not None and any(cells.get(c) is not None for c in responses)]
    return tuple((day, session.days_to(day)) for day in days if day != seen.assessed)
