"""Which of several scans of a session judges it: the session as a finding with a window sees it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from consensus.definitions.amount import Amount
from consensus.definitions.column import BASELINE
from consensus.definitions.condition import Condition
from consensus.definitions.finding import Appears, Differs, columns_of
from consensus.definitions.logic import Truth
from consensus.definitions.reading import range_of
from consensus.scoring.cells import Cell
from consensus.scoring.course import Course, Scan, Session
from consensus.scoring.months import Dated, Month, earliest, ends, latest

SIX_WEEKS, FAR = 42, 10**6
FIRST = (dt.date.min, dt.date.min)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Viewer:
    """Sees courses with one scan a session: the last one, the worst one, or that nearest to six weeks.

    `responses` are the columns that findings with a window look at: they are told by one scan, as a whole. `states` are
    those where a yes of any scan is a yes.
    """

    condition: Condition
    choice: str = "last"
    responses: tuple[str, ...] = field(init=False)
    states: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        tests = [(finding, test) for finding in self.condition.findings for _, test in finding.tests]
        responses = [c for finding, test in tests if finding.within is not None for c in columns_of(test)]
        states = [c for _, test in tests if isinstance(test, Appears) for c in test.columns]
        object.__setattr__(self, "responses", tuple(dict.fromkeys(responses)))
        object.__setattr__(self, "states", tuple(dict.fromkeys(states)))

    def view(self, course: Course, window: str) -> Course:
        """Return a course with one scan a session, the one that judges under a window (`any`, or days such as 28-92).

        Of the session's own scan and its further ones that say anything of the response the last one within the window
        judges, as a whole; where none is within, the last one stands there, and the window makes it unknown.
        """
        if not any(session.scans for session in course.sessions):
            return course
        sessions = tuple(self._seen(s, window) if s.scans else s for s in course.sessions)
        return replace(course, sessions=sessions)

    def judging(self, session: Session, window: str) -> Scan | None:
        """Return the scan that judges the response of a session, the last one where none is within the window.

        Where only a month is known of one of several, and with it not which of them judges, it is one that says
        nothing.
        """
        own = Scan(date=session.assessed, cells=session.cells)
        candidates = [scan for scan in (own, *session.scans) if _says(scan.cells, self.responses)]
        candidates.sort(key=lambda scan: FIRST if scan.date is None else ends(scan.date))
        known = [is_within(scan.date, session, window) for scan in candidates]
        if len(candidates) > 1 and (None in known or self._open(candidates, known)):
            return Scan(date=None, cells={})
        within = [scan for scan, inside in zip(candidates, known, strict=True) if inside]
        if not within:
            return candidates[-1] if candidates else None
        if self.choice == "worst":
            return max(enumerate(within), key=lambda pair: (self._badness(pair[1]), pair[0]))[1]
        if self.choice == "nearest_6_weeks":
            return min(enumerate(within), key=lambda pair: (_from_6_weeks(pair[1], session), -pair[0]))[1]
        return within[-1]

    def _open(self, candidates: list[Scan], known: list[Truth]) -> bool:
        """Return whether the choice between scans within the window rests on a day that isn't known."""
        days = [scan.date for scan, inside in zip(candidates, known, strict=True) if inside and scan.date is not None]
        if self.choice == "worst" or not any(isinstance(day, Month) for day in days):
            return False
        return self.choice != "last" or any(latest(day) > earliest(days[-1]) for day in days[:-1])

    def _badness(self, scan: Scan) -> tuple[int, ...]:
        """Return how bad a scan is: by its choices in their order (CR to PD), then by its numbers."""
        columns = {column.name: column for column in self.condition.sessions}
        choices, numbers = list[int](), list[int]()
        for name in self.responses:
            cell, column = scan.cells.get(name), columns[name]
            if column.type == "choice":
                tells = isinstance(cell, str) and cell not in column.says_nothing
                choices.append(column.choices.index(str(cell)) if tells else -1)
            else:
                numbers.append(cell.low if isinstance(cell, Amount) else -1)
        return (*choices, *numbers)

    def _seen(self, session: Session, window: str) -> Session:
        cells = dict(session.cells)
        names = {name for scan in session.scans for name in scan.cells} - set(self.responses)
        for name in names:
            said = [session.cell(name), *(scan.cells.get(name) for scan in session.scans)]
            recorded = [cell for cell in said if cell is not None]
            if name in self.states:
                cells[name] = next((c for c in recorded if is_yes(c)), recorded[0] if recorded else None)
            elif session.cell(name) is None and recorded:
                cells[name] = recorded[-1]
        judging = self.judging(session, window)
        if judging is None:
            return replace(session, cells=cells)
        cells |= {name: judging.cells.get(name) for name in self.responses}
        return replace(session, cells=cells, assessed=judging.date)


def seen_columns(condition: Condition) -> frozenset[str]:
    """Return the columns of sessions that an assessment can fill: a window holds for them, or they have a baseline.

    What a finding compares with the session before (an agent) is given, not seen.
    """
    viewer = Viewer(condition=condition)
    given = {c for f in condition.findings for _, t in f.tests if isinstance(t, Differs) for c in columns_of(t)}
    before = {column.name.removeprefix(BASELINE) for column in condition.patients}
    known = {column.name for column in condition.sessions}
    return frozenset(({*viewer.responses, *viewer.states, *before} & known) - given)


def state_date(session: Session, columns: Sequence[str]) -> Dated | None:
    """Return the date of the first further scan that says yes in one of the columns, else that of the own scan."""
    first = next((scan.date for scan in session.scans if any(is_yes(scan.cells.get(c)) for c in columns)), None)
    return first or session.assessed


def is_yes(cell: Cell) -> bool:
    """Return whether a state's cell certainly says yes."""
    return isinstance(cell, Amount) and (cell.low > 0 or (cell.low == 0 and cell.low_open))


def is_within(day: Dated | None, session: Session, window: str) -> Truth:
    """Return whether a scan counts: dated within the window, or under `any` not dated before its session.

    Unknown where only a month is known of one of the two, and part of it would lie within.
    """
    range_ = range_of(window)
    if day is None:
        return range_ is None
    low, high = session.days_to(day)
    if high < 0 or (range_ is not None and (high < range_[0] or low > range_[1])):
        return False
    return True if range_ is None or (range_[0] <= low and high <= range_[1]) else None


def _from_6_weeks(scan: Scan, session: Session) -> int:
    return FAR if scan.date is None else abs(session.days_to(scan.date).middle - SIX_WEEKS)


def _says(cells: Mapping[str, Cell], columns: Sequence[str]) -> bool:
    return any(cells.get(column) is not None for column in columns)
