"""What is told of a file as a whole: sheets, headers and columns that were not read, and what was left out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from questionnaires.instrument import Instrument
from questionnaires.problems import ConsensusError, Problem
from questionnaires.reading.dialects.registry import known_dialects
from questionnaires.reading.grid import Book, Grid
from questionnaires.reading.headers import Matched, Placement
from questionnaires.reading.layout import Column, Layout, header_row
from questionnaires.reading.moments import is_moment, moment_of, order_in
from questionnaires.reading.others import lost_records
from questionnaires.reading.text import is_empty

_NEAREST = 3
_GUESSED = {
    "near": "it is nearly its text, and the answers fit",
    "item": "its last words are the text of that question alone",
    "order": "several questions have this text, and as many columns, in the same order",
}


def no_match(name: str, layout: Layout, instrument: Instrument) -> ConsensusError:
    """Return the refusal of a file none of whose headers is a question."""
    headers = ", ".join(f'"{_short(c.header)}"' for c in layout.columns[:_NEAREST]) or "none"
    names = ", ".join(q.name for q in instrument.questions[:_NEAREST])
    return ConsensusError(
        f"{name}: no header matches the instrument {instrument.id}: the headers are {headers}, ...; its questions "
        f"are {names}, .... Known dialects: {', '.join(known_dialects())}."
    )


def sheet_problems(book: Book, layouts: Sequence[Layout]) -> Iterator[Problem]:
    """Tell of sheets that were not read, hidden ones, uneven rows, and headers that occur twice or not at all."""
    read = {layout.grid.sheet for layout in layouts}
    for grid in book.grids:
        yield from grid.problems if grid.sheet in read else _other_sheet(grid)
        if not grid.visible:
            yield Problem(where=grid.named, got="the sheet is hidden", severity="warning")
    if not any(layout.records for layout in layouts):
        yield Problem(where=layouts[0].grid.named, got="has a header and no answers", severity="warning")
    for layout in layouts:
        yield from _uneven_rows(layout)
        yield from _without_header(layout)
        yield from _title(layout)
        yield from _untold_times(layout)
        yield from _repeated(layout) if layout.repeated else _twice(layout)


def _title(layout: Layout) -> Iterator[Problem]:
    """Tell of a text above the headers that is read as a title."""
    above = layout.grid.rows[: header_row(layout.grid)]
    titles = [str(cell) for row in above for cell in row if not is_empty(cell)]
    if titles and not layout.repeated:
        got = f'"{_short(titles[0])}" stands above the headers and is taken for a title'
        yield Problem(where=layout.grid.named, got=got, severity="note")


def _untold_times(layout: Layout) -> Iterator[Problem]:
    """Tell of the platform's own times where nothing says whether day or month comes first."""
    for column in layout.columns:
        if column.means in ("started", "submitted"):
            cells = layout.cells(column)
            untold = [cell for cell in {*cells} if is_moment(cell) and moment_of(cell, order_in(cells)) is None]
            if untold:
                yield Problem(
                    where=layout.grid.where(max(layout.first_row - 1, 0), column.position),
                    got=f'nothing in the column "{_short(column.header)}" tells whether day or month comes first',
                    hint="These times are not used.",
                    severity="note",
                )


def _repeated(layout: Layout) -> Iterator[Problem]:
    rows = len(layout.records)
    yield Problem(
        where=layout.grid.named,
        got=f"{rows} {'row' if rows == 1 else 'rows'} of repeated questions, kept apart from the first-level records",
        severity="note",
    )


def _other_sheet(grid: Grid) -> Iterator[Problem]:
    filled = grid.filled()
    if filled:
        yield Problem(
            where=grid.named,
            got=f"the sheet was not read; {filled:,} of its cells hold something",
            hint="Answers are read from one sheet.",
            severity="note",
        )


def _uneven_rows(layout: Layout) -> Iterator[Problem]:
    """Tell of rows of a text file with more or fewer cells than the header; a workbook's rows are of one length."""
    if layout.grid.sheet or not layout.grid.text:
        return
    width = len(layout.grid.rows[layout.first_row - 1]) if layout.first_row else 0
    for row in layout.records:
        cells = len(layout.grid.rows[row])
        if cells != width:
            yield Problem(
                where=f"{layout.grid.file}, row {row + 1}",
                got=f"has {cells} cells and the header {width}",
                hint="Missing cells count as empty." if cells < width else "The cells beyond the header are not read.",
                severity="warning",
            )


def _without_header(layout: Layout) -> Iterator[Problem]:
    for position, cells in headless(layout).items():
        yield Problem(
            where=layout.grid.where(layout.records[0], position),
            got=f"{cells} {'cell' if cells == 1 else 'cells'} of this column stand under no header",
            hint="They are not read.",
            severity="warning",
        )


