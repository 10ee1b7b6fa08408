"""A clinic's sheet laid out as ours: rows of placed values for patients, sessions and assessments."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from consensus.definitions.column import PATIENT_ID, SESSION_DATE, Column
from consensus.definitions.condition import Condition
from consensus.scoring.cells import CellFaultError, read_cell, text_of
from consensus.scoring.course_map import CourseMap, Found, Words
from consensus.scoring.grids import Grid, Placed
from consensus.scoring.months import Dated, Month
from consensus.scoring.row_faults import Held
from questionnaires.problems import Problem, Severity

PlacedRow = dict[str, Placed]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Laid:
    """What a layout collects; `own_rows` are the grid's row of each patient, `held` who can't be judged."""

    grid: Grid
    mapping: CourseMap
    condition: Condition
    words: Words
    found: tuple[Found, ...]
    patients: list[PlacedRow] = field(default_factory=list)
    sessions: list[PlacedRow] = field(default_factory=list)
    assessments: list[PlacedRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    own_rows: dict[str, int] = field(default_factory=dict)
    held: Held = field(default_factory=dict)

    def place(self, i: int, found: Found) -> Placed:
        """Return a cell of the grid in our words."""
        return Placed(value=self.words.said(self.grid.rows[i][found.at], found.column), at=(i, found.at))

    def fault(
        self, at: tuple[int, int], got: str, expected: str = "", hint: str = "", severity: Severity = "fault"
    ) -> None:
        """Collect what is wrong with a cell."""
        where = self.grid.where(at)
        self.problems.append(Problem(where=where, got=got, expected=expected, hint=hint, severity=severity))

    def patient_of(self, i: int) -> Placed | None:
        """Return the patient of a row; None where the row has none; its number where no column names patients."""
        at = next((found.at for found in self.found if found.column == PATIENT_ID), None)
        if at is None:
            return Placed(value=str(i + 1), at=(i, 0))
        placed = Placed(value=self.words.said(self.grid.rows[i][at], PATIENT_ID), at=(i, at))
        return placed if placed.value is not None else None

    def known(self, sheet: str, name: str) -> Column | None:
        """Return a column of a sheet, None where the condition has none of that name."""
        columns = self.condition.patients if sheet == "patients" else self.condition.sessions
        return next((column for column in columns if column.name == name), None)

    def day(self, placed: Placed | None) -> Dated | None:
        """Return the date of a session, None where it can't be read: that is told when the sheet is typed."""
        if placed is None:
            return None
        try:
            read = read_cell(placed.value, self.condition.column("sessions", SESSION_DATE))
        except CellFaultError:
            return None
        return read if isinstance(read, date | Month) else None


def named(placed: Placed) -> str:
    """Return a patient's id as a text."""
    return text_of(placed.value)
