"""How a platform lays out its answers: what each column is for, where they begin, which words stand for nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import Literal, get_args

from questionnaires.reading.grid import Grid
from questionnaires.reading.text import is_empty, key_of, shown

AnswerKind = Literal[
    "answered",
    "blank",
    "not_shown",
    "not_reached",
    "dont_know",
    "refused",
    "not_applicable",
    "recused",
    "withdrawn",
    "invalid",
    "lost",
    "imputed",
    "unknown",
]
_TITLED = 2
KINDS: tuple[str, ...] = get_args(AnswerKind)
Use = Literal["answer", "metadata", "personal"]
Means = Literal[
    "",
    "id",
    "started",
    "submitted",
    "seconds",
    "completed",
    "submitted_when_completed",
    "event",
    "repeat",
    "instance",
    "index",
    "parent",
]


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """One column of answers: its header as the file has it, and what it may be called in an instrument.

    `ids` may be a question's name, `texts` its label; `option` is set where each option of a question has a column.
    `means` says what a column of metadata is, so that times and completion can be used.
    """

    position: int
    header: str
    ids: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    option: str | None = None
    use: Use = "answer"
    means: Means = ""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Layout:
    """One sheet of answers as a dialect understands it.

    `first_row` is the first row of answers, counted from 0; `records` are the rows that hold any. `missing` are pairs
    of a cell's text key and the kind of missing answer that it stands for. `separators` may part the options in one
    cell. With `ordinals` a cell may hold an option's number in place of its text; with `other_in_place` the text behind
    "other" stands where the option would. With `none_means_none` zeros for all options of a finished record are an
    answer; `missing_in_text` says that words for missing answers hold in free text as well.
    In a `repeated` layout each row answers some questions once more, and the others were not shown in it.
    """

    grid: Grid
    columns: tuple[Column, ...]
    first_row: int = 1
    records: tuple[int, ...] = ()
    missing: tuple[tuple[str, AnswerKind], ...] = ()
    separators: tuple[str, ...] = (";", "|", "┋", "\n", ",", " ")
    ordinals: bool = False
    other_in_place: bool = False
    none_means_none: bool = False
    missing_in_text: bool = False
    repeated: bool = False
    _cells: dict[int, list[object]] = field(default_factory=dict, init=False, repr=False)
    _rows: list[tuple[object, ...]] = field(default_factory=list, init=False, repr=False)

    def cells(self, column: Column) -> list[object]:
        """Return the cells of a column, one a record; truth values as the text a spreadsheet shows."""
        at = column.position
        if at not in self._cells:
            if not self._rows:
                self._rows.extend(self.grid.rows[r] for r in self.records)
            try:
                cells: list[object] = list(map(itemgetter(at), self._rows))
            except IndexError:  # the rows of a text file differ in length
                cells = [row[at] if at < len(row) else None for row in self._rows]
            truths = bool in set(map(type, cells))
            self._cells[at] = [shown(c) if isinstance(c, bool) else c for c in cells] if truths else cells
        return self._cells[at]

    def where(self, record: int, column: Column) -> str:
        """Return the address of a record's cell."""
        return self.grid.where(self.records[record], column.position)


def make_layout(grid: Grid, columns: tuple[Column, ...], first_row: int | None = None) -> Layout:
    """Return a layout whose records are the rows that hold anything, from `first_row` or the header on."""
    start = header_row(grid) + 1 if first_row is None else first_row
    records = tuple(r for r in range(start, len(grid.rows)) if not all(map(is_empty, grid.rows[r])))
    return Layout(grid=grid, columns=columns, first_row=start, records=records)


def header_row(grid: Grid) -> int:
    """Return the first row that holds anything, but not a title alone in its row above headers; 0 where none does."""
    rows = (r for r, row in enumerate(grid.rows) if not all(map(is_empty, row)))
    first, second = next(rows, 0), next(rows, None)
    return first if second is None or not _is_title(grid.rows[first], grid.rows[second]) else second


def _is_title(row: tuple[object, ...], below: tuple[object, ...]) -> bool:
    """Return whether a row holds one text alone and the row below it only different texts, as headers are."""
    heads = [cell for cell in below if not is_empty(cell)]
    alone = sum(not is_empty(cell) for cell in row) == 1
    texts = all(isinstance(cell, str) and not cell.strip().replace(".", "", 1).isdigit() for cell in heads)
    return alone and texts and len(heads) > _TITLED and len({*heads}) == len(heads)


def plain_columns(grid: Grid, row: int | None = None) -> tuple[Column, ...]:
    """Return a column for each header in one row, known by its text alone; columns without a header are left out."""
    at = header_row(grid) if row is None else row
    cells = grid.rows[at] if at < len(grid.rows) else ()
    return tuple(
        Column(position=p, header=shown(c), ids=(shown(c),), texts=(shown(c),))
        for p, c in enumerate(cells)
        if not is_empty(c)
    )


def with_row_names(layout: Layout) -> Layout:
    """Return the layout of a file that a statistics program has written with a first column of row numbers.

    Its header is empty; `NA` is what such a program writes where nothing is, and nobody knows why it is missing.
    """
    row = Column(position=0, header="row", use="metadata")
    if any(column.position == 0 for column in layout.columns) or not layout.records:
        return layout
    if [shown(cell) for cell in layout.cells(row)] != [str(n) for n in range(1, len(layout.records) + 1)]:
        return layout
    missing = (*layout.missing, *in_words({"NA": "unknown"}))
    return replace(layout, columns=(row, *layout.columns), missing=missing, missing_in_text=True)


def marks_in(grid: Grid, marks: Iterable[str], row: int | None = None) -> tuple[str, ...]:
    """Return which of some headers stand in the first row that holds anything, or in the given row."""
    at = header_row(grid) if row is None else row
    there = {key_of(shown(c)) for c in grid.rows[at]} if at < len(grid.rows) else set()
    return tuple(m for m in marks if key_of(m) in there)


def with_metadata(columns: tuple[Column, ...], known: dict[str, Means]) -> tuple[Column, ...]:
    """Return the columns with those marked as metadata whose header's key is known, with what they mean."""
    return tuple(
        replace(c, use="metadata", means=known[key_of(c.header)]) if key_of(c.header) in known else c for c in columns
    )


def in_words(kinds: dict[str, AnswerKind]) -> tuple[tuple[str, AnswerKind], ...]:
    """Return words for missing answers with their text keys."""
    return tuple((key_of(word), kind) for word, kind in kinds.items())


def slug(text: str) -> str:
    """Return a text as a question's name in ASCII: `C1[SQ001]` is `C1_SQ001`; empty where no letter is left."""
    bare = re.sub(r"[^A-Za-z0-9]+", "_", text).strip("_")
    return f"q_{bare}" if bare[:1].isdigit() else bare
