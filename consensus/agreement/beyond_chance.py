"""Agreement beyond chance in a block of questions: several coefficients side by side, since none says it all.

Questions are the units and people the raters. People are the sample: limits come from drawing them (whole hospitals)
anew, no rater agreeing with his own copy, and for Kendall's W and the intraclass correlation from leaving out each.
With printed counts alone there are no limits. Kappa falls with the prevalence: where nearly all say the same, chance
already explains it, and kappa is near 0 however well people agree (Feinstein and Cicchetti 1990, J Clin Epidemiol
43:543); AC1 does not, which is why it stands beside.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import special

from consensus.agreement.alpha import alphas_of_counts
from consensus.agreement.beside_rows import test_row
from consensus.agreement.blocks import CRITERIA, Block, counts_in, ratings_in, scores_of
from consensus.agreement.bootstrap_limits import bootstrap_estimate
from consensus.agreement.category_weights import Weighting, category_weights
from consensus.agreement.coefficients import ALL_ALIKE, NO_PAIR, ONE_CATEGORY, ONE_RATER
from consensus.agreement.concordance import friedman, kendall_w, legendre_f
from consensus.agreement.estimate import Estimate, Measurement
from consensus.agreement.icc import icc
from consensus.agreement.leaving_raters_out import icc_without, w_without
from consensus.agreement.rater_resampling import Coefficient, coefficients_of_counts, rater_replicates
from consensus.agreement.two_raters import bowker, cohen, cohen_test, stuart_maxwell, table_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from consensus.agreement.alpha import Metric
    from consensus.agreement.design import Design
    from consensus.agreement.ratings import Ratings
    from consensus.agreement.resampling import Replicates
    from consensus.agreement.significance import SignificanceTest
    from consensus.agreement.tally import Tally
    from questionnaires.responses import Responses

NOMINAL: tuple[tuple[str, Coefficient], ...] = (
    ("percent agreement", "percent agreement"),
    ("ac1", "gwet ac1"),
    ("fleiss", "fleiss kappa"),
    ("brennan-prediger", "brennan-prediger"),
)
AC2, CONGER = ("ac2", "gwet ac2, quadratic"), ("conger", "conger kappa")
ALPHAS: tuple[tuple[str, Metric], ...] = (
    ("alpha", "nominal"),
    ("alpha_ordinal", "ordinal"),
    ("alpha_interval", "interval"),
)
COHENS: tuple[tuple[str, Weighting], ...] = (
    ("cohen", "identity"),
    ("cohen_linear", "linear"),
    ("cohen_quadratic", "quadratic"),
)
ORDER = ("percent agreement", "ac1", "ac2", "fleiss", "conger", "brennan-prediger", *(name for name, _ in ALPHAS))
REPLICATES = 1000
MANY_RATERS, DRAWS_OF_MANY = 5000, 200
MOST_LEFT_OUT = 200
NEEDS_PEOPLE = "limits take the answers of single people"
ALIKE_WITHOUT = "it is the same without each rater, so there are no limits"
# Where this many pairs agree and AC1 exceeds kappa by this much, kappa alone would mislead.
HIGH_AGREEMENT, FAR_APART = 0.6, 0.2


@dataclass(frozen=True, kw_only=True, slots=True)
class BlockAgreement:
    """What coefficients say of one block: pairs of a measure and its estimate.

    `raters` is how many people rated any of it, `unused` the categories that nobody gave; `paradox` is True where most
    pairs agree and kappa is yet low. `tests` are of two raters, where there are exactly two: kappa against chance, and
    whether the two lean alike. `concordance` tests whether people put ratings into one order.
    """

    block: Block
    estimates: tuple[tuple[str, Estimate], ...]
    raters: int
    unused: tuple[object, ...]
    tests: tuple[SignificanceTest, ...] = ()
    concordance: tuple[SignificanceTest, ...] = ()

    @property
    def paradox(self) -> bool:
        """Whether prevalence makes kappa low although people agree."""
        agreed, kappa, ac1 = (self.estimate(name).value for name in ("percent agreement", "fleiss", "ac1"))
        if agreed is None or ac1 is None or agreed < HIGH_AGREEMENT:
            return False
        return kappa is None or ac1 - kappa >= FAR_APART

    def estimate(self, measure: str) -> Estimate:
        """Return the estimate of a measure; KeyError if it is not there."""
        return dict(self.estimates)[measure]

    def measurements(self) -> tuple[Measurement, ...]:
        """Return the rows of `agree --json`, the block's name in place of a question."""
        rows = [Measurement(question=self.block.name, measure=m, estimate=e) for m, e in self.estimates]
        return (
            *rows,
            *(row for test in (*self.tests, *self.concordance) if (row := test_row(self.block.name, test)) is not None),
        )


