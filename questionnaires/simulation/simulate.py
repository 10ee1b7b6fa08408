"""Answers of people who do not exist, by an instrument's own routing and constraints."""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from questionnaires.instrument import Instrument, Question
from questionnaires.problems import ConsensusError
from questionnaires.routing import Expression, ExpressionError, parse_expression
from questionnaires.simulation.truth import Shares, truth_of

if TYPE_CHECKING:
    import pandas as pd

METADATA = frozenset({"note", "start", "end", "today", "deviceid", "username", "audit", "hidden"})
PEOPLE_A_HOSPITAL = 1.4
FIRST_DAY = dt.date(2026, 1, 5)
TRIES = 500
LIMIT = re.compile(r"\.\s*(>=|<=|>|<|=)\s*(-?\d+(?:\.\d+)?)")
AMOUNTS = (0.0, 100.0)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Simulated:
    """Made-up answers: `values` and `kinds` as in `Responses`, a row a person, and the `truth` they were drawn from.

    `truth` has the columns question, option, share, a row for each option: the probability that somebody who is asked
    and answers gives it (of several answers each option's own; of a rank the weight of its place).
    """

    instrument: Instrument
    values: pd.DataFrame
    kinds: pd.DataFrame
    truth: pd.DataFrame
    seed: int

    def __repr__(self) -> str:
        return f"Simulated({self.instrument.id!r}, {len(self.values)} SYNTHETIC people, seed {self.seed})"


def simulate(
    instrument: Instrument,
    n: int,
    seed: int,
    *,
    truth: Mapping[str, Mapping[str, float]] | None = None,
    blank: float = 0.03,
    stopped: float = 0.0,
) -> Simulated:
    """Draw answers of `n` people; the same arguments give the same answers.

    `truth` holds shares of options by question; what it leaves out is drawn. A question that is not required is left
    blank with probability `blank`; a person stops for good, at any question, with probability `stopped`. Answers to
    different questions are independent but for the routing. Raises ConsensusError where the truth or a number can't
    be, or where no answer that a constraint allows is found.
    """
    import pandas as pd

    if n < 1 or not 0 <= blank <= 1 or not 0 <= stopped <= 1:
        raise ConsensusError("simulate: expected at least one person, and shares from 0 to 1.")
    chance = random.Random(seed)
    shares = truth_of(instrument, truth or {}, chance)
    asked = [_Asked(instrument, question) for question in instrument.questions]
    people = [_person(asked, shares, chance, number, n, (blank, stopped)) for number in range(1, n + 1)]
    names = [question.name for question in instrument.questions]
    rows = [(question, option, share) for question, of in shares.items() for option, share in of.items()]
    return Simulated(
        instrument=instrument,
        values=pd.DataFrame({k: pd.Series([p[0][k] for p in people], dtype=object) for k in names}),
        kinds=pd.DataFrame({k: pd.Series([p[1][k] for p in people], dtype=object) for k in names}),
        truth=pd.DataFrame(rows, columns=["question", "option", "share"]),
        seed=seed,
    )


class _Asked:
    """A question with its conditions, read once for all people."""

    def __init__(self, instrument: Instrument, question: Question) -> None:
        self.question = question
        self.relevant = _read(instrument.asked_if(question))
        self.constraint = _read(question.constraint)
        self.calculation = _read(question.calculation)


def _read(text: str | None) -> Expression | None:
    """Return an expression; None also where it can't be evaluated here, so that the question is asked of all."""
    try:
        return parse_expression(text) if text else None
    except ExpressionError:
        return None


def _person(
    asked: list[_Asked],
    shares: dict[str, Shares],
    chance: random.Random,
    number: int,
    n: int,
    lost: tuple[float, float],
) -> tuple[dict[str, object], dict[str, str]]:
    blank, stopped = lost
    values, kinds = dict[str, object](), dict[str, str]()
    last = chance.randrange(1, len(asked)) if len(asked) > 1 and chance.random() < stopped else len(asked)
    for at, one in enumerate(asked):
        question, name = one.question, one.question.name
        values[name], kinds[name] = None, "not_shown"
        if one.relevant is not None and not one.relevant.holds(values):
            continue
        if question.type in METADATA:
            continue
        if question.type == "calculate":
            values[name] = one.calculation.value(values) if one.calculation is not None else None
            kinds[name] = "answered" if values[name] not in (None, "") else "blank"
        elif at >= last:
            kinds[name] = "not_reached"
        elif not question.required and chance.random() < blank:
            kinds[name] = "blank"
        else:
            values[name] = _answer(one, shares.get(name, {}), values, chance, (number, n))
            kinds[name] = _kind(question, values[name])
    return values, kinds


