"""Layouts c and d: one row a session with the patient's columns repeated, or one row a visit with a treatment flag."""

from __future__ import annotations

from consensus.definitions.column import PATIENT_ID, SESSION_DATE, Column
from consensus.definitions.condition import Condition
from consensus.scoring.cells import CellFaultError, read_cell
from consensus.scoring.course_map import DATE, TREATED, Found
from consensus.scoring.faults import UNKNOWN
from consensus.scoring.grids import Placed
from consensus.scoring.laid import Laid, PlacedRow, named
from consensus.scoring.months import Dated, Month, earliest, latest
from consensus.scoring.row_faults import hold_back_for_scan

GIVEN = Column(name=TREATED, type="flag")


def lay_long(laid: Laid) -> None:
    """Collect one session a row, and each patient once; what differs between the rows of a patient is told."""
    for i in range(len(laid.grid.rows)):
        patient = _patient(laid, i)
        if patient is None:
            continue
        cells = {found.column: laid.place(i, found) for found in _of_sessions(laid)}
        if any(placed.value is not None for name, placed in cells.items() if name != PATIENT_ID):
            laid.sessions.append({PATIENT_ID: patient, **cells})


def lay_visits(laid: Laid) -> None:
    """Collect a session for each visit with a treatment; what other visits saw are assessments of the session before.

    What a visit with a treatment saw was seen before that treatment, so it judges the session before; at the first one
    it is the baseline, where the map names no column for it.
    """
    visits: dict[str, list[tuple[int, Placed, bool]]] = {}
    for i in range(len(laid.grid.rows)):
        patient = _patient(laid, i)
        if patient is not None:
            visits.setdefault(named(patient), []).append((i, patient, _treated(laid, i)))
    early = [at for mine in visits.values() for at in _of_one(laid, mine)]
    if early:
        visits_ = "1 visit was" if len(early) == 1 else f"{len(early)} visits were"
        got = f"{visits_} before the patient's first treatment, or of one who had none; here is the first"
        laid.fault(min(early), got, hint="They judge nothing and are left out.", severity="note")


def _of_one(laid: Laid, visits: list[tuple[int, Placed, bool]]) -> list[tuple[int, int]]:
    """Order the visits of one patient by date, and return where those before the first treatment stand.

    Visits without a date stay where they stand in the file.
    """
    early: list[tuple[int, int]] = []
    dated = next(found for found in laid.found if found.column == DATE)
    days = {i: laid.day(laid.place(i, dated)) for i, _, _ in visits}
    given = [day for i, _, treated in visits if treated and (day := days[i]) is not None]
    known = [visit for visit in visits if visit[2] or not _is_open(laid, days[visit[0]], given, visit, dated)]
    ordered = sorted(known, key=lambda visit: str(days[visit[0]] or "9999"))
    session: PlacedRow | None = None
    waiting: list[tuple[int, PlacedRow]] = []
    for i, patient, treated in ordered:
        seen = _seen(laid, i)
        if seen and session is not None:
            waiting.append((i, {PATIENT_ID: patient, DATE: laid.place(i, dated), **seen}))
        elif seen and treated:
            _baseline(laid, named(patient), seen)
        elif seen:
            early.append(laid.place(i, dated).at)
        if treated:
            _judge(laid, session, waiting)
            other = {
                f.column: laid.place(i, f)
                for f in _of_sessions(laid)
                if f.column not in _assessed_columns(laid.condition)
            }
            session, waiting = {PATIENT_ID: patient, SESSION_DATE: laid.place(i, dated), **other}, []
            laid.sessions.append(session)
    _judge(laid, session, waiting)
    return early


