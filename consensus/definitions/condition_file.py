"""The two files of a condition's folder: columns.yaml and findings.yaml -> Condition, every fault with its line."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from consensus.definitions.column import (
    ASSESSED,
    PATIENT_ID,
    ROLES,
    SESSION_DATE,
    SESSION_NO,
    TYPES,
    Column,
    ColumnType,
)
from consensus.definitions.condition import Condition
from consensus.definitions.finding_file import FindingReader
from consensus.definitions.formula import FUNCTIONS, Formula, NotAFormulaError, parse_formula
from consensus.definitions.reading import Reading
from consensus.definitions.readings import OF_FORMS
from consensus.definitions.yaml_file import Place, read_yaml
from questionnaires.instrument import Labels
from questionnaires.problems import did_you_mean, one_of

TOP_KEYS = ("condition", "title", "standing", "words", "treated", "patients", "sessions", "lesions")
NAMES_OF_COLUMN = ("units", "also", "near", "words", "role", "formula", "says", "label", "choice_labels")
COLUMN_KEYS = (
    "type",
    "required",
    "unit",
    "range",
    "choices",
    "says_nothing",
    "many",
    "spans",
    "imaging",
    *NAMES_OF_COLUMN,
)


def condition_from(folder: Path) -> Condition:
    """Return the condition of a folder; ConsensusError with every fault of its two files at once."""
    columns, findings = read_yaml(folder / "columns.yaml"), read_yaml(folder / "findings.yaml")
    top = columns.mapping(TOP_KEYS, ("condition", "patients", "sessions"))
    patients = _columns(top.get("patients"), (PATIENT_ID,))
    sessions = _columns(top.get("sessions"), (PATIENT_ID, SESSION_DATE))
    told = findings.mapping(("condition", "readings", "findings"), ("condition", "findings"))
    listed, called = _listed_readings(told.get("readings"))
    reader = FindingReader({c.name: c for c in sessions}, {c.name: c for c in patients}, listed)
    places = told["findings"].mapping() if "findings" in told else {}
    found = tuple(reader.finding(name, place) for name, place in places.items())
    name = top["condition"].text() if "condition" in top else ""
    if "condition" in told and told["condition"].text() != name:
        told["condition"].fault(f'"{told["condition"].text()}" is another condition', f'"{name}", as columns.yaml says')
    columns.finish()
    findings.finish()
    windows = {finding.within for finding in found if finding.within}
    return Condition(
        id=name,
        title=top["title"].labels() if "title" in top else Labels((("default", name),)),
        words=tuple((key, p.labels()) for key, p in top["words"].mapping().items()) if "words" in top else (),
        patients=patients,
        sessions=sessions,
        lesions=_columns(top.get("lesions"), (PATIENT_ID, "date", "lesion_id")),
        findings=found,
        readings=tuple(
            Reading(name=key, label=called[key], values=values, takes="range" if key in windows else "listed")
            for key, values in listed.items()
        ),
        folder=folder,
        treated=top["treated"].texts() if "treated" in top else (),
        standing=top["standing"].text() if "standing" in top else "",
    )


def _columns(sheet: Place | None, needed: tuple[str, ...]) -> tuple[Column, ...]:
    if sheet is None:
        return ()
    places = sheet.mapping(required=needed)
    columns = tuple(_column(name, place) for name, place in places.items())
    _check_formulas(places, columns)
    roles = [column.name for column in columns if column.assessed]
    if len(roles) > 1:
        places[roles[1]].fault(f'"{roles[0]}" has the role {ASSESSED} already', "one such column")
    return columns


def _column(name: str, place: Place) -> Column:
    keys = place.mapping(COLUMN_KEYS, ("type",))
    words = _column_type(keys["type"]) if "type" in keys else "text"
    choices = keys["choices"].texts() if "choices" in keys else ()
    if words == "choice" and not choices and "type" in keys:
        place.fault('a choice has no "choices"')
    if name == SESSION_NO and words != "integer":
        keys["type"].fault(f"{SESSION_NO} is {words}", "integer")
    nothing = keys["says_nothing"].sequence() if "says_nothing" in keys else []
    role = keys["role"].word(ROLES, "a role") if "role" in keys else ""
    named = keys["choice_labels"].mapping(choices) if "choice_labels" in keys else {}
    return Column(
        name=name,
        type=words,
        required="required" in keys and keys["required"].flag(),
        unit=keys["unit"].text() if "unit" in keys else "",
        units=tuple((unit, _factor(p)) for unit, p in keys["units"].mapping().items()) if "units" in keys else (),
        range=_range(keys["range"]) if "range" in keys else (None, None),
        choices=choices,
        says_nothing=tuple(p.word(choices, "one of the choices") for p in nothing),
        many=keys["many"].text() if "many" in keys else None,
        spans=_spans(keys["spans"]) if "spans" in keys else (),
        also=keys["also"].texts() if "also" in keys else (),
        near=keys["near"].texts() if "near" in keys else (),
        words=tuple((word, p.text()) for word, p in keys["words"].mapping().items()) if "words" in keys else (),
        role=role,
        imaging="imaging" in keys and keys["imaging"].flag(),
        formula=_formula(keys["formula"]) if "formula" in keys else None,
        says=keys["says"].labels() if "says" in keys else Labels(),
        label=keys["label"].labels() if "label" in keys else Labels(),
        choice_labels=tuple((choice, p.labels()) for choice, p in named.items()),
    )


def _spans(place: Place) -> tuple[tuple[str, int, int], ...]:
    """Return words that stand for numbers from one to another, both inclusive."""
    found = []
    for word, span in place.mapping().items():
        ends = [end.whole(0) for end in span.sequence()]
        if len(ends) != 2 or ends[0] is None or ends[1] is None or ends[0] >= ends[1]:
            span.fault("a span has two ends", "such as [5, 6]")
        else:
            found.append((word, ends[0], ends[1]))
    return tuple(found)


def _formula(place: Place) -> Formula | None:
    try:
        return parse_formula(place.text())
    except NotAFormulaError as error:
        place.fault(str(error), f"numbers, columns, + - * / and {', '.join(FUNCTIONS)}")
        return None


def _check_formulas(places: dict[str, Place], columns: tuple[Column, ...]) -> None:
    numbers = [column.name for column in columns if column.type in ("integer", "number")]
    for column in columns:
        for name in column.formula.names if column.formula is not None else ():
            if name not in numbers:
                hint = did_you_mean(name, numbers)
                places[column.name].fault(f'"{name}" is not a column of numbers here', one_of(numbers), hint)


def _column_type(place: Place) -> ColumnType:
    text = place.word(TYPES, "a type of column")
    return next((known for known in TYPES if known == text), "text")


def _factor(place: Place) -> Decimal:
    factor = place.number()
    if factor is not None and factor <= 0:
        place.fault(f"{factor} is not a factor", "a number above 0")
    return factor if factor is not None and factor > 0 else Decimal(1)


def _range(place: Place) -> tuple[Decimal | None, Decimal | None]:
    ends = place.sequence()
    if len(ends) != 2:
        place.fault("a range has two ends", "two numbers such as [0, 100]")
        return None, None
    low, high = ends[0].number(), ends[1].number()
    if low is not None and high is not None and low > high:
        place.fault(f"{low} is greater than {high}", "the lower end first")
    return low, high


def _listed_readings(place: Place | None) -> tuple[dict[str, tuple[tuple[str, Labels], ...]], dict[str, Labels]]:
    """Return the values of each reading, and what it is called: `label` is no value."""
    listed: dict[str, tuple[tuple[str, Labels], ...]] = {}
    called: dict[str, Labels] = {}
    for name, values in (place.mapping() if place is not None else {}).items():
        if name in OF_FORMS:
            values.fault(f'"{name}" is a reading that the forms have of themselves', "another name")
        labels = {value: words.labels() for value, words in values.mapping().items()}
        called[name] = labels.pop("label", Labels())
        listed[name] = tuple(labels.items())
        if not listed[name]:
            values.fault(f'the reading "{name}" has no values')
    return listed, called
