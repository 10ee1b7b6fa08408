"""Sentences and cells without their hidden numbers, so that no word left beside one depends on what it was.

A plural, a verb or a whole clause may follow from a number. So a sentence that holds a hidden number goes altogether,
but for its beginning where that tells the support for a criterion; of a cell goes the clause.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reports.numbers_marked import mark, spans_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reports.numbers_marked import NumberRow

    Span = tuple[int, int, NumberRow]
    Blank = Callable[[NumberRow], NumberRow]

SENTENCES = re.compile(r"(?<=[.!?])\s+(?=\S)|(?<=[。！？])")
CLAUSES = re.compile(r"([,;:]\s+|\.\s+|[，；：、。]|\s*[(\[（［]|[)\]）］]+)")
# kinds of rows that a sentence begins with which then goes on with the votes that would turn the verdict
BEGINNINGS = ("endorsement", "against")
OPENING, CLOSING = "\N{LEFT DOUBLE QUOTATION MARK}(（[", "\N{RIGHT DOUBLE QUOTATION MARK})）]"
QUOTES = OPENING[0], CLOSING[0]
WORD = re.compile(r"[^\W\d_]")


def without_hidden_sentences(said: str, hides: Callable[[str, NumberRow], bool], stop: str) -> tuple[str, bool]:
    """Return a text, marks and all, without the sentences that hold hidden numbers, and whether some were left out."""
    spans = spans_of(said)
    kept: list[str] = []
    cut = False
    for start, end in _between(said, SENTENCES, OPENING, CLOSING):
        first = next((at for at, to, row in spans if start <= at < end and hides(said[at:to], row)), None)
        if first is None:
            if cut and not any(start <= at < end for at, _, _ in spans):
                continue  # it may speak of the number before it
            kept.append(_marked(said, spans, start, end))
            continue
        cut = True
        until = _beginning(said, spans, start, first)
        if until is not None:
            kept.append(_marked(said, spans, start, until) + stop + (" " if stop.isascii() else ""))
    return "".join(kept).rstrip(), cut


def without_hidden_clauses(said: str, hides: Callable[[str, NumberRow], bool], word: str, blank: Blank) -> str:
    """Return a text with one word for each clause that holds hidden numbers; the word alone where no other is left."""
    spans = spans_of(said)
    if not any(hides(said[at:to], row) for at, to, row in spans):
        return _marked(said, spans, 0, len(said))
    parts: list[str] = []
    left = False
    for start, end in _between(said, CLAUSES, *QUOTES):
        row = next((row for at, to, row in spans if start <= at < end and hides(said[at:to], row)), None)
        if row is None:
            shown = any(start <= at < end for at, _, _ in spans)
            left = left or shown or bool(WORD.search(said[start:end]))
            parts.append(_marked(said, spans, start, end))
        else:
            ends = next(iter(re.findall(r"[,;:.，；：、。)\]）］(\[（［\s]+$", said[start:end])), "")
            parts.append(mark(blank(row), word) + ends)
    one = next(row for at, to, row in spans if hides(said[at:to], row))
    return "".join(parts) if left else mark(blank(one), word)


def _between(said: str, breaks: re.Pattern[str], opening: str, closing: str) -> Iterator[tuple[int, int]]:
    """Yield where the pieces between breaks begin and end, no break being within quotes, brackets or a number."""
    spans = spans_of(said)
    start = 0
    for found in breaks.finditer(said):
        before = said[: found.start()]
        depth = sum(map(before.count, opening)) - sum(map(before.count, closing))
        if depth <= 0 and not any(at < found.end() and found.start() < to for at, to, _ in spans):
            yield start, found.end()
            start = found.end()
    if start < len(said):
        yield start, len(said)


def _beginning(said: str, spans: tuple[Span, ...], start: int, first: int) -> int | None:
    """Return where the clauses before the first hidden number end; None where they tell no support."""
    comma = max(said.rfind(", ", start, first), said.rfind("，", start, first))
    if comma < 0 or not any(start <= at < comma and row.id.startswith(BEGINNINGS) for at, _, row in spans):
        return None
    return comma


def _marked(said: str, spans: tuple[Span, ...], start: int, end: int) -> str:
    parts: list[str] = []
    at = start
    for begin, to, row in spans:
        if start <= begin < end:
            parts += [said[at:begin], mark(row, said[begin:to])]
            at = to
    return "".join([*parts, said[at:end]])
