"""An instrument as a workbook to fill: one row a person, drop-downs, and a sheet that explains every column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from questionnaires.forms.words import BETWEEN, fielded, in_words
from questionnaires.instrument import Choice, Instrument, Question
from questionnaires.scales import steps_of
from questionnaires.workbooks import set_text

ROWS = 500
ANSWERS, CODEBOOK, LISTS = "answers", "codebook", "lists"
TICKS = ("1", "0")
HEAD = PatternFill("solid", fgColor="E8EEF4")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Column:
    """One column to fill: a question, or one option of a question with several answers."""

    header: str
    question: Question
    choice: Choice | None = None


def form_workbook(instrument: Instrument, language: str) -> Workbook:
    """Return the workbook; its answers are read with the instrument as they stand."""
    book = Workbook()
    sheet: Worksheet = book.worksheets[0]
    sheet.title = ANSWERS
    codebook, lists = book.create_sheet(CODEBOOK), book.create_sheet(LISTS)
    lists.sheet_state = "hidden"
    columns = tuple(_columns(instrument, language))
    ranges: dict[tuple[str, ...], str] = {}
    for at, column in enumerate(columns, start=1):
        _head(sheet, at, column, instrument, language)
        validation = _validation(column, language, lists, ranges)
        if validation is not None:
            validation.add(f"{get_column_letter(at)}2:{get_column_letter(at)}{ROWS + 1}")
            sheet.add_data_validation(validation)
    sheet.freeze_panes = "B2"
    sheet.row_dimensions[1].height = 90
    _explain(codebook, instrument, columns, language)
    return book


def _columns(instrument: Instrument, language: str) -> Iterator[_Column]:
    """Yield a column a question, headed by its text where no other has the same, else by its name."""
    asked = fielded(instrument)
    texts = Counter(" ".join(question.label.text(language).split()) for question in asked)
    for question in asked:
        text = " ".join(question.label.text(language).split())
        if question.type in ("select_multiple", "rank"):
            for choice in question.choices:
                yield _Column(header=f"{question.name}/{choice.name}", question=question, choice=choice)
        else:
            yield _Column(header=text if text and texts[text] == 1 else question.name, question=question)


def _head(sheet: Worksheet, at: int, column: _Column, instrument: Instrument, language: str) -> None:
    cell = sheet.cell(row=1, column=at)
    set_text(cell, column.header)
    cell.font, cell.fill = Font(bold=True), HEAD
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions[get_column_letter(at)].width = 24
    lines = [column.question.label.text(language)]
    lines += [column.choice.label.text(language)] if column.choice else []
    lines += [column.question.hint.text(language)]
    condition = instrument.asked_if(column.question)
    lines += [in_words(condition, instrument, language)] if condition else []
    cell.comment = Comment("\n".join(line for line in lines if line), "clinical-consensus", width=360, height=160)


def _validation(
    column: _Column, language: str, lists: Worksheet, ranges: dict[tuple[str, ...], str]
) -> DataValidation | None:
    """Return what a column takes; lists of any length stand on the hidden sheet, where commas do no harm."""
    question = column.question
    limits = BETWEEN.match(question.constraint or "")
    if question.type in ("integer", "decimal"):
        kind: Literal["whole", "decimal"] = "whole" if question.type == "integer" else "decimal"
        low, high = limits.groups() if limits else ("-1000000000", "1000000000")
        return DataValidation(type=kind, operator="between", formula1=low, formula2=high, showErrorMessage=True)
    if question.type == "rank":
        options: tuple[str, ...] = tuple(str(place) for place in range(1, len(question.choices) + 1))
    elif question.multiple:
        options = TICKS
    elif question.type == "range":
        options = steps_of(question)
    else:
        options = _texts(question, language)
    if not options:
        return None
    if options not in ranges:
        ranges[options] = _listed(lists, len(ranges) + 1, options)
    allowed = DataValidation(type="list", formula1=ranges[options], allow_blank=True, showErrorMessage=True)
    allowed.error = "Please choose from the list."
    return allowed


def _texts(question: Question, language: str) -> tuple[str, ...]:
    """Return the options' texts, but their names where two texts are alike."""
    texts = tuple(" ".join(choice.label.text(language).split()) for choice in question.choices)
    return texts if len(set(texts)) == len(texts) else tuple(choice.name for choice in question.choices)


def _listed(lists: Worksheet, at: int, options: tuple[str, ...]) -> str:
    for row, option in enumerate(options, start=1):
        cell = lists.cell(row=row, column=at)
        if option.lstrip("-").isdigit():
            cell.value = int(option)
        else:
            set_text(cell, option)
    letter = get_column_letter(at)
    return f"{LISTS}!${letter}$1:${letter}${len(options)}"


def _explain(sheet: Worksheet, instrument: Instrument, columns: tuple[_Column, ...], language: str) -> None:
    header = ("column", "question", "type", "text", "options", "asked if")
    for at, (text, width) in enumerate(zip(header, (28, 24, 16, 60, 60, 40), strict=True), start=1):
        cell = sheet.cell(row=1, column=at)
        cell.value, cell.font, cell.fill = text, Font(bold=True), HEAD
        sheet.column_dimensions[get_column_letter(at)].width = width
    for row, column in enumerate(columns, start=2):
        question = column.question
        condition = instrument.asked_if(question)
        options = "1 = chosen, 0 = not chosen" if question.multiple else "\n".join(_texts(question, language))
        options = f"1 to {len(question.choices)}, 1 the weightiest" if question.type == "rank" else options
        options = ", ".join(steps_of(question)) if question.type == "range" else options
        text = question.label.text(language) + (f"\n{column.choice.label.text(language)}" if column.choice else "")
        told = in_words(condition, instrument, language) if condition else ""
        for at, cell_text in enumerate(
            (get_column_letter(row - 1), question.name, question.type, text, options, told), 1
        ):
            cell = sheet.cell(row=row, column=at)
            set_text(cell, cell_text)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
