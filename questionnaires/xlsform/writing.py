"""An `Instrument` as an XLSForm workbook with our extra columns and sheets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from questionnaires.instrument import Choice, Group, Instrument, Labels, Question
from questionnaires.problems import ConsensusError
from questionnaires.workbooks import set_text, write_workbook
from questionnaires.xlsform import names

Cells = dict[str, str]
FORM = ("relevant", "constraint", "calculation", "parameters")
OURS = ("role", "criterion", "direction", "parameter", "evidence", "same_as", "vignette", "reconstructed", "note")
CODING = ("endorses", "score", "missing")
WIDE, NARROW = 44, 16


def write_instrument(instrument: Instrument, path: str | Path, *, fielding: bool = False) -> Path:
    """Write the workbook and return its path; reading it back gives an equal instrument.

    With `fielding`, what would show on respondents' devices (how options count) moves from `choices` to a sheet
    `coding`. Raises ConsensusError for repeats, which are never written, and where the file can't be written.
    """
    repeats = [group.name for group in instrument.groups if group.repeat]
    if repeats:
        raise ConsensusError(f'{instrument.id}: the repeat "{repeats[0]}" can be read but not written.')
    return write_workbook(path, instrument_workbook(instrument, fielding=fielding))


def instrument_workbook(instrument: Instrument, *, fielding: bool = False) -> Workbook:
    """Return the workbook of an instrument, sheets without content left out."""
    book = Workbook()
    book.remove(book.worksheets[0])
    choices = _choices(instrument)
    coding = [{k: v for k, v in row.items() if k in ("list_name", "name", *CODING)} for row in choices]
    coded = [row for row in coding if len(row) > 2]
    moved = fielding and bool(coded)
    if moved:
        choices = [{k: v for k, v in row.items() if k not in CODING} for row in choices]
    labels = tuple(names.header_of("label", code) for code in instrument.languages)
    hinted = any(question.hint.texts for question in instrument.questions)
    hints = [names.header_of("hint", code) for code in instrument.languages if hinted]
    _sheet(book, names.SURVEY, ("type", "name", *labels, *hints), _survey(instrument), always=True)
    _sheet(book, names.CHOICES, ("list_name", "name", *labels), choices, always=bool(choices))
    _sheet(book, names.SETTINGS, ("form_title", "form_id"), [_settings(instrument)], always=True)
    _sheet(book, names.CRITERIA, ("name", *labels), _criteria(instrument))
    _sheet(book, names.VIGNETTES, ("vignette", *labels), _vignettes(instrument))
    attention = [{"question": question, "expected": expected} for question, expected in instrument.attention]
    _sheet(book, names.ATTENTION, ("question", "expected"), attention)
    if moved:
        _sheet(book, names.CODING, ("list_name", "name"), coded)
    return book


def _survey(instrument: Instrument) -> list[Cells]:
    rows: list[Cells] = []
    path: tuple[str, ...] = ()
    for question in instrument.questions:
        shared = _shared(path, question.groups)
        rows += [{"type": "end_group"} for _ in path[shared:]]
        rows += [_group(instrument.group(name)) for name in question.groups[shared:]]
        path = question.groups
        rows.append(_question(question))
    return rows + [{"type": "end_group"} for _ in path]


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _group(group: Group) -> Cells:
    cells = {"type": "begin_group", "name": group.name} | _labels("label", group.label)
    if group.relevant:
        cells["relevant"] = group.relevant
    return cells | dict(group.further)


def _question(question: Question) -> Cells:
    kind = f"{question.type} {question.list_name}" if question.list_name else question.type
    cells = {"type": kind, "name": question.name}
    cells |= _labels("label", question.label) | _labels("hint", question.hint)
    cells |= {column: getattr(question, column) for column in (*FORM, *OURS) if getattr(question, column)}
    for flag in ("required", "reconstructed"):
        if getattr(question, flag):
            cells[flag] = "yes"
    for column, default in (("direction", "endorse"), ("evidence", "vote")):
        if cells[column] == default and (column == "evidence" or question.role != "criterion"):
            del cells[column]
    return cells | dict(question.further)


def _labels(column: str, labels: Labels) -> Cells:
    return {names.header_of(column, code): text for code, text in labels.texts}


def _choices(instrument: Instrument) -> list[Cells]:
    rows: dict[tuple[str, str], Cells] = {}
    for question in instrument.questions:
        for choice in question.choices:
            rows.setdefault((question.list_name or "", choice.name), _choice(question.list_name or "", choice))
    return list(rows.values())


def _choice(list_name: str, choice: Choice) -> Cells:
    cells = {"list_name": list_name, "name": choice.name} | _labels("label", choice.label)
    for column in ("endorses", "score"):
        number = getattr(choice, column)
        if number is not None:
            cells[column] = f"{number:.15g}"
    if choice.missing:
        cells["missing"] = choice.missing
    return cells | dict(choice.further)


def _settings(instrument: Instrument) -> Cells:
    cells = {"form_title": instrument.title, "form_id": instrument.id}
    if instrument.version:
        cells["version"] = instrument.version
    if instrument.default_language:
        cells["default_language"] = names.language_name(instrument.default_language)
    if instrument.condition:
        cells["condition"] = instrument.condition
    return cells | dict(instrument.settings)


def _criteria(instrument: Instrument) -> list[Cells]:
    columns = ("finding", "form", "times", "days", "parameter", "source")
    return [
        {"name": c.name}
        | _labels("label", c.label)
        | {column: str(getattr(c, column)) for column in columns if getattr(c, column) not in (None, "")}
        for c in instrument.criteria
    ]


def _vignettes(instrument: Instrument) -> list[Cells]:
    rows = []
    for vignette in instrument.vignettes:
        for at, session in enumerate(vignette.sessions):
            labels = _labels("label", vignette.label) if at == 0 else {}
            rows.append({"vignette": vignette.name} | labels | dict(session))
    return rows


def _sheet(book: Workbook, name: str, first: Iterable[str], rows: list[Cells], *, always: bool = False) -> None:
    if not rows and not always:
        return
    columns = _columns(first, rows)
    sheet = book.create_sheet(name)
    for at, column in enumerate(columns, start=1):
        sheet.cell(row=1, column=at, value=column).font = Font(bold=True)
        text = column.startswith(("label", "hint", "relevant", "note"))
        sheet.column_dimensions[get_column_letter(at)].width = WIDE if text else NARROW
    for number, row in enumerate(rows, start=2):
        for at, column in enumerate(columns, start=1):
            if column in row:
                cell = sheet.cell(row=number, column=at)
                set_text(cell, row[column])
                cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "C2" if len(columns) > 2 else "A2"


def _columns(first: Iterable[str], rows: list[Cells]) -> list[str]:
    """Return the columns that any row fills: the first ones, then texts, then the rest, as they come."""
    found = dict.fromkeys(first)
    there = dict.fromkeys(column for row in rows for column in row)
    for start in ("label", "hint"):
        found |= dict.fromkeys(c for c in there if c == start or c.startswith(f"{start}::"))
    ordered = [c for c in (*FORM, "required", *OURS, *CODING) if c in there]
    return list(found | dict.fromkeys(ordered) | there)
