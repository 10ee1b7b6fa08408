"""A REDCap data dictionary as an `Instrument`: forms become groups, branching logic becomes `relevant`."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from questionnaires.instrument import Choice, Group, Instrument, Labels, Question
from questionnaires.problems import ConsensusError, Problem, Problems, did_you_mean, one_of
from questionnaires.reading.encodings import decode
from questionnaires.reading.guard import inspect
from questionnaires.redcap import columns
from questionnaires.redcap.logic import from_redcap
from questionnaires.xlsform.names import DEFAULT_LANGUAGE

Cells = dict[str, str]
ENDINGS = (".dictionary", "_metadata", "_DataDictionary")
PLAIN_NUMBER = re.compile(r"-?\d+(\.\d+)?")
PLAIN_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(slots=True)
class _Found:
    """What is found on the way down the dictionary."""

    file: str
    questions: list[Question] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def tell(self, line: int, column: str, got: str, expected: str = "", hint: str = "", *, note: bool = False) -> None:
        where = f"{self.file}, line {line}, {columns.COLUMNS[column]}"
        severity = "note" if note else "fault"
        self.problems.append(Problem(where=where, got=got, expected=expected, hint=hint, severity=severity))  # type: ignore[arg-type]


def is_dictionary(path: Path) -> bool:
    """Return whether a text file has the header of a data dictionary, in either spelling."""
    if not path.is_file() or inspect(path).kind != "text":
        return False
    text, _, _ = decode(path.name, path.read_bytes())
    header = next(csv.reader(io.StringIO(text, newline="")), [])
    return set(columns.NEEDED) <= {_column(name) for name in header}


def read_dictionary(path: Path) -> Instrument:
    """Return the instrument of a data dictionary; its faults are in `problems`.

    Raises ConsensusError where the file can't be read or a column is missing.
    """
    inspect(path)
    data = path.read_bytes()
    text, _, problems = decode(path.name, data)
    found = _Found(file=path.name, problems=list(problems))
    several = set[str]()
    rows = list(_rows(path.name, text))
    for _, cells in rows:
        if cells.get("field_type") == "checkbox":
            several.add(cells.get("field_name", ""))
    for line, cells in rows:
        _row(found, line, cells)
    title = path.stem
    for ending in ENDINGS:
        title = title.removesuffix(ending)
    return Instrument(
        id=title,
        title=title,
        languages=(DEFAULT_LANGUAGE,),
        questions=tuple(found.questions),
        groups=tuple(found.groups),
        synthetic="SYNTHETIC" in path.name,
        problems=Problems(tuple(found.problems)),
        source=path.name,
        sha256=hashlib.sha256(data).hexdigest(),
    )


def _column(header: str) -> str:
    plain = " ".join(header.split())
    by_header = {name: column for column, name in columns.COLUMNS.items()} | columns.SECOND_SPELLINGS
    return by_header.get(plain, plain)


def _rows(file: str, text: str) -> Iterator[tuple[int, Cells]]:
    reader = csv.reader(io.StringIO(text, newline=""))
    header = [_column(name) for name in next(reader, [])]
    missing = [columns.COLUMNS[name] for name in columns.NEEDED if name not in header]
    if missing:
        raise ConsensusError(f"{file}: is not a REDCap data dictionary. It has no column {one_of(missing)[8:]}.")
    for values in reader:
        cells = {name: value.strip() for name, value in zip(header, values, strict=False) if value.strip()}
        if cells:
            yield reader.line_num, cells


def _row(found: _Found, line: int, cells: Cells) -> None:
    name, kind = cells.get("field_name"), cells.get("field_type", "")
    if name is None:
        found.tell(line, "field_name", "the cell is empty", "a name for each field")
        return
    if any(question.name == name for question in found.questions):
        found.tell(line, "field_name", f'"{name}" stands twice', "each name once")
        return
    if kind not in columns.TYPES:
        hint = did_you_mean(kind, columns.TYPES)
        found.tell(line, "field_type", f'"{kind}" is not a type of field', one_of(columns.TYPES), hint)
    question = _question(found, line, cells, name, kind)
    found.questions.append(question)


def _question(found: _Found, line: int, cells: Cells, name: str, kind: str) -> Question:
    validation = cells.get(columns.VALIDATION, "")
    of_question = columns.type_of_validation(validation) if kind == "text" else columns.TYPES.get(kind, "text")
    options = _choices(found, line, cells, kind) if of_question.startswith("select") else ()
    constraint, limits = _constraint(cells, of_question)
    relevant, logic = _relevant(found, line, cells)
    further = [(column, cells[column]) for column in columns.KEPT if column in cells]
    if kind != _written_type(of_question):
        further.append((columns.KEPT_TYPE, kind))
    if validation and validation != columns.VALIDATIONS.get(of_question):
        further.append((columns.KEPT_VALIDATION, validation))
    if kind == "slider" and columns.CHOICES in cells:
        further.append((columns.CHOICES, cells[columns.CHOICES]))
    return Question(
        name=name,
        type=of_question,
        label=_text(cells.get("field_label")),
        list_name=name if options else None,
        choices=options,
        hint=_text(cells.get("field_note")),
        relevant=relevant,
        constraint=constraint,
        required=cells.get("required_field") == "y",
        role="respondent" if not found.questions and kind == "text" else None,
        calculation=cells.get(columns.CHOICES) if kind == "calc" else None,
        parameters=columns.SLIDER if kind == "slider" else "",
        groups=(_form(found, cells),),
        further=(*further, *limits, *logic),
    )


def _written_type(of_question: str) -> str:
    kinds = {of: kind for kind, of in reversed(columns.TYPES.items())}
    return kinds.get(of_question, "text")


def _text(words: str | None) -> Labels:
    return Labels(((DEFAULT_LANGUAGE, words),)) if words else Labels()


def _form(found: _Found, cells: Cells) -> str:
    """Return the group of a form; where a field has its name, the group's name ends with _form."""
    name = cells.get("form_name", "form")
    if cells.get("field_name") == name or any(question.name == name for question in found.questions):
        name = f"{name}_form"
    if all(group.name != name for group in found.groups):
        found.groups.append(Group(name=name, label=_text(name.replace("_", " "))))
    return name


