"""Sentences about the way of respondents into the analysis and about who they are."""

from __future__ import annotations

from collections.abc import Sequence

FLOW_TITLE = "The way of the answers into the analysis"
FLOW_CAPTION = (
    "Boxes with a solid frame are who is left after each step, those with a dashed frame who was left out, and why."
)
STEPS = {
    "invited": "{number} invited",
    "not_returned": "{number} did not answer",
    "read": "{number} answered",
    "corrected": "{number} after corrections",
    "analyzed": "{number} analyzed",
}
WHY = {"test entry": "test entry", "repeat": "sent the form again", "no reason given": "no reason given"}
PEOPLE_TITLE = "Who answered"
PEOPLE_CAPTION = "People by their own statements. Percentages are of those who answered the question."
AXIS = "Share of those who answered"
OTHERS = "all others"


def excluded(number: str, why: str) -> str:
    """Return who was left out, and why."""
    return f"{number} left out: {why}"


def not_eligible(number: str, conditions: Sequence[str], unknown: str) -> str:
    """Return who is not eligible; `unknown` of them because an answer is missing, empty for none."""
    missing = f", of them {unknown} because the answer is missing" if unknown else ""
    return f"{number} not eligible (analyzed: {' and '.join(conditions)}{missing})"


def between(low: float, high: float) -> str:
    """Return a class of numbers."""
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"


def row(question: str, answer: str, share: str) -> str:
    """Return one bar in words."""
    return f"{question} {answer}: {share}."


def ended(text: str) -> str:
    """Return a text as a sentence."""
    return f"{text}."
