"""Which criteria are supported more than others by the same people: all at once, then two by two, held together.

People who answered all compared criteria are the sample, so that every pair speaks of the same people; full support
counts as yes. People drawn one by one: Cochran's Q (1950) and McNemar's mid-p test with Newcombe's paired limits. Under
a design, where people of one hospital answer alike: Wald's F with the degrees of freedom left (Korn and Graubard 1990,
Am Stat 44:270), and t tests of paired differences, all from one linearized covariance.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
from scipy import special

from consensus.agreement.blocks import CRITERIA
from consensus.agreement.differences import paired_difference
from consensus.agreement.estimate import Estimate, Measurement
from consensus.agreement.indicators import endorsed
from consensus.agreement.multiplicity import adjust
from consensus.agreement.paired import cochran_q, mcnemar
from consensus.agreement.significance import SignificanceTest
from consensus.agreement.weighted import means

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from consensus.agreement.design import Design
    from consensus.agreement.weighted import DesignMeans
    from questionnaires.instrument import Question
    from questionnaires.responses import Responses

NOBODY = "nobody answered all of these criteria"
NO_SPREAD = "the differences do not vary between people"
FEW = "there are too few clusters for so many criteria"
AT_MOST = 0.05  # p values of pairs that are told to differ
AT_LEAST = 0.5  # a criterion that fewer of the people answered is not compared: routing asked it of a few only


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """The full support for one criterion less that for another, with its test; `holm` holds for all pairs."""

    first: str
    second: str
    difference: Estimate
    test: SignificanceTest
    holm: float | None = None

    def rows(self) -> Iterator[Measurement]:
        """Yield the rows of `agree --json`; the second criterion's question stands in place of a group."""
        group = f"against={self.second}"
        yield Measurement(question=self.first, measure="difference", estimate=self.difference, group=group)
        for measure, p in (("p value of a difference", self.test.p), ("p value of a difference, holm", self.holm)):
            if p is not None:
                estimate = Estimate(value=p, method=self.test.method, n=self.test.n)
                yield Measurement(question=self.first, measure=measure, estimate=estimate, group=group)


@dataclass(frozen=True, kw_only=True, slots=True)
class Compared:
    """Criteria by full support, the highest first, among the `n` people who answered all of them.

    `overall` tests whether all are supported alike; `pairs` are of each criterion with every one below it; `left_out`
    are criteria that fewer than half of the people answered.
    """

    questions: tuple[str, ...]
    shares: tuple[float, ...]
    n: int
    overall: SignificanceTest
    pairs: tuple[Pair, ...]
    left_out: tuple[str, ...] = ()

    def neighbors(self) -> tuple[Pair, ...]:
        """Return the pairs of each criterion with the next one below it."""
        wanted = set(zip(self.questions, self.questions[1:], strict=False))
        return tuple(pair for pair in self.pairs if (pair.first, pair.second) in wanted)

    def rows(self) -> Iterator[Measurement]:
        """Yield the rows of `agree --json`."""
        told = {
            "people compared": self.n,
            "criteria compared": len(self.questions),
            "pairs compared": sum(p.holm is not None for p in self.pairs),
            "pairs that differ": sum(p.holm is not None and p.holm < AT_MOST for p in self.pairs),
        }
        for measure, number in told.items():
            yield Measurement(
                question=CRITERIA, measure=measure, estimate=Estimate(value=float(number), method="count", n=self.n)
            )
        if self.overall.p is not None:
            estimate = Estimate(value=self.overall.p, method=self.overall.method, n=self.overall.n)
            yield Measurement(question=CRITERIA, measure="p value that all are supported alike", estimate=estimate)
        for pair in self.pairs:
            yield from pair.rows()

    def to_dict(self) -> dict[str, object]:
        """Return the key `criteria_compared` of `agree --json`."""
        return {
            "n": self.n,
            "questions": list(self.questions),
            "support": list(self.shares),
            "left_out": list(self.left_out),
            "overall": self.overall.to_dict(),
            "pairs": [
                {
                    "first": p.first,
                    "second": p.second,
                    "difference": p.difference.value,
                    "low": p.difference.low,
                    "high": p.difference.high,
                    "holm": p.holm,
                    **p.test.to_dict(),
                }
                for p in self.pairs
            ],
        }


