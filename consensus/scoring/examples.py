"""The examples inside a definition's file, judged: does it say of its own courses what its author expected?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from consensus.definitions.column import SESSION_DATE
from consensus.definitions.condition import Condition, Sheet
from consensus.definitions.definition import Definition, Example
from consensus.scoring.cells import Cell, CellFaultError, read_cell
from consensus.scoring.course import Course, course_of
from consensus.scoring.derived import with_derived
from consensus.scoring.judge import Judge
from consensus.scoring.months import Dated, Month
from questionnaires.problems import Problem, Problems, did_you_mean, one_of

OPEN = "open"


def run_examples(definition: Definition, condition: Condition) -> Problems:
    """Return a fault for each example whose cells can't be read or whose verdict is not the expected one."""
    judge = Judge(definition=definition, condition=condition)
    faults: list[Problem] = []
    for number, example in enumerate(definition.examples, start=1):
        where = f"{definition.id}, example {number}"
        course, wrong = _course(example, condition, where)
        faults += wrong
        if course is None or wrong:
            continue
        judged = judge.judge(course)
        wanted = (example.verdict, example.by, example.session, example.class_name)
        class_name = (judged.class_name or OPEN) if definition.is_score else None
        found = (judged.verdict, judged.criterion, judged.session_no, class_name)
        if any(want is not None and want != have for want, have in zip(wanted, found, strict=True)):
            got, expected = _words(*found), _words(*wanted)
            faults.append(
                Problem(where=where, got=f"the definition says {got}", expected=f"{expected}, as it is written")
            )
    return Problems(tuple(faults))


def _words(verdict: str | None, criterion: str | None, session: int | None, class_name: str | None) -> str:
    if class_name is not None and verdict is None:
        return "no class" if class_name == OPEN else f"class {class_name}"
    said = (f" by {criterion}" if criterion else "") + (f" at session {session}" if session else "")
    return (verdict or "no verdict") + said


def _course(example: Example, condition: Condition, where: str) -> tuple[Course | None, list[Problem]]:
    faults: list[Problem] = []
    patient = _cells(example.patient, condition, "patients", f"{where}, patient", faults)
    rows: list[tuple[Dated, Mapping[str, Cell]]] = []
    for at, cells in enumerate(example.sessions, start=1):
        row = _cells(cells, condition, "sessions", f"{where}, session {at}", faults)
        day = row.get(SESSION_DATE)
        if isinstance(day, dt.date | Month):
            rows.append((day, row))
        elif not any(problem.where.startswith(f"{where}, session {at}") for problem in faults):
            faults.append(Problem(where=f"{where}, session {at}", got=f"has no {SESSION_DATE}", expected="a date"))
    return (None if faults else course_of("example", patient, rows, condition.assessed)), faults


def _cells(
    cells: tuple[tuple[str, str], ...], condition: Condition, sheet: Sheet, where: str, faults: list[Problem]
) -> dict[str, Cell]:
    columns = {column.name: column for column in condition.columns(sheet)}
    found: dict[str, Cell] = {}
    for name, text in cells:
        if name not in columns:
            got, hint = f'"{name}" is not a column of {sheet}', did_you_mean(name, columns)
            faults.append(Problem(where=where, got=got, expected=one_of(columns), hint=hint))
            continue
        try:
            found[name] = read_cell(text, columns[name])
        except CellFaultError as error:
            faults.append(Problem(where=where, got=error.got, expected=error.expected, hint=error.hint))
    return with_derived(found, condition.columns(sheet))
