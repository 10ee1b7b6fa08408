"""Courses that were read and typed already, as a cohort of arrays; several scans of a session are seen by window."""

from __future__ import annotations

import numpy as np
import pandas as pd

from consensus.scoring.cells import plain
from consensus.scoring.compiled.array_cohort import ArrayCohort, array_cohort
from consensus.scoring.courses import Courses, located_courses
from consensus.scoring.views import Viewer


def cohort_of(courses: Courses) -> ArrayCohort:
    """Return the cohort of read courses, with those held back whom reading them held back."""
    cohort = array_cohort(courses.patients, courses.sessions, courses.condition)
    cohort.held |= np.isin(cohort.ids, [patient for patient, _ in courses.held_back])
    if courses.assessments is not None:
        cohort.hand.look = lambda window: seen_sessions(courses, window)
    return cohort


def seen_sessions(courses: Courses, window: str) -> pd.DataFrame:
    """Return the sessions with what their scans saw, as a window sees them: one scan a session judges."""
    viewer, known = Viewer(condition=courses.condition), courses.condition.sessions
    frame = courses.sessions.astype(object)
    cells: dict[str, list[object]] = {
        column.name: frame[column.name].tolist() if column.name in frame else [None] * len(frame) for column in known
    }
    for located in located_courses(courses):
        if any(session.scans for session in located.course.sessions):
            seen = viewer.view(located.course, window)
            for at, row in enumerate(located.sessions):
                for column in known if located.course.sessions[at].scans else ():
                    session = seen.sessions[at]
                    cell = session.assessed if column.assessed else session.cell(column.name)
                    cells[column.name][row] = plain(cell, column)
    return pd.DataFrame({name: pd.Series(values, dtype=object) for name, values in cells.items()})
