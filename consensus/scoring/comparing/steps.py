"""Forms as what has to be remembered of a course: from session to session, whatever its length."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from consensus.definitions.definition import Consecutive, Within

OWN = 0  # the label of a session that counts together with no other
Memory: TypeAlias = tuple[object, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """One session: what each fact is, the label by each column that must agree, and what the next one remembers."""

    facts: tuple[bool, ...]
    labels: tuple[int, ...]
    kept: tuple[int, ...]
    chosen: tuple[tuple[int, int], ...]
    cost: int


@dataclass(frozen=True, kw_only=True, slots=True)
class RunStep:
    """So many in a row: remembers how many there were, and how long ago the proviso held; a form once is a run of 1."""

    fact: int
    times: int
    proviso: tuple[int, ...] = ()
    reading: str = "not_required"

    def begin(self) -> Memory:
        """Return what is remembered before the first session."""
        return (0, self.times - 1, False)

    def step(self, memory: Memory, letter: Letter, pause: int | None) -> tuple[Memory, bool]:
        """Return what is remembered after a session, and whether the form is true; at the first `pause` is None."""
        run, since, ever = memory
        assert isinstance(run, int)
        assert isinstance(since, int)
        held = any(letter.facts[fact] for fact in self.proviso)
        row = run + 1 if letter.facts[self.fact] else 0
        ago = 0 if held else since + 1
        ever = bool(ever) or (self.reading == "in_course" and held and pause is not None)
        true = row >= self.times and self._let(held, ago, ever)
        if row <= 1 or self.reading != "within_run":  # what held at the first of a run doesn't count for it
            ago = self.times - 1
        return (min(row, self.times - 1), min(ago, self.times - 1), ever), true

    def _let(self, held: bool, ago: int, ever: bool) -> bool:
        match self.reading:
            case "not_required":
                return True
            case "at_last":
                return held
            case "in_course":
                return ever
            case _:
                return ago <= self.times - 2


@dataclass(frozen=True, kw_only=True, slots=True)
class WithinStep:
    """So many within days: remembers how long ago those that may still count were, and the first session."""

    fact: int
    times: int
    days: int
    label: int | None = None
    from_first: bool = False

    def begin(self) -> Memory:
        """Return what is remembered before the first session: how long ago the first was, and what counts."""
        return (0, ())

    def step(self, memory: Memory, letter: Letter, pause: int | None) -> tuple[Memory, bool]:
        """Return what is remembered after a session, and whether the form is true; at the first `pause` is None."""
        first, counted = self._later(memory, pause)
        label = 1 if self.label is None else letter.labels[self.label]
        if not letter.facts[self.fact] or first is None:
            return (first, counted), False
        mine = [one for one in counted if one[1] == label and label != OWN]
        if len(mine) >= self.times - 1:
            return (first, counted), True
        counted = (*counted, (0, label)) if label != OWN else counted
        return (first, counted), False

    def waits(self, memory: Memory) -> set[int]:
        """Return the pauses after which something that counts no longer does."""
        first, counted = memory
        assert isinstance(counted, tuple)
        ages = {age for age, _ in counted} | ({first} if self.from_first and isinstance(first, int) else set())
        return {self.days + 1 - age for age in ages}

    def _later(self, memory: Memory, pause: int | None) -> tuple[int | None, tuple[tuple[int, int], ...]]:
        first, counted = memory
        assert isinstance(counted, tuple)
        gone = pause or 0
        later = tuple((age + gone, label) for age, label in counted if age + gone <= self.days)
        if not self.from_first:
            return 0, later
        return (first + gone if isinstance(first, int) and first + gone <= self.days else None), later


@dataclass(frozen=True, kw_only=True, slots=True)
class ThenStep:
    """A fact after others in their order: remembers how many of these have come."""

    fact: int
    after: tuple[int, ...]

    def begin(self) -> Memory:
        """Return what is remembered before the first session."""
        return (0,)

    def step(self, memory: Memory, letter: Letter, pause: int | None) -> tuple[Memory, bool]:
        """Return what is remembered after a session, and whether the form is true."""
        (come,) = memory
        assert isinstance(come, int)
        if come == len(self.after):
            return memory, letter.facts[self.fact]
        return (come + letter.facts[self.after[come]],), False


Step: TypeAlias = RunStep | WithinStep | ThenStep


def consecutive(form: Consecutive, fact: int, proviso: Sequence[int], reading: str) -> RunStep:
    """Return the step of a form consecutive, its proviso by a reading."""
    return RunStep(
        fact=fact, times=form.times, proviso=tuple(proviso), reading=reading if form.proviso else "not_required"
    )


def within(form: Within, fact: int, days: int, label: int | None) -> WithinStep:
    """Return the step of a form within days."""
    return WithinStep(fact=fact, times=form.times, days=days, label=label, from_first=form.from_first)
