"""The yes and no of a session that two definitions look at, each by the column that it is told from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from consensus.definitions.amount import MILLION
from consensus.definitions.finding import Appears, Differs, Increases, RisesBy, Test, columns_of
from questionnaires.problems import ConsensusError

FALL, SAME = 0, 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Bars:
    """Rises over the session before that tests ask for, ascending, beginning with none.

    A move of a number is 0 for a fall, 1 for no change, 2 i + 1 for a rise of exactly bar i, 2 i for one between bar
    i - 1 and bar i.
    """

    column: str
    by_amount: bool
    rises: tuple[int, ...]

    @property
    def moves(self) -> range:
        """All moves."""
        return range(2 * len(self.rises) + 1)

    def fulfills(self, test: Test, move: int) -> bool:
        """Return whether a move fulfills a test of changes."""
        if isinstance(test, Differs):
            return move != SAME
        if isinstance(test, Increases):
            return move > SAME
        assert isinstance(test, RisesBy)
        exact = 2 * self.rises.index(_rise(test)) + 1
        return move > exact or (move == exact and not test.strictly)

    def reach(self, move: int, low: int, high: int | None) -> tuple[int, int | None]:
        """Return the lowest and highest amounts that a move from some amount between two can lead to, in millionths."""
        if move == FALL:
            return 0, None if high is None else high - 1
        bar, exactly = divmod(move, 2)
        if exactly:
            return ceil(self._at(bar, low)), None if high is None else floor(self._at(bar, high))
        last = None if bar == len(self.rises) or high is None else ceil(self._at(bar, high)) - 1
        return floor(self._at(bar - 1, low)) + 1, last

    def _at(self, bar: int, before: int) -> Fraction:
        rise = self.rises[bar]
        return Fraction(before + rise) if self.by_amount else Fraction(before * (100 * MILLION + rise), 100 * MILLION)


def bars_of(column: str, tests: Iterable[Test]) -> Bars:
    """Return the bars of a column; ConsensusError where one rises by percent and by an amount over the one before."""
    over = [t for t in tests if isinstance(t, RisesBy) and t.over == "previous"]
    by_amount = {t.amount is not None for t in over}
    if len(by_amount) == 2:
        raise ConsensusError(
            f"{column}: rises over the session before by percent and by an amount, which can't be compared without "
            "patients. Score a cohort by both definitions."
        )
    return Bars(column=column, by_amount=True in by_amount, rises=tuple(sorted({0, *(_rise(t) for t in over)})))


def _rise(test: RisesBy) -> int:
    return test.amount.low if test.amount is not None else int(test.percent * MILLION)


def is_of_change(test: Test) -> bool:
    """Return whether a test compares with the session before, so that its cell has to be remembered."""
    return isinstance(test, Increases | Differs) or (isinstance(test, RisesBy) and test.over == "previous")


def remembers(test: Test) -> bool:
    """Return whether what the session before said matters to a test."""
    return is_of_change(test) or (isinstance(test, Appears) and test.since == "new_since_previous")


def looked_at(tests: Sequence[Test]) -> tuple[str, ...]:
    """Return the columns that can tell the tests apart: of a state in several columns one suffices."""
    alone = [t.columns[0] if isinstance(t, Appears) else c for t in tests for c in columns_of(t)]
    return tuple(dict.fromkeys(alone))


def unused(tests: Sequence[Test]) -> tuple[str, ...]:
    """Return the further columns of states, which say no throughout."""
    every = dict.fromkeys(c for t in tests for c in columns_of(t))
    return tuple(c for c in every if c not in looked_at(tests))


def base_cut(test: RisesBy, base: int) -> Fraction:
    """Return the amount at which a rise over the baseline changes its mind."""
    if test.amount is not None:
        return Fraction(base + test.amount.low)
    return Fraction(base) * (100 * MILLION + int(test.percent * MILLION)) / (100 * MILLION)


def base_at(test: RisesBy, cut: int) -> Fraction:
    """Return the baseline whose bar is at a cut."""
    if test.amount is not None:
        return Fraction(cut - test.amount.low)
    return Fraction(cut) * (100 * MILLION) / (100 * MILLION + int(test.percent * MILLION))
