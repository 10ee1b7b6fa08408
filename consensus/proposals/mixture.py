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

from consensus.agreement.climbing import climb
from consensus.agreement.distinct import distinct_rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from consensus.agreement.climbing import Climbed

    Floats = NDArray[np.float64]

STARTS = 8
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
    first, back, many = distinct_rows(codes.T)
    table = _indicators(codes[first], int(codes.max(initial=0)) + 1)
    weights = many.astype(float)
    rng = np.random.default_rng(seed)
    begins = [rng.dirichlet(np.ones(k), size=len(table)) for _ in range(1 if k == 1 else starts)]
    best: Climbed | None = None
    for found in climb(table, weights, _pooled(table, weights), np.stack(begins)):
        if best is None or found.likelihood > best.likelihood + SMALL:
            best = found
    assert best is not None
    shares, posterior = best.sizes, best.membership
    order = np.argsort(-shares, kind="stable")
    asked = table.any(axis=0).sum(axis=1)
    free = (k - 1) + k * int(np.maximum(asked - 1, 0).sum())
    bic = -2 * best.likelihood + free * np.log(len(codes))
    doubt = -2 * float((weights[:, None] * posterior * np.log(np.maximum(posterior, 1e-300))).sum())
    return Classes(
        shares=shares[order],
        answers=best.answers[order],
        posterior=posterior[back][:, order],
        bic=float(bic),
        icl=float(bic + doubt),
    )


def _indicators(patterns: NDArray[np.int64], options: int) -> Floats:
    """Return 1 where a pattern has an answer (patterns x questions x answers); nothing for no answer."""
    return np.asarray((patterns[:, :, None] == np.arange(options)[None, None, :]).astype(float))


def _pooled(table: Floats, weights: Floats) -> Floats:
    """Return everybody's answers (questions x answers) as shares: a little of them in each class keeps off 0 and 1."""
    asked = (table * weights[:, None, None]).sum(axis=0)
    total = asked.sum(axis=1, keepdims=True)
    return np.asarray(PRIOR * np.divide(asked, total, out=np.zeros_like(asked), where=total > 0))
