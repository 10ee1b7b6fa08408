"""Courses: the patients and sessions of a workbook, a folder of CSV files or two data frames, read once and typed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import KW_ONLY, dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from consensus.definitions.column import PATIENT_ID, SESSION_DATE, Column
from consensus.definitions.condition import Condition, conditions, read_condition
from consensus.scoring.assessments import assessment_columns
from consensus.scoring.cells import Cell, CellFaultError, is_missing, read_cell, text_of
from consensus.scoring.course import Cause, Course, Scan, course_of
from consensus.scoring.course_map import DATE, CourseMap
from consensus.scoring.derived import computable, with_derived
from consensus.scoring.layouts import read_mapped
from consensus.scoring.lesion_courses import with_lesions
from consensus.scoring.months import Dated, Month
from consensus.scoring.sheets import Places, read_sheets
from consensus.scoring.tables import SYNTHETIC, OwnSheet, Source, read_source, table_of_frame
from consensus.scoring.template import write_template
from questionnaires.absent import no_such_file, refuse_lock_file
from questionnaires.problems import ConsensusError, Problems

if TYPE_CHECKING:
    from collections.abc import Mapping

    from consensus.definitions.condition import Sheet

__all__ = ["Courses", "courses_of", "read_courses", "write_template"]


@dataclass(frozen=True, slots=True, eq=False)
class Courses:
    """The courses of some patients, read and typed; or, made of frames alone, as they are (see `score`).

    `patients` has one row a patient, `sessions` one row a session in the order of the patients and of time: columns as
    the condition names and types them (days, mm, percent 0 to 100; a bound such as "<2" stays a text), then further
    columns as they came. `held_back` are patients whom no definition can judge, with the column and the reason.
    """

    patients: Any
    sessions: Any
    assessments: Any = None
    lesions: Any = None
    _: KW_ONLY
    condition: Condition = field(default_factory=read_condition)
    problems: Problems = field(default_factory=Problems)
    synthetic: bool = False
    name: str = "frames"
    sha256: str = ""
    read: bool = False
    held_back: tuple[tuple[str, Cause], ...] = ()
    told: str = ""
    states: int = 0
    own: OwnSheet | None = field(default=None, repr=False)
    places: Places | None = field(default=None, repr=False)
    unfilled: Courses | None = field(default=None, repr=False)

    def __repr__(self) -> str:
        if not self.read:
            return f"Courses of frames as they are ({type(self.sessions).__name__})"
        mark = f"{SYNTHETIC}, " if self.synthetic else ""
        return (
            f"Courses({self.name!r}, {mark}{len(self.patients)} patients, {len(self.sessions)} sessions, "
            f"{len(self.problems)} problems)"
        )

    @classmethod
    def from_frames(
        cls,
        patients: pd.DataFrame,
        sessions: pd.DataFrame,
        condition: Condition | str | Path | None = None,
        *,
        assessments: pd.DataFrame | None = None,
        lesions: pd.DataFrame | None = None,
        name: str = "data frames",
        synthetic: bool = False,
    ) -> Courses:
        """Return the courses of data frames with the columns of the sheets `patients`, `sessions`, `assessments`
        and `lesions`.

        Raises ConsensusError where a required column is missing; faults of cells are collected in `problems`.
        """
        digest = hashlib.sha256()
        for frame in (frame for frame in (patients, sessions, assessments, lesions) if frame is not None):
            digest.update(frame.to_csv(index=False).encode())
        source = Source(
            patients=table_of_frame(patients, "patients"),
            sessions=table_of_frame(sessions, "sessions"),
            assessments=None if assessments is None else table_of_frame(assessments, "assessments"),
            lesions=None if lesions is None else table_of_frame(lesions, "lesions"),
            name=name,
            sha256=digest.hexdigest(),
            synthetic=synthetic,
        )
        return _courses(source, _condition(condition))


def read_courses(
    source: str | Path, condition: Condition | str | Path | None = None, *, mapping: CourseMap | None = None
) -> Courses:
    """Return the courses of a workbook, of a folder, or the SYNTHETIC sample of a condition by its id.

    A workbook has the sheets `patients` and `sessions`, a folder patients.csv and sessions.csv, and `assessments` where
    there are further scans; columns and their types are the condition's (default: TACE failure). A sheet of another
    layout needs a `mapping`, as the section [courses] of a study file writes it.

    Raises ConsensusError where the file can't be read or a sheet or
    required column is missing; faults of cells, rows and patients are collected in `problems`, each once.
    """
    if str(source) in conditions():
        known = read_condition(str(source))
        if known.sample is None:
            raise ConsensusError(f"{source}: this condition has no sample courses.")
        return _courses(read_source(known.sample), known)
    path = Path(source)
    if not path.exists():
        raise no_such_file(path, "Expected a workbook, a folder, or the name of a condition.")
    refuse_lock_file(path)
    known = _condition(condition)
    return _courses(read_source(path) if mapping is None else read_mapped(path, mapping, known), known)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Located:
    """A course with the rows of the frames of `Courses` that hold the patient, the sessions and their scans."""

    course: Course
    patient: int
    sessions: tuple[int, ...]
    scans: tuple[tuple[int, ...], ...]


def courses_of(courses: Courses) -> Iterator[Course]:
    """Return the course of each patient, in the order of `courses.patients`."""
    return (located.course for located in located_courses(courses))


def located_courses(courses: Courses) -> Iterator[Located]:
    """Return the course of each patient with the rows that it comes from, in the order of `courses.patients`."""
    condition, held = courses.condition, dict(courses.held_back)
    sessions = list(_rows(courses.sessions, "sessions", condition))
    by_patient: dict[str, list[tuple[Dated, Mapping[str, Cell]]]] = {}
    for row in sessions:
        patient, day = row.get(PATIENT_ID), row.get(SESSION_DATE)
        if isinstance(patient, str) and isinstance(day, date | Month):
            by_patient.setdefault(patient, []).append((day, row))
    scans, seen = _scans(courses)
    # cells of a session or scan are the very mapping of its row
    at = {id(row): i for i, row in enumerate(sessions)} | {id(row): i for i, row in enumerate(seen)}
    for i, row in enumerate(_rows(courses.patients, "patients", condition)):
        patient = str(row[PATIENT_ID])
        mine = scans.get(patient, ())
        course = course_of(patient, row, by_patient.get(patient, []), condition.assessed, held.get(patient), mine)
        yield Located(
            course=course,
            patient=i,
            sessions=tuple(at[id(session.cells)] for session in course.sessions),
            scans=tuple(tuple(at[id(scan.cells)] for scan in session.scans) for session in course.sessions),
        )


def _scans(courses: Courses) -> tuple[dict[str, list[Scan]], list[dict[str, Cell]]]:
    found: dict[str, list[Scan]] = {}
    rows: list[dict[str, Cell]] = []
    if courses.assessments is not None:
        for row in _typed_rows(courses.assessments, "assessments", assessment_columns(courses.condition)):
            day = row.pop(DATE)
            rows.append(row)
            if isinstance(day, date | Month):
                found.setdefault(str(row.pop(PATIENT_ID)), []).append(Scan(date=day, cells=row))
    return found, rows


def _condition(condition: Condition | str | Path | None) -> Condition:
    if isinstance(condition, Condition):
        return condition
    return read_condition() if condition is None else read_condition(condition)


def _courses(source: Source, condition: Condition) -> Courses:
    sheets = read_sheets(source, condition)
    courses = Courses(
        patients=sheets.patients,
        sessions=sheets.sessions,
        read=True,
        problems=sheets.problems,
        synthetic=source.synthetic,
        name=source.name,
        sha256=source.sha256,
        condition=condition,
        held_back=sheets.held_back,
        assessments=sheets.assessments,
        told=source.told,
        states=source.states,
        own=source.own or _own(sheets.places),
        places=sheets.places,
        lesions=sheets.lesions,
    )
    return with_lesions(courses)


def _own(places: Places) -> OwnSheet:
    """Return the sheet `patients` as it came."""
    sheet = places.sheets[0]
    at = sheet.places[PATIENT_ID]
    rows = {text_of(row[at]): row for row in reversed(sheet.table.rows) if not is_missing(row[at])}
    return OwnSheet(headers=sheet.table.headers, key=at, rows=rows)


def _rows(frame: pd.DataFrame, sheet: Sheet, condition: Condition) -> Iterator[dict[str, Cell]]:
    return _typed_rows(frame, sheet, condition.columns(sheet))


def _typed_rows(frame: pd.DataFrame, sheet: str, columns_: tuple[Column, ...]) -> Iterator[dict[str, Cell]]:
    known = {column.name: column for column in columns_ if column.name in frame.columns}
    columns = [_cells(frame[name].tolist(), column, sheet) for name, column in known.items()]
    derived = computable(columns_, known)
    for cells in zip(*columns, strict=True):
        yield with_derived(dict(zip(known, cells, strict=True)), derived)


def _cells(raws: list[object], column: Column, sheet: str) -> list[Cell]:
    """Return what the cells of a column say; equal ones are read once."""
    read: dict[tuple[type, object], Cell] = {}
    for raw in raws:
        if (type(raw), raw) not in read:
            read[type(raw), raw] = _cell(raw, column, sheet)
    return [read[type(raw), raw] for raw in raws]


def _cell(raw: object, column: Column, sheet: str) -> Cell:
    try:
        return read_cell(raw, column)
    except CellFaultError as error:
        raise ConsensusError(f"{sheet}, {column.name}: {error.got}. Expected {error.expected}.") from None
