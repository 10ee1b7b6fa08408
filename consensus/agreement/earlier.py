"""An earlier survey beside this one: the items that both asked, and how far the answers are apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from consensus.agreement.differences import difference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from consensus.agreement.agree import Agreement
    from consensus.agreement.estimate import Estimate
    from consensus.agreement.tally import QuestionTally
    from questionnaires.instrument import Choice, Question


@dataclass(frozen=True, kw_only=True, slots=True)
class SharedAnswer:
    """One answer of a shared item: `count` of `n` now, `their_count` of `their_n` then, both of those who answered.

    `difference` is the share now less the share then, with Newcombe's limits (method 10).
    """

    question: str
    option: str
    their_question: str
    their_option: str
    count: int
    n: int
    their_count: int
    their_n: int
    difference: Estimate


@dataclass(frozen=True, kw_only=True, slots=True)
class SharedItem:
    """One question that both surveys asked; `why` says why no answer of it can be compared, else it is empty."""

    question: str
    their_question: str
    answers: tuple[SharedAnswer, ...] = ()
    why: str = ""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Comparison:
    """The items that `now` and `then` share, in the order in which they are asked now."""

    now: Agreement
    then: Agreement
    items: tuple[SharedItem, ...]

    def __repr__(self) -> str:
        return f"Comparison({self.now.instrument.id!r} with {self.then.instrument.id!r}, {len(self.items)} items)"

    @property
    def answers(self) -> tuple[SharedAnswer, ...]:
        """All answers that were compared, in the order of the items."""
        return tuple(answer for item in self.items for answer in item.answers)

    @property
    def differing(self) -> tuple[SharedAnswer, ...]:
        """The answers whose difference has limits that leave out 0, each by itself."""
        return tuple(a for a in self.answers if (a.difference.low or 0) > 0 or (a.difference.high or 0) < 0)

    @property
    def compared(self) -> tuple[SharedAnswer, ...]:
        """The answers whose difference can be had."""
        return tuple(a for a in self.answers if a.difference.value is not None)

    def to_dict(self) -> dict[str, object]:
        """Return the comparison as `earlier` of `agree --json` has it: how many answers, how many differ, and each."""
        rows = self.to_frame().astype(object)
        return {
            "compared": len(self.compared),
            "differing": len(self.differing),
            "answers": rows.where(rows.notna(), None).to_dict("records"),
        }

    def to_frame(self) -> pd.DataFrame:
        """Return one row an answer: both counts and bases, the difference of the shares (-1 to 1) and its limits."""
        columns = ["question", "option", "their_question", "their_option", "count", "n", "their_count", "their_n"]
        rows = [
            [*(getattr(a, name) for name in columns), a.difference.value, a.difference.low, a.difference.high]
            for a in self.answers
        ]
        return pd.DataFrame(rows, columns=[*columns, "difference", "low", "high"])


def compare_surveys(now: Agreement, then: Agreement, *, level: float = 0.95) -> Comparison:
    """Return the items of `now` that are `same_as` one of `then`, answer by answer, as differences of shares.

    Answers are the same where their names are, or where each is the only one of its question that fully agrees. The
    people of the two surveys count as different ones. Limits: Newcombe 1998, Stat Med 17:873, method 10.
    """
    return Comparison(
        now=now,
        then=then,
        items=tuple(
            _item(now, then, question, theirs, level)
            for question in now.instrument.questions
            if (theirs := _counterpart(now, then, question)) is not None
        ),
    )


def _counterpart(now: Agreement, then: Agreement, question: Question) -> Question | None:
    """Return the item that `same_as` names; of two uses of one instrument, the item of the same name."""
    survey, _, name = (question.same_as or "").partition(":")
    if now.instrument.id == then.instrument.id and not question.same_as:
        survey, name = then.instrument.id, question.name
    if survey != then.instrument.id or not (question.closed and question.role):
        return None
    return next((q for q in then.instrument.questions if q.name == name), None)


def _item(now: Agreement, then: Agreement, question: Question, theirs: Question, level: float) -> SharedItem:
    counted, earlier = _tally(now, question), _tally(then, theirs)
    if counted is None or earlier is None:
        return SharedItem(question=question.name, their_question=theirs.name, why="nobody was asked this in one survey")
    answers = tuple(
        SharedAnswer(
            question=question.name,
            option=mine.name,
            their_question=theirs.name,
            their_option=other.name,
            count=count,
            n=counted.answered or 0,
            their_count=their_count,
            their_n=earlier.answered or 0,
            difference=difference((count, counted.answered or 0), (their_count, earlier.answered or 0), level=level),
        )
        for mine, other in _same_answers(question, theirs)
        if (count := _count(counted, mine)) is not None and (their_count := _count(earlier, other)) is not None
    )
    why = "" if answers else "no answer of it has a count in both surveys"
    return SharedItem(question=question.name, their_question=theirs.name, answers=answers, why=why)


def _tally(agreement: Agreement, question: Question) -> QuestionTally | None:
    try:
        return agreement.tally.question(question.name)
    except KeyError:
        return None


def _count(counted: QuestionTally, choice: Choice) -> int | None:
    """Return how many chose an answer; None also where the number is only what printed counts leave over."""
    found = next((o for o in counted.options if o.option == choice.name), None)
    return None if found is None or found.complement else found.count


def _same_answers(question: Question, theirs: Question) -> Iterator[tuple[Choice, Choice]]:
    by_name = {choice.name: choice for choice in theirs.choices}
    agreeing = [[c for c in q.choices if q.endorsement(c) == _full(q)] for q in (question, theirs)]
    for choice in question.choices:
        if choice.name in by_name:
            yield choice, by_name[choice.name]
        elif agreeing[0] == [choice] and len(agreeing[1]) == 1 and question.direction == theirs.direction:
            other = agreeing[1][0]
            if not any(c.name == other.name for c in question.choices):
                yield choice, other


def _full(question: Question) -> float:
    """Return what full agreement with the question's sentence is worth for its criterion."""
    return 0.0 if question.direction == "reject" else 1.0
