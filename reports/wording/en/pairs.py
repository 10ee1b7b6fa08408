"""Sentences about which criteria the same people support more than others."""

from __future__ import annotations

TITLE = "Which criteria are supported more than others"
CAPTION = "Each criterion beside the next one below it, among people who answered all of them"
NEXT = "Next below"
DIFFERENCE = "Difference in full support (points)"
P, HOLM = "p", "p, adjusted for all pairs (Holm)"
NO_TEST = "no test"
METHODS = {
    "cochran q": "Cochran's Q test",
    "wald f": "Wald's F test under the design",
    "mcnemar, mid-p": "McNemar's mid-p test",
    "paired t": "a t test of the paired difference under the design",
}


def lead(people: str, criteria: str) -> str:
    """Return whom the comparison is of."""
    return f"{people} people answered all {criteria} criteria, so each difference below is within the same people; full support counts as yes."


def overall(method: str, p: str, differ: bool) -> str:
    """Return whether all are supported alike."""
    if differ:
        return f"They do not support all of them alike ({METHODS[method]}, p {p})."
    return f"This does not show that they support some more than others ({METHODS[method]}, p {p})."


def counted(apart: str, pairs: str, method: str) -> str:
    """Return how many pairs differ."""
    return f"Of {pairs} pairs, {apart} differ at the 5% level after adjustment for all pairs ({METHODS[method]}, Holm)."


def left_out(criteria: list[str]) -> str:
    """Return which criteria are not compared."""
    return f"Not compared, since fewer than half of the people answered: {', '.join(criteria)}."
