"""A proposal, and all that one survey proposes: definitions with what they rest on and how sure they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from consensus.definitions.definition_yaml import definition_to_dict

if TYPE_CHECKING:
    import pandas as pd

    from consensus.agreement.estimate import Coding
    from consensus.definitions.definition import Definition
    from consensus.proposals.atlas_reading import AtlasReading
    from consensus.proposals.cohort_effect import CohortEffect
    from consensus.proposals.cut_offs import CutOff
    from consensus.proposals.integer_points import IntegerPoints
    from consensus.proposals.left_out import LeftOut
    from consensus.proposals.next_round import Ask
    from consensus.proposals.parameters import ParameterVote
    from consensus.proposals.schemes import Weighting
    from consensus.proposals.schools import Schools
    from consensus.proposals.uncertainty import Uncertainty
    from consensus.proposals.variations import Variation
    from consensus.proposals.vignettes import Vignettes
    from consensus.proposals.weights import Sensitivity
    from consensus.rules.rule import Rule
    from consensus.rules.verdict import RuleVerdict

Kind = Literal["thresholded", "weighted", "numbers", "atlas", "vignettes", "school"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """A definition that follows from votes, or the reason why none does.

    `rule` is what decided on its terms (thresholded, school) or on its cut-off (weighted); `coding` how equivocal
    answers counted; `weighting` what its points are: votes, percent, or those of a scheme. `support` are the verdicts
    behind its terms, in their order. `won` is the share of `draws` resampled surveys in which it came out, `points` the
    fewest whole ones that classify alike, in the order of its terms. A `reason` beside a definition says why a weaker
    rule made it. `school` is the number of the school that holds it, from 1, and `people` how many that are.
    """

    kind: Kind
    definition: Definition | None
    rule: Rule
    coding: Coding
    weighting: str | None = None
    support: tuple[RuleVerdict, ...] = ()
    reason: str = ""
    won: float | None = None
    draws: int | None = None
    points: IntegerPoints | None = None
    school: int | None = None
    people: int | None = None

    def __repr__(self) -> str:
        made = f"{len(self.support)} terms" if self.definition is not None else self.reason
        return f"Proposal({self.kind}, {made})"

    def to_dict(self) -> dict[str, object]:
        """Return the proposal with the keys of the `proposals` list of `propose --json`."""
        terms = self.definition.terms if self.definition is not None else ()
        fewest = None if self.points is None else self.points.points
        return {
            "kind": self.kind,
            "definition": None if self.definition is None else definition_to_dict(self.definition),
            "rule": str(self.rule),
            "weighting": self.weighting,
            "equivocal": self.coding,
            "support": [_support(verdict) for verdict in self.support],
            "won": self.won,
            "draws": self.draws,
            "fewest_points": None if fewest is None else dict(zip((term.id for term in terms), fewest, strict=True)),
            "fewest_cut_off": None if self.points is None else self.points.cut_off,
            "school": self.school,
            "people": self.people,
            "reason": self.reason or None,
        }


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Proposals:
    """What a survey proposes: the two definitions of its votes, then `others` that judge differently, best first.

    `chosen` is the one for `definition.yaml`: the thresholded one, by the study's rule or else by a simple majority.
    `alike` tells whether the first two judge every course alike, None where there are not two. `criteria` are those
    that can become a term, in the order in which atlas, uncertainty and vignettes speak of them. `nothing` says why
    there can be no proposal whatever the votes: no criterion names a finding.
    """

    thresholded: Proposal
    weighted: Proposal
    others: tuple[Proposal, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    sensitivity: tuple[Sensitivity, ...] = ()
    alike: bool | None = None
    criteria: tuple[str, ...] = ()
    parameters: tuple[ParameterVote, ...] = ()
    weightings: tuple[Weighting, ...] = ()
    cut_offs: tuple[CutOff, ...] = ()
    uncertainty: Uncertainty | None = None
    variations: tuple[Variation, ...] = ()
    atlas: AtlasReading | None = None
    vignettes: Vignettes | None = None
    schools: Schools | None = None
    next_round: tuple[Ask, ...] = ()
    cohort: CohortEffect | None = None
    nothing: str = ""

    def __repr__(self) -> str:
        return f"Proposals({', '.join(p.kind for p in self if p.definition is not None) or 'none'})"

    def __iter__(self) -> Iterator[Proposal]:
        return iter((self.thresholded, self.weighted, *self.others))

    def __len__(self) -> int:
        return 2 + len(self.others)

    def __getitem__(self, at: int) -> Proposal:
        return (self.thresholded, self.weighted, *self.others)[at]

    @property
    def chosen(self) -> Definition | None:
        """The definition to write first; None where the votes give none."""
        return self.thresholded.definition

    def of(self, definition_id: str) -> Proposal | None:
        """Return the proposal that made a definition, by its id."""
        return next((p for p in self if p.definition is not None and p.definition.id == definition_id), None)

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
        """Return what `propose --json` writes: `proposals`, `left_out`, `sensitivity`, and what they rest on."""
        return {
            "proposals": [proposal.to_dict() for proposal in self],
            "left_out": [one.to_dict() for one in self.left_out],
            "sensitivity": [row.to_dict() for row in self.sensitivity],
            "same_verdicts": self.alike,
            "criteria": list(self.criteria),
            "parameters": [one.to_dict() for one in self.parameters],
            "weightings": [one.to_dict() for one in self.weightings],
            "cut_offs": [one.to_dict() for one in self.cut_offs],
            "uncertainty": None if self.uncertainty is None else self.uncertainty.to_dict(),
            "variations": [one.to_dict() for one in self.variations],
            "atlas": None if self.atlas is None else self.atlas.to_dict(),
            "vignettes": None if self.vignettes is None else self.vignettes.to_dict(),
            "schools": None if self.schools is None else self.schools.to_dict(),
            "next_round": [one.to_dict() for one in self.next_round],
            "cohort": None if self.cohort is None else self.cohort.to_dict(),
            "nothing": self.nothing or None,
        }


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
