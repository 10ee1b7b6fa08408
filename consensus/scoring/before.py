"""What is told at one moment: before the first session, or of what was seen before the second."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from consensus.definitions.amount import MILLION, Amount
from consensus.definitions.column import baseline_of
from consensus.definitions.definition import At, Points, ScoreClass, Term
from consensus.definitions.expression import Expression, Holds, Not
from consensus.definitions.finding import Always, Appears, Differs, Increases, RisesBy
from consensus.definitions.logic import Truth
from consensus.definitions.moments import told_with_second
from consensus.scoring.course import Cause, Course
from consensus.scoring.telling import Teller, state_of
from consensus.scoring.told import NO, YES, Told, negated, of, unknown

ZERO = Decimal(0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Scored:
    """The points of a score with their two ends (None: open upward), its class where it is certain, and the terms."""

    low: Decimal | None
    high: Decimal | None
    class_name: str | None
    told: tuple[tuple[Term, Told], ...] = ()
    causes: frozenset[Cause] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Before:
    """Tells findings at one moment with the readings of a teller."""

    teller: Teller

    def expression(self, expression: Expression, course: Course) -> Told:
        """Return what an expression says before the first session."""
        match expression:
            case Holds():
                return self.baseline(expression.finding, course)
            case Not():
                return negated(self.expression(expression.of, course))
            case _:
                parts = [self.expression(part, course) for part in expression.of]
                return _several(parts, expression.number)

    def baseline(self, name: str, course: Course) -> Told:
        """Return what a finding says of the patient's columns: of `baseline_X` where it looks at X at a session."""
        condition, readings = self.teller.condition, self.teller.readings
        finding = condition.finding(name)
        test = finding.test(readings)
        if isinstance(test, Always):
            return YES
        if isinstance(test, Appears):
            names = [baseline_of(column) for column in test.columns]
            state = state_of([course.cells.get(each) for each in names])
            if state is None and finding.missing_rule(readings) == "absent":
                return NO
            return of(state, Cause(" or ".join(names)))
        assert not isinstance(test, Increases | RisesBy | Differs)
        at_patient = test if finding.at == "baseline" else replace(test, column=baseline_of(test.column))
        cell = course.cells.get(at_patient.column)
        if cell is None:
            absent = finding.missing_rule(readings) == "absent"
            return NO if absent else unknown({Cause(at_patient.column)})
        return self.teller.compare(at_patient, [cell], "patients")

    def before_second(self, name: str, course: Course) -> Told:
        """Return what a finding says of what is known before the second session.

        What imaging shows is that of the first session with its scans; what is measured stands in the row of the
        second session or of the first, by the reading on that, and is unknown where there is no such session.
        """
        condition, readings = self.teller.condition, self.teller.readings
        finding = condition.finding(name)
        if finding.at == "baseline":
            return self.baseline(name, course)
        upto = 2 if told_with_second(finding, condition, readings) else 1
        if len(course.sessions) < upto:
            test = finding.test(readings)
            column = getattr(test, "column", "") or " or ".join(getattr(test, "columns", ()))
            return unknown({Cause(column, "no second session" if course.sessions else "no session")})
        *earlier, last = course.sessions[:upto]
        # scans of the second session come after it
        own = last if upto == 1 else replace(last, scans=())
        return self.teller.tell(name, replace(course, sessions=(*earlier, own)), range(upto))[-1]

    def score(self, logic: Points, course: Course) -> Scored:
        """Return the points of a score with their class; what is missing leaves an interval of points."""
        if logic.value is not None:
            return _of_value(logic, course)
        told = tuple((term, self._at(logic.at, term.form.finding, course)) for term in logic.terms)
        low = sum((_least(term, each) for term, each in told), ZERO)
        high = sum((_most(term, each) for term, each in told), ZERO)
        causes = frozenset(cause for _, each in told if each.value is None for cause in each.causes)
        return Scored(low=low, high=high, class_name=class_of(logic.classes, low, high), told=told, causes=causes)

    def _at(self, moment: At, name: str, course: Course) -> Told:
        return self.before_second(name, course) if moment == "before_second" else self.baseline(name, course)


def class_of(classes: tuple[ScoreClass, ...], low: Decimal, high: Decimal | None) -> str | None:
    """Return the name of the class in which all points from `low` to `high` lie, None where there is none."""
    for one in classes:
        if one.holds(low) and (one.holds(high) if high is not None else one.high is None):
            return one.name
    return None


def _of_value(logic: Points, course: Course) -> Scored:
    assert logic.value is not None
    cell = course.cells.get(logic.value)
    if not isinstance(cell, Amount):
        return Scored(low=None, high=None, class_name=None, causes=frozenset({Cause(logic.value)}))
    if cell.many:  # larger than any number, so in the class that has no upper end
        return Scored(low=None, high=None, class_name=next((c.name for c in logic.classes if c.high is None), None))
    low = Decimal(cell.low) / MILLION
    high = None if cell.high is None else Decimal(cell.high) / MILLION
    name = class_of(logic.classes, low, high)
    open_ = frozenset() if name is not None else frozenset({Cause(logic.value, "a bound leaves it open")})
    return Scored(low=low, high=high, class_name=name, causes=open_)


def _least(term: Term, told: Told) -> Decimal:
    points = term.points or ZERO
    return points if told.value is True or (told.value is None and points < 0) else ZERO


def _most(term: Term, told: Told) -> Decimal:
    points = term.points or ZERO
    return points if told.value is True or (told.value is None and points > 0) else ZERO


def _several(parts: list[Told], number: int) -> Told:
    sure = sum(part.value is True for part in parts)
    open_ = [part for part in parts if part.value is None]
    value: Truth = True if sure >= number else None if sure + len(open_) >= number else False
    return of(value, *(cause for part in open_ for cause in part.causes))
