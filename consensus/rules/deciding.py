"""What a rule makes of counts: each condition true, false or not known, and from these the outcome of each row."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from consensus.rules.ballots import SIDES, Counts
from consensus.rules.measures import Ratio, constant, ipras, measure, outside_region, unknown
from consensus.rules.on_scale import held
from consensus.rules.rule import QUANTILE_TYPE
from consensus.rules.terms import AGREE, DISAGREE, Compared, InGroups, Joined, Not, Term, Told, terms_of
from questionnaires.problems import ConsensusError

if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import NDArray

    from consensus.agreement.estimate import Coding
    from consensus.rules.rule import Outcome, Rule
    from consensus.rules.terms import Condition, Sum

    Truth = NDArray[np.int8]
    Codes = NDArray[np.int8]

OUTCOMES: tuple[Outcome, ...] = ("in", "out", "no consensus", "uncertain", "too few")
IN, OUT, NONE, UNCERTAIN, TOO_FEW = range(5)
NO, YES, UNKNOWN = np.int8(0), np.int8(1), np.int8(-1)
NINE = tuple(Fraction(point) for point in range(1, 10))
LARGE = 2**62


def outcomes(rule: Rule, counts: Counts, round: int | None = None) -> Codes:
    """Return the outcome of each row, as places in `OUTCOMES`.

    Raises ConsensusError for a rule that these counts can't be held against: groups that nobody knows, the RAND/UCLA
    method on another scale than 1 to 9 or with fewer than 8 people by its classic form. Agreement on ratings that take
    no side is that of `on_scale`.
    """
    rule = held(rule, counts.ballot)
    check(rule, counts)
    kind = rule.quantile or QUANTILE_TYPE
    unsided = not counts.ballot.scale and all(worth is None for worth in counts.ballot.worths)
    chosen = rule.choices if unsided else None
    accepted = holds(rule.accepts(round) if chosen is None else chosen, counts, kind)
    against = rule.rejects(round) if chosen is None else None
    rejected = np.zeros(len(counts), dtype=np.int8) if against is None else holds(against, counts, kind)
    made = np.full(len(counts), OUTCOMES.index(rule.otherwise), dtype=np.int8)
    made[(accepted == YES) & (rejected == NO)] = IN
    made[(rejected == YES) & (accepted == NO)] = OUT
    made[(accepted == YES) & (rejected == YES)] = NONE  # a tie where half suffices
    made[(accepted == UNKNOWN) | (rejected == UNKNOWN)] = UNCERTAIN
    if rule.doubt is not None:
        made[holds(rule.doubt, counts, kind) != NO] = UNCERTAIN
    judged = judged_size(rule, counts)
    return _with_quorum(rule, counts, judged, made)


def outcomes_of_votes(rule: Rule, votes: NDArray[np.int64], coding: Coding | None) -> Codes:
    """Return the outcome of each row of votes (yes, equivocal, no, opted out) under a coding.

    For rules on agreement: ratings are not in these numbers, so a rule that asks for them is uncertain.
    """
    return outcomes(rule, Counts(ballot=SIDES, votes=votes, coding=coding))


def outcome(rule: Rule, counts: Counts, round: int | None = None) -> Outcome:
    """Return the outcome of counts of one row."""
    return OUTCOMES[int(outcomes(rule, counts, round)[0])]


def judged_size(rule: Rule, counts: Counts) -> NDArray[np.int64]:
    """Return how many answers are judged: those of a side or a number, all that count where agreement is asked for."""
    options = {term.options for condition in held(rule, counts.ballot).conditions() for term in terms_of(condition)}
    sided = bool(options & {AGREE, DISAGREE}) and counts.coding != "drop"
    return counts.answered if sided else counts.committed


def _with_quorum(rule: Rule, counts: Counts, judged: NDArray[np.int64], made: Codes) -> Codes:
    quorum = rule.quorum
    few = judged == 0
    if quorum is not None and quorum.count is not None:
        few |= judged < quorum.count
    elif quorum is not None and quorum.share is not None:
        size = counts.size(quorum.base)
        if size is None:
            return np.where(few, TOO_FEW, UNCERTAIN).astype(np.int8)
        few |= judged * quorum.share.denominator < size * quorum.share.numerator
    return np.where(few, TOO_FEW, made).astype(np.int8)


def check(rule: Rule, counts: Counts) -> None:
    """Raise ConsensusError where a rule asks for what these counts don't have."""
    for by in rule.groupings:
        if by not in counts.groups:
            known = ", ".join(counts.groups) or "none"
            raise ConsensusError(f'the rule "{rule}": {by} is no column of groups here. Known are: {known}.')
    texts = " ".join(map(str, rule.conditions()))
    nine = [word for word in ("agreement(", "disagreement(", "di ", "outside ") if word in f"{texts} "]
    if nine and counts.ballot.scale != NINE:
        raise ConsensusError(
            f'the rule "{rule}": the RAND/UCLA method is made for ratings from 1 to 9, and its constants hold for no '
            "other scale."
        )


