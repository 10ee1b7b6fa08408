"""From agreement to proposals: definitions that follow from votes, how sure they are, and what else could be held."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from consensus.proposals.atlas_reading import AtlasReading, evidence_of, read_atlas
from consensus.proposals.candidates import candidates_of
from consensus.proposals.cohort_effect import CohortEffect, any_table, cohort_effect
from consensus.proposals.cut_offs import CutOff, by_specificity, by_vignettes
from consensus.proposals.first_two import thresholded, weighted
from consensus.proposals.from_numbers import from_numbers
from consensus.proposals.further import further
from consensus.proposals.keeping import keep_in
from consensus.proposals.left_out import left_out_of
from consensus.proposals.next_round import to_ask
from consensus.proposals.opinions import opinions_of
from consensus.proposals.parameters import parameters_of
from consensus.proposals.points import same_verdicts, table_over
from consensus.proposals.proposal import Proposal, Proposals
from consensus.proposals.resampled import REPLICATES, resampled, resampled_counts
from consensus.proposals.schemes import check_scheme, weightings
from consensus.proposals.schools import Schools, schools_of, splits_of
from consensus.proposals.variations import variations
from consensus.proposals.vignettes import vignettes_of
from consensus.proposals.weights import sensitivity_of
from questionnaires.problems import ConsensusError
from questionnaires.published import PublishedCounts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from numpy.typing import NDArray

    from consensus.agreement.agree import Agreement
    from consensus.definitions.condition import Condition
    from consensus.definitions.definition import Definition
    from consensus.proposals.candidates import Candidate
    from consensus.proposals.evidence import Shown
    from consensus.proposals.opinions import Opinions
    from consensus.proposals.uncertainty import Uncertainty
    from consensus.proposals.variations import Variation
    from consensus.proposals.vignettes import Vignettes
    from consensus.scoring.courses import Courses
    from questionnaires.instrument import Instrument

    Floats = NDArray[np.float64]

__all__ = ["Proposal", "Proposals", "nothing_to_propose", "propose"]

ABOUT_PEOPLE = ("stratum", "demographic")


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class _Cohort:
    """The patients that definitions are tried on: what each shows, and what a column says of failure."""

    shown: Shown
    reference: Floats
    floor: float


def propose(
    agreement: Agreement,
    *,
    condition: Condition | None = None,
    weighting: str = "share",
    cut_off: Fraction | None = None,
    courses: Courses | None = None,
    reference: str | None = None,
    specificity: float = 0.9,
    keep: Definition | None = None,
    replicates: int = REPLICATES,
    seed: int | None = None,
) -> Proposals:
    """Derive the definitions that follow from an agreement; each term is traceable to the votes behind it.

    Thresholded: each criterion that the study's rule accepts suffices alone; where it accepts none, a simple majority
    decides, and `reason` says so. Weighted: every criterion with a finding and a figure keeps a term that weighs what
    the scheme `weighting` gives it; the cut-off is the weight of the lightest one that a simple majority supports,
    unless `cut_off` is given. Others follow from the whole space of definitions, from vignettes and from schools of
    thought. With `condition`, a finding that it does not know gives no term. `courses` are patients that the proposals
    are tried on, `reference` a column of theirs (1 failure, 0 none) that cut-offs by `specificity` are judged by. Every
    proposal keeps the entry, exclusion and sufficient criteria of `keep`, which no votes touch: what is said of
    certainty, of all definitions and of patients is of the votes alone. Where single answers are known, hospitals are
    resampled `replicates` times.

    Raises ConsensusError for an unknown scheme, and for a reference that the courses don't have.
    """
    scheme, start = check_scheme(weighting), agreement.seed if seed is None else seed
    known = condition if condition is not None else _own_condition(agreement, courses)
    answers = None if isinstance(agreement.answers, PublishedCounts) else agreement.answers
    candidates, no_terms = candidates_of(agreement, known)
    by_rule = thresholded(agreement, candidates, known)
    by_weight = weighted(agreement, candidates, known, scheme=scheme, cut_off=cut_off, answers=answers)
    opinions = opinions_of(answers, candidates, agreement.design) if answers is not None else None
    vignettes = vignettes_of(answers, candidates, known) if answers is not None else None
    schools = _schools(agreement, opinions, vignettes, start) if opinions is not None else None
    cohort = _cohort(candidates, courses, reference, specificity) if courses is not None else None
    uncertainty = _uncertainty(agreement, candidates, opinions, replicates, start) if candidates else None
    atlas = _atlas(candidates, opinions, (vignettes, cohort), (by_rule, by_weight), start)
    by_rule, by_weight = (_with_won(p, candidates, uncertainty) for p in (by_rule, by_weight))
    others = further(agreement, candidates, known, (atlas, vignettes, schools), (by_rule, by_weight))
    settings = _variations(agreement, candidates, opinions)
    parameters = parameters_of(agreement)
    accepted = {t.id for t in by_rule.definition.terms} if by_rule.definition is not None else set[str]()
    weighed = {t.id for t in by_weight.definition.terms} if by_weight.definition is not None else set[str]()
    kept = [
        p if keep is None else keep_in(p, keep) for p in (by_rule, by_weight, *from_numbers(agreement, known), *others)
    ]
    return Proposals(
        thresholded=kept[0],
        weighted=kept[1],
        others=tuple(kept[2:]),
        left_out=left_out_of(
            agreement,
            [c for c in candidates if c.id in accepted],
            [c for c in candidates if c.id in weighed],
            no_terms,
        ),
        sensitivity=sensitivity_of(candidates, agreement.equivocal),
        alike=_alike(by_rule, by_weight),
        criteria=tuple(c.id for c in candidates),
        parameters=parameters,
        weightings=weightings(candidates, agreement.equivocal, answers) if candidates else (),
        cut_offs=_cut_offs(agreement, candidates, vignettes, cohort, start),
        uncertainty=uncertainty,
        variations=settings,
        atlas=atlas,
        vignettes=vignettes,
        schools=schools,
        next_round=to_ask(candidates, no_terms, agreement.equivocal, uncertainty, parameters),
        cohort=_effect(candidates, by_rule, cohort, settings, (by_weight, *others)),
        nothing=nothing_to_propose(agreement.instrument),
    )


def _own_condition(agreement: Agreement, courses: Courses | None) -> Condition | None:
    """Return the condition of the courses, else the bundled one that the instrument names."""
    from consensus.definitions.condition import conditions, read_condition

    if courses is not None:
        return courses.condition
    name = agreement.instrument.condition
    return read_condition(name) if name is not None and name in conditions() else None


def nothing_to_propose(instrument: Instrument) -> str:
    """Return why no answers to an instrument could give a proposal, in a sentence; empty where they could."""
    if any(criterion.finding is not None for criterion in instrument.criteria):
        return ""
    return f"No criterion of {instrument.id} names a finding, so there is nothing to propose."


def _alike(a: Proposal, b: Proposal) -> bool | None:
    return None if a.definition is None or b.definition is None else same_verdicts(a.definition, b.definition)


def _schools(agreement: Agreement, opinions: Opinions, vignettes: Vignettes | None, seed: int) -> Schools | None:
    if not opinions.criteria:
        return None
    judged = None if vignettes is None else vignettes.verdicts
    found = schools_of(opinions, agreement.rule, agreement.equivocal, judged=judged, seed=seed)
    if not len(found) or isinstance(agreement.answers, PublishedCounts):
        return found
    asked = [q for role in ABOUT_PEOPLE for q in agreement.instrument.questions if q.role == role and q.closed]
    values = agreement.answers.values
    groups = [(q.name, [v if isinstance(v, str) else None for v in values[q.name]]) for q in asked if not q.multiple]
    return replace(found, splits=splits_of(found.members, groups))


def _cohort(candidates: Sequence[Candidate], courses: Courses, reference: str | None, floor: float) -> _Cohort | None:
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
    return _Cohort(shown=shown_by(candidates, courses), reference=found, floor=floor)


def _uncertainty(
    agreement: Agreement, candidates: Sequence[Candidate], opinions: Opinions | None, replicates: int, seed: int
) -> Uncertainty:
    rule, coding = agreement.rule, agreement.equivocal
    if opinions is None:
        sides = np.array([c.sides() for c in candidates], dtype=float)
        return resampled_counts([c.id for c in candidates], sides, rule, coding, replicates=replicates, seed=seed)
    times = [getattr(c.form, "times", None) for c in candidates]
    return resampled(opinions, rule, coding, default_times=times, replicates=replicates, seed=seed)


def _with_won(proposal: Proposal, candidates: Sequence[Candidate], uncertainty: Uncertainty | None) -> Proposal:
    """Return a proposal with the share of resampled surveys in which just this definition came out."""
    if proposal.definition is None or uncertainty is None or not uncertainty.thresholded:
        return proposal
    rows = uncertainty.thresholded if proposal.kind == "thresholded" else uncertainty.weighted
    criteria = [c.id for c in candidates]
    table = table_over(proposal.definition, criteria)
    times = {t.id: n for t in proposal.definition.terms if (n := getattr(t.form, "times", None)) is not None}
    for row in rows:
        same = all(
            (table[p] == any(all(p >> criteria.index(name) & 1 for name in names) for names in row.sufficient))
            for p in range(len(table))
        )
        if same and all(times.get(name) == number for name, number in row.times):
            return replace(proposal, won=row.share)
    return replace(proposal, won=0.0)


def _atlas(
    candidates: Sequence[Candidate],
    opinions: Opinions | None,
    further_evidence: tuple[Vignettes | None, _Cohort | None],
    proposals: Sequence[Proposal],
    seed: int,
) -> AtlasReading | None:
    if not candidates:
        return None
    vignettes, cohort = further_evidence
    shown, reference = (cohort.shown, cohort.reference) if cohort is not None else (None, None)
    evidence = evidence_of(candidates, opinions, vignettes, shown, reference)
    criteria = [c.id for c in candidates]
    named = [(p.kind, table_over(p.definition, criteria)) for p in proposals if p.definition is not None]
    return read_atlas(evidence, criteria, named, joint=opinions is not None, seed=seed)


def _variations(
    agreement: Agreement, candidates: Sequence[Candidate], opinions: Opinions | None
) -> tuple[Variation, ...]:
    if not candidates:
        return ()
    sides = np.array([c.sides() for c in candidates], dtype=float)[None]
    votes = sides if opinions is None else opinions.votes()
    names = [c.id for c in candidates]
    return variations(names, votes, agreement.rule, agreement.equivocal, joint=opinions is not None)


def _cut_offs(
    agreement: Agreement,
    candidates: Sequence[Candidate],
    vignettes: Vignettes | None,
    cohort: _Cohort | None,
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


def _effect(
    candidates: Sequence[Candidate],
    by_rule: Proposal,
    cohort: _Cohort | None,
    settings: Sequence[Variation],
    others: Sequence[Proposal],
) -> CohortEffect | None:
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
