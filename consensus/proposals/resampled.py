"""The whole derivation done again on thousands of resampled surveys, hospitals drawn whole: what it tells of certainty.

Where only printed counts are known, how often a criterion gets in can be said, how often definitions win can't, because
nobody's answers are known jointly.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from consensus.agreement.distinct import distinct_rows
from consensus.proposals.atlas import MOST_CRITERIA, distinct, smallest_sets
from consensus.proposals.forms import TIMES
from consensus.proposals.integer_points import fewest_points_of
from consensus.proposals.surveys_drawn import REPLICATES, drawn_counts, drawn_surveys
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
    from consensus.proposals.derivation import Derived
    from consensus.proposals.opinions import Opinions
    from consensus.proposals.surveys_drawn import Drawn
    from consensus.rules.rule import Rule

Floats = NDArray[np.float64]
SHOWN = 12
NOT_JOINT = "only printed counts are known, not which answers belong to one person"
NOT_USED, NO_NUMBER = -1.0, -0.5
MOST_UNDEFINED = 0.05


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class _Column:
    """One number of a criterion in each drawn survey, NaN for none."""

    criterion: int
    unit: str
    values: Floats

    def used(self, matters: NDArray[np.bool_]) -> Floats:
        """Return the number where its criterion matters, something else where that has none or does not matter."""
        return np.where(matters, np.nan_to_num(self.values, nan=NO_NUMBER), NOT_USED)


def resampled(
    opinions: Opinions,
    rule: Rule,
    coding: Coding,
    *,
    default_times: Sequence[int | None],
    replicates: int = REPLICATES,
    seed: int = 20261123,
) -> Uncertainty:
    """Return how the derivation varies when whole hospitals are drawn again, `replicates` times.

    `default_times` are the numbers of sessions of the criteria that no parameter question asks about.
    """
    drawn = drawn_surveys(opinions, rule, coding, default_times=default_times, replicates=replicates, seed=seed)
    return uncertainty_of(drawn, opinions.criteria)


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
    return uncertainty_of(drawn_counts(votes, rule, coding, replicates=replicates, seed=seed), criteria)


def uncertainty_of(drawn: Drawn, criteria: Sequence[str]) -> Uncertainty:
    """Return what drawn surveys say of criteria, numbers and definitions."""
    derived, times, joint = drawn.derived, drawn.times, drawn.joint
    columns = [_Column(criterion=k, unit=TIMES, values=times[:, k]) for k in range(len(criteria))]
    columns += [_Column(criterion=n.criterion, unit=n.unit, values=n.values) for n in drawn.numbers]
    points = _point_limits(derived) if joint else None
    return Uncertainty(
        replicates=len(drawn),
        clusters=drawn.clusters,
        seed=drawn.seed,
        criteria=tuple(
            CriterionUncertainty(
                criterion=name,
                accepted=float(derived.accepted[:, k].mean()),
                rejected=float(derived.rejected[:, k].mean()),
                term=float(derived.terms[:, k].mean()),
                weight=limits_of(derived.weights[:, k]),
                points=None if points is None else points[k],
                times=tuple((int(number), share) for number, share in _shares(times[:, k])),
                numbers=tuple((n.unit, _shares(n.values)) for n in drawn.numbers if n.criterion == k),
                bits=_bits([c.used(derived.terms[:, k]) for c in columns if c.criterion == k]),
            )
            for k, name in enumerate(criteria)
        ),
        thresholded=_thresholded(criteria, derived, columns) if joint else (),
        weighted=_weighted(criteria, derived, columns) if joint else (),
        cases=_cases(criteria, derived) if joint else (),
        reason="" if joint else NOT_JOINT,
    )


def limits_of(values: Floats) -> Interval | None:
    """Return the limits of a number over drawn surveys; None where more than 5 % of them have none."""
    there = values[np.isfinite(values)]
    if len(there) < (1 - MOST_UNDEFINED) * len(values) or not len(there):
        return None
    low, high = np.quantile(there, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def matters_in(tables: NDArray[np.bool_], criteria: int) -> NDArray[np.bool_]:
    """Return in which definitions (rows) a criterion (columns) can make a difference."""
    profiles = np.arange(tables.shape[1])
    without = [profiles[profiles >> k & 1 == 0] for k in range(criteria)]
    return np.column_stack([(tables[:, w | 1 << k] != tables[:, w]).any(axis=1) for k, w in enumerate(without)])


def _shares(values: Floats) -> tuple[tuple[float, float], ...]:
    there = values[np.isfinite(values)]
    numbers, many = np.unique(there, return_counts=True)
    return tuple((float(n), float(m) / len(values)) for n, m in zip(numbers, many, strict=True))


def _bits(states: Sequence[Floats]) -> float:
    """Return the entropy of what came out, in bits."""
    _, _, many = distinct_rows(states)
    shares = many / many.sum()
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


def _thresholded(criteria: Sequence[str], derived: Derived, columns: Sequence[_Column]) -> tuple[DefinitionShare, ...]:
    used = np.column_stack([c.used(derived.terms[:, c.criterion]) for c in columns])
    first, _, many = distinct_rows(used.T)
    rows = used[first]
    sessions = [at for at, c in enumerate(columns) if c.unit == TIMES]
    found = [
        DefinitionShare(
            sufficient=tuple((criteria[columns[at].criterion],) for at in sessions if row[at] != NOT_USED),
            times=_times(criteria, columns, row),
            numbers=_numbers(criteria, columns, row),
            share=float(n) / len(used),
        )
        for row, n in zip(rows, many, strict=True)
    ]
    return tuple(sorted(found, key=lambda one: -one.share)[:SHOWN])


def _times(criteria: Sequence[str], columns: Sequence[_Column], row: Floats) -> tuple[tuple[str, int], ...]:
    pairs = zip(columns, row.tolist(), strict=True)
    return tuple((criteria[c.criterion], int(value)) for c, value in pairs if c.unit == TIMES and value > 0)


def _numbers(criteria: Sequence[str], columns: Sequence[_Column], row: Floats) -> tuple[tuple[str, str, float], ...]:
    pairs = zip(columns, row.tolist(), strict=True)
    return tuple(
        (criteria[c.criterion], c.unit, value)
        for c, value in pairs
        if c.unit != TIMES and value not in (NOT_USED, NO_NUMBER)
    )


def _weighted(criteria: Sequence[str], derived: Derived, columns: Sequence[_Column]) -> tuple[DefinitionShare, ...]:
    if derived.tables is None:
        return ()
    matters = matters_in(derived.tables, len(criteria))
    used = np.column_stack([c.used(matters[:, c.criterion]) for c in columns])
    first, _, many = distinct_rows([*np.packbits(derived.tables, axis=1).T, *used.T])
    found = list[DefinitionShare]()
    for at in np.argsort(-many, kind="stable")[:SHOWN]:
        table, asked = derived.tables[first[at]], used[first[at]]
        found.append(
            DefinitionShare(
                sufficient=tuple(tuple(criteria[k] for k in names) for names in smallest_sets(table)),
                times=_times(criteria, columns, asked),
                numbers=_numbers(criteria, columns, asked),
                share=float(many[at]) / len(derived.tables),
                points=fewest_points_of(table),
            )
        )
    return tuple(found)


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
    limits = [limits_of(column) for column in drawn.T]
    return None if any(one is None for one in limits) else limits  # type: ignore[return-value]