def holds(condition: Condition, counts: Counts, kind: int) -> Truth:
    """Return for each row whether a condition holds: 1, 0, or -1 where that is not known (Kleene's three values)."""
    if isinstance(condition, Compared):
        return _compared(condition, counts, kind)
    if isinstance(condition, Told):
        return _told(condition, counts, kind)
    if isinstance(condition, Not):
        inner = holds(condition.part, counts, kind)
        return np.where(inner == UNKNOWN, UNKNOWN, 1 - inner).astype(np.int8)
    if isinstance(condition, Joined):
        parts = np.stack([holds(part, counts, kind) for part in condition.parts])
        return _all(parts) if condition.word == "and" else _at_least(parts, 1)
    return _in_groups(condition, counts, kind)


def _in_groups(condition: InGroups, counts: Counts, kind: int) -> Truth:
    parts = counts.groups[condition.by]
    if not parts:
        return np.full(len(counts), UNKNOWN, dtype=np.int8)
    truths = np.stack([holds(condition.part, replace(part, over=counts.over), kind) for part in parts.values()])
    if condition.least == "each":
        return _all(truths)
    return _at_least(truths, 1 if isinstance(condition.least, str) else condition.least)


def _all(parts: NDArray[np.int8]) -> Truth:
    return np.where((parts == NO).any(axis=0), NO, np.where((parts == UNKNOWN).any(axis=0), UNKNOWN, YES))


def _at_least(parts: NDArray[np.int8], least: int) -> Truth:
    sure, may = (parts == YES).sum(axis=0), (parts != NO).sum(axis=0)
    return np.where(sure >= least, YES, np.where(may >= least, UNKNOWN, NO)).astype(np.int8)


def _compared(condition: Compared, counts: Counts, kind: int) -> Truth:
    left, right = _value(condition.left, counts, kind), _value(condition.right, counts, kind)
    limit = condition.right.constant
    if left.square is not None and limit is not None and limit >= 0:  # a root against a number: decided on the squares
        left, right = left.square, constant(limit * limit, len(counts))
    a, b = _crossed(left, right)
    known = left.known & right.known
    return np.where(known, _COMPARE[condition.comparison](a, b), UNKNOWN).astype(np.int8)


_COMPARE = {
    ">=": lambda a, b: a >= b,
    ">": lambda a, b: a > b,
    "<=": lambda a, b: a <= b,
    "<": lambda a, b: a < b,
    "=": lambda a, b: a == b,
}


def _crossed(left: Ratio, right: Ratio) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return two numbers that compare as the ratios do: whole where both are fractions, in any size."""
    if left.real or right.real:
        return left.above / np.maximum(left.below, 1), right.above / np.maximum(right.below, 1)
    sides = (left.above, right.below, right.above, left.below)
    tops = [int(np.abs(side).max(initial=1)) for side in sides]
    if max(tops[0] * tops[1], tops[2] * tops[3]) > LARGE:
        sides = tuple(side.astype(object) for side in sides)  # type: ignore[assignment]
    return sides[0] * sides[1], sides[2] * sides[3]


def _value(side: Sum, counts: Counts, kind: int) -> Ratio:
    fixed = side.constant
    if fixed is not None:
        return constant(fixed, len(counts))
    total: Ratio | None = None
    for sign, part in side.parts:
        value = measure(part, counts, kind) if isinstance(part, Term) else constant(part, len(counts))
        value = value if sign > 0 else value.times(Fraction(-1))
        total = value if total is None else total + value
    return unknown(len(counts)) if total is None else total


def _told(condition: Told, counts: Counts, kind: int) -> Truth:
    ratings = counts.ratings()
    n = ratings.sum(axis=1)
    if condition.way == "ipras":
        found, allowed = ipras(counts, kind)
        a, b = _crossed(found, allowed)
        return np.where(found.known, a > b, UNKNOWN).astype(np.int8)
    third = extreme_third(n)
    if condition.word == "agreement":
        told = outside_region(counts) < third
    else:
        told = (ratings[:, :3].sum(axis=1) >= third) & (ratings[:, 6:].sum(axis=1) >= third)
    return np.where(n >= 8, told, UNKNOWN).astype(np.int8)


def extreme_third(n: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return how many ratings at each end are disagreement: 3 for panels of 8-10, 4 for 11-13, 5 for 14-16.

    Developers' table as printed in BMC Med Inform Decis Mak 2012;12:93, Table 7; a third, rounded up, beyond it.
    """
    return np.where(n <= 16, (n + 1) // 3, -(-n // 3))
