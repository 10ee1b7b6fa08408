"""Made-up answers as a workbook: every sheet and the file's name say SYNTHETIC."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font

from questionnaires.problems import ConsensusError
from questionnaires.simulation.simulate import METADATA, Simulated
from questionnaires.workbooks import set_text, write_workbook

MARK = "SYNTHETIC"


def write_answers(simulated: Simulated, path: str | Path) -> Path:
    """Write the answers as a plain table, with a sheet that holds the truth; return the path.

    Raises ConsensusError where the file's name doesn't say SYNTHETIC, or where it can't be written.
    """
    if MARK not in Path(path).name:
        raise ConsensusError(f"{path}: made-up answers are written only to a file whose name says {MARK}.")
    return write_workbook(path, answers_workbook(simulated))


def answers_workbook(simulated: Simulated) -> Workbook:
    """Return the workbook: answers with question names as headers, what they are, and the truth behind them."""
    book = Workbook()
    book.remove(book.worksheets[0])
    names = [q.name for q in simulated.instrument.questions if q.type not in METADATA]
    rows = ([_cell(value) for value in row] for row in simulated.values[names].itertuples(index=False))
    _sheet(book, f"answers_{MARK}", names, rows)
    _sheet(book, f"about_{MARK}", [f"{MARK}: these people do not exist."], _about(simulated))
    truth = (list(row) for row in simulated.truth.itertuples(index=False))
    _sheet(book, f"truth_{MARK}", ["question", "option", "share"], truth)
    return book


def _about(simulated: Simulated) -> list[list[object]]:
    return [
        [f"{len(simulated.values)} people answer {simulated.instrument.id} at random, seed {simulated.seed}."],
        ["The probability of each option stands on the sheet with the truth; it is no opinion of anybody."],
        ["Answers to different questions are independent, but for the routing: relations between them mean nothing."],
    ]


def _cell(value: object) -> object:
    if isinstance(value, tuple):
        return ";".join(map(str, value))
    return value


def _sheet(book: Workbook, name: str, header: list[str], rows: Iterable[Sequence[object]]) -> None:
    sheet = book.create_sheet(name)
    for at, text in enumerate(header, start=1):
        set_text(sheet.cell(row=1, column=at), text)
        sheet.cell(row=1, column=at).font = Font(bold=True)
    for number, row in enumerate(rows, start=2):
        for at, value in enumerate(row, start=1):
            cell = sheet.cell(row=number, column=at)
            if isinstance(value, str):
                set_text(cell, value)
            elif value is not None:
                cell.value = value
    sheet.freeze_panes = "A2"
