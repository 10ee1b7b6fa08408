"""Columns that break the fielded form, and texts that lack a language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from questionnaires.problems import Problem
from questionnaires.xlsform import names
from questionnaires.xlsform.sheets import Book, Row, Sheet

CRASHES = frozenset({"body", "bind", "control", "instance"})
SECOND_NAMES = {"tag": "name", "value": "name", "command": "type", "relevance": "relevant", "calculate": "calculation"}
# Columns of choices are copied into the form as elements, so that their headers must be names of XML elements.
ELEMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
STARTS_BADLY = re.compile(r"\d|[^\w\s]")
TRANSLATABLE = re.compile(
    r"(label|hint|guidance_hint|image|audio|video|big-image|media::\w+|(constraint|required)_message)\b", re.IGNORECASE
)
FROM_FIELD = "The fielded form can't be made with it."


def check_columns(book: Book) -> Iterator[Problem]:
    """Yield the headers with which a survey program would refuse the form (faults) or change it (warnings)."""
    if names.SURVEY in book.sheets:
        yield from _survey_columns(book.sheets[names.SURVEY])
    if names.CHOICES in book.sheets:
        yield from _choices_columns(book.sheets[names.CHOICES])


def _survey_columns(sheet: Sheet) -> Iterator[Problem]:
    for column in sheet.letters:
        first = SECOND_NAMES.get(column)
        if column in CRASHES:
            yield _header(sheet, column, f'a column may not be called "{column}"', hint=FROM_FIELD)
        elif first in sheet.letters:
            got = f'"{column}" is another word for "{first}", and both are there'
            yield _header(sheet, column, got, "one of the two", FROM_FIELD)
        elif column == "caption":
            got = 'a column "caption" takes the place of the labels in the fielded form'
            yield _header(sheet, column, got, hint="Give it another name.", warning=True)
        elif column == "disabled":
            yield _header(sheet, column, 'a column "disabled" is no longer part of XLSForm', warning=True)


def _choices_columns(sheet: Sheet) -> Iterator[Problem]:
    for column in sheet.letters:
        if column in ("list_name", "list name", "name") or TRANSLATABLE.match(column):
            continue
        if column == "value" and "name" in sheet.letters:
            yield _header(sheet, column, '"value" is another word for "name", and both are there', "one of the two")
        elif column == "media" or "::" in column:
            yield _header(sheet, column, f'a column of choices may not be called "{column}"', hint=FROM_FIELD)
        elif column == "caption":
            got = 'a column "caption" takes the place of the labels in the fielded form'
            yield _header(sheet, column, got, hint="Give it another name.", warning=True)
        elif re.search(r"\s", column):
            got = f'the column "{column}" has a blank in its name, so the fielded form leaves it out'
            yield _header(sheet, column, got, warning=True)
        elif not ELEMENT.fullmatch(column) and (column.isascii() or STARTS_BADLY.match(column)):
            expected = "letters, digits, _ and -, with a letter first"
            yield _header(sheet, column, f'a column of choices may not be called "{column}"', expected, FROM_FIELD)


def _header(
    sheet: Sheet, column: str, got: str, expected: str = "", hint: str = "", *, warning: bool = False
) -> Problem:
    where = f"{sheet.where()}!{sheet.letters[column]}{sheet.header_row}"
    severity = "warning" if warning else "fault"
    return Problem(where=where, got=got, expected=expected, hint=hint, severity=severity)  # type: ignore[arg-type]


def check_translations(book: Book) -> Iterator[Problem]:
    """Yield one warning for each sheet and language in which texts are missing that another language has."""
    for name in (names.SURVEY, names.CHOICES, names.CRITERIA):
        sheet = book.sheets.get(name)
        if sheet is not None:
            for column in ("label", "hint"):
                yield from _untranslated(sheet, column)


def _untranslated(sheet: Sheet, column: str) -> Iterator[Problem]:
    languages = [code for code in sheet.languages(column) if code != names.DEFAULT_LANGUAGE]
    for code in languages:
        header = f"{column}::{code}"
        lacking = [row for row in sheet.rows if row.get(header) is None and _has_any(row, column, languages)]
        if lacking:
            more = f" ({len(lacking)} such cells in this column)" if len(lacking) > 1 else ""
            yield Problem(
                where=lacking[0].where(header),
                got=f"the {column} has no text in {names.language_name(code)}, though it has one in another language"
                + more,
                severity="warning",
            )


def _has_any(row: Row, column: str, languages: list[str]) -> bool:
    return any(row.get(f"{column}::{code}") is not None for code in languages)
