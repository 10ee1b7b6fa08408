"""A clinic's own sheet and its map -> the sheets of courses, every cell with the address where it stands."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from consensus.definitions.column import PATIENT_ID, SESSION_DATE
from consensus.definitions.condition import Condition
from consensus.scoring.cells import is_missing
from consensus.scoring.course_map import DATE, SLOT, TREATED, CourseMap, Found, ScanMap, Words, find_columns
from consensus.scoring.grids import Book, Grid, Placed, table_of
from consensus.scoring.laid import Laid, PlacedRow
from consensus.scoring.lesion_layout import NEEDED as OF_LESIONS
from consensus.scoring.lesion_layout import lay_lesions
from consensus.scoring.lesions import LESION_ID
from consensus.scoring.long import lay_long, lay_visits
from consensus.scoring.tables import ASSESSMENTS, LESIONS, SYNTHETIC, OwnSheet, Source, Table
from consensus.scoring.wide import lay_wide
from questionnaires.problems import ConsensusError, Problem, did_you_mean, one_of

LAY = {"patients": lay_wide, "sessions": lay_long, "visits": lay_visits}
ONE_ROW = {"patients": "one row a patient", "sessions": "one row a session", "visits": "one row a visit"}
NEEDED = {
    "patients": (PATIENT_ID, SESSION_DATE),
    "sessions": (PATIENT_ID, SESSION_DATE),
    "visits": (PATIENT_ID, DATE, TREATED),
}


def read_mapped(path: Path, mapping: CourseMap, condition: Condition) -> Source:
    """Return the sheets of courses that a mapped workbook or CSV file holds.

    Raises ConsensusError where a sheet is missing, or no header is mapped onto a column that must be there.
    """
    book = Book(path)
    grid = book.grid(mapping.sheet, mapping.header_rows)
    found, absent = find_columns(grid.headers, mapping.columns)
    _needed(grid, found, absent, _must_have(mapping))
    laid = Laid(grid=grid, mapping=mapping, condition=condition, words=_words(mapping, condition), found=tuple(found))
    if not any(each.column == PATIENT_ID for each in found):
        laid.problems.append(_numbered(grid))
    for theirs in absent:
        laid.problems.append(_absent(grid, theirs))
    LAY[mapping.rows](laid)
    scans = _scans(book, mapping, laid) if mapping.scans is not None else None
    lesions = _lesions(book, mapping.lesions, laid) if mapping.lesions is not None else None
    return Source(
        patients=_table("patients", grid, laid.patients, (PATIENT_ID,)),
        sessions=_table("sessions", grid, laid.sessions, (PATIENT_ID, SESSION_DATE)),
        name=path.name,
        sha256=book.sha256,
        synthetic=any(SYNTHETIC in name for name in (*book.sheets, path.name)),
        assessments=_joined(_table(ASSESSMENTS, grid, laid.assessments, (PATIENT_ID, DATE)), scans),
        lesions=lesions,
        problems=tuple(laid.problems),
        told=_told(laid),
        held_back=tuple(laid.held.items()),
        own=_own(laid),
        states=len(laid.assessments) if mapping.rows == "patients" else 0,
    )


def _table(sheet: str, grid: Grid, rows: list[PlacedRow], needed: tuple[str, ...]) -> Table:
    return table_of(sheet, grid, list(dict.fromkeys((*needed, *(name for row in rows for name in row)))), rows)


def _needed(
    grid: Grid, found: list[Found], absent: list[str], needed: tuple[str, ...], key: str = "courses.columns"
) -> None:
    has = {each.column for each in found}
    lines = []
    for name in needed:
        if name not in has:
            hint = f"The map names {one_of(absent)}, which the sheet doesn't have." if absent else ""
            lines.append(f"{grid.file}, {grid.sheet}: no header is mapped onto {name}. Expected one in [{key}]. {hint}")
    if lines:
        raise ConsensusError("\n".join(line.strip() for line in lines))


def _must_have(mapping: CourseMap) -> tuple[str, ...]:
    """Return our columns that a header must be mapped onto.

    One row a patient may do without sessions, and then patients are numbered by row where no column names them.
    """
    named = {ours for _, ours in mapping.columns}
    numbered = any(SLOT in theirs for theirs, _ in mapping.columns)
    if mapping.rows != "patients" or numbered:
        return NEEDED[mapping.rows]
    return tuple(name for name in NEEDED["patients"] if name in named)


def _words(mapping: CourseMap, condition: Condition) -> Words:
    """Return the words of cells with the factors of the units that the map names; ConsensusError for an unknown one."""
    factors, columns = {}, (*condition.patients, *condition.sessions, *condition.lesions)
    for name, unit in mapping.units:
        column = next((column for column in columns if column.name == name), None)
        known = dict(column.units) if column is not None else {}
        if column is not None and unit == column.unit:
            continue
        if unit not in known:
            expected = one_of([column.unit, *known]) if column is not None and known else "a column with other units"
            raise ConsensusError(f'[courses.units], {name}: "{unit}" is not a unit of it. Expected {expected}.')
        factors[name] = known[unit]
    return replace(mapping.words(), factors=factors)


def _numbered(grid: Grid) -> Problem:
    return Problem(
        where=f"{grid.file}, {grid.sheet}",
        got="no header is mapped onto patient_id, so patients are numbered by row",
        severity="note",
    )


def _absent(grid: Grid, theirs: str) -> Problem:
    return Problem(
        where=f"{grid.file}, {grid.sheet}",
        got=f'there is no column "{theirs}", which the map names',
        hint=did_you_mean(theirs, (header.strip() for header in grid.headers if header.strip())),
    )


def _scans(book: Book, mapping: CourseMap, laid: Laid) -> Table:
    scans = mapping.scans or ScanMap(sheet="")
    grid = book.grid(scans.sheet, scans.header_rows)
    found, absent = find_columns(grid.headers, scans.columns)
    _needed(grid, found, absent, (PATIENT_ID, DATE))
    laid.problems.extend(_absent(grid, theirs) for theirs in absent)
    rows: list[PlacedRow] = []
    found.sort(key=lambda each: each.column != PATIENT_ID)
    for i, raw in enumerate(grid.rows):
        if any(not is_missing(raw[each.at]) for each in found):
            rows.append(
                {
                    each.column: Placed(value=laid.words.said(raw[each.at], each.column), at=(i, each.at))
                    for each in found
                }
            )
    return _table(ASSESSMENTS, grid, rows, (PATIENT_ID, DATE))


def _lesions(book: Book, lesions: ScanMap, laid: Laid) -> Table:
    grid = book.grid(lesions.sheet, lesions.header_rows)
    found, absent = find_columns(grid.headers, lesions.columns)
    named = () if any(each.slot is not None for each in found) else (LESION_ID,)
    _needed(grid, found, absent, (*OF_LESIONS, *named), "courses.lesions.columns")
    laid.problems.extend(_absent(grid, theirs) for theirs in absent)
    return _table(LESIONS, grid, lay_lesions(grid, found, laid.words), (*OF_LESIONS, LESION_ID))


def _joined(states: Table, scans: Table | None) -> Table | None:
    """Return the assessments of two sheets as one table, None where there are none."""
    if scans is None:
        return states if states.rows else None
    if not states.rows:
        return scans
    headers = tuple(dict.fromkeys((*scans.headers, *states.headers)))
    tables = [(table, i) for table in (scans, states) for i in range(len(table.rows))]
    places = {id(t): [t.headers.index(h) if h in t.headers else None for h in headers] for t in (scans, states)}

    def pick(i: int, j: int) -> tuple[Table, int, int | None]:
        table, row = tables[i] if i >= 0 else (scans, -1)
        return table, row, places[id(table)][j]

    def where(i: int, j: int) -> str:
        table, row, column = pick(i, j)
        return table.where(row, column if column is not None else 0)

    return Table(
        sheet=ASSESSMENTS,
        headers=headers,
        rows=tuple(
            tuple(table.rows[row][at] if at is not None else None for at in places[id(table)]) for table, row in tables
        ),
        where=where,
        spot=lambda i, j: None if pick(i, j)[2] is None else pick(i, j)[0].spot(pick(i, j)[1], pick(i, j)[2] or 0),
    )


def _own(laid: Laid) -> OwnSheet:
    rows = {patient: laid.grid.rows[i] for patient, i in laid.own_rows.items()}
    if laid.mapping.rows != "patients":
        # of many rows a patient only what holds for the patient is shown beside a verdict
        mine = [f.at for f in laid.found if laid.known("patients", f.column) is not None]
        headers = tuple(laid.grid.headers[at] for at in mine)
        key = next(at for at, found in enumerate(f for f in laid.found if f.at in mine) if found.column == PATIENT_ID)
        return OwnSheet(headers=headers, key=key, rows={p: tuple(row[at] for at in mine) for p, row in rows.items()})
    key = next((found.at for found in laid.found if found.column == PATIENT_ID), 0)
    return OwnSheet(headers=laid.grid.headers, key=key, rows=rows)


def _told(laid: Laid) -> str:
    slots = [found.slot for found in laid.found if found.slot is not None]
    return ONE_ROW[laid.mapping.rows] + (f", sessions in columns numbered up to {max(slots)}" if slots else "")
