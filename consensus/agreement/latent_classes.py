"""Camps that nobody named: people whose answers to several questions go together, found as latent classes.

Within a class, answers to different questions are taken as independent (Lazarsfeld and Henry 1968; Goodman 1974,
Biometrika 61:215). The number of classes is the one with the smallest BIC (Schwarz 1978); one class means that no camps
were found. Gaps are passed over. The best of several seeded starts is taken; rows are put into one order first, so that
the order of people plays no part.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

STARTS, ROUNDS, SETTLED = 8, 300, 1e-7
MOST_CLASSES = 4


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class LatentClasses:
    """The classes of n people: `sizes` (shares, the largest first) and `membership` (people x classes, rows sum to 1).

    `bic` is that of each number of classes tried, from 1 on.
    """

    sizes: NDArray[np.float64]
    membership: NDArray[np.float64]
    bic: tuple[float, ...]

    @property
    def certainty(self) -> float:
        """The mean probability with which people belong to the class they are put in."""
        return float(self.membership.max(axis=1).mean()) if len(self.membership) else 1.0

    @property
    def assigned(self) -> NDArray[np.int64]:
        """The class of each person."""
        return np.asarray(self.membership.argmax(axis=1))


def latent_classes(codes: NDArray[np.int64], *, seed: int = 20261123, most: int = MOST_CLASSES) -> LatentClasses:
    """Return the classes of people (rows) by their answers (columns of codes from 0, -1 for none)."""
    order = np.lexsort(codes.T[::-1]) if codes.size else np.arange(len(codes))
    indicators = _indicators(codes[order])
    distinct, back, times = np.unique(indicators, axis=0, return_inverse=True, return_counts=True)
    fits = []
    for k in range(1, most + 1):
        fits.append(_fit(distinct, times.astype(float), codes, k, seed))
        if len(fits) > 1 and fits[-1][0] > fits[-2][0]:
            break
    bic = tuple(fit[0] for fit in fits)
    _, sizes, members = fits[int(np.argmin(bic))]
    by_size = np.argsort(-sizes, kind="stable")
    membership = np.empty((len(codes), len(sizes)))
    membership[order] = members[np.ravel(back)][:, by_size]
    return LatentClasses(sizes=sizes[by_size], membership=membership, bic=bic)


def _indicators(codes: NDArray[np.int64]) -> NDArray[np.float64]:
    width = int(codes.max(initial=0)) + 1
    table = codes[:, :, None] == np.arange(width)
    return np.asarray(table.reshape(len(codes), -1), dtype=float)


def _fit(
    x: NDArray[np.float64], times: NDArray[np.float64], codes: NDArray[np.int64], k: int, seed: int
) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:
    """Return BIC, class sizes and memberships of the best of several starts."""
    rng = np.random.default_rng(seed + k)
    questions = codes.shape[1]
    best: tuple[float, NDArray[np.float64], NDArray[np.float64]] | None = None
    for _ in range(1 if k == 1 else STARTS):
        members = rng.dirichlet(np.ones(k), size=len(x))
        found = _settle(x, times, members, questions)
        if best is None or found[0] > best[0] + 1e-9:
            best = found
    assert best is not None
    answered = sum(max(len(np.unique(column[column >= 0])) - 1, 0) for column in codes.T)
    parameters = k - 1 + k * answered
    return -2 * best[0] + parameters * float(np.log(max(times.sum(), 1))), best[1], best[2]


def _settle(
    x: NDArray[np.float64], times: NDArray[np.float64], members: NDArray[np.float64], questions: int
) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:
    likelihood, sizes = -np.inf, members.mean(axis=0)
    for _ in range(ROUNDS):
        weighted = members * times[:, None]
        sizes = weighted.sum(axis=0) / times.sum()
        joint = _log_joint(x, weighted, sizes, questions)
        top = joint.max(axis=1, keepdims=True)
        odds = np.exp(joint - top)
        total = odds.sum(axis=1, keepdims=True)
        members, each = odds / total, (top + np.log(total))[:, 0]
        before, likelihood = likelihood, float(each @ times)
        if likelihood - before < SETTLED * abs(likelihood):
            break
    return likelihood, sizes, members


def _log_joint(
    x: NDArray[np.float64], weighted: NDArray[np.float64], sizes: NDArray[np.float64], questions: int
) -> NDArray[np.float64]:
    """Return log probabilities of class and answers; half an answer is spread over the options, against zeros."""
    counts = weighted.T @ x
    by_question = counts.reshape(len(counts), questions, -1)
    offered = (x.sum(axis=0) > 0).reshape(questions, -1)
    smoothed = np.where(offered, by_question + 0.5 / np.maximum(offered.sum(axis=1), 1)[:, None], 0.0)
    chance = smoothed / np.maximum(smoothed.sum(axis=2, keepdims=True), 1e-300)
    logs = np.log(np.where(chance > 0, chance, 1.0)).reshape(len(counts), -1)
    return np.asarray(x @ logs.T + np.log(np.maximum(sizes, 1e-300)))
