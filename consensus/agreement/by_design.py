"""Shares and endorsements under the sampling design; or, where hospitals are not known, a band of limits instead.

One share has one row a way of looking at it: Wilson's for people drawn one by one, and beside it the row of the design
(weighted, linearized, Korn and Graubard's limits), or a row for each plausible correlation within hospitals.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from scipy import special

from consensus.agreement.clusters import band, intracluster_correlation
from consensus.agreement.design_intervals import NO_SPREAD, ONE_CLUSTER, design_share
from consensus.agreement.estimate import Base, Estimate, Measurement
from consensus.agreement.indicators import chosen, endorsed, numbers_given
from consensus.agreement.ordinal import consensus_of_shares
from consensus.agreement.scale_points import scale_of
from consensus.agreement.support import codings_of
from consensus.agreement.tensor import tally_tensor
from consensus.agreement.weighted import means

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from consensus.agreement.design import Design
    from consensus.agreement.estimate import Coding
    from questionnaires.instrument import Question
    from questionnaires.responses import Responses

METHOD = "linearized, t"
DESIGN = "design"
REPLICATES = 1000


def design_measurements(
    answers: Responses, question: Question, design: Design, *, level: float, seed: int
) -> Iterator[Measurement]:
    """Yield the share of each option among those who answered, consensus on a scale, and each endorsement."""
    if not question.closed:
        return
    given = chosen(answers, question)
    for at, choice in enumerate(question.choices):
        yield Measurement(
            question=question.name,
            measure="share",
            estimate=design_share(given[:, at], design, level=level),
            option=choice.name,
            criterion=question.criterion,
            count=float(np.nansum(given[:, at])),
            under=DESIGN,
        )
    yield from _consensus(answers, question, design, level=level, seed=seed)
    if question.criterion is None or question.role != "criterion" or question.multiple:
        return
    yield from _cost_of_clusters(answers, question, design)
    for coding in codings_of(question):
        support = endorsed(answers, question, "as_no" if coding is None else coding)
        yield Measurement(
            question=question.name,
            measure="endorsement",
            estimate=design_endorsement(support, design, coding, level=level),
            criterion=question.criterion,
            coding=coding,
            count=float(np.nansum(support)),
            under=DESIGN,
        )


def design_endorsement(
    support: NDArray[np.float64], design: Design, coding: Coding | None, *, level: float = 0.95
) -> Estimate:
    """Return the mean of 1, 0, 0.5 and NaN under a design: half votes, which are no share, get t limits in 0 to 1."""
    base: Base = "committed" if coding == "drop" else "answered"
    if not (support == 0.5).any():
        return design_share(support, design, base=base, level=level)
    found = means(support, design)
    if found is None:
        return Estimate(reason="the base is empty", level=level, method=METHOD, n=0, base=base)
    value, n, df, se = float(found.values[0]), found.answered, found.df, float(found.errors[0])
    if df < 1:
        return Estimate(value=value, level=level, method=METHOD, n=n, base=base, note=ONE_CLUSTER)
    if se < 1e-12:
        return Estimate(value=value, level=level, method=METHOD, n=n, base=base, se=se, df=df, note=NO_SPREAD)
    reach = float(special.stdtrit(df, (1 + level) / 2)) * se
    low, high = max(value - reach, 0.0), min(value + reach, 1.0)
    return Estimate(value=value, low=low, high=high, level=level, method=METHOD, n=n, base=base, se=se, df=df)


def _consensus(
    answers: Responses, question: Question, design: Design, *, level: float, seed: int
) -> Iterator[Measurement]:
    """Yield the consensus on the question's scale with limits over hospitals drawn anew."""
    scale = scale_of(question)
    if len(scale) < 2 or not question.closed or not design.cluster_count:
        return
    tensor = tally_tensor(answers, [question], design)
    at_point = np.array(
        [[float(question.choice(option).score == point) for point in scale] for _, option in tensor.cells]
    )

    def consensus(counts: NDArray[np.float64], _: NDArray[np.float64]) -> NDArray[np.float64]:
        points = counts @ at_point
        total = points.sum(axis=-1, keepdims=True)
        there = total > 1e-9
        found = consensus_of_shares(points / np.where(there, total, 1.0))
        return np.asarray(np.where(there[..., 0], found, np.nan))

    n = int(np.isfinite(numbers_given(answers, question)).sum())
    e = tensor.estimate(consensus, replicates=REPLICATES, seed=seed, level=level, n=n, base="committed")
    if e.value is not None and e.low is not None and e.high is not None:
        e = replace(e, low=min(e.low, e.value), high=max(e.high, e.value))
    yield Measurement(
        question=question.name, measure="consensus", estimate=e, criterion=question.criterion, under=DESIGN
    )


def _cost_of_clusters(answers: Responses, question: Question, design: Design) -> Iterator[Measurement]:
    """Yield how alike people of one hospital answer, and the design effect, of full support for a criterion."""
    support = endorsed(answers, question, "as_no")
    found = means(support, design)
    # one cluster shows no variance, which is no sign of an effect of 0
    effect = found.effects[0] if found is not None and found.df >= 1 else None
    if effect is not None and found is not None:
        e = Estimate(value=effect, method="linearized over with replacement", n=found.answered)
        yield _about(question, "design effect", e)
    yield _about(question, "correlation within clusters", intracluster_correlation(support, design.clusters))


def _about(question: Question, measure: str, e: Estimate) -> Measurement:
    return Measurement(question=question.name, measure=measure, estimate=e, criterion=question.criterion, under=DESIGN)


def band_measurements(shares: Sequence[Measurement], clusters: int, *, level: float) -> Iterator[Measurement]:
    """Yield each plain share of those who answered again with limits at each plausible correlation within hospitals."""
    for m in shares:
        e = m.estimate
        if not m.plain or m.count is None or e.n is None or e.value is None:
            continue
        if m.measure not in ("share", "endorsement"):
            continue
        halves = e.method == "normal"
        if not halves and not float(m.count).is_integer():
            continue
        for part in band(round(m.count), e.n, min(clusters, e.n), level=level):
            low, high = _widened(e, part.effect) if halves else part.limits
            estimate = Estimate(
                value=e.value,
                low=low,
                high=high,
                level=level,
                method=f"{'normal' if halves else 'korn-graubard'} at a design effect of {part.effect:.3g}",
                n=e.n,
                base=e.base,
                note="hospitals are not known: people are taken as spread evenly over them",
            )
            yield replace(m, estimate=estimate, under=f"icc {part.correlation:g}")


def _widened(e: Estimate, effect: float) -> tuple[float, float]:
    """Return the limits of half votes, which are no binomial share, widened by a design effect, within 0 to 1."""
    value, low, high = e.value or 0.0, e.low or 0.0, e.high or 0.0
    reach = float(np.sqrt(effect))
    return max(value - reach * (value - low), 0.0), min(value + reach * (high - value), 1.0)
