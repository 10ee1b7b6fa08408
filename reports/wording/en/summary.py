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


def accepted(criterion: str, support: str) -> str:
    """Return a line on an accepted criterion."""
    return f"Accepted: {criterion}. Supported by {support}."


def rejected(criterion: str, support: str) -> str:
    """Return a line on a criterion that is rejected by consensus."""
    return f"Rejected by consensus as a criterion: {criterion}. Supported by {support}."


def between(criterion: str, support: str) -> str:
    """Return a line on a criterion without consensus."""
    return f"No consensus: {criterion}." + (f" Supported by {support}." if support else "")


def depending(support: str, coding: str, low: str, high: str) -> str:
    """Return the support under the study's coding, and its range over all codings."""
    return f"{support} with {coding}; between {low} and {high}, depending on how equivocal answers count"


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
