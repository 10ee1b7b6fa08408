"""Whether groups answer differently: one test a question, and p values that hold for the whole family of tests.

Under hospitals, strata or weights it is Rao and Scott's corrected test; for people drawn one by one Pearson's, Fisher's
exact test where both sides have two answers. Where the groups have an order there is a test of trend beside it. Where
answers or clusters are too few for such an approximation, groups are exchanged at random, as far as the design allows.
A family is all criteria by one question, or all other questions by it: Holm's p values hold for each, Benjamini and
Hochberg's control the share of false findings.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from consensus.agreement.design import design_of
from consensus.agreement.group_tests import design_trend
from consensus.agreement.indicators import COUNTED_KINDS, endorsed, numbers_given
from consensus.agreement.multiplicity import adjust
from consensus.agreement.permutation import permutation_test
from consensus.agreement.permuted_tables import permuted_clusters, permuted_people
from consensus.agreement.rao_scott import rao_scott
from consensus.agreement.resampling import FEW_CLUSTERS
from consensus.agreement.scale_points import scale_of
from consensus.agreement.significance import TRENDS
from consensus.agreement.tables import fisher, pearson, trend

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from consensus.agreement.by_group import Grouping
    from consensus.agreement.design import Design
    from consensus.agreement.significance import SignificanceTest
    from questionnaires.instrument import Instrument, Question
    from questionnaires.responses import Responses

Family = Literal["criteria", "others"]
SPARSE = "some cells expect fewer than 5 answers, or clusters are few, so the p value is rough"
EXCHANGED = "too few answers or clusters for an approximation, so groups were exchanged at random"
REPLICATES = 2000  # of a difference of means, which keeps all draws in memory


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupTest:
    """A test of one question by one grouping; `holm` and `bh` are its p values within its family."""

    by: str
    question: str
    criterion: str | None
    family: Family
    test: SignificanceTest
    holm: float | None = None
    bh: float | None = None
    note: str | None = None

    def to_dict(self) -> dict[str, object]:
        """Return the row of the `tests` list of `agree --json`."""
        return {
            "by": self.by,
            "question": self.question,
            "criterion": self.criterion,
            "family": f"{self.family} by {self.by}",
            **self.test.to_dict(),
            "holm": self.holm,
            "bh": self.bh,
            "note": self.note,
        }


def group_tests(
    answers: Responses,
    questions: Sequence[Question],
    grouping: Grouping,
    design: Design | None,
    *,
    seed: int = 20261123,
) -> tuple[GroupTest, ...]:
    """Return the tests of closed questions by a grouping; `design` None takes people as drawn one by one.

    Where cells are too few for an approximation, or clusters are, groups are exchanged at random (by `seed`), if the
    design allows; of two groups the mean of ratings is compared.
    """
    order = _order(answers.instrument, grouping)
    found = [
        test
        for question in questions
        if question.closed and not question.multiple and question.name != grouping.by
        for test in _tests(answers, question, grouping, design, order, seed)
    ]
    return tuple(_adjusted(found))


def _tests(
    answers: Responses,
    question: Question,
    grouping: Grouping,
    design: Design | None,
    order: tuple[str, ...],
    seed: int,
) -> Iterator[GroupTest]:
    counted = answers.kinds[question.name].isin(COUNTED_KINDS)
    given = [
        v if there and isinstance(v, str) else None
        for v, there in zip(answers.values[question.name], counted, strict=True)
    ]
    is_criterion = question.role == "criterion" and question.criterion is not None
    family: Family = "criteria" if is_criterion else "others"
    test, note = _main_test(answers, question, given, grouping, design, seed)
    made = GroupTest(
        by=grouping.by, question=question.name, criterion=question.criterion, family=family, test=test, note=note
    )
    yield made
    if is_criterion and len(order) > 2:
        yield replace(made, test=_trend(answers, question, grouping, order, design), note="groups in their order")


def _main_test(
    answers: Responses,
    question: Question,
    given: list[str | None],
    grouping: Grouping,
    design: Design | None,
    seed: int,
) -> tuple[SignificanceTest, str | None]:
    """Return the test of a question with what to mind about it."""
    table = _table(given, grouping)
    if design is None and table.shape == (2, 2):
        return fisher(table), None
    rough = _is_sparse(table) or (design is not None and design.cluster_count < FEW_CLUSTERS)
    exchanged = _exchanged(answers, question, given, grouping, design, table, seed) if rough else None
    if exchanged is not None:
        return exchanged, EXCHANGED if exchanged.reason is None else None
    test = pearson(table) if design is None else rao_scott(given, grouping.of_rows, design)
    return test, SPARSE if rough and test.reason is None else None


def _exchanged(
    answers: Responses,
    question: Question,
    given: list[str | None],
    grouping: Grouping,
    design: Design | None,
    table: NDArray[np.int64],
    seed: int,
) -> SignificanceTest | None:
    """Return a permutation test; None where clusters can't be exchanged."""
    by_clusters = None if design is None else permuted_clusters(given, grouping.of_rows, design, seed=seed)
    if design is not None and by_clusters is None:
        return None
    if question.role == "rating" and table.shape[1] == 2 and len(scale_of(question)) > 2:
        grouped = np.array([g is not None for g in grouping.of_rows], dtype=bool)
        numbers = np.where(grouped, numbers_given(answers, question), np.nan)
        least = min(g for a, g in zip(given, grouping.of_rows, strict=True) if a is not None and g is not None)
        first = np.array([g == least for g in grouping.of_rows], dtype=bool)
        return permutation_test(numbers, first, design or design_of(len(numbers)), replicates=REPLICATES, seed=seed)
    return by_clusters or permuted_people(table, seed=seed)


