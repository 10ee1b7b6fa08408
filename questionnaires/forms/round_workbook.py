"""A panelist's workbook for one round: their last answer, what the panel said, and cells to answer in; signed, locked.

The sheet `statements` has a row a statement; its rating and comment cells alone are unlocked. `groups` shows what the
stakeholder groups said, `_meta` (hidden) says whose workbook it is. Everything that is locked is signed with a key.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

from questionnaires.forms.round_words import WORDS
from questionnaires.reading.grid import Book, Grid
from questionnaires.reading.text import is_empty, shown
from questionnaires.reading.workbook import read_book
from questionnaires.workbooks import OPENS_FORMULA

FORMAT = "clinical-consensus round 1"
STATEMENTS, GROUPS, LISTS, META = "statements", "groups", "lists", "_meta"
FIRST_ROW = 5
RATING, COMMENT = 9, 10
LINE_HEIGHT, MOST_LINES, WIDE_FROM = 15.0, 27, 0x2E80
WIDTHS = (8, 52, 16, 9, 9, 10, 36, 46, 18, 40)
HEAD = PatternFill("solid", fgColor="E8EEF4")
OPEN = PatternFill("solid", fgColor="FFF7DC")
WRAP = Alignment(wrap_text=True, vertical="top")
BOLD, LARGE = Font(bold=True), Font(bold=True, size=14)
UNLOCKED = Protection(locked=False)
THIN = Side(style="thin", color="C9D3D9")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)


@dataclass(frozen=True, kw_only=True, slots=True)
class RoundLine:
    """One statement in a panelist's workbook; what the panel said is empty where it was not asked before."""

    item: str
    statement: str
    options: tuple[str, ...]
    own: str = ""
    median: float | None = None
    iqr: float | None = None
    n: int | None = None
    spread: str = ""
    comments: str = ""
    recused: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupLine:
    """What one stakeholder group said of a statement."""

    item: str
    group: str
    n: int
    median: float | None
    iqr: float | None
    spread: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RoundForm:
    """What a panelist's workbook holds; `study` tells workbooks of different studies apart."""

    title: str
    study: str
    round: int
    panelist: str
    language: str
    lines: tuple[RoundLine, ...]
    groups: tuple[GroupLine, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Returned:
    """A workbook that came back: whose it says it is, whether its signature fits, and the cells to be read.

    `signed` is None where there is no key to check it with. `cells` has for each item the rating and the comment, with
    the address of the rating; `locked` the texts of all other cells by address.
    """

    path: Path
    panelist: str
    round: int
    study: str
    signed: bool | None
    untouched: bool
    cells: tuple[tuple[str, object, str, str], ...]
    locked: dict[str, str]
    sha256: str


def round_workbook(form: RoundForm, key: bytes) -> Workbook:
    """Return the workbook of a panelist, signed with `key`."""
    say = WORDS["zh" if form.language == "zh" else "en"]
    book = Workbook(write_only=True)
    sheets = [book.create_sheet(name) for name in (STATEMENTS, GROUPS, LISTS, META)]
    statements, groups, lists, meta = sheets
    _statements(statements, form, say)
    _groups(groups, form, say)
    options = tuple(dict.fromkeys(line.options for line in form.lines))
    for at in range(max((len(o) for o in options), default=0)):
        lists.append([_entry(o[at]) if at < len(o) else None for o in options])
    lists.sheet_state = meta.sheet_state = "hidden"
    digest = digest_of(dict(_locked_texts(form, say)))
    for pair in _meta(form, digest, key):
        meta.append([pair[0], pair[1]])
    for sheet in sheets:
        sheet.protection.enable()
    statements.protection.formatColumns = statements.protection.formatRows = False
    return book


def _entry(text: str) -> int | str:
    return int(text) if text.lstrip("-").isdigit() else text


def _meta(form: RoundForm, digest: str, key: bytes) -> Iterator[tuple[str, str]]:
    rows = [
        ("format", FORMAT),
        ("study", form.study),
        ("round", str(form.round)),
        ("panelist", form.panelist),
        ("items", json.dumps([line.item for line in form.lines if not line.recused], ensure_ascii=False)),
        ("rows", json.dumps({line.item: FIRST_ROW + at for at, line in enumerate(form.lines)}, ensure_ascii=False)),
        ("locked", digest),
    ]
    yield from rows
    yield "signature", sign([text for _, text in rows], key)


def sign(texts: list[str], key: bytes) -> str:
    """Return the keyed hash (HMAC-SHA-256) of some texts."""
    return hmac.new(key, "\x1f".join(texts).encode("utf-8"), hashlib.sha256).hexdigest()


def digest_of(locked: dict[str, str]) -> str:
    """Return the hash of locked cells by their address; blanks at line ends and kinds of line ends don't matter."""
    return hashlib.sha256(json.dumps(sorted(locked.items()), ensure_ascii=True).encode("ascii")).hexdigest()


def _cell(sheet: Any, value: Any, **style: object) -> Any:
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str) and value.startswith(OPENS_FORMULA):
        cell.data_type = "s"
    for name, look in style.items():
        setattr(cell, name, look)
    return cell


def _rows(form: RoundForm, say: Mapping[str, Any]) -> Iterator[list[object]]:
    """Yield the rows of the sheet of statements as values; what is to be answered is None."""
    yield [form.title]
    yield [str(say["round"]).format(form.round), say["how"]]
    yield [form.panelist, say["small"] if form.groups else None]
    yield list(say["head"])
    for line in form.lines:
        told = [line.item, line.statement, line.own or None, line.median, line.iqr, line.n, line.spread or None]
        yield [*told, line.comments or None, say["recused"] if line.recused else None, None]


