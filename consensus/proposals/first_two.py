"""The two definitions of a survey's votes: of the criteria that pass the rule, and of all weighed by their support."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from consensus.definitions.definition import AnyOf, Definition, Points
from consensus.proposals.integer_points import IntegerPoints, fewest_points
from consensus.proposals.left_out import share_text
from consensus.proposals.making import condition_of, definition_of_points, id_of, source_of, term_of, title_of
from consensus.proposals.points import as_points
from consensus.proposals.proposal import Proposal
from consensus.proposals.schemes import weighting as weighting_of
from consensus.proposals.tables import MOST_TOLD, table_of
from consensus.proposals.weights import cut_off_of, highest
from consensus.rules.rule import MAJORITY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consensus.agreement.agree import Agreement
    from consensus.agreement.estimate import Coding
    from consensus.definitions.condition import Condition
    from consensus.proposals.candidates import Candidate
    from consensus.proposals.derivation import Scheme
    from questionnaires.responses import Responses

TITLES = {
    "share": ("criteria weighed by their votes", "按票数加权的标准"),
    "log_odds": ("criteria weighed by the log odds of their support", "按支持率对数优势加权的标准"),
    "consensus_discounted": ("criteria weighed by support and unanimity", "按支持率与一致程度加权的标准"),
    "ratings": ("criteria weighed by their ratings", "按评分加权的标准"),
    "borda": ("criteria weighed by their ranks (Borda)", "按排序加权的标准（Borda）"),
    "plackett_luce": ("criteria weighed by their ranks (Plackett-Luce)", "按排序加权的标准（Plackett-Luce）"),
}
DIGITS = (2, 4, 6)


def thresholded(agreement: Agreement, candidates: Sequence[Candidate], condition: Condition | None) -> Proposal:
    """Return the proposal in which each criterion that the rule accepts suffices alone; else those of a majority."""
    rule, coding = agreement.rule, agreement.equivocal
    accepted = [c for c in candidates if c.verdict(coding).outcome == "in"]
    reason = ""
    if not accepted:
        by_majority = [c for c in candidates if MAJORITY.passes(c.weight(coding), c.base_size(coding))]
        accepted, rule = by_majority, MAJORITY
        reason = f"Nothing passes {agreement.rule}; this is what a simple majority supports." if accepted else ""
    if not accepted:
        why = why_none(candidates, coding)
        return Proposal(kind="thresholded", definition=None, rule=rule, coding=coding, reason=why)
    definition = Definition(
        id=id_of(agreement, "thresholded"),
        title=title_of(agreement, f"what {rule.phrase('en')} accepts", f"{rule.phrase('zh')}的标准"),
        condition=condition_of(agreement, condition),
        source=source_of(agreement, f"accepted by {rule}"),
        logic=AnyOf(terms=tuple(term_of(c) for c in accepted)),
    )
    return Proposal(
        kind="thresholded",
        definition=definition,
        rule=rule,
        coding=coding,
        support=tuple(c.verdict(coding) for c in accepted),
        reason=reason,
    )


def weighted(
    agreement: Agreement,
    candidates: Sequence[Candidate],
    condition: Condition | None,
    *,
    scheme: Scheme = "share",
    cut_off: Fraction | None = None,
    answers: Responses | None = None,
) -> Proposal:
    """Return the proposal in which every criterion weighs as much as a scheme gives it.

    The cut-off is the weight of the lightest criterion that a simple majority supports, unless one is given. Shares
    are told as votes where all have one base, else as percents; other schemes as the fewest whole points.
    """
    if scheme != "share":
        return _by_scheme(agreement, candidates, condition, scheme, answers)
    coding = agreement.equivocal
    kept = sorted((c for c in candidates if c.weight(coding) > 0), key=lambda c: -c.weight(coding))
    cut = cut_off_of(kept, coding)
    if cut is None and cut_off is None:
        why = why_none(candidates, coding)
        return Proposal(kind="weighted", definition=None, rule=MAJORITY, coding=coding, reason=why)
    one_base = len({c.base_size(coding) for c in kept}) == 1
    if one_base:
        worth, unit, limit = [c.weight(coding) for c in kept], "votes", cut_off if cut_off is not None else cut
        assert limit is not None
    else:
        kept.sort(key=lambda c: -c.share(coding))
        worth, limit, unit = *_percents(kept, coding, cut_off), "percent"
    how = f"cut-off by {MAJORITY}" if cut_off is None else f"cut-off given as {float(cut_off):g}"
    terms = tuple(term_of(c, as_points(w)) for c, w in zip(kept, worth, strict=True))
    definition = Definition(
        id=id_of(agreement, "weighted"),
        title=title_of(agreement, *TITLES["share"]),
        condition=condition_of(agreement, condition),
        source=source_of(agreement, f"points are {unit}, {how}, equivocal answers {coding}"),
        logic=Points(failure_at=as_points(limit), terms=terms),
    )
    return Proposal(
        kind="weighted",
        definition=definition,
        rule=MAJORITY,
        coding=coding,
        weighting=unit,
        support=tuple(c.verdict(coding) for c in kept),
        points=fewest_points(worth, limit),
    )


def why_none(candidates: Sequence[Candidate], coding: Coding) -> str:
    """Return why no definition follows, in a sentence."""
    best = highest(candidates, coding)
    if best is None:
        return "No criterion has both a finding and a figure, so no definition follows."
    share = share_text(best.weight(coding), best.base_size(coding))
    label = str(best.criterion.label) or best.id
    nothing = "No criterion that can become a term is supported by a majority"
    return f'{nothing}: the highest support is {share}, for "{label}".'


def _percents(
    candidates: Sequence[Candidate], coding: Coding, given: Fraction | None
) -> tuple[list[Fraction], Fraction]:
    """Return support in percent with as few decimals as judge alike, and the cut-off; at most six decimals."""
    shares = [c.share(coding) * 100 for c in candidates]
    majority = [c.share(coding) * 100 for c in candidates if MAJORITY.passes(c.weight(coding), c.base_size(coding))]
    limit = given if given is not None else min(majority)
    for digits in DIGITS:
        rounded, cut = [_rounded(s, digits) for s in shares], _rounded(limit, digits)
        if len(shares) > MOST_TOLD or (table_of(rounded, cut) == table_of(shares, limit)).all():
            return rounded, cut
    return rounded, cut


def _rounded(number: Fraction, digits: int) -> Fraction:
    return Fraction(round(number * 10**digits), 10**digits)


def _by_scheme(
    agreement: Agreement,
    candidates: Sequence[Candidate],
    condition: Condition | None,
    scheme: Scheme,
    answers: Responses | None,
) -> Proposal:
    coding = agreement.equivocal
    found = weighting_of(scheme, candidates, coding, answers)
    if found.points is None or found.reason:
        why = f"The weighting {scheme} gives no definition: {found.reason or 'its points are too many to be found'}."
        return Proposal(kind="weighted", definition=None, rule=MAJORITY, coding=coding, weighting=scheme, reason=why)
    by_id = {c.id: c for c in candidates}
    ordered = [by_id[name] for name, _ in found.weights]
    definition = definition_of_points(
        ordered,
        found.points.points,
        found.points.cut_off,
        id=id_of(agreement, f"weighted-{scheme.replace('_', '-')}"),
        condition=condition_of(agreement, condition),
        title=title_of(agreement, *TITLES[scheme]),
        source=source_of(agreement, f"fewest points for the weights {scheme}, cut-off by {MAJORITY}"),
    )
    return Proposal(
        kind="weighted",
        definition=definition,
        rule=MAJORITY,
        coding=coding,
        weighting=scheme,
        support=tuple(by_id[term.id].verdict(coding) for term in definition.terms),
        points=in_order(found.points, [c.id for c in ordered], [term.id for term in definition.terms]),
    )


def in_order(points: IntegerPoints, names: Sequence[str], wanted: Sequence[str]) -> IntegerPoints:
    """Return points in the order of a definition's terms."""
    from dataclasses import replace

    worth = dict(zip(names, points.points, strict=True))
    return replace(points, points=tuple(worth[name] for name in wanted))
