"""From agreement to proposals: definitions that follow from votes, how sure they are, and what else could be held."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from consensus.proposals.atlas_reading import AtlasReading, evidence_of, read_atlas
from consensus.proposals.candidates import candidates_of
from consensus.proposals.first_two import thresholded, weighted
from consensus.proposals.from_numbers import from_numbers, won_by_number
from consensus.proposals.further import further
from consensus.proposals.keeping import keep_in
from consensus.proposals.left_out import left_out_of
from consensus.proposals.next_round import to_ask
from consensus.proposals.noting import with_notes
from consensus.proposals.opinions import opinions_of
from consensus.proposals.parameters import parameters_of
from consensus.proposals.points import same_verdicts, table_over
from consensus.proposals.proposal import Proposal, Proposals
from consensus.proposals.resampled import limits_of, uncertainty_of
from consensus.proposals.scheme_draws import worth_sums
from consensus.proposals.schemes import check_scheme, weightings
from consensus.proposals.schools import Schools, schools_of, splits_of
from consensus.proposals.surveys_drawn import REPLICATES, drawn_counts, drawn_surveys
from consensus.proposals.trying import cohort_of, cut_offs, effect_of
from consensus.proposals.variations import variations
from consensus.proposals.vignettes import vignettes_of
from consensus.proposals.weights import sensitivity_of
from consensus.proposals.winning import won_by_atlas, won_by_school, won_by_vignettes, won_by_votes
from questionnaires.published import PublishedCounts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from numpy.typing import NDArray

    from consensus.agreement.agree import Agreement
    from consensus.definitions.condition import Condition
    from consensus.definitions.definition import Definition
    from consensus.proposals.candidates import Candidate
    from consensus.proposals.evidence import Evidence
    from consensus.proposals.opinions import Opinions
    from consensus.proposals.parameters import ParameterVote
    from consensus.proposals.schemes import Weighting
    from consensus.proposals.surveys_drawn import Drawn
    from consensus.proposals.trying import Cohort
    from consensus.proposals.variations import Variation
    from consensus.proposals.vignettes import Vignettes
    from consensus.scoring.courses import Courses
    from questionnaires.instrument import Instrument

    Floats = NDArray[np.float64]

__all__ = ["Proposal", "Proposals", "nothing_to_propose", "propose"]

ABOUT_PEOPLE = ("stratum", "demographic")


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
    cohort = cohort_of(candidates, courses, reference, specificity) if courses is not None else None
    drawn = _drawn(agreement, candidates, opinions, replicates, start) if candidates else None
    uncertainty = uncertainty_of(drawn, [c.id for c in candidates]) if drawn is not None else None
    evidence = _evidence(candidates, opinions, vignettes, cohort)
    atlas = _atlas(candidates, evidence, (by_rule, by_weight), start, joint=opinions is not None)
    by_rule = won_by_votes(by_rule, drawn, candidates)
    by_weight = won_by_votes(by_weight, drawn, candidates, None if cut_off is None else float(cut_off))
    others = further(agreement, candidates, known, (atlas, vignettes, schools), (by_rule, by_weight))
    if opinions is not None and drawn is not None:
        others = tuple(_won(p, evidence, (opinions, vignettes, schools), drawn, candidates) for p in others)
    settings = _variations(agreement, candidates, opinions)
    numbers = from_numbers(agreement, known)
    if opinions is not None:
        numbers = tuple(
            won_by_number(p, agreement, known, opinions, replicates=replicates, seed=start) for p in numbers
        )
    parameters = parameters_of(agreement, candidates, also=_asked_in(numbers))
    kept = [_finished(p, parameters, keep, agreement.instrument) for p in (by_rule, by_weight, *numbers, *others)]
    return Proposals(
        thresholded=kept[0],
        weighted=kept[1],
        others=tuple(kept[2:]),
        left_out=left_out_of(agreement, _in(by_rule, candidates), _in(by_weight, candidates), no_terms),
        sensitivity=sensitivity_of(candidates, agreement.equivocal),
        alike=_alike(by_rule, by_weight),
        criteria=tuple(c.id for c in candidates),
        parameters=parameters,
        weightings=_weightings(agreement, candidates, drawn),
        cut_offs=cut_offs(agreement, candidates, vignettes, cohort, start),
        uncertainty=uncertainty,
        variations=settings,
        atlas=atlas,
        vignettes=vignettes,
        schools=schools,
        next_round=to_ask(candidates, no_terms, agreement.equivocal, uncertainty, parameters),
        cohort=effect_of(candidates, by_rule, cohort, settings, (by_weight, *others)),
        nothing=nothing_to_propose(agreement.instrument),
    )


def _finished(
    proposal: Proposal, parameters: Sequence[ParameterVote], keep: Definition | None, instrument: Instrument
) -> Proposal:
    """Return a proposal with notes on its numbers and with what is kept of a definition that is there."""
    noted = with_notes(proposal, parameters, instrument)
    return noted if keep is None else keep_in(noted, keep)


def _in(proposal: Proposal, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates that are terms of a proposal."""
    terms = {t.id for t in proposal.definition.terms} if proposal.definition is not None else set()
    return [c for c in candidates if c.id in terms]


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


