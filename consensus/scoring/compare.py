"""Two definitions without data: does one imply the other, and which is the shortest course on which they differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from consensus.definitions.condition import Condition
from consensus.definitions.definition import AnyOf, ByIntent, Definition, Term
from consensus.scoring.compiled.array_cohort import array_cohort
from consensus.scoring.compiled.table import judged
from consensus.scoring.course import Course
from consensus.scoring.course_patterns import Patterns
from consensus.scoring.course_space import Space
from consensus.scoring.judge import Judge, Judgement
from questionnaires.problems import ConsensusError

SESSIONS = 3
FEW, MANY = 256, 10_000  # courses judged at once


@dataclass(frozen=True, kw_only=True, slots=True)
class Separation:
    """The shortest course of which `met_by` says met and `not_met_by` not met; None where there is none: it implies it.

    `judged` is what the first says of it. `tried` is the number of courses looked at; `all_of_them` whether these were
    all courses of up to `sessions` sessions that could separate the two.
    """

    met_by: str
    not_met_by: str
    course: Course | None
    judged: Judgement | None
    tried: int
    sessions: int
    all_of_them: bool

    @property
    def implies(self) -> bool:
        """Whether each course tried that is met by the first is met by the second."""
        return self.course is None


def comparable(definition: Definition) -> bool:
    """Return whether a definition looks at sessions alone, so that it can be compared without data."""
    before = definition.entry is not None or definition.exclude is not None
    return not (definition.is_score or definition.at != "sessions" or before)


def separate(
    a: Definition,
    b: Definition,
    condition: Condition,
    *,
    sessions: int = SESSIONS,
    readings: Mapping[str, str] | None = None,
) -> Separation:
    """Return the shortest course of up to so many sessions that `a` calls met and `b` not met, if there is one.

    Findings only ever speak for a definition, so a course on which the two differ stays one when everything that the
    met criterion doesn't look at is left as it was before treatment. That is why only its columns vary, and still no
    course is passed over. Courses are fully recorded and assessed within both windows.
    """
    for definition in (a, b):
        if not comparable(definition):
            raise ConsensusError(
                f"{definition.id}: looks at patients before the first session. Expected a definition of sessions alone."
            )
    chosen = dict(readings or {})
    one, other = (Judge(definition=d, condition=condition, chosen=chosen) for d in (a, b))
    space = Space(judges=(one, other), condition=condition, sessions=sessions)
    tried, whole = 0, True
    for length in range(1, sessions + 1):
        for terms in _enough(a):
            patterns = space.patterns(terms, one, length)
            whole = whole and patterns.complete
            at = _first(patterns, a, b, chosen)
            if at is not None:
                course = patterns.course(at)
                return _found(a, b, course, one.judge(course), tried + at + 1, length, whole)
            tried += len(patterns.places)
    return _found(a, b, None, None, tried, sessions, whole)


def _first(patterns: Patterns, a: Definition, b: Definition, chosen: Mapping[str, str]) -> int | None:
    """Return the place of the first course that `a` calls met and `b` not met; few are looked at before many."""
    start, size = 0, FEW
    while start < len(patterns.places):
        cohort = array_cohort(*patterns.frames(start, start + size), patterns.condition)
        one, other = (judged(cohort, definition, chosen) for definition in (a, b))
        apart = np.flatnonzero(one.met & ~other.met & ~other.unknown)
        if len(apart):
            return start + int(apart[0])
        start, size = start + size, MANY
    return None


def _found(
    a: Definition,
    b: Definition,
    course: Course | None,
    judged: Judgement | None,
    tried: int,
    sessions: int,
    whole: bool,
) -> Separation:
    return Separation(
        met_by=a.id,
        not_met_by=b.id,
        course=course,
        judged=judged,
        tried=tried,
        sessions=sessions,
        all_of_them=whole,
    )


def _enough(definition: Definition) -> Iterator[tuple[Term, ...]]:
    """Return the terms that suffice for met: each alone where one is enough, else all of them together."""
    logic = definition.logic
    branches = [branch for _, branch in logic.branches] if isinstance(logic, ByIntent) else [logic]
    for branch in branches:
        yield from ((term,) for term in branch.terms) if isinstance(branch, AnyOf) else (branch.terms,)
