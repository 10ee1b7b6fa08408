"""Which criteria can become terms: those with a finding and a figure, each with its form and the votes behind it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from consensus.agreement.tally import NO_COUNT
from consensus.definitions.definition import VoteSource
from consensus.proposals.forms import Number, numbers_voted, shape_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consensus.agreement.agree import Agreement
    from consensus.agreement.estimate import Coding
    from consensus.agreement.support import Votes
    from consensus.agreement.tally import QuestionTally
    from consensus.definitions.condition import Condition
    from consensus.definitions.definition import Form
    from consensus.rules.verdict import RuleVerdict
    from questionnaires.instrument import Criterion, Question


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A criterion that can become a term: how a course shows it (`form`), and who voted for it, under each coding.

    `numbers` are those that people agreed on and that the form holds.
    """

    criterion: Criterion
    question: Question
    form: Form
    votes: VoteSource
    counted: Votes
    verdicts: tuple[RuleVerdict, ...]
    numbers: tuple[Number, ...] = ()

    @property
    def id(self) -> str:
        """The criterion's name, which is the term's id."""
        return self.criterion.name

    def verdict(self, coding: Coding | None) -> RuleVerdict:
        """Return the verdict under a coding, or the only one where equivocal answers play no part."""
        return next((v for v in self.verdicts if v.coding == coding), self.verdicts[0])

    def weight(self, coding: Coding | None) -> Fraction:
        """Return the votes that support the criterion under a coding."""
        return self.verdict(coding).votes or Fraction(0)

    def share(self, coding: Coding | None) -> Fraction:
        """Return the support under a coding as an exact share, 0 of an empty base."""
        return self.weight(coding) / self.base_size(coding) if self.base_size(coding) else Fraction(0)

    def sides(self) -> tuple[int, int, int, int]:
        """Return how many said yes, were equivocal, said no, and opted out."""
        return self.counted.yes, self.counted.equivocal, self.counted.no, self.counted.opted_out

    def base_size(self, coding: Coding | None) -> int:
        """Return the size of the base of the coding's percentages."""
        return self.verdict(coding).support.n or 0


@dataclass(frozen=True, kw_only=True, slots=True)
class NoTerm:
    """A criterion that was asked about and can't become a term, with the reason as the end of a sentence."""

    criterion: str
    question: str
    reason: str


def candidates_of(
    agreement: Agreement, condition: Condition | None = None
) -> tuple[tuple[Candidate, ...], tuple[NoTerm, ...]]:
    """Return the criteria that can become terms, in the order of the criteria sheet, and those that can't.

    A criterion that several questions ask about takes the first with a figure. With `condition`, its findings are the
    known ones.
    """
    found, left = list[Candidate](), list[NoTerm]()
    for criterion in agreement.instrument.criteria:
        by_question = [
            (question, tuple(v for v in agreement.verdicts if v.question == question.name))
            for question in agreement.instrument.questions
            if question.criterion == criterion.name and question.role == "criterion"
        ]
        asked = [(question, verdicts) for question, verdicts in by_question if verdicts]
        if not asked:
            continue
        question, verdicts = next(((q, v) for q, v in asked if v[0].votes is not None), asked[0])
        voted = numbers_voted(agreement, criterion)
        shape = shape_of(criterion, condition, {n.unit: n.value for n in voted})
        reason, form = shape.reason, shape.form
        if verdicts[0].votes is None:
            reason = verdicts[0].support.reason or NO_COUNT
        if form is None or reason:
            left.append(NoTerm(criterion=criterion.name, question=question.name, reason=reason))
            continue
        counted = agreement.tally.votes(question.name)
        assert counted is not None
        found.append(
            Candidate(
                criterion=criterion,
                question=question,
                form=form,
                votes=_source(agreement, question),
                counted=counted,
                verdicts=verdicts,
                numbers=tuple(n for n in voted if n.unit in shape.units),
            )
        )
    return tuple(found), tuple(left)


def with_numbers(candidate: Candidate, condition: Condition | None, numbers: Sequence[tuple[str, float]]) -> Candidate:
    """Return a candidate whose form asks for these numbers (unit and number) in place of its own."""
    given = dict(numbers)
    shape = shape_of(candidate.criterion, condition, given)
    if shape.form is None:
        return candidate
    own = {n.unit: n for n in candidate.numbers}
    return replace(
        candidate,
        form=shape.form,
        numbers=tuple(replace(own[unit], value=given[unit]) for unit in own if unit in shape.units and unit in given),
    )


def _source(agreement: Agreement, question: Question) -> VoteSource:
    counted: QuestionTally = agreement.tally.question(question.name)
    full = [c.name for c in question.choices if question.endorsement(c) == 1]
    return VoteSource(
        survey=agreement.instrument.id,
        question=question.name,
        option=" | ".join(full),
        count=sum(counted.count(name) or 0 for name in full),
        base=counted.answered or 0,
        base_is="answered",
        kind=question.evidence,
    )
