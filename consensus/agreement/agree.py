"""The step from answers to agreement: every share with its base and interval, and each criterion against the rule.

This file is the front of agreement: it alone looks up to the rules, which know nothing of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from consensus.agreement.estimate import Base, Coding, Estimate, Measurement
from consensus.agreement.proportions import share
from consensus.agreement.support import CODINGS
from consensus.agreement.tally import Tally, tally
from consensus.rules.rule import Rule, parse_rule
from consensus.rules.verdict import RuleVerdict, verdicts_of
from questionnaires.problems import ConsensusError, did_you_mean, one_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from consensus.agreement.tally import OptionTally, QuestionTally
    from questionnaires.instrument import Instrument, Question
    from questionnaires.published import PublishedCounts
    from questionnaires.responses import Responses


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Agreement:
    """What people agree on: all estimates and, for each criterion and way to count equivocal answers, a verdict.

    `equivocal` is the study's own way; `sources` are the files behind it, as (name, SHA-256); `synthetic` marks
    made-up answers.
    """

    instrument: Instrument
    tally: Tally
    measurements: tuple[Measurement, ...]
    verdicts: tuple[RuleVerdict, ...]
    rule: Rule
    equivocal: Coding
    synthetic: bool
    sources: tuple[tuple[str, str], ...]

    def __repr__(self) -> str:
        mark = ", SYNTHETIC" if self.synthetic else ""
        return f"Agreement({self.instrument.id!r}, {len(self.verdicts)} verdicts by {self.rule}{mark})"

    def measurement(self, question: str, option: str | None, base: Base = "answered") -> Measurement:
        """Return the share of an option of a base; KeyError if there is none."""
        for m in self.measurements:
            if (m.measure, m.question, m.option, m.estimate.base) == ("share", question, option, base):
                return m
        raise KeyError((question, option, base))

    def verdict(self, criterion: str, coding: Coding | None = None) -> RuleVerdict:
        """Return the verdict on a criterion, by default under the study's own coding; KeyError if there is none."""
        wanted = (self.equivocal, None) if coding is None else (coding,)
        for verdict in self.verdicts:
            if verdict.criterion == criterion and verdict.coding in wanted:
                return verdict
        raise KeyError((criterion, coding))

    def own_verdicts(self) -> tuple[RuleVerdict, ...]:
        """Return one verdict a question, under the study's own coding of equivocal answers."""
        return tuple(v for v in self.verdicts if v.coding in (None, self.equivocal))

    def to_frame(self) -> pd.DataFrame:
        """Return one row an estimate, with the keys of `agree --json` as columns."""
        return pd.DataFrame([m.to_dict() for m in self.measurements])

    def to_json_dict(self) -> dict[str, object]:
        """Return `estimates` and `verdicts` as `agree --json` writes them."""
        return {
            "estimates": [m.to_dict() for m in self.measurements],
            "verdicts": [v.to_dict() for v in self.verdicts],
        }


def agree(
    answers: Responses | PublishedCounts, *, rule: str | Rule = "share(agree) >= 75%", equivocal: Coding = "half"
) -> Agreement:
    """Estimate how far people agree on each question, and hold each criterion against `rule`.

    `equivocal` is the study's way to count equivocal answers; the others are always there beside it. Raises
    ConsensusError for a rule that can't be read and for an unknown way.
    """
    _check_coding(equivocal)
    ruled = parse_rule(rule) if isinstance(rule, str) else rule
    counted = tally(answers)
    asked = {q.name: q for q in answers.instrument.questions}
    criteria = [q for q in counted.questions if _is_criterion(asked[q.question])]
    verdicts = tuple(v for q in criteria for v in verdicts_of(counted, asked[q.question], ruled))
    return Agreement(
        instrument=answers.instrument,
        tally=counted,
        measurements=tuple(m for q in counted.questions for m in _measurements(asked[q.question], q, verdicts)),
        verdicts=verdicts,
        rule=ruled,
        equivocal=equivocal,
        synthetic=answers.synthetic,
        sources=((answers.name, answers.sha256),),
    )


def _check_coding(equivocal: str) -> None:
    if equivocal in CODINGS:
        return
    hint = did_you_mean(equivocal, CODINGS)
    if equivocal == "middle":
        hint = "The middle of an ordered scale is no share, so a rule on shares can't use it."
    text = f'equivocal: "{equivocal}" is no way to count equivocal answers. Expected {one_of(CODINGS)}. {hint}'
    raise ConsensusError(text.strip())


def _is_criterion(question: Question) -> bool:
    return question.role == "criterion" and question.criterion is not None and not question.multiple


def _measurements(
    question: Question, counted: QuestionTally, verdicts: tuple[RuleVerdict, ...]
) -> Iterator[Measurement]:
    for option in counted.options:
        yield _share(question, counted, option, "answered")
    mine = [v for v in verdicts if v.question == question.name]
    if any(v.coding is not None for v in mine):
        for option in counted.options:
            if question.choice(option.option).endorses in (0, 1):
                yield _share(question, counted, option, "committed")
    for verdict in mine:
        yield Measurement(
            question=question.name,
            measure="endorsement",
            estimate=verdict.support,
            criterion=question.criterion,
            coding=verdict.coding,
            count=None if verdict.votes is None else float(verdict.votes),
        )
    if question.role == "parameter" and counted.scores:
        yield _median(question, counted)


def _share(question: Question, counted: QuestionTally, option: OptionTally, base: Base) -> Measurement:
    reason = counted.reason or "the count of this answer is not published"
    return Measurement(
        question=question.name,
        measure="share",
        estimate=share(option.count, counted.base(base), base=base, reason=reason),
        option=option.option,
        criterion=question.criterion,
        count=option.count,
    )


def _median(question: Question, counted: QuestionTally) -> Measurement:
    n = sum(times for _, times in counted.scores)
    estimate = Estimate(value=median(counted.scores), method="median of the given numbers", n=n, base="committed")
    return Measurement(question=question.name, measure="median", estimate=estimate, criterion=question.criterion)


def median(scores: tuple[tuple[float, int], ...]) -> float:
    """Return the median of numbers with their counts, smallest first; the mean of the middle two where they differ."""
    values = [score for score, times in scores for _ in range(times)]
    half, odd = divmod(len(values), 2)
    return values[half] if odd else (values[half - 1] + values[half]) / 2