def criteria_compared(
    answers: Responses, criteria: Sequence[Question], design: Design | None, *, level: float = 0.95
) -> Compared | None:
    """Return the comparison of all criteria; None for fewer than two. `design` None takes people as drawn one by one.

    Nobody who answered all, people who all answer alike, and too few clusters give reasons in place of tests.
    """
    asked = [q for q in criteria if q.closed and not q.multiple]
    given = {q.name: endorsed(answers, q) for q in asked}
    kept = [q.name for q in asked if np.isfinite(given[q.name]).mean() >= AT_LEAST] if len(answers.values) else []
    if len(kept) < 2:
        return None
    table = np.stack([given[name] for name in kept], axis=1)
    whole = np.asarray(np.isfinite(table).all(axis=1), dtype=bool)
    votes = np.where(whole[:, None], (table == 1.0).astype(float), np.nan)
    found = means(votes, design) if design is not None else None
    shares = found.values if found is not None else _shares(votes[whole])
    order = np.argsort(-shares, kind="stable")
    names = [kept[at] for at in order]
    overall, pairs = _tested(votes[whole][:, order], None if found is None else _sorted(found, order), names, level)
    holm = adjust([pair.test.p for pair in pairs], "holm")
    return Compared(
        questions=tuple(names),
        shares=tuple(float(shares[at]) for at in order),
        n=int(whole.sum()),
        overall=overall,
        pairs=tuple(replace(pair, holm=p) for pair, p in zip(pairs, holm, strict=True)),
        left_out=tuple(q.name for q in asked if q.name not in kept),
    )


def _shares(votes: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(votes.mean(axis=0) if len(votes) else np.zeros(votes.shape[1]))


def _sorted(found: DesignMeans, order: NDArray[np.int64]) -> DesignMeans:
    return replace(found, values=found.values[order], covariance=found.covariance[np.ix_(order, order)])


def _tested(
    votes: NDArray[np.float64], found: DesignMeans | None, names: Sequence[str], level: float
) -> tuple[SignificanceTest, list[Pair]]:
    if not len(votes):
        return SignificanceTest(method="cochran q", reason=NOBODY, n=0), []
    if found is None:
        return cochran_q(votes), list(_plain(votes, names, level))
    return _wald(found), list(_designed(found, names, level))


def _plain(votes: NDArray[np.float64], names: Sequence[str], level: float) -> Iterator[Pair]:
    both = (votes.T @ votes).astype(int)
    yes, n = np.diag(both), len(votes)
    for i, j in combinations(range(len(names)), 2):
        first, second = int(yes[i] - both[i, j]), int(yes[j] - both[i, j])
        neither = n - int(both[i, j]) - first - second
        difference = paired_difference(int(both[i, j]), first, second, neither, level=level)
        test = mcnemar(first, second).mid
        named = SignificanceTest(method="mcnemar, mid-p", p=test.p, n=n)
        yield Pair(first=names[i], second=names[j], difference=difference, test=named)


def _wald(found: DesignMeans) -> SignificanceTest:
    """Return Wald's F test that all means are alike, on the degrees of freedom that the contrasts leave."""
    values, covariance = found.values, found.covariance
    apart = values[:-1] - values[-1]
    spread = covariance[:-1, :-1] - covariance[:-1, [-1]] - covariance[[-1], :-1] + covariance[-1, -1]
    # criteria that everybody answers alike repeat a contrast: those that vary are tested
    tolerance = max(1e-10 * float(np.abs(spread).max()), 1e-16)
    k = int(np.linalg.matrix_rank(spread, tol=tolerance, hermitian=True))
    inverse = np.linalg.pinv(spread, rcond=1e-10, hermitian=True)
    left = found.df - k + 1
    if k and left >= 1 and np.abs(spread @ inverse @ apart - apart).max() > 1e-9:
        k = 0 if k < found.df else len(apart)
        left = found.df - k + 1
    if left < 1:
        return SignificanceTest(method="wald f", reason=FEW, n=found.answered)
    if k == 0:
        return SignificanceTest(method="wald f", reason=NO_SPREAD, n=found.answered)
    f = float(apart @ inverse @ apart) * left / (found.df * k)
    p = float(special.fdtrc(k, left, f))
    return SignificanceTest(method="wald f", statistic=f, df=k, df2=left, p=p, n=found.answered)


def _designed(found: DesignMeans, names: Sequence[str], level: float) -> Iterator[Pair]:
    values, covariance, n = found.values, found.covariance, found.answered
    reach = float(special.stdtrit(found.df, (1 + level) / 2)) if found.df >= 1 else 0.0
    for i, j in combinations(range(len(names)), 2):
        apart = float(values[i] - values[j])
        se = float(np.sqrt(max(covariance[i, i] + covariance[j, j] - 2 * covariance[i, j], 0.0)))
        if se < 1e-12 or found.df < 1:
            reason = NO_SPREAD if found.df >= 1 else FEW
            difference = Estimate(value=apart, level=level, method="paired t", n=n, note=reason)
            test = SignificanceTest(method="paired t", reason=reason, n=n)
        else:
            low, high = max(apart - reach * se, -1.0), min(apart + reach * se, 1.0)
            difference = Estimate(
                value=apart, low=low, high=high, level=level, method="paired t", n=n, se=se, df=found.df
            )
            p = 2 * float(special.stdtr(found.df, -abs(apart / se)))
            test = SignificanceTest(method="paired t", statistic=apart / se, df=found.df, p=p, n=n)
        yield Pair(first=names[i], second=names[j], difference=difference, test=test)
