"""What is told of patients' own columns: entry and exclusion, definitions judged at baseline, and scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import reduce

from consensus.definitions.amount import Amount, to_millionths
from consensus.definitions.column import baseline_of
from consensus.definitions.condition import Condition
from consensus.definitions.definition import Definition, Points, ScoreClass
from consensus.definitions.expression import Expression, Holds, Not, findings_in
from consensus.definitions.finding import Always, Appears, Differs, Increases, OneOf, RisesBy, Test
from consensus.scoring.compiled.amounts import GRID, MANY_LOW, UNBOUNDED, limited, one_of, recorded
from consensus.scoring.compiled.facts import Column, Fact
from consensus.scoring.compiled.plan import Question, at_baseline, place_of, there_is
from consensus.scoring.compiled.verdicts import NONE, Came, PeopleHand, Verdicts

NUMERIC = ("integer", "number", "flag")


def patient_columns(definition: Definition, condition: Condition, readings: Mapping[str, str]) -> tuple[str, ...]:
    """Return the patients' columns that a definition looks at of itself, not for a session's finding."""
    names = [name for part in (definition.entry, definition.exclude) for name in findings_in(part)]
    if at_baseline(definition):
        names += [term.form.finding for term in definition.terms]
    found: list[str] = []
    if definition.is_score:
        assert isinstance(definition.logic, Points)
        found += [definition.logic.value] if definition.logic.value is not None else []
        own = definition.logic.at == "baseline"
        names += [t.form.finding for t in definition.terms if own or condition.finding(t.form.finding).at == "baseline"]
    for name in names:
        found += columns_at_baseline(condition.finding(name).test(readings), at=condition.finding(name).at)
    return tuple(dict.fromkeys(found))


def columns_at_baseline(test: Test, *, at: str) -> tuple[str, ...]:
    """Return the patients' columns by which a test is told before the first session."""
    if isinstance(test, Always):
        return ()
    if isinstance(test, Appears):
        return tuple(baseline_of(column) for column in test.columns)
    return (test.column if at == "baseline" else baseline_of(test.column),)


def told_at_baseline(name: str, condition: Condition, readings: Mapping[str, str], hand: PeopleHand) -> Fact:
    """Return what a finding says of the patient's columns."""
    finding = condition.finding(name)
    test, absent = finding.test(readings), finding.missing_rule(readings) == "absent"
    columns = columns_at_baseline(test, at=finding.at)
    if isinstance(test, Always):
        return Fact(hand.everyone(), hand.everyone())
    if isinstance(test, Appears):
        state = recorded([hand.at_patient(column) for column in columns])
        return Fact(state.sure, state.sure) if absent else state
    assert not isinstance(test, Increases | RisesBy | Differs)
    column = condition.column("patients", columns[0])
    if column.type in NUMERIC:
        now = hand.at_patient(column.name)
        if isinstance(test, OneOf):
            fact = one_of(now, [value for value in test.values if isinstance(value, Amount)])
        else:
            fact = limited(test, now)
        return fact.only_where(~now.missing) if absent else fact
    assert isinstance(test, OneOf)
    words = hand.words_at_patient(column.name)
    holds = hand.among_patients(words, column.name, tuple(str(value) for value in test.values))
    fact = Fact(holds & ~words.missing, holds | words.missing)
    fact = fact if words.silent is None else fact.open_where(words.silent)
    return fact.only_where(~words.missing) if absent else fact


def let_in(
    found: Verdicts, definition: Definition, condition: Condition, readings: Mapping[str, str], hand: PeopleHand
) -> Verdicts:
    """Return verdicts held against what must hold, and what must not, before the first session."""
    parts = []
    if definition.entry is not None:
        parts.append(_expression(definition.entry, condition, readings, hand))
    if definition.exclude is not None:
        parts.append(~_expression(definition.exclude, condition, readings, hand))
    for before in parts:
        met = found.met & before.sure
        found = replace(found, met=met, unknown=(found.met | found.unknown) & before.possible & ~met)
    return found


