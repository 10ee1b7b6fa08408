"""Two definitions without data: does one imply the other, and which is the shortest course on which they differ."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from consensus.definitions.amount import MILLION, Amount
from consensus.definitions.column import Column, baseline_of
from consensus.definitions.condition import Condition
from consensus.definitions.definition import ByIntent, Definition, Within
from consensus.definitions.finding import Above, Appears, OneOf, Reaches, Test, columns_of
from consensus.definitions.logic import Verdict
from consensus.definitions.readings import range_of
from consensus.scoring.cells import Cell
from consensus.scoring.course import Course, course_of
from consensus.scoring.judge import Judge

START = dt.date(2021, 1, 4)
APART, AFTER = 60, 42
MOST = 20_000
SEED = 20261123


@dataclass(frozen=True, kw_only=True, slots=True)
class Separation:
    """The shortest course found of which one definition says met and the other not met; None where there was none.

    `tried` is the number of courses looked at; `all_of_them` whether these were all courses of up to `sessions`
    sessions that the definitions can tell apart.
    """

    met_by: str
    not_met_by: str
    course: Course | None
    tried: int
    sessions: int
    all_of_them: bool


def separate(a: Definition, b: Definition, condition: Condition, *, sessions: int = 3) -> Separation:
    """Return the shortest course of up to so many sessions that `a` calls met and `b` not met.

    Courses are fully recorded, their sessions 60 days apart and imaged within the definitions' windows; of each column
    only values that the findings tell apart are tried. Where these are too many, a seeded sample is tried.
    """
    judges = tuple(Judge(definition=d, condition=condition) for d in (a, b))
    tried, whole = 0, True
    for length in range(1, sessions + 1):
        courses, complete = _courses(judges, condition, length)
        whole = whole and complete
        for course in courses:
            tried += 1
            if _verdicts(judges, course) == ("met", "not_met"):
                return Separation(
                    met_by=a.id, not_met_by=b.id, course=course, tried=tried, sessions=length, all_of_them=whole
                )
    return Separation(met_by=a.id, not_met_by=b.id, course=None, tried=tried, sessions=sessions, all_of_them=whole)


def _verdicts(judges: tuple[Judge, ...], course: Course) -> tuple[Verdict, ...]:
    return tuple(judge.judge(course).verdict for judge in judges)


def _courses(judges: tuple[Judge, ...], condition: Condition, length: int) -> tuple[Iterator[Course], bool]:
    choices = _choices(judges, condition)
    intents = _intents(judges, condition)
    per_session = list(product(*choices.values()))
    number = len(per_session) ** length * len(intents)
    if number <= MOST:
        patterns: Iterator[tuple[tuple[int, ...], ...]] = product(per_session, repeat=length)
        return (_course(list(choices), p, intent, judges, condition) for p in patterns for intent in intents), True
    rng = random.Random(SEED + length)
    sample = (tuple(rng.choice(per_session) for _ in range(length)) for _ in range(MOST))
    simple = _simple(choices, length)
    listed = [*simple, *sample]
    return (_course(list(choices), p, intent, judges, condition) for p in listed for intent in intents), False


def _simple(choices: dict[str, range], length: int) -> list[tuple[tuple[int, ...], ...]]:
    """Return the courses in which one column alone, or two, do anything: they come first, for they are told easily."""
    found = []
    names = list(choices)
    for busy in [{name} for name in names] + [{a, b} for a in names for b in names if a < b]:
        options = [tuple(choices[name]) if name in busy else (0,) for name in names]
        rows = list(product(*options))
        if len(rows) ** length <= MOST // 10:
            found += list(product(rows, repeat=length))
    return found


def _choices(judges: tuple[Judge, ...], condition: Condition) -> dict[str, range]:
    """Return how many values of each column are told apart; 0 is the value of which nothing is told."""
    found: dict[str, range] = {}
    for judge in judges:
        for name in judge.definition.findings:
            test = condition.finding(name).test(judge.readings)
            for column in columns_of(test)[:1]:
                found[column] = range(len(_options(column, judges, condition)) or 2)
        for term in judge.definition.terms:
            if isinstance(term.form, Within) and term.form.same is not None:
                found[term.form.same] = range(2)
    return found


def _tests(column: str, judges: tuple[Judge, ...], condition: Condition) -> list[Test]:
    names = [(judge, name) for judge in judges for name in judge.definition.findings]
    tests = [condition.finding(name).test(judge.readings) for judge, name in names]
    return [test for test in tests if column in columns_of(test)[:1]]


def _options(column: str, judges: tuple[Judge, ...], condition: Condition) -> list[Cell]:
    """Return the values of a column that are told apart by limits or choices; empty where it is told by changes."""
    tests = _tests(column, judges, condition)
    known = condition.column("sessions", column)
    limits = sorted({test.limit.low for test in tests if isinstance(test, Above | Reaches)})
    if limits:
        points = [limit + step for limit in limits for step in (-MILLION, 0, MILLION)]
        return [Amount(low=point, high=point) for point in sorted({max(0, point) for point in points})]
    if known.type == "choice":
        kinds: dict[tuple[bool, ...], Cell] = {}
        for choice in (c for c in known.choices if c not in known.says_nothing):
            kinds.setdefault(tuple(choice in t.values for t in tests if isinstance(t, OneOf)), choice)
        return list(kinds.values())
    if known.type == "flag" or any(isinstance(test, Appears) for test in tests):
        return [Amount(low=0, high=0), Amount(low=MILLION, high=MILLION)]
    return []


def _intents(judges: tuple[Judge, ...], condition: Condition) -> list[tuple[str, str] | None]:
    logics = [judge.definition.logic for judge in judges]
    found = [(logic.column, choice) for logic in logics if isinstance(logic, ByIntent) for choice, _ in logic.branches]
    return list(dict.fromkeys(found)) or [None]


def _course(
    names: list[str],
    pattern: tuple[tuple[int, ...], ...],
    intent: tuple[str, str] | None,
    judges: tuple[Judge, ...],
    condition: Condition,
) -> Course:
    patient: dict[str, Cell] = dict([intent]) if intent is not None else {}
    options = {name: _options(name, judges, condition) for name in names}
    known = {column.name for column in condition.patients}
    level = dict.fromkeys(names, 2)
    for name in names:
        column = condition.column("sessions", name)
        if baseline_of(name) in known:
            patient[baseline_of(name)] = options[name][0] if options[name] else _changing(column, 2)
    rows: list[tuple[dt.date, dict[str, Cell]]] = []
    windows = [ends for judge in judges for value in judge.readings.values() if (ends := range_of(value)) is not None]
    after = max((low for low, _ in windows), default=AFTER)
    for at, chosen in enumerate(pattern):
        day = START + dt.timedelta(days=APART * at)
        cells: dict[str, Cell] = {}
        for name, value in zip(names, chosen, strict=True):
            column = condition.column("sessions", name)
            level[name] += value
            cells[name] = options[name][value] if options[name] else _changing(column, level[name])
        if condition.assessed is not None:
            cells[condition.assessed] = day + dt.timedelta(days=max(after, AFTER) if after <= AFTER else after)
        rows.append((day, cells))
    return course_of("a course", patient, rows, condition.assessed)


def _changing(column: Column, level: int) -> Cell:
    """Return the value of a column that is told by its changes, after so many of them."""
    if column.type == "text":
        return f"{column.name} {'ABCDEFGHIJ'[level % 10]}"
    return Amount(low=level * MILLION, high=level * MILLION)