def _kind(question: Question, answer: object) -> str:
    missing = {choice.name: choice.missing for choice in question.choices if choice.missing}
    alone = answer[0] if isinstance(answer, tuple) and len(answer) == 1 else answer
    return missing.get(alone, "answered") if isinstance(alone, str) else "answered"


def _answer(
    one: _Asked, shares: Shares, values: Mapping[str, object], chance: random.Random, who: tuple[int, int]
) -> object:
    """Draw answers until one keeps the constraint; ConsensusError where none does."""
    for _ in range(TRIES):
        answer = _draw(one.question, shares, chance, who)
        if one.constraint is None or one.constraint.holds(values, answer):
            return answer
    raise ConsensusError(
        f"{one.question.name}: no answer was found that keeps the constraint {one.question.constraint}."
    )


def _draw(question: Question, shares: Shares, chance: random.Random, who: tuple[int, int]) -> object:
    if question.type == "rank":
        return _ranked(shares, chance)
    if question.multiple:
        return _several(question, shares, chance)
    if shares:
        option = chance.choices(list(shares), weights=list(shares.values()))[0]
        return _number(option) if question.type == "range" else option
    return _open(question, chance, who)


def _number(written: str) -> int | float:
    number = float(written)
    return int(number) if number.is_integer() else number


def _ranked(shares: Shares, chance: random.Random) -> tuple[str, ...]:
    left, order = dict(shares), list[str]()
    while left:
        order.append(chance.choices(list(left), weights=[weight + 1e-9 for weight in left.values()])[0])
        del left[order[-1]]
    return tuple(order)


def _several(question: Question, shares: Shares, chance: random.Random) -> tuple[str, ...]:
    """Draw each option by itself, at least one; an option that stands for a missing answer stands alone."""
    alone = [choice.name for choice in question.choices if choice.missing]
    for option in alone:
        if chance.random() < shares[option]:
            return (option,)
    several = [option for option in shares if option not in alone]
    drawn = tuple(option for option in several if chance.random() < shares[option])
    return drawn or tuple(chance.choices(several or alone, k=1))


def _open(question: Question, chance: random.Random, who: tuple[int, int]) -> object:
    number, n = who
    day = FIRST_DAY + dt.timedelta(days=chance.randrange(180))
    if question.type in ("integer", "decimal"):
        low, high = _limits(question.constraint or "")
        return (
            chance.randint(int(low), int(high)) if question.type == "integer" else round(chance.uniform(low, high), 1)
        )
    if question.type == "date":
        return day.isoformat()
    if question.type == "dateTime":
        return f"{day.isoformat()}T{chance.randrange(8, 20):02d}:30:00"
    if question.type == "time":
        return f"{chance.randrange(8, 20):02d}:30:00"
    if question.role == "respondent":
        return f"SYN{number:0{max(3, len(str(n)))}d}"
    if question.role == "cluster":
        return f"Hospital {chance.randrange(max(1, round(n / PEOPLE_A_HOSPITAL))) + 1:03d} (SYNTHETIC)"
    return f"SYNTHETIC text {number}"


def _limits(constraint: str) -> tuple[float, float]:
    """Return a range to draw from, near what a constraint allows."""
    low, high = None, None
    for operator, written in LIMIT.findall(constraint):
        number = float(written)
        if operator[0] == "<":
            high = number
        else:
            low = number
            high = number if operator == "=" else high
    if low is None:
        low = AMOUNTS[0] if high is None or high > 0 else high - 100
    return low, max(low, low + AMOUNTS[1] if high is None else high)
