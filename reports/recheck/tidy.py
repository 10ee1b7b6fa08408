"""answers_tidy.csv: the coded answers behind a report, one row a person and question, without anything personal."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from consensus.agreement.tally import COUNTED, commits, is_number, options_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from questionnaires.instrument import Choice, Question
    from questionnaires.responses import Responses

COLUMNS = ("person", "question", "kind", "option", "chosen", "score", "endorsement", "committed")
Row = tuple[object, ...]


def tidy_csv(answers: Responses) -> str:
    """Return the answers to all closed or numeric questions with a role as CSV.

    `person` is a running number. A question that allows several answers has a row an option, any other one row:
    `option` and whether it was `chosen`, the number that it stands for (`score`), how far it supports the criterion
    (`endorsement`), and whether the answer takes a side (`committed`). `kind` tells why there is none.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(tidy_rows(answers))
    return out.getvalue()


def tidy_rows(answers: Responses) -> Iterator[Row]:
    """Yield the rows of `answers_tidy.csv`, question by question."""
    for question in answers.instrument.questions:
        if question.role is not None and (question.closed or is_number(question)):
            yield from _of_question(answers, question)


def _of_question(answers: Responses, question: Question) -> Iterator[Row]:
    cells = zip(answers.values[question.name], map(str, answers.kinds[question.name]), strict=True)
    for person, (value, kind) in enumerate(cells, start=1):
        if not question.closed:
            number = value if isinstance(value, int | float) and kind in COUNTED else ""
            yield (person, question.name, kind, "", "", number, "", int(number != ""))
            continue
        given = options_of(value)
        side = kind in COUNTED and any(commits(question, question.choice(o)) for o in given)
        shown = question.choices if question.multiple else [question.choice(o) for o in given]
        for choice in shown:
            yield (person, question.name, kind, *_option(question, choice, choice.name in given), int(side))
        if not shown:
            yield (person, question.name, kind, "", "", "", "", 0)


def _option(question: Question, choice: Choice, chosen: bool) -> tuple[object, ...]:
    score = "" if choice.score is None else choice.score
    worth = question.endorsement(choice)
    return (choice.name, int(chosen), score, "" if worth is None else worth)