def _expression(expression: Expression, condition: Condition, readings: Mapping[str, str], hand: PeopleHand) -> Fact:
    match expression:
        case Holds():
            return told_at_baseline(expression.finding, condition, readings, hand)
        case Not():
            return ~_expression(expression.of, condition, readings, hand)
        case _:
            parts = [_expression(part, condition, readings, hand) for part in expression.of]
            counts = [
                reduce(lambda a, b: a + b, (hand.where(flag, 1, 0) for flag in flags))
                for flags in ([part.sure for part in parts], [part.possible for part in parts])
            ]
            return Fact(counts[0] >= expression.number, counts[1] >= expression.number)


def came_at_baseline(
    definition: Definition, condition: Condition, readings: Mapping[str, str], hand: PeopleHand
) -> tuple[Came, ...]:
    """Return the terms of a definition that is judged by the patient's columns alone."""
    facts = [told_at_baseline(term.form.finding, condition, readings, hand) for term in definition.terms]
    return tuple(Came(hand.where(fact.sure, 0, NONE), fact.possible) for fact in facts)


def scored(
    definition: Definition,
    condition: Condition,
    readings: Mapping[str, str],
    came: Mapping[Question, Came],
    hand: PeopleHand,
) -> Verdicts:
    """Return the points of a score with their two ends and its class where it is certain; it has no verdict."""
    logic = definition.logic
    assert isinstance(logic, Points)
    nobody = ~hand.everyone()
    if logic.value is not None:
        return _of_value(logic.value, logic.classes, hand)
    low = high = hand.where(nobody, 1, 0)
    for term in definition.terms:
        fact = _of_term(term.form.finding, logic.at, condition, readings, came, hand)
        points = to_millionths(term.points or Decimal(0), str(term.points))
        least, most = (fact.sure, fact.possible) if points > 0 else (fact.possible, fact.sure)
        low, high = low + hand.where(least, points, 0), high + hand.where(most, points, 0)
    return Verdicts(nobody, nobody, NONE, -1, low, high, nobody, nobody, _class(logic.classes, low, high, nobody, hand))


def _of_term(
    name: str,
    at: str,
    condition: Condition,
    readings: Mapping[str, str],
    came: Mapping[Question, Came],
    hand: PeopleHand,
) -> Fact:
    if at == "baseline" or condition.finding(name).at == "baseline":
        return told_at_baseline(name, condition, readings, hand)
    question = place_of(name, condition, readings)
    told, no_session = came[question], ~came[there_is(question.place)].possible
    return Fact(told.stamp < NONE, told.possible | no_session)


def _of_value(column: str, classes: Sequence[ScoreClass], hand: PeopleHand) -> Verdicts:
    """Return the value of a column as points; an open end counts as the number that it stands beside."""
    now, nobody = hand.at_patient(column), ~hand.everyone()
    # what was not counted has no points, and stands in the class that has no upper end
    none, unbounded = now.missing | (now.low == MANY_LOW), now.high >= UNBOUNDED
    low, high = now.low // GRID, (now.high + 1) // GRID
    found = _class(classes, low, high, unbounded, hand)
    return Verdicts(nobody, nobody, NONE, -1, low, high, unbounded, none, hand.where(now.missing, -1, found))


def _class(classes: Sequence[ScoreClass], low: Column, high: Column, unbounded: Column, hand: PeopleHand) -> Column:
    found: Column = hand.where(unbounded & ~unbounded, 0, -1)
    for at in reversed(range(len(classes))):
        one = classes[at]
        holds = _holds(one, low, hand) & ((_holds(one, high, hand) & ~unbounded) | (unbounded & _open_above(one, hand)))
        found = hand.where(holds, at, found)
    return found


def _open_above(one: ScoreClass, hand: PeopleHand) -> Column:
    return hand.everyone() if one.high is None else ~hand.everyone()


def _holds(one: ScoreClass, points: Column, hand: PeopleHand) -> Column:
    flags = [hand.everyone()]
    if one.low is not None:
        low = to_millionths(one.low, str(one.low))
        flags.append(points > low if one.low_open else points >= low)
    if one.high is not None:
        high = to_millionths(one.high, str(one.high))
        flags.append(points < high if one.high_open else points <= high)
    return reduce(lambda a, b: a & b, flags)


__all__ = ["came_at_baseline", "let_in", "patient_columns", "scored", "told_at_baseline"]