def _is_open(laid: Laid, day: Dated | None, given: list[Dated], visit: tuple[int, Placed, bool], dated: Found) -> bool:
    """Return whether a month without a day leaves it open which treatment a visit followed, having told so.

    Then the patient is held back; a visit that saw nothing is never open.
    """
    if day is None or not _seen(laid, visit[0]):
        return False
    months = [other for other in given if isinstance(day, Month) or isinstance(other, Month)]
    open_ = next((o for o in months if earliest(o) <= latest(day) and earliest(day) <= latest(o)), None)
    if open_ is not None:
        got = (
            f"patient {named(visit[1])} has a visit of {day} and a treatment of {open_}: which came first can't be told"
        )
        laid.fault(laid.place(visit[0], dated).at, got, "the day", UNKNOWN)
        hold_back_for_scan(named(visit[1]), laid.held, own=isinstance(day, Month))
    return open_ is not None


def _seen(laid: Laid, i: int) -> PlacedRow:
    """Return what a visit saw: its filled cells of findings."""
    assessed = _assessed_columns(laid.condition)
    cells = {f.column: laid.place(i, f) for f in _of_sessions(laid) if f.column in assessed}
    return {name: placed for name, placed in cells.items() if placed.value is not None}


def _judge(laid: Laid, session: PlacedRow | None, waiting: list[tuple[int, PlacedRow]]) -> None:
    """Put the last visit into the session's own cells, for it may lie on the day of the next; others stay visits."""
    if session is None or not waiting:
        return
    *earlier, (_, last) = waiting
    assessed = laid.condition.assessed
    session |= {name: placed for name, placed in last.items() if name not in (PATIENT_ID, DATE)}
    if assessed is not None:
        session[assessed] = last[DATE]
    laid.assessments.extend(row for _, row in earlier)


def _baseline(laid: Laid, patient: str, seen: PlacedRow) -> None:
    row = next(row for row in laid.patients if named(row[PATIENT_ID]) == patient)
    for name, placed in seen.items():
        before = f"baseline_{name}"
        if laid.known("patients", before) is not None and (before not in row or row[before].value is None):
            row[before] = placed


def _patient(laid: Laid, i: int) -> Placed | None:
    """Return the patient of a row, having collected what the row says of him."""
    patient = laid.patient_of(i)
    if patient is None:
        at = next(found.at for found in laid.found if found.column == PATIENT_ID)
        laid.fault((i, at), "a row without a patient", f"a {PATIENT_ID}", "The row is left out.")
        return None
    mine = [f for f in laid.found if f.column != PATIENT_ID and laid.known("patients", f.column) is not None]
    if named(patient) not in laid.own_rows:
        laid.own_rows[named(patient)] = i
        laid.patients.append({PATIENT_ID: patient, **{f.column: laid.place(i, f) for f in mine}})
        return patient
    row = next(row for row in laid.patients if named(row[PATIENT_ID]) == named(patient))
    for found in mine:
        placed, first = laid.place(i, found), row[found.column]
        if first.value is None:
            row[found.column] = placed
        elif placed.value is not None and str(placed.value) != str(first.value):
            got = f'{found.column} of patient {named(patient)} is "{placed.value}" here and "{first.value}" before'
            laid.fault(placed.at, got, "the same in each row of a patient", "The first counts.")
    return patient


def _of_sessions(laid: Laid) -> list[Found]:
    return [
        found
        for found in laid.found
        if found.column not in (PATIENT_ID, DATE, TREATED) and laid.known("patients", found.column) is None
    ]


def _assessed_columns(condition: Condition) -> frozenset[str]:
    """Return the columns that a visit sees: those that some finding looks at, less what is given at a session."""
    from consensus.scoring.views import seen_columns

    return seen_columns(condition)


def _treated(laid: Laid, i: int) -> bool:
    found = next(found for found in laid.found if found.column == TREATED)
    placed = laid.place(i, found)
    try:
        return getattr(read_cell(placed.value, GIVEN), "low", 0) > 0
    except CellFaultError as error:
        laid.fault(placed.at, error.got, error.expected, "The visit counts as one without a treatment.")
        return False
