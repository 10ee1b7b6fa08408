"""Sentences about content validity: which rated items experts call relevant."""

from __future__ import annotations

TITLE = "Content validity of rated items"
CAPTION = "Which items experts call relevant"
NOTE = (
    "Modified kappa takes off what guessing would give. CVR is Lawshe's ratio: -1 if nobody calls the item relevant, 0 if half do, 1 if all "
    "do; beside it stands the lowest ratio that guessing reaches in at most 5% of the cases. Aiken's V is how far the mean lies up the "
    "scale, 0 to 1. Intervals are 95% and take experts as independent; that of I-CVI is one-sided where all or none call the item relevant."
)
ITEM = "Item"
RELEVANT = "Relevant (I-CVI)"
KAPPA = "Modified kappa"
CVR, NEEDED = "CVR", "CVR needed"
AIKEN = "Aiken's V"
NO_VALUE = "-"


def lead(least: str, highest: str) -> str:
    """Return which ratings call an item relevant."""
    if least == highest:
        return f"An item counts as relevant where an expert rates it {highest}, the highest point."
    return f"An item counts as relevant where an expert rates it {least} to {highest}."


def whole(mean: str, unanimous: str) -> str:
    """Return what the items make together."""
    return (
        f"Over these items the mean share of experts who call an item relevant is {mean} (S-CVI/Ave), and {unanimous} of the items are "
        "relevant to all experts who rated them (S-CVI/UA)."
    )