def block_agreement(
    answers: Responses, block: Block, design: Design, *, level: float = 0.95, seed: int = 20261123
) -> BlockAgreement:
    """Return all coefficients of a block of single answers, with limits over people (hospitals)."""
    ratings = ratings_in(answers, block)
    people = np.flatnonzero(ratings.given.any(axis=0))
    # in the order of what they gave, so that the order of people plays no part, not even in the last digit
    people = people[np.lexsort(ratings.codes[:, people])] if len(people) else people
    kept = ratings.of_raters(people)
    clusters = [f"{code:07d}" for code in design.clusters[people]]
    estimates = _counted(kept, block, clusters, level, seed)
    ranked = block.ordered and block.name != CRITERIA
    if ranked:
        estimates += _ranked(kept, level)
    return BlockAgreement(
        block=block,
        estimates=tuple(estimates),
        raters=len(people),
        unused=tuple(kept.unused),
        tests=_tests_of_two(kept, block),
        concordance=_concordance(kept) if ranked else (),
    )


def printed_agreement(tally: Tally, block: Block, *, level: float = 0.95) -> BlockAgreement | None:
    """Return the coefficients of a block that printed counts give, without limits; None where counts are missing."""
    counts = counts_in(tally, block)
    if counts is None:
        return None
    values = np.atleast_1d(_all_of(block, scores_of(block))(counts, None))
    n, note = int(counts.sum(axis=1).max()), NEEDS_PEOPLE
    found: list[tuple[str, Estimate]] = []
    for (measure, method), value in zip(_measures(block), values, strict=True):
        if np.isnan(value):
            found.append((measure, Estimate(reason=_why(counts), level=level, method=method, n=n)))
        else:
            found.append((measure, Estimate(value=float(value), level=level, method=method, n=n, note=note)))
    unused = tuple(c for c, given in zip(block.categories, counts.sum(axis=0) > 0, strict=True) if not given)
    return BlockAgreement(block=block, estimates=tuple(_sorted(found)), raters=n, unused=unused)


def _measures(block: Block) -> list[tuple[str, str]]:
    """Return the measures that counts give, as pairs of a name and a method, in the order of `_all_of`."""
    alphas = ALPHAS if block.ordered else ALPHAS[:1]
    found = [*NOMINAL, *((name, f"krippendorff alpha, {metric}") for name, metric in alphas)]
    return [*found, AC2] if _graded(block) else found


def _graded(block: Block) -> bool:
    """Whether the block's scale has a middle, so that answers can lie near each other or far."""
    return block.ordered and len(block.categories) > 2


def _all_of(
    block: Block, scores: Sequence[float]
) -> Callable[[NDArray[np.float64], NDArray[np.float64] | None], NDArray[np.float64]]:
    """Return a function of counts that gives all measures of a block in a last dimension."""
    alphas = ALPHAS if block.ordered else ALPHAS[:1]
    weights = category_weights(scores, "quadratic")

    def found(counts: NDArray[np.float64], copies: NDArray[np.float64] | None) -> NDArray[np.float64]:
        parts = [coefficients_of_counts(counts, coefficient, copies) for _, coefficient in NOMINAL]
        parts += [alphas_of_counts(counts, metric, scores, copies) for _, metric in alphas]
        if _graded(block):
            parts.append(coefficients_of_counts(counts, "gwet ac1", copies, weights))
        return np.stack(parts, axis=-1)

    return found


def _counted(
    ratings: Ratings, block: Block, clusters: list[str], level: float, seed: int
) -> list[tuple[str, Estimate]]:
    n, measures = len(ratings.raters), [*_measures(block), CONGER]
    if n < 2 or len(ratings.categories) < 2:
        reason = ONE_RATER if n < 2 else ONE_CATEGORY
        return _sorted([(m, Estimate(reason=reason, level=level, method=how, n=n)) for m, how in measures])
    draws = REPLICATES if len(set(clusters)) < MANY_RATERS else DRAWS_OF_MANY
    found = rater_replicates(ratings, _all_of(block, ratings.scores), clusters, draws, seed, own=True)
    estimates = [(m, _estimate(ratings, found, at, how, level)) for at, (m, how) in enumerate(measures)]
    return _sorted(estimates) + _of_two(ratings, block, level)


