"""The verdict: where a criterion stands against the rule under one way to count equivocal answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from consensus.agreement.estimate import Base, Coding, Estimate
from consensus.agreement.support import CODINGS, codings_of
from consensus.agreement.tally import commits
from consensus.rules.ballots import Ballot, Counts
from consensus.rules.deciding import outcome
from consensus.rules.flips import Flip, flips_of
from consensus.rules.over_items import over_items
from consensus.rules.rule import Outcome, Rule

if TYPE_CHECKING:
    from consensus.agreement.tally import QuestionTally, Tally
    from questionnaires.instrument import Question

NOT_PUBLISHED = "not all counts of this question are published"


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleVerdict:
    """What a rule makes of one criterion, as one question asked it, under one coding of equivocal answers.

    `coding` is None where equivocal answers play no part. `votes` speak for the criterion and `against` against it,
    halves exact; both are None where counts are not published. `margin` is the share less the threshold
    (0 to 1), None for a rule that has no one threshold.
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
            "votes": None if self.votes is None else float(self.votes),
            "against": None if self.against is None else float(self.against),
            "n": self.support.n,
            "votes_to_flip": [flip.to_dict() for flip in self.flips],
        }


def verdicts_of(
    tally: Tally, questions: Sequence[Question], rule: Rule, groups: Mapping[str, Mapping[str, Tally]] | None = None
) -> tuple[RuleVerdict, ...]:
    """Return a verdict a question and coding on the criteria that questions ask about; `uncertain` where counts miss.

    `groups` are the tallies of the groups of a column, for rules that judge within groups. Raises ConsensusError for a
    rule that these answers can't be held against.
    """
    counts = {
        (question.name, coding): counts_of_tally(tally, question, coding, groups or {})
        for question in questions
        for coding in codings_of(question)
    }
    over = {
        coding: over_items(rule, [c for (_, own), c in counts.items() if c is not None and own in (coding, None)])
        for coding in (*CODINGS, None)
    }
    return tuple(
        _verdict(tally, q, rule, coding, None if told is None else replace(told, over=over[coding]))
        for q in questions
        for coding in codings_of(q)
        for told in (counts[q.name, coding],)
    )


def counts_of_tally(
    tally: Tally, question: Question, coding: Coding | None, groups: Mapping[str, Mapping[str, Tally]]
) -> Counts | None:
    """Return the answers to a question as counts that rules are held against; None where some are not published.

    Answers that are none of the options (a number typed, an answer left out of the list) count as answered alone.
    """
    counted = tally.question(question.name)
    if counted.answered is None or any(o.count is None for o in counted.options):
        return None
    ballot, row = _ballot(question, counted)
    sizes = {"asked": counted.asked, "invited": counted.invited}
    parts = {
        by: {
            name: part
            for name, told in tallies.items()
            if (part := counts_of_tally(told, question, coding, {})) is not None
        }
        for by, tallies in groups.items()
    }
    return Counts(
        ballot=ballot,
        votes=np.array([row], dtype=np.int64),
        coding=coding,
        sizes={base: np.array([size], dtype=np.int64) for base, size in sizes.items() if size is not None},
        groups=parts,
    )


def _ballot(question: Question, counted: QuestionTally) -> tuple[Ballot, list[int]]:
    choices = [question.choice(o.option) for o in counted.options]
    scores = [choice.score if choice.missing is None else None for choice in choices]
    ballot = Ballot(
        options=(*(choice.name for choice in choices), ""),
        worths=(*(question.endorsement(choice) for choice in choices), None),
        points=(*(None if score is None else Fraction(str(score)) for score in scores), None),
        commits=(*(commits(question, choice) for choice in choices), False),
    )
    row = [o.count or 0 for o in counted.options]
    return ballot, [*row, max((counted.answered or 0) - sum(row), 0)]


def _verdict(tally: Tally, question: Question, rule: Rule, coding: Coding | None, counts: Counts | None) -> RuleVerdict:
    assert question.criterion is not None
    base: Base = "committed" if coding == "drop" else "answered"
    votes = tally.votes(question.name)
    if votes is None or counts is None:
        reason = tally.question(question.name).reason or NOT_PUBLISHED
        support = Estimate(reason=reason, base=base)
        return RuleVerdict(
            criterion=question.criterion, question=question.name, rule=rule, coding=coding, base=base,
            outcome="uncertain", support=support,
        )  # fmt: skip
    margin = rule.margin(votes.support(coding), votes.size(coding))
    return RuleVerdict(
        criterion=question.criterion,
        question=question.name,
        rule=rule,
        coding=coding,
        base=base,
        outcome=outcome(rule, counts),
        support=votes.estimate(coding),
        votes=votes.support(coding),
        against=votes.against(coding),
        margin=None if margin is None else float(margin),
        flips=flips_of(counts, rule),
    )
