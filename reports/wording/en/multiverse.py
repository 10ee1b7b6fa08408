"""Sentences about verdicts under other rules."""

from __future__ import annotations

from collections.abc import Sequence

ROBUST = {
    "robustly in": "robustly in",
    "robustly out": "robustly out",
    "robustly open": "robustly open",
    "fragile": "fragile",
}
MULTIVERSE = "The verdicts under other rules"
MULTIVERSE_LEAD = (
    "Each statement's last answers were held against every published rule that fits them, with every base and three types of quantiles. "
    "Robust means the same under all rules that can say so; rules that hold statements against each other are shown, but decide nothing here."
)
MULTIVERSE_LEAD_SURVEY = (
    "Each criterion's answers were held against every published rule that fits them, under every way to count equivocal answers and with every base. "
    "Robust means the same under all rules that can say so; rules that hold criteria against each other are shown, but decide nothing here."
)
MULTIVERSE_TITLE = "Verdicts by rule"
MULTIVERSE_CAPTION = "One row a statement, one column a rule with its usual base and type of quantiles; the study's own rule stands first."
MULTIVERSE_CAPTION_SURVEY = (
    "One row a criterion, one column a rule with its usual base; the study's own rule stands first."
)
MULTIVERSE_HEADERS_SURVEY = (
    "Criterion", "Robustness", "Accepted", "Rejected", "No consensus", "Uncertain", "Too few", "Rules that alone turn it",
)  # fmt: skip
MULTIVERSE_HEADERS = (
    "Item",
    "Robustness",
    "In",
    "Out",
    "No consensus",
    "Uncertain",
    "Too few",
    "Rules that alone turn it",
)
LIST = ", "
MULTIVERSE_TABLE = "How often each verdict comes out, over all rules and ways to count"
OWN = "own rule"


def multiverse_description(rows: Sequence[str]) -> str:
    """Return the grid in words."""
    return "Verdict of each statement by each rule. " + "; ".join(rows) + "."


def fragile(criteria: Sequence[str]) -> str:
    """Return which verdicts hang on the rule, and where it stands how many votes each is short of."""
    return (
        f"Fragile, which means that some rule or way to count turns it: {'; '.join(criteria)}. How many votes a verdict is short of, or "
        "hangs on, by the study's own rule stands under its criterion above."
    )


def named(called: str, rule: str) -> str:
    """Return a rule by what it is called, and its id where that is another."""
    return called if called == rule else f"{called} ({rule})"


def multiverse_row(item: str, robustness: str, accepted: str, total: str) -> str:
    """Return one statement's standing over all rules."""
    return f"{item}: {robustness}, in by {accepted} of {total}"
