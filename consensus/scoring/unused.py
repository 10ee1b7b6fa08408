"""Which definitions of a condition courses were not judged by, and why: what is missing, or what keeps them off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from consensus.definitions.column import baseline_of
from consensus.definitions.condition import Condition
from consensus.definitions.definition import Definition, Points
from consensus.definitions.definition_file import read_definitions
from consensus.definitions.finding import baseline_columns_of, columns_of
from consensus.definitions.readings import in_force
from consensus.scoring.courses import Courses
from consensus.scoring.needs import BY_DEFAULT, lacking_in, possible_for

Why = Literal["columns", "sessions", "recalled", "off", "kind", "score", "named"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Unused:
    """A definition that was not used; `missing` are the columns that the courses lack for it.

    It lacks `columns`, or counts `sessions` where there are none; is off because its text is `recalled`, or for another
    reason that its warning says (`off`); is of a `kind` that is judged only by name; is a `score`, which is judged when
    scores are asked for; or could have been used, and others were `named`.
    """

    definition: Definition
    why: Why
    missing: tuple[str, ...]

    def to_dict(self) -> dict[str, object]:
        """Return what JSON says of it."""
        one = self.definition
        return {
            "definition": one.id,
            "kind": one.kind,
            "standing": one.source.standing,
            "why": self.why,
            "missing": list(self.missing),
        }


def unused(courses: Courses, used: Iterable[Definition]) -> tuple[Unused, ...]:
    """Return the definitions of the courses' condition that are not among those used, with the reason of each."""
    patients = courses.patients.columns[courses.patients.notna().any()]
    sessions = courses.sessions.columns if len(courses.sessions) else None
    return unused_by(courses.condition, patients, sessions, used)


def unused_by(
    condition: Condition, patients: Iterable[str], sessions: Iterable[str] | None, used: Iterable[Definition]
) -> tuple[Unused, ...]:
    """Return the same by the columns that patients and sessions have; `sessions` is None where there are none."""
    names = {definition.id for definition in used}
    told = None if sessions is None else frozenset(sessions)
    has = frozenset(patients) | (told or frozenset())
    enough = {definition.id for definition in possible_for(condition, told or ())}
    listed = (definition for definition in read_definitions(condition) if definition.id not in names)
    return tuple(_unused(definition, condition, has, told, enough=definition.id in enough) for definition in listed)


def _unused(
    definition: Definition, condition: Condition, has: frozenset[str], told: frozenset[str] | None, *, enough: bool
) -> Unused:
    if definition.is_score or definition.at != "sessions":
        missing = _before(definition, condition, has)
    elif told is None and definition.enabled:
        return Unused(definition=definition, why="sessions", missing=())
    else:
        missing = () if enough else lacking_in(definition, condition, told or ())
    return Unused(definition=definition, why=_why(definition, missing), missing=missing)


def _why(definition: Definition, missing: tuple[str, ...]) -> Why:
    if not definition.enabled:
        return "recalled" if definition.source.standing == "recalled" else "off"
    if missing:
        return "columns"
    if definition.is_score:
        return "score"
    return "kind" if definition.kind not in BY_DEFAULT else "named"


def _before(definition: Definition, condition: Condition, has: frozenset[str]) -> tuple[str, ...]:
    """Return the columns that are lacking for a definition that looks at what was before the second session."""
    logic = definition.logic
    force = in_force(definition, condition, {})
    first = isinstance(logic, Points) and logic.at == "before_second"
    needed = [logic.value] if isinstance(logic, Points) and logic.value is not None else []
    for finding in (condition.finding(term.form.finding) for term in definition.terms):
        test = finding.test(force)
        if finding.at == "baseline":
            needed += columns_of(test)
            continue
        needed += columns_of(test) if first else ()
        needed += map(baseline_of, baseline_columns_of(test) if first else columns_of(test))
    known = [name for name in needed if name not in has]
    return tuple(dict.fromkeys(name for column in known for name in _recorded(column, condition) if name not in has))


def _recorded(name: str, condition: Condition) -> tuple[str, ...]:
    """Return a column, or those that its formula computes it from."""
    column = next((c for c in condition.patients if c.name == name), None)
    if column is None or column.formula is None:
        return (name,)
    return tuple(part for of in column.formula.names for part in _recorded(of, condition))
