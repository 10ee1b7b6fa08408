"""Sheets of a workbook, CSV files and data frames as one thing: headers, rows, and the address of every cell."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from openpyxl.utils import get_column_letter
from python_calamine import CalamineError, CalamineWorkbook

from consensus.scoring.cells import is_missing
from questionnaires.absent import LOCK
from questionnaires.problems import ConsensusError, Problem, did_you_mean, one_of
from questionnaires.reading.guard import inspect

if TYPE_CHECKING:
    import pandas as pd

    from consensus.scoring.course import Cause

SHEETS = ("patients", "sessions")
ASSESSMENTS = "assessments"
LESIONS = "lesions"
SYNTHETIC = "SYNTHETIC"
OWN_SHEET = "consensus new mine --courses"
EXPECTED = "a workbook with the sheets patients and sessions, or a folder with patients.csv and sessions.csv"
ENDS = (".csv", ".parquet")
ENCODINGS = ("utf-8-sig", "gb18030")


class Spot(NamedTuple):
    """Where a cell stands as its owner would look it up: the sheet or file, the cell or line, the header above it."""

    sheet: str
    cell: str
    header: str


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Table:
    """One sheet: `rows[i][j]` stands under `headers[j]` at the address `where(i, j)`; row -1 is the header.

    `spot` is the same address in parts, None for what stands nowhere.
    """

    sheet: str
    headers: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    where: Callable[[int, int], str]
    spot: Callable[[int, int], Spot | None]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class OwnSheet:
    """The user's own sheet of patients as it came: headers, and each patient's row by the id that stands at `key`."""

    headers: tuple[str, ...]
    key: int
    rows: dict[str, tuple[object, ...]]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Source:
    """The sheets of a file or folder, with its name, hash and whether it says that it is SYNTHETIC.

    `problems`, `held_back` (patients whom no definition can judge) and `told` (what was understood, in words) come from
    a sheet of another layout; `own` is that sheet; `states` counts the assessments that are states with their date in
    the cell.
    """

    patients: Table
    sessions: Table
    name: str
    sha256: str
    synthetic: bool
    assessments: Table | None = None
    lesions: Table | None = None
    problems: tuple[Problem, ...] = ()
    told: str = ""
    own: OwnSheet | None = None
    states: int = 0
    held_back: tuple[tuple[str, Cause], ...] = ()


def read_source(path: Path) -> Source:
    """Return the sheets `patients` and `sessions` of a workbook, or of a folder with patients.csv and sessions.csv.

    Raises ConsensusError where one of them is missing or can't be read.
    """
    return _folder(path) if path.is_dir() else _workbook(path)


def table_of_frame(frame: pd.DataFrame, sheet: str) -> Table:
    """Return a data frame as a table; a cell's address is its row from 1 and its column."""
    headers = tuple(str(name) for name in frame.columns)
    columns = [frame.iloc[:, at].tolist() for at in range(len(headers))]
    rows = tuple(zip(*columns, strict=True)) if columns else ()

    def where(i: int, j: int) -> str:
        return f"{sheet}, row {i + 1}, {headers[j]}" if i >= 0 else f"{sheet}, column {headers[j]}"

    def spot(i: int, j: int) -> Spot:
        return Spot(sheet, f"row {i + 1}", headers[j])

    return Table(sheet=sheet, headers=headers, rows=rows, where=where, spot=spot)


def _workbook(path: Path) -> Source:
    try:
        content = path.read_bytes()
        if content:
            inspect(path)  # refuses what must not reach a parser: bombs, entities, macros, protected and broken files
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    except OSError as error:
        raise ConsensusError(f"{path}: can't be read ({error.strerror}).") from None
    except CalamineError as error:
        raise ConsensusError(f"{path.name}: can't be read as a workbook ({error}). Expected {EXPECTED}.") from None
    by_name = {name.strip().casefold(): name for name in book.sheet_names}
    missing = [sheet for sheet in SHEETS if sheet not in by_name]
    if missing:
        has = one_of(book.sheet_names).removeprefix("one of: ")
        hint = did_you_mean(missing[0], book.sheet_names) or f"For a sheet of your own: {OWN_SHEET} {path}."
        got = f"{path.name}: there is no sheet {' and no sheet '.join(missing)}"
        raise ConsensusError(f"{got}. Expected {EXPECTED}. The sheets are: {has}. {hint}".strip())
    found = {}
    for sheet in (*SHEETS, ASSESSMENTS, LESIONS):
        if sheet in by_name:
            name = by_name[sheet]
            cells = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            found[sheet] = _table(sheet, cells, path.name, name)
    return Source(
        patients=found[SHEETS[0]],
        sessions=found[SHEETS[1]],
        assessments=found.get(ASSESSMENTS),
        name=path.name,
        sha256=hashlib.sha256(content).hexdigest(),
        synthetic=any(SYNTHETIC in name for name in (*book.sheet_names, path.name)),
        lesions=found.get(LESIONS),
    )


