"""Sentences on what rounds know of checklists."""

from __future__ import annotations

from collections.abc import Sequence

CHECKLISTS_LEAD = (
    "What these rounds know of what ACCORD and DELPHISTAR ask for, section by section. The wording of their items was not read for this software: "
    "only sections and numbers of items are listed. Hold your manuscript against the published checklists."
)
FEEDBACK = "Before a later round each panelist got their own last answer, the panel's median, IQR and distribution, the groups of five or more, and comments without names."
ANONYMITY = "Panelists have pseudonyms in all outputs, and no group of fewer than five was shown to others."
TABLES = "Every item's n, median, quartiles, share and verdict stand in a table a round, with n of those eligible as the base."
STABILITY = (
    "Stability between rounds is reported for each item that kept its words, with the reason where it can't be had."
)


def standing(cite: str) -> str:
    """Return where a checklist is from, and that its wording was not read."""
    return f"{cite}. Sections and numbers of items as its abstract gives them; the wording of the items was not read."


def rounds(rounds: str, items: str) -> str:
    """Return how many rounds there were, and how many items each asked."""
    return f"{rounds} rounds were closed; they asked {items} items."


def items(changes: Sequence[str]) -> str:
    """Return what became of items between rounds."""
    return f"Items changed between rounds ({', '.join(changes)})."


def protocol(date: str, amendments: str) -> str:
    """Return when the protocol was locked, and how often it was amended."""
    return f"The rule was locked on {date}, with {amendments} amendments after it."


def gone(left: str, turned: str) -> str:
    """Return how many left, and how many verdicts hang on them."""
    return f"Panelists who left: {left}; verdicts that would turn had they stayed: {turned}."


def fragile(fragile: str, total: str) -> str:
    """Return how many verdicts other rules would turn."""
    return f"Verdicts that other published rules would turn: {fragile} of {total}."
