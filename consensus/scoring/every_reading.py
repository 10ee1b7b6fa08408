"""Courses or frames of any kind by all readings: where the work is done, and what a definition must allow for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from consensus.definitions.condition import Condition
from consensus.definitions.definition import Definition
from consensus.scoring.compiled.array_cohort import array_cohort
from consensus.scoring.compiled.read_courses import cohort_of
from consensus.scoring.compiled.whole import kind_of_both
from consensus.scoring.courses import Courses
from consensus.scoring.multiverse import Multiverse, all_readings, choices_of_all, questions_of_all
from consensus.scoring.needs import refuse_scores


def score_every_reading(
    courses: Any,
    definitions: Sequence[Definition],
    condition: Condition,
    fixed: Mapping[str, str] | None = None,
    *,
    progress: Callable[[int, int], Any] | None = None,
) -> Multiverse:
    """Return what definitions say by all readings that they leave open; `courses` are as `score` takes them."""
    refuse_scores(definitions)
    if isinstance(courses, Courses) and courses.read:
        return all_readings(cohort_of(courses), definitions, fixed, progress=progress)
    patients, sessions = (courses.patients, courses.sessions) if isinstance(courses, Courses) else (None, courses)
    kind = kind_of_both(patients, sessions)
    if kind == "pandas":
        return all_readings(array_cohort(patients, sessions, condition), definitions, fixed, progress=progress)
    from consensus.scoring.compiled.gathered import gathered_cohort

    questions = questions_of_all(definitions, condition, fixed or {})
    choices = choices_of_all(definitions, condition, fixed or {})
    cohort = gathered_cohort(patients, sessions, kind, definitions, condition, questions, choices)
    return all_readings(cohort, definitions, fixed, progress=progress)
