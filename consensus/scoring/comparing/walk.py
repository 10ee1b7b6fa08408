"""The search for the shortest course that one definition calls met and another not met, whatever its length.

Two beginnings of courses that leave the same to be remembered go on alike, so of them only the one with least to tell
is followed. What can be remembered is finite: how far each run has come (Consecutive), when what still counts within
days was (Within), the kind of value that a change is told from, and which terms have held. So the search ends, and when
it ends without a course there is none of any length.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from consensus.definitions.definition import ByIntent
from consensus.definitions.finding import Test
from consensus.scoring.comparing.letters import Letters
from consensus.scoring.comparing.people import People, Person
from consensus.scoring.comparing.sides import Memories, Side, all_tests, same_columns, same_of, side_of
from consensus.scoring.comparing.steps import Letter
from consensus.scoring.course import Course
from consensus.scoring.judge import Judge

APART = 60  # days between sessions where no time matters
MOST = 100_000  # beginnings that are followed


class Beginning(NamedTuple):
    """What a course so far leaves to be remembered; `empty` before the first session."""

    person: int
    empty: bool
    kept: tuple[int, ...]
    one: Memories
    other: Memories | None


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Path:
    """Sessions in their order, each with the days since the one before it (None at the first)."""

    person: Person
    letters: Letters
    sessions: tuple[tuple[int | None, Letter], ...]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Entered:
    """A patient whom the definition that shall be met lets in, with both sides; None where it can never be met."""

    person: Person
    letters: Letters
    one: Side
    other: Side | None

    @property
    def in_time(self) -> bool:
        """Whether both sides have to do with days, so that neither the nearest nor the farthest is best."""
        return self.one.longest > 0 and self.other is not None and self.other.longest > 0

    def pauses(self, beginning: Beginning) -> list[int]:
        """Return the days to the next session that have to be tried."""
        far = 1 + max(self.one.longest, self.other.longest if self.other is not None else 0)
        if self.one.longest == 0:
            return [max(APART, far)]
        if not self.in_time or self.other is None or beginning.other is None:
            return [0]
        return sorted({0, far, *self.other.waits(beginning.other)})


@dataclass(kw_only=True, eq=False)
class Walk:
    """All courses by their number of sessions; `yielded` paths are candidates that the judges have to confirm.

    After the last one `finished` says whether all were followed, `exact` whether each pause that matters was tried,
    `tried` how many beginnings there were, and, where not all were followed, `reached` the sessions up to which.
    """

    one: Judge
    other: Judge
    most_sessions: int | None = None
    finished: bool = True
    exact: bool = True
    tried: int = 0
    reached: int = 0
    _people: list[Entered] = field(default_factory=list)
    _from: dict[Beginning, tuple[Beginning, int | None, Letter] | None] = field(default_factory=dict)
    _heap: list[tuple[int, int, int, bool, Beginning]] = field(default_factory=list)

    def paths(self) -> Iterator[Path]:
        """Yield the paths that end met by the one and not by the other, the shortest first."""
        yield from self._enter()
        done: set[Beginning] = set()
        while self._heap:
            sessions, cost, _, is_end, beginning = heapq.heappop(self._heap)
            if is_end:
                yield self._path(beginning)
                continue
            if beginning in done:
                continue
            if sessions == self.most_sessions:  # others of so many sessions may still be ends
                self.finished, self.reached = False, sessions
                continue
            if self.tried == MOST:
                self.finished, self.reached = False, sessions - 1
                return
            done.add(beginning)
            self.tried += 1
            self._follow(beginning, sessions, cost)

    def _enter(self) -> Iterator[Path]:
        """Begin with each patient; a patient on whom the two differ before any session is a path by himself."""
        tests, columns = all_tests((self.one, self.other)), same_columns((self.one, self.other))
        labels = tuple(same_of(self.one).count(column) for column in columns)
        condition = self.one.condition
        for person in People(judges=(self.one, self.other), tests=tests, condition=condition).all():
            none = Course(patient_id="a course", cells=person.cells, sessions=())
            one, other = self.one.judge(none), self.other.judge(none)
            if one.before is False or other.verdict == "met":
                continue
            letters = Letters(
                tests=tests, base=person.cells, condition=condition, teller=self.one.teller, labels=labels
            )
            if one.verdict == "met":
                yield Path(person=person, letters=letters, sessions=())
            side = None if self.one.definition.at == "baseline" else _side(self.one, person, tests, columns)
            if side is None:
                continue
            shut = self.other.definition.at == "baseline" or other.before is False
            against = None if shut else _side(self.other, person, tests, columns)
            entered = Entered(person=person, letters=letters, one=side, other=against)
            self._begin(entered)

    def _begin(self, entered: Entered) -> None:
        self._people.append(entered)
        self.exact = self.exact and (not entered.in_time or entered.one.one_time)
        other = entered.other.begin() if entered.other is not None else None
        beginning = Beginning(len(self._people) - 1, True, entered.letters.start, entered.one.begin(), other)
        self._from[beginning] = None
        heapq.heappush(self._heap, (0, len(entered.person.unusual), len(self._from), False, beginning))

    def _follow(self, beginning: Beginning, sessions: int, cost: int) -> None:
        entered, first = self._people[beginning.person], beginning.empty
        for pause in [None] if first else entered.pauses(beginning):
            for letter in entered.letters.after(beginning.kept, first):
                other = beginning.other
                if other is not None and entered.other is not None:
                    other = entered.other.step(other, letter, pause)
                    if entered.other.met(other):
                        continue
                one = entered.one.step(beginning.one, letter, pause)
                after = Beginning(beginning.person, False, letter.kept, one, other)
                if after in self._from:
                    continue
                self._from[after] = (beginning, pause, letter)
                is_end = entered.one.met(one)
                heapq.heappush(self._heap, (sessions + 1, cost + letter.cost, len(self._from), is_end, after))

    def _path(self, beginning: Beginning) -> Path:
        entered, found = self._people[beginning.person], []
        at = self._from[beginning]
        while at is not None:
            before, pause, letter = at
            found.append((pause, letter))
            at = self._from[before]
        return Path(person=entered.person, letters=entered.letters, sessions=tuple(reversed(found)))


def _side(judge: Judge, person: Person, tests: tuple[Test, ...], columns: tuple[str, ...]) -> Side | None:
    logic = judge.definition.logic
    choice = person.cells.get(logic.column) if isinstance(logic, ByIntent) else None
    return side_of(judge, choice, tests, columns)
