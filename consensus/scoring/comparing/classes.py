"""Two scores without data: what the class by one says of the class by the other."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

from consensus.definitions.amount import MILLION, Amount
from consensus.definitions.column import Column
from consensus.definitions.condition import Condition
from consensus.definitions.definition import Definition, Points
from consensus.definitions.finding import Test
from consensus.scoring.cells import Cell
from consensus.scoring.comparing.built import courses
from consensus.scoring.comparing.letters import Letters
from consensus.scoring.comparing.people import People, Person
from consensus.scoring.comparing.regions import step_of
from consensus.scoring.comparing.walk import APART, Path
from consensus.scoring.course import Course
from consensus.scoring.derived import with_derived
from consensus.scoring.judge import Judge
from questionnaires.problems import ConsensusError

SEED = 20261123
MOST, MOST_WITH_SESSIONS = 4000, 300
SHARES = (0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 30, 50, 100)  # of a column's range, in percent
LARGEST = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Classes:
    """The pairs of classes that some patient has by two scores (None: no class holds the points).

    `tried` is how many patients were; with `every` these are all that the two tell apart, else a spread of them, so
    that a rare pair may be missing.
    """

    a: Definition
    b: Definition
    pairs: frozenset[tuple[str | None, str | None]]
    tried: int
    every: bool

    def beside(self, definition: Definition) -> list[tuple[str | None, tuple[str | None, ...]]]:
        """Return each class of one of the two that occurs, with the classes of the other beside it, in their order."""
        pairs = self.pairs if definition is self.a else {(b, a) for a, b in self.pairs}
        other = self.b if definition is self.a else self.a
        names, others = _names(definition), _names(other)
        found = ((name, tuple(o for o in others if (name, o) in pairs)) for name in names)
        return [(name, beside) for name, beside in found if beside]


def classes_of(
    a: Definition, b: Definition, condition: Condition, readings: Mapping[str, str] | None = None
) -> Classes:
    """Return which classes of two scores occur together, in patients fully recorded; ConsensusError for a definition.

    Where a column is computed from others, those vary over their ranges.
    """
    for definition in (a, b):
        if not definition.is_score:
            raise ConsensusError(f"{definition.id}: gives verdicts and no classes. Expected two scores.")
    judges = (
        Judge(definition=a, condition=condition, chosen=dict(readings or {})),
        Judge(definition=b, condition=condition, chosen=dict(readings or {})),
    )
    tests = tuple(dict.fromkeys(test for judge in judges for test in _tests(judge)))
    people = People(judges=judges, tests=tests, condition=condition)
    columns = people.columns()
    every = not _entangled(columns, condition)
    options = columns if every else _spread(columns, condition)
    found: set[tuple[str | None, str | None]] = set()
    tried = 0
    most = MOST_WITH_SESSIONS if tests else MOST
    for cells in _persons(options, most):
        person = Person(cells=with_derived(cells, condition.patients), unusual=())
        for course in _courses(person, judges, tests, condition):
            tried += 1
            one, other = (judge.judge(course).class_name for judge in judges)
            found.add((one, other))
    every = every and _size(options) <= most
    return Classes(a=a, b=b, pairs=frozenset(found), tried=tried, every=every)


def _names(definition: Definition) -> tuple[str | None, ...]:
    logic = definition.logic
    return (*(c.name for c in logic.classes), None) if isinstance(logic, Points) else (None,)


def _tests(judge: Judge) -> Iterator[Test]:
    """Yield the tests of the first session, of a score that looks at what was seen before the second."""
    logic = judge.definition.logic
    for term in judge.definition.terms if isinstance(logic, Points) and logic.at == "before_second" else ():
        finding = judge.condition.finding(term.form.finding)
        if finding.at != "baseline":
            yield finding.test(judge.readings)


def _courses(
    person: Person, judges: tuple[Judge, Judge], tests: tuple[Test, ...], condition: Condition
) -> Iterator[Course]:
    if not tests:
        yield Course(patient_id="a patient", cells=person.cells, sessions=())
        return
    letters = Letters(tests=tests, base=person.cells, condition=condition, teller=judges[0].teller, labels=())
    for letter in letters.after(letters.start, first=True):
        # the second session is as the first: what is known before it is read from either
        path = Path(person=person, letters=letters, sessions=((None, letter), (APART, letter)))
        yield from list(courses(path, judges, ()))[:1]


def _size(options: Mapping[str, Sequence[Cell]]) -> int:
    return prod(len(values) for values in options.values())


def _persons(options: Mapping[str, Sequence[Cell]], most: int) -> Iterator[dict[str, Cell]]:
    """Yield all patients, or so many drawn with a seed."""
    if _size(options) <= most:
        for values in product(*options.values()):
            yield dict(zip(options, values, strict=True))
        return
    draw = random.Random(SEED)
    for _ in range(most):
        yield {name: draw.choice(values) for name, values in options.items()}


def _leaves(name: str, condition: Condition) -> tuple[str, ...]:
    """Return the columns that one is computed from; itself where it is not computed."""
    formula = condition.column("patients", name).formula
    if formula is None:
        return (name,)
    return tuple(dict.fromkeys(leaf for of in formula.names for leaf in _leaves(of, condition)))


def _entangled(columns: Iterable[str], condition: Condition) -> bool:
    """Return whether two of the columns are computed from a common one, so that they can't vary by themselves."""
    leaves = [leaf for name in columns for leaf in _leaves(name, condition)]
    return len(leaves) != len(set(leaves))


def _spread(columns: Mapping[str, list[Cell]], condition: Condition) -> dict[str, list[Cell]]:
    """Return values over the range of each column that others are computed from, and the others as they are."""
    found: dict[str, list[Cell]] = {}
    for name, own in columns.items():
        leaves = _leaves(name, condition)
        for leaf in leaves:
            more = _over(condition.column("patients", leaf)) if leaves != (name,) else own
            found[leaf] = list(dict.fromkeys((*found.get(leaf, []), *more)))
    return found


def _over(column: Column) -> list[Cell]:
    """Return amounts over the range of a column, closer together where it begins, as most patients lie there."""
    low, high = column.range
    first, last = int((low or 0) * MILLION), int((high if high is not None else LARGEST) * MILLION)
    step = max(step_of(column), MILLION)
    counted = range(first, min(last, first + 20 * step) + 1, step) if step_of(column) == MILLION else ()
    spread = (first + (last - first) * share // 100 // step * step for share in SHARES)
    return [Amount(low=value, high=value) for value in sorted({*counted, *spread})]
