"""Which rows of a clinic's sheet are its header, and which headers differ in nothing but a session's number."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from consensus.scoring.cells import is_missing
from consensus.scoring.course_map import SLOT
from consensus.scoring.grids import Book, Grid

DEEPEST = 4
_NUMBER = re.compile(r"\d+")
_UNIT = re.compile(r"\s*[(（]([^()（）]*)[)）]\s*$")
_BETWEEN = re.compile(r"[\s_.\-/:：()（）\[\]]+")


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Heading:
    """A header, or several that differ in a session's number (then `{n}` stands for it), with their columns."""

    text: str
    at: tuple[int, ...]

    @property
    def numbered(self) -> bool:
        """Whether it stands for several columns, one a session."""
        return SLOT in self.text

    @property
    def key(self) -> str:
        """The header as it is compared with known names."""
        return key_of(_UNIT.sub("", self.text.replace(f"第{SLOT}次", "").replace(SLOT, "")))

    @property
    def unit(self) -> str:
        """What stands in brackets at its end, such as mg/dL; an empty text where nothing does."""
        match = _UNIT.search(self.text)
        return unicodedata.normalize("NFKC", match[1]).strip() if match is not None else ""


def key_of(text: str) -> str:
    """Return a name as it is compared: plain characters, no letter case, no blanks and no signs between words."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).casefold()


def header_rows(book: Book, sheet: str) -> int:
    """Return how many rows the header of a sheet has: the names stand in the first row that is nearly full of texts."""
    grid = book.grid(sheet, 1)
    rows: list[Sequence[object]] = [grid.headers, *grid.rows[: DEEPEST - 1]]
    widest = max((_filled(row) for row in rows), default=0)
    for number, row in enumerate(rows, start=1):
        texts = {str(cell).strip() for cell in row if not is_missing(cell) and _is_name(cell)}
        if len(texts) >= 0.7 * widest:
            return number
    return 1


def headings(grid: Grid) -> list[Heading]:
    """Return the headers of a sheet in their order, those that differ only in a number taken together."""
    names = [(at, header.strip()) for at, header in enumerate(grid.headers) if header.strip()]
    by_pattern: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for at, name in names:
        for match in _NUMBER.finditer(name):
            if 1 <= int(match[0]) <= 99:
                by_pattern[name[: match.start()] + SLOT + name[match.end() :]].append((at, int(match[0])))
    found: dict[int, Heading] = {}
    for pattern, places in sorted(by_pattern.items(), key=lambda item: -len(item[1])):
        free = [at for at, _ in places if at not in found]
        if len(free) > 1 and len({number for _, number in places}) == len(places):
            found |= dict.fromkeys(free, Heading(text=pattern, at=tuple(free)))
    for at, name in names:
        found.setdefault(at, Heading(text=name, at=(at,)))
    return list(dict.fromkeys(found[at] for at, _ in names))


def _filled(row: Sequence[object]) -> int:
    return sum(not is_missing(cell) for cell in row)


def _is_name(cell: object) -> bool:
    return isinstance(cell, str) and not re.fullmatch(r"[\d.,<>=%\s]+", cell.strip())
