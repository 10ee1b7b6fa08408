"""How firm a verdict is: the exact smallest number of votes from one answer to another that changes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from consensus.agreement.support import Votes

if TYPE_CHECKING:
    from consensus.agreement.estimate import Coding
    from consensus.rules.rule import Outcome, Rule

SIDES: Mapping[float | None, str] = {1.0: "yes", 0.5: "equivocal", 0.0: "no", None: "opted_out"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Flip:
    """So many `votes` moved from one option to another make the verdict `becomes`; one vote fewer leaves it."""

    from_option: str
    to_option: str
    votes: int
    becomes: Outcome

    def to_dict(self) -> dict[str, object]:
        """Return the flip with the keys of `votes_to_flip` in `agree --json`."""
        return {"from": self.from_option, "to": self.to_option, "votes": self.votes, "becomes": self.becomes}


def judge(votes: Votes, rule: Rule, coding: Coding | None) -> Outcome:
    """Return what a rule makes of votes under one way to count equivocal ones."""
    return rule.outcome(votes.support(coding), votes.against(coding), votes.size(coding))


def flips(
    votes: Votes, options: Mapping[str, tuple[float | None, int]], rule: Rule, coding: Coding | None
) -> tuple[Flip, ...]:
    """Return the smallest flip of every pair of options that can change the verdict, fewest votes first.

    `options` gives for each option how far it supports the criterion (1, 0.5, 0, None) and how many chose it.
    """
    now, found = judge(votes, rule, coding), list[Flip]()
    for a, (worth_a, chosen) in options.items():
        for b, (worth_b, _) in options.items():
            if worth_a == worth_b:
                continue

            def after(moved: int, worth_a: float | None = worth_a, worth_b: float | None = worth_b) -> Outcome:
                return judge(_moved(votes, worth_a, worth_b, moved), rule, coding)

            fewest = _first(lambda moved: after(moved) != now, chosen)
            if fewest is not None:
                found.append(Flip(from_option=a, to_option=b, votes=fewest, becomes=after(fewest)))
    return tuple(sorted(found, key=lambda flip: flip.votes))


def _moved(votes: Votes, from_worth: float | None, to_worth: float | None, moved: int) -> Votes:
    counts = {side: getattr(votes, side) for side in SIDES.values()}
    counts[SIDES[from_worth]] -= moved
    counts[SIDES[to_worth]] += moved
    return Votes(**counts)


def _first(changed: Callable[[int], bool], most: int) -> int | None:
    """Return the smallest number from 1 to `most` that changes the verdict, by halving.

    Halving is exact: along one movement both shares are monotone and thresholds are at least half, so the numbers
    that leave the verdict as it is come first, without a gap.
    """
    if most < 1 or not changed(most):
        return None
    low, high = 0, most
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if changed(middle) else (middle, high)
    return high