def _group_rows(form: RoundForm, say: Mapping[str, Any]) -> Iterator[list[object]]:
    yield list(say["groups"])
    for line in form.groups:
        yield [line.item, line.group, line.n, line.median, line.iqr, line.spread]


def _locked_texts(form: RoundForm, say: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for sheet, rows in ((STATEMENTS, _rows(form, say)), (GROUPS, _group_rows(form, say))):
        for number, cells in enumerate(rows, start=1):
            for at, value in enumerate(cells, start=1):
                if value is not None:
                    yield f"{sheet}!{get_column_letter(at)}{number}", plain(value)


def plain(value: object) -> str:
    """Return a cell as the text that is compared: kinds of line ends and blanks don't matter."""
    return " ".join(shown(value).split())


def _statements(sheet: Any, form: RoundForm, say: Mapping[str, Any]) -> None:
    for at, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.freeze_panes = f"C{FIRST_ROW}"
    options = tuple(dict.fromkeys(line.options for line in form.lines))
    for at, own in enumerate(options, start=1):
        letter = get_column_letter(at)
        allowed = DataValidation(
            type="list", formula1=f"{LISTS}!${letter}$1:${letter}${len(own)}", allow_blank=True, showErrorMessage=True
        )
        allowed.error = str(say["choose"])
        for row, line in enumerate(form.lines, start=FIRST_ROW):
            if line.options == own and not line.recused:
                allowed.add(f"{get_column_letter(RATING)}{row}")
        sheet.data_validations.append(allowed)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for number, cells in enumerate(_rows(form, say), start=1):
        if number >= FIRST_ROW - 1:
            sheet.row_dimensions[number].height = LINE_HEIGHT * _lines(cells)
        if number < FIRST_ROW - 1:
            sheet.append(
                [_cell(sheet, v, font=LARGE if number == 1 else BOLD) if v is not None else None for v in cells]
            )
        elif number < FIRST_ROW:
            sheet.append([_cell(sheet, v, font=BOLD, fill=HEAD, alignment=WRAP) for v in cells])
        else:
            locked = [_cell(sheet, v, alignment=WRAP) if v is not None else None for v in cells[: RATING - 1]]
            recused = cells[RATING - 1] is not None
            look: dict[str, object] = {} if recused else {"protection": UNLOCKED, "fill": OPEN, "border": BOX}
            free = [_cell(sheet, v, alignment=WRAP, **look) for v in cells[RATING - 1 :]]
            sheet.append([*locked, *free])


def _lines(cells: list[object]) -> int:
    """Return how many lines the tallest cell of a row takes; Chinese characters are twice as wide."""
    lines = [1]
    for value, width in zip(cells, WIDTHS, strict=False):
        for part in str(value).split("\n") if value is not None else ():
            wide = sum(2 if ord(character) > WIDE_FROM else 1 for character in part)
            lines.append(sum(1 for _ in str(value).split("\n")) - 1 + -(-wide // max(width - 2, 1)))
    return min(max(lines), MOST_LINES)


def _groups(sheet: Any, form: RoundForm, say: Mapping[str, Any]) -> None:
    for at, width in enumerate((8, 28, 10, 10, 10, 24), start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    for number, cells in enumerate(_group_rows(form, say)):
        sheet.append([_cell(sheet, v, font=BOLD, fill=HEAD) if not number else v for v in cells])


def read_round_workbook(path: Path, key: bytes | None) -> Returned | None:
    """Return a workbook that came back; None where it is none of ours. Raises ConsensusError where it can't be read."""
    book = read_book(path)
    meta = _meta_of(book)
    sheet = next((grid for grid in book.grids if grid.sheet == STATEMENTS), None)
    if meta.get("format") != FORMAT or sheet is None:
        return None
    try:
        rows, items = json.loads(meta["rows"]), json.loads(meta["items"])
        number = int(meta["round"])
    except (KeyError, ValueError):
        return None
    signature = meta.pop("signature", "")
    signed = None if key is None else hmac.compare_digest(sign(list(meta.values()), key), signature)
    open_cells = {(rows[item] - 1, at - 1) for item in items for at in (RATING, COMMENT) if item in rows}
    locked = {
        f"{grid.sheet}!{get_column_letter(at + 1)}{row + 1}": plain(cell)
        for grid in book.grids
        if grid.sheet in (STATEMENTS, GROUPS)
        for row, cells in enumerate(grid.rows)
        for at, cell in enumerate(cells)
        if not is_empty(cell) and not (grid.sheet == STATEMENTS and (row, at) in open_cells)
    }
    return Returned(
        path=path,
        panelist=meta.get("panelist", ""),
        round=number,
        study=meta.get("study", ""),
        signed=signed,
        untouched=digest_of(locked) == meta.get("locked"),
        cells=tuple(_answered(sheet, item, rows[item] - 1) for item in items if item in rows),
        locked=locked,
        sha256=book.sha256,
    )


def _meta_of(book: Book) -> dict[str, str]:
    grid = next((grid for grid in book.grids if grid.sheet == META), None)
    if grid is None:
        return {}
    return {shown(row[0]): shown(row[1]) for row in grid.rows if len(row) > 1 and not is_empty(row[0])}


def _answered(sheet: Grid, item: str, row: int) -> tuple[str, object, str, str]:
    """Return an item with its rating, its comment and the rating's address."""
    there = row < len(sheet.rows)
    rating = sheet.cell(row, RATING - 1) if there else None
    comment = sheet.cell(row, COMMENT - 1) if there else None
    return item, rating, shown(comment).strip(), sheet.where(row, RATING - 1)
