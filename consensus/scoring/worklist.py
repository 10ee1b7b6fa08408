"""The cells worth looking up: which empty ones can settle unknown verdicts, and how many at most, most useful first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache
from itertools import pairwise

from consensus.definitions.amount import MANY, MILLION, Amount
from consensus.definitions.column import BASELINE, PATIENT_ID, Column
from consensus.definitions.finding import Above, Reaches
from consensus.definitions.reading import range_of
from consensus.scoring.assessments import assessment_columns
from consensus.scoring.cells import Cell
from consensus.scoring.course import Course, Scan
from consensus.scoring.courses import Courses, Located
from consensus.scoring.filling import Filler
from consensus.scoring.judge import Judge, Judgement
from consensus.scoring.score import Scores
from consensus.scoring.scored_courses import scored_courses
from consensus.scoring.sheets import Places
from consensus.scoring.tables import Spot

FAR = 10**7 * MILLION


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """One empty cell: where it stands, whose it is, and the definitions whose unknown verdict it can settle."""

    spot: Spot
    patient_id: str
    column: str
    settles: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class WantedColumn:
    """One column with its empty cells on the list, and how many unknown verdicts they can settle."""

    column: str
    cells: int
    verdicts: int


def wanted_columns(wanted: Iterable[Wanted]) -> tuple[WantedColumn, ...]:
    """Return the columns of a list of cells, those that settle most first."""
    cells, verdicts = Counter[str](), Counter[str]()
    for one in wanted:
        cells[one.column] += 1
        verdicts[one.column] += len(one.settles)
    order = sorted(cells, key=lambda column: (-verdicts[column], column))
    return tuple(WantedColumn(column=c, cells=cells[c], verdicts=verdicts[c]) for c in order)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Gap:
    """One or more cells of a course that one cell of the user's file fills: sheet, session, scan."""

    column: Column
    sheet: int
    at: int = 0
    scan: int = 0


@lru_cache(maxsize=1)
def worklist(scores: Scores) -> tuple[Wanted, ...]:
    """Return the empty cells that alone can settle an unknown verdict, those that settle most first.

    A cell settles a verdict if some value in it makes the verdict known; another value may leave it open.
    """
    courses, chosen = scores.courses, dict(scores.readings)
    if courses.places is None:
        return ()
    judges = [Filler(definition=d, condition=courses.condition, chosen=chosen) for d in scores.judged]
    blamed = {(patient, name) for patient, name, _ in scores.blamed}
    patients = {patient for patient, _ in blamed}
    found: list[Wanted] = []
    for located in scored_courses(scores):
        patient = located.course.patient_id
        if patient in patients and located.course.held_back is None:
            mine = [judge for judge in judges if (patient, judge.definition.id) in blamed]
            found += _of_patient(located, [(judge, judge.begin(located.course)) for judge in mine], courses)
    return tuple(sorted(found, key=lambda wanted: -len(wanted.settles)))


def _of_patient(located: Located, open_: list[tuple[Filler, Judgement]], courses: Courses) -> Iterator[Wanted]:
    named = [{name for cause in judged.causes for name in cause.column.split(" or ")} for _, judged in open_]
    assert courses.places is not None
    for spot, gaps in _gaps(located, set().union(*named), courses, courses.places).items():
        column = gaps[0].column.name
        settles = []
        for (judge, judged), columns in zip(open_, named, strict=True):
            if column in columns:
                judge.hold(located.course, judged, column)
                if _settles(judge, located.course, gaps):
                    settles.append(judge.definition.id)
        if settles:
            yield Wanted(spot=spot, patient_id=located.course.patient_id, column=column, settles=tuple(settles))


def _gaps(located: Located, names: set[str], courses: Courses, places: Places) -> dict[Spot, list[_Gap]]:
    """Return the empty cells of the named columns; the sessions whose state one cell tells stand under it together."""
    found: dict[Spot, list[_Gap]] = {}
    condition, course = courses.condition, located.course

    def look(sheet: int, row: int, cells: Mapping[str, Cell], columns: tuple[Column, ...], at: int, scan: int) -> None:
        for column in columns:
            if column.name in names and column.name != PATIENT_ID and cells.get(column.name) is None:
                spot = places.spot(sheet, row, column.name)
                if spot is not None and places.empty(sheet, row, column.name):
                    found.setdefault(spot, []).append(_Gap(column=column, sheet=sheet, at=at, scan=scan))

    look(0, located.patient, course.cells, condition.patients, 0, 0)
    for at, session in enumerate(course.sessions):
        look(1, located.sessions[at], session.cells, condition.sessions, at, 0)
        for number, scan in enumerate(session.scans):
            look(2, located.scans[at][number], scan.cells, assessment_columns(condition), at, number)
    return found


