"""The rules on Narwhals expressions: sessions of any frame, each look along them a window over the patient."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import narwhals as nw

from consensus.definitions.column import SESSION_DATE, baseline_of
from consensus.definitions.condition import Condition
from consensus.scoring.compiled.facts import Days, Fact, Numbers, Words
from consensus.scoring.compiled.frame_cells import Expr, Frame
from consensus.scoring.compiled.vocabulary import Coded

PATIENT, RANK, DAY, UNTIL, ORDER = "patient", "rank", "day", "until_day", "order_"


@dataclass(slots=True, eq=False)
class FrameHand:
    """Sessions of a frame with one row a session: patient, place in the order and date of each, then coded columns.

    `complete_columns` are known to have no gap; where nothing is known it is empty, and all is provided for.
    """

    condition: Condition
    frame: Frame
    sessions: Mapping[str, Coded]
    baseline: Mapping[str, Coded]
    complete_columns: frozenset[str] = frozenset()
    pending: dict[str, Expr] = field(default_factory=dict)
    made: int = 0
    looks_once: bool = True

    @property
    def rank(self) -> Expr:
        """1 at a patient's first session."""
        return nw.col(RANK)

    @property
    def session_day(self) -> Expr:
        """The date of the session in days."""
        return nw.col(DAY)

    @property
    def session_until(self) -> Expr:
        """The last day that the session can lie on."""
        return nw.col(DAY if self.whole_days else UNTIL)

    @property
    def whole_days(self) -> bool:
        """Whether the day of each session is known."""
        return not self.sessions[SESSION_DATE].months

    def seen(self, window: str | None) -> FrameHand:
        """Return itself: such frames have one scan a session."""
        return self

    def number(self, column: str, *, baseline: bool = False) -> Numbers:
        """Return a column of numbers, counts or flags."""
        found = self.baseline.get(baseline_of(column)) if baseline else self.sessions.get(column)
        if found is None:
            return Numbers(self._zero, self._zero, self.constant(True))
        low = nw.col(found.low)
        return Numbers(low, low if found.exact else nw.col(found.high), nw.col(found.gap))

    @property
    def _zero(self) -> Expr:
        return self.session_day - self.session_day

    def words(self, column: str) -> Words:
        """Return a column of texts or choices."""
        found = self.sessions.get(column)
        if found is None:
            return Words(nw.when(self.constant(True)).then(nw.lit("")).otherwise(nw.lit("")), self.constant(True))
        nothing = self.condition.column("sessions", column).says_nothing
        return Words(nw.col(found.low), nw.col(found.gap), found.among(nothing) if nothing else None)

    def days(self, column: str) -> Days:
        """Return a column of dates."""
        found = self.sessions.get(column)
        if found is None:
            return Days(self._zero, self.constant(True))
        return Days(nw.col(found.low), nw.col(found.gap), nw.col(found.last) if found.months else None)

    def code_of(self, column: str) -> Words:
        """Return a column of any type by a code that is equal for equal values."""
        found = self.sessions.get(column)
        if found is None:
            return Words(self._zero, self.constant(True))
        return Words(nw.col(found.low), nw.col(found.gap))

    def number_sessions(self) -> None:
        """Make the rank known from the next `settle` on: one window then serves it and what is looked up."""
        self.pending[RANK] = nw.col(PATIENT).cum_count().over(PATIENT, order_by=ORDER).cast(nw.Int64)

    def _nothing(self, column: str) -> str | int:
        return self.sessions[column].nothing if column in self.sessions else ""

    def no_code(self, code: Expr, column: str) -> Expr:
        """Return where a column's code stands for nothing."""
        return code == self._nothing(column)

    def code_before(self, words: Words, column: str, group: Any = None) -> Expr:
        """Return the column's code at the session before; what is there without one is told by `missing`."""
        code: Expr = words.code.shift(1)
        return code.over([PATIENT, *(group or ())], order_by=ORDER).fill_null(self._nothing(column))

    def complete(self, column: str) -> bool:
        """Return whether a column is known to have no empty cell."""
        return column in self.complete_columns

    def among(self, words: Words, column: str, values: Sequence[str]) -> Expr:
        """Return where a text is one of these."""
        found = self.sessions.get(column)
        return self.constant(False) if found is None else found.among(values)

    def is_numeric(self, column: str) -> bool:
        """Return whether a column holds amounts."""
        return self.condition.column("sessions", column).type in ("integer", "number", "flag")

    def is_date(self, column: str) -> bool:
        """Return whether a column holds dates."""
        return self.condition.column("sessions", column).type == "date"

    @property
    def first_day(self) -> Expr:
        """The date of the patient's first session in days, at each session."""
        return nw.col(DAY).min().over(PATIENT)

    @property
    def first_until(self) -> Expr:
        """The last day that the patient's first session can lie on, at each session."""
        return self.session_until.min().over(PATIENT)

    def constant(self, value: bool) -> Expr:
        """Return a flag that is the same at each session."""
        someone = nw.col(PATIENT).is_null()
        return ~someone if value else someone

    def where(self, test: Expr, yes: Any, no: Any) -> Expr:
        """Return one or the other."""
        return nw.when(test).then(yes).otherwise(no)

    def keep(self, column: Expr) -> Expr:
        """Return a column that may be looked along after `settle`."""
        self.made += 1
        name = f"k{self.made}"
        self.pending[name] = column
        return nw.col(name)

    def settle(self) -> None:
        """Put what was kept into the frame."""
        if self.pending:
            self.frame = self.frame.with_columns(**self.pending)
            self.pending = {}

    def only(self, there: Expr) -> None:
        """Leave out the sessions where a flag does not hold."""
        self.settle()
        self.frame = self.frame.filter(there)

    def group(self, there: Expr, also: Expr | None = None) -> tuple[str, ...]:
        """Return the names of the columns that keep the sessions apart."""
        first = self.made + 1
        for column in (there, also):
            if column is not None:
                self.keep(column)
        names = tuple(f"k{at}" for at in range(first, self.made + 1))
        self.settle()
        return names

    def before(self, column: Expr, steps: int, fill: int, group: Any = None) -> Expr:
        """Return the value so many sessions before (in the group), `fill` where there is none."""
        if not steps:
            return column
        return column.shift(steps).over([PATIENT, *(group or ())], order_by=ORDER).fill_null(fill)

    def was(self, flag: Expr, steps: int, group: Any = None) -> Expr:
        """Return a flag as it was so many sessions before (in the group), no where there is none."""
        if not steps:
            return flag
        return flag.shift(steps).over([PATIENT, *(group or ())], order_by=ORDER).fill_null(False)

    def fact_was(self, fact: Fact, steps: int, group: Any = None) -> Fact:
        """Return a fact as it was so many sessions before (in the group), false where there is none."""
        was = self.before(self.code(fact), steps, 0, group)
        return Fact(was == 2, was >= 1)

    def code(self, fact: Fact) -> Expr:
        """Return a fact as one whole number: 2 true, 1 unknown, 0 false."""
        return nw.when(fact.sure).then(2).when(fact.possible).then(1).otherwise(0).cast(nw.Int8)

    def so_far(self, column: Expr) -> Expr:
        """Return the greatest value of this session and those before it."""
        return column.cum_max().over(PATIENT, order_by=ORDER)

    def from_here(self, flag: Expr) -> Expr:
        """Return whether a flag holds at this session or one after it."""
        return self.where(flag, 1, 0).cum_max(reverse=True).over(PATIENT, order_by=ORDER) == 1

    def anywhere(self, flag: Expr) -> Expr:
        """Return whether a flag holds at any session of the patient."""
        return self.where(flag, 1, 0).max().over(PATIENT) == 1
