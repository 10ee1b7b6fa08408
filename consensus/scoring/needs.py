"""Which columns a definition needs, which of them some courses lack, and which definitions can be judged on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from consensus.definitions.condition import Condition
from consensus.definitions.definition import Definition, Form, Within
from consensus.definitions.definition_file import read_definitions
from consensus.definitions.finding import Appears, columns_of
from consensus.definitions.readings import ANY, in_force
from consensus.scoring.courses import Courses

Need: TypeAlias = tuple[str, ...]  # columns of sessions, one of which suffices


def needs_of(
    definition: Definition, condition: Condition, readings: Mapping[str, str] | None = None
) -> tuple[Need, ...]:
    """Return the columns of `sessions` without which no term can be told, each as the alternatives that suffice.

    Provisos, baselines and dates of assessment are not among them: without these a definition can still be decided.
    """
    force = in_force(definition, condition, readings or {})
    found = [need for term in definition.terms for need in _of_form(term.form, condition, force)]
    return tuple(dict.fromkeys(found))


def lacking(definition: Definition, courses: Courses, readings: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Return those needs of a definition that some courses have no column for, alternatives joined by *or*."""
    has = set(courses.sessions.columns)
    needs = needs_of(definition, courses.condition, readings)
    return tuple(" or ".join(need) for need in needs if not has & set(need))


def possible_definitions(courses: Courses) -> tuple[Definition, ...]:
    """Return the enabled definitions of the courses' condition of which at least one term has its columns."""
    return possible_for(courses.condition, courses.sessions.columns)


def possible_for(condition: Condition, columns: Iterable[str]) -> tuple[Definition, ...]:
    """Return the enabled definitions of a condition of which at least one term has its columns of sessions."""
    has = set(columns)
    found = []
    for definition in read_definitions(condition):
        force = in_force(definition, condition, {})
        told = (all(has & set(need) for need in _of_form(t.form, condition, force)) for t in definition.terms)
        if definition.enabled and any(told):
            found.append(definition)
    return tuple(found)


def _of_form(form: Form, condition: Condition, force: Mapping[str, str]) -> list[Need]:
    test = condition.finding(form.finding).test(force)
    columns = columns_of(test)
    needs: list[Need] = [columns] if isinstance(test, Appears) else [(column,) for column in columns]
    if isinstance(form, Within) and form.same is not None and force[form.same] != ANY:
        needs.append((form.same,))
    return needs
