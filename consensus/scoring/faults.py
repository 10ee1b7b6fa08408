"""The faults of two sheets, collected in any order and told in the order in which they stand in the file."""

from __future__ import annotations

from dataclasses import dataclass, field

from consensus.scoring.tables import Table
from questionnaires.problems import Problem, Problems, Severity

UNKNOWN = "Until then the patient is unknown by every definition."
ONCE = "It counts once."


@dataclass(frozen=True, slots=True, eq=False)
class Faults:
    """Collects problems with the row and column where they stand; row -1 is the header."""

    found: list[tuple[str, int, int, Problem]] = field(default_factory=list)

    def add(
        self,
        table: Table,
        at: tuple[int, int],
        got: str,
        expected: str = "",
        hint: str = "",
        severity: Severity = "fault",
    ) -> None:
        """Collect one problem of a cell."""
        problem = Problem(where=table.where(*at), got=got, expected=expected, hint=hint, severity=severity)
        self.found.append((table.sheet, *at, problem))

    def problems(self) -> Problems:
        """Return them by sheet, row and column."""
        return Problems(tuple(problem for *_, problem in sorted(self.found, key=lambda one: one[:3])))
