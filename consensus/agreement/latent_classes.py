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

from consensus.agreement.climbing import climb
from consensus.agreement.distinct import distinct_rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from consensus.agreement.climbing import Climbed

STARTS = 8
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
    first, back, times = distinct_rows(indicators.reshape(len(codes), -1).T)
    distinct = indicators[first]
    fits = []
    for k in range(1, most + 1):
        fits.append(_fit(distinct, times.astype(float), codes, k, seed))
        if len(fits) > 1 and fits[-1][0] > fits[-2][0]:
            break
    bic = tuple(fit[0] for fit in fits)
    _, sizes, members = fits[int(np.argmin(bic))]
    by_size = np.argsort(-sizes, kind="stable")
    membership = np.empty((len(codes), len(sizes)))
    membership[order] = members[back][:, by_size]
    return LatentClasses(sizes=sizes[by_size], membership=membership, bic=bic)


def _indicators(codes: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return people x questions x answers, 1 where a person gave an answer."""
    width = int(codes.max(initial=0)) + 1
    return np.asarray(codes[:, :, None] == np.arange(width), dtype=float)


def _fit(
    table: NDArray[np.float64], times: NDArray[np.float64], codes: NDArray[np.int64], k: int, seed: int
) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:
    """Return BIC, class sizes and memberships of the best of several starts."""
    rng = np.random.default_rng(seed + k)
    starts = [rng.dirichlet(np.ones(k), size=len(table)) for _ in range(1 if k == 1 else STARTS)]
    best: Climbed | None = None
    for found in climb(table, times, _spread(table), np.stack(starts)):
        if best is None or found.likelihood > best.likelihood + 1e-9:
            best = found
    assert best is not None
    answered = sum(max(len(np.unique(column[column >= 0])) - 1, 0) for column in codes.T)
    parameters = k - 1 + k * answered
    return -2 * best.likelihood + parameters * float(np.log(max(times.sum(), 1))), best.sizes, best.membership


def _spread(table: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return half an answer to each question, spread over its options, against probabilities of zero."""
    offered = table.any(axis=0)
    return np.asarray(np.where(offered, 0.5 / np.maximum(offered.sum(axis=1, keepdims=True), 1), 0.0))
