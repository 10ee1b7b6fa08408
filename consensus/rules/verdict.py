"""The verdict: where a criterion stands against the rule under one way to count equivocal answers."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from consensus.agreement.estimate import Base, Coding, Estimate
from consensus.agreement.support import codings_of
from consensus.rules.flips import Flip, flips, judge
from consensus.rules.rule import Outcome, Rule

if TYPE_CHECKING:
    from consensus.agreement.tally import Tally
    from questionnaires.instrument import Question

NOT_PUBLISHED = "not all counts of this question are published"


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleVerdict:
    """What a rule makes of one criterion, as one question asked it, under one coding of equivocal answers.

    `coding` is None where equivocal answers play no part. `votes` speak for the criterion and `against` against it,
    halves exact; both are None where counts are not published. `margin` is the share less the threshold (0 to 1).
    """

    criterion: str
    question: str
    rule: Rule
    coding: Coding | None
    base: Base
    outcome: Outcome
    support: Estimate
    votes: Fraction | None = None
    against: Fraction | None = None
    margin: float | None = None
    flips: tuple[Flip, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """Return the verdict with the keys of the `verdicts` list of `agree --json`."""
        return {
            "criterion": self.criterion,
            "question": self.question,
            "rule": str(self.rule),
            "equivocal": self.coding,
            "base": self.base,
            "outcome": self.outcome,
            "margin": self.margin,
            "votes_to_flip": [flip.to_dict() for flip in self.flips],
        }


def verdicts_of(tally: Tally, question: Question, rule: Rule) -> tuple[RuleVerdict, ...]:
    """Return a verdict a coding on the criterion that a question asks about; `uncertain` where counts are missing."""
    return tuple(_verdict(tally, question, rule, coding) for coding in codings_of(question))


def _verdict(tally: Tally, question: Question, rule: Rule, coding: Coding | None) -> RuleVerdict:
    assert question.criterion is not None
    base: Base = "committed" if coding == "drop" else "answered"
    votes = tally.votes(question.name)
    if votes is None:
        reason = tally.question(question.name).reason or NOT_PUBLISHED
        support = Estimate(reason=reason, base=base)
        return RuleVerdict(
            criterion=question.criterion, question=question.name, rule=rule, coding=coding, base=base,
            outcome="uncertain", support=support,
        )  # fmt: skip
    margin = rule.margin(votes.support(coding), votes.size(coding))
    counted = tally.question(question.name).options
    worths = {o.option: (question.endorsement(question.choice(o.option)), o.count or 0) for o in counted}
    return RuleVerdict(
        criterion=question.criterion,
        question=question.name,
        rule=rule,
        coding=coding,
        base=base,
        outcome=judge(votes, rule, coding),
        support=votes.estimate(coding),
        votes=votes.support(coding),
        against=votes.against(coding),
        margin=None if margin is None else float(margin),
        flips=flips(votes, worths, rule, coding),
    )
