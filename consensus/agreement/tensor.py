"""The tally tensor: how often each option was chosen in each hospital. Whatever counts tell is a function of it.

One matrix product of draws with the tensor gives the counts of every replicate, so that any statistic of counts
(shares, their order, consensus on a scale) gets its limits without touching respondents again, all from the same draws.
Clusters stand in the order of what they hold, within strata, so that neither rows nor names play a part in draws.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from consensus.agreement.bootstrap_limits import bootstrap_estimate
from consensus.agreement.indicators import chosen
from consensus.agreement.resampling import Replicates, draws, strata_of_clusters

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from consensus.agreement.bootstrap_limits import BootstrapMethod
    from consensus.agreement.design import Design
    from consensus.agreement.estimate import Base, Estimate
    from questionnaires.instrument import Question
    from questionnaires.responses import Responses

REPLICATES = 2000


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class TallyTensor:
    """Weighted counts by cluster: `counts` has a row a cluster and a column a pair of question and option.

    `answered` counts, in the same columns, who is in the base of the question. `strata` is each cluster's stratum.
    """

    cells: tuple[tuple[str, str], ...]
    counts: NDArray[np.float64]
    answered: NDArray[np.float64]
    strata: NDArray[np.int64] | None = None

    def __repr__(self) -> str:
        return f"TallyTensor({len(self.counts)} clusters, {len(self.cells)} options)"

    def columns(self, question: str) -> list[int]:
        """Return which columns are the options of a question."""
        return [at for at, (name, _) in enumerate(self.cells) if name == question]

    def replicates(
        self,
        statistic: Callable[[NDArray[np.float64], NDArray[np.float64]], NDArray[np.float64]],
        *,
        replicates: int = REPLICATES,
        seed: int = 20261123,
    ) -> Replicates:
        """Return replicates of a function of counts and bases (..., cells) that gives (..., statistics)."""
        both, cells = np.concatenate([self.counts, self.answered], axis=1), len(self.cells)
        values = []
        for w in draws(len(self.counts), replicates, seed, self.strata):
            drawn = w @ both
            values.append(statistic(drawn[:, :cells], drawn[:, cells:]))
        whole = both.sum(axis=0)
        without = whole - both
        estimates = np.atleast_1d(statistic(whole[:cells], whole[cells:]))
        return Replicates(
            estimates=estimates,
            values=np.concatenate(values).reshape(replicates, len(estimates)),
            left_out=statistic(without[:, :cells], without[:, cells:]).reshape(len(both), len(estimates)),
            clusters=len(both),
            seed=seed,
        )

    def estimate(
        self,
        statistic: Callable[[NDArray[np.float64], NDArray[np.float64]], NDArray[np.float64]],
        *,
        replicates: int = REPLICATES,
        seed: int = 20261123,
        level: float = 0.95,
        method: BootstrapMethod = "percentile",
        n: int | None = None,
        base: Base = "answered",
    ) -> Estimate:
        """Return one statistic of the counts with bootstrap limits over clusters."""
        found = self.replicates(statistic, replicates=replicates, seed=seed)
        return bootstrap_estimate(found, 0, method=method, level=level, n=n, base=base)


def tally_tensor(
    answers: Responses, questions: Sequence[Question], design: Design, base: Base = "answered"
) -> TallyTensor:
    """Return the tensor of closed questions under a design; others are left out."""
    closed = [q for q in questions if q.closed]
    tables = [chosen(answers, question, base) for question in closed]
    cells = tuple((q.name, c.name) for q in closed for c in q.choices)
    table = np.concatenate(tables, axis=1) if tables else np.zeros((len(answers.values), 0))
    there = np.isfinite(table)
    weights, clusters, size = design.weights[:, None], design.clusters, design.cluster_count
    counts = _by_cluster(np.where(there, table, 0.0) * weights, clusters, size)
    answered = _by_cluster(there * weights, clusters, size)
    strata = strata_of_clusters(design)
    keys = [*counts.T, *answered.T, *([] if strata is None else [strata])]
    order = np.lexsort(keys) if keys else np.arange(size)
    return TallyTensor(
        cells=cells,
        counts=counts[order],
        answered=answered[order],
        strata=None if strata is None else strata[order],
    )


def shares(counts: NDArray[np.float64], answered: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return counts over their bases, NaN where a base is empty: the plainest statistic of a tensor."""
    empty = np.abs(answered) < 1e-9
    return np.asarray(np.where(empty, np.nan, counts / np.where(empty, 1.0, answered)))


def _by_cluster(table: NDArray[np.float64], clusters: NDArray[np.int64], size: int) -> NDArray[np.float64]:
    found = np.zeros((size, table.shape[1]))
    np.add.at(found, clusters, table)
    return found