def _sorted(estimates: list[tuple[str, Estimate]]) -> list[tuple[str, Estimate]]:
    return sorted(estimates, key=lambda one: ORDER.index(one[0]))


def _of_two(ratings: Ratings, block: Block, level: float) -> list[tuple[str, Estimate]]:
    """Return Cohen's kappas where exactly two people rated, with limits over the units: two raters are no sample."""
    if len(ratings.raters) != 2:
        return []
    table, scores = table_of(ratings), ratings.scores
    kinds = COHENS if _graded(block) else COHENS[:1]
    return [(measure, cohen(table, weighting, scores=scores, level=level)) for measure, weighting in kinds]


def _tests_of_two(ratings: Ratings, block: Block) -> tuple[SignificanceTest, ...]:
    """Return whether two raters agree beyond chance, and whether they lean alike; nothing for more raters."""
    if len(ratings.raters) != 2 or len(ratings.categories) < 2:
        return ()
    table = table_of(ratings)
    weighting: Weighting = "quadratic" if _graded(block) else "identity"
    tested = cohen_test(table, weighting, scores=ratings.scores)
    return (tested, stuart_maxwell(table), bowker(table))


def _estimate(ratings: Ratings, found: Replicates, at: int, method: str, level: float) -> Estimate:
    n = len(ratings.raters)
    if np.isnan(found.estimates[at]):
        return Estimate(reason=_why(ratings.counts), level=level, method=method, n=n)
    e = bootstrap_estimate(found, at, level=level, n=n)
    return Estimate(
        value=e.value,
        low=None if e.low is None or e.value is None else min(e.low, e.value),
        high=None if e.high is None or e.value is None else max(e.high, e.value),
        level=level,
        method=f"{method}; {e.method} over raters",
        n=n,
        se=e.se,
        note=e.note,
    )


def _why(counts: NDArray[np.float64]) -> str:
    return ALL_ALIKE if (counts.sum(axis=1) >= 2).any() else NO_PAIR


def _concordance(ratings: Ratings) -> tuple[SignificanceTest, ...]:
    """Return the tests of Kendall's W over people who rated everything; F is the better one for few of them."""
    kept = ratings.of_raters(np.flatnonzero(ratings.given.all(axis=0)))
    return (friedman(kept), legendre_f(kept))


def _ranked(ratings: Ratings, level: float) -> list[tuple[str, Estimate]]:
    """Return Kendall's W and ICC(2) over people who rated everything, with limits from leaving out each (or groups)."""
    whole = np.flatnonzero(ratings.given.all(axis=0))
    kept = ratings.of_raters(whole)
    left = len(ratings.raters) - len(whole)
    note = f"{left} people with gaps are left out" if left else None
    return [
        ("kendall_w", _jackknifed(kept, kendall_w(kept), w_without, level, note)),
        ("icc", _jackknifed(kept, icc(kept, "2", level=level), icc_without, level, note)),
    ]


def _jackknifed(
    ratings: Ratings,
    e: Estimate,
    without: Callable[[NDArray[np.float64], NDArray[np.int64]], NDArray[np.float64]],
    level: float,
    note: str | None,
) -> Estimate:
    n = len(ratings.raters)
    if e.value is None:
        return Estimate(reason=e.reason, level=level, method=e.method, n=n)
    values = without(ratings.numbers(), np.arange(n) % min(n, MOST_LEFT_OUT))
    g = len(values)
    if g < 3 or np.isnan(values).any():
        return Estimate(value=e.value, level=level, method=e.method, n=n, note=note)
    se = float(np.sqrt((g - 1) / g * ((values - values.mean()) ** 2).sum()))
    if se < 1e-12:
        told = "; ".join(part for part in (note, ALIKE_WITHOUT) if part)
        return Estimate(value=e.value, level=level, method=e.method, n=n, se=se, df=g - 1, note=told)
    reach = float(special.stdtrit(g - 1, (1 + level) / 2)) * se
    low, high = max(e.value - reach, min(-1.0, e.value)), min(e.value + reach, max(1.0, e.value))
    method = f"{e.method}; jackknife over raters"
    return Estimate(value=e.value, low=low, high=high, level=level, method=method, n=n, se=se, df=g - 1, note=note)