def headless(layout: Layout) -> dict[int, int]:
    """Return how many cells stand in columns without a header, by column."""
    known = {c.position for c in layout.columns}
    unknown = [p for p in range(layout.grid.width) if p not in known]
    counts: Counter[int] = Counter()
    for row in layout.records if unknown else ():
        cells = layout.grid.rows[row]
        counts.update(p for p in unknown if p < len(cells) and not is_empty(cells[p]))
    return dict(sorted(counts.items()))


def _twice(layout: Layout) -> Iterator[Problem]:
    same: dict[tuple[str, ...], list[Column]] = defaultdict(list)
    for column in layout.columns:
        same[(column.header.strip(), column.option or "", *column.ids)].append(column)
    for columns in same.values():
        if len(columns) > 1:
            cells = ", ".join(_header_cell(layout, c) for c in columns)
            yield Problem(
                where=layout.grid.named,
                got=f'{len(columns)} columns have the header "{_short(columns[0].header)}" ({cells})',
                severity="warning",
            )


def _header_cell(layout: Layout, column: Column) -> str:
    return layout.grid.where(max(layout.first_row - 1, 0), column.position).rpartition(" ")[2].rpartition("!")[2]


def column_problems(layout: Layout, matched: Matched, idle: Sequence[Column]) -> Iterator[Problem]:
    """Tell of columns that are no question, questions without a column, and columns that were matched by nearness."""
    for placement in matched.placements:
        if placement.how in _GUESSED:
            yield _guessed(layout, placement)
    filled_cells = {c.position: sum(not is_empty(cell) for cell in layout.cells(c)) for c in idle}
    yield from _empty_columns(layout, [c for c in idle if not filled_cells[c.position]])
    for column in idle:
        filled = filled_cells[column.position]
        if not filled:
            continue
        yield Problem(
            where=layout.grid.where(max(layout.first_row - 1, 0), column.position),
            got=f'the column "{_short(column.header)}" is no question of the instrument; {filled:,} of its cells hold '
            "something",
            hint=_how_to_map(matched),
            severity="warning" if matched.without_column else "note",
        )  # fmt: skip
    for name in matched.without_column:
        yield Problem(
            where=layout.grid.named,
            question=name,
            got=f"{name} has no column",
            hint="If one of the columns is meant, name it in the study file under columns." if idle else "",
            severity="warning" if idle else "note",
        )


def _empty_columns(layout: Layout, empty: Sequence[Column]) -> Iterator[Problem]:
    if empty:
        number = "1 column" if len(empty) == 1 else f"{len(empty)} columns"
        names = ", ".join(f'"{_short(c.header)}"' for c in empty)
        got = f"no question, and nothing below the header: {number} ({names})"
        yield Problem(where=layout.grid.named, got=got, severity="note")


def _how_to_map(matched: Matched) -> str:
    if not matched.without_column:
        return ""
    names = ", ".join(matched.without_column[:_NEAREST])
    more = ", ..." if len(matched.without_column) > _NEAREST else ""
    return (
        f'If it is a question without a column ({names}{more}), say so in the study file: columns = {{"..." = "NAME"}}.'
    )


def _guessed(layout: Layout, placement: Placement) -> Problem:
    header = _short(placement.column.header)
    return Problem(
        where=layout.grid.where(max(layout.first_row - 1, 0), placement.column.position),
        question=placement.question,
        got=f'the header "{header}" was taken for {placement.question}: {_GUESSED[placement.how]}',
        hint="If that is wrong, say in the study file under columns which question it is.",
        severity="warning",
    )


def withheld_problem(layout: Layout, personal: Sequence[tuple[Column, int]]) -> Iterator[Problem]:
    """Tell which columns were left out as personal, with the number of their cells."""
    if layout.repeated:  # what was asked once stands above them
        personal = [(column, cells) for column, cells in personal if cells]
    if personal:
        columns = ", ".join(f"{_short(column.header)} ({cells:,})" for column, cells in personal)
        yield Problem(
            where=layout.grid.named,
            got=f"left out as personal, with the number of cells: {columns}",
            severity="note",
        )


def lost_elsewhere(layout: Layout, placed: Iterable[int]) -> Iterator[Problem]:
    """Tell of lost cells in columns that belong to no question."""
    known = set(placed)
    for record, column, words in lost_records(layout):
        if column not in known:
            yield Problem(
                where=layout.grid.where(layout.records[record], column),
                got=f"{words} stands here",
                hint="Open the file in a spreadsheet program and save it again.",
                severity="warning",
            )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:57]}..."
