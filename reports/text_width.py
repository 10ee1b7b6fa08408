"""How much room a text takes where every character has one width or two."""

from __future__ import annotations

import unicodedata


def width(text: str) -> int:
    """Return how many columns of a terminal a text takes; Chinese characters take two."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
