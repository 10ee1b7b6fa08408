"""An instrument workbook as an `Instrument`, with every fault of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from questionnaires.instrument import Group, Instrument, Question
from questionnaires.problems import ConsensusError, Problem, Problems, did_you_mean, one_of
from questionnaires.xlsform import names
from questionnaires.xlsform.choices import read_lists
from questionnaires.xlsform.further_sheets import read_attention, read_criteria, read_settings, read_vignettes
from questionnaires.xlsform.sheets import Book, Row, Sheet, read_book
from questionnaires.xlsform.survey import Survey, read_survey

SHEETS = frozenset(
    {names.SURVEY, names.CHOICES, names.SETTINGS, names.CRITERIA, names.VIGNETTES, names.ATTENTION, names.CODING}
)
OWN_SETTINGS = frozenset({"form_title", "form_id", "version", "default_language", "condition"})
REFERENCE = re.compile(r"\$\{([^}]*)\}")
SYNTHETIC = "SYNTHETIC"


def read_workbook(path: Path) -> Instrument:
    """Return the instrument that a workbook holds; its faults are in `problems`.

    Raises ConsensusError where there is no such file, no sheet `survey`, or none of its columns `type` and `name`.
    """
    book = read_book(path, SHEETS)
    survey_sheet = _survey_sheet(book)
    problems = list(book.problems)
    settings = dict(read_settings(book))
    criteria = read_criteria(book, problems)
    known = frozenset(c.name for c in criteria) if names.CRITERIA in book.sheets else None
    survey = read_survey(survey_sheet, read_lists(book, problems), known, problems)
    problems += _references(survey)
    questions = tuple(survey.questions)
    attention = read_attention(book, questions, problems)
    title = settings.get("form_title") or path.stem
    return Instrument(
        id=settings.get("form_id") or path.stem,
        title=title,
        version=settings.get("version", ""),
        default_language=names.language_code(settings.get("default_language", "")),
        languages=_languages(book),
        questions=questions,
        criteria=criteria,
        attention=attention,
        synthetic=SYNTHETIC in " ".join((title, *book.sheet_names)),
        condition=settings.get("condition"),
        groups=tuple(survey.groups),
        vignettes=read_vignettes(book, problems),
        settings=tuple((k, v) for k, v in settings.items() if k not in OWN_SETTINGS),
        problems=Problems(tuple(problems)),
        source=path.name,
        sha256=book.sha256,
    )


def _survey_sheet(book: Book) -> Sheet:
    if names.SURVEY not in book.sheets:
        there = ", ".join(book.sheet_names)
        raise ConsensusError(f"{book.file}: has no sheet survey, so it is not an instrument. It has {there}.")
    sheet = book.sheets[names.SURVEY]
    missing = [column for column in ("type", "name") if column not in sheet.letters]
    if missing:
        raise ConsensusError(f"{sheet.where()}: has no column {' and no column '.join(missing)}. Both are needed.")
    return sheet


def _languages(book: Book) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for name in (names.SURVEY, names.CHOICES, names.CRITERIA):
        if name in book.sheets:
            found |= dict.fromkeys(book.sheets[name].languages("label"))
    return tuple(found)


def _references(survey: Survey) -> Iterator[Problem]:
    known = [*(q.name for q in survey.questions), *(g.name for g in survey.groups)]
    things: list[Group | Question] = [*survey.groups, *survey.questions]
    for thing in things:
        row = survey.seen.get(thing.name.casefold())
        if row is None:
            continue
        for column, text in _expressions(thing):
            yield from _unknown(row, column, text, known)


def _expressions(thing: Group | Question) -> Iterator[tuple[str, str]]:
    for column in ("relevant", "constraint", "calculation"):
        text = getattr(thing, column, None)
        if text:
            yield column, text


def _unknown(row: Row, column: str, text: str, known: Iterable[str]) -> Iterator[Problem]:
    names_there = list(known)
    for name in dict.fromkeys(REFERENCE.findall(text)):
        if name.strip() not in names_there:
            yield Problem(
                where=row.where(column),
                got=f'"{text}" speaks of {name}, which is no question',
                expected=one_of(names_there),
                hint=did_you_mean(name, names_there),
                question=row.get("name"),
            )