def _settles(judge: Filler, course: Course, gaps: list[_Gap]) -> bool:
    """Return whether a value of the gap makes the verdict known; of values of one effect the first is judged."""
    first, judged = gaps[0], set[Hashable]()
    for filled in _filled(judge, course, gaps):
        effect = judge.effect(filled, first.column.name, first.at) if len(gaps) == 1 and first.sheet == 1 else None
        if effect is not None and effect in judged:
            continue
        judged.add(effect)
        if judge.judge(filled).verdict != "unknown":
            return True
    return False


def _filled(judge: Judge, course: Course, gaps: list[_Gap]) -> Iterator[Course]:
    """Return the course with each value in the gap that could matter."""
    if len(gaps) > 1:
        # one cell tells the state of all sessions: none, or from one of them on
        for first in range(len(gaps), -1, -1):
            filled = course
            for number, gap in enumerate(gaps):
                filled = _put(filled, gap, Amount(low=MILLION, high=MILLION) if number >= first else _ZERO)
            yield filled
        return
    for value in _values(judge, course, gaps[0]):
        yield _put(course, gaps[0], value)


_ZERO = Amount(low=0, high=0)


def _put(course: Course, gap: _Gap, value: Cell) -> Course:
    name = gap.column.name
    if gap.sheet == 0:
        return replace(course, cells={**course.cells, name: value})
    session = course.sessions[gap.at]
    if gap.sheet == 2:
        scan = session.scans[gap.scan]
        scans = list(session.scans)
        scans[gap.scan] = Scan(date=scan.date, cells={**scan.cells, name: value})
        session = replace(session, scans=tuple(scans))
    elif gap.column.assessed and not isinstance(value, str | Amount):
        session = replace(session, assessed=value, cells={**session.cells, name: value})
    else:
        session = replace(session, cells={**session.cells, name: value})
    return replace(course, sessions=(*course.sessions[: gap.at], session, *course.sessions[gap.at + 1 :]))


def _values(judge: Judge, course: Course, gap: _Gap) -> list[Cell]:
    column = gap.column
    match column.type:
        case "flag":
            return [_ZERO, Amount(low=MILLION, high=MILLION)]
        case "choice":
            return [choice for choice in column.choices if choice not in column.says_nothing]
        case "date":
            windows = [range_of(value) for value in judge.readings.values()]
            days = {0, *(day for ends in windows if ends is not None for day in ends)}
            return [end + timedelta(days=day) for day in sorted(days) for end in course.sessions[gap.at].ends]
        case "text":
            said = {str(cell) for cell in _recorded(course, column.name) if cell is not None}
            return [*sorted(said), "another one"]
        case _:
            return [*_amounts(judge, course, column), *([MANY] if column.many is not None else [])]


def _recorded(course: Course, name: str) -> list[Cell]:
    bare = name.removeprefix(BASELINE)
    cells = [course.cells.get(name), course.cells.get(BASELINE + bare)]
    cells += [session.cell(bare) for session in course.sessions]
    return cells + [scan.cells.get(bare) for session in course.sessions for scan in session.scans]


def _amounts(judge: Judge, course: Course, column: Column) -> list[Cell]:
    """Return amounts below, between and above all that is recorded, and on both sides of the findings' limits."""
    recorded = [cell for cell in _recorded(course, column.name) if isinstance(cell, Amount) and not cell.many]
    ends = {end for cell in recorded for end in (cell.low, cell.high) if end is not None}
    for name in judge.definition.findings:
        for _, test in judge.condition.finding(name).tests:
            if isinstance(test, Above | Reaches):
                ends.add(test.limit.low)
    low = int((column.range[0] or 0) * MILLION)
    high = int(column.range[1] * MILLION) if column.range[1] is not None else FAR
    points = sorted({low, high, *(e + d for e in ends for d in (-MILLION, 0, MILLION)), *(2 * e for e in ends)})
    points += [(a + b) // 2 for a, b in pairwise(points)]
    if column.type == "integer":
        points = [point // MILLION * MILLION for point in points]
    inside = sorted({point for point in points if low <= point <= high})
    return [Amount(low=point, high=point) for point in inside]
