"""How wide the columns of a printed table are, by the measured width of what stands in them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reports.document import Table

# Advance widths of ASCII from the space on, in thousandths of the type size: those of Carlito, which are Calibri's.
ADVANCES = (
    226, 326, 401, 498, 507, 715, 682, 221, 303, 303, 498, 498, 250, 306, 252, 386, 507, 507, 507, 507, 507, 507,
    507, 507, 507, 507, 268, 268, 498, 498, 498, 463, 894, 579, 544, 533, 615, 488, 459, 631, 623, 252, 319, 520,
    420, 855, 646, 662, 517, 673, 543, 459, 487, 642, 567, 890, 519, 487, 468, 307, 386, 307, 498, 498, 291, 479,
    525, 423, 525, 498, 305, 471, 525, 229, 239, 455, 229, 799, 525, 527, 525, 525, 349, 391, 335, 525, 452, 715,
    433, 453, 395, 314, 460, 314, 498,
)  # fmt: skip
FIRST, OTHER, WIDE = 32, 560, 1000
WIDE_FROM = "\u2e80"
UNBROKEN = {"left": 1.45, "right": 1.9, "center": 1.9}  # inches up to which a column's texts are kept on one line
SLACK = 1.08  # bold type, and fonts that stand in for the one that was measured
PADDING = 0.17
STEP = 0.08
MEASURED = 60
HEADINGS = re.compile(r"[\u2e80-\u9fff\uf900-\uffef]{1,5}|[^\s\u2e80-\u9fff\uf900-\uffef]+")
PIECES = re.compile(r"[\u2e80-\u9fff\uf900-\uffef]|[^\s\u2e80-\u9fff\uf900-\uffef]+")


class _Advances(dict[str, int]):
    """The advance of each character, looked up once."""

    def __missing__(self, character: str) -> int:
        at = ord(character) - FIRST
        known = 0 <= at < len(ADVANCES)
        self[character] = ADVANCES[at] if known else WIDE if character >= WIDE_FROM else OTHER
        return self[character]


_ADVANCE = _Advances()


def width_in_inches(text: str, size: float) -> float:
    """Return how wide a line of text is at `size` points."""
    return sum(map(_ADVANCE.__getitem__, text)) * size * SLACK / 72_000


def column_widths(table: Table, available: float, size: float) -> list[float]:
    """Return a width in inches for each column, `available` in all.

    No column is narrower than its longest word where that is possible; numbers and short words stay on one line; what
    is left goes step by step to the column that makes the rows lowest.
    """
    texts = _texts(table)
    most = [PADDING + max(width_in_inches(text, size) for text in column) for column in texts]
    words = [PADDING + max(width_in_inches(p, size) for p in _words(table, at)) for at in range(len(texts))]
    least = [
        wide if wide <= UNBROKEN[column.align] else word
        for column, wide, word in zip(table.columns, most, words, strict=True)
    ]
    if sum(most) <= available:
        return _stretched(table, most, available)
    if sum(least) >= available:
        least = words
    if sum(least) >= available:
        return [available * one / sum(least) for one in least]
    return _shared_out(table, least, available, size)


def fits(table: Table, available: float, size: float) -> bool:
    """Return whether every column can have the width of its longest word."""
    longest = (max(width_in_inches(p, size) for p in _words(table, at)) for at in range(len(table.columns)))
    return sum(PADDING + one for one in longest) <= available


def _words(table: Table, at: int) -> list[str]:
    """Return what a column must not break: words, single Chinese characters, a few of them in its heading."""
    cells = (piece for row in table.rows for piece in PIECES.findall(row[at].text))
    return [*HEADINGS.findall(table.columns[at].header), *cells, ""]


def _texts(table: Table) -> list[list[str]]:
    """Return the texts of each column; a header may break, so it counts by its words, and by its halves."""
    return [
        [*HEADINGS.findall(column.header), *_halves(column.header), *(row[at].text for row in table.rows), ""]
        for at, column in enumerate(table.columns)
    ]


def _halves(header: str) -> tuple[str, str]:
    """Return a header in two lines, as even as its blanks allow."""
    parts = header.split(" ")
    cuts = [(" ".join(parts[:at]), " ".join(parts[at:])) for at in range(1, len(parts))]
    return min(cuts, key=lambda cut: max(map(len, cut)), default=("", ""))


def _shared_out(table: Table, least: list[float], available: float, size: float) -> list[float]:
    """Widen the columns in steps; a row is as high as its cell that needs most lines, fractions of lines counting."""
    rows = [[width_in_inches(cell.text, size) for cell in row] for row in table.rows[:MEASURED]]
    widths = list(least)
    steps = int((available - sum(least)) / STEP)
    for _ in range(steps):
        gains = [0.0] * len(widths)
        for row in rows:
            lines = [text / (wide - PADDING) for text, wide in zip(row, widths, strict=True)]
            tallest = max(range(len(lines)), key=lines.__getitem__)
            gains[tallest] += lines[tallest] - row[tallest] / (widths[tallest] - PADDING + STEP)
        widths[max(range(len(gains)), key=gains.__getitem__)] += STEP
    widths[0] += available - sum(widths)
    return widths


def _stretched(table: Table, widths: Sequence[float], available: float) -> list[float]:
    """Give the columns that name rows what is left, so that tables are as wide as the page."""
    left = available - sum(widths)
    heads = [at for at, column in enumerate(table.columns) if column.align == "left"] or list(range(len(widths)))
    return [wide + left / len(heads) if at in heads else wide for at, wide in enumerate(widths)]
