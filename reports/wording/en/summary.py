"""Sentences of the summary."""

from __future__ import annotations

from collections.abc import Sequence

TITLE = "What was agreed"
NO_DEFINITION = "No definition follows: no criterion is supported by a majority."
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def word(number: int) -> str:
    """Return a small number as a word."""
    return NUMBERS[number] if number < len(NUMBERS) else f"{number:,}"


def first(accepted: int, criteria: int, rule: str) -> str:
    """Return the honest result, first of all."""
    if not criteria:
        return "No question of this survey speaks for or against a criterion."
    verb = "criterion is" if accepted <= 1 else "criteria are"
    head = "No criterion is" if not accepted else f"{word(accepted).capitalize()} of {word(criteria)} {verb}"
    return f"{head} accepted by consensus. The rule: {rule}"


def accepted(criterion: str, share: str) -> str:
    """Return a line on an accepted criterion."""
    return f"Accepted: {criterion} (supported by {share})."


def rejected(criterion: str, share: str) -> str:
    """Return a line on a criterion that is rejected by consensus."""
    return f"Rejected by consensus as a criterion: {criterion} (supported by {share} at most)."


def between(criterion: str, share: str) -> str:
    """Return a line on a criterion without consensus."""
    return f"No consensus: {criterion}" + (f" (supported by {share})." if share else ".")


def definition(terms: Sequence[str], fallback: bool) -> str:
    """Return the definition that follows."""
    listed = "; or ".join(term.rstrip(".") for term in terms)
    if fallback:
        return f"By a simple majority, which is less than the rule asks for, this definition follows: {listed}."
    return f"The definition that follows: {listed}."


def patients_title(patients: str, synthetic: bool) -> str:
    """Return the heading over the counts of patients."""
    return f"What the definitions say of {patients}" + (" (SYNTHETIC)" if synthetic else "")


def patients(title: str, met: str, unknown: str) -> str:
    """Return the counts of one definition."""
    return f"{title}: met by {met}; unknown in {unknown}."
