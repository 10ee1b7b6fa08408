"""Quotation marks of sentences that files and lower layers hold, as a page has them."""

from __future__ import annotations

import re

from reports.numbers_marked import OPEN

STRAIGHT = re.compile(r'"([^"]*)"')


def curly(text: str) -> str:
    """Return an English text with curly quotation marks for straight ones; a text with marked numbers as it is."""
    if OPEN in text:
        return text
    return STRAIGHT.sub("\N{LEFT DOUBLE QUOTATION MARK}\\1\N{RIGHT DOUBLE QUOTATION MARK}", text)
