"""Which criteria can become terms: those with a finding and a figure, each with its form and the votes behind it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from consensus.agreement.tally import NO_COUNT
from consensus.definitions.definition import Consecutive, Form, Once, VoteSource, Within

if TYPE_CHECKING:
    from consensus.agreement.agree import Agreement
    from consensus.agreement.estimate import Coding
    from consensus.agreement.support import Votes
    from consensus.agreement.tally import QuestionTally
    from consensus.definitions.condition import Condition
    from consensus.rules.verdict import RuleVerdict
    from questionnaires.instrument import Criterion, Question


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A criterion that can become a term: how a course shows it (`form`), and who voted for it, under each coding."""

    criterion: Criterion
    question: Question
    form: Form
    votes: VoteSource
    counted: Votes
    verdicts: tuple[RuleVerdict, ...]

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
        reason, form = _form(agreement, criterion, condition)
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
            )
        )
    return tuple(found), tuple(left)


def no_finding(criterion: Criterion) -> str:
    """Return the reason of a criterion that no finding tells, in the words of its own label."""
    return f'no finding says "{str(criterion.label) or criterion.name}", so no course can show it'


def times_voted(agreement: Agreement, criterion: Criterion) -> float | None:
    """Return the median number that a criterion's parameter question gives, an actual answer, or None without one.

    Of an even number of answers the lower of the middle two: half of those who gave a number accept it or less.
    """
    try:
        return lower_median(agreement.tally.question(criterion.parameter or "").scores)
    except KeyError:
        return None


def lower_median(scores: tuple[tuple[float, int], ...]) -> float | None:
    """Return the median of numbers with their counts, smallest first: of the middle two the lower; None of nothing."""
    half, passed = sum(times for _, times in scores) / 2, 0
    for score, times in scores:
        passed += times
        if passed >= half:
            return score
    return None


def _form(agreement: Agreement, criterion: Criterion, condition: Condition | None) -> tuple[str, Form | None]:
    if criterion.finding is None:
        return no_finding(criterion), None
    if condition is not None and criterion.finding not in {finding.name for finding in condition.findings}:
        return f'its finding "{criterion.finding}" is not known to the condition {condition.id}', None
    voted = times_voted(agreement, criterion)
    times = criterion.times if voted is None or voted != int(voted) else int(voted)
    if criterion.form in (None, "once"):
        return "", Once(finding=criterion.finding)
    if criterion.form == "consecutive" and times is not None:
        return "", Consecutive(finding=criterion.finding, times=times)
    if criterion.form == "within" and times is not None and criterion.days is not None:
        return "", Within(finding=criterion.finding, times=times, days=criterion.days)
    if criterion.form in ("consecutive", "within"):
        return f'the criteria sheet does not say how often (form "{criterion.form}")', None
    return f'a term of the form "{criterion.form}" can\'t be made yet', None


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
