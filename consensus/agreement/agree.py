"""The step from answers to agreement: every share with its base and interval, and each criterion against the rule.

This file is the front of agreement: it alone looks up to the rules, which know nothing of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pandas as pd

from consensus.agreement.by_design import band_measurements, design_measurements
from consensus.agreement.by_group import Grouping, group_measurements
from consensus.agreement.counted import counted_measurements
from consensus.agreement.estimate import Base, Coding, Estimate, Measurement
from consensus.agreement.further import Asked, Further, further_of
from consensus.agreement.respondents import chosen_together, together_to_dict
from consensus.agreement.sampling import Sampling, design_for, grouping_of
from consensus.agreement.sides import rating_blocks, sides_of
from consensus.agreement.support import CODINGS
from consensus.agreement.tally import Tally, tally
from consensus.rules.grammar import parse_rule
from consensus.rules.rule import Rule
from consensus.rules.verdict import RuleVerdict, verdicts_of
from questionnaires.problems import ConsensusError, did_you_mean, one_of
from questionnaires.published import PublishedCounts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from consensus.agreement.design import Design
    from questionnaires.instrument import Instrument, Question
    from questionnaires.responses import Responses

SEED = 20261123


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Agreement:
    """What people agree on: all estimates and, for each criterion and way to count equivocal answers, a verdict.

    `equivocal` is the study's own way; `sources` are the files behind it, as (name, SHA-256); `synthetic` marks
    made-up answers. `design` is how the rows of `answers` were sampled, None where only counts are known.
    """

    instrument: Instrument
    tally: Tally
    measurements: tuple[Measurement, ...]
    verdicts: tuple[RuleVerdict, ...]
    rule: Rule
    equivocal: Coding
    synthetic: bool
    sources: tuple[tuple[str, str], ...]
    answers: Responses | PublishedCounts
    sampling: Sampling = field(default_factory=Sampling)
    design: Design | None = None
    groupings: tuple[Grouping, ...] = ()
    further: Further = field(default_factory=Further)
    level: float = 0.95
    seed: int = SEED

    def __repr__(self) -> str:
        mark = ", SYNTHETIC" if self.synthetic else ""
        return f"Agreement({self.instrument.id!r}, {len(self.verdicts)} verdicts by {self.rule}{mark})"

    def measurement(self, question: str, option: str | None, base: Base = "answered") -> Measurement:
        """Return the share of an option of a base; KeyError if there is none."""
        for m in self.measurements:
            if m.plain and (m.measure, m.question, m.option, m.estimate.base) == ("share", question, option, base):
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

    def standing(self) -> dict[str, int]:
        """Return of how many criteria all were judged, accepted, rejected, and left between, by the study's own way."""
        outcomes = [v.outcome for v in self.own_verdicts()]
        told = {"accepted": ("in",), "rejected": ("out",), "between": ("no consensus", "uncertain", "too few")}
        return {"all": len(outcomes)} | {name: sum(o in those for o in outcomes) for name, those in told.items()}

    @property
    def clusters(self) -> int | None:
        """How many hospitals people are of, by their answers or as the study tells; None where it is not known."""
        told = self.design is not None and self.sampling.cluster is not None
        return self.design.cluster_count if told and self.design is not None else self.sampling.clusters

    @property
    def answered(self) -> int:
        """How many people answered at all: those who answered the question that most of them did."""
        sizes = (m.estimate.n for m in self.measurements if m.estimate.base == "answered")
        return max((n for n in sizes if n is not None), default=0)

    def to_frame(self) -> pd.DataFrame:
        """Return one row an estimate, with the keys of `agree --json` as columns."""
        return pd.DataFrame([m.to_dict() for m in self.measurements])

    def to_json_dict(self) -> dict[str, object]:
        """Return `estimates`, `verdicts` and what stands beside them as `agree --json` writes them."""
        limit = self.rule.threshold
        return {
            "estimates": [m.to_dict() for m in self.measurements],
            "verdicts": [v.to_dict() for v in self.verdicts],
            "standing": self.standing(),
            "rule": {"text": str(self.rule), "threshold": None if limit is None else float(limit)},
            "sampling": self.sampling.to_dict() | {"clusters": self.clusters},
            "sides": [one.to_dict() for one in sides_of(self.tally)],
            "ratings": [block.to_dict() for block in rating_blocks(self.tally)],
            "together": [together_to_dict(name, found) for name, found in chosen_together(self.answers)],
        } | self.further.to_dict()


