"""Means, totals and quantiles under a sampling design, with linearized standard errors and design effects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from consensus.agreement.design import Design


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class DesignMeans:
    """Means of the columns of a table among the rows that answered, with their covariance.

    `answered` is how many rows are counted, `rows` how many belong to the design or the named subgroup whether they
    answered or not, `df` the degrees of freedom of that, `clusters` how many clusters answered. `z` is what each row
    contributes to the linearized means, `weight` the sum of the weights of those who answered.
    """

    values: NDArray[np.float64]
    covariance: NDArray[np.float64]
    z: NDArray[np.float64]
    effects: tuple[float | None, ...]
    answered: int
    rows: int
    df: int
    clusters: int
    weight: float = 0.0

    @property
    def finite_effects(self) -> tuple[float | None, ...]:
        """Design effects against a sample without replacement of a population as large as the weights add up to.

        R: deff = TRUE. None without spread, and where weights are not known to add up to more than the sample.
        """
        left = (self.weight - self.answered) / self.weight
        return tuple(None if e is None or left < 1e-12 else e / left for e in self.effects)

    @property
    def errors(self) -> NDArray[np.float64]:
        """The standard errors of the means."""
        return np.sqrt(np.maximum(np.diag(self.covariance), 0))


def means(
    columns: NDArray[np.float64], design: Design, *, subgroup: NDArray[np.bool_] | None = None
) -> DesignMeans | None:
    """Return the means of columns (rows x items), NaN where a row did not answer; None where nobody did.

    A row counts where all its columns are there. Missing answers keep the degrees of freedom of the whole design; a
    named `subgroup` (a truth value a row) has those of the clusters and strata with a row in it.
    """
    if not len(columns):
        return None
    table = columns.reshape(len(columns), -1).astype(float)
    inside = np.ones(len(table), dtype=bool) if subgroup is None else subgroup
    counted = inside & np.isfinite(table).all(axis=1)
    weight = design.weights * counted
    if not counted.any():
        return None
    filled = np.where(counted[:, None], table, 0.0)
    values = weight @ filled / weight.sum()
    z = weight[:, None] * (filled - values) / weight.sum()
    covariance = design.covariance(z)
    return DesignMeans(
        values=values,
        covariance=covariance,
        z=z,
        effects=tuple(
            _effect(filled[counted, i], weight[counted], float(covariance[i, i])) for i in range(table.shape[1])
        ),
        answered=int(counted.sum()),
        rows=int(inside.sum()),
        df=design.degrees_of_freedom() if subgroup is None else design.degrees_of_freedom(inside),
        clusters=len(np.unique(design.clusters[counted])),
        weight=float(weight.sum()),
    )


def total(column: NDArray[np.float64], design: Design) -> tuple[float, float]:
    """Return the weighted total of a column with its standard error; rows without an answer count as 0."""
    z = (design.weights * np.where(np.isfinite(column), column, 0.0))[:, None]
    return float(z.sum()), float(np.sqrt(design.covariance(z)[0, 0]))


def weighted_quantile(column: NDArray[np.float64], design: Design, share: float) -> float | None:
    """Return the smallest value that at least `share` of the weight does not exceed (type 1); None without answers."""
    there = np.isfinite(column)
    if not there.any():
        return None
    values, weights = column[there], design.weights[there]
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order]) / weights.sum()
    return float(values[order][np.searchsorted(reached, share - 1e-12)])


def _effect(given: NDArray[np.float64], weight: NDArray[np.float64], variance: float) -> float | None:
    """Return the design effect against a sample drawn with replacement (R: deff = "replace"), None without spread."""
    n = len(given)
    if n < 2:
        return None
    middle = weight @ given / weight.sum()
    spread = float(weight @ (given - middle) ** 2 / weight.sum() * n / (n - 1))
    return None if spread < 1e-15 else variance / (spread / n)
