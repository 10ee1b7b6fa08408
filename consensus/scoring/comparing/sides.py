"""A definition as one side of a comparison: its terms as steps, and when enough of them have held."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from consensus.definitions.definition import (
    AnyOf,
    AtLeast,
    ByIntent,
    Consecutive,
    Logic,
    Once,
    Points,
    Term,
    Within,
    findings_of,
)
from consensus.definitions.finding import Test
from consensus.definitions.readings import ANY, AS_WRITTEN, PROVISO, WINDOW_DAYS
from consensus.scoring.cells import Cell, fold
from consensus.scoring.comparing.steps import Letter, Memory, RunStep, Step, ThenStep, WithinStep, consecutive, within
from consensus.scoring.judge import Judge

HELD: Memory = ("held",)
Memories = tuple[Memory, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    """The terms of a definition (of one branch, where the patient's choice decides) and how they are combined."""

    logic: Logic
    terms: tuple[Term, ...]
    steps: tuple[Step, ...]

    def begin(self) -> Memories:
        """Return what is remembered before the first session."""
        return tuple(step.begin() for step in self.steps)

    def step(self, memories: Memories, letter: Letter, pause: int | None) -> Memories:
        """Return what is remembered after a session; what has held is remembered as that."""
        after = []
        for step, memory in zip(self.steps, memories, strict=True):
            if memory is HELD:
                after.append(HELD)
                continue
            kept, true = step.step(memory, letter, pause)
            after.append(HELD if true else kept)
        return tuple(after)

    def met(self, memories: Memories) -> bool:
        """Return whether enough has held."""
        held = [memory is HELD for memory in memories]
        match self.logic:
            case AnyOf():
                return any(held)
            case AtLeast():
                return sum(held) >= self.logic.number
            case Points():
                pairs = zip(self.terms, held, strict=True)
                return sum((t.points or Decimal(0) for t, is_held in pairs if is_held), Decimal(0)) >= (
                    self.logic.failure_at
                )
            case _:
                return all(held)

    def waits(self, memories: Memories) -> set[int]:
        """Return the pauses after which something that counts within days no longer does."""
        pairs = zip(self.steps, memories, strict=True)
        return {
            w
            for step, memory in pairs
            if isinstance(step, WithinStep) and memory is not HELD
            for w in step.waits(memory)
        }

    @property
    def longest(self) -> int:
        """The longest time in days within which sessions count together; 0 where no time matters."""
        return max((step.days for step in self.steps if isinstance(step, WithinStep)), default=0)

    @property
    def one_time(self) -> bool:
        """Whether at most one term at a time has to do with days, so that waiting as little as needed suffices."""
        return isinstance(self.logic, AnyOf) or sum(isinstance(step, WithinStep) for step in self.steps) < 2


def terms_of(judge: Judge, choice: Cell) -> tuple[Logic, tuple[Term, ...]] | None:
    """Return what a definition asks of a patient with a choice; None where no branch is for it."""
    logic = judge.definition.logic
    if not isinstance(logic, ByIntent):
        return logic, logic.terms
    for name, branch in logic.branches:
        if choice is not None and fold(str(choice)) == fold(name):
            return branch, branch.terms
    return None


def test_of(judge: Judge, finding: str) -> Test:
    """Return the test by which a judge tells a finding."""
    return judge.condition.finding(finding).test(judge.readings)


def tests_of(judge: Judge) -> list[Test]:
    """Return the tests by which a definition of sessions tells its findings."""
    if judge.definition.at == "baseline":
        return []
    forms = [term.form for term in judge.definition.terms]
    names = [form.finding for form in forms] + [name for form in forms for name in findings_of(form)]
    return [test_of(judge, name) for name in dict.fromkeys(names)]


def all_tests(judges: Iterable[Judge]) -> tuple[Test, ...]:
    """Return the tests of sessions of several definitions, each once."""
    return tuple(dict.fromkeys(test for judge in judges for test in tests_of(judge)))


def same_columns(judges: Iterable[Judge]) -> tuple[str, ...]:
    """Return the columns that some form asks to be the same."""
    return tuple(dict.fromkeys(c for judge in judges for c in same_of(judge)))


def same_of(judge: Judge) -> list[str]:
    """Return for each term of a definition that asks for the same column which one."""
    forms = [term.form for term in judge.definition.terms if isinstance(term.form, Within)]
    return [form.same for form in forms if form.same is not None and judge.readings[form.same] != ANY]


def side_of(judge: Judge, choice: Cell, tests: Sequence[Test], columns: Sequence[str]) -> Side | None:
    """Return a definition as a side for a patient with a choice; None where it can never be met."""
    asked = terms_of(judge, choice)
    if asked is None:
        return None
    logic, terms = asked
    return Side(logic=logic, terms=terms, steps=tuple(_step(judge, term, tests, columns) for term in terms))


def _step(judge: Judge, term: Term, tests: Sequence[Test], columns: Sequence[str]) -> Step:
    form = term.form
    fact = tests.index(test_of(judge, form.finding))
    if isinstance(form, Consecutive):
        proviso = [tests.index(test_of(judge, name)) for name in form.proviso]
        return consecutive(form, fact, proviso, judge.readings[PROVISO] if form.proviso else "")
    if isinstance(form, Once) and form.after:
        return ThenStep(fact=fact, after=tuple(tests.index(test_of(judge, name)) for name in form.after))
    if not isinstance(form, Within):
        return RunStep(fact=fact, times=1)
    days = form.days if judge.readings[WINDOW_DAYS] == AS_WRITTEN else int(judge.readings[WINDOW_DAYS])
    asked = form.same is not None and judge.readings[form.same] != ANY
    return within(form, fact, days, columns.index(form.same) if asked and form.same is not None else None)
