"""The rules on numpy arrays: sessions of a pandas frame sorted once, each look along them a shifted array."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from consensus.definitions.condition import Condition
from consensus.definitions.readings import ANY
from consensus.scoring.cells import fold
from consensus.scoring.compiled.array_cells import Array, read_days, read_words
from consensus.scoring.compiled.array_people import numbers_of
from consensus.scoring.compiled.facts import Days, Fact, Numbers, Words


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Sessions of a group in their order: their places, and the key that is equal within a patient's group."""

    places: Array
    key: Array


@dataclass(slots=True, eq=False)
class ArrayHand:
    """Sessions in order: `order` are the rows of the frame, `owner` the place of each one's patient."""

    condition: Condition
    patients: pd.DataFrame
    sessions: pd.DataFrame
    order: Array
    owner: Array
    session_day: Array
    session_until: Array
    rank: Array = field(init=False)
    starts: Array = field(init=False)
    read: dict[tuple[str, bool], Any] = field(default_factory=dict)
    vocabularies: dict[str, tuple[str, ...]] = field(default_factory=dict)
    look: Callable[[str], pd.DataFrame] | None = None
    views: dict[str, ArrayHand] = field(default_factory=dict)
    looks_once: bool = False

    def __post_init__(self) -> None:
        first = np.r_[True, self.owner[1:] != self.owner[:-1]] if len(self.owner) else np.zeros(0, bool)
        self.starts = np.flatnonzero(first)
        which = np.cumsum(first) - 1
        self.rank = np.arange(len(self.owner)) - self.starts[which] + 1 if len(self.owner) else np.zeros(0, np.int64)

    def seen(self, window: str | None) -> ArrayHand:
        """Return the cells as a window sees them, where a session has several scans."""
        if self.look is None:
            return self
        window = window or ANY
        if window not in self.views:
            seen = self.look(window)
            self.views[window] = ArrayHand(
                self.condition, self.patients, seen, self.order, self.owner, self.session_day, self.session_until
            )
        return self.views[window]

    def number(self, column: str, *, baseline: bool = False) -> Numbers:
        """Return a column of numbers, counts or flags."""
        found: Numbers = self._once(column, baseline, self._number)
        return found

    def _number(self, column: str, baseline: bool) -> Numbers:
        name, frame = (f"baseline_{column}", self.patients) if baseline else (column, self.sessions)
        at = self.owner if baseline else self.order
        columns = self.condition.columns("patients" if baseline else "sessions")
        known = next((one for one in columns if one.name == name), None)
        if known is None or (name not in frame and known.formula is None):
            zero = np.zeros(len(at), np.int64)
            return Numbers(zero, zero, np.ones(len(at), bool))
        found = numbers_of(frame, known, columns)
        low = found.low[at]
        return Numbers(low, low if found.high is found.low else found.high[at], found.missing[at])

    def words(self, column: str) -> Words:
        """Return a column of texts or choices."""
        found: Words = self._once(column, False, self._words)
        return found

    def _words(self, column: str, _: bool) -> Words:
        if column not in self.sessions:
            none = np.full(len(self.order), -1)
            self.vocabularies[column] = ()
            return Words(none, none < 0)
        found, self.vocabularies[column] = read_words(self.sessions[column], self.condition.column("sessions", column))
        silent = None if found.silent is None else found.silent[self.order]
        return Words(found.code[self.order], found.missing[self.order], silent)

    def days(self, column: str) -> Days:
        """Return a column of dates."""
        found: Days = self._once(column, False, self._days)
        return found

    def _days(self, column: str, _: bool) -> Days:
        if column not in self.sessions:
            return Days(np.zeros(len(self.order), np.int64), np.ones(len(self.order), bool))
        found = read_days(self.sessions[column], self.condition.column("sessions", column))
        last = None if found.last is None else found.last[self.order]
        return Days(found.day[self.order], found.missing[self.order], last)

    def _once(self, column: str, baseline: bool, read: Any) -> Any:
        if (column, baseline) not in self.read:
            self.read[column, baseline] = read(column, baseline)
        return self.read[column, baseline]

    def code_of(self, column: str) -> Words:
        """Return a column of any type by a code that is equal for equal values."""
        if self.is_date(column):
            dated = self.days(column)
            return Words(dated.day, dated.missing)
        if not self.is_numeric(column):
            return self.words(column)
        amount = self.number(column)
        return Words(amount.low, amount.missing)

    def number_sessions(self) -> None:
        """Do nothing: the rank is known."""

    def no_code(self, code: Array, column: str) -> Array:
        """Return where a column's code stands for nothing."""
        found: Array = code == -1
        return found

    def code_before(self, words: Words, column: str, group: Group | None = None) -> Array:
        """Return the column's code at the session before, another than any where there is none."""
        return self.before(words.code, 1, -1, group)

    def complete(self, column: str) -> bool:
        """Return whether a column has no empty cell."""
        return not bool(self.code_of(column).missing.any())

    def among(self, words: Words, column: str, values: Sequence[str]) -> Array:
        """Return where a text is one of these."""
        wanted = {fold(value) for value in values}
        return np.isin(words.code, [at for at, text in enumerate(self.vocabularies[column]) if text in wanted])

    def is_numeric(self, column: str) -> bool:
        """Return whether a column holds amounts."""
        return self.condition.column("sessions", column).type in ("integer", "number", "flag")

    def is_date(self, column: str) -> bool:
        """Return whether a column holds dates."""
        return self.condition.column("sessions", column).type == "date"

    @property
    def whole_days(self) -> bool:
        """Whether the day of each session is known."""
        return self.session_until is self.session_day

    @property
    def first_day(self) -> Array:
        """The date of the patient's first session in days, at each session."""
        found: Array = self.session_day[self.starts[np.cumsum(self.rank == 1) - 1]]
        return found

    @property
    def first_until(self) -> Array:
        """The last day that the patient's first session can lie on, at each session."""
        found: Array = self.session_until[self.starts[np.cumsum(self.rank == 1) - 1]]
        return found

    def constant(self, value: bool) -> Array:
        """Return a flag that is the same at each session."""
        flag: Array = np.full(len(self.owner), value)
        return flag

    def where(self, test: Array, yes: Any, no: Any) -> Array:
        """Return one or the other."""
        found: Array = np.where(test, yes, no)
        return found

    def keep(self, column: Array) -> Array:
        """Return the column; arrays may be looked along at once."""
        return column

    def settle(self) -> None:
        """Do nothing: arrays are there already."""

    def only(self, there: Array) -> None:
        """Do nothing: groups of arrays hold no other sessions."""

    def group(self, there: Array, also: Array | None = None) -> Group:
        """Return the sessions where a flag holds, apart by the values of another column."""
        places = np.flatnonzero(there)
        key = self.owner[places]
        if also is None:
            return Group(places, key)
        _, code = np.unique(also[places], return_inverse=True)
        key = key * (int(code.max(initial=0)) + 1) + code
        order = np.argsort(key, kind="stable")
        return Group(places[order], key[order])

    def before(self, column: Array, steps: int, fill: int, group: Group | None = None) -> Array:
        """Return the value so many sessions before (in the group), `fill` where there is none."""
        if not steps:
            return column
        if group is None:
            found = np.empty_like(column)
            found[:steps] = fill
            found[steps:] = column[:-steps]
            found[self.rank <= steps] = fill
            return found
        found = np.full_like(column, fill)
        if len(group.places) > steps:
            here, there = group.places[steps:], group.places[:-steps]
            found[here] = np.where(group.key[steps:] == group.key[:-steps], column[there], fill)
        return found

    def was(self, flag: Array, steps: int, group: Group | None = None) -> Array:
        """Return a flag as it was so many sessions before (in the group), no where there is none."""
        return self.before(flag, steps, False, group)

    def fact_was(self, fact: Fact, steps: int, group: Group | None = None) -> Fact:
        """Return a fact as it was so many sessions before (in the group), false where there is none."""
        return Fact(self.was(fact.sure, steps, group), self.was(fact.possible, steps, group))

    def code(self, fact: Fact) -> Array:
        """Return a fact as one whole number: 2 true, 1 unknown, 0 false."""
        code: Array = fact.sure.astype(np.int8) + fact.possible
        return code

    def so_far(self, column: Array) -> Array:
        """Return the greatest value of this session and those before it."""
        if not len(column):
            return column
        least = int(column.min())
        span = int(column.max()) - least + 1
        # lifted by the patient's place, so that one running maximum over all never reaches back to another patient
        lift = self.owner * span
        found: Array = np.maximum.accumulate(column - least + lift) - lift + least
        return found

    def from_here(self, flag: Array) -> Array:
        """Return whether a flag holds at this session or one after it."""
        there = np.flatnonzero(flag)
        ends = np.searchsorted(there, np.arange(len(flag)))
        after = np.r_[there, -1][ends]
        found: Array = (after >= 0) & (self.owner[after] == self.owner)
        return found

    def anywhere(self, flag: Array) -> Array:
        """Return whether a flag holds at any session of the patient."""
        return np.isin(self.owner, self.owner[flag])
