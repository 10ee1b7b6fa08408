"""Sentences about answers that part into for and against, and about ratings."""

from __future__ import annotations

from collections.abc import Sequence

LEVELS = {
    "against": "against it",
    "equivocal": "equivocal",
    "for": "for it",
    "rest": "other answers, not broken down",
    "opted_out": "took no side",
}
SIDES_TITLE = "How the answers part"
RATINGS_TITLE = "Ratings"
RATING_HEADERS = ("Item", "n", "Median", "Lower quartile", "Upper quartile", "Mean", "95% interval of the mean")
AXIS = "Share of those who answered"
CAPTION = (
    "Bars part at the middle of the scale: left of the line against, right of it for. Bold numbers are the totals of both sides; the "
    "middle answer, split by the line, is in neither."
)
RATINGS_CAPTION = (
    "Bars part at the middle of the scale: left of the line the ratings below it, right of it those above. Bold numbers are the totals of "
    "both sides; the middle rating, split by the line, is in neither. The highest mean stands first."
)
ASIDE_CAPTION = " Dotted bars at the right are answers that are no part of the scale; they count in the base."


def row(label: str, parts: Sequence[tuple[str, str]]) -> str:
    """Return one row of the figure in words: (level, share)."""
    return f"{label}: {', '.join(f'{level} {share}' for level, share in parts)}."
