"""Surveys drawn anew, hospitals whole: what each gives of votes, numbers, weights and terms, a row a survey.

Where only printed counts are known, each question is drawn by itself as if people had been drawn one by one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from consensus.agreement.resampling import draws
from consensus.proposals.derivation import OF_VOTES, derive, medians, weights_of
from consensus.proposals.forms import RISE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from consensus.agreement.estimate import Coding
    from consensus.proposals.derivation import Derived, Scheme
    from consensus.proposals.opinions import Given, Opinions
    from consensus.proposals.scheme_draws import WorthSums
    from consensus.rules.rule import Rule

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

REPLICATES = 10_000


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class DrawnNumber:
    """Another number of a criterion in each drawn survey, NaN where its term would have none."""

    criterion: int
    unit: str
    values: Floats


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Drawn:
    """Drawn surveys (rows): votes by criterion and side, numbers of sessions, other numbers, and what is derived.

    `weights` are those of each scheme (fewer rows where a scheme is costly). Without `joint` nobody's answers are known
    together, and `clusters` is None.
    """

    votes: Floats
    times: Floats
    numbers: tuple[DrawnNumber, ...] = ()
    derived: Derived
    weights: tuple[tuple[Scheme, Floats], ...]
    rule: Rule
    coding: Coding
    clusters: int | None
    seed: int
    joint: bool

    def __len__(self) -> int:
        return len(self.votes)

    def weights_by(self, scheme: Scheme) -> Floats | None:
        """Return the weights of a scheme in each survey; None where it has none."""
        return dict(self.weights).get(scheme)


def drawn_surveys(
    opinions: Opinions,
    rule: Rule,
    coding: Coding,
    *,
    default_times: Sequence[int | None],
    worth: Sequence[WorthSums] = (),
    replicates: int = REPLICATES,
    seed: int = 20261123,
) -> Drawn:
    """Return surveys in which whole hospitals are drawn again, within strata where there are some.

    `default_times` are the numbers of sessions of the criteria that no question asks for; `worth` are the schemes whose
    weights are no function of votes.
    """
    votes = opinions.votes()
    size, clusters = opinions.design.cluster_count, opinions.design.clusters
    flat = votes.reshape(size, -1)
    parts: list[Floats] = []
    times: list[Floats] = []
    numbers: list[list[Floats]] = []
    others: list[list[Floats]] = [[] for _ in worth]
    for chunk in draws(size, replicates, seed, opinions.strata):
        parts.append((chunk @ flat).reshape(-1, *votes.shape[1:]))
        asked = [None if t is None else medians(t, clusters, chunk) for t in opinions.times]
        times.append(_with_defaults(asked, default_times, len(chunk)))
        numbers.append([drawn_number(given, clusters, chunk) for given in opinions.numbers])
        for found, scheme in zip(others, worth, strict=True):
            left = scheme.most - sum(map(len, found))
            if left > 0:
                found.append(scheme.drawn(chunk[:left]))
    table = np.concatenate(parts)
    return Drawn(
        votes=table,
        times=np.concatenate(times),
        numbers=tuple(
            DrawnNumber(criterion=g.criterion, unit=g.unit, values=np.concatenate([part[at] for part in numbers]))
            for at, g in enumerate(opinions.numbers)
        ),
        derived=derive(table, rule, coding),
        weights=(
            *_of_votes(table, coding),
            *((s.scheme, np.concatenate(f)) for s, f in zip(worth, others, strict=True)),
        ),
        rule=rule,
        coding=coding,
        clusters=size,
        seed=seed,
        joint=True,
    )


def drawn_counts(
    votes: Floats, rule: Rule, coding: Coding, *, replicates: int = REPLICATES, seed: int = 20261123
) -> Drawn:
    """Return surveys in which each question's printed votes (criteria x sides) are drawn alone."""
    rng = np.random.default_rng(seed)
    table = np.stack(
        [
            rng.multinomial(int(n), row / n, size=replicates).astype(float) if n else np.zeros((replicates, len(row)))
            for row, n in zip(votes, votes.sum(axis=1), strict=True)
        ],
        axis=1,
    )
    return Drawn(
        votes=table,
        times=np.full(table.shape[:2], np.nan),
        derived=derive(table, rule, coding),
        weights=_of_votes(table, coding),
        rule=rule,
        coding=coding,
        clusters=None,
        seed=seed,
        joint=False,
    )


def drawn_number(given: Given, clusters: NDArray[np.int64], chunk: Floats) -> Floats:
    """Return the number in each draw of clusters: the lower median where more than half of those who answered gave one.

    A rise of 0 percent is none that a term could ask for.
    """
    value = medians(given.values, clusters, chunk)
    size = chunk.shape[1]
    gave, answered = (
        chunk @ np.bincount(clusters, weights=there.astype(float), minlength=size)
        for there in (np.isfinite(given.values), given.answered)
    )
    enters = (2 * gave > answered) & ((given.unit != RISE) | (value > 0))
    return np.asarray(np.where(enters, value, np.nan))


def _with_defaults(asked: Sequence[Floats | None], default: Sequence[int | None], rows: int) -> Floats:
    columns = [
        found if found is not None else np.full(rows, np.nan if own is None else float(own))
        for found, own in zip(asked, default, strict=True)
    ]
    return np.column_stack(columns) if columns else np.zeros((rows, 0))


def _of_votes(table: Floats, coding: Coding) -> tuple[tuple[Scheme, Floats], ...]:
    return tuple((scheme, weights_of(scheme, table, coding)) for scheme in OF_VOTES)
