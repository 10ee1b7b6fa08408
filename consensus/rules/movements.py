"""The movements of votes that matter: for thresholds of shares, medians, quantiles and IQR no others can do with fewer.

Why these are enough, for m votes: to make ratings lower as a whole nothing does more than taking the m highest to
the lowest point, and the other way round. To make them wider nothing does more than taking m neighbors from the
middle, i of them to the lowest and the rest to the highest point: whichever vote lies between the two quartiles to be
reached does no harm where it is missing, and those beyond a quartile are all alike. To make them narrower, and higher
at once, nothing does more than taking i of the lowest and the rest of the highest to one point. Votes that opt out are
taken first or left; votes for opting out come from anywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from consensus.rules.terms import Compared, Joined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from consensus.rules.ballots import Ballot, Counts
    from consensus.rules.rule import Rule
    from consensus.rules.terms import Condition

MEASURES = frozenset({"share", "count", "median", "quantile", "iqr"})


def suffice_for(rule: Rule) -> bool:
    """Return whether `movements` hold a movement with the fewest votes for a rule.

    That is so where it asks for thresholds of shares of either end of the scale, medians, quantiles and IQR, all at
    once (`and`), and says nothing of doubt.
    """
    conditions = [condition for condition in (rule.accept, rule.rejects()) if condition is not None]
    return rule.doubt is None and not rule.rounds and all(map(_plain, conditions))


def _plain(condition: Condition) -> bool:
    if isinstance(condition, Joined):
        return condition.word == "and" and all(map(_plain, condition.parts))
    if not isinstance(condition, Compared) or condition.right.constant is None or condition.comparison == "=":
        return False
    if len(condition.left.parts) != 1 or not condition.left.terms:
        return False
    (sign, _), term = condition.left.parts[0], condition.left.terms[0]
    return sign == 1 and term.measure in MEASURES and (term.options is None or term.options.word != "most")


def movements(counts: Counts, moved: int) -> NDArray[np.int64]:
    """Return the panels that can come of one row by moving so many votes in the ways that matter, a row each."""
    votes = counts.votes[0]
    order = _order(counts.ballot)
    aside = [at for at, option in enumerate(counts.ballot.options) if option and at not in order]
    made = [
        votes - off + on for off in _taken(votes, order, aside, moved) for on in _given(len(votes), order, aside, moved)
    ]
    return np.unique(np.array(made, dtype=np.int64).reshape(-1, len(votes)), axis=0)


def _order(ballot: Ballot) -> list[int]:
    """Return the places of the options that take a side or give a number, the lowest first."""
    keys = {
        at: float(point) if point is not None else float(worth or 0)
        for at, (point, worth) in enumerate(zip(ballot.points, ballot.worths, strict=True))
        if ballot.commits[at] and (point is not None or worth is not None)
    }
    return sorted(keys, key=lambda at: keys[at])


def _taken(votes: NDArray[np.int64], order: list[int], aside: list[int], moved: int) -> Iterator[NDArray[np.int64]]:
    """Yield what is taken: k votes from aside, then neighbors, or some of the lowest and the rest of the highest."""
    line = np.repeat(order, votes[order])
    for place, k in _from_aside(votes, aside, moved):
        rest = moved - k
        if rest > len(line):
            continue
        for start in range(len(line) - rest + 1):
            yield _counted(line[start : start + rest], len(votes), place, k)
        for low in range(1, rest):
            ends = np.concatenate([line[:low], line[len(line) - (rest - low) :]])
            yield _counted(ends, len(votes), place, k)


def _from_aside(votes: NDArray[np.int64], aside: list[int], moved: int) -> Iterator[tuple[int | None, int]]:
    yield None, 0
    for place in aside:
        for k in range(1, min(moved, int(votes[place])) + 1):
            yield place, k


def _counted(places: NDArray[np.int64], width: int, aside: int | None, k: int) -> NDArray[np.int64]:
    made = np.bincount(places.astype(np.int64), minlength=width)
    if aside is not None:
        made[aside] += k
    return made


def _given(width: int, order: list[int], aside: list[int], moved: int) -> Iterator[NDArray[np.int64]]:
    """Yield where votes go: all to one option, or parted between the lowest and the highest point."""
    for place in (*order, *aside):
        yield _counted(np.full(moved, place), width, None, 0)
    if len(order) > 1:
        for low in range(1, moved):
            yield _counted(np.array([order[0]] * low + [order[-1]] * (moved - low)), width, None, 0)
