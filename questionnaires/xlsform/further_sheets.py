"""The sheets beside the survey: settings, criteria, vignettes, attention items."""

from __future__ import annotations

from questionnaires.instrument import Criterion, Further, Question, Vignette
from questionnaires.problems import Problem, did_you_mean, one_of
from questionnaires.xlsform.names import ATTENTION, CRITERIA, SETTINGS, VIGNETTES
from questionnaires.xlsform.sheets import Book, Row

CRITERIA_COLUMNS = frozenset({"name", "finding", "form", "times", "days", "parameter", "source"})


def read_settings(book: Book) -> Further:
    """Return the settings as pairs of column and text; none where there is no such sheet."""
    rows = book.sheets[SETTINGS].rows if SETTINGS in book.sheets else []
    return tuple(rows[0].cells.items()) if rows else ()


def read_criteria(book: Book, problems: list[Problem]) -> tuple[Criterion, ...]:
    """Return the criteria in the order of their sheet."""
    found: dict[str, Criterion] = {}
    for row in book.sheets[CRITERIA].rows if CRITERIA in book.sheets else []:
        name = row.get("name")
        if name is None or name in found:
            got = "the cell is empty" if name is None else f'"{name}" stands twice'
            problems.append(Problem(where=row.where("name"), got=got, expected="a name for each criterion, each once"))
            continue
        found[name] = Criterion(
            name=name,
            label=row.labels("label"),
            finding=row.get("finding"),
            form=row.get("form"),
            times=_whole(row, "times", problems),
            days=_whole(row, "days", problems),
            parameter=row.get("parameter"),
            source=row.get("source") or "",
        )
    return tuple(found.values())


def read_vignettes(book: Book, problems: list[Problem]) -> tuple[Vignette, ...]:
    """Return the vignettes in the order of their sheet, one row of which is one session."""
    found: dict[str, Vignette] = {}
    for row in book.sheets[VIGNETTES].rows if VIGNETTES in book.sheets else []:
        name = row.get("vignette")
        if name is None:
            problems.append(Problem(where=row.where("vignette"), got="the cell is empty", expected="a vignette's name"))
            continue
        before = found.get(name)
        label = row.labels("label") if before is None or not before.label.texts else before.label
        sessions = (*(before.sessions if before else ()), row.further(frozenset({"vignette"})))
        found[name] = Vignette(name=name, label=label, sessions=sessions)
    return tuple(found.values())


def read_attention(book: Book, questions: tuple[Question, ...], problems: list[Problem]) -> tuple[tuple[str, str], ...]:
    """Return pairs of a question and its expected answer."""
    asked, pairs = {q.name: q for q in questions}, list[tuple[str, str]]()
    for row in book.sheets[ATTENTION].rows if ATTENTION in book.sheets else []:
        name, expected = row.get("question") or "", row.get("expected") or ""
        if name not in asked:
            hint = did_you_mean(name, asked)
            problems.append(
                Problem(
                    where=row.where("question"), got=f'"{name}" is not a question', expected=one_of(asked), hint=hint
                )
            )
            continue
        options = [choice.name for choice in asked[name].choices]
        if options and expected not in options:
            got, hint = f'"{expected}" is not an option of {name}', did_you_mean(expected, options)
            problems.append(Problem(where=row.where("expected"), got=got, expected=one_of(options), hint=hint))
            continue
        pairs.append((name, expected))
    return tuple(pairs)


def _whole(row: Row, column: str, problems: list[Problem]) -> int | None:
    text = row.get(column)
    if text is None:
        return None
    if text.isascii() and text.isdigit():
        return int(text)
    problems.append(Problem(where=row.where(column), got=f'"{text}"', expected="a whole number or an empty cell"))
    return None
