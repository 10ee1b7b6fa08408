"""The truth behind made-up answers: how likely each option of each question is, given or drawn."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping

from questionnaires.instrument import Instrument, Question
from questionnaires.problems import ConsensusError, did_you_mean, one_of
from questionnaires.scales import steps_of

Shares = dict[str, float]
CONSENTING, ATTENTIVE, OPTING_OUT = 0.98, 0.95, 0.04


def options_of(question: Question) -> tuple[str, ...]:
    """Return what can be chosen: the options, the numbers of a range, none for questions that are open."""
    if question.type == "range":
        return steps_of(question)
    return tuple(choice.name for choice in question.choices)


def truth_of(
    instrument: Instrument, given: Mapping[str, Mapping[str, float]], chance: random.Random
) -> dict[str, Shares]:
    """Return the share of each option of each question that has options: as given, else drawn.

    Shares of one answer sum to 1; those of several answers are each option's own; those of a rank are weights.
    Raises ConsensusError for questions and options that are not there, and for shares that can't be.
    """
    for name in given:
        if all(question.name != name for question in instrument.questions):
            known = [question.name for question in instrument.questions]
            raise ConsensusError(f'truth: "{name}" is not a question. {did_you_mean(name, known)}'.rstrip())
    expected = dict(instrument.attention)
    return {
        question.name: _given(question, given[question.name])
        if question.name in given
        else _drawn(question, expected.get(question.name), chance)
        for question in instrument.questions
        if options_of(question)
    }


def _given(question: Question, shares: Mapping[str, float]) -> Shares:
    options = options_of(question)
    for option, share in shares.items():
        if option not in options:
            hint = did_you_mean(option, options)
            raise ConsensusError(
                f'truth, {question.name}: "{option}" is not an option. Expected {one_of(options)}. {hint}'.rstrip()
            )
        if not 0 <= share <= 1:
            raise ConsensusError(f"truth, {question.name}: the share of {option} is {share}. Expected 0 to 1.")
    total = sum(shares.values())
    if question.multiple:
        return {option: shares.get(option, 0.0) for option in options}
    if total > 1 + 1e-9 or (total < 1 - 1e-9 and len(shares) == len(options)):
        raise ConsensusError(f"truth, {question.name}: the shares sum to {total:g}. Expected 1.")
    rest = [option for option in options if option not in shares]
    return {option: shares.get(option, (1 - total) / max(len(rest), 1)) for option in options}


def _drawn(question: Question, expected: str | None, chance: random.Random) -> Shares:
    options = options_of(question)
    if expected in options and len(options) > 1:
        rest = (1 - ATTENTIVE) / (len(options) - 1)
        return {option: ATTENTIVE if option == expected else rest for option in options}
    if question.role == "consent" and len(options) > 1:
        rest = (1 - CONSENTING) / (len(options) - 1)
        return {option: rest if at else CONSENTING for at, option in enumerate(options)}
    if question.multiple:
        return {option: round(chance.uniform(0.1, 0.7), 3) for option in options}
    if question.type == "range":
        middle, spread = chance.uniform(0.25, 0.9) * (len(options) - 1), max(len(options) / 6, 0.5)
        weights = {o: math.exp(-(((at - middle) / spread) ** 2) / 2) for at, o in enumerate(options)}
    else:
        weights = {option: chance.gammavariate(1.5, 1) + 0.05 for option in options}
    return _with_opt_outs(question, weights)


def _with_opt_outs(question: Question, weights: Shares) -> Shares:
    """Scale weights to shares in which the options that stand for a missing answer are rare."""
    opting_out = [choice.name for choice in question.choices if choice.missing]
    total = sum(weight for option, weight in weights.items() if option not in opting_out)
    left = 1 - OPTING_OUT * len(opting_out) if total else 0.0
    if not total:
        return {option: 1 / len(weights) for option in weights}
    return {o: OPTING_OUT if o in opting_out else weight / total * left for o, weight in weights.items()}
