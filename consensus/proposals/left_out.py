"""Votes that became no term, and why: first those whose criterion no finding tells, last mere opinions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from consensus.proposals.forms import no_finding

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from consensus.agreement.agree import Agreement
    from consensus.agreement.estimate import Base
    from consensus.proposals.candidates import Candidate, NoTerm
    from consensus.rules.verdict import RuleVerdict
    from questionnaires.instrument import Question

ENOUGH_FOR_A_DECIMAL = 100
REASONS = {
    "treatment": "it asks what to do next, and a definition only says when",
    "opinion": "it asks for an opinion and names no criterion",
    "parameter": "it gives a number to a criterion that became no term",
    "rating": "ratings are no votes for a criterion; they can weigh it",
    "ranking": "ranks are no votes for a criterion; they can weigh it",
    "allocation": "allocated points are no votes for a criterion",
    "vignette": "it judges a course, not a criterion; what rule that implies is told apart",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class LeftOut:
    """The most frequent answer to a question that gave no term, of a base, with the reason as the end of a sentence.

    `weighs` tells that the weighted proposal keeps the criterion though the thresholded one leaves it out.
    """

    question: str
    criterion: str | None
    option: str | None
    count: int | None
    base: int | None
    base_is: Base
    reason: str
    weighs: bool = False

    def to_dict(self) -> dict[str, object]:
        """Return the row for `propose --json`."""
        return {name: getattr(self, name) for name in self.__slots__}


def left_out_of(
    agreement: Agreement,
    accepted: Sequence[Candidate],
    weighed: Sequence[Candidate],
    no_terms: Sequence[NoTerm],
) -> tuple[LeftOut, ...]:
    """Return the votes that are in no term of the thresholded proposal, whose candidates are `accepted`.

    `weighed` are those that the weighted proposal keeps; `no_terms` the criteria that can't become a term at all.
    """
    ranked: list[tuple[int, LeftOut]] = []
    used = {c.question.name for c in accepted} | {c.criterion.parameter for c in accepted}
    kept = {c.question.name for c in weighed}
    because = {one.question: one.reason for one in no_terms}
    for question in agreement.instrument.questions:
        if question.name in used or question.role is None:
            continue
        rank, reason = _why(agreement, question, because, {c.question.name: c for c in weighed})
        if reason:
            ranked.append((rank, _row(agreement, question, reason, weighs=question.name in kept)))
    return tuple(one for _, one in sorted(ranked, key=lambda pair: pair[0]))


def _why(
    agreement: Agreement, question: Question, because: dict[str, str], weighed: dict[str, Candidate]
) -> tuple[int, str]:
    criterion = next((c for c in agreement.instrument.criteria if c.name == question.criterion), None)
    if criterion is not None and criterion.finding is None:
        return 0, no_finding(criterion)
    if question.name in because:
        return 1, because[question.name]
    own = next((v for v in agreement.own_verdicts() if v.question == question.name), None)
    if own is not None:
        return (
            (2, _standing(own)) if criterion is not None else (3, "the criteria sheet does not describe its criterion")
        )
    if question.role == "criterion":
        return 3, "it gives no share that a rule could judge"
    return (4 if question.role != "opinion" else 5), REASONS.get(question.role or "", "")


def _standing(verdict: RuleVerdict) -> str:
    n = verdict.support.n or 0
    if verdict.votes is None or verdict.against is None or n == 0:
        return verdict.support.reason or "nobody answered"
    if verdict.outcome == "out":
        return f"rejected by consensus: {share_text(verdict.against, n)} are against it"
    return f"not accepted: {share_text(verdict.votes, n)} support it"


def share_text(votes: Fraction, n: int) -> str:
    """Return `58.4% (150 of 257)`, rounded half up from exact numbers, as reports round."""
    digits = 1 if n >= ENOUGH_FOR_A_DECIMAL else 0
    scaled = votes / n * 100 * 10**digits
    rounded = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    counted = str(votes.numerator) if votes.denominator == 1 else f"{float(votes):.1f}"
    return f"{rounded / 10**digits:.{digits}f}% ({counted} of {n})"


def _row(agreement: Agreement, question: Question, reason: str, *, weighs: bool) -> LeftOut:
    counted = agreement.tally.question(question.name) if _has_tally(agreement, question) else None
    known = [o for o in counted.options if o.count is not None] if counted is not None else []
    # what the printed counts leave over is no printed answer, so it speaks only where nothing else does
    most = max(known, key=lambda option: (not option.complement, option.count or 0), default=None)
    return LeftOut(
        question=question.name,
        criterion=question.criterion,
        option=most.option if most is not None else None,
        count=most.count if most is not None else None,
        base=counted.answered if counted is not None else None,
        base_is="answered",
        reason=reason,
        weighs=weighs,
    )


def _has_tally(agreement: Agreement, question: Question) -> bool:
    return any(q.question == question.name for q in agreement.tally.questions)
