"""What the rules ask of an engine: cells as numbers, words and days, and looks along a patient's sessions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from consensus.scoring.compiled.facts import Column, Days, Fact, Numbers, Words


class Hand(Protocol):
    """Columns over sessions that are ordered within each patient.

    What `keep` returns may be looked along only after the next `settle`: an engine of expressions puts it into the
    frame then; for arrays both do nothing. A `group` is made of a kept flag, and counts sessions only where it holds.
    """

    looks_once: bool  # whether it pays to look further back at once, since each look along the sessions is a sort

    @property
    def rank(self) -> Column:
        """The place of a session in the course: 1 at a patient's first."""

    def seen(self, window: str | None) -> Hand:
        """Return the cells as a window sees them, where a session has several scans."""

    def number(self, column: str, *, baseline: bool = False) -> Numbers:
        """Return a column of numbers, counts or flags; at each session that of the patient if it is a baseline."""

    def words(self, column: str) -> Words:
        """Return a column of texts or choices."""

    def days(self, column: str) -> Days:
        """Return a column of dates."""

    def code_of(self, column: str) -> Words:
        """Return a column of any type by a code that is equal for equal values."""

    def number_sessions(self) -> None:
        """Make the rank known from the next `settle` on."""

    def no_code(self, code: Column, column: str) -> Column:
        """Return where a column's code stands for nothing."""

    def code_before(self, words: Words, column: str, group: Any = None) -> Column:
        """Return the column's code at the session before, another than any where there is none."""

    def complete(self, column: str) -> bool:
        """Return whether a column is known to have no empty cell."""

    def among(self, words: Words, column: str, values: Sequence[str]) -> Column:
        """Return where a text is one of these."""

    def is_numeric(self, column: str) -> bool:
        """Return whether a column holds amounts."""

    def is_date(self, column: str) -> bool:
        """Return whether a column holds dates."""

    @property
    def session_day(self) -> Column:
        """The date of the session in days; the first that it can be where only a month is known."""

    @property
    def session_until(self) -> Column:
        """The last day that the session can lie on."""

    @property
    def whole_days(self) -> bool:
        """Whether the day of each session is known."""

    @property
    def first_day(self) -> Column:
        """The date of the patient's first session in days, at each session."""

    @property
    def first_until(self) -> Column:
        """The last day that the patient's first session can lie on, at each session."""

    def constant(self, value: bool) -> Column:
        """Return a flag that is the same at each session."""

    def where(self, test: Column, yes: Column, no: Column) -> Column:
        """Return one or the other; numbers may stand for columns."""

    def keep(self, column: Column) -> Column:
        """Return a column that may be looked along after `settle`."""

    def settle(self) -> None:
        """Put what was kept into the frame."""

    def only(self, there: Column) -> None:
        """Leave out the sessions where a flag does not hold, if that saves work; nothing further is asked of them."""

    def group(self, there: Column, also: Column | None = None) -> Any:
        """Return the sessions where a flag holds, apart by the values of another column."""

    def before(self, column: Column, steps: int, fill: int, group: Any = None) -> Column:
        """Return the whole number so many sessions before (in the group), `fill` where there is none."""

    def was(self, flag: Column, steps: int, group: Any = None) -> Column:
        """Return a flag as it was so many sessions before (in the group), no where there is none."""

    def fact_was(self, fact: Fact, steps: int, group: Any = None) -> Fact:
        """Return a fact as it was so many sessions before (in the group), false where there is none."""

    def code(self, fact: Fact) -> Column:
        """Return a fact as one whole number: 2 true, 1 unknown, 0 false."""

    def so_far(self, column: Column) -> Column:
        """Return the greatest whole number of this session and those before it."""

    def from_here(self, flag: Column) -> Column:
        """Return whether a flag holds at this session or one after it."""

    def anywhere(self, flag: Column) -> Column:
        """Return whether a flag holds at any session of the patient."""
