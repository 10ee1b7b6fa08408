"""The points of an ordered scale in their order, with how many chose each, also those that nobody chose."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from consensus.agreement.tally import QuestionTally, Tally
    from questionnaires.instrument import Question

MOST_POINTS = 21


def scale_of(question: Question) -> tuple[float, ...]:
    """Return the scale's points in order: scores of options, or the steps of a range; empty where there is no scale."""
    if question.closed:
        if question.multiple:
            return ()
        return tuple(sorted({c.score for c in question.choices if c.score is not None and c.missing is None}))
    if question.type != "range":
        return ()
    told = dict(part.split("=", 1) for part in question.parameters.split() if "=" in part)
    try:
        start, end, step = (float(told[k]) for k in ("start", "end", "step"))
    except (KeyError, ValueError):
        return ()
    points = round((end - start) / step) + 1 if step > 0 else 0
    return tuple(start + i * step for i in range(points)) if 2 <= points <= MOST_POINTS else ()


def counts_on(scale: tuple[float, ...], counted: QuestionTally) -> tuple[int, ...]:
    """Return how many chose each point of a scale."""
    given = dict(counted.scores)
    return tuple(given.get(point, 0) for point in scale)


def middle_counts(tally: Tally, question: Question) -> tuple[int, int, int] | None:
    """Return votes against, equivocal and for a criterion as three points in order; None without equivocal answers."""
    if question.multiple or not any(question.endorsement(c) == 0.5 for c in question.choices):
        return None
    votes = tally.votes(question.name)
    return None if votes is None else (votes.no, votes.equivocal, votes.yes)
