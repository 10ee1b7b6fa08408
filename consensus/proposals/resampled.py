"""The whole derivation done again on thousands of resampled surveys, hospitals drawn whole.

Where only printed counts are known, each question is resampled by itself as if people had been drawn one by one: how
often a criterion gets in can be said then, how often definitions win can't, because nobody's answers are known jointly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from consensus.agreement.distinct import distinct_rows
from consensus.agreement.resampling import draws
from consensus.proposals.atlas import MOST_CRITERIA, distinct, smallest_sets
from consensus.proposals.derivation import derive, medians, weights_of
from consensus.proposals.integer_points import fewest_points_of
from consensus.proposals.uncertainty import (
    LEVEL,
    CriterionUncertainty,
    DefinitionShare,
    Interval,
    OpenCase,
    Uncertainty,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consensus.agreement.estimate import Coding
    from consensus.proposals.derivation import Derived, Scheme
    from consensus.proposals.opinions import Opinions
    from consensus.rules.rule import Rule

Floats = NDArray[np.float64]
REPLICATES = 10_000
SHOWN = 12
NOT_JOINT = "only printed counts are known, not which answers belong to one person"


def resampled(
    opinions: Opinions,
    rule: Rule,
    coding: Coding,
    *,
    default_times: Sequence[int | None],
    scheme: Scheme = "share",
    replicates: int = REPLICATES,
    seed: int = 20261123,
) -> Uncertainty:
    """Return how the derivation varies when whole hospitals are drawn again, `replicates` times.

    `default_times` are the numbers of sessions of the criteria that no parameter question asks about.
    """
    votes = opinions.votes()
    size = opinions.design.cluster_count
    flat = votes.reshape(size, -1)
    shape = (-1, *votes.shape[1:])
    numbers = opinions.times
    drawn, times = list[Floats](), list[list[Floats | None]]()
    for chunk in draws(size, replicates, seed, opinions.strata):
        drawn.append((chunk @ flat).reshape(shape))
        times.append([None if t is None else medians(t, opinions.design.clusters, chunk) for t in numbers])
    table = np.concatenate(drawn)
    derived = derive(table, rule, coding, weights_of(scheme, table, coding))
    columns = [
        np.full(len(table), np.nan if default is None else float(default))
        if numbers[k] is None
        else np.concatenate([part[k] for part in times if part[k] is not None])
        for k, default in enumerate(default_times)
    ]
    return _summary(opinions.criteria, derived, np.column_stack(columns), (size, seed), joint=True)


def resampled_counts(
    criteria: Sequence[str],
    votes: Floats,
    rule: Rule,
    coding: Coding,
    *,
    replicates: int = REPLICATES,
    seed: int = 20261123,
) -> Uncertainty:
    """Return how the derivation varies when each question's printed votes (criteria x sides) are drawn alone."""
    rng = np.random.default_rng(seed)
    whole = votes.sum(axis=1)
    table = np.stack(
        [
            rng.multinomial(int(n), row / n, size=replicates).astype(float) if n else np.zeros((replicates, len(row)))
            for row, n in zip(votes, whole, strict=True)
        ],
        axis=1,
    )
    derived = derive(table, rule, coding, weights_of("share", table, coding))
    none = np.full((replicates, len(criteria)), np.nan)
    return _summary(criteria, derived, none, (None, seed), joint=False)


def _summary(
    criteria: Sequence[str], derived: Derived, times: Floats, drawn: tuple[int | None, int], *, joint: bool
) -> Uncertainty:
    weighted = _weighted(criteria, derived, times) if joint else ()
    points = _point_limits(derived) if joint else None
    return Uncertainty(
        replicates=len(derived.terms),
        clusters=drawn[0],
        seed=drawn[1],
        criteria=tuple(
            CriterionUncertainty(
                criterion=name,
                accepted=float(derived.accepted[:, k].mean()),
                rejected=float(derived.rejected[:, k].mean()),
                term=float(derived.terms[:, k].mean()),
                weight=_limits(derived.weights[:, k]),
                points=None if points is None else points[k],
                times=_times(times[:, k]),
                bits=_bits(np.where(derived.terms[:, k], np.nan_to_num(times[:, k]), -1.0)),
            )
            for k, name in enumerate(criteria)
        ),
        thresholded=_thresholded(criteria, derived, times) if joint else (),
        weighted=weighted[:SHOWN],
        cases=_cases(criteria, derived) if joint else (),
        reason="" if joint else NOT_JOINT,
    )


