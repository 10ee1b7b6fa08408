"""A definition from numbers alone: how often a finding must come, where nobody was asked whether it counts at all."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from consensus.agreement.resampling import draws
from consensus.definitions.definition import AnyOf, Definition, Term, VoteSource
from consensus.proposals.forms import TIMES, shape_of
from consensus.proposals.making import condition_of, id_of, source_of, title_of
from consensus.proposals.opinions import numbers_given, who_answered
from consensus.proposals.proposal import Proposal
from consensus.rules.rule import MAJORITY
from questionnaires.published import PublishedCounts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from consensus.agreement.agree import Agreement
    from consensus.definitions.condition import Condition
    from consensus.proposals.opinions import Opinions
    from questionnaires.instrument import Criterion, Question
    from questionnaires.responses import Responses


def from_numbers(agreement: Agreement, condition: Condition | None) -> tuple[Proposal, ...]:
    """Return the definition of criteria whose number of sessions a majority gave, if there are any.

    Only criteria count that no question asks about, that name a finding which the condition knows, and whose parameter
    question asks for a number of times. Who gives a number need not think that the criterion means failure, so the
    votes are a proxy.
    """
    terms = tuple(term for c in _not_asked(agreement) if (term := _term(agreement, c, condition)) is not None)
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


def won_by_number(
    proposal: Proposal,
    agreement: Agreement,
    condition: Condition | None,
    opinions: Opinions,
    *,
    replicates: int,
    seed: int,
) -> Proposal:
    """Return the definition of numbers with the share of surveys drawn anew, hospitals whole, that give just it."""
    answers = agreement.answers
    if proposal.definition is None or isinstance(answers, PublishedCounts):
        return proposal
    own = {term.id: getattr(term.form, "times", 0) for term in proposal.definition.terms}
    able = [c for c in _not_asked(agreement) if TIMES in shape_of(c, condition, {TIMES: 1.0}).units]
    asked = [(c, q) for c in able if (q := _question(agreement, c)) is not None]
    hits: list[NDArray[np.bool_]] = []
    for chunk in draws(opinions.design.cluster_count, replicates, seed, opinions.strata):
        same = np.ones(len(chunk), dtype=bool)
        for criterion, question in asked:
            drawn = _majority_number(answers, question, opinions.design.clusters, chunk)
            same &= drawn == own.get(criterion.name, 0)
        hits.append(same)
    won = np.concatenate(hits)
    return replace(proposal, won=float(won.mean()), draws=len(won))


def _majority_number(
    answers: Responses, question: Question, clusters: NDArray[np.int64], chunk: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the number that a majority of those who answered gave in each draw of clusters, 0 where none was."""
    given, size = numbers_given(answers, question), chunk.shape[1]
    answered = chunk @ np.bincount(clusters, weights=who_answered(answers, question).astype(float), minlength=size)
    found = np.zeros(len(chunk))
    for score in np.unique(given[np.isfinite(given)]).tolist():
        votes = chunk @ np.bincount(clusters, weights=(given == score).astype(float), minlength=size)
        if score >= 1 and score == int(score):
            found[2 * votes > answered] = score
    return found


def _not_asked(agreement: Agreement) -> list[Criterion]:
    """Return the criteria that no question asks about."""
    asked = {q.criterion for q in agreement.instrument.questions_of("criterion")}
    return [c for c in agreement.instrument.criteria if c.name not in asked]


def _question(agreement: Agreement, criterion: Criterion) -> Question | None:
    """Return the question that asks for a criterion's number of times."""
    asked = agreement.instrument.questions_of("parameter")
    return next((q for q in asked if q.name == criterion.parameter and q.parameter == TIMES), None)


def _term(agreement: Agreement, criterion: Criterion, condition: Condition | None) -> Term | None:
    given = _given(agreement, criterion)
    if given is None:
        return None
    times, votes = given
    shape = shape_of(criterion, condition, {TIMES: float(times)})
    if shape.form is None or TIMES not in shape.units:
        return None
    return Term(id=criterion.name, says=criterion.label, form=shape.form, points=None, votes=votes)


def _given(agreement: Agreement, criterion: Criterion) -> tuple[int, VoteSource] | None:
    """Return the number of times that a majority of those who answered gave, with the votes for it."""
    question = _question(agreement, criterion)
    if question is None:
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
