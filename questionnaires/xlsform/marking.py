"""A drafted instrument as a workbook with the cells marked that only its owner can fill: what each question is for."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from questionnaires.instrument import Instrument
from questionnaires.xlsform import names
from questionnaires.xlsform.writing import instrument_workbook

TO_FILL = PatternFill("solid", fgColor="FFF2A8")
HOW = "how to fill"
OF_QUESTIONS = {
    "role": "What the question is for: criterion (part of a definition), opinion, parameter, rating, treatment, "
    "demographic, cluster (the hospital), stratum, weight, respondent (who it is), free_text.",
    "criterion": "Of a question whose role is criterion, rating or parameter: the name of a row of the sheet criteria.",
    "direction": "Of a question whose role is criterion: endorse if agreeing with it speaks for the criterion, "
    "reject if it speaks against it.",
}
OF_CHOICES = {
    "endorses": "How far the option agrees with the question's sentence: 1 yes, 0.5 equivocal, 0 no; empty where "
    "that can't be said.",
    "score": "The number that the option stands for: 3 for three sessions.",
    "missing": "dont_know, refused or not_applicable for an option that is no opinion.",
}
OF_CRITERIA = {
    "name": "A short name of your own, such as new_lesions.",
    "label": "The criterion in words, such as New lesions mean failure.",
    "finding": "The finding of the condition that it speaks of, where patients are to be scored.",
}


def workbook_to_fill(instrument: Instrument) -> Workbook:
    """Return the instrument's workbook with marked cells for roles, criteria and how options count.

    The cells are there for every closed question and its options; a sheet explains what to write into them.
    """
    book = instrument_workbook(instrument)
    closed = {q.name for q in instrument.questions if q.closed}
    _mark(book[names.SURVEY], OF_QUESTIONS, key="name", rows=closed)
    if names.CHOICES in book.sheetnames:
        lists = {q.list_name or q.name for q in instrument.questions if q.closed}
        _mark(book[names.CHOICES], OF_CHOICES, key="list_name", rows=lists)
    if names.CRITERIA not in book.sheetnames:
        criteria = book.create_sheet(names.CRITERIA)
        criteria.append(["name"])
        _mark(criteria, OF_CRITERIA, key="name", rows=None)
    _explain(book.create_sheet(HOW))
    return book


def _mark(sheet: Worksheet, columns: dict[str, str], *, key: str, rows: set[str] | None) -> None:
    """Mark the cells of the columns in the rows whose `key` is among `rows`; in the first three where that is None."""
    header: dict[str, int] = {str(cell.value): cell.column for cell in sheet[1] if cell.value is not None}
    for name, words in columns.items():
        if name not in header:
            header[name] = len(header) + 1
        head = sheet.cell(row=1, column=header[name], value=name)
        head.font = Font(bold=True)
        head.comment = Comment(words, "clinical-consensus", height=120, width=320)
        last = sheet.max_row if rows is not None else 4
        for row in range(2, last + 1):
            if rows is None or str(sheet.cell(row=row, column=header[key]).value) in rows:
                sheet.cell(row=row, column=header[name]).fill = TO_FILL


def _explain(sheet: Worksheet) -> None:
    rows = [("sheet", "column", "what to write into its marked cells")]
    for name, columns in ((names.SURVEY, OF_QUESTIONS), (names.CHOICES, OF_CHOICES), (names.CRITERIA, OF_CRITERIA)):
        rows += [(name, column, words) for column, words in columns.items()]
    for number, row in enumerate(rows, start=1):
        for at, text in enumerate(row, start=1):
            cell = sheet.cell(row=number, column=at, value=text)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=number == 1)
    sheet.column_dimensions["C"].width = 90
