"""Even lines of measured width; Chinese breaks anywhere but before a closing and after an opening mark."""

from __future__ import annotations

import re
import warnings
from functools import cache

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextToPath

WIDE = "\u2e80-\u9fff\uf900-\uffef\u2014\u2018\u2019\u201c\u201d\u2026"
# A piece that lines may end after: opening marks with what follows them, and closing marks with what they follow.
PIECE = re.compile(
    rf"[（「『《【“‘]*(?:[{WIDE}](?<![（「『《【“‘])|[^\s{WIDE}]+|(?<=[（「『《【“‘])\s)"
    r"[，。、；：？！）」』》】”’…—～%％]*\s*|[（「『《【“‘]+|\s+"
)


def wrap(text: str, inches: float, size: float = 10.0) -> str:
    """Break `text` into the fewest lines of at most `inches` at `size` points, as even as they can be."""
    pieces = PIECE.findall(text.strip())
    lines = _filled(pieces, inches, size)
    if len(lines) < 2:
        return "\n".join(lines)
    low, high = inches / 2, inches
    for _ in range(5):
        middle = (low + high) / 2
        if len(_filled(pieces, middle, size)) > len(lines):
            low = middle
        else:
            high = middle
    return "\n".join(_filled(pieces, high, size))


@cache
def width_of(text: str, size: float = 10.0) -> float:
    """Return how wide `text` is in inches, with a tenth of slack: the page is shown in the reader's own font."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        width, _, _ = TextToPath().get_text_width_height_descent(_narrow(text), FontProperties(size=size), ismath=False)
    wide = sum(1 for c in text if c >= "\u2e80")
    return (width * 1.1 + wide * size * 1.02) / 72


def _filled(pieces: list[str], inches: float, size: float) -> list[str]:
    lines: list[str] = []
    line = ""
    for whole in pieces:
        piece = whole
        if line and width_of((line + piece).rstrip(), size) > inches:
            lines.append(line.rstrip())
            line = ""
        while width_of(piece.rstrip(), size) > inches and len(piece) > 1:
            cut = next(n for n in range(len(piece), 0, -1) if n == 1 or width_of(piece[:n], size) <= inches)
            lines.append(piece[:cut])
            piece = piece[cut:]
        line += piece
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _narrow(text: str) -> str:
    return re.sub(r"[\u2e80-\u9fff\uf900-\uffef]", "", text).replace("$", "S") or " "
