"""Camps: groups that lean to opposite sides, so that the share of all hides what each of them says.

A question is split where two camps lie half of the scale apart: a pooled 68 % may be 90 % against 5 %. Camps are known
groups (specialty, region) or found from the answers themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from consensus.agreement.blocks import CRITERIA, blocks_of, ratings_in
from consensus.agreement.differences import difference
from consensus.agreement.estimate import Estimate
from consensus.agreement.indicators import endorsed
from consensus.agreement.latent_classes import latent_classes
from consensus.agreement.proportions import share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from consensus.agreement.by_group import Grouping
    from questionnaires.instrument import Question
    from questionnaires.responses import Responses

APART = 0.5  # shares of two camps this far apart stand on opposite sides
SMALL = 5  # fewer people make no camp
MOST_PEOPLE, MOST_QUESTIONS = 20_000, 60
NO_BLOCK = "fewer than two criteria were asked about, and answers to one question show no camps"
NONE_FOUND = "answers fall into no camps: one group explains them best (BIC)"
TOO_MANY = "too many people or questions to look for camps in"


@dataclass(frozen=True, kw_only=True, slots=True)
class CampShare:
    """What one camp says of one criterion: the share that supports it fully, of those in the camp who answered."""

    question: str
    criterion: str
    camp: str
    yes: int
    estimate: Estimate


@dataclass(frozen=True, kw_only=True, slots=True)
class Split:
    """A criterion on which two camps lie apart: the pooled share, that of either camp, and their difference."""

    question: str
    criterion: str
    pooled: Estimate
    high: CampShare
    low: CampShare
    apart: Estimate


@dataclass(frozen=True, kw_only=True, slots=True)
class Camps:
    """People told apart by a question (`by`) or found to belong together (`by` None).

    `names` with `sizes`, the largest first; `shares` of each camp and criterion; `splits` where camps lie apart, the
    widest first. `certainty` is how surely people belong to the camps found. `reason` says why there are none.
    """

    how: Literal["known", "found"]
    by: str | None = None
    names: tuple[str, ...] = ()
    sizes: tuple[int, ...] = ()
    shares: tuple[CampShare, ...] = ()
    splits: tuple[Split, ...] = ()
    certainty: float | None = None
    reason: str | None = None

    def to_dict(self) -> dict[str, object]:
        """Return the camps with the keys of the `camps` list of `agree --json`."""
        return {
            "how": self.how,
            "by": self.by,
            "camps": [{"name": name, "n": n} for name, n in zip(self.names, self.sizes, strict=True)],
            "certainty": self.certainty,
            "shares": [_told(s) for s in self.shares],
            "splits": [
                {
                    "criterion": s.criterion,
                    "question": s.question,
                    "pooled": s.pooled.value,
                    "high": _told(s.high),
                    "low": _told(s.low),
                    "difference": s.apart.value,
                    "difference_low": s.apart.low,
                    "difference_high": s.apart.high,
                }
                for s in self.splits
            ],
            "reason": self.reason,
        }


def known_camps(answers: Responses, questions: Sequence[Question], grouping: Grouping, *, level: float = 0.95) -> Camps:
    """Return the groups of a question as camps; groups of fewer than five people make none."""
    names = tuple(name for name in grouping.names if int(grouping.rows(name).sum()) >= SMALL)
    if len(names) < 2:
        reason = f"fewer than two groups have {SMALL} people"
        return Camps(how="known", by=grouping.by, reason=reason)
    rows = {name: grouping.rows(name) for name in names}
    return _camps(answers, questions, rows, Camps(how="known", by=grouping.by), level)


def found_camps(
    answers: Responses, questions: Sequence[Question], *, level: float = 0.95, seed: int = 20261123
) -> Camps:
    """Return the camps that answers to all criteria fall into, called A, B, ... from the largest on."""
    block = next((b for b in blocks_of(answers.instrument) if b.name == CRITERIA), None)
    if block is None:
        return Camps(how="found", reason=NO_BLOCK)
    ratings = ratings_in(answers, block)
    there: NDArray[np.bool_] = np.asarray(ratings.given.any(axis=0))
    if int(there.sum()) > MOST_PEOPLE or len(block.questions) > MOST_QUESTIONS:
        return Camps(how="found", reason=TOO_MANY)
    if int(there.sum()) < 2 * SMALL:
        return Camps(how="found", reason=f"fewer than {2 * SMALL} people answered")
    found = latent_classes(ratings.codes[:, there].T, seed=seed)
    if len(found.sizes) == 1:
        return Camps(how="found", reason=NONE_FOUND)
    rows: dict[str, NDArray[np.bool_]] = {}
    for at in range(len(found.sizes)):
        inside: NDArray[np.bool_] = np.zeros(len(there), dtype=np.bool_)
        inside[np.flatnonzero(there)[found.assigned == at]] = True
        if int(inside.sum()) >= SMALL:
            rows[chr(ord("A") + len(rows))] = inside
    if len(rows) < 2:
        return Camps(how="found", reason=NONE_FOUND)
    return _camps(answers, questions, rows, Camps(how="found", certainty=found.certainty), level)


def _camps(
    answers: Responses,
    questions: Sequence[Question],
    rows: dict[str, NDArray[np.bool_]],
    made: Camps,
    level: float,
) -> Camps:
    shares: list[CampShare] = []
    splits: list[Split] = []
    for question in questions:
        full = np.where(np.isfinite(given := endorsed(answers, question)), given == 1.0, np.nan)
        mine = [_share(question, name, full[inside], level) for name, inside in rows.items()]
        shares += mine
        split = _split(question, full, mine, level)
        splits += [split] if split is not None else []
    splits.sort(key=lambda s: -(s.apart.value or 0))
    return Camps(
        how=made.how,
        by=made.by,
        names=tuple(rows),
        sizes=tuple(int(inside.sum()) for inside in rows.values()),
        shares=tuple(shares),
        splits=tuple(splits),
        certainty=made.certainty,
    )


def _share(question: Question, camp: str, full: NDArray[np.float64], level: float) -> CampShare:
    there = full[np.isfinite(full)]
    yes = int(there.sum())
    return CampShare(
        question=question.name,
        criterion=question.criterion or question.name,
        camp=camp,
        yes=yes,
        estimate=share(yes, len(there), level=level),
    )


def _split(question: Question, full: NDArray[np.float64], shares: list[CampShare], level: float) -> Split | None:
    enough = [s for s in shares if s.estimate.value is not None and (s.estimate.n or 0) >= SMALL]
    if len(enough) < 2:
        return None
    high = max(enough, key=lambda s: (s.estimate.value or 0, s.estimate.n or 0))
    low = min(enough, key=lambda s: (s.estimate.value or 0, -(s.estimate.n or 0)))
    apart = difference((high.yes, high.estimate.n or 0), (low.yes, low.estimate.n or 0), level=level)
    if apart.value is None or apart.value < APART:
        return None
    pooled = _share(question, "", full, level).estimate
    criterion = question.criterion or question.name
    return Split(question=question.name, criterion=criterion, pooled=pooled, high=high, low=low, apart=apart)


def _told(s: CampShare) -> dict[str, object]:
    e = s.estimate
    return {
        "criterion": s.criterion,
        "question": s.question,
        "camp": s.camp,
        "count": s.yes,
        "n": e.n,
        "value": e.value,
        "low": e.low,
        "high": e.high,
        "reason": e.reason,
    }
