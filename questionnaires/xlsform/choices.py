"""The sheets `choices` and `coding`: lists of options with what each means for the analysis."""

from __future__ import annotations

from questionnaires.instrument import Choice, Labels, MissingKind
from questionnaires.problems import Problem, did_you_mean, one_of
from questionnaires.xlsform.names import CHOICES, CODING, ENDORSES, MISSING
from questionnaires.xlsform.sheets import Book, Row

KNOWN = frozenset({"list_name", "name", "endorses", "score", "missing"})
Lists = dict[str, tuple[Choice, ...]]


def read_lists(book: Book, problems: list[Problem]) -> Lists:
    """Return the options of each list; a sheet `coding` counts as the columns endorses, score, missing of `choices`."""
    if CHOICES not in book.sheets:
        return {}
    coding = _coding(book)
    lists: dict[str, list[Choice]] = {}
    allowed = "allow_choice_duplicates"
    duplicates = any(row.get(allowed) in ("yes", "true()") for row in _settings(book))
    for row in book.sheets[CHOICES].rows:
        list_name = row.get("list_name") or row.get("list name")
        name = row.get("name")
        if list_name is None or name is None:
            absent = "list_name" if list_name is None else "name"
            problems.append(
                Problem(where=row.where(absent), got="the cell is empty", expected="a name for each option")
            )
            continue
        options = lists.setdefault(list_name, [])
        if not duplicates and any(choice.name == name for choice in options):
            got = f'"{name}" stands twice in the list {list_name}'
            problems.append(Problem(where=row.where("name"), got=got, expected="each option once"))
            continue
        options.append(_choice(row, coding.get((list_name, name), row), name, problems))
    return {name: tuple(options) for name, options in lists.items()}


def _settings(book: Book) -> list[Row]:
    return book.sheets["settings"].rows if "settings" in book.sheets else []


def _coding(book: Book) -> dict[tuple[str | None, str | None], Row]:
    rows = book.sheets[CODING].rows if CODING in book.sheets else []
    return {(row.get("list_name"), row.get("name")): row for row in rows}


def _choice(row: Row, coded: Row, name: str, problems: list[Problem]) -> Choice:
    label = row.labels("label")
    return Choice(
        name=name,
        label=label if label.texts else Labels((("default", name),)),
        endorses=_endorses(coded, problems),
        score=_score(coded, problems),
        missing=_missing(coded, problems),
        further=row.further(KNOWN | {"list name"}),
    )


def _endorses(row: Row, problems: list[Problem]) -> float | None:
    text = row.get("endorses")
    if text is None or text in ENDORSES:
        return ENDORSES[text] if text else None
    expected = "1 (agrees), 0.5 (equivocal), 0 (does not agree) or an empty cell"
    problems.append(Problem(where=row.where("endorses"), got=f'"{text}"', expected=expected))
    return None


def _score(row: Row, problems: list[Problem]) -> float | None:
    text = row.get("score")
    if text is None:
        return None
    try:
        return float(text)
    except ValueError:
        problems.append(Problem(where=row.where("score"), got=f'"{text}"', expected="a number or an empty cell"))
        return None


def _missing(row: Row, problems: list[Problem]) -> MissingKind | None:
    text = row.get("missing")
    for kind in MISSING:
        if text == kind:
            return kind  # type: ignore[return-value]
    if text is not None:
        expected, hint = f"{one_of(MISSING)}, or an empty cell", did_you_mean(text, MISSING)
        problems.append(Problem(where=row.where("missing"), got=f'"{text}"', expected=expected, hint=hint))
    return None
