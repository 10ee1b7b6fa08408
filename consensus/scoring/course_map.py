"""Which column of a clinic's own sheet is which of ours, and which of its words are which."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from consensus.scoring.cells import fold, is_missing, text_of

Rows = Literal["patients", "sessions", "visits"]
ROWS: tuple[Rows, ...] = ("patients", "sessions", "visits")
SLOT = "{n}"
TREATED = "treated"
DATE = "date"
READER = "reader"
_PLACE = "\0"
_NUMBER = re.compile(r"((?:<=|>=|<|>)?\s*)(\d+(?:\.\d*)?|\.\d+)")


@dataclass(frozen=True, kw_only=True, slots=True)
class ScanMap:
    """The sheet of further scans, or of lesions: its name, how many rows its header has, its columns (theirs, ours).

    `{n}` in a header of lesions is the lesion's number: such a sheet has one row a scan, its lesions side by side.
    """

    sheet: str
    header_rows: int = 1
    columns: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class CourseMap:
    """How a clinic's sheet is read.

    `rows` says what one row is; `columns` are pairs of their header and our column, `{n}` in a header being the
    session's number; `values` are their words for ours, `units` their units, by our column; `missing` are further words
    for an empty cell.
    """

    rows: Rows
    sheet: str | None = None
    header_rows: int = 1
    missing: tuple[str, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    values: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    scans: ScanMap | None = None
    lesions: ScanMap | None = None
    units: tuple[tuple[str, str], ...] = ()

    def words(self) -> Words:
        """Return the words of cells, ready to be looked up."""
        return Words(
            missing=frozenset(_key(word) for word in self.missing),
            values={column: {_key(theirs): ours for theirs, ours in pairs} for column, pairs in self.values},
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """What the words of cells stand for."""

    missing: frozenset[str]
    values: dict[str, dict[str, str]]
    factors: Mapping[str, Decimal] = field(default_factory=dict)

    def said(self, raw: object, column: str) -> object:
        """Return what a cell says in our words, None where it is empty; other texts with plain characters."""
        if is_missing(raw) or _key(text_of(raw)) in self.missing:
            return None
        ours = self.values.get(column, {}).get(_key(text_of(raw)))
        if column in self.factors:
            return converted(text_of(raw) if ours is None else ours, self.factors[column])
        if ours is not None:
            return ours
        return unicodedata.normalize("NFKC", raw).strip() if isinstance(raw, str) else raw


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """Where a mapped column stands: its index, our column, and the session's number where the header has one."""

    at: int
    column: str
    slot: int | None = None


def converted(text: str, factor: Decimal) -> str:
    """Return a number or bound in our unit, to six decimals; any other text as it is."""
    match = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if match is None:
        return text
    value = (Decimal(match[2]) * factor).quantize(Decimal("0.000001")).normalize()
    return f"{match[1]}{value:f}"


def find_columns(headers: Sequence[str], columns: Iterable[tuple[str, str]]) -> tuple[list[Found], list[str]]:
    """Return where the mapped columns stand, and those headers of the map that the sheet doesn't have.

    An exact header wins over a pattern; blanks around a header and letter case don't count.
    """
    listed = list(columns)
    exact = {_key(theirs): ours for theirs, ours in listed if SLOT not in theirs}
    patterns = [(pattern_of(theirs), theirs, ours) for theirs, ours in listed if SLOT in theirs]
    found: list[Found] = []
    seen: set[str] = set()
    for at, header in enumerate(headers):
        key = _key(header)
        if key in exact:
            found.append(Found(at=at, column=exact[key]))
            seen.add(key)
            continue
        for pattern, theirs, ours in patterns:
            if (match := pattern.fullmatch(key)) is not None:
                found.append(Found(at=at, column=ours, slot=int(match[1])))
                seen.add(_key(theirs))
                break
    return found, [theirs for theirs, _ in listed if _key(theirs) not in seen]


def pattern_of(header: str) -> re.Pattern[str]:
    """Return what a header with `{n}` matches; the number is its group."""
    # the number holds its place, so that a blank beside it is not taken for one around the header
    before, _, after = _key(header.replace(SLOT, _PLACE, 1)).partition(_PLACE)
    return re.compile(rf"{re.escape(before)}0*([1-9]\d{{0,2}}){re.escape(after)}")


def _key(text: str) -> str:
    return fold(unicodedata.normalize("NFKC", str(text)))
