"""Scores as a workbook: the user's own sheet with the verdicts, who differs, what to look up, the long table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from reports.scoring import columns_of
from reports.telling_scores import marked

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from consensus.scoring.months import Span
    from consensus.scoring.score import Scores
    from consensus.scoring.tables import OwnSheet

BASELINE = (
    'When a definition was met is known only after treatment: "ever failed" must not serve as a baseline covariate. '
    "Count time from the date of failure, or compare from a fixed landmark on."
)
PER_DEFINITION = ("verdict", "date", "days", "reason")
PER_SCORE = ("class", "points_low", "points_high", "reason")
WORKLIST = ("sheet", "cell", "patient_id", "header", "settles", "definitions")
DIFFERS = ("patient_id", "met_by", "not_met_by", "met_on")
WIDEST = 60


def scores_workbook(scores: Scores) -> Workbook:
    """Return the workbook with the sheets patients, differs, worklist and long, and what has to be said of them."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    _patients(book, scores)
    called = _called(scores)
    differ = ((patient, called[met], called[other], on) for patient, met, other, on in differing(scores))
    _sheet(book, "differs", DIFFERS, differ)
    _sheet(book, "worklist", WORKLIST, _worklist(scores))
    standings = {definition.id: definition.source.standing for definition in scores.definitions}
    rows = ({**row, "standing": standings[str(row["definition"])]} for row in scores.to_dicts())
    columns = (*columns_of(scores), "standing")
    _sheet(book, "long", columns, ([_dated(name, row[name]) for name in columns] for row in rows))
    if scores.courses.synthetic:
        book.create_sheet("SYNTHETIC")["A1"] = "SYNTHETIC: invented patients, no clinical meaning."
    return book


def _called(scores: Scores) -> dict[str, str]:
    """Return what definitions are called by their ids: marked where the text is recalled."""
    return {definition.id: marked(definition, "en") for definition in scores.definitions}


def differing(scores: Scores) -> list[tuple[str, str, str, object]]:
    """Return one row for each patient and pair of definitions of which one is met and the other is not met."""
    rows = scores.to_dicts()
    names = [definition.id for definition in scores.definitions]
    found: list[tuple[str, str, str, object]] = []
    for start in range(0, len(rows), len(names)):
        mine = rows[start : start + len(names)]
        for met in mine:
            for other in mine:
                if met["verdict"] == "met" and other["verdict"] == "not_met":
                    on = _dated("date", met["date"])
                    found.append((str(met["patient_id"]), str(met["definition"]), str(other["definition"]), on))
    return found


def _patients(book: Workbook, scores: Scores) -> None:
    from openpyxl.styles import Font

    sheet = book.create_sheet("patients")
    own = scores.courses.own
    names, called = [definition.id for definition in scores.definitions], _called(scores)
    headers = own.headers if own is not None else ("patient_id",)
    sheet["A1"] = "; ".join((BASELINE, *scores.warnings))
    sheet["A1"].font = Font(italic=True)
    scales = {definition.id for definition in scores.scales}
    head = [
        *headers,
        *(f"{called[name]} {what}" for name in names for what in (PER_SCORE if name in scales else PER_DEFINITION)),
    ]
    _row(sheet, 2, head, bold=True)
    rows = scores.to_dicts()
    for number, start in enumerate(range(0, len(rows), len(names))):
        mine = rows[start : start + len(names)]
        patient = str(mine[0]["patient_id"])
        cells: list[object] = [patient] if own is None else list(own.rows.get(patient, _stranger(own, patient)))
        for at, row in enumerate(mine, start=start):
            if row["definition"] in scales:
                cells += [row["class"], row["points_low"], row["points_high"], scores.reasons[at]]
            else:
                cells += [row["verdict"], _dated("date", row["date"]), _days(scores.days[at]), scores.reasons[at]]
        _row(sheet, number + 3, cells)
    sheet.freeze_panes = "B3"


def _stranger(own: OwnSheet, patient: str) -> tuple[object, ...]:
    return tuple(patient if at == own.key else None for at in range(len(own.headers)))


def _worklist(scores: Scores) -> Iterable[Sequence[object]]:
    from consensus.scoring.worklist import worklist

    called = _called(scores)
    for wanted in worklist(scores):
        spot, settles = wanted.spot, wanted.settles
        yield (
            spot.sheet,
            spot.cell,
            wanted.patient_id,
            spot.header,
            len(settles),
            ", ".join(called[name] for name in settles),
        )


def _sheet(book: Workbook, name: str, headers: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(name)
    _row(sheet, 1, headers, bold=True)
    widths = [len(header) for header in headers]
    for number, row in enumerate(rows, start=2):
        _row(sheet, number, row)
        widths = [max(wide, len(str(cell or ""))) for wide, cell in zip(widths, row, strict=True)]
    for at, wide in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = min(WIDEST, wide + 2)
    sheet.freeze_panes = "A2"


def _row(sheet: Worksheet, number: int, cells: Sequence[object], *, bold: bool = False) -> None:
    from openpyxl.cell import Cell
    from openpyxl.styles import Font

    from questionnaires.workbooks import set_text

    for at, value in enumerate(cells, start=1):
        if value is None or value == "":
            continue
        cell = sheet.cell(row=number, column=at)
        assert isinstance(cell, Cell)
        if isinstance(value, str):
            set_text(cell, value)
        else:
            cell.value = int(value) if isinstance(value, float) and value.is_integer() else value  # type: ignore[assignment]
        if isinstance(value, dt.date):
            cell.number_format = "yyyy-mm-dd"
        if bold:
            cell.font = Font(bold=True)


def _dated(name: str, value: object) -> object:
    # a date of which only the month is known stays as it is written: 2022-01
    whole = name == "date" and isinstance(value, str) and len(value) == len("2022-01-31")
    return dt.date.fromisoformat(str(value)) if whole else value


def _days(days: int | Span | None) -> int | str | None:
    return days if isinstance(days, int) or days is None else str(days)
