"""Sentences about treatments and about answers that were chosen together."""

from __future__ import annotations

from collections.abc import Sequence

CAPTION = "Questions on treatment and their answers"
TOGETHER_COUNT = "People who chose exactly these"
TOGETHER_SIZES = "People who chose it at all"


def together_title(question: str) -> str:
    """Return the title of a figure of combinations."""
    return f"Chosen together: {question}"


def together_caption(n: str, condition: str, rest: str) -> str:
    """Return of whom a figure of combinations is; `rest` have a combination that is not shown, empty for none."""
    asked = f" It was asked only of those who had answered {condition}." if condition else ""
    left = f" Another {rest} chose rarer combinations, which are not shown." if rest else ""
    return f"Each column is one combination of answers, its bar how many of the {n} who answered chose exactly that.{asked}{left}"


def combination(answers: Sequence[str], share: str) -> str:
    """Return one combination in words."""
    return f"{' and '.join(answers) if answers else 'none of these'}: {share}."
