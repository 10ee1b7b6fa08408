"""A clinic's own file -> a draft of its map: which header is which of our columns, and what couldn't be placed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from consensus.definitions.column import BASELINE, PATIENT_ID, SESSION_DATE, Column, baseline_of
from consensus.definitions.condition import Condition
from consensus.scoring.assessments import assessment_columns
from consensus.scoring.cells import CellFaultError, is_missing, read_cell, text_of
from consensus.scoring.course_map import DATE, TREATED, CourseMap, Rows, ScanMap, Words
from consensus.scoring.draft_lesions import place_lesions
from consensus.scoring.draft_sheets import Heading, header_rows, headings, key_of
from consensus.scoring.grids import Book, Grid
from consensus.scoring.states import read_state
from consensus.scoring.tables import SHEETS
from questionnaires.problems import ConsensusError

EMPTY_WORDS = ("/", "-", "--", ".", "?", "NA", "N/A", "nd", "未查", "未做", "未知", "不详", "无记录")
LOOKED_AT = 400
SPELLINGS, UNREAD = 12, 5
FEWEST = 3  # so many states before treatment make a sheet of patients without sessions worth reading


@dataclass(frozen=True, kw_only=True, slots=True)
class Drafted:
    """A drafted map, None where the file has our own sheets already.

    `unplaced` are headers that are none of ours with their sheet, `unread` words that no column knows with their
    header, `spellings` the texts of those columns that are compared as they are written, each with what it is read as.
    """

    file: str
    mapping: CourseMap | None
    unplaced: tuple[tuple[str, str], ...] = ()
    unread: tuple[tuple[str, str], ...] = ()
    spellings: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class _Sheet:
    """One sheet with its headings, those placed by our column, and what its cells are compared by."""

    name: str
    rows: int
    grid: Grid
    headings: list[Heading]
    words: Words
    placed: dict[str, Heading] = field(default_factory=dict)
    lesions: dict[str, Heading] = field(default_factory=dict)

    def cells(self, heading: Heading) -> list[object]:
        rows = self.grid.rows[:LOOKED_AT]
        return [row[at] for row in rows for at in heading.at if self.words.said(row[at], "") is not None]


def draft_map(path: Path, condition: Condition) -> Drafted:
    """Return the drafted map of a workbook or CSV file.

    Raises ConsensusError where no sheet has a column of patients and a date of treatment.
    """
    book = Book(path)
    if set(SHEETS) <= {name.strip().casefold() for name in book.sheets}:
        return Drafted(file=path.name, mapping=None)
    sheets = [sheet for name in book.sheets if (sheet := _sheet(book, name)) is not None]
    for sheet in sheets:
        _place(sheet, condition)
        fits = partial(_fit, sheet)
        sheet.lesions.update(place_lesions(sheet.headings, condition.lesions, fits))
    # a sheet of lesions has patients and dates too, so it is the cohort only where nothing else can be
    main = max((s for s in sheets if _is_main(s)), key=lambda s: (not s.lesions, len(s.placed)), default=None)
    if main is None:
        names = ", ".join(f'"{heading.text}"' for sheet in sheets for heading in sheet.headings[:8])
        raise ConsensusError(
            f"{path.name}: no sheet has columns that are known by name: of patients with a date of treatment, or with "
            "states before it. "
            f"The headers are: {names or 'none'}. Map them by hand: study.reference.toml shows [courses.columns]."
        )
    further = [sheet for sheet in sheets if sheet is not main]
    lesions = next((s for s in further if s.lesions), None)
    scans = next((s for s in further if s is not lesions and _scan_columns(s, condition)), None)
    _leave_out_sessions(main, condition)
    placed = {heading.text for heading in main.placed.values()}
    unplaced = [(main.name, heading.text) for heading in main.headings if heading.text not in placed]
    if scans is not None:
        columns = _scan_columns(scans, condition)
        unplaced += [(scans.name, h.text) for h in scans.headings if h.text not in dict(columns)]
    if lesions is not None:
        known = {heading.text for heading in lesions.lesions.values()}
        unplaced += [(lesions.name, h.text) for h in lesions.headings if h.text not in known]
    unread = [*_unread(main, main.placed, (*condition.sessions, *condition.patients))]
    units = dict(_units(main.placed, (*condition.sessions, *condition.patients)))
    if lesions is not None:
        unread += _unread(lesions, lesions.lesions, condition.lesions)
        units |= dict(_units(lesions.lesions, condition.lesions))
    return Drafted(
        file=path.name,
        mapping=CourseMap(
            rows=_rows(main),
            sheet=main.name if book.book is not None else None,
            header_rows=main.rows,
            missing=_empty_words(main),
            columns=tuple((heading.text, name) for name, heading in main.placed.items()),
            units=tuple(units.items()),
            scans=ScanMap(sheet=scans.name, header_rows=scans.rows, columns=_scan_columns(scans, condition))
            if scans is not None
            else None,
            lesions=ScanMap(
                sheet=lesions.name,
                header_rows=lesions.rows,
                columns=tuple((heading.text, name) for name, heading in lesions.lesions.items()),
            )
            if lesions is not None
            else None,
        ),
        unplaced=tuple(unplaced),
        unread=tuple(unread),
        spellings=tuple(_spellings(main, condition)),
    )


def _sheet(book: Book, name: str) -> _Sheet | None:
    try:
        rows = header_rows(book, name)
        grid = book.grid(name, rows)
    except ConsensusError:
        return None
    words = CourseMap(rows="patients", missing=EMPTY_WORDS).words()
    return _Sheet(name=name, rows=rows, grid=grid, headings=headings(grid), words=words) if grid.rows else None


def _place(sheet: _Sheet, condition: Condition) -> None:
    """Place the headings by the names that a column has, the best fit of cells deciding between columns of one name."""
    wide = any(heading.numbered for heading in sheet.headings)
    for heading in sheet.headings:
        known = [column for column in _candidates(heading, condition, wide=wide) if column.name not in sheet.placed]
        if known:
            best = max(known, key=lambda column: _fit(sheet, heading, column))
            sheet.placed[best.name] = heading


def _candidates(heading: Heading, condition: Condition, *, wide: bool) -> list[Column]:
    key = heading.key
    if not heading.numbered and key in {key_of(name) for name in condition.treated}:
        return [Column(name=TREATED, type="flag")]
    if heading.numbered:
        return [column for column in condition.sessions if key in _names(column) and column.name != PATIENT_ID]
    mine = [column for column in condition.patients if key in _names(column)]
    before = {column.name: column for column in condition.patients}
    root = key.removesuffix("0").removeprefix(key_of(BASELINE)).removeprefix("基线").removeprefix("pre")
    if root != key:
        named = (baseline_of(column.name) for column in condition.sessions if root in _names(column))
        mine += [before[name] for name in named if name in before and before[name] not in mine]
    if mine:
        return mine
    sessions = [column for column in condition.sessions if key in _names(column)]
    # beside numbered columns a heading without a number is a state with its date in the cell
    return [column for column in sessions if column.type == "flag"] if wide else sessions


def _names(column: Column) -> set[str]:
    return {key_of(name) for name in (column.name, *column.also, *column.near)}


def _fit(sheet: _Sheet, heading: Heading, column: Column) -> float:
    """Return the share of a heading's cells that the column can hold."""
    cells = sheet.cells(heading)
    return sum(_reads(cell, column, heading, sheet.words) for cell in cells) / len(cells) if cells else 0.0


