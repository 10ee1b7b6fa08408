"""All courses that definitions can tell apart: of each column only values that some finding tells from another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product
from math import prod

import numpy as np

from consensus.definitions.amount import MILLION, Amount
from consensus.definitions.column import Column
from consensus.definitions.condition import Condition
from consensus.definitions.definition import ByIntent, Term, Within, findings_of
from consensus.definitions.finding import Above, Appears, OneOf, Reaches, RisesBy, Test, columns_of
from consensus.definitions.readings import AS_WRITTEN, WINDOW_DAYS, range_of
from consensus.scoring.cells import Cell
from consensus.scoring.course_patterns import Patterns
from consensus.scoring.judge import Judge

APART, AFTER = 60, 42
MOST = 60_000
SEED = 20261123
BASE = 1000 * MILLION


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Space:
    """The courses of up to some sessions that the judges can tell apart; of each column option 0 fulfills nothing.

    Courses are fully recorded, and every session is assessed within the windows of all judges.
    """

    judges: tuple[Judge, ...]
    condition: Condition
    sessions: int
    columns: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        named = [c for judge in self.judges for term in judge.definition.terms for c in self._columns(judge, term)]
        object.__setattr__(self, "columns", tuple(dict.fromkeys(named)))

    def patterns(self, terms: Sequence[Term], of: Judge, length: int) -> Patterns:
        """Return the courses of one length in which only what some terms look at varies.

        Where there are more than `MOST` a seeded sample of that many is taken.
        """
        busy = tuple(dict.fromkeys(c for term in terms for c in self._columns(of, term)))
        options = {name: self._options(name) for name in self.columns}
        rows = tuple(product(*(range(len(options[column])) for column in busy)))
        gaps, choices = tuple(self._gaps(terms)), tuple(self._choices())
        shape = (len(rows),) * length + (len(gaps),) * (length - 1) + (len(choices),)
        number = prod(shape)
        if number <= MOST:
            places = np.stack(np.unravel_index(np.arange(number), shape), axis=1)
        else:
            places = np.random.default_rng(SEED + length).integers(0, shape, size=(MOST, len(shape)))
        return Patterns(
            condition=self.condition,
            length=length,
            busy=busy,
            options=tuple(options.items()),
            told_by_equality=frozenset(name for name in self.columns if not self._tests(name)),
            rows=rows,
            gaps=gaps,
            choices=choices,
            after=self._after(),
            places=places,
            complete=number <= MOST,
        )

    def _columns(self, judge: Judge, term: Term) -> list[str]:
        found = [
            column
            for name in findings_of(term.form)
            for column in columns_of(self.condition.finding(name).test(judge.readings))[:1]
        ]
        return [*found, term.form.same] if isinstance(term.form, Within) and term.form.same is not None else found

    def _tests(self, column: str) -> list[Test]:
        findings = (
            (self.condition.finding(name), judge) for judge in self.judges for name in judge.definition.findings
        )
        tests = (finding.test(judge.readings) for finding, judge in findings)
        return [test for test in tests if column in columns_of(test)]

    def _options(self, column: str) -> list[Cell]:
        """Return the values of a column that are told apart, one that fulfills nothing first; None is a change."""
        tests, known = self._tests(column), self.condition.column("sessions", column)
        limits = sorted({test.limit.low for test in tests if isinstance(test, Above | Reaches)})
        if limits:
            points = {max(0, limit + step) for limit in limits for step in (-MILLION, 0, MILLION)}
            return [Amount(low=point, high=point) for point in sorted(points)]
        percents = sorted({test.percent for test in tests if isinstance(test, RisesBy) and test.over == "baseline"})
        if percents:
            return self._levels([int(percent) for percent in percents])
        if known.type == "choice":
            return self._kinds(known, tests)
        if known.type == "flag" or any(isinstance(test, Appears) for test in tests):
            return [Amount(low=0, high=0), Amount(low=MILLION, high=MILLION)]
        return [known.name, None]

    def _kinds(self, column: Column, tests: list[Test]) -> list[Cell]:
        """Return one choice of each kind that the tests tell apart, that which fulfills fewest first."""
        kinds: dict[tuple[bool, ...], Cell] = {}
        for choice in (c for c in column.choices if c not in column.says_nothing):
            kinds.setdefault(tuple(choice in t.values for t in tests if isinstance(t, OneOf)), choice)
        return [kinds[kind] for kind in sorted(kinds, key=sum)]

    def _levels(self, percents: list[int]) -> list[Cell]:
        """Return the baseline's value, then values between and above the limits, one more than there are sessions."""
        ends = [0, *percents, percents[-1] + 100]
        rungs = [
            BASE * (100 * 100 + low * 100 + (high - low) * 100 * step // (self.sessions + 1)) // 10_000
            for low, high in pairwise(ends)
            for step in range(self.sessions + 1)
        ]
        return [Amount(low=value, high=value) for value in dict.fromkeys(rungs)]

    def _gaps(self, terms: Sequence[Term]) -> list[int]:
        """Return the days between two sessions that the windows tell apart, the usual distance or one too far first."""
        mine = any(isinstance(term.form, Within) for term in terms)
        limits = {
            (int(judge.readings[WINDOW_DAYS]) if judge.readings[WINDOW_DAYS] != AS_WRITTEN else form.days, form.times)
            for judge in self.judges
            for form in (term.form for term in judge.definition.terms)
            if isinstance(form, Within)
        }
        if not limits:
            return [APART]
        far = max(days for days, _ in limits) + 1
        near = sorted({days // max(1, times - 1) for days, times in limits})
        return [*dict.fromkeys((APART, *near, *(n + 1 for n in near))), far] if mine else [far]

    def _choices(self) -> list[tuple[str, str] | None]:
        logics = [judge.definition.logic for judge in self.judges]
        found = [(by.column, choice) for by in logics if isinstance(by, ByIntent) for choice, _ in by.branches]
        return list(dict.fromkeys(found)) or [None]

    def _after(self) -> int:
        """Return the days from a session to its assessment, within the windows of all judges if there are such days."""
        windows = [ends for judge in self.judges for value in judge.readings.values() if (ends := range_of(value))]
        low, high = max((low for low, _ in windows), default=AFTER), min((high for _, high in windows), default=AFTER)
        return min(max(AFTER, low), max(low, high))