def agree(
    answers: Responses | PublishedCounts,
    *,
    rule: str | Rule = "share(agree) >= 75%",
    equivocal: Coding = "half",
    sampling: Sampling | None = None,
    by: Sequence[str] = (),
    level: float = 0.95,
    seed: int = SEED,
    thorough: bool = True,
    relevant: float | None = None,
) -> Agreement:
    """Estimate how far people agree on each question, and hold each criterion against `rule`.

    `equivocal` is the study's way to count equivocal answers; the others are always there beside it. `sampling` tells
    how people came into the survey, `by` names questions or columns that people are told apart by; `level` is that of
    all limits and `seed` that of every random step. Not `thorough`, it leaves out what stands beside estimates and
    verdicts (agreement beyond chance, nonresponse, camps, tests), for callers in a loop. `relevant` is the lowest
    rating that counts as relevant (content validity; 3 of 1 to 4 without it). Raises ConsensusError for a rule that
    can't be read, an unknown way, column or rating, and for groups where only counts are known.
    """
    _check_coding(equivocal)
    ruled = parse_rule(rule) if isinstance(rule, str) else rule
    told = sampling if sampling is not None else Sampling()
    counted = tally(answers)
    asked = {q.name: q for q in answers.instrument.questions}
    criteria = [q for q in counted.questions if _is_criterion(asked[q.question])]
    verdicts = verdicts_of(counted, [asked[q.question] for q in criteria], ruled, _within(answers, ruled))
    design = None if isinstance(answers, PublishedCounts) else design_for(answers, told)
    made = Agreement(
        instrument=answers.instrument,
        tally=counted,
        measurements=(),
        verdicts=verdicts,
        rule=ruled,
        equivocal=equivocal,
        synthetic=answers.synthetic,
        sources=((answers.name, answers.sha256),),
        answers=answers,
        sampling=told,
        design=design,
        groupings=_groupings(answers, by),
        level=level,
        seed=seed,
    )
    voted = tuple(asked[q.question] for q in criteria)
    beside = further_of(_asked(made, voted, relevant)) if thorough else Further()
    measured = (m for q in counted.questions for m in _measured(made, asked[q.question]))
    return replace(made, measurements=(*measured, *beside.measurements()), further=beside)


def _asked(made: Agreement, criteria: tuple[Question, ...], relevant: float | None) -> Asked:
    return Asked(
        answers=made.answers,
        tally=made.tally,
        criteria=criteria,
        sampling=made.sampling,
        design=made.design,
        groupings=made.groupings,
        equivocal=made.equivocal,
        threshold=getattr(made.rule, "threshold", None),
        level=made.level,
        seed=made.seed,
        relevant=relevant,
    )


def _within(answers: Responses | PublishedCounts, rule: Rule) -> dict[str, dict[str, Tally]]:
    """Return the tallies of the groups that a rule judges within."""
    if isinstance(answers, PublishedCounts):
        return {}
    found = dict[str, dict[str, Tally]]()
    for by in rule.groupings:
        names = grouping_of(answers, by)
        groups = dict.fromkeys(name for name in names if name is not None)
        found[by] = {g: tally(answers.only([at for at, name in enumerate(names) if name == g])) for g in groups}
    return found


def _groupings(answers: Responses | PublishedCounts, by: Sequence[str]) -> tuple[Grouping, ...]:
    if not by:
        return ()
    if isinstance(answers, PublishedCounts):
        raise ConsensusError(
            f"by: got {', '.join(by)}, but of this survey only printed counts are known. "
            "Expected a study with [[responses]]: groups take the answers of single people."
        )
    return tuple(Grouping(by=name, of_rows=tuple(grouping_of(answers, name))) for name in dict.fromkeys(by))


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


def _measured(made: Agreement, question: Question) -> Iterator[Measurement]:
    """Yield all estimates of one question: by counts, under the design or in a band, within groups."""
    level = made.level
    plain = [
        *counted_measurements(made.tally, question, level=level, seed=made.seed),
        *_endorsements(question, made.verdicts),
    ]
    yield from plain
    answers, design = made.answers, made.design
    if isinstance(answers, PublishedCounts) or design is None:
        yield from band_measurements(plain, made.sampling.clusters or 0, level=level)
        return
    if not made.sampling.plain:
        yield from design_measurements(answers, question, design, level=level, seed=made.seed)
    elif made.sampling.clusters:
        yield from band_measurements(plain, made.sampling.clusters, level=level)
    for grouping in made.groupings:
        under = None if made.sampling.plain else design
        yield from group_measurements(answers, question, grouping, under, level=level)


def _endorsements(question: Question, verdicts: tuple[RuleVerdict, ...]) -> Iterator[Measurement]:
    for verdict in verdicts:
        if verdict.question == question.name:
            yield Measurement(
                question=question.name,
                measure="endorsement",
                estimate=verdict.support,
                criterion=question.criterion,
                coding=verdict.coding,
                count=None if verdict.votes is None else float(verdict.votes),
            )
            yield from _standing(question, verdict)


def _standing(question: Question, verdict: RuleVerdict) -> Iterator[Measurement]:
    """Yield the margin of a verdict (where its rule has one threshold), and the verdict as 1 in, -1 out, 0 neither."""
    n, base, method = verdict.support.n, verdict.base, str(verdict.rule)
    signs = {"in": 1.0, "out": -1.0, "no consensus": 0.0}
    for measure, value in (("margin", verdict.margin), ("verdict", signs.get(verdict.outcome))):
        if value is not None:
            yield Measurement(
                question=question.name,
                measure=measure,
                estimate=Estimate(value=value, method=method, n=n, base=base),
                criterion=question.criterion,
                coding=verdict.coding,
            )
