"""The answers that rules are decided on: how often each option was chosen, many items or imagined panels at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from consensus.agreement.estimate import Base, Coding
    from consensus.agreement.support import Votes

    Whole = NDArray[np.int64]

WORTH_OF_EQUIVOCAL = {"as_no": 0, "half": 1, "as_yes": 2, None: 0, "drop": 0, "middle": 0}  # in half votes


@dataclass(frozen=True, kw_only=True, slots=True)
class Ballot:
    """The options of a question: how far each endorses the criterion (1, 0.5, 0, None), and its point on the scale.

    `commits` tells which options take a side or give a number; the others are equivocal or opt out.
    """

    options: tuple[str, ...]
    worths: tuple[float | None, ...]
    points: tuple[Fraction | None, ...]
    commits: tuple[bool, ...]

    @property
    def scale(self) -> tuple[Fraction, ...]:
        """The points of its scale, lowest first."""
        return tuple(sorted({point for point in self.points if point is not None}))

    def at(self, point: Fraction) -> list[int]:
        """Return the places of the options that stand for a point."""
        return [place for place, own in enumerate(self.points) if own == point]


SIDES = Ballot(
    options=("yes", "equivocal", "no", "opted_out"),
    worths=(1.0, 0.5, 0.0, None),
    points=(None, None, None, None),
    commits=(True, False, True, False),
)


def scale_ballot(points: Sequence[int | Fraction]) -> Ballot:
    """Return the ballot of a rating scale whose options are its points."""
    scale = tuple(Fraction(point) for point in points)
    return Ballot(
        options=tuple(map(str, scale)),
        worths=(None,) * len(scale),
        points=scale,
        commits=(True,) * len(scale),
    )


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Counts:
    """How often each option of one ballot was chosen: a row an item, or an imagined panel; a column an option.

    `sizes` are the bases that the votes don't tell (asked, eligible, invited), a number a row. `groups` holds the same
    rows within the groups of a column. `over` holds measures of all items together (`apmo`, `boundary(mean)`, ...).
    """

    ballot: Ballot
    votes: Whole
    coding: Coding | None = None
    sizes: Mapping[str, Whole] = field(default_factory=dict)
    groups: Mapping[str, Mapping[str, Counts]] = field(default_factory=dict)
    over: Mapping[str, Fraction] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.votes)

    @property
    def answered(self) -> Whole:
        """Everyone who gave an answer."""
        return np.asarray(self.votes.sum(axis=1))

    @property
    def committed(self) -> Whole:
        """Those who took a side or gave a number."""
        return np.asarray(self.votes[:, np.array(self.ballot.commits, dtype=bool)].sum(axis=1))

    @property
    def equivocal(self) -> Whole:
        """Those who stand in the middle between for and against."""
        return np.asarray(self.votes[:, [worth == 0.5 for worth in self.ballot.worths]].sum(axis=1))

    def size(self, base: Base) -> Whole | None:
        """Return the size of a base, a number a row; None where it is not known."""
        if base == "answered":
            return self.answered
        return self.committed if base == "committed" else self.sizes.get(base)

    def half_votes(self, *, against: bool) -> Whole | None:
        """Return twice the votes for (or against) the criterion, equivocal ones by the coding; None without sides."""
        worths = self.ballot.worths
        if all(worth is None for worth in worths):
            return None
        equivocal = 0 if self.coding == "drop" else WORTH_OF_EQUIVOCAL[self.coding]
        if against and self.coding not in ("drop", None):
            equivocal = 2 - equivocal
        sided = {1.0: 0 if against else 2, 0.0: 2 if against else 0, 0.5: equivocal}
        weights = np.array([0 if worth is None else sided[worth] for worth in worths], dtype=np.int64)
        return self.votes @ weights

    def ratings(self) -> Whole:
        """Return how often each point of the scale was given, lowest point first."""
        columns = [self.votes[:, self.ballot.at(point)].sum(axis=1) for point in self.ballot.scale]
        return np.stack(columns, axis=1) if columns else np.zeros((len(self), 0), dtype=np.int64)

    def coded(self, coding: Coding | None) -> Counts:
        """Return the same votes with another way to count equivocal ones, in the groups too."""
        groups = {by: {name: part.coded(coding) for name, part in parts.items()} for by, parts in self.groups.items()}
        return replace(self, coding=coding, groups=groups)

    def with_votes(self, votes: Whole, within: tuple[str, str] | None = None) -> Counts:
        """Return other votes of the one row in the same bases: imagined panels, without groups.

        `within` names the column and the group whose votes they are; votes in other groups stay.
        """
        sizes = self._repeated_sizes(len(votes))
        if within is None:
            return replace(self, votes=votes, sizes=sizes, groups={})
        own = self.groups[within[0]][within[1]]
        groups = {
            by: {
                name: part.with_votes(votes if (by, name) == within else np.repeat(part.votes[:1], len(votes), axis=0))
                for name, part in parts.items()
            }
            for by, parts in self.groups.items()
        }
        return replace(self, votes=self.votes[:1] - own.votes[:1] + votes, sizes=sizes, groups=groups)

    def moved(self, moves: Whole, within: tuple[str, str] | None = None) -> Counts:
        """Return the one row after each of some moves (from, to, how many votes), a row a move.

        `within` names the column and the group whose votes they are; votes in other groups stay.
        """
        votes = np.repeat(self.votes[:1], len(moves), axis=0)
        rows = np.arange(len(moves))
        votes[rows, moves[:, 0]] -= moves[:, 2]
        votes[rows, moves[:, 1]] += moves[:, 2]
        groups = {
            by: {
                name: part.moved(moves)
                if (by, name) == within
                else part.with_votes(np.repeat(part.votes[:1], len(moves), axis=0))
                for name, part in parts.items()
            }
            for by, parts in self.groups.items()
        }
        return replace(self, votes=votes, sizes=self._repeated_sizes(len(moves)), groups=groups)

    def _repeated_sizes(self, rows: int) -> dict[str, Whole]:
        return {base: np.repeat(size[:1], rows) for base, size in self.sizes.items()}

    def row(self, at: int) -> Counts:
        """Return one row alone."""
        groups = {by: {name: part.row(at) for name, part in parts.items()} for by, parts in self.groups.items()}
        sizes = {base: size[at : at + 1] for base, size in self.sizes.items()}
        return replace(self, votes=self.votes[at : at + 1], sizes=sizes, groups=groups)


def stacked(items: Sequence[Counts]) -> Counts:
    """Return the rows of several counts with one ballot, the same bases and the same groups, one below the other."""
    first = items[0]
    return replace(
        first,
        votes=np.concatenate([counts.votes for counts in items]),
        sizes={base: np.concatenate([counts.sizes[base] for counts in items]) for base in first.sizes},
        groups={
            by: {name: stacked([counts.groups[by][name] for counts in items]) for name in parts}
            for by, parts in first.groups.items()
        },
    )


def counts_of_votes(votes: Votes, coding: Coding | None) -> Counts:
    """Return the votes on one criterion as counts of its four sides."""
    row = [votes.yes, votes.equivocal, votes.no, votes.opted_out]
    return Counts(ballot=SIDES, votes=np.array([row], dtype=np.int64), coding=coding)
