"""Who a course can begin with: the cells of a patient, as far as two definitions tell patients apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from consensus.definitions.amount import MILLION, Amount
from consensus.definitions.column import Column, baseline_of
from consensus.definitions.condition import Condition
from consensus.definitions.definition import ByIntent, Points
from consensus.definitions.expression import findings_in
from consensus.definitions.finding import Appears, RisesBy, Test, baseline_columns_of, columns_of
from consensus.scoring.cells import Cell
from consensus.scoring.comparing.facts import base_at, looked_at, remembers, unused
from consensus.scoring.comparing.regions import cuts_of, kinds, regions
from consensus.scoring.judge import Judge

NONE = Amount(low=0, high=0)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Person:
    """The cells of a patient before the first session, and the columns in which they are not as usual."""

    cells: dict[str, Cell]
    unusual: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class People:
    """The patients that judges tell apart; `tests` are those of the sessions."""

    judges: tuple[Judge, ...]
    tests: tuple[Test, ...]
    condition: Condition

    def all(self) -> Iterator[Person]:
        """Yield the patients, the usual one first."""
        columns = self.columns()
        never: dict[str, Cell] = {baseline_of(c): NONE for c in unused(self.tests) if self._known(baseline_of(c))}
        for places in product(*(range(len(options)) for options in columns.values())):
            pairs = zip(columns.items(), places, strict=True)
            cells = {name: options[at] for (name, options), at in pairs}
            yield Person(
                cells=never | cells, unusual=tuple(name for name, at in zip(columns, places, strict=True) if at)
            )

    def columns(self) -> dict[str, list[Cell]]:
        """Return the columns of patients that matter, each with the values that are told apart."""
        found: dict[str, list[Cell]] = {}
        before = self._before()
        session = [c for c in looked_at(self.tests) if any(c in baseline_columns_of(t) for t in self.tests)]
        ends = self._ends()
        for name in dict.fromkeys((*before, *map(baseline_of, session), *ends)):
            mine = [test for test in self.tests if name in map(baseline_of, columns_of(test))]
            column, cuts = self.condition.column("patients", name), ends.get(name, [])
            found[name] = self._options(column, before.get(name, []), mine, cuts)
        for judge in self.judges:
            logic = judge.definition.logic
            if isinstance(logic, ByIntent):
                choices = self.condition.column("patients", logic.column).choices
                found[logic.column] = list(choices or [choice for choice, _ in logic.branches])
        return found

    def _before(self) -> dict[str, list[Test]]:
        """Return the tests of what must hold before the first session, by the column of patients."""
        found: dict[str, list[Test]] = {}
        for judge in self.judges:
            definition = judge.definition
            names = [n for part in (definition.entry, definition.exclude) for n in findings_in(part)]
            at_once = isinstance(definition.logic, Points) and definition.logic.at != "sessions"
            if definition.at == "baseline" or at_once:
                names += [term.form.finding for term in definition.terms]
            for name in names:
                finding = self.condition.finding(name)
                test = finding.test(judge.readings)
                for column in columns_of(test):
                    at = column if finding.at == "baseline" else baseline_of(column)
                    if self._known(at):
                        found.setdefault(at, []).append(test)
        return found

    def _options(self, column: Column, before: list[Test], after: list[Test], ends: list[int]) -> list[Cell]:
        if column.type in ("choice", "text"):
            return [*kinds(column, [*before, *after])]
        cuts = [*ends, *(cut for test in before for cut in cuts_of(test))]
        cuts += [0] * any(isinstance(t, Appears) and t.since != "present" for t in after)
        own = [cut for test in after for cut in cuts_of(test)] if any(map(remembers, after)) else []
        rises = [test for test in after if isinstance(test, RisesBy)]
        bars = [base_at(test, cut) for test in rises if test.over == "baseline" for t in after for cut in cuts_of(t)]
        zero = [0] * any(test.amount is None for test in rises)
        found = regions(column, [*cuts, *own, *bars, *zero])
        changing = any(not isinstance(test, Appears) for test in after)
        chosen = [region.roomy(column) if changing else region.example() for region in found]
        usual = max(range(len(found)), key=lambda at: (found[at].last is None, at)) if zero and len(found) > 1 else 0
        ordered = [chosen[usual], *(value for at, value in enumerate(chosen) if at != usual)]
        return [Amount(low=value, high=value) for value in ordered]

    def _ends(self) -> dict[str, list[int]]:
        """Return the ends of classes by the column of patients that is the value of a score."""
        found: dict[str, list[int]] = {}
        for logic in (judge.definition.logic for judge in self.judges):
            if isinstance(logic, Points) and logic.value is not None:
                ends = [int(end * MILLION) for c in logic.classes for end in (c.low, c.high) if end is not None]
                found.setdefault(logic.value, []).extend(ends)
        return found

    def _known(self, column: str) -> bool:
        return any(known.name == column for known in self.condition.patients)