def _limits(values: Floats) -> Interval | None:
    there = values[np.isfinite(values)]
    if not len(there):
        return None
    low, high = np.quantile(there, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def _times(values: Floats) -> tuple[tuple[int, float], ...]:
    there = values[np.isfinite(values)]
    numbers, many = np.unique(there, return_counts=True)
    return tuple((int(n), float(m) / len(values)) for n, m in zip(numbers, many, strict=True))


def _bits(states: Floats) -> float:
    """Return the entropy of what came out, in bits."""
    shares = np.unique(states, return_counts=True)[1] / len(states)
    return float(-(shares * np.log2(shares)).sum()) + 0.0


def _cases(criteria: Sequence[str], derived: Derived) -> tuple[OpenCase, ...]:
    """Return the combinations that definitions judge most differently, those of few criteria first among equals."""
    if derived.tables is None:
        return ()
    met = derived.tables.mean(axis=0)
    inside = np.clip(met, 1e-12, 1 - 1e-12)
    bits = -(inside * np.log2(inside) + (1 - inside) * np.log2(1 - inside))
    sizes = np.array([int(p).bit_count() for p in range(len(met))])
    order = [p for p in np.lexsort((sizes, -np.round(bits, 6))).tolist() if bits[p] > 1e-6]
    return tuple(
        OpenCase(
            criteria=tuple(name for k, name in enumerate(criteria) if p >> k & 1),
            met=float(met[p]),
            bits=float(bits[p]),
        )
        for p in order[:SHOWN]
    )


def _thresholded(criteria: Sequence[str], derived: Derived, times: Floats) -> tuple[DefinitionShare, ...]:
    used = np.where(derived.terms, np.nan_to_num(times, nan=0.0), -1.0)
    first, _, many = distinct_rows(used.T)
    rows = used[first]
    found = [
        DefinitionShare(
            sufficient=tuple((criteria[k],) for k in np.flatnonzero(row >= 0).tolist()),
            times=tuple((criteria[k], int(row[k])) for k in np.flatnonzero(row > 0).tolist()),
            share=float(n) / len(used),
        )
        for row, n in zip(rows, many, strict=True)
    ]
    return tuple(sorted(found, key=lambda one: -one.share)[:SHOWN])


def _weighted(criteria: Sequence[str], derived: Derived, times: Floats) -> tuple[DefinitionShare, ...]:
    if derived.tables is None:
        return ()
    matters = _matters(derived.tables, len(criteria))
    used = np.where(matters, np.nan_to_num(times, nan=0.0), -1.0)
    first, _, many = distinct_rows([*np.packbits(derived.tables, axis=1).T, *used.T])
    found = list[DefinitionShare]()
    for at in np.argsort(-many, kind="stable")[:SHOWN]:
        table, asked = derived.tables[first[at]], used[first[at]]
        found.append(
            DefinitionShare(
                sufficient=tuple(tuple(criteria[k] for k in names) for names in smallest_sets(table)),
                times=tuple((criteria[k], int(asked[k])) for k in np.flatnonzero(asked > 0).tolist()),
                share=float(many[at]) / len(derived.tables),
                points=fewest_points_of(table),
            )
        )
    return tuple(found)


def _matters(tables: NDArray[np.bool_], criteria: int) -> NDArray[np.bool_]:
    """Return in which definitions (rows) a criterion (columns) can make a difference."""
    profiles = np.arange(tables.shape[1])
    without = [profiles[profiles >> k & 1 == 0] for k in range(criteria)]
    return np.column_stack([(tables[:, w | 1 << k] != tables[:, w]).any(axis=1) for k, w in enumerate(without)])


def _point_limits(derived: Derived) -> list[Interval] | None:
    """Return limits of the fewest whole points of each criterion, over definitions that are not empty."""
    if derived.tables is None or derived.weights.shape[1] > MOST_CRITERIA:
        return None
    tables, _, back, _ = distinct(derived.tables)
    found = [fewest_points_of(table) for table in tables]
    points = np.array(
        [one.points if one is not None and one.total else [np.nan] * derived.weights.shape[1] for one in found]
    )
    drawn = points[back]
    limits = [_limits(column) for column in drawn.T]
    return None if any(one is None for one in limits) else limits  # type: ignore[return-value]
