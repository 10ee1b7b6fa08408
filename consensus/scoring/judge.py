"""The judge: what one definition says of one course, in plain Python, with the evidence. Every engine must agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from consensus.definitions.condition import Condition
from consensus.definitions.definition import AllOf, AnyOf, AtLeast, ByIntent, Definition, Points, Term
from consensus.definitions.finding import Appears
from consensus.definitions.logic import Truth, Verdict, all_of, verdict_of
from consensus.definitions.readings import ANY, in_force
from consensus.definitions.readings_of_courses import IMAGING_CHOICE
from consensus.scoring.before import Before
from consensus.scoring.cells import fold
from consensus.scoring.course import Cause, Course
from consensus.scoring.forms import tell_form
from consensus.scoring.months import Dated, ends
from consensus.scoring.telling import Teller
from consensus.scoring.told import YES, Told, both, negated
from consensus.scoring.views import state_date

POINTS = "points"


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """What one term says at each session of a course, in their order."""

    term: Term
    told: tuple[Told, ...]

    @property
    def first(self) -> int | None:
        """The index of the first session at which the term is certainly true."""
        return next((at for at, told in enumerate(self.told) if told.value is True), None)

    @property
    def value(self) -> Truth:
        """The term's value for the course: OR over its sessions."""
        values = [told.value for told in self.told]
        return True if True in values else None if None in values else False

    @property
    def causes(self) -> frozenset[Cause]:
        """The columns to blame where the value is unknown."""
        if self.value is not None:
            return frozenset()
        return frozenset(cause for told in self.told for cause in told.causes)


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgement:
    """A verdict on one course, with criterion, session and date of `met`, the points, and the causes of unknown.

    A score has no verdict but a class, where it is certain. `before` is whether entry and exclusion let the patient in.
    """

    verdict: Verdict | None
    criterion: str | None = None
    session_no: int | None = None
    date: Dated | None = None
    points_low: Decimal | None = None
    points_high: Decimal | None = None
    evidence: tuple[Evidence, ...] = ()
    causes: tuple[Cause, ...] = ()
    class_name: str | None = None
    before: Truth = True


@dataclass(frozen=True, kw_only=True, slots=True)
class _Found:
    """A verdict with the index of the session of `met`."""

    value: Truth
    criterion: str | None = None
    at: int | None = None
    terms: tuple[Term, ...] = ()
    causes: frozenset[Cause] = frozenset()
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Judge:
    """Judges courses by one definition; `chosen` are the caller's readings, those that it doesn't have are let be."""

    definition: Definition
    condition: Condition
    chosen: Mapping[str, str] = field(default_factory=dict)
    readings: Mapping[str, str] = field(init=False)
    teller: Teller = field(init=False)

    def __post_init__(self) -> None:
        readings = in_force(self.definition, self.condition, self.chosen)
        object.__setattr__(self, "readings", readings)
        choice = self.chosen.get(IMAGING_CHOICE.name, IMAGING_CHOICE.default)
        object.__setattr__(self, "teller", Teller(condition=self.condition, readings=readings, imaging=choice))

    def judge(self, course: Course) -> Judgement:
        """Return what the definition says of a course."""
        logic = self.definition.logic
        if self.definition.is_score:
            return self._scored(course)
        if course.held_back is not None and self.definition.at == "sessions":
            return self._held_back(course.held_back)
        if self.definition.at == "baseline" and not isinstance(logic, ByIntent):
            evidence = self._at_baseline(logic.terms, course)
            found = replace(_combine(logic, evidence), at=None, terms=())
        elif isinstance(logic, ByIntent):
            found, evidence = self._by(logic, course)
        else:
            evidence = self._evidence(logic.terms, course)
            found = _combine(logic, evidence)
        before = self._before(course)
        found = _let_in(found, before)
        met = course.sessions[found.at] if found.at is not None else None
        return Judgement(
            verdict=verdict_of(found.value),
            criterion=found.criterion,
            session_no=met.number if met is not None else None,
            date=self._date(found, course),
            points_low=found.low,
            points_high=found.high,
            evidence=evidence,
            causes=tuple(sorted(found.causes)) if found.value is None else (),
            before=before.value,
        )

    def _at_baseline(self, terms: tuple[Term, ...], course: Course) -> tuple[Evidence, ...]:
        before = Before(teller=self.teller)
        return tuple(Evidence(term=t, told=(before.baseline(t.form.finding, course),)) for t in terms)

    def _before(self, course: Course) -> Told:
        """Return AND of entry and NOT of exclusion, judged before the first session."""
        before, parts = Before(teller=self.teller), [YES]
        if self.definition.entry is not None:
            parts.append(before.expression(self.definition.entry, course))
        if self.definition.exclude is not None:
            parts.append(negated(before.expression(self.definition.exclude, course)))
        return both(parts)

    def _scored(self, course: Course) -> Judgement:
        logic = self.definition.logic
        assert isinstance(logic, Points)
        if course.held_back is not None and logic.at != "baseline":
            return Judgement(verdict=None, causes=(course.held_back,))
        scored = Before(teller=self.teller).score(logic, course)
        return Judgement(
            verdict=None,
            points_low=scored.low,
            points_high=scored.high,
            evidence=tuple(Evidence(term=term, told=(told,)) for term, told in scored.told),
            causes=tuple(sorted(scored.causes)),
            class_name=scored.class_name,
        )

    def _date(self, found: _Found, course: Course) -> Dated | None:
        """Return the latest date of the scans that showed what came true at the session of `met`."""
        if found.at is None:
            return None
        return max((self.shown(term, course, found.at) for term in found.terms), key=lambda day: ends(day)[::-1])

    def shown(self, term: Term, course: Course, at: int) -> Dated:
        """Return the date of the scan that shows a term's finding at a session, else that of the session."""
        finding, session = self.condition.finding(term.form.finding), course.sessions[at]
        test = finding.test(self.readings)
        if isinstance(test, Appears):
            return state_date(session, test.columns) or session.date
        window = self.readings[finding.within] if finding.within is not None else self._window
        return self.teller.viewer.view(course, window).sessions[at].assessed or session.date

    @property
    def _window(self) -> str:
        """The window of the definition's other findings, by which also what has no window of its own is dated."""
        names = (self.condition.finding(name).within for name in self.definition.findings)
        return next((self.readings[name] for name in names if name is not None), ANY)

    def _held_back(self, cause: Cause) -> Judgement:
        logic = self.definition.logic
        low = high = None
        if isinstance(logic, Points):
            low, high = Decimal(0), sum((term.points or Decimal(0) for term in logic.terms), Decimal(0))
        return Judgement(verdict="unknown", points_low=low, points_high=high, causes=(cause,))

    def _evidence(self, terms: tuple[Term, ...], course: Course) -> tuple[Evidence, ...]:
        return tuple(
            Evidence(term=term, told=tuple(tell_form(term.form, course, self.teller, self.readings))) for term in terms
        )

    def _by(self, logic: ByIntent, course: Course) -> tuple[_Found, tuple[Evidence, ...]]:
        """By the branch of the patient's choice; where that is empty, all branches must give one verdict.

        If all are met it is the latest of their sessions, and the first branch of those at it.
        """
        choice = course.cells.get(logic.column)
        by_branch = {name: self._evidence(branch.terms, course) for name, branch in logic.branches}
        founds = {name: _combine(branch, by_branch[name]) for name, branch in logic.branches}
        evidence = tuple(e for one in by_branch.values() for e in one)
        if choice is not None:
            name = next(name for name in founds if fold(name) == fold(str(choice)))
            return founds[name], by_branch[name]
        values = {found.value for found in founds.values()}
        if values == {True}:
            return max(founds.values(), key=lambda found: found.at or 0), evidence
        if values == {False}:
            return _Found(value=False), evidence
        causes = frozenset(cause for found in founds.values() for cause in found.causes)
        return _Found(value=None, causes=causes | ({Cause(logic.column)} if len(values) > 1 else set())), evidence


