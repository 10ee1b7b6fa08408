"""Definitions to and from YAML files that a clinician can read; every fault is located by file, line and key."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from consensus.definitions.condition import DEFAULT, Condition, conditions, read_condition
from consensus.definitions.definition import (
    KINDS,
    STANDINGS,
    AllOf,
    AnyOf,
    At,
    AtLeast,
    ByIntent,
    Definition,
    Example,
    Kind,
    Logic,
    Source,
    Term,
)
from consensus.definitions.definition_sheet import definition_workbook, read_definition_sheet
from consensus.definitions.definition_yaml import definition_to_dict, definition_to_yaml
from consensus.definitions.expression import read_expression
from consensus.definitions.points_file import PointsReader
from consensus.definitions.readings import readings_of
from consensus.definitions.term_file import read_term
from consensus.definitions.yaml_file import Place, read_yaml
from questionnaires.files import write_text
from questionnaires.instrument import Labels
from questionnaires.problems import ConsensusError, did_you_mean, one_of
from questionnaires.workbooks import write_workbook

__all__ = ["definition_ids", "definition_to_dict", "read_definition", "read_definitions", "write_definition"]

TEXT_KEYS = ("id", "title", "condition", "source", "kind", "enabled", "warning", "notes", "also", "explicitly_not")
LOGIC_KEYS = ("any", "all", "at_least", "by", "points")
BEFORE_KEYS = ("at", "entry", "exclude")
KEYS = (*TEXT_KEYS, *BEFORE_KEYS, *LOGIC_KEYS, "of", "cases", "readings", "open", "examples")
UNNAMED = 'Write the condition that it is of; in the survey\'s study file that is [condition] library = "...".'
VERDICTS = ("met", "not_met", "unknown")


def read_definition(source: str | Path, condition: Condition | str | Path | None = None) -> Definition:
    """Return a definition by its id in the condition, or that of a YAML file.

    Without `condition` an id is looked up in every bundled condition, and a file is read against the condition that it
    names (or whose folder it lies in). Raises ConsensusError with every fault of the file, or with the known ids.
    """
    known = condition if isinstance(condition, Condition) or condition is None else read_condition(condition)
    path = Path(source)
    if path.suffix.lower() in (".yaml", ".yml", ".xlsx") or path.is_file():
        return _from_file(path, known)
    looked_up = [known] if known is not None else [read_condition(name) for name in conditions()]
    by_id: dict[str, tuple[Path, Condition]] = {}
    for one in looked_up:
        for file in one.definition_files:
            by_id.setdefault(file.stem, (file, one))
    if str(source) in by_id:
        return _from_file(*by_id[str(source)])
    for file, one in by_id.values():
        if str(source) in (definition := _from_file(file, one)).also:
            return definition
    hint = did_you_mean(str(source), by_id)
    raise ConsensusError(
        f'"{source}" is neither a file nor a known definition. Expected {one_of(by_id)}. {hint}'.strip()
    )


def read_definitions(condition: Condition) -> tuple[Definition, ...]:
    """Return all definitions of a condition's folder, by name, also those that are not enabled."""
    return tuple(_from_file(file, condition) for file in condition.definition_files)


def definition_ids(condition: Condition) -> tuple[str, ...]:
    """Return the ids of a condition's definitions."""
    return tuple(file.stem for file in condition.definition_files)


def write_definition(definition: Definition, path: str | Path) -> None:
    """Write a definition as YAML, or (.xlsx) as one sheet of a workbook; reading it gives the same definition.

    The file is written whole or not at all.
    """
    if Path(path).suffix.lower() == ".xlsx":
        write_workbook(path, definition_workbook(definition))
        return
    write_text(Path(path), definition_to_yaml(definition))


