"""What a round gives for each item: who is eligible, the numbers that the rule looks at, and the verdict."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from consensus.agreement.tally import ANSWERED, COUNTED, commits
from consensus.rules.ballots import Ballot, Counts
from consensus.rules.deciding import OUTCOMES, judged_size, outcomes
from consensus.rules.measures import Ratio, chosen, measure, quantile_of
from consensus.rules.on_scale import held
from consensus.rules.over_items import over_items
from consensus.rules.rule import QUANTILE_TYPE
from consensus.rules.terms import Options, Term, terms_of
from questionnaires.scales import steps_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from consensus.agreement.estimate import Coding
    from consensus.rounds.answers import Answer
    from consensus.rounds.items import Items
    from consensus.rounds.panel import Panel
    from consensus.rules.rule import Outcome, Rule
    from questionnaires.instrument import Instrument, Question

GROUP_COLUMNS = ("group", "stakeholder_group")
KINDS = (2, 6, 7)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class ItemResult:
    """One item in one round: its counts, the numbers told of it, the verdict and that under other quantile types.

    `numbers` are pairs of a name (median, q1, q3, iqr, count_7_9, share_7_9, ...) and a value, None where it can't be
    had; the quantiles are of the rule's type.
    """

    item: str
    name: str
    round: int
    eligible: int
    n: int
    counts: Counts
    numbers: tuple[tuple[str, float | int | None], ...]
    verdict: Outcome
    by_quantile: tuple[tuple[int, Outcome], ...] = ()

    def to_dict(self) -> dict[str, object]:
        """Return the result as `closed.json` has it."""
        row: dict[str, object] = {"round": self.round, "item": self.item, "name": self.name}
        row |= {"eligible": self.eligible, "n": self.n, **dict(self.numbers), "verdict": self.verdict}
        return row | {"verdict_by_quantile_type": {str(kind): outcome for kind, outcome in self.by_quantile}}

    def number(self, name: str) -> float | int | None:
        """Return one of its numbers; None where there is none."""
        return dict(self.numbers).get(name)


def ballot_of(question: Question, given: Iterable[str] = ()) -> Ballot:
    """Return the options of a question as a ballot; those of a number are its steps, else the numbers `given`."""
    if question.closed:
        scores = [choice.score if choice.missing is None else None for choice in question.choices]
        return Ballot(
            options=tuple(choice.name for choice in question.choices),
            worths=tuple(question.endorsement(choice) for choice in question.choices),
            points=tuple(None if score is None else Fraction(str(score)) for score in scores),
            commits=tuple(commits(question, choice) for choice in question.choices),
        )
    numbers = set(steps_of(question)) if question.type == "range" else set(_within(question)) | {g for g in given if g}
    points = sorted({Fraction(text) for text in numbers})
    return Ballot(
        options=tuple(f"{float(point):g}" for point in points),
        worths=(None,) * len(points),
        points=tuple(points),
        commits=(True,) * len(points),
    )


def _within(question: Question) -> list[str]:
    """Return the whole numbers that a question's constraint allows, where it says `. >= 1 and . <= 9`."""
    from questionnaires.forms.words import BETWEEN

    limits = BETWEEN.match(question.constraint or "")
    if limits is None or question.type != "integer":
        return []
    low, high = (int(float(text)) for text in limits.groups())
    return [str(number) for number in range(low, high + 1)] if high - low <= 100 else []


def counts_of(
    ballot: Ballot, answers: Mapping[str, Answer], panel: Panel, item: str, number: int, coding: Coding | None
) -> Counts:
    """Return the answers to an item as counts, those of the stakeholder groups too; the base `eligible` is known."""
    eligible = panel.eligible(item, number)
    groups: dict[str, dict[str, Counts]] = {}
    if panel.groups:
        parts = {
            group: _counts(ballot, answers, [p.id for p in eligible if p.group == group], coding)
            for group in panel.groups
        }
        there = {name: part for name, part in parts.items() if part.sizes["eligible"][0]}
        groups = dict.fromkeys(GROUP_COLUMNS, there)
    whole = _counts(ballot, answers, [person.id for person in eligible], coding)
    return Counts(ballot=ballot, votes=whole.votes, coding=coding, sizes=whole.sizes, groups=groups)


