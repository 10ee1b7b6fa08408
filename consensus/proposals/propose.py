"""From agreement to definitions: one of the criteria that pass the rule, one of all criteria weighed by their votes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from consensus.definitions.definition import AnyOf, Definition, Points, Source, Term
from consensus.definitions.definition_file import definition_to_dict
from consensus.proposals.candidates import candidates_of
from consensus.proposals.left_out import LeftOut, left_out_of, share_text
from consensus.proposals.points import as_points, same_verdicts
from consensus.proposals.weights import Sensitivity, cut_off_of, highest, sensitivity_of
from consensus.rules.rule import MAJORITY, Rule
from questionnaires.instrument import Labels

if TYPE_CHECKING:
    import pandas as pd

    from consensus.agreement.agree import Agreement
    from consensus.agreement.estimate import Coding
    from consensus.definitions.condition import Condition
    from consensus.proposals.candidates import Candidate
    from consensus.rules.verdict import RuleVerdict

Kind = Literal["thresholded", "weighted"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """A definition that follows from votes, or the reason why none does.

    `rule` is what decided on its terms (thresholded) or on its cut-off (weighted); `coding` how equivocal answers
    counted; `support` the verdicts behind its terms, in their order. A `reason` beside a definition says why a weaker
    rule made it.
    """

    kind: Kind
    definition: Definition | None
    rule: Rule
    coding: Coding
    support: tuple[RuleVerdict, ...] = ()
    reason: str = ""

    def __repr__(self) -> str:
        made = f"{len(self.support)} terms" if self.definition is not None else self.reason
        return f"Proposal({self.kind}, {made})"

    def to_dict(self) -> dict[str, object]:
        """Return the proposal with the keys of the `proposals` list of `propose --json`."""
        return {
            "kind": self.kind,
            "definition": None if self.definition is None else definition_to_dict(self.definition),
            "rule": str(self.rule),
            "weighting": "votes" if self.kind == "weighted" else None,
            "equivocal": self.coding,
            "support": [_support(verdict) for verdict in self.support],
            "reason": self.reason or None,
        }


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Proposals:
    """The two proposals of a survey, the votes that became no term, and what other codings would change.

    `chosen` is the one for `definition.yaml`: the thresholded one, by the study's rule or else by a simple majority.
    `alike` tells whether both judge every course alike, None where there are not two.
    """

    thresholded: Proposal
    weighted: Proposal
    left_out: tuple[LeftOut, ...]
    sensitivity: tuple[Sensitivity, ...]
    alike: bool | None

    def __iter__(self) -> Iterator[Proposal]:
        return iter((self.thresholded, self.weighted))

    def __len__(self) -> int:
        return 2

    def __getitem__(self, at: int) -> Proposal:
        return (self.thresholded, self.weighted)[at]

    @property
    def chosen(self) -> Definition | None:
        """The definition to write first; None where the votes give none."""
        return self.thresholded.definition

    def to_frame(self) -> pd.DataFrame:
        """Return one row a term: proposal, term, points, question, option, count, base, base_is, kind."""
        import pandas as pd

        columns = ["proposal", "term", "points", "question", "option", "count", "base", "base_is", "kind"]
        rows = [
            (p.kind, t.id, t.points, v.question, v.option, v.count, v.base, v.base_is, v.kind)
            for p in self
            if p.definition is not None
            for t in p.definition.terms
            if (v := t.votes) is not None
        ]
        return pd.DataFrame(rows, columns=columns)

    def to_json_dict(self) -> dict[str, object]:
        """Return `proposals`, `left_out`, `sensitivity` and `same_verdicts` as `propose --json` writes them."""
        return {
            "proposals": [proposal.to_dict() for proposal in self],
            "left_out": [one.to_dict() for one in self.left_out],
            "sensitivity": [row.to_dict() for row in self.sensitivity],
            "same_verdicts": self.alike,
        }


def propose(agreement: Agreement, *, condition: Condition | None = None) -> Proposals:
    """Derive the two definitions that follow from an agreement; each term is traceable to the votes behind it.

    Thresholded: each criterion that the study's rule accepts suffices alone; where it accepts none, a simple majority
    decides, and `reason` says so. Weighted: every criterion with a finding and a figure keeps a term of as many
    points as votes support it; the cut-off is the weight of the lightest one that a simple majority supports. With
    `condition`, a finding that it does not know gives no term.
    """
    candidates, no_terms = candidates_of(agreement, condition)
    weighed = tuple(c for c in candidates if c.weight(agreement.equivocal) > 0)
    thresholded = _thresholded(agreement, candidates, condition)
    weighted = _weighted(agreement, weighed, condition)
    accepted = {t.id for t in thresholded.definition.terms} if thresholded.definition is not None else set[str]()
    both = thresholded.definition, weighted.definition
    return Proposals(
        thresholded=thresholded,
        weighted=weighted,
        left_out=left_out_of(
            agreement,
            [c for c in candidates if c.id in accepted],
            weighed if weighted.definition is not None else (),
            no_terms,
        ),
        sensitivity=sensitivity_of(candidates, agreement.equivocal),
        alike=None if both[0] is None or both[1] is None else same_verdicts(both[0], both[1]),
    )


def _thresholded(agreement: Agreement, candidates: tuple[Candidate, ...], condition: Condition | None) -> Proposal:
    rule, coding = agreement.rule, agreement.equivocal
    accepted = [c for c in candidates if c.verdict(coding).outcome == "in"]
    reason = ""
    if not accepted:
        by_majority = [c for c in candidates if MAJORITY.passes(c.weight(coding), c.base_size(coding))]
        accepted, rule = by_majority, MAJORITY
        reason = f"Nothing passes {agreement.rule}; this is what a simple majority supports." if accepted else ""
    if not accepted:
        return Proposal(
            kind="thresholded", definition=None, rule=rule, coding=coding, reason=_why_none(candidates, coding)
        )
    definition = Definition(
        id=f"{_slug(agreement.instrument.id)}-thresholded",
        title=_title(agreement, f"what {rule.phrase('en')} accepts", f"{rule.phrase('zh')}的标准"),
        condition=_condition(agreement, condition),
        source=_source(agreement, f"accepted by {rule}"),
        logic=AnyOf(terms=tuple(_term(c, None) for c in accepted)),
    )
    support = tuple(c.verdict(coding) for c in accepted)
    return Proposal(kind="thresholded", definition=definition, rule=rule, coding=coding, support=support, reason=reason)


def _weighted(agreement: Agreement, candidates: tuple[Candidate, ...], condition: Condition | None) -> Proposal:
    coding = agreement.equivocal
    cut_off = cut_off_of(candidates, coding)
    if cut_off is None:
        reason = _why_none(candidates, coding)
        return Proposal(kind="weighted", definition=None, rule=MAJORITY, coding=coding, reason=reason)
    heaviest_first = sorted(candidates, key=lambda c: -c.weight(coding))
    terms = tuple(_term(c, as_points(c.weight(coding))) for c in heaviest_first)
    definition = Definition(
        id=f"{_slug(agreement.instrument.id)}-weighted",
        title=_title(agreement, "criteria weighed by their votes", "按票数加权的标准"),
        condition=_condition(agreement, condition),
        source=_source(agreement, f"points are votes, cut-off by {MAJORITY}, equivocal answers {coding}"),
        logic=Points(failure_at=as_points(cut_off), terms=terms),
    )
    support = tuple(c.verdict(coding) for c in heaviest_first)
    return Proposal(kind="weighted", definition=definition, rule=MAJORITY, coding=coding, support=support)


def _term(candidate: Candidate, points: Decimal | None) -> Term:
    return Term(
        id=candidate.id, says=candidate.criterion.label, form=candidate.form, points=points, votes=candidate.votes
    )


def _why_none(candidates: tuple[Candidate, ...], coding: Coding) -> str:
    best = highest(candidates, coding)
    if best is None:
        return "No criterion has both a finding and a figure, so no definition follows."
    share = share_text(best.weight(coding), best.base_size(coding))
    label = str(best.criterion.label) or best.id
    return f'No criterion is supported by a majority: the highest support is {share}, for "{label}".'


def _support(verdict: RuleVerdict) -> dict[str, object]:
    e = verdict.support
    return {
        "criterion": verdict.criterion,
        "question": verdict.question,
        "equivocal": verdict.coding,
        "base": verdict.base,
        "count": None if verdict.votes is None else float(verdict.votes),
        "n": e.n,
        "value": e.value,
        "low": e.low,
        "high": e.high,
        "level": e.level,
        "method": e.method,
        "outcome": verdict.outcome,
    }


def _title(agreement: Agreement, english: str, chinese: str) -> Labels:
    mark = "SYNTHETIC, " if agreement.synthetic else ""
    survey = agreement.instrument.title or agreement.instrument.id
    return Labels((("en", f"{mark}{survey}: {english}"), ("zh", f"{mark}{survey}：{chinese}")))


def _source(agreement: Agreement, how: str) -> Source:
    mark = "SYNTHETIC answers to " if agreement.synthetic else ""
    return Source(cite=f"{mark}{agreement.instrument.id}, {how}", standing="derived")


def _condition(agreement: Agreement, condition: Condition | None) -> str:
    return condition.id if condition is not None else agreement.instrument.condition or ""


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "survey"
