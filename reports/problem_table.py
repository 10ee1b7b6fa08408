"""Problems as a workbook: one a row, so that they can be sorted, ticked off and sent on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from questionnaires.problems import ConsensusError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from questionnaires.problems import Problems

WIDTHS = {"where": 30, "question": 18, "got": 60, "expected": 45, "hint": 45, "severity": 10}


def write_problems(
    problems: Problems, path: Path, *, sources: Sequence[Path] = (), personal: Mapping[str, set[int]] | None = None
) -> Path:
    """Write one row a problem with where, question, got, expected, hint and severity, and return the path.

    Behind them stand copies of the sheets of `sources` that have problems, with the cells marked; `personal` are
    columns by sheet whose cells stay out of the copies. Raises ConsensusError where the file can't be written.
    """
    if path.suffix.lower() != ".xlsx":
        raise ConsensusError(f"{path}: problems are written as a workbook. Expected a name that ends in .xlsx.")
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    from questionnaires.reading.workbook import read_book
    from questionnaires.workbooks import set_text, write_workbook
    from reports.marked_copy import add_marked_copies

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "problems"
    for at, (name, wide) in enumerate(WIDTHS.items(), start=1):
        sheet.cell(row=1, column=at, value=name).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(at)].width = wide
        for row, problem in enumerate(problems, start=2):
            text = problem.to_dict()[name]
            if text:
                cell = sheet.cell(row=row, column=at)
                if isinstance(cell, Cell):
                    set_text(cell, text)
                cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    grids = (grid for source in sources for grid in read_book(source).grids)
    add_marked_copies(book, problems, grids, personal=personal or {})
    return write_workbook(path, book)
