"""What a finding says of each session of a course, under the readings in force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from consensus.definitions.amount import MILLION, Amount, above, at_least, same
from consensus.definitions.column import baseline_of
from consensus.definitions.condition import Condition, Sheet
from consensus.definitions.finding import (
    Above,
    Always,
    Appears,
    AtMost,
    Below,
    Differs,
    Finding,
    Increases,
    OneOf,
    Reaches,
    RisesBy,
    Test,
    columns_of,
)
from consensus.definitions.logic import Truth, any_of, negate
from consensus.definitions.reading import range_of
from consensus.definitions.readings import ANY
from consensus.scoring.cells import Cell, fold
from consensus.scoring.course import Cause, Course, Session
from consensus.scoring.months import Month, same_day
from consensus.scoring.told import NO, YES, Told, both, negated, of, unknown
from consensus.scoring.views import Viewer

Compared: TypeAlias = Above | Reaches | Below | AtMost | OneOf | Increases | RisesBy | Differs

BOUND = "a bound leaves it open"
UNCOUNTED = "not counted"
BEFORE = "before its session"


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Teller:
    """Tells the findings of a condition under the given readings."""

    condition: Condition
    readings: Mapping[str, str]
    imaging: str = "last"
    viewer: Viewer = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "viewer", Viewer(condition=self.condition, choice=self.imaging))

    def seen(self, name: str, course: Course) -> Course:
        """Return a course as a finding sees it: of several scans of a session the one that judges it."""
        within = self.condition.finding(name).within
        return self.viewer.view(course, ANY if within is None else self.readings[within])

    def tell(self, name: str, course: Course, order: Sequence[int]) -> list[Told]:
        """Return one statement a session of `order`: indices of the sessions that a form walks through.

        *The one before* is the session before in `order`; for `Differs` it is the one before in the course.
        """
        finding = self.condition.finding(name)
        test = finding.test(self.readings)
        course = self.seen(name, course)
        told = self._appears(finding, test, course, order) if isinstance(test, Appears) else None
        if told is None:
            told = [self.at_session(finding, test, course, order, at) for at in range(len(order))]
        if finding.within is None:
            return told
        window = self.readings[finding.within]
        return [self._windowed(t, course.sessions[i], window) for t, i in zip(told, order, strict=True)]

    def assessed(self, name: str, course: Course) -> list[int]:
        """Return the sessions with an assessment for a finding: a cell of its own, or (with a window) its date."""
        seen = self.seen(name, course).sessions
        return [at for at, session in enumerate(seen) if self._assessed(name, session)]

    def _assessed(self, name: str, session: Session) -> bool:
        finding = self.condition.finding(name)
        columns = columns_of(finding.test(self.readings))
        if not columns or any(session.cell(column) is not None for column in columns):
            return True
        return finding.within is not None and session.assessed is not None

    def _windowed(self, told: Told, session: Session, window: str) -> Told:
        column = self.condition.assessed or ""
        ends = range_of(window)
        days = None if session.assessed is None else session.days_to(session.assessed)
        if days is not None and days.high < 0:
            return unknown({Cause(column, BEFORE), *told.causes})
        if ends is None or (days is not None and ends[0] <= days.low and days.high <= ends[1]):
            return told
        if days is None:
            reason = Cause(column)
        elif days.high < ends[0] or days.low > ends[1]:
            reason = Cause(column, f"outside {window} days")
        else:
            reason = Cause(column, f"within {window} days or not: only a month is known")
        return unknown({reason, *told.causes})

    def at_session(self, finding: Finding, test: Test, course: Course, order: Sequence[int], at: int) -> Told:
        """Return what a test says of a session, given by its place in `order`, before any window is looked at."""
        if isinstance(test, Always):
            return YES
        assert not isinstance(test, Appears)
        session = course.sessions[order[at]]
        cells = {test.column: session.cell(test.column)}
        if isinstance(test, Increases | RisesBy):
            if at == 0 or (isinstance(test, RisesBy) and test.over == "baseline"):
                cells[baseline_of(test.column)] = course.baseline(test.column)
            else:
                cells[f"{test.column} of the session before"] = course.sessions[order[at - 1]].cell(test.column)
        elif isinstance(test, Differs):
            if order[at] == 0:
                return NO
            cells[f"{test.column} of the session before"] = course.sessions[order[at] - 1].cell(test.column)
        empty = [Cause(name.removesuffix(" of the session before")) for name, cell in cells.items() if cell is None]
        if empty:
            return NO if finding.missing_rule(self.readings) == "absent" else unknown(empty)
        return self.compare(test, list(cells.values()))

    def compare(self, test: Compared, cells: list[Cell], sheet: Sheet = "sessions") -> Told:
        """Return what a test says of a cell, and (for a change) of the one that it is compared with."""
        column, cell = self.condition.column(sheet, test.column), cells[0]
        silent = next((c for c in cells if isinstance(c, str) and c in column.says_nothing), None)
        if silent is not None:
            return unknown({Cause(test.column, silent)})
        uncounted = any(isinstance(c, Amount) and c.many for c in cells)
        return of(_holds(test, cell, cells[-1]), Cause(test.column, UNCOUNTED if uncounted else BOUND))

    def _appears(self, finding: Finding, test: Appears, course: Course, order: Sequence[int]) -> list[Told]:
        rule = finding.missing_rule(self.readings)
        recorded = [
            state_of([course.baseline(column) for column in test.columns]),
            *(state_of([session.cell(column) for column in test.columns]) for session in course.sessions),
        ]
        states = _filled(recorded, rule)
        name = " or ".join(test.columns)
        before = of(states[0], Cause(" or ".join(baseline_of(column) for column in test.columns)))
        now = [of(state, Cause(name)) for state in states[1:]]
        if test.since == "present":
            return [now[i] for i in order]
        found = []
        for at, i in enumerate(order):
            earlier = now[order[at - 1]] if test.since == "new_since_previous" and at > 0 else before
            found.append(both((now[i], negated(earlier))))
        return found


def _holds(test: Compared, cell: Cell, other: Cell) -> Truth:
    if isinstance(test, OneOf):
        return any_of(_equal(cell, value) for value in test.values)
    if isinstance(test, Differs):
        equal = _equal(cell, other)
        return None if equal is None else not equal
    assert isinstance(cell, Amount)
    if isinstance(test, Above):
        return above(cell, test.limit)
    if isinstance(test, Reaches):
        return at_least(cell, test.limit)
    if isinstance(test, Below):
        return negate(at_least(cell, test.limit))
    if isinstance(test, AtMost):
        return negate(above(cell, test.limit))
    assert isinstance(other, Amount)
    if isinstance(test, Increases):
        return above(cell, other)
    compare = above if test.strictly else at_least
    if test.amount is not None:
        return compare(cell, other.plus(test.amount))
    percent = int(test.percent * MILLION)
    return compare(cell.times(100 * MILLION), other.times(100 * MILLION + percent))


def _equal(cell: Cell, value: Cell) -> Truth:
    if isinstance(cell, Amount) and isinstance(value, Amount):
        return same(cell, value)
    if isinstance(cell, date | Month) and isinstance(value, date | Month):
        return same_day(cell, value)
    return fold(str(cell)) == fold(str(value))


def state_of(cells: list[Cell]) -> Truth:
    """Return yes where one cell is above 0, else no where one is certainly not, else unknown."""
    zero = Amount(low=0, high=0)
    values = [above(cell, zero) for cell in cells if isinstance(cell, Amount)]
    if True in values:
        return True
    return False if False in values else None


def _filled(states: list[Truth], rule: str) -> list[Truth]:
    """Return the states of baseline and sessions with the empty ones filled by a missing rule; recorded ones stay."""
    if rule == "absent":
        return [bool(state) for state in states]
    if rule == "unknown":
        return states
    found: list[Truth] = []
    for at, state in enumerate(states):
        earlier_yes, later_no = True in states[:at], False in states[at + 1 :]
        filled = state if state is not None or earlier_yes == later_no else earlier_yes
        found.append(filled)
    return found