def _counts(ballot: Ballot, answers: Mapping[str, Answer], people: list[str], coding: Coding | None) -> Counts:
    row = np.zeros((1, len(ballot.options)), dtype=np.int64)
    places = {option: at for at, option in enumerate(ballot.options)}
    for person in people:
        answer = answers.get(person)
        if answer is not None and answer.kind in ANSWERED and answer.answer in places:
            row[0, places[answer.answer]] += 1
    size = np.array([len(people)], dtype=np.int64)
    return Counts(ballot=ballot, votes=row, coding=coding, sizes={"eligible": size, "invited": size, "asked": size})


def results_of(
    rule: Rule, answers: Sequence[Answer], panel: Panel, items: Items, instrument: Instrument, number: int,
    coding: Coding = "half",
) -> tuple[ItemResult, ...]:  # fmt: skip
    """Return the result of each item of a round, in the order in which they were asked.

    Raises ConsensusError where the rule can't be held against the items.
    """
    by_item: dict[str, dict[str, Answer]] = {}
    for answer in answers:
        by_item.setdefault(answer.item, {})[answer.panelist] = answer
    counted = dict[str, Counts]()
    for item in items.of_round(number):
        mine = by_item.get(item.item, {})
        given = [a.answer for a in mine.values() if a.kind in COUNTED]
        ballot = ballot_of(instrument.question(item.name), given)
        own = coding if any(worth == 0.5 for worth in ballot.worths) else None
        counted[item.item] = counts_of(ballot, mine, panel, item.item, number, own)
    over = over_items(rule, list(counted.values()))
    return tuple(
        _result(rule, item.item, item.name, number, Counts(
            ballot=c.ballot, votes=c.votes, coding=c.coding, sizes=c.sizes, groups=c.groups, over=over
        ))
        for item in items.of_round(number)
        for c in (counted[item.item],)
    )  # fmt: skip


def _result(written: Rule, item: str, name: str, number: int, counts: Counts) -> ItemResult:
    rule = held(written, counts.ballot)

    def verdict(judge: Rule) -> Outcome:
        return OUTCOMES[int(outcomes(judge, counts, number)[0])]

    return ItemResult(
        item=item,
        name=name,
        round=number,
        eligible=int(counts.sizes["eligible"][0]),
        n=int(judged_size(rule, counts)[0]),
        counts=counts,
        numbers=tuple(_numbers(rule, counts)),
        verdict=verdict(rule),
        by_quantile=tuple((kind, verdict(rule.with_quantile(kind))) for kind in KINDS) if rule.uses_quantiles else (),
    )


def _numbers(rule: Rule, counts: Counts) -> list[tuple[str, float | int | None]]:
    """Return the numbers that are told of an item: order statistics of ratings, and the shares that the rule names."""
    kind = rule.quantile or QUANTILE_TYPE
    told: list[tuple[str, float | int | None]] = []
    if counts.ballot.scale:
        told += [(name, value(measure(Term(measure=name), counts, kind))) for name in ("median", "mean", "sd")]
        told += [(name, value(quantile_of(counts, share, kind))) for name, share in _QUARTERS]
        told.append(("iqr", value(measure(Term(measure="iqr"), counts, kind))))
    for options in _named_options(rule, counts):
        votes, times = chosen(options, counts)
        label = str(options).replace("..", "_").replace(", ", "_")
        term = Term(measure="share", options=options)
        known = None if votes is None else float(votes[0]) / times
        told.append((f"count_{label}", None if known is None else int(known) if known.is_integer() else known))
        told.append((f"share_{label}", value(measure(term, counts, kind))))
    return told


_QUARTERS = (("q1", Fraction(1, 4)), ("q3", Fraction(3, 4)))


def _named_options(rule: Rule, counts: Counts) -> list[Options]:
    named = [
        t.options for c in rule.conditions() for t in terms_of(c) if t.measure == "share" and t.options is not None
    ]
    if counts.ballot.scale and [int(counts.ballot.scale[at]) for at in (0, -1)] == [1, 9]:
        named.append(Options(low=Fraction(7), high=Fraction(9)))
    return list(dict.fromkeys(named))


def value(ratio: Ratio) -> float | None:
    """Return the one value of a measure, None where it is not known."""
    return float(ratio.above[0] / ratio.below[0]) if ratio.known[0] else None
