"""What stands beside the estimates of questions: agreement beyond chance, what could turn a verdict, who differs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from consensus.agreement.beside_rows import camp_rows, leaning_rows, odds_row, p_row, ranking_rows, silence_rows
from consensus.agreement.beyond_chance import BlockAgreement, block_agreement, printed_agreement
from consensus.agreement.blocks import blocks_of
from consensus.agreement.camps import Camps, found_camps, known_camps
from consensus.agreement.criteria_compared import Compared, criteria_compared
from consensus.agreement.leaning import Leaning, leaning
from consensus.agreement.ranking import Ranking, ranking
from consensus.agreement.regressions import OddsRatio, regressions
from consensus.agreement.relevance import ContentValidity, content_validity
from consensus.agreement.silence import Silence, silence
from consensus.agreement.who_differs import GroupTest, group_tests
from questionnaires.published import PublishedCounts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from consensus.agreement.by_group import Grouping
    from consensus.agreement.design import Design
    from consensus.agreement.estimate import Coding, Measurement
    from consensus.agreement.sampling import Sampling
    from consensus.agreement.tally import Tally
    from questionnaires.instrument import Question
    from questionnaires.responses import Responses


UNTESTED = frozenset({"consent", "attention", "respondent", "cluster", "stratum", "weight"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Further:
    """Parts that a survey has no data for are empty or None.

    `blocks` are coefficients of agreement, `leanings` tipping curves of equivocal answers, `silence` tells of those who
    did not answer, `ranking` how surely criteria stand in their order, `camps` who leans to opposite sides, `tests` and
    `odds` whether groups differ, `content` who calls rated items relevant,
    `compared` which criteria the same people support more than others.
    """

    blocks: tuple[BlockAgreement, ...] = ()
    leanings: tuple[Leaning, ...] = ()
    silence: Silence | None = None
    ranking: Ranking | None = None
    camps: tuple[Camps, ...] = ()
    tests: tuple[GroupTest, ...] = ()
    content: tuple[ContentValidity, ...] = ()
    compared: Compared | None = None
    odds: tuple[OddsRatio, ...] = ()

    def measurements(self) -> Iterator[Measurement]:
        """Yield the estimates among them as rows of `agree --json`."""
        for block in self.blocks:
            yield from block.measurements()
        for validity in self.content:
            yield from validity.rows()
        if self.silence is not None:
            yield from silence_rows(self.silence)
        for one in self.leanings:
            yield from leaning_rows(one)
        if self.ranking is not None:
            yield from ranking_rows(self.ranking)
        if self.compared is not None:
            yield from self.compared.rows()
        for camps in self.camps:
            yield from camp_rows(camps)
        told = [p_row(test, which) for test in self.tests for which in ("", "holm", "bh")]
        told += [odds_row(r) for r in self.odds]
        yield from (m for m in told if m is not None)

    def to_dict(self) -> dict[str, object]:
        """Return what `agree --json` has beside `estimates` and `verdicts`."""
        return {
            "paradoxes": [b.block.name for b in self.blocks if b.paradox],
            "two_raters": [t.to_dict() | {"block": b.block.name} for b in self.blocks for t in b.tests],
            "concordance": [t.to_dict() | {"block": b.block.name} for b in self.blocks for t in b.concordance],
            "content_validity": [validity.to_dict() for validity in self.content],
            "criteria_compared": None if self.compared is None else self.compared.to_dict(),
            "leaning": [one.to_dict() for one in self.leanings],
            "nonresponse": None if self.silence is None else self.silence.to_dict(),
            "ranking": None if self.ranking is None else self.ranking.to_dict(),
            "camps": [camps.to_dict() for camps in self.camps],
            "tests": [test.to_dict() for test in self.tests],
            "regressions": [odds.to_dict() for odds in self.odds],
        }


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Asked:
    """What all further parts are made from: answers with their tally, design, groups, and the rule's threshold."""

    answers: Responses | PublishedCounts
    tally: Tally
    criteria: tuple[Question, ...]
    sampling: Sampling
    design: Design | None
    groupings: tuple[Grouping, ...]
    equivocal: Coding
    threshold: Fraction | None
    level: float
    seed: int
    relevant: float | None = None


def further_of(asked: Asked) -> Further:
    """Return everything beside the estimates of single questions."""
    voted = [(q, votes) for q in asked.criteria if (votes := asked.tally.votes(q.name)) is not None]
    answers, design = asked.answers, asked.design
    tipping = [
        leaning(q.name, q.criterion or q.name, votes, asked.threshold)
        for q, votes in voted
        if asked.threshold is not None and votes.answered
    ]
    single = None if isinstance(answers, PublishedCounts) else answers
    answered = _answered(asked)
    quiet = silence(_invited(asked), answered, voted, asked.threshold, answers=single, design=design, level=asked.level)
    blocks = blocks_of(answers.instrument)
    content = content_validity(asked.tally, answers.instrument, asked.relevant, level=asked.level)
    if single is None or design is None:
        printed = (printed_agreement(asked.tally, block, level=asked.level) for block in blocks)
        return Further(
            blocks=tuple(b for b in printed if b is not None),
            leanings=tuple(t for t in tipping if t is not None),
            silence=quiet,
            content=content,
        )
    return Further(
        blocks=tuple(block_agreement(single, b, design, level=asked.level, seed=asked.seed) for b in blocks),
        leanings=tuple(t for t in tipping if t is not None),
        silence=quiet,
        ranking=ranking(single, asked.criteria, design, asked.equivocal, seed=asked.seed),
        camps=_camps(single, asked),
        tests=_tests(single, asked, design),
        odds=_odds(single, asked, design),
        content=content,
        compared=criteria_compared(single, asked.criteria, None if asked.sampling.plain else design, level=asked.level),
    )


def _answered(asked: Asked) -> int:
    if isinstance(asked.answers, PublishedCounts):
        if asked.answers.response is not None:
            return asked.answers.response[0]
        return max((q.answered or 0 for q in asked.tally.questions), default=0)
    return len(asked.answers.values)


def _invited(asked: Asked) -> int | None:
    if asked.sampling.invited is None and isinstance(asked.answers, PublishedCounts):
        return None if asked.answers.response is None else asked.answers.response[1]
    return asked.sampling.invited


def _camps(answers: Responses, asked: Asked) -> tuple[Camps, ...]:
    if not asked.criteria:
        return ()
    known = [
        known_camps(answers, [q for q in asked.criteria if q.name != g.by], g, level=asked.level)
        for g in asked.groupings
    ]
    return (*known, found_camps(answers, asked.criteria, level=asked.level, seed=asked.seed))


def _tests(answers: Responses, asked: Asked, design: Design) -> tuple[GroupTest, ...]:
    questions = [q for q in answers.instrument.questions if q.role is not None and q.role not in UNTESTED]
    under = None if asked.sampling.plain else design
    return tuple(
        test
        for grouping in asked.groupings
        for test in group_tests(answers, questions, grouping, under, seed=asked.seed)
    )


def _odds(answers: Responses, asked: Asked, design: Design) -> tuple[OddsRatio, ...]:
    names = {grouping.by for grouping in asked.groupings}
    criteria = [q for q in asked.criteria if q.name not in names]
    if not asked.groupings or not criteria:
        return ()
    return regressions(answers, criteria, asked.groupings, design, level=asked.level)
