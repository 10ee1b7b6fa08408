"""Columns of few different texts: each text is read once, as the judge reads it, and stands as a small number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

import narwhals as nw

from consensus.definitions.column import Column
from consensus.scoring.cells import CellFaultError, fold, read_cell
from consensus.scoring.compiled.kinds import fetched

MOST_TEXTS = 40  # of more different ones the cells are cleaned one by one
MANY = 8


@dataclass(frozen=True, slots=True)
class Coded:
    """A column as it stands in a coded frame; `exact` if no bound can be in it.

    `vocabulary` are the folded texts of a column whose texts are known: the first one stands as 1, none as 0. `months`:
    some of its dates are only a month.
    """

    name: str
    exact: bool = False
    is_text: bool = False
    vocabulary: tuple[str, ...] | None = None
    months: bool = False

    @property
    def low(self) -> str:
        """The lower end of an amount, the folded text or its number, or the days of a date."""
        return f"{self.name}__a"

    @property
    def high(self) -> str:
        """The upper end of an amount, or the digits of a date."""
        return self.low if self.exact else f"{self.name}__b"

    @property
    def last(self) -> str:
        """The last day that a date can be, where some dates are only a month."""
        return f"{self.name}__l"

    @property
    def gap(self) -> str:
        """Where the cell is empty or at fault."""
        return f"{self.name}__gap"

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of all parts, each once."""
        return tuple(dict.fromkeys((self.low, self.high, *([self.last] if self.months else []), self.gap)))

    @property
    def nothing(self) -> str | int:
        """What stands where nothing is recorded."""
        return "" if self.is_text and self.vocabulary is None else 0

    def among(self, texts: Iterable[str]) -> nw.Expr:
        """Return where the text is one of these."""
        folded = [fold(text) for text in texts]
        if self.vocabulary is None:
            return is_one_of(nw.col(self.low), folded)
        known = self.vocabulary
        return is_one_of(nw.col(self.low), [known.index(text) + 1 for text in folded if text in known])


def is_one_of(column: nw.Expr, values: Sequence[Any]) -> nw.Expr:
    """Return where a column without gaps has one of some values."""
    if not values:
        return column.is_null()
    return column.is_in(values) if len(values) > MANY else reduce(or_, (column == value for value in values))


def different_texts(frame: nw.LazyFrame[Any], headers: Mapping[str, str]) -> dict[str, tuple[str | None, ...]]:
    """Return the different cells of those columns that have only few texts, by name; `headers` are all of texts."""
    found: dict[str, tuple[str | None, ...]] = {}
    for name, header in headers.items():
        cells = {cell for (cell,) in fetched(frame.select(header).unique().head(MOST_TEXTS + 2))}
        if len(cells) <= MOST_TEXTS + 1:
            found[name] = (*sorted(filter(None, cells)), *({None, ""} & cells))
    return found


def read_texts(texts: Iterable[str | None], column: Column) -> dict[str, str]:
    """Return those of some texts that are recorded and no fault, each with the folded text that it is read as."""
    read = {text: _read(text, column) for text in texts if text is not None}
    return {text: folded for text, folded in read.items() if folded is not None}


def numbered(raw: nw.Expr, read: Mapping[str, str], vocabulary: Sequence[str]) -> nw.Expr:
    """Return a column of texts as the places of what they are read as in the vocabulary, from 1; else 0."""
    code: Any = nw.when(raw.is_null()).then(0).otherwise(0)
    for at, folded in enumerate(vocabulary, start=1):
        written = [text for text, meant in read.items() if meant == folded]
        code = nw.when(is_one_of(raw, written)).then(at).otherwise(code)
    numbers: nw.Expr = code.cast(nw.Int8)
    return numbers


def _read(text: str, column: Column) -> str | None:
    try:
        cell = read_cell(text, column)
    except CellFaultError:
        return None
    return None if cell is None else fold(str(cell))