def _table(sheet: str, cells: Sequence[Sequence[object]], file: str, name: str) -> Table:
    """Return the rows under the first one that isn't empty; rows without any cell are left out."""
    filled = [at for at, row in enumerate(cells) if not all(is_missing(cell) for cell in row)]
    if not filled:
        raise ConsensusError(f"{file}, {name}: the sheet is empty. Expected a row of column names.")
    headers = tuple("" if is_missing(cell) else str(cell).strip() for cell in cells[filled[0]])
    return Table(
        sheet=sheet,
        headers=headers,
        rows=tuple(tuple(cells[at]) for at in filled[1:]),
        where=lambda i, j: f"{file}, {name}!{get_column_letter(j + 1)}{filled[i + 1] + 1}",
        spot=lambda i, j: Spot(name, f"{get_column_letter(j + 1)}{filled[i + 1] + 1}", headers[j]),
    )


def _folder(path: Path) -> Source:
    digest, tables = hashlib.sha256(), list[Table]()
    files = {sheet: _file_of(path, sheet) for sheet in (*SHEETS, ASSESSMENTS, LESIONS)}
    missing = [f"{sheet}.csv" for sheet in SHEETS if files[sheet] is None]
    if missing:
        raise ConsensusError(
            f"{path}: there is no {' and no '.join(missing)} (or .parquet) in the folder. {_instead(path)}"
        )
    further = [sheet for sheet in (ASSESSMENTS, LESIONS) if files[sheet] is not None]
    for sheet in (*SHEETS, *further):
        file = files[sheet] or path
        content = file.read_bytes()
        digest.update(hashlib.sha256(content).digest())
        tables.append(_csv(sheet, content) if file.suffix == ".csv" else _parquet(sheet, file))
    name = path.resolve().name
    synthetic = any(SYNTHETIC in each for each in (name, *(file.name for file in path.iterdir())))
    return Source(
        patients=tables[0],
        sessions=tables[1],
        assessments=dict(zip((*SHEETS, *further), tables, strict=True)).get(ASSESSMENTS),
        name=name,
        sha256=digest.hexdigest(),
        synthetic=synthetic,
        lesions=dict(zip((*SHEETS, *further), tables, strict=True)).get(LESIONS),
    )


def _file_of(folder: Path, sheet: str) -> Path | None:
    """Return the file of a sheet, csv before parquet; None where there is neither."""
    return next((folder / f"{sheet}{end}" for end in ENDS if (folder / f"{sheet}{end}").is_file()), None)


def _parquet(sheet: str, path: Path) -> Table:
    import pandas as pd

    try:
        frame = pd.read_parquet(path)
    except ImportError:
        raise ConsensusError(f"{path.name}: needs the package pyarrow. Install it, or save the file as CSV.") from None
    except (OSError, ValueError) as error:
        raise ConsensusError(f"{path.name}: can't be read as parquet ({error}).") from None
    return table_of_frame(frame, path.name)


def _csv(sheet: str, content: bytes) -> Table:
    file = f"{sheet}.csv"
    text = decoded(file, content)
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader, lines, rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), list[int](), list[list[str]]()
    line = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                lines.append(line)
                rows.append(row)
            line = reader.line_num + 1
    except csv.Error as error:
        raise ConsensusError(f"{file}, line {reader.line_num}: can't be read ({error}).") from None
    if not rows:
        raise ConsensusError(f"{file}: the file is empty. Expected a row of column names.")
    headers = tuple(name.strip() for name in rows[0])
    return Table(
        sheet=sheet,
        headers=headers,
        rows=tuple(_fitted(row, len(headers), file, at) for row, at in zip(rows[1:], lines[1:], strict=True)),
        where=lambda i, j: f"{file}, line {lines[i + 1]}, {headers[j]}",
        spot=lambda i, j: Spot(file, f"line {lines[i + 1]}", headers[j]),
    )


def _fitted(row: Sequence[str], width: int, file: str, line: int) -> tuple[object, ...]:
    if any(cell.strip() for cell in row[width:]):
        raise ConsensusError(f"{file}, line {line}: there are {len(row)} cells. Expected {width}, one a column name.")
    return (*row[:width], *[""] * (width - len(row)))


def decoded(file: str, content: bytes, encodings: Iterable[str] = ENCODINGS) -> str:
    """Return the text of a file in one of the usual encodings; ConsensusError where none fits."""
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ConsensusError(f"{file}: is not text in a known encoding. Save it as CSV UTF-8.")


def _instead(folder: Path) -> str:
    """Return what to name in place of a folder without courses: a workbook that lies in it, or what is expected."""
    books = [each.name for each in sorted(folder.glob("*.xlsx")) if not each.name.startswith(LOCK)]
    if books:
        return f"Expected a file: {one_of(str(folder / name) for name in books).removeprefix('one of: ')}."
    return "Expected a workbook, or both of them in the folder; consensus new mine --courses makes an empty workbook."
