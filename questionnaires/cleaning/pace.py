"""How people went through the form: too fast, or with one answer to everything."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from questionnaires.instrument import Question
    from questionnaires.responses import Responses

_KNOWN_TIMES = 10
_THIRD = 1 / 3
_SECONDS_AN_ANSWER = 2
_BLOCK = 5
_SCALES = ("select_one", "range", "integer")


def speeding(answers: Responses) -> Iterator[tuple[int, str]]:
    """Yield records that took less than a third of the median time, or under two seconds an answer."""
    seconds = answers.records["seconds"].to_numpy(dtype=float)
    known = np.isfinite(seconds) & (seconds >= 0)
    if known.sum() < _KNOWN_TIMES:
        return
    median = float(np.median(seconds[known]))
    answered = (answers.kinds == "answered").sum(axis=1).to_numpy()
    fast = known & (answered > 0) & ((seconds < _THIRD * median) | (seconds < _SECONDS_AN_ANSWER * answered))
    for record in np.flatnonzero(fast):
        got = f"took {seconds[record]:g} seconds for {answered[record]} answers; half of all took {median:g} or more"
        yield int(record), got


def straight_lining(answers: Responses) -> Iterator[tuple[int, str, str]]:
    """Yield record, first question and sentence for each block of one scale that got one answer throughout."""
    for block in _blocks(answers):
        names = [q.name for q in block]
        given = (answers.kinds[names] == "answered").all(axis=1)
        first, *others = (answers.values[name].tolist() for name in names)
        for record in np.flatnonzero(given.to_numpy()).tolist():
            if all(other[record] == first[record] for other in others):
                got = f"gave the answer {first[record]} to all {len(names)} questions from {names[0]} to {names[-1]}"
                yield record, names[0], got


def _blocks(answers: Responses) -> Iterator[list[Question]]:
    """Yield at least five questions that stand together and have the same options."""
    for scale, questions in groupby(answers.instrument.questions, _scale):
        block = [q for q in questions if answers.matched.of(q.name)]
        if scale and len(block) >= _BLOCK:
            yield block


def _scale(question: Question) -> tuple[object, ...]:
    if question.type not in _SCALES or question.role in ("demographic", "cluster", "stratum", "weight", "parameter"):
        return ()
    if question.type == "integer" and question.role != "rating":
        return ()
    return question.type, question.parameters, tuple(choice.name for choice in question.choices)
