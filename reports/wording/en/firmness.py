"""Sentences on how firm a verdict is: how many votes would have to move to change it."""

from __future__ import annotations

from collections.abc import Sequence

from reports.wording.en.survey import CODINGS, OUTCOMES, quoted

LEAD = "How firm this is, in votes that would have to move to change it:"
NONE = "No movement of votes from one answer to another could change this verdict."
SHORT_OF = {"in": "support it", "out": "are against it"}


def of_coding(coding: str | None) -> str:
    """Return the beginning of a sentence about one way to count equivocal answers."""
    how = CODINGS[coding]
    return "" if coding is None else f"{how[:1].upper()}{how[1:]}: "


def short(coding: str | None, outcome: str, side: str, share: str, threshold: str, moves: Sequence[str]) -> str:
    """Return how far the stronger side is from the rule; `side` is `in` (for) or `out` (against)."""
    begin = _begin(of_coding(coding) + OUTCOMES[outcome])
    return f"{begin}. {share} {SHORT_OF[side]}, short of {threshold} by {or_list(moves)}."


def changed(coding: str | None, outcome: str, moves: Sequence[str]) -> str:
    """Return how many votes would change a verdict of a rule that has no one threshold."""
    return f"{_begin(of_coding(coding) + OUTCOMES[outcome])}. This would change by {or_list(moves)}."


def undone(coding: str | None, outcome: str, share: str, moves: Sequence[str]) -> str:
    """Return how many votes would undo a verdict."""
    side = "support it" if outcome == "in" else "are against it"
    begin = _begin(of_coding(coding) + OUTCOMES[outcome])
    return f"{begin}, for {share} {side}. This would be undone by {or_list(moves)}."


def move(votes: str, origin: str, target: str) -> str:
    """Return a movement of votes."""
    return f"{votes} from {quoted(origin)} to {quoted(target)}"


def votes(number: int, shown: str) -> str:
    """Return a number of votes, `shown` as text."""
    return f"{shown} vote" if number == 1 else f"{shown} votes"


def or_list(parts: Sequence[str]) -> str:
    """Return alternatives: *a, b or c*."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} or {parts[-1]}"


def _begin(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
