"""Expectation and maximization for latent classes, from several starts at once (Dempster, Laird and Rubin 1977).

Within a class answers to different questions are independent. All starts go up together as one array; one that has
settled is taken out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

ROUNDS, SETTLED, TINY = 300, 1e-7, 1e-300


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Climbed:
    """Where one start ended: `sizes` (shares of classes), `answers` (classes x questions x answers, probabilities).

    `membership` (patterns x classes) is how likely each pattern of answers is in each class.
    """

    likelihood: float
    sizes: Floats
    answers: Floats
    membership: Floats


def climb(table: Floats, weights: Floats, prior: Floats, starts: Floats) -> list[Climbed]:
    """Return where each start ends, at most `ROUNDS` rounds on, or where a round gains next to nothing.

    `table` (patterns x questions x answers) is 1 where a pattern has an answer, `weights` how many people have each
    pattern, `prior` (questions x answers) what is added to the counts of each class, so that probabilities stay off 0
    and 1; `starts` (starts x patterns x classes) are memberships to begin with.
    """
    flat = table.reshape(len(table), -1)
    members, going = np.ascontiguousarray(starts.transpose(0, 2, 1)), np.arange(len(starts))
    before, ended = np.full(len(starts), -np.inf), dict[int, Climbed]()
    for turn in range(ROUNDS):
        sizes, answers = _maximized(flat, weights, prior, members)
        members, likelihood = _expected(flat, weights, sizes, answers)
        settled = likelihood - before < SETTLED * np.maximum(1.0, np.abs(likelihood))
        settled |= turn == ROUNDS - 1
        for at in np.flatnonzero(settled).tolist():
            ended[int(going[at])] = Climbed(
                likelihood=float(likelihood[at]), sizes=sizes[at], answers=answers[at], membership=members[at].T
            )
        going, members, before = going[~settled], members[~settled], likelihood[~settled]
        if not len(going):
            break
    return [ended[at] for at in range(len(starts))]


def _maximized(flat: Floats, weights: Floats, prior: Floats, members: Floats) -> tuple[Floats, Floats]:
    """Return the sizes of classes and the probabilities of answers in them that memberships make likeliest."""
    starts, classes, patterns = members.shape
    worth = members * weights
    counts = (worth.reshape(-1, patterns) @ flat).reshape(starts, classes, *prior.shape) + prior
    total = counts.sum(axis=3, keepdims=True)
    return worth.sum(axis=2) / weights.sum(), counts / np.maximum(total, TINY)


def _expected(flat: Floats, weights: Floats, sizes: Floats, answers: Floats) -> tuple[Floats, Floats]:
    """Return memberships (starts x classes x patterns) and the log likelihood of each start."""
    logs = np.log(np.where(answers > 0, answers, 1.0)).reshape(-1, flat.shape[1])
    joint = (logs @ flat.T).reshape(*sizes.shape, len(flat)) + np.log(np.maximum(sizes, TINY))[:, :, None]
    top = joint.max(axis=1, keepdims=True)
    odds = np.exp(joint - top)
    total = odds.sum(axis=1, keepdims=True)
    return odds / total, (top + np.log(total))[:, 0] @ weights
