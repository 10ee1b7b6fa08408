"""Estimates of answers that are numbers: where they lie, how far they spread, how near together on their scale."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
from scipy import special

from consensus.agreement.estimate import Estimate, Measurement
from consensus.agreement.ordinal import consensus_of_shares, ordinal_consensus
from consensus.agreement.scale_points import counts_on, scale_of
from consensus.agreement.spread import quantile

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from consensus.agreement.estimate import Coding
    from consensus.agreement.ordinal import OrdinalMeasure
    from consensus.agreement.tally import QuestionTally
    from questionnaires.instrument import Question

KIND = 7  # of quantiles, Hyndman and Fan: the default of R and numpy, named in every row
QUARTILES = (("q1", Fraction(1, 4)), ("q3", Fraction(3, 4)))
SHOWN: tuple[OrdinalMeasure, ...] = ("agreement_a", "polarization", "leik", "rwg", "entropy")
MEDIAN = "median of the given numbers"
REPLICATES = 1000


def number_measurements(
    question: Question, counted: QuestionTally, *, level: float, seed: int
) -> Iterator[Measurement]:
    """Yield median, quartiles, their range and the mean of a question's numbers, then how near together they lie."""
    scored = {c.score for c in question.choices if c.score is not None}
    if not counted.scores or (question.closed and len(scored) < 2):
        return
    values, times = [v for v, _ in counted.scores], [n for _, n in counted.scores]
    n = sum(times)
    found = {"median": (float(quantile(values, times, Fraction(1, 2), kind=KIND) or 0), MEDIAN)}
    ends = {name: float(quantile(values, times, share, kind=KIND) or 0) for name, share in QUARTILES}
    found |= {name: (end, f"quantile, type {KIND}") for name, end in ends.items()}
    found["iqr"] = (ends["q3"] - ends["q1"], f"quantile, type {KIND}")
    for measure, (value, method) in found.items():
        estimate = Estimate(value=value, level=level, method=method, n=n, base="committed")
        yield Measurement(question=question.name, measure=measure, estimate=estimate, criterion=question.criterion)
    yield Measurement(
        question=question.name,
        measure="mean",
        estimate=mean_of(counted.scores, level=level),
        criterion=question.criterion,
    )
    scale = scale_of(question)
    if len(scale) > 1:
        yield from consensus_measurements(question, counts_on(scale, counted), level=level, seed=seed)


def consensus_measurements(
    question: Question, counts: Sequence[int], *, level: float, seed: int, middle: bool = False
) -> Iterator[Measurement]:
    """Yield Tastle and Wierman's consensus with bootstrap limits, then the other measures by name."""
    coding: Coding | None = "middle" if middle else None
    yield Measurement(
        question=question.name,
        measure="consensus",
        estimate=consensus_estimate(counts, level=level, seed=seed),
        criterion=question.criterion,
        coding=coding,
    )
    for measure in SHOWN:
        yield Measurement(
            question=question.name,
            measure=measure,
            estimate=_committed(ordinal_consensus(counts, measure), level),
            criterion=question.criterion,
            coding=coding,
        )


def consensus_estimate(counts: Sequence[int], *, level: float = 0.95, seed: int = 20261123) -> Estimate:
    """Return the consensus on a scale with percentile limits over respondents drawn anew; none where all are alike."""
    e = _committed(ordinal_consensus(counts), level)
    f = np.asarray(counts, dtype=np.int64)
    if e.value is None or np.count_nonzero(f) < 2:
        return e
    drawn = consensus_of_shares(multinomial_shares(f, REPLICATES, seed))
    low, high = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2])
    return Estimate(
        value=e.value,
        low=min(float(low), e.value),
        high=max(float(high), e.value),
        level=level,
        method="consensus (Tastle-Wierman); bootstrap, percentile",
        n=e.n,
        base="committed",
    )


def multinomial_shares(counts: NDArray[np.int64], replicates: int, seed: int) -> NDArray[np.float64]:
    """Return shares of respondents drawn anew from their own counts, replicates x points: the bootstrap of counts."""
    n = int(counts.sum())
    return np.asarray(np.random.default_rng(seed).multinomial(n, counts / n, size=replicates) / n)


def mean_of(scores: Sequence[tuple[float, int]], *, level: float = 0.95) -> Estimate:
    """Return the mean of numbers with their counts, with limits of a t distribution; none where all are alike."""
    n = sum(times for _, times in scores)
    mean = math.fsum(v * times for v, times in scores) / n
    if n < 2 or len(scores) < 2:
        note = "all answers are alike" if n > 1 else "one answer shows no variation"
        return Estimate(value=mean, level=level, method="mean", n=n, base="committed", note=note)
    se = math.sqrt(math.fsum(times * (v - mean) ** 2 for v, times in scores) / (n - 1) / n)
    reach = float(special.stdtrit(n - 1, (1 + level) / 2)) * se
    return Estimate(
        value=mean, low=mean - reach, high=mean + reach, level=level, method="mean, t", n=n, base="committed", se=se,
        df=n - 1,
    )  # fmt: skip


def _committed(e: Estimate, level: float) -> Estimate:
    return Estimate(value=e.value, level=level, method=e.method, n=e.n, base="committed", reason=e.reason)
