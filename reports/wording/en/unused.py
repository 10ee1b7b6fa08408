"""Sentences about definitions of the library that courses were not judged by."""

from __future__ import annotations

TITLE = "Definitions that were not applied"
CAPTION = "Definitions and scores of the library that these patients were not judged by, and why"
WHY = "Why not"
HEAD = "Not used, and why"
TO_ADD = "Add one with --definition ID, the scores with --scores."
REASONS = {
    "recalled": "off: its text is recalled, not read in print",
    "sessions": "counts sessions, and there are none",
    "off": "off by default: consensus definitions show {id} says why",
    "unsuitability": "says who is unsuitable before treatment, not who has failed",
    "predictor": "predicts failure and is no definition of it",
    "score": "a score: gives classes and no verdict",
    "named": "not among the definitions that the study names",
}


def reason(why: str, identifier: str) -> str:
    """Return why a definition was not used though the columns are there."""
    return REASONS[why].format(id=identifier)


def lacks(columns: list[str]) -> str:
    """Return the columns that are missing; one of several that suffice stands as *a or b*."""
    return f"missing column{'' if len(columns) == 1 else 's'}: {', '.join(columns)}"


def one_of(columns: list[str]) -> str:
    """Return columns one of which suffices."""
    return " or ".join(columns)
