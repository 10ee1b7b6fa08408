"""All that can happen at one session after another, as far as two definitions tell sessions apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from typing import NamedTuple

from consensus.definitions.amount import Amount
from consensus.definitions.column import baseline_of
from consensus.definitions.condition import Condition
from consensus.definitions.finding import Always, Appears, Differs, Increases, RisesBy, Test, columns_of
from consensus.scoring.cells import Cell
from consensus.scoring.comparing.facts import (
    SAME,
    Bars,
    bars_of,
    base_cut,
    is_of_change,
    looked_at,
    remembers,
)
from consensus.scoring.comparing.regions import Region, cuts_of, kinds, regions
from consensus.scoring.comparing.steps import Letter
from consensus.scoring.telling import Teller


class Option(NamedTuple):
    """What a column can say at a session: the place of its kind, and its move from the one before."""

    kind: int
    move: int


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Axis:
    """A column with its kinds of values, the moves between them, and whether the next session remembers it."""

    column: str
    kinds: tuple[Region | str, ...]
    examples: tuple[Cell, ...]
    bars: Bars | None
    remembered: bool
    start: int

    def options(self, before: int, base: Cell = None) -> list[Option]:
        """Return what can follow a kind, at the first session a value."""
        if self.bars is None:
            return [Option(kind, SAME if kind == before else SAME + 1) for kind in range(len(self.kinds))]
        own = Region(first=base.low, last=base.low) if isinstance(base, Amount) else self.kinds[before]
        return [Option(kind, move) for kind in range(len(self.kinds)) for move in self._moves(own, before, kind)]

    def _moves(self, own: Region | str, before: int, kind: int) -> list[int]:
        assert self.bars is not None
        there = self.kinds[kind]
        if isinstance(own, str) or isinstance(there, str):
            return [SAME, SAME + 1] if kind == before else [SAME + 1]
        moves = sorted(self.bars.moves, key=lambda move: move != SAME)
        return [move for move in moves if there.meets(*self.bars.reach(move, own.first, own.last))]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Letters:
    """The sessions of a patient with `base` before the first one; `labels` is how many shared values a column needs."""

    tests: tuple[Test, ...]
    base: Mapping[str, Cell]
    condition: Condition
    teller: Teller
    labels: tuple[int, ...]
    axes: tuple[Axis, ...] = field(init=False)
    _made: dict[tuple[tuple[int, ...], bool], list[Letter]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "axes", tuple(self._axis(column) for column in looked_at(self.tests)))

    @property
    def start(self) -> tuple[int, ...]:
        """What the first session remembers: the kinds before it."""
        return tuple(axis.start if axis.remembered else 0 for axis in self.axes)

    def after(self, kept: tuple[int, ...], first: bool) -> list[Letter]:
        """Return the sessions that can follow, of those with the same facts that which has least to tell."""
        if (kept, first) not in self._made:
            self._made[kept, first] = self._letters(kept, first)
        return self._made[kept, first]

    def _letters(self, kept: tuple[int, ...], first: bool) -> list[Letter]:
        found: dict[tuple[object, ...], Letter] = {}
        by_axis = [self.options(axis, before, first) for axis, before in zip(self.axes, kept, strict=True)]
        for chosen in product(*by_axis):
            facts = tuple(self._fact(test, chosen, kept, first) for test in self.tests)
            after = tuple(o.kind if a.remembered else 0 for a, o in zip(self.axes, chosen, strict=True))
            cost = sum(option != options[0] for option, options in zip(chosen, by_axis, strict=True))
            for labels in product(*(range(number + 1) for number in self.labels)):
                letter = Letter(facts=facts, labels=labels, kept=after, chosen=chosen, cost=cost + sum(labels))
                known = found.setdefault((facts, labels, after), letter)
                if letter.cost < known.cost:
                    found[facts, labels, after] = letter
        return sorted(found.values(), key=lambda letter: letter.cost)

    def options(self, axis: Axis, before: int, first: bool) -> list[Option]:
        """Return the options of a column that its tests tell apart, that which fulfills fewest first."""
        found: dict[tuple[object, ...], Option] = {}
        for option in self._all(axis, before, first):
            found.setdefault(self._said(axis, option, before, first), option)
        rank = {option: sum(map(bool, said[1:])) for said, option in found.items()}
        return sorted(found.values(), key=lambda o: (rank[o], o.move != SAME, o.kind != before, o.kind))

    def alike(self, axis: Axis, option: Option, before: int, first: bool) -> list[Option]:
        """Return the options that no test tells from one."""
        said = self._said(axis, option, before, first)
        return [other for other in self._all(axis, before, first) if self._said(axis, other, before, first) == said]

    def _all(self, axis: Axis, before: int, first: bool) -> list[Option]:
        return axis.options(before, self.base.get(baseline_of(axis.column)) if first else None)

    def _said(self, axis: Axis, option: Option, before: int, first: bool) -> tuple[object, ...]:
        """Return the kind if the next session remembers it, then what each test says."""
        mine = (test for test in self.tests if axis.column in columns_of(test))
        return (option.kind if axis.remembered else 0, *(self._says(t, axis, option, before, first) for t in mine))

    def _fact(self, test: Test, chosen: Sequence[Option], kept: Sequence[int], first: bool) -> bool:
        if isinstance(test, Always):
            return True
        places = [at for at, axis in enumerate(self.axes) if axis.column in columns_of(test)]
        if not isinstance(test, Appears):
            at = places[0]
            return self._says(test, self.axes[at], chosen[at], kept[at], first)
        now = any(_positive(self.axes[at].examples[chosen[at].kind]) for at in places)
        return now and not self._was(test, kept, places, first)

    def _was(self, test: Appears, kept: Sequence[int], places: Sequence[int], first: bool) -> bool:
        if test.since == "present":
            return False
        if test.since == "new_since_previous" and not first:
            return any(_positive(self.axes[at].examples[kept[at]]) for at in places)
        return any(_positive(self.base.get(baseline_of(column))) for column in test.columns)

    def _says(self, test: Test, axis: Axis, option: Option, before: int, first: bool) -> bool:
        """Return whether a column fulfills a test; of a state, whether it is there."""
        cell = axis.examples[option.kind]
        if isinstance(test, Appears):
            return _positive(cell)
        if is_of_change(test):
            return self._changes(test, axis, option, before, first)
        assert not isinstance(test, Always)
        base = self.base.get(baseline_of(test.column))
        cells = [cell, base] if isinstance(test, RisesBy) else [cell]
        return self.teller.compare(test, cells).value is True

    def _changes(self, test: Test, axis: Axis, option: Option, before: int, first: bool) -> bool:
        if isinstance(test, Differs):
            return not first and option.move != SAME
        own = axis.kinds[before]
        assert axis.bars is not None
        assert isinstance(test, Increases | RisesBy)
        if isinstance(own, Region) and own.is_point and own.first == 0:  # every percentage of nothing is nothing
            return self.teller.compare(test, [axis.examples[option.kind], axis.examples[before]]).value is True
        return axis.bars.fulfills(test, option.move)

    def _axis(self, name: str) -> Axis:
        column = self.condition.column("sessions", name)
        mine = [test for test in self.tests if name in columns_of(test)]
        changing = [test for test in mine if is_of_change(test)]
        bars = bars_of(name, mine) if changing else None
        base = self.base.get(baseline_of(name))
        remembered = any(map(remembers, mine))
        if column.type in ("choice", "text"):
            words = kinds(column, mine)
            start = words.index(base) if isinstance(base, str) and base in words else 0
            return Axis(column=name, kinds=words, examples=words, bars=bars, remembered=remembered, start=start)
        found = regions(column, self._cuts(mine, base))
        examples = tuple(Amount(low=v, high=v) for v in (region.example() for region in found))
        start = next((at for at, r in enumerate(found) if isinstance(base, Amount) and r.holds(base.low)), 0)
        return Axis(column=name, kinds=found, examples=examples, bars=bars, remembered=remembered, start=start)

    def _cuts(self, mine: list[Test], base: Cell) -> list[int | Fraction]:
        cuts: list[int | Fraction] = [cut for test in mine for cut in cuts_of(test)]
        rises = [test for test in mine if isinstance(test, RisesBy)]
        if isinstance(base, Amount):
            cuts += [base_cut(test, base.low) for test in rises if test.over == "baseline"]
        return cuts + [0] * any(test.over == "previous" and test.amount is None for test in rises)


def _positive(cell: Cell) -> bool:
    return isinstance(cell, Amount) and cell.low > 0
