"""Latent classes: people who answer alike, whatever else they share (Lazarsfeld and Henry 1968; McCutcheon 1987).

Within a class answers to different questions are independent. One class is the claim that there are no schools: then
nothing but chance and the questions themselves makes people answer alike. How many classes there are is chosen by the
integrated complete likelihood (Biernacki, Celeux and Govaert 2000, IEEE PAMI 22:719), which is BIC less the doubt about
who belongs where, so that classes count only where people can be told apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

STARTS = 8
MOST_ROUNDS = 300
SMALL = 1e-7
PRIOR = 0.5


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Classes:
    """`k` classes: their sizes (shares), the probability of each answer (classes x questions x answers), memberships.

    `posterior` (people x classes) is how likely each person is in each class. `bic` and `icl` are smaller where a
    number of classes is better.
    """

    shares: Floats
    answers: Floats
    posterior: Floats
    bic: float
    icl: float

    @property
    def k(self) -> int:
        """How many classes there are."""
        return len(self.shares)

    @property
    def members(self) -> NDArray[np.int64]:
        """The class of each person, the likeliest."""
        return np.asarray(self.posterior.argmax(axis=1))


def latent_classes(codes: NDArray[np.int64], k: int, *, seed: int = 20261123, starts: int = STARTS) -> Classes:
    """Return the likeliest `k` latent classes of answers (people x questions, codes from 0; -1 is no answer).

    Largest class first. The same arguments give the same classes; of several starts the best counts.
    """
    patterns, back, many = np.unique(codes, axis=0, return_inverse=True, return_counts=True)
    table = _indicators(patterns, int(codes.max(initial=0)) + 1)
    weights = many.astype(float)
    rng = np.random.default_rng(seed)
    best: tuple[float, Floats, Floats, Floats] | None = None
    for _ in range(1 if k == 1 else starts):
        found = _climb(table, weights, rng.dirichlet(np.ones(k), size=len(table)))
        if best is None or found[0] > best[0] + SMALL:
            best = found
    assert best is not None
    likelihood, shares, answers, posterior = best
    order = np.argsort(-shares, kind="stable")
    asked = table.any(axis=0).sum(axis=1)
    free = (k - 1) + k * int(np.maximum(asked - 1, 0).sum())
    bic = -2 * likelihood + free * np.log(len(codes))
    doubt = -2 * float((weights[:, None] * posterior * np.log(np.maximum(posterior, 1e-300))).sum())
    return Classes(
        shares=shares[order],
        answers=answers[order],
        posterior=posterior[back.ravel()][:, order],
        bic=float(bic),
        icl=float(bic + doubt),
    )


def _indicators(patterns: NDArray[np.int64], options: int) -> Floats:
    """Return 1 where a pattern has an answer (patterns x questions x answers); nothing for no answer."""
    return np.asarray((patterns[:, :, None] == np.arange(options)[None, None, :]).astype(float))


def _climb(table: Floats, weights: Floats, start: Floats) -> tuple[float, Floats, Floats, Floats]:
    """Expectation and maximization in turn, from memberships to begin with."""
    flat = table.reshape(len(table), -1)
    posterior, before = start, -np.inf
    asked = (table * weights[:, None, None]).sum(axis=0)
    pooled = np.divide(asked, asked.sum(axis=1, keepdims=True), out=np.zeros_like(asked), where=asked > 0)
    likelihood, shares, answers = before, start[0], start
    for _ in range(MOST_ROUNDS):
        worth = posterior * weights[:, None]
        shares = worth.sum(axis=0) / weights.sum()
        # a little of everybody's answers in each class keeps probabilities off 0 and 1
        counts = (worth.T @ flat).reshape(len(shares), *table.shape[1:]) + PRIOR * pooled
        total = counts.sum(axis=2, keepdims=True)
        answers = np.divide(counts, total, out=np.zeros_like(counts), where=total > 0)
        logs = np.log(np.maximum(answers, 1e-300)).reshape(len(shares), -1)
        joint = flat @ logs.T + np.log(np.maximum(shares, 1e-300))
        top = joint.max(axis=1, keepdims=True)
        odds = np.exp(joint - top)
        posterior = odds / odds.sum(axis=1, keepdims=True)
        likelihood = float((weights * (top[:, 0] + np.log(odds.sum(axis=1)))).sum())
        if likelihood - before < SMALL * max(1.0, abs(likelihood)):
            break
        before = likelihood
    return likelihood, shares, answers, posterior
