"""Proposals tried on the patients of a cohort: what their courses show, cut-offs, who meets what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from consensus.proposals.cohort_effect import CohortEffect, any_table, cohort_effect
from consensus.proposals.cut_offs import CutOff, by_specificity, by_vignettes
from consensus.proposals.points import table_over
from questionnaires.problems import ConsensusError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from consensus.agreement.agree import Agreement
    from consensus.proposals.candidates import Candidate
    from consensus.proposals.evidence import Shown
    from consensus.proposals.proposal import Proposal
    from consensus.proposals.variations import Variation
    from consensus.proposals.vignettes import Vignettes
    from consensus.scoring.courses import Courses

    Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Cohort:
    """The patients that definitions are tried on: what each shows, and what a column says of failure."""

    shown: Shown
    reference: Floats
    floor: float


def cohort_of(candidates: Sequence[Candidate], courses: Courses, reference: str | None, floor: float) -> Cohort | None:
    """Return the patients that proposals are tried on; ConsensusError for a reference that is no column of theirs."""
    from consensus.proposals.shows import shown_by

    if not candidates:
        return None
    found = np.zeros(0)
    if reference is not None:
        if reference not in courses.patients:
            raise ConsensusError(
                f'reference: "{reference}" is not a column of the patients of {courses.name}. '
                f"Expected one of {', '.join(map(str, courses.patients.columns))}."
            )
        words = {"1": 1.0, "1.0": 1.0, "true": 1.0, "yes": 1.0, "0": 0.0, "0.0": 0.0, "false": 0.0, "no": 0.0}
        found = np.array([words.get(str(v).strip().lower(), np.nan) for v in courses.patients[reference]])
    return Cohort(shown=shown_by(candidates, courses), reference=found, floor=floor)


def cut_offs(
    agreement: Agreement,
    candidates: Sequence[Candidate],
    vignettes: Vignettes | None,
    cohort: Cohort | None,
    seed: int,
) -> tuple[CutOff, ...]:
    """Return cut-offs of the support in percent by what else they can be chosen by."""
    worth = [c.share(agreement.equivocal) * 100 for c in candidates]
    found = list[CutOff]()
    if vignettes is not None:
        found.append(by_vignettes(worth, vignettes.shown, vignettes.verdicts))
    if cohort is not None and len(cohort.reference):
        found.append(by_specificity(worth, cohort.shown, cohort.reference, cohort.floor, seed=seed))
    return tuple(found)


def effect_of(
    candidates: Sequence[Candidate],
    by_rule: Proposal,
    cohort: Cohort | None,
    settings: Sequence[Variation],
    others: Sequence[Proposal],
) -> CohortEffect | None:
    """Return who of a cohort meets the first proposal, others, and what other settings would make of it."""
    if cohort is None or by_rule.definition is None:
        return None
    criteria = [c.id for c in candidates]
    rows = [
        (p.kind if p.school is None else f"school {p.school}", tuple(t.id for t in p.definition.terms),
         table_over(p.definition, criteria))
        for p in others
        if p.definition is not None and p.kind != "school"
    ]  # fmt: skip
    own = any_table(criteria, [t.id for t in by_rule.definition.terms])
    return cohort_effect(criteria, own, cohort.shown, settings, rows)
