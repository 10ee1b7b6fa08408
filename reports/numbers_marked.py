"""Text that knows which measurement each of its numbers shows; the marks end at the document."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, fields
from operator import attrgetter

# Lone surrogates: no text that was read from a file can hold them, so no answer can pass for a mark.
OPEN, SHOWN, CLOSE = "\ud801", "\ud802", "\ud803"
MARK = re.compile(f"{OPEN}(.*?){SHOWN}(.*?){CLOSE}", re.DOTALL)
STRAY = re.compile(f"[{OPEN}{SHOWN}{CLOSE}]")


@dataclass(frozen=True, kw_only=True, slots=True)
class NumberRow:
    """One measurement: a row of `numbers.csv`. Shares are 0 to 1; `count` of `n` people of `base` stand behind one.

    `method` names the interval, or how a number without one came about.
    """

    id: str
    value: float | None
    low: float | None = None
    high: float | None = None
    base: str | None = None
    n: int | None = None
    method: str = ""
    count: float | None = None


NAMES = tuple(field.name for field in fields(NumberRow))
PARTS = attrgetter(*NAMES)


class Marked(str):
    """A text without marks; `spans` are (start, end, row) of each number in it that shows a row."""

    spans: tuple[tuple[int, int, NumberRow], ...] = ()


def mark(row: NumberRow, text: str) -> str:
    """Return `text` marked as what is shown of `row`; other text may be put around it."""
    return f"{OPEN}{json.dumps(PARTS(row))}{SHOWN}{STRAY.sub('', text)}{CLOSE}"


def settled(text: str) -> str:
    """Return `text` without its marks; where it had some, a `Marked` that knows what they said."""
    if OPEN not in text:
        return text
    parts: list[str] = []
    spans: list[tuple[int, int, NumberRow]] = []
    at, length = 0, 0
    for found in MARK.finditer(text):
        before, shown = text[at : found.start()], found[2]
        start = length + len(before)
        length, at = start + len(shown), found.end()
        parts += [before, shown]
        spans.append((start, length, NumberRow(**dict(zip(NAMES, json.loads(found[1]), strict=True)))))
    plain = Marked("".join([*parts, text[at:]]))
    plain.spans = tuple(spans)
    return plain


def spans_of(text: object) -> tuple[tuple[int, int, NumberRow], ...]:
    """Return where a text shows which rows; nothing for a text without marks."""
    return text.spans if isinstance(text, Marked) else ()


def pieces(text: str) -> list[tuple[str, str | None]]:
    """Return a text in pieces, each with the id of the row that it shows, or None."""
    found: list[tuple[str, str | None]] = []
    at = 0
    for start, end, row in spans_of(text):
        found += [(text[at:start], None), (text[start:end], row.id)]
        at = end
    return [(piece, row) for piece, row in [*found, (text[at:], None)] if piece]
