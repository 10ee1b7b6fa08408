"""How firm a verdict is: the exact smallest number of votes from one answer to another that changes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from consensus.rules.ballots import Ballot, Counts, counts_of_votes
from consensus.rules.deciding import OUTCOMES, outcome, outcomes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from consensus.agreement.estimate import Coding
    from consensus.agreement.support import Votes
    from consensus.rules.rule import Outcome, Rule


@dataclass(frozen=True, kw_only=True, slots=True)
class Flip:
    """So many `votes` moved from one option to another make the verdict `becomes`; one vote fewer leaves it.

    `group` names the group whose votes they are, where the rule judges within groups.
    """

    from_option: str
    to_option: str
    votes: int
    becomes: Outcome
    group: str | None = None

    def to_dict(self) -> dict[str, object]:
        """Return the flip with the keys of `votes_to_flip` in `agree --json`."""
        flip: dict[str, object] = {"from": self.from_option, "to": self.to_option, "votes": self.votes}
        return {**flip, "becomes": self.becomes, **({"group": self.group} if self.group is not None else {})}


def judge(votes: Votes, rule: Rule, coding: Coding | None) -> Outcome:
    """Return what a rule makes of votes under one way to count equivocal ones."""
    return outcome(rule, counts_of_votes(votes, coding))


def flips(
    votes: Votes, options: Mapping[str, tuple[float | None, int]], rule: Rule, coding: Coding | None
) -> tuple[Flip, ...]:
    """Return the smallest flip of every pair of options that can change the verdict, fewest votes first.

    `options` gives for each option how far it supports the criterion (1, 0.5, 0, None) and how many chose it; `votes`
    opted out beyond these are none of the options.
    """
    named = [(name, worth, count) for name, (worth, count) in options.items()]
    named.append(("", None, votes.answered - sum(count for _, _, count in named)))
    ballot = Ballot(
        options=tuple(name for name, _, _ in named),
        worths=tuple(worth for _, worth, _ in named),
        points=(None,) * len(named),
        commits=tuple(worth in (0, 1) for _, worth, _ in named),
    )
    row = [count for _, _, count in named]
    return flips_of(Counts(ballot=ballot, votes=np.array([row], dtype=np.int64), coding=coding), rule)


def flips_of(counts: Counts, rule: Rule, round: int | None = None) -> tuple[Flip, ...]:
    """Return the smallest flip of every pair of options of one row that can change its verdict, fewest votes first.

    All numbers of votes are tried, so no order among verdicts is taken for granted. Where the rule judges within
    groups, the votes are moved within one group at a time.
    """
    now = outcome(rule, counts, round)
    withins = [(by, name) for by in rule.groupings for name in counts.groups[by]]
    found = list[Flip]()
    for within in (*withins, *(() if withins else (None,))):
        chosen = (counts if within is None else counts.groups[within[0]][within[1]]).votes[0]
        places = range(len(chosen))
        moves = [
            (a, b, moved)
            for a in places
            for b in places
            if _differ(counts.ballot, a, b)
            for moved in range(1, int(chosen[a]) + 1)
        ]
        if moves:
            made = outcomes(rule, counts.moved(np.array(moves), within), round)
            found += _fewest(counts.ballot, moves, [OUTCOMES[int(code)] for code in made], now, within)
    return tuple(sorted(found, key=lambda flip: flip.votes))


def _differ(ballot: Ballot, a: int, b: int) -> bool:
    """Return whether moving a vote between two named options can matter."""
    if a == b or not ballot.options[a] or not ballot.options[b]:
        return False
    return ballot.worths[a] != ballot.worths[b] or ballot.points[a] != ballot.points[b]


def _fewest(
    ballot: Ballot,
    moves: list[tuple[int, int, int]],
    made: list[Outcome],
    now: Outcome,
    within: tuple[str, str] | None,
) -> Iterator[Flip]:
    """Yield the first of the moves between each two options that changes the verdict."""
    told = set[tuple[int, int]]()
    for (a, b, moved), becomes in zip(moves, made, strict=True):
        if becomes == now or (a, b) in told:
            continue
        told.add((a, b))
        yield Flip(
            from_option=ballot.options[a],
            to_option=ballot.options[b],
            votes=moved,
            becomes=becomes,
            group=None if within is None else within[1],
        )
