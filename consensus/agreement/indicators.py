"""Answers as numbers, one row a respondent: a column an option (1 chosen, 0 not), or how far a criterion is endorsed.

NaN stands where a row is not counted in the base: not asked, left blank, or, in the base `committed`, without a side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from consensus.agreement.tally import ANSWERED, COUNTED, NOT_ASKED, commits, options_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from consensus.agreement.estimate import Base, Coding
    from questionnaires.instrument import Question
    from questionnaires.responses import Responses

COUNTED_KINDS = sorted(COUNTED)
WORTH: dict[Coding | None, float] = {"as_no": 0.0, "half": 0.5, "as_yes": 1.0, None: 0.0, "middle": 0.5}


def chosen(answers: Responses, question: Question, base: Base = "answered") -> NDArray[np.float64]:
    """Return rows x options of a closed question: 1 where the option was chosen, 0 where not, NaN out of the base."""
    place = {choice.name: at for at, choice in enumerate(question.choices)}
    table = np.zeros((len(answers.values), len(place)))
    for row, answer in enumerate(answers.values[question.name]):
        for option in options_of(answer):
            table[row, place[option]] = 1.0
    table[~in_base(answers, question, base)] = np.nan
    return table


def in_base(answers: Responses, question: Question, base: Base = "answered") -> NDArray[np.bool_]:
    """Return which rows a base holds; `invited` and `eligible` hold all that there are."""
    kinds = answers.kinds[question.name]
    if base in ("invited", "eligible"):
        return np.ones(len(kinds), dtype=bool)
    if base == "asked":
        return ~np.asarray(kinds.isin(sorted(NOT_ASKED)), dtype=bool)
    if base == "answered":
        return np.asarray(kinds.isin(sorted(ANSWERED)), dtype=bool)
    sided = {c.name for c in question.choices if commits(question, c)}
    counted = np.asarray(kinds.isin(sorted(COUNTED)), dtype=bool)
    if not question.closed:
        return counted
    takes_side = [not sided.isdisjoint(options_of(v)) for v in answers.values[question.name]]
    return np.asarray(counted & np.array(takes_side, dtype=bool))


def endorsed(answers: Responses, question: Question, coding: Coding | None = None) -> NDArray[np.float64]:
    """Return how far each row supports the question's criterion: 1, 0, equivocal answers by `coding`.

    With None equivocal answers are 0.5; with `drop` they are NaN, as are opted-out ones, which otherwise count 0.
    """
    worth = {choice.name: question.endorsement(choice) for choice in question.choices}
    given = [worth.get(v, np.nan) if isinstance(v, str) else np.nan for v in answers.values[question.name]]
    found = np.array([np.nan if w is None else w for w in given], dtype=float)
    there = in_base(answers, question)
    if coding == "drop":
        found[found == 0.5] = np.nan
        return np.where(there, found, np.nan)
    if coding is not None:
        found[found == 0.5] = WORTH[coding]
    return np.where(there, np.nan_to_num(found, nan=0.0), np.nan)


def numbers_given(answers: Responses, question: Question) -> NDArray[np.float64]:
    """Return the number that each row's answer stands for, NaN where it stands for none."""
    if question.closed:
        scores = {c.name: c.score for c in question.choices if c.score is not None}
        values = [scores.get(v, np.nan) if isinstance(v, str) else np.nan for v in answers.values[question.name]]
    else:
        values = [v if isinstance(v, int | float) else np.nan for v in answers.values[question.name]]
    counted = np.asarray(answers.kinds[question.name].isin(sorted(COUNTED)), dtype=bool)
    return np.where(counted, np.array(values, dtype=float), np.nan)
