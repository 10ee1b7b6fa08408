"""Where every cell of a file went: answers, metadata, withheld as personal, or listed as a problem. Nothing is lost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Accounting:
    """How many cells that hold something went where; together they are all such cells of the file.

    `headers` are cells above the answers, `answers` those that became answers (kinds of missing answers among them),
    `metadata` what the platform recorded, `withheld` personal data that was left out, `problems` cells that a listed
    problem speaks of: not readable, not counted, in a column that is no question, on a sheet that was not read.
    """

    headers: int = 0
    answers: int = 0
    metadata: int = 0
    withheld: int = 0
    problems: int = 0

    @property
    def cells(self) -> int:
        """The number of all cells of the file that hold something."""
        return self.headers + self.answers + self.metadata + self.withheld + self.problems
