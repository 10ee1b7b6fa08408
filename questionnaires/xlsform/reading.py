"""An instrument workbook as an `Instrument`, with every fault of it."""

from __future__ import annotations

from pathlib import Path

from questionnaires.instrument import Instrument
from questionnaires.problems import ConsensusError, Problems
from questionnaires.xlsform import names
from questionnaires.xlsform.choices import read_lists
from questionnaires.xlsform.columns import check_columns, check_translations
from questionnaires.xlsform.expressions import check_expressions
from questionnaires.xlsform.further_sheets import read_attention, read_criteria, read_settings, read_vignettes
from questionnaires.xlsform.sheets import Book, Sheet, read_book
from questionnaires.xlsform.survey import read_survey

SHEETS = frozenset(
    {names.SURVEY, names.CHOICES, names.SETTINGS, names.CRITERIA, names.VIGNETTES, names.ATTENTION, names.CODING}
)
OWN_SETTINGS = frozenset({"form_title", "form_id", "version", "default_language", "condition"})
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
    problems += check_expressions(survey)
    problems += check_columns(book)
    problems += check_translations(book)
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
