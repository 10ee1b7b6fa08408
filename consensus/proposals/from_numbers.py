"""A definition from numbers alone: how often a finding must come, where nobody was asked whether it counts at all."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from consensus.definitions.definition import AnyOf, Consecutive, Definition, Term, VoteSource, Within
from consensus.proposals.making import condition_of, id_of, source_of, title_of
from consensus.proposals.proposal import Proposal
from consensus.rules.rule import MAJORITY

if TYPE_CHECKING:
    from consensus.agreement.agree import Agreement
    from consensus.definitions.condition import Condition
    from questionnaires.instrument import Criterion


def from_numbers(agreement: Agreement, condition: Condition | None) -> tuple[Proposal, ...]:
    """Return the definition of criteria whose number of sessions a majority gave, if there are any.

    Only criteria count that no question asks about, that name a finding which the condition knows, and whose parameter
    question asks for a number of times. Who gives a number need not think that the criterion means failure, so the
    votes are a proxy.
    """
    terms = tuple(term for c in agreement.instrument.criteria if (term := _term(agreement, c, condition)) is not None)
    if not terms:
        return ()
    definition = Definition(
        id=id_of(agreement, "numbers"),
        title=title_of(agreement, "the number of sessions that most people gave", "多数人给出的次数"),
        condition=condition_of(agreement, condition),
        source=source_of(agreement, f"the number that {MAJORITY.phrase('en')} gave"),
        logic=AnyOf(terms=terms),
    )
    return (Proposal(kind="numbers", definition=definition, rule=MAJORITY, coding=agreement.equivocal),)


def _term(agreement: Agreement, criterion: Criterion, condition: Condition | None) -> Term | None:
    asked = {q.criterion for q in agreement.instrument.questions_of("criterion")}
    if criterion.name in asked or criterion.finding is None or criterion.form not in ("consecutive", "within"):
        return None
    if condition is not None and criterion.finding not in {finding.name for finding in condition.findings}:
        return None
    given = _given(agreement, criterion)
    if given is None:
        return None
    times, votes = given
    form: Consecutive | Within = Consecutive(finding=criterion.finding, times=times)
    if criterion.form == "within":
        if criterion.days is None:
            return None
        form = Within(finding=criterion.finding, times=times, days=criterion.days)
    return Term(id=criterion.name, says=criterion.label, form=form, points=None, votes=votes)


def _given(agreement: Agreement, criterion: Criterion) -> tuple[int, VoteSource] | None:
    """Return the number of times that a majority of those who answered gave, with the votes for it."""
    question = next((q for q in agreement.instrument.questions_of("parameter") if q.name == criterion.parameter), None)
    if question is None or question.parameter != "times":
        return None
    counted = next((t for t in agreement.tally.questions if t.question == question.name), None)
    for option in counted.options if counted is not None and counted.answered else ():
        score = question.choice(option.option).score
        if score is None or score != int(score) or score < 1 or option.count is None:
            continue
        assert counted is not None
        assert counted.answered is not None
        if MAJORITY.passes(Fraction(option.count), counted.answered):
            source = VoteSource(
                survey=agreement.instrument.id,
                question=question.name,
                option=option.option,
                count=option.count,
                base=counted.answered,
                base_is="answered",
                kind="proxy",
            )
            return int(score), source
    return None