def _reads(cell: object, column: Column, heading: Heading, words: Words) -> bool:
    try:
        read_cell(words.said(cell, column.name), column)
    except CellFaultError:
        state = column.type == "flag" and not heading.numbered
        return state and read_state(cell, column, words).yes is not None
    return True


def _leave_out_sessions(sheet: _Sheet, condition: Condition) -> None:
    """Take back what was placed as a session's where the sheet has no date of one."""
    if SESSION_DATE not in sheet.placed:
        for name in set(sheet.placed) - {column.name for column in condition.patients}:
            del sheet.placed[name]


def _is_main(sheet: _Sheet) -> bool:
    return {PATIENT_ID, SESSION_DATE} <= set(sheet.placed) or sum(
        name.startswith(BASELINE) for name in sheet.placed
    ) >= FEWEST


def _rows(sheet: _Sheet) -> Rows:
    if TREATED in sheet.placed and SESSION_DATE in sheet.placed:
        sheet.placed[DATE] = sheet.placed.pop(SESSION_DATE)
        return "visits"
    return "sessions" if SESSION_DATE in sheet.placed and not sheet.placed[SESSION_DATE].numbered else "patients"


def _scan_columns(sheet: _Sheet, condition: Condition) -> tuple[tuple[str, str], ...]:
    """Return the columns of a sheet of further scans: whose, when, and something that was seen; else nothing."""
    known = {column.name for column in assessment_columns(condition)}
    dated = next(
        (sheet.placed[name] for name in (condition.assessed or "", SESSION_DATE) if name in sheet.placed), None
    )
    seen = {name: heading for name, heading in sheet.placed.items() if name in known and name != PATIENT_ID}
    if PATIENT_ID not in sheet.placed or dated is None or not seen:
        return ()
    pairs = ((PATIENT_ID, sheet.placed[PATIENT_ID]), (DATE, dated), *seen.items())
    return tuple((heading.text, name) for name, heading in pairs)


def _empty_words(sheet: _Sheet) -> tuple[str, ...]:
    written = {text_of(cell) for row in sheet.grid.rows for cell in row if isinstance(cell, str)}
    return tuple(word for word in EMPTY_WORDS if word in written)


def _units(placed: Mapping[str, Heading], of: Sequence[Column]) -> Iterable[tuple[str, str]]:
    """Return our column and the unit of each heading that names another unit than ours."""
    columns = {column.name: column for column in of}
    for name, heading in placed.items():
        if name in columns and heading.unit in dict(columns[name].units):
            yield name, heading.unit


def _spellings(sheet: _Sheet, condition: Condition) -> Iterable[tuple[str, tuple[tuple[str, str], ...]]]:
    """Return the distinct texts of each column of sessions that holds texts, the commonest first, and what they say."""
    texts = {column.name: column for column in condition.sessions if column.type == "text"}
    texts.pop(PATIENT_ID, None)
    for name in (name for name in sheet.placed if name in texts):
        counted = Counter(text_of(cell) for cell in sheet.cells(sheet.placed[name]))
        yield name, tuple((word, str(read_cell(word, texts[name]))) for word, _ in counted.most_common(SPELLINGS))


def _unread(sheet: _Sheet, placed: Mapping[str, Heading], of: Sequence[Column]) -> Iterable[tuple[str, str]]:
    """Return the header and the word for each text that its column can't hold, the commonest of a column first."""
    columns = {column.name: column for column in of}
    for name, heading in placed.items():
        column = columns.get(name)
        if column is None:
            continue
        cells = (c for c in sheet.cells(heading) if not is_missing(c) and not _reads(c, column, heading, sheet.words))
        for word, _ in Counter(map(text_of, cells)).most_common(UNREAD):
            yield heading.text, word