def _drawn(
    agreement: Agreement, candidates: Sequence[Candidate], opinions: Opinions | None, replicates: int, seed: int
) -> Drawn:
    rule, coding = agreement.rule, agreement.equivocal
    if opinions is None or isinstance(agreement.answers, PublishedCounts):
        sides = np.array([c.sides() for c in candidates], dtype=float)
        return drawn_counts(sides, rule, coding, replicates=replicates, seed=seed)
    return drawn_surveys(
        opinions,
        rule,
        coding,
        default_times=[getattr(c.form, "times", None) for c in candidates],
        worth=worth_sums(agreement.answers, candidates, opinions.design),
        replicates=replicates,
        seed=seed,
    )


def _weightings(agreement: Agreement, candidates: Sequence[Candidate], drawn: Drawn | None) -> tuple[Weighting, ...]:
    """Return the weighted definition by each scheme, with the limits of its weights over the drawn surveys."""
    if not candidates:
        return ()
    answers = None if isinstance(agreement.answers, PublishedCounts) else agreement.answers
    found = weightings(candidates, agreement.equivocal, answers)
    places = {c.id: k for k, c in enumerate(candidates)}
    made: list[Weighting] = []
    for one in found:
        worth = None if drawn is None else drawn.weights_by(one.scheme)
        limits = () if worth is None else tuple(limits_of(worth[:, places[name]]) for name, _ in one.weights)
        made.append(replace(one, limits=limits))
    return tuple(made)


def _won(
    proposal: Proposal,
    evidence: Evidence,
    found: tuple[Opinions, Vignettes | None, Schools | None],
    drawn: Drawn,
    candidates: Sequence[Candidate],
) -> Proposal:
    """Return a proposal of the atlas, of vignettes or of a school with how often drawn surveys give it."""
    opinions, vignettes, schools = found
    if proposal.kind == "atlas":
        return won_by_atlas(proposal, evidence, opinions, drawn, candidates)
    if proposal.kind == "vignettes" and vignettes is not None:
        return won_by_vignettes(proposal, vignettes, opinions, drawn, candidates)
    return won_by_school(proposal, schools) if schools is not None and proposal.school is not None else proposal


def _asked_in(proposals: Sequence[Proposal]) -> set[str]:
    """Return the questions behind the terms of some proposals."""
    terms = (term for p in proposals if p.definition is not None for term in p.definition.terms)
    return {term.votes.question for term in terms if term.votes is not None}


def _evidence(
    candidates: Sequence[Candidate], opinions: Opinions | None, vignettes: Vignettes | None, cohort: Cohort | None
) -> Evidence:
    shown, reference = (cohort.shown, cohort.reference) if cohort is not None else (None, None)
    return evidence_of(candidates, opinions, vignettes, shown, reference)


def _atlas(
    candidates: Sequence[Candidate], evidence: Evidence, proposals: Sequence[Proposal], seed: int, *, joint: bool
) -> AtlasReading | None:
    if not candidates:
        return None
    criteria = [c.id for c in candidates]
    named = [(p.kind, table_over(p.definition, criteria)) for p in proposals if p.definition is not None]
    return read_atlas(evidence, criteria, named, joint=joint, seed=seed)


def _variations(
    agreement: Agreement, candidates: Sequence[Candidate], opinions: Opinions | None
) -> tuple[Variation, ...]:
    if not candidates:
        return ()
    sides = np.array([c.sides() for c in candidates], dtype=float)[None]
    votes = sides if opinions is None else opinions.votes()
    names = [c.id for c in candidates]
    return variations(names, votes, agreement.rule, agreement.equivocal, joint=opinions is not None)
