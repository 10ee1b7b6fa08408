"""Which groups lean to a criterion when all groupings are taken together: odds ratios with errors by hospital.

Full support (1 against the rest) has a logistic regression under the design (Binder 1983); criteria with equivocal
answers also an ordinal one (proportional odds, McCullagh 1980) of 0, 0.5, 1, fitted by statsmodels with cluster-robust
errors. With fewer than 40 hospitals such errors are too small, which is said.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd
from scipy import special

from consensus.agreement.blocks import has_side
from consensus.agreement.group_tests import ENDLESS, logistic_regression
from consensus.agreement.indicators import endorsed
from consensus.agreement.multiplicity import adjust

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from consensus.agreement.by_group import Grouping
    from consensus.agreement.design import Design
    from questionnaires.instrument import Question
    from questionnaires.responses import Responses

Model = Literal["logistic", "ordinal"]
FEW_CLUSTERS = 40
SMALL = 5
LARGEST = 700.0  # of a logarithm: its exponential is the largest number that a computer has
NO_FACTOR = f"no grouping has two groups of {SMALL} people"


@dataclass(frozen=True, kw_only=True, slots=True)
class OddsRatio:
    """The odds of supporting a criterion in one group against those in the reference group, other groupings held."""

    criterion: str
    question: str
    model: Model
    by: str = ""
    group: str = ""
    reference: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    holm: float | None = None
    n: int = 0
    level: float = 0.95
    reason: str | None = None
    note: str | None = None

    def to_dict(self) -> dict[str, object]:
        """Return the row of the `regressions` list of `agree --json`."""
        names = ("criterion", "question", "model", "by", "group", "reference", "value", "low", "high", "p", "holm", "n",
                 "level", "reason", "note")  # fmt: skip
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Factors:
    """Indicators of groups against the largest of their grouping: rows x groups, NaN where a group is not known."""

    names: tuple[tuple[str, str, str], ...]
    columns: NDArray[np.float64]


def regressions(
    answers: Responses,
    questions: Sequence[Question],
    groupings: Sequence[Grouping],
    design: Design,
    *,
    level: float = 0.95,
) -> tuple[OddsRatio, ...]:
    """Return the odds ratios of all criteria by all groupings at once; Holm's p values hold for each model's family."""
    factors = factors_of(groupings)
    found: list[OddsRatio] = []
    for question in questions:
        found += _logistic(answers, question, factors, design, level)
        if any(question.endorsement(c) == 0.5 for c in question.choices):
            found += _ordinal(answers, question, factors, design, level)
    return tuple(_with_holm(found))


def factors_of(groupings: Sequence[Grouping]) -> Factors:
    """Return the indicators of all groups with five people or more, against the largest group of each grouping."""
    names, columns = [], []
    for grouping in groupings:
        kept = [name for name in grouping.names if int(grouping.rows(name).sum()) >= SMALL]
        known = np.array([group in kept for group in grouping.of_rows])
        for name in kept[1:]:
            names.append((grouping.by, name, kept[0]))
            columns.append(np.where(known, grouping.rows(name).astype(float), np.nan))
    rows = len(groupings[0].of_rows) if groupings else 0
    return Factors(names=tuple(names), columns=np.stack(columns, axis=1) if columns else np.zeros((rows, 0)))


def _logistic(
    answers: Responses, question: Question, factors: Factors, design: Design, level: float
) -> Iterator[OddsRatio]:
    given = endorsed(answers, question)
    full = np.where(np.isfinite(given), given == 1.0, np.nan)
    if not factors.names:
        yield _without(question, "logistic", NO_FACTOR, 0)
        return
    fit = logistic_regression(full, factors.columns, design)
    if fit.reason is not None or fit.df is None:
        yield _without(question, "logistic", fit.reason or "", fit.n)
        return
    reach = float(special.stdtrit(fit.df, (1 + level) / 2))
    parts = zip(factors.names, fit.coefficients[1:], fit.errors[1:], fit.p[1:], strict=True)
    for name, beta, se, p in parts:
        yield _ratio(question, "logistic", name, (beta, se, p, reach), fit.n, level, _note(design))


def _ordinal(
    answers: Responses, question: Question, factors: Factors, design: Design, level: float
) -> Iterator[OddsRatio]:
    given = endorsed(answers, question)
    there = np.isfinite(given) & has_side(answers, question) & np.isfinite(factors.columns).all(axis=1)
    n = int(there.sum())
    reason = _no_ordinal(given[there], factors.columns[there])
    if reason:
        yield _without(question, "ordinal", reason, n)
        return
    fitted = _fit_ordinal(given[there], factors.columns[there], design.clusters[there])
    if fitted is None:
        yield _without(question, "ordinal", "the regression does not settle", n)
        return
    reach = float(special.ndtri((1 + level) / 2))
    note = "; ".join(part for part in (_note(design), "weights are not used" if design.weighted else "") if part)
    for name, beta, se in zip(factors.names, *fitted, strict=True):
        p = 2 * float(special.ndtr(-abs(beta / se)))
        yield _ratio(question, "ordinal", name, (beta, se, p, reach), n, level, note)


def _no_ordinal(given: NDArray[np.float64], columns: NDArray[np.float64]) -> str:
    if not columns.shape[1]:
        return NO_FACTOR
    if len(np.unique(given)) < 3:
        return "fewer than three different answers were given, so the logistic regression says it all"
    if np.linalg.matrix_rank(np.column_stack([np.ones(len(columns)), columns])) <= columns.shape[1]:
        return "a factor is determined by the others, or all people have it"
    if any(len(np.unique(given[column == 1])) < 2 for column in columns.T):
        return "a group answers all alike, so its odds are infinite"
    return ""


def _fit_ordinal(
    given: NDArray[np.float64], columns: NDArray[np.float64], clusters: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    from statsmodels.miscmodels.ordinal_model import OrderedModel

    order = np.lexsort([clusters, *columns.T, given])  # so that the order of people plays no part
    given, columns, clusters = given[order], columns[order], clusters[order]
    levels = pd.Categorical(given, ordered=True)
    codes = np.unique(clusters, return_inverse=True)[1]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what does not settle is told by its result
        model = OrderedModel(pd.Series(levels), columns, distr="logit")
        kind = {"cov_type": "cluster", "cov_kwds": {"groups": codes}} if len(np.unique(codes)) < len(codes) else {}
        fit = model.fit(method="bfgs", disp=False, gtol=1e-7, maxiter=1000, **kind)
    beta, se = np.asarray(fit.params)[: columns.shape[1]], np.asarray(fit.bse)[: columns.shape[1]]
    told_apart = bool((np.abs(beta) > ENDLESS).any()) or not bool(np.isfinite(se).all() and (se > 0).all())
    good = bool(fit.mle_retvals["converged"]) and bool(np.isfinite(beta).all()) and not told_apart
    return (beta, se) if good else None


def _ratio(
    question: Question,
    model: Model,
    name: tuple[str, str, str],
    fitted: tuple[float, float, float, float],
    n: int,
    level: float,
    note: str,
) -> OddsRatio:
    (by, group, reference), (beta, se, p, reach) = name, fitted
    low, value, high = (float(np.exp(np.clip(beta + part * se, -LARGEST, LARGEST))) for part in (-reach, 0.0, reach))
    return OddsRatio(
        criterion=question.criterion or question.name, question=question.name, model=model, by=by, group=group,
        reference=reference, value=value, low=low, high=high, p=float(p), n=n, level=level, note=note or None,
    )  # fmt: skip


def _without(question: Question, model: Model, reason: str, n: int) -> OddsRatio:
    criterion = question.criterion or question.name
    return OddsRatio(criterion=criterion, question=question.name, model=model, n=n, reason=reason)


def _note(design: Design) -> str:
    count = design.cluster_count
    return f"only {count} hospitals, so errors are too small" if count < FEW_CLUSTERS else ""


def _with_holm(found: list[OddsRatio]) -> Iterator[OddsRatio]:
    from dataclasses import replace

    for model in ("logistic", "ordinal"):
        mine = [r for r in found if r.model == model]
        for row, holm in zip(mine, adjust([r.p for r in mine], "holm"), strict=True):
            yield replace(row, holm=holm)
