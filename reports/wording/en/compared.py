"""Sentences about definitions side by side, without any patient."""

from __future__ import annotations

TITLE = "The definitions side by side"
LEAD = "This needs no patient: it is what the definitions themselves ask for."
MATRIX_TITLE = "Which definition asks for which finding, and how often"
MATRIX_CAPTION = (
    "Each column is a definition, each row a finding. A cell says how often the finding must be there; below each column stands how many "
    "of its cells must hold. Yellow cells count sessions within a time, dark ones sessions in a row, light ones any one session."
)
COMBINED = {"any": "any one", "all": "all of them"}
OWN_THEN_OTHER = "Met by the proposal, so met by this one?"
OTHER_THEN_OWN = "Met by this one, so met by the proposal?"
ALWAYS = "yes, on courses of any length"
UNSETTLED = "not settled: no course was found on which they differ"
IMPLIED_NOTE = (
    "Courses of any length were followed as far as two definitions can still tell them apart, fully recorded. "
    "Where the two differ, the number is that of the sessions of the shortest such course."
)


def branch(title: str, choice: str) -> str:
    """Return the title of a definition, or of its branch for one choice."""
    return f"{title}: {choice}" if choice else title


def term(definition: str, finding: str, form: str) -> str:
    """Return one cell of the matrix in words."""
    return f"{definition}: {finding}, {form}."


def with_points(form: str, points: str) -> str:
    """Return a cell of a definition with points."""
    return f"{form} ({points})"


def from_points(points: str) -> str:
    """Return how the terms of a definition with points are combined."""
    return f"{points} points"


def at_least(number: str) -> str:
    """Return that so many of the terms must hold."""
    return f"{number} of them"


def implied_caption(own: str) -> str:
    """Return the caption of the table of implications."""
    return f"How the definition in definition.yaml relates to the others: {own}"


def differs(sessions: int, shown: str) -> str:
    """Return that there is a course on which two definitions differ."""
    return f"no: they differ on a course of {shown} session{'' if sessions == 1 else 's'}"