def _choices(found: _Found, line: int, cells: Cells, kind: str) -> tuple[Choice, ...]:
    if kind in columns.TWO_OPTIONS:
        return tuple(Choice(name=code, label=_text(words)) for code, words in columns.TWO_OPTIONS[kind])
    options: dict[str, Choice] = {}
    for piece in re.split(r"\s*\|\s*", cells.get(columns.CHOICES, "")):
        code, comma, words = (part.strip() for part in piece.partition(","))
        if not piece.strip():
            continue
        if code in options:
            found.tell(line, columns.CHOICES, f'the code "{code}" stands twice', "each code once")
            continue
        if not comma:
            found.tell(line, columns.CHOICES, f'"{piece}" has no code', "options such as 1, Yes | 2, No")
        options[code] = Choice(name=code, label=_text(words or code))
    if not options:
        found.tell(line, columns.CHOICES, "the field has no options", "options such as 1, Yes | 2, No")
    return tuple(options.values())


def _constraint(cells: Cells, of_question: str) -> tuple[str | None, tuple[tuple[str, str], ...]]:
    """Return the limits of a number or date as a constraint, and those that can't be one as they stand."""
    parts, kept = [], []
    for column, operator in zip(columns.KEPT_LIMITS, (">=", "<="), strict=True):
        limit = cells.get(column)
        if limit is None:
            continue
        if of_question in ("integer", "decimal") and PLAIN_NUMBER.fullmatch(limit):
            parts.append(f". {operator} {limit}")
        elif of_question == "date" and PLAIN_DATE.fullmatch(limit):
            parts.append(f". {operator} date('{limit}')")
        else:
            kept.append((column, limit))
    return " and ".join(parts) or None, tuple(kept)


def _relevant(found: _Found, line: int, cells: Cells) -> tuple[str | None, tuple[tuple[str, str], ...]]:
    logic = cells.get("branching_logic")
    if logic is None:
        return None, ()
    told = from_redcap(logic)
    if told is None:
        got = f'"{" ".join(logic.split())}" is not evaluated here'
        found.tell(line, "branching_logic", got, hint="Empty answers under it stay of unknown kind.", note=True)
        return None, ((columns.KEPT_LOGIC, logic),)
    return told, ()
