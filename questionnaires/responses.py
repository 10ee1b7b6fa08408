"""What was answered: one row a record, every answer typed, every empty cell with the reason why it is empty.

How to build on it:

    answers = read_responses("answers.xlsx", "instrument.xlsx")     # or read_responses("cci-2020")
    answers.values["new_lesions"]          # option names, tuples of them, numbers, texts or None
    answers.kinds["new_lesions"]           # answered, blank, not_shown, dont_know, invalid, ... for each of them
    answers.records                        # respondent_id, address (Sheet1!12), event, repeat, started, seconds, ...
    answers.beside["Progress"]             # columns of the export that are no question, as they stand there
    answers.holding("${years_tace} > 10")  # a truth value a record, in the routing language
    answers.where(0, "new_lesions")        # "answers.xlsx, Sheet1!F2"
    answers.written(0, "new_lesions")      # the cell as it stands in the file
    answers.identifiers                    # who it was, as the file writes it: compare with it, never write it out
    answers.source                         # all cells of the sheet, personal ones too: never write them out

`values`, `kinds`, `records` and `beside` have the same rows, numbered from 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from questionnaires.instrument import Instrument
from questionnaires.privacy import read_key
from questionnaires.problems import ConsensusError, Problem, Problems
from questionnaires.reading.accounting import Accounting
from questionnaires.reading.collect import Collected, Told, collect_file
from questionnaires.reading.detect import Detected, detect
from questionnaires.reading.text import is_empty, shown
from questionnaires.reading.workbook import read_book
from questionnaires.routing import parse_expression

if TYPE_CHECKING:
    from questionnaires.reading.grid import Book
    from questionnaires.reading.headers import Matched
    from questionnaires.reading.layout import Column, Layout

_MARK = "SYNTHETIC"


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Reading:
    """What a file was read with: all that it takes to read it again where some cells were corrected."""

    book: Book
    detected: Detected
    layouts: tuple[Layout, ...]
    told: Told


@dataclass(frozen=True, kw_only=True, slots=True, eq=False, repr=False)
class Responses:
    """The answers of one file to one instrument, in one row a record.

    `values` and `kinds` have a column for each question of the instrument. `reason` says why the file was read in
    `dialect`, `matched` which columns are which questions, `accounting` where every cell of the file went, `withheld`
    are the personal columns.
    Rows that answer some questions once more (REDCap's repeated instruments, Kobo's repeats) stand in `repeats`.
    """

    values: pd.DataFrame
    kinds: pd.DataFrame
    instrument: Instrument
    name: str
    sha256: str
    synthetic: bool
    dialect: str
    reason: str
    problems: Problems
    records: pd.DataFrame
    beside: pd.DataFrame
    identifiers: tuple[str, ...]
    matched: Matched
    source: Layout
    accounting: Accounting
    withheld: tuple[Column, ...] = ()
    round: int | None = None
    repeats: tuple[Responses, ...] = ()
    reading: Reading | None = None

    def __repr__(self) -> str:
        size = f"{len(self.values)} records, {len(self.instrument.questions)} questions, {len(self.problems)} problems"
        mark = ", SYNTHETIC" if self.synthetic else ""
        return f"Responses({self.name!r}, {size}{mark}; read as {self.dialect}: {self.reason})"

    def to_frame(self) -> pd.DataFrame:
        """Return one row a record: respondent_id, then a column for each question with its value."""
        return pd.concat([self.records[["respondent_id"]].rename(columns=_free_name(self.values)), self.values], axis=1)

    def where(self, record: int, question: str) -> str:
        """Return the address of an answer, that of the row where the question has no column."""
        placements = self.matched.of(question)
        if placements:
            return self.source.where(record, placements[0].column)
        return f"{self.source.grid.file}, {self.records['address'][record]}"

    def written(self, record: int, question: str) -> str:
        """Return an answer as its cell has it, `; ` between the cells of several columns."""
        cells = (self.source.cells(p.column)[record] for p in self.matched.of(question))
        return "; ".join(shown(cell) for cell in cells if not is_empty(cell))

    def holding(self, expression: str) -> list[bool]:
        """Return for each record whether an expression holds; it may name questions and columns beside them.

        Raises ConsensusError where it can't be read or names what is neither.
        """
        parsed = parse_expression(expression)
        columns = {}
        for name in parsed.names:
            if name not in self.values and name not in self.beside:
                known = ", ".join([*self.values, *self.beside][:7])
                raise ConsensusError(
                    f'the expression "{expression}": {name} is neither a question nor a column. '
                    f"Expected one of {known}, ...."
                )
            columns[name] = list(self.values[name] if name in self.values else self.beside[name])
        return [parsed.holds({n: columns[n][record] for n in columns}) for record in range(len(self.values))]

    def only(self, records: Sequence[int]) -> Responses:
        """Return the same answers of some records alone, in the order given."""
        rows = list(records)
        frames = [frame.iloc[rows].reset_index(drop=True) for frame in self._frames]
        values, kinds, about, beside = frames
        people = set(about["respondent_id"])
        return replace(
            self,
            values=values,
            kinds=kinds,
            records=about,
            beside=beside,
            identifiers=tuple(self.identifiers[record] for record in rows),
            source=replace(self.source, records=tuple(self.source.records[record] for record in rows)),
            repeats=tuple(
                part.only([r for r, name in enumerate(part.records["respondent_id"]) if name in people])
                for part in self.repeats
            ),
        )

    @property
    def _frames(self) -> tuple[pd.DataFrame, ...]:
        return self.values, self.kinds, self.records, self.beside

    def with_cells(self, texts: Mapping[tuple[int, int], str], *, without: frozenset[int]) -> Responses:
        """Return the answers read again with other texts in some cells (record, column), and without some records.

        `accounting` stays that of the file as it is. Raises ValueError for answers that were not read from a file.
        """
        from questionnaires.reading.correcting import edited

        if self.reading is None:
            raise ValueError("these answers were not read from a file")
        read = self.reading
        first, *others = read.layouts
        changed = edited(first, texts, without)
        gone = {str(self.records["respondent_id"][record]) for record in without}
        rest = (_without(layout, part, gone) for layout, part in zip(others, self.repeats, strict=True))
        layouts = (changed, *rest)
        again = collect_file(read.book, layouts, self.instrument, read.told)
        made = _responses(replace(read, layouts=layouts), self.instrument, again, self.round)
        return replace(made, accounting=self.accounting)


def _without(layout: Layout, repeated: Responses, people: set[str]) -> Layout:
    """Return the layout of repeated rows without those of some people."""
    names = map(str, repeated.records["respondent_id"])
    return replace(
        layout, records=tuple(row for row, name in zip(layout.records, names, strict=True) if name not in people)
    )


def read_responses(
    source: str | Path,
    instrument: Instrument | str | Path | None = None,
    *,
    dialect: str = "auto",
    round: int | None = None,
    columns: Mapping[str, str] | None = None,
    numbers: Mapping[int, str] | None = None,
    encoding: str | None = None,
    key: Path | None = None,
) -> Responses:
    """Read a workbook or text file of answers, or the bundled SYNTHETIC answers of an instrument of the library.

    `instrument` is one that was read, a file or a name of the library; without it, a library name has its own and any
    other file is read by an instrument drafted from itself. `columns` maps headers to questions where they match
    nothing, `numbers` question numbers to names, `key` is the file of the key that makes pseudonyms of identifiers.

    Raises ConsensusError where the file must not or can't be read, or no header matches the instrument. What is wrong
    with single cells stands in `problems`.
    """
    path, asked = _sources(source, instrument)
    book = read_book(path, encoding=encoding)
    detected = detect(book, asked, dialect=dialect)
    layout = detected.dialect.lay_out(detected.grid)
    layouts = (layout, *detected.dialect.repeats(book, layout))
    if asked is None:
        from questionnaires.drafting import draft_from

        asked = draft_from(book.name, *layouts)
    told = Told(columns=columns or {}, numbers=numbers or {}, key=read_key(key) if key is not None else None)
    reading = Reading(book=book, detected=detected, layouts=layouts, told=told)
    return _responses(reading, asked, collect_file(book, layouts, asked, told), round)


def _sources(source: str | Path, instrument: Instrument | str | Path | None) -> tuple[Path, Instrument | None]:
    """Return the file of answers and the instrument; a name of the library stands for both."""
    from questionnaires.library import entries
    from questionnaires.xlsform import read_instrument

    known = {entry.id: entry for entry in entries()}
    path = Path(source)
    if isinstance(source, str) and source in known and not path.exists():
        answers = known[source].answers
        if answers is None:
            raise ConsensusError(f"{source}: the library has no answers of single respondents to this instrument.")
        path, instrument = answers, instrument or source
    asked = instrument if isinstance(instrument, Instrument) or instrument is None else read_instrument(instrument)
    return path, asked


def _responses(
    reading: Reading,
    instrument: Instrument,
    read: tuple[tuple[Collected, ...], tuple[Problem, ...], Accounting],
    round: int | None,
) -> Responses:
    """Return the first-level records with those of repeats in them; problems and accounting are of the whole file."""
    (first, *others), problems, accounting = read
    book, detected = reading.book, reading.detected
    synthetic = _is_synthetic(book, instrument)

    def made(part: Collected, problems: Sequence[Problem], accounting: Accounting) -> Responses:
        rows = pd.RangeIndex(len(part.records.addresses))
        return Responses(
            values=_frame(part.typed.values, rows),
            kinds=_frame(part.typed.kinds, rows),
            instrument=instrument,
            name=book.name,
            sha256=book.sha256,
            synthetic=synthetic,
            dialect=detected.dialect.name,
            reason=detected.reason,
            problems=Problems(tuple(problems)),
            records=_records(part, rows),
            beside=_frame({c.header: part.layout.cells(c) for c in part.aside}, rows),
            identifiers=part.records.identifiers,
            matched=part.matched,
            source=part.layout,
            accounting=accounting,
            withheld=part.withheld,
            round=round,
            reading=reading,
        )

    repeats = tuple(made(part, part.problems, part.accounting) for part in others)
    return replace(made(first, problems, accounting), repeats=repeats)


def _frame(columns: Mapping[str, Sequence[object]], rows: pd.RangeIndex) -> pd.DataFrame:
    return pd.DataFrame(
        {n: pd.Series(list(cells), index=rows, dtype=object) for n, cells in columns.items()}, index=rows
    )


def _records(collected: Collected, rows: pd.RangeIndex) -> pd.DataFrame:
    found = collected.records
    frame = _frame(
        {
            "respondent_id": found.respondents,
            "address": found.addresses,
            "event": found.events,
            "repeat": found.repeats,
            "instance": found.instances,
            "completed": found.completed,
        },
        rows,
    )
    frame["started"] = pd.Series(found.started, index=rows, dtype="datetime64[s]")
    frame["submitted"] = pd.Series(found.submitted, index=rows, dtype="datetime64[s]")
    frame["seconds"] = pd.Series(found.seconds, index=rows, dtype=float)
    return frame


def _free_name(values: pd.DataFrame) -> dict[str, str]:
    return {"respondent_id": "record"} if "respondent_id" in values else {}


def _is_synthetic(book: Book, instrument: Instrument) -> bool:
    """Return whether the file says so in its name, a sheet's name or a cell."""
    if _MARK in book.name or any(_MARK in grid.sheet for grid in book.grids):
        return True
    texts = set(chain.from_iterable(chain.from_iterable(grid.rows) for grid in book.grids))
    return any(_MARK in text for text in texts if isinstance(text, str))
