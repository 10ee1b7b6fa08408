"""What a column of a sheet of courses may hold: type, unit, range, choices, usual foreign names."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from consensus.definitions.formula import Formula
from questionnaires.instrument import Labels

ColumnType = Literal["text", "integer", "number", "date", "flag", "choice"]
TYPES: tuple[ColumnType, ...] = ("text", "integer", "number", "date", "flag", "choice")

PATIENT_ID = "patient_id"
SESSION_NO = "session_no"
SESSION_DATE = "session_date"
BASELINE = "baseline_"
ASSESSED, LAST_CONTACT, DEATH = "assessed", "last_contact", "death"
ROLES = (ASSESSED, LAST_CONTACT, DEATH)


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """One column of the sheets `patients` or `sessions`.

    `range` has both ends inclusive, in `unit`, and begins at 0 where nothing is said; `units` are other usual units
    with the factor that makes `unit` of them; `says_nothing` are choices that are recorded and tell nothing (NE);
    `many` is the word for a number that was not counted; `spans` are words that stand for numbers from one to another
    (a class of points); `also` are usual foreign names, `near` names that may mean it and must be confirmed; `words`
    are usual words of cells with what they stand for; `formula` computes an empty cell from others; `imaging` is what
    the imaging after the session shows, and nothing else can; `role` marks the date of what judged the session
    (`assessed`), the date after which nothing can have happened (`last_contact`) and the flag of death. `label` and
    `choice_labels` are what the column and its choices are called in a report, in languages in which their names are no
    words.
    """

    name: str
    type: ColumnType
    required: bool = False
    unit: str = ""
    units: tuple[tuple[str, Decimal], ...] = ()
    range: tuple[Decimal | None, Decimal | None] = (None, None)
    choices: tuple[str, ...] = ()
    says_nothing: tuple[str, ...] = ()
    many: str | None = None
    spans: tuple[tuple[str, int, int], ...] = ()
    also: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    words: tuple[tuple[str, str], ...] = ()
    role: str = ""
    imaging: bool = False
    formula: Formula | None = None
    label: Labels = field(default_factory=Labels)
    choice_labels: tuple[tuple[str, Labels], ...] = ()
    says: Labels = field(default_factory=Labels)

    @property
    def assessed(self) -> bool:
        """Whether this is the date of what judged the session."""
        return self.role == ASSESSED

    def expected(self) -> str:
        """Return in words what a cell of this column may hold."""
        unit = f" {self.unit}" if self.unit else ""
        match self.type:
            case "choice":
                return "one of: " + ", ".join(self.choices)
            case "flag":
                return "1 or 0"
            case "date":
                return "a date such as 2021-03-04"
            case "integer" | "number":
                what = "a whole number" if self.type == "integer" else "a number or a bound such as <2"
                many = f', or "{self.many}"' if self.many else ""
                classes = f", or a class: {', '.join(word for word, _, _ in self.spans)}" if self.spans else ""
                return what + self._between() + unit + many + classes
            case _:
                return "a text"

    def _between(self) -> str:
        low, high = self.range[0] or Decimal(0), self.range[1]
        return f" of at least {low:f}" if high is None else f" from {low:f} to {high:f}"


def baseline_of(column: str) -> str:
    """Return the name of the patients' column that holds the state of a sessions' column before the first session."""
    return BASELINE + column