def _let_in(found: _Found, before: Told) -> _Found:
    """Return what was found of a course, held against what must hold before the first session."""
    if before.value is True:
        return found
    value = all_of((before.value, found.value))
    causes = found.causes | before.causes if found.value is None else before.causes
    return _Found(value=value, causes=causes, low=found.low, high=found.high)


def _combine(logic: AnyOf | AllOf | AtLeast | Points, evidence: tuple[Evidence, ...]) -> _Found:
    if isinstance(logic, Points):
        return _points(logic, evidence)
    needed = logic.number if isinstance(logic, AtLeast) else len(evidence) if isinstance(logic, AllOf) else 1
    firsts = sorted(e.first for e in evidence if e.first is not None)
    if len(firsts) >= needed:
        at = firsts[needed - 1]
        came = tuple(e.term for e in evidence if e.first == at)
        return _Found(value=True, criterion=came[0].id, at=at, terms=came[:1] if isinstance(logic, AnyOf) else came)
    if sum(e.value is not False for e in evidence) >= needed:
        return _Found(value=None, causes=frozenset(cause for e in evidence for cause in e.causes))
    return _Found(value=False)


def _points(logic: Points, evidence: tuple[Evidence, ...]) -> _Found:
    zero = Decimal(0)
    low = sum((e.term.points or zero for e in evidence if e.value is True), zero)
    high = low + sum((e.term.points or zero for e in evidence if e.value is None), zero)
    if low >= logic.failure_at:
        firsts = sorted({e.first for e in evidence if e.first is not None})
        at = next(s for s in firsts if _reached(evidence, s) >= logic.failure_at)
        came = tuple(e.term for e in evidence if e.first == at)
        return _Found(value=True, criterion=POINTS, at=at, terms=came, low=low, high=high)
    if high < logic.failure_at:
        return _Found(value=False, low=low, high=high)
    causes = frozenset(cause for e in evidence for cause in e.causes)
    return _Found(value=None, causes=causes, low=low, high=high)


def _reached(evidence: tuple[Evidence, ...], at: int) -> Decimal:
    """Return the points of the terms that are true at a session or before it."""
    held = (e for e in evidence if e.first is not None and e.first <= at)
    return sum((e.term.points or Decimal(0) for e in held), Decimal(0))
