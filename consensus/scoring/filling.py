"""A course judged again and again with one cell filled: only the terms that look at the cell are told anew."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field

from consensus.definitions.column import baseline_of
from consensus.definitions.definition import Term, Within, findings_of
from consensus.definitions.finding import Appears, columns_of
from consensus.scoring.course import Course
from consensus.scoring.judge import Evidence, Judge, Judgement
from consensus.scoring.told import Told


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Filler(Judge):
    """A judge of courses that differ from one another in one column alone; its verdicts are those of `Judge`.

    `begin` judges the course as it is, `hold` names the column that will differ. Of several scans of a session a filled
    cell may change which of them judges it, and with that every term: nothing is held of such a course.
    """

    held: dict[int, Evidence] = field(init=False, default_factory=dict)
    looks: dict[int, frozenset[str]] = field(init=False, default_factory=dict)

    def begin(self, course: Course) -> Judgement:
        """Return what the definition says of a course as it is."""
        self.held.clear()
        return self.judge(course)

    def hold(self, course: Course, begun: Judgement, column: str) -> None:
        """Keep what the terms that don't look at a column said of a course as it is."""
        self.held.clear()
        if not has_scans(course):
            self.held.update((id(e.term), e) for e in begun.evidence if column not in self._columns(e.term))

    def _evidence(self, terms: tuple[Term, ...], course: Course) -> tuple[Evidence, ...]:
        return tuple(self.held.get(id(term)) or Judge._evidence(self, (term,), course)[0] for term in terms)

    def _columns(self, term: Term) -> frozenset[str]:
        """Return every column on which a term can rest: of sessions, and of patients for what was before them."""
        found = self.looks.get(id(term))
        if found is None:
            seen = {name for finding in findings_of(term.form) for name in self._of_finding(finding)}
            found = self.looks[id(term)] = frozenset((*seen, *_same(term)))
        return found

    def _of_finding(self, name: str) -> Iterator[str]:
        finding = self.condition.finding(name)
        for column in columns_of(finding.test(self.readings)):
            yield from (column, baseline_of(column))
        if finding.within is not None and self.condition.assessed is not None:
            yield self.condition.assessed

    def effect(self, course: Course, column: str, at: int) -> Hashable:
        """Return what a course's filled cell of a session says beside the cells it is compared with.

        Courses that differ in that cell alone, and in which it is not empty, have one verdict where this is equal; None
        where the cell may say more than that.
        """
        if has_scans(course) or self.definition.at != "sessions":
            return None
        if self.definition.entry is not None or self.definition.exclude is not None:
            return None
        if any(column in _same(term) for term in self.definition.terms):
            return None
        found: list[tuple[Told, ...]] = []
        for name in dict.fromkeys(name for term in self.definition.terms for name in findings_of(term.form)):
            if column in self._of_finding(name):
                told = self._beside(name, course, column, at)
                if told is None:
                    return None
                found += told
        return tuple(found)

    def _beside(self, name: str, course: Course, column: str, at: int) -> list[tuple[Told, ...]] | None:
        """Return what a finding says at a session and at the next one, of all sessions and of those assessed."""
        finding = self.condition.finding(name)
        test = finding.test(self.readings)
        if isinstance(test, Appears) or column not in columns_of(test) or finding.at != "session":
            return None
        orders = {tuple(range(len(course.sessions))), tuple(self.teller.assessed(name, course))}
        told = []
        for order in sorted(orders):
            place = order.index(at)
            near = range(place, min(place + 2, len(order)))
            told.append(tuple(self.teller.at_session(finding, test, course, order, i) for i in near))
        return told


def has_scans(course: Course) -> bool:
    """Return whether a session of the course has further scans."""
    return any(session.scans for session in course.sessions)


def _same(term: Term) -> tuple[str, ...]:
    return (term.form.same,) if isinstance(term.form, Within) and term.form.same is not None else ()
