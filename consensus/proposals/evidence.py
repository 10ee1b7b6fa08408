"""What definitions are held against: stated answers, judged vignettes, a cohort; as profiles of the criteria shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from consensus.proposals.atlas import distinct

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Profiles = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Shown:
    """Which criteria some courses show: `low` are the profiles of those certainly shown, `high` of those not excluded.

    Bit k of a profile's number is criterion k. Where the two are equal everything is known of the course.
    """

    low: Profiles
    high: Profiles

    def __len__(self) -> int:
        return len(self.low)

    @property
    def known(self) -> NDArray[np.bool_]:
        """The courses of which every criterion is told."""
        return np.asarray(self.low == self.high)


def no_courses() -> Shown:
    """Return no courses at all."""
    return Shown(low=np.zeros(0, dtype=np.int64), high=np.zeros(0, dtype=np.int64))


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Evidence:
    """What definitions over some criteria are scored against.

    `stated` (people x criteria) holds what each says of a criterion alone: 1 it suffices, 0 it does not, NaN neither
    (equivocal, no answer). `judged` (people x vignettes) holds verdicts on the courses of `vignettes` likewise.
    `cohort` are the courses of patients and `reference` (1, 0, NaN) what a column of theirs says of failure.
    """

    stated: Floats
    judged: Floats = field(default_factory=lambda: np.zeros((0, 0)))
    vignettes: Shown = field(default_factory=no_courses)
    cohort: Shown = field(default_factory=no_courses)
    reference: Floats = field(default_factory=lambda: np.zeros(0))


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Fit:
    """How well each of some definitions agrees with the evidence; NaN where there is none of a kind.

    `respondents` is the share of people all of whose stated answers a definition gives, `answers` the share of stated
    answers that it gives, `judgements` the share of verdicts on vignettes, `majorities` the share of vignettes whose
    majority it gives. `sensitivity` and `specificity` are of patients with a reference and a verdict, `met` the share
    of the cohort that meets it, `unknown` the share that can't be judged.
    """

    respondents: Floats
    answers: Floats
    judgements: Floats
    majorities: Floats
    sensitivity: Floats
    specificity: Floats
    met: Floats
    unknown: Floats

    @property
    def youden(self) -> Floats:
        """Sensitivity plus specificity less 1."""
        return np.asarray(self.sensitivity + self.specificity - 1)


def fit_of(tables: NDArray[np.bool_], evidence: Evidence) -> Fit:
    """Return how well definitions, given by their truth tables (definitions x profiles), agree with the evidence."""
    criteria = evidence.stated.shape[1]
    alone, _, back, _ = distinct(tables[:, 1 << np.arange(criteria)])
    matched, wholly = _agreement(alone.astype(float), evidence.stated)
    judgements, majorities = _vignettes(tables, evidence)
    sensitivity, specificity, met, unknown = _cohort(tables, evidence)
    return Fit(
        respondents=wholly[back],
        answers=matched[back],
        judgements=judgements,
        majorities=majorities,
        sensitivity=sensitivity,
        specificity=specificity,
        met=met,
        unknown=unknown,
    )


def majority(judged: Floats) -> Floats:
    """Return the majority of those who took a side on each vignette, NaN where it is a tie or nobody did."""
    yes, no = (judged == 1).sum(axis=0), (judged == 0).sum(axis=0)
    return np.where(yes > no, 1.0, np.where(no > yes, 0.0, np.nan))


def _agreement(said: Floats, answers: Floats) -> tuple[Floats, Floats]:
    """Return, for rows of 0 and 1, the share of answers that they give and of people whose answers they all give."""
    yes, no = (answers == 1).astype(float), (answers == 0).astype(float)
    taken = (yes + no).sum(axis=1)
    given = said @ yes.T + (1 - said) @ no.T
    people, total = taken > 0, float(taken.sum())
    if not people.any():
        none = np.full(len(said), np.nan)
        return none, none
    return given.sum(axis=1) / total, (given[:, people] == taken[people]).mean(axis=1)


def _vignettes(tables: NDArray[np.bool_], evidence: Evidence) -> tuple[Floats, Floats]:
    told = evidence.vignettes.known
    none = np.full(len(tables), np.nan)
    if not told.any():
        return none, none
    said, _, back, _ = distinct(tables[:, evidence.vignettes.low[told]])
    judgements, _ = _agreement(said.astype(float), evidence.judged[:, told])
    most = majority(evidence.judged[:, told])
    sided = np.isfinite(most)
    majorities = (said[:, sided] == most[sided]).mean(axis=1) if sided.any() else np.full(len(said), np.nan)
    return judgements[back], majorities[back]


def _cohort(tables: NDArray[np.bool_], evidence: Evidence) -> tuple[Floats, Floats, Floats, Floats]:
    n, none = len(evidence.cohort), np.full(len(tables), np.nan)
    if not n:
        return none, none, none, none
    pairs, back, many = np.unique(
        np.stack([evidence.cohort.low, evidence.cohort.high]), axis=1, return_inverse=True, return_counts=True
    )
    met, open_ = tables[:, pairs[0]], tables[:, pairs[1]]
    share_met, unknown = met @ many / n, (open_ & ~met) @ many / n
    if not len(evidence.reference):
        return none, none, share_met, unknown
    failed, well = (
        np.bincount(back.ravel()[evidence.reference == side], minlength=len(many)).astype(float) for side in (1, 0)
    )
    right, wrong = met @ failed, (~open_) @ failed
    sparing, alarming = (~open_) @ well, met @ well
    return _share(right, right + wrong), _share(sparing, sparing + alarming), share_met, unknown


def _share(part: Floats, whole: Floats) -> Floats:
    return np.asarray(np.divide(part, whole, out=np.full(len(part), np.nan), where=whole > 0))