def _from_file(path: Path, condition: Condition | None) -> Definition:
    top = read_definition_sheet(path) if path.suffix.lower() == ".xlsx" else read_yaml(path)
    keys = top.mapping(KEYS, ("id", "title", "condition", "source"))
    condition = condition if condition is not None else _condition_of(path, keys.get("condition"))
    if "condition" in keys and (named := keys["condition"].text()) != condition.id:
        keys["condition"].fault(f'it is a definition of "{named}"', f'"{condition.id}"', "" if named else UNNAMED)
        top.finish()  # measured by another condition's findings everything else would look wrong
    kind = _kind(keys.get("kind"))
    at: At = "sessions"
    if "at" in keys and keys["at"].word(("sessions", "baseline"), "a moment") == "baseline":
        at = "baseline"
    definition = Definition(
        id=keys["id"].text() if "id" in keys else "",
        title=keys["title"].labels() if "title" in keys else Labels(),
        condition=condition.id,
        source=_source(keys.get("source")),
        logic=_logic(top, keys, condition, score=kind == "score", at=at),
        kind=kind,
        at=at,
        entry=read_expression(keys["entry"], condition) if "entry" in keys else None,
        exclude=read_expression(keys["exclude"], condition) if "exclude" in keys else None,
        enabled="enabled" not in keys or keys["enabled"].flag(),
        warning=keys["warning"].labels() if "warning" in keys else Labels(),
        notes=_labels(keys.get("notes")),
        also=keys["also"].texts() if "also" in keys else (),
        explicitly_not=_labels(keys.get("explicitly_not")),
        examples=tuple(_example(p) for p in keys["examples"].sequence()) if "examples" in keys else (),
    )
    top.finish()
    readings = _readings(keys["readings"], definition, condition) if "readings" in keys else ()
    open_ = _open(keys["open"], definition, condition) if "open" in keys else ()
    top.finish()
    return replace(definition, readings=readings, open=open_)


def _kind(place: Place | None) -> Kind:
    word = place.word(KINDS, "a kind of definition") if place is not None else ""
    return next((kind for kind in KINDS if kind == word), "failure")


def _labels(place: Place | None) -> tuple[Labels, ...]:
    return tuple(each.labels() for each in place.sequence()) if place is not None else ()


def _condition_of(path: Path, named: Place | None) -> Condition:
    """Return the condition that a file names: a bundled one, or the folder that holds `definitions/` with the file."""
    name = named.text() if named is not None else DEFAULT
    if name in conditions():
        return read_condition(name)
    folder = path.resolve().parent.parent
    if (folder / "columns.yaml").is_file():
        return read_condition(folder)
    where = named.where if named is not None else path.name
    hint = did_you_mean(name, conditions()) or ("Give its folder with --condition." if name else UNNAMED)
    raise ConsensusError(f'{where}: "{name}" is not a known condition. Expected {one_of(conditions())}. {hint}')


def _source(place: Place | None) -> Source:
    keys = place.mapping(("cite", "standing"), ("cite", "standing")) if place is not None else {}
    standing = keys["standing"].word(STANDINGS, "a standing") if "standing" in keys else ""
    return Source(
        cite=keys["cite"].text() if "cite" in keys else "",
        standing=next((known for known in STANDINGS if known == standing), "example"),
    )


def _logic(top: Place, keys: dict[str, Place], condition: Condition, *, score: bool, at: At) -> Logic:
    named = [key for key in LOGIC_KEYS if key in keys]
    if len(named) != 1:
        got = f"it has {' and '.join(named)}" if named else "nothing says how the criteria are combined"
        top.fault(got, "one of: " + ", ".join(LOGIC_KEYS))
        return AnyOf(terms=())
    kind, place = named[0], keys[named[0]]
    if score and kind != "points":
        place.fault(f'a score has no "{kind}"', '"points" with "at", "terms" or "value", and "classes"')
    if kind == "points":
        reader = PointsReader(condition=condition, terms=lambda place, at: _terms(place, condition, points=True, at=at))
        return reader.read(place, score=score)
    if kind == "by":
        return _by(keys, condition)
    return _group(kind, keys, condition, at)


def _group(kind: str, keys: dict[str, Place], condition: Condition, at: At = "sessions") -> AnyOf | AllOf | AtLeast:
    if kind == "any":
        return AnyOf(terms=_terms(keys["any"], condition, at=at))
    if kind == "all":
        return AllOf(terms=_terms(keys["all"], condition, at=at))
    number, place = keys["at_least"].whole(1), keys.get("of")
    if place is None:
        keys["at_least"].fault('"at_least" needs the criteria', 'a key "of" with a list of criteria beside it')
    terms = _terms(place, condition, at=at) if place is not None else ()
    if number is not None and place is not None and number > len(terms):
        keys["at_least"].fault(f"{number} of {len(terms)} criteria can't be met", f"at most {len(terms)}")
    return AtLeast(number=number or 1, terms=terms)


