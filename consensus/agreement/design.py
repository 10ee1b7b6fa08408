"""How people came into a survey: hospitals (clusters), strata, weights, and how large the population is.

Variances are those of Taylor linearization in the conventions of R's package survey (Lumley 2010, Complex Surveys;
Wolter 2007, chapter 6): what is estimated becomes one number z a row, 0 (not absent) for rows that are not counted, and
the variance is that of the totals of z between the clusters of each stratum.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
import pandas as pd

from questionnaires.problems import ConsensusError, one_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from consensus.agreement.weighting import Adjustment

Lonely = Literal["refuse", "adjust", "certainty", "average"]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Design:
    """A sampling design of n rows, one a respondent.

    `weights` are n positive numbers; `clusters` and `strata` n codes from 0, clusters nested in strata; `fractions` is
    the sampled share of each stratum's clusters (0 where the population is not known). `inner` holds, for designs of
    two stages, the codes of the units drawn within clusters and the sampled share of each row's cluster. `adjustment`
    tells how weights were fitted to known margins, which makes estimates more precise.
    """

    weights: NDArray[np.float64]
    clusters: NDArray[np.int64]
    strata: NDArray[np.int64]
    stratum_names: tuple[str, ...] = ("",)
    fractions: NDArray[np.float64] = field(default_factory=lambda: np.zeros(1))
    lonely: Lonely = "refuse"
    inner: tuple[NDArray[np.int64], NDArray[np.float64]] | None = None
    adjustment: Adjustment | None = None
    without_cluster: int = 0

    def __repr__(self) -> str:
        return f"Design({len(self.weights)} rows, {self.cluster_count} clusters, {len(self.stratum_names)} strata)"

    @property
    def cluster_count(self) -> int:
        """How many clusters there are."""
        return int(self.clusters.max()) + 1 if len(self.clusters) else 0

    @property
    def weighted(self) -> bool:
        """Whether rows count differently."""
        return bool(len(self.weights)) and bool((self.weights != self.weights[0]).any())

    @property
    def clustered(self) -> bool:
        """Whether any cluster holds more than one row."""
        return self.cluster_count < len(self.clusters)

    def degrees_of_freedom(self, rows: NDArray[np.bool_] | None = None) -> int:
        """Return clusters less strata, of the whole design or of those that hold one of `rows`."""
        clusters, strata = (self.clusters, self.strata) if rows is None else (self.clusters[rows], self.strata[rows])
        return len(np.unique(clusters)) - len(np.unique(strata))

    def covariance(self, z: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the covariance matrix of the totals of z (rows x estimates) over all rows.

        Raises ConsensusError for a stratum with one cluster, unless `lonely` says how to treat it. A design of one
        cluster in all shows no variance and has no degrees of freedom.
        """
        values = z if self.adjustment is None else self.adjustment.residuals(z, self.weights)
        totals = _totals(values, self.clusters, self.cluster_count)
        first = np.zeros(self.cluster_count, dtype=np.int64)
        first[self.clusters] = self.strata
        parts, lonely = [], 0
        for stratum, name in enumerate(self.stratum_names):
            inside, left = totals[first == stratum], 1 - self.fractions[stratum]
            if len(inside) == 1 and left > 0:
                lonely += 1
                parts.append(self._alone(inside, totals, left, name))
            elif len(inside) > 1 and left > 0:
                parts.append(left * _between(inside))
        found = np.sum(parts, axis=0) if parts else np.zeros((z.shape[1], z.shape[1]))
        if lonely and self.lonely == "average" and lonely < len(self.stratum_names):
            found = found * len(self.stratum_names) / (len(self.stratum_names) - lonely)
        return np.asarray(found + self._within(values))

    def _alone(
        self, inside: NDArray[np.float64], totals: NDArray[np.float64], left: float, name: str
    ) -> NDArray[np.float64]:
        if self.lonely == "refuse" and len(self.stratum_names) > 1:
            raise ConsensusError(
                f'stratum "{name}": has one cluster, which shows no differences. Expected two or more. '
                "Join it with another stratum, or choose adjust, certainty or average."
            )
        apart = inside - totals.mean(axis=0) if self.lonely == "adjust" else np.zeros_like(inside)
        return np.asarray(left * apart.T @ apart)

    def _within(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return what the second stage adds: within each sampled cluster, times that cluster's own sampled share."""
        found = np.zeros((values.shape[1], values.shape[1]))
        if self.inner is None:
            return found
        units, shares = self.inner
        for cluster in range(self.cluster_count):
            rows = self.clusters == cluster
            inside = _totals(values[rows], np.unique(units[rows], return_inverse=True)[1])
            left, first = 1 - shares[rows][0], self.fractions[self.strata[rows][0]]
            if len(inside) > 1 and left > 0:
                found += first * left * _between(inside)
        return found


def design_of(
    rows: int,
    *,
    clusters: Sequence[object] | None = None,
    strata: Sequence[object] | None = None,
    weights: Sequence[float] | None = None,
    population: Mapping[str, int] | int | None = None,
    lonely: Lonely = "refuse",
    units: Sequence[object] | None = None,
    unit_population: Sequence[int] | None = None,
) -> Design:
    """Return the design of `rows` respondents; without clusters each is one, without weights each counts once.

    `population` is the number of clusters (not people) that there are, by stratum where there are strata. An empty
    cluster is a cluster of its own and counted. `units` and `unit_population` describe a second stage: what was drawn
    within clusters, and how many there are in each row's cluster. Raises ConsensusError for weights that are not
    positive, for fractions given as a population, and for fewer clusters there than were drawn.
    """
    if lonely not in get_args(Lonely):
        raise ConsensusError(f'lonely: got "{lonely}". Expected {one_of(get_args(Lonely))}.')
    stratum, names = _codes([""] * rows if strata is None else strata)
    given = list(range(rows)) if clusters is None else list(clusters)
    absent = [i for i, c in enumerate(given) if pd.isna(c) or c == ""]  # type: ignore[call-overload]
    own = [("alone", i) if i in set(absent) else ("", str(c)) for i, c in enumerate(given)]
    nested, _ = _codes([(s, *c) for s, c in zip(stratum.tolist(), own, strict=True)])
    sampled = np.array([len(np.unique(nested[stratum == h])) for h in range(len(names))], dtype=float)
    return Design(
        weights=_weights(rows, weights),
        clusters=nested,
        strata=stratum,
        stratum_names=tuple(map(str, names)) or ("",),
        fractions=_fractions(sampled, population, tuple(map(str, names))) if rows else np.zeros(1),
        lonely=lonely,
        inner=_inner(nested, units, unit_population),
        without_cluster=len(absent),
    )


def _weights(rows: int, given: Sequence[float] | None) -> NDArray[np.float64]:
    weights = np.ones(rows) if given is None else np.asarray(given, dtype=float)
    if not np.isfinite(weights).all() or (weights <= 0).any():
        worst = weights[~(weights > 0) | ~np.isfinite(weights)][0]
        raise ConsensusError(f"weights: got {worst}. Expected a positive number for each respondent.")
    return weights


def _fractions(
    sampled: NDArray[np.float64], population: Mapping[str, int] | int | None, names: tuple[str, ...]
) -> NDArray[np.float64]:
    if population is None:
        return np.zeros(len(sampled))
    by_name = dict.fromkeys(names, population) if isinstance(population, int | float) else population
    missing = [name for name in names if name not in by_name]
    if missing:
        raise ConsensusError(f"population: has no number for the stratum {', '.join(missing)}. Expected one for each.")
    there = np.array([float(by_name[name]) for name in names])
    for name, size, drawn in zip(names, there, sampled, strict=True):
        where = f'population of stratum "{name}"' if name else "population"
        if size < 1:
            raise ConsensusError(f"{where}: got {size:g}. Expected the number of clusters that there are, not a share.")
        if size < drawn:
            raise ConsensusError(f"{where}: got {size:g} clusters. Expected at least the {drawn:g} that answered.")
    return np.asarray(sampled / there)


def _inner(
    clusters: NDArray[np.int64], units: Sequence[object] | None, population: Sequence[int] | None
) -> tuple[NDArray[np.int64], NDArray[np.float64]] | None:
    if units is None or population is None:
        return None
    codes, _ = _codes(list(zip(clusters.tolist(), map(str, units), strict=True)))
    drawn = pd.Series(codes).groupby(clusters).transform("nunique").to_numpy(dtype=float)
    return codes, drawn / np.asarray(population, dtype=float)


def _codes(values: Sequence[object]) -> tuple[NDArray[np.int64], list[object]]:
    """Return codes in the order of the sorted values, so that the order of rows plays no part."""
    names = sorted(set(values), key=lambda v: (str(type(v)), v))
    places = {name: place for place, name in enumerate(names)}
    return np.array([places[value] for value in values], dtype=np.int64), names


def _totals(z: NDArray[np.float64], codes: NDArray[np.int64], count: int | None = None) -> NDArray[np.float64]:
    size = int(codes.max()) + 1 if count is None else count
    return np.stack([np.bincount(codes, weights=column, minlength=size) for column in z.T], axis=1)


def _between(totals: NDArray[np.float64]) -> NDArray[np.float64]:
    n, apart = len(totals), totals - totals.mean(axis=0)
    return np.asarray(n / (n - 1) * apart.T @ apart)