def _table(given: list[str | None], grouping: Grouping) -> NDArray[np.int64]:
    both = [(a, g) for a, g in zip(given, grouping.of_rows, strict=True) if a is not None and g is not None]
    rows, columns = sorted({a for a, _ in both}), sorted({g for _, g in both})
    table = np.zeros((len(rows), len(columns)), dtype=np.int64)
    for answer, group in both:
        table[rows.index(answer), columns.index(group)] += 1
    return table


def _is_sparse(table: NDArray[np.int64]) -> bool:
    if not table.size or not table.sum():
        return False
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
    return bool((expected < 5).any())


def _trend(
    answers: Responses, question: Question, grouping: Grouping, order: tuple[str, ...], design: Design | None
) -> SignificanceTest:
    full = endorsed(answers, question)
    there = np.isfinite(full)
    if design is not None:
        places = {name: float(at) for at, name in enumerate(order, start=1)}
        scores = np.array([places.get(g or "", np.nan) for g in grouping.of_rows])
        return design_trend(np.where(there, (full == 1.0).astype(float), np.nan), scores, design)
    rows = [grouping.rows(name) & there for name in order]
    return trend([int((full[inside] == 1.0).sum()) for inside in rows], [int(inside.sum()) for inside in rows])


def _order(instrument: Instrument, grouping: Grouping) -> tuple[str, ...]:
    """Return the groups in their order where their question has one (every option has a score), else nothing."""
    asked = next((q for q in instrument.questions if q.name == grouping.by), None)
    if asked is None or not asked.closed or any(c.score is None for c in asked.choices if c.missing is None):
        return ()
    ordered = sorted((c.score or 0.0, c.name) for c in asked.choices if c.missing is None)
    there = set(grouping.names)
    return tuple(name for _, name in ordered if name in there)


def _adjusted(found: list[GroupTest]) -> Iterator[GroupTest]:
    kinds = [(t.family, t.test.method in TRENDS) for t in found]
    families = {kind: [t for t, own in zip(found, kinds, strict=True) if own == kind] for kind in dict.fromkeys(kinds)}
    adjusted: dict[int, tuple[float | None, float | None]] = {}
    for tests in families.values():
        p = [t.test.p for t in tests]
        for test, holm, bh in zip(tests, adjust(p, "holm"), adjust(p, "bh"), strict=True):
            adjusted[id(test)] = (holm, bh)
    for test in found:
        holm, bh = adjusted[id(test)]
        yield replace(test, holm=holm, bh=bh)
