"""Which candidate criteria courses show: those of patients, and those that vignettes describe."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from consensus.definitions.column import PATIENT_ID, SESSION_DATE
from consensus.definitions.definition import AnyOf, Definition, Source, Term
from consensus.proposals.evidence import Shown
from consensus.scoring.courses import Courses, courses_of
from consensus.scoring.judge import Judge
from questionnaires.instrument import Labels

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from consensus.definitions.condition import Condition
    from consensus.proposals.candidates import Candidate
    from consensus.scoring.course import Course
    from questionnaires.instrument import Vignette


def shown_by(candidates: Sequence[Candidate], courses: Courses, readings: Mapping[str, str] | None = None) -> Shown:
    """Return which candidates each patient's course shows by its end, in the order of `courses.patients`."""
    return _shown(candidates, courses_of(courses), courses.condition, readings or {})


def shown_by_vignettes(candidates: Sequence[Candidate], vignettes: Sequence[Vignette], condition: Condition) -> Shown:
    """Return which candidates each vignette's course shows; what its cells leave open stays open.

    A vignette without sessions shows nothing for certain and excludes nothing.
    """
    told = [v for v in vignettes if any(dict(s).get(SESSION_DATE) for s in v.sessions)]
    if not told:
        return Shown(low=np.zeros(len(vignettes), dtype=np.int64), high=_all(vignettes, candidates))
    made = _courses(told, condition)
    found = _shown(candidates, courses_of(made), condition, {})
    low, high = np.zeros(len(vignettes), dtype=np.int64), _all(vignettes, candidates)
    places = {name: at for at, name in enumerate(map(str, made.patients[PATIENT_ID]))}
    for at, vignette in enumerate(vignettes):
        if vignette.name in places:
            low[at], high[at] = found.low[places[vignette.name]], found.high[places[vignette.name]]
    return Shown(low=low, high=high)


def _all(vignettes: Sequence[Vignette], candidates: Sequence[Candidate]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.full(len(vignettes), 2 ** len(candidates) - 1, dtype=np.int64)


def _courses(vignettes: Sequence[Vignette], condition: Condition) -> Courses:
    patients, sessions = list[dict[str, str]](), list[dict[str, str]]()
    about = {column.name for column in condition.patients}
    for vignette in vignettes:
        first = dict(vignette.sessions[0])
        patients.append({k: v for k, v in first.items() if k in about} | {PATIENT_ID: vignette.name})
        rows = (dict(s) for s in vignette.sessions)
        sessions += [{k: v for k, v in r.items() if k not in about} | {PATIENT_ID: vignette.name} for r in rows]
    return Courses.from_frames(
        pd.DataFrame(patients, dtype=object), pd.DataFrame(sessions, dtype=object), condition, name="vignettes"
    )


def _shown(
    candidates: Sequence[Candidate], courses: Iterable[Course], condition: Condition, readings: Mapping[str, str]
) -> Shown:
    terms = tuple(Term(id=c.id, says=c.criterion.label, form=c.form) for c in candidates)
    asked = Definition(
        id="what-a-course-shows",
        title=Labels(),
        condition=condition.id,
        source=Source(cite="", standing="derived"),
        logic=AnyOf(terms=terms),
    )
    judge = Judge(definition=asked, condition=condition, chosen=readings)
    low, high = list[int](), list[int]()
    for course in courses:
        values = [evidence.value for evidence in judge.judge(course).evidence] or [None] * len(terms)
        low.append(sum(1 << k for k, value in enumerate(values) if value is True))
        high.append(sum(1 << k for k, value in enumerate(values) if value is not False))
    return Shown(low=np.array(low, dtype=np.int64), high=np.array(high, dtype=np.int64))