def _by(keys: dict[str, Place], condition: Condition) -> ByIntent:
    choices = {column.name: column.choices for column in condition.patients if column.type == "choice"}
    column = keys["by"].word(choices, "a column of patients with choices")
    branches: list[tuple[str, AnyOf | AllOf | AtLeast]] = []
    cases = keys["cases"].mapping(choices.get(column), choices.get(column, ())) if "cases" in keys else {}
    if "cases" not in keys:
        keys["by"].fault('"by" needs the criteria of each choice', 'a key "cases" beside it')
    for choice, place in cases.items():
        parts = place.mapping(("any", "all", "at_least", "of"))
        kind = next((k for k in ("any", "all", "at_least") if k in parts), None)
        if kind is None:
            place.fault("nothing says how the criteria are combined", "one of: any, all, at_least")
        else:
            branches.append((choice, _group(kind, parts, condition)))
    return ByIntent(column=column, branches=tuple(branches))


def _terms(place: Place, condition: Condition, *, points: bool = False, at: At = "sessions") -> tuple[Term, ...]:
    items = place.sequence()
    if not items and place.is_sequence:
        place.fault("there are no criteria", "at least one")
    terms: dict[str, Term] = {}
    for item in items:
        term = read_term(item, condition, points=points, at=at)
        if term.id in terms:
            item.fault(f'two criteria have the id "{term.id}"', "each id once")
        terms.setdefault(term.id, term)
    return tuple(terms.values())


def _readings(place: Place, definition: Definition, condition: Condition) -> tuple[tuple[str, str], ...]:
    had = {reading.name: reading for reading in readings_of(definition, condition)}
    found: list[tuple[str, str]] = []
    for name, value in place.mapping(had).items():
        if had[name].allows(value.text()):
            found.append((name, value.text()))
        else:
            hint = did_you_mean(value.text(), (v for v, _ in had[name].values))
            value.fault(f'"{value.text()}" is not a value of {name}', had[name].expected(), hint)
    return tuple(found)


def _open(place: Place, definition: Definition, condition: Condition) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the readings that the text leaves open with the values to try: a list, or `all` of the listed ones."""
    had = {reading.name: reading for reading in readings_of(definition, condition)}
    found: list[tuple[str, tuple[str, ...]]] = []
    for name, value in place.mapping(had).items():
        listed = tuple(v for v, _ in had[name].values)
        tried = value.texts() if value.is_sequence else ()
        if not value.is_sequence:
            value.word(("all",), "a list of values, and not the word for all of them")
        for each in value.sequence() if value.is_sequence else ():
            if not had[name].allows(each.text()):
                hint = did_you_mean(each.text(), listed)
                each.fault(f'"{each.text()}" is not a value of {name}', had[name].expected(), hint)
        if value.is_sequence and len(set(tried)) < len(tried):
            value.fault("a value stands twice", "each value once")
        found.append((name, tried or listed))
    return tuple(found)


def _example(place: Place) -> Example:
    keys = place.mapping(("patient", "sessions", "expect"), ("sessions", "expect"))
    expect = keys["expect"].mapping(("verdict", "by", "session", "class")) if "expect" in keys else {}
    if expect and ("verdict" in expect) == ("class" in expect):
        keys["expect"].fault("an example expects a verdict, or the class of a score", "one of: verdict, class")
    return Example(
        patient=_cells(keys["patient"]) if "patient" in keys else (),
        sessions=tuple(_cells(p) for p in keys["sessions"].sequence()) if "sessions" in keys else (),
        verdict=expect["verdict"].word(VERDICTS, "a verdict") if "verdict" in expect else None,
        by=expect["by"].text() if "by" in expect else None,
        session=expect["session"].whole(1) if "session" in expect else None,
        class_name=expect["class"].text() if "class" in expect else None,
    )


def _cells(place: Place) -> tuple[tuple[str, str], ...]:
    return tuple((name, cell.text()) for name, cell in place.mapping().items())
