"""What was understood of courses, in sentences: patients, sessions, assessments, and one sample course."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from consensus.scoring.course import Course
    from consensus.scoring.courses import Courses

SHOWN = 5


def sentences(courses: Courses) -> list[str]:
    """Return what was seen in one line, then one patient's course in words."""
    mark = "SYNTHETIC courses" if courses.synthetic else "courses"
    layout, _, slots = courses.told.partition(", sessions in columns ")
    seen = [_several(len(courses.patients), "patient")]
    seen.append(_several(len(courses.sessions), "session") + (f" ({slots})" if slots else ""))
    # what lesions tell of a scan is none that somebody wrote down
    recorded = (courses.unfilled or courses).assessments
    if recorded is not None:
        total, scans = len(recorded), len(recorded) - courses.states
        parts = f" ({_several(scans, 'scan')} and {_several(courses.states, 'dated state')})" if courses.states else ""
        seen.append(_several(total, "assessment") + parts)
    seen += _lesions(courses)
    first = f"{mark}{', ' + layout if layout else ''}: {', '.join(seen)}."
    return [first, *_sample(courses), *_no_baseline(courses)]


def _lesions(courses: Courses) -> list[str]:
    """Return how many lesions of how many patients were measured at how many scans, and by how many readers."""
    from consensus.definitions.column import PATIENT_ID
    from consensus.scoring.course_map import DATE, READER
    from consensus.scoring.lesions import LESION_ID

    rows = courses.lesions
    if rows is None or not len(rows):
        return []
    lesions, scans = (len(rows[[PATIENT_ID, column]].drop_duplicates()) for column in (LESION_ID, DATE))
    readers = rows[READER].nunique() if READER in rows else 0
    by = f" by {_several(readers, 'reader')}" if readers > 1 else ""
    patients = _several(rows[PATIENT_ID].nunique(), "patient")
    return [f"{_several(lesions, 'lesion')} of {patients} at {_several(scans, 'scan')}{by}"]


def _no_baseline(courses: Courses) -> list[str]:
    """Return how many patients with sessions have no baseline of what some finding compares with it."""
    from consensus.definitions.column import PATIENT_ID, baseline_of
    from consensus.definitions.finding import baseline_columns_of

    condition, patients = courses.condition, courses.patients
    tests = [test for finding in condition.findings for _, test in finding.tests]
    groups = dict.fromkeys(baseline_columns_of(test) for test in tests)
    treated = patients[patients[PATIENT_ID].isin(set(courses.sessions[PATIENT_ID]))]
    missing = dict[str, int]()
    for columns in groups:
        if not any(column in courses.sessions for column in columns):
            continue
        # one of the columns suffices, as a grade of tumor thrombus does for vascular invasion
        names = [
            baseline_of(column) for column in columns if column in courses.sessions or baseline_of(column) in treated
        ]
        known = treated[[name for name in names if name in treated]].notna().any(axis=1)
        missing[" or ".join(names)] = len(treated) - int(known.sum())
    said = [f"{name} of {number}" for name, number in missing.items() if number]
    if not said or not len(treated):
        return []
    return [f"Baseline missing, of {len(treated)} patients with sessions: {', '.join(said)}."]


def _several(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _sample(courses: Courses) -> list[str]:
    from consensus.scoring.courses import courses_of

    best: Course | None = None
    for course in courses_of(courses):
        if course.held_back is None and (best is None or _shows(course) > _shows(best)):
            best = course
    if best is None or not best.sessions:
        return []
    word = courses.condition.word("session")
    lines = [f"For example patient {best.patient_id}, {len(best.sessions)} sessions:"]
    for session in best.sessions[:SHOWN]:
        lines.append(f"  session {session.number}, {word} of {session.date}{_cells(session.cells, courses)}")
        for scan in session.scans:
            lines.append(f"    then on {scan.date}{_cells(scan.cells, courses)}")
    return lines


def _shows(course: Course) -> int:
    """Return how much a course shows, up to a length that can be read at a glance."""
    sessions = course.sessions[:3]
    return sum(1 for s in sessions for cell in s.cells.values() if cell is not None) + 5 * sum(
        1 for s in sessions for _ in s.scans
    )


def _cells(cells: object, courses: Courses) -> str:
    from consensus.definitions.column import PATIENT_ID, SESSION_DATE, SESSION_NO

    assert isinstance(cells, dict)
    left = (PATIENT_ID, SESSION_DATE, SESSION_NO)
    units = {column.name: column.unit for column in courses.condition.sessions}
    parts = [
        f"{name} {cell}{_unit(units.get(name, ''))}"
        for name, cell in cells.items()
        if cell is not None and name not in left
    ]
    return ": " + ", ".join(parts) if parts else ""


def _unit(unit: str) -> str:
    return "" if not unit else " %" if unit == "percent" else f" {unit}"
