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
from questionnaires.problems import ConsensusError

BY_DEFAULT = ("failure", "proposal", "stopping_rule", "end_point")

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


def refuse_scores(definitions: Iterable[Definition]) -> None:
    """Raise ConsensusError for a score where verdicts are wanted: it has points and a class, and none."""
    for definition in definitions:
        if definition.is_score:
            raise ConsensusError(
                f"{definition.id}: is a score, which gives points and a class and no verdict that readings could flip. "
                "Score it by readings that you choose."
            )


def lacking(definition: Definition, courses: Courses, readings: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Return those needs of a definition that some courses have no column for, alternatives joined by *or*."""
    return lacking_in(definition, courses.condition, courses.sessions.columns, readings)


def lacking_in(
    definition: Definition, condition: Condition, columns: Iterable[str], readings: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """Return the same where sessions have these columns."""
    has, needs = set(columns), needs_of(definition, condition, readings)
    return tuple(" or ".join(need) for need in needs if not has & set(need))


def possible_definitions(courses: Courses) -> tuple[Definition, ...]:
    """Return the enabled definitions that courses are judged by where none is named."""
    return possible_for(courses.condition, courses.sessions.columns)


def possible_for(condition: Condition, columns: Iterable[str]) -> tuple[Definition, ...]:
    """Return the enabled definitions that sessions with these columns are judged by where none is named.

    These are definitions of failure and proposals of which at least one term has its columns, and end points and
    stopping rules of which all have; unsuitability, predictors and scores are judged only when they are named.
    """
    has = set(columns)
    found = []
    for definition in read_definitions(condition):
        force = in_force(definition, condition, {})
        told = [all(has & set(need) for need in _of_form(t.form, condition, force)) for t in definition.terms]
        whole = definition.kind in ("end_point", "stopping_rule")
        if definition.enabled and definition.kind in BY_DEFAULT and (all(told) if whole else any(told)):
            found.append(definition)
    # where nothing can be told, what is unknown and why is the answer
    return tuple(found) or tuple(d for d in read_definitions(condition) if d.enabled and d.kind in BY_DEFAULT)


def possible_scores(courses: Courses) -> tuple[Definition, ...]:
    """Return the enabled scores of the courses' condition that give a class to at least one of the patients."""
    from consensus.scoring.courses import courses_of
    from consensus.scoring.judge import Judge

    condition = courses.condition
    scales = [d for d in read_definitions(condition) if d.is_score and d.enabled]
    judges = {d.id: Judge(definition=d, condition=condition) for d in scales}
    found: set[str] = set()
    for course in courses_of(courses):
        found |= {name for name, judge in judges.items() if judge.judge(course).class_name is not None}
    return tuple(d for d in scales if d.id in found)


def _of_form(form: Form, condition: Condition, force: Mapping[str, str]) -> list[Need]:
    test = condition.finding(form.finding).test(force)
    columns = columns_of(test)
    needs: list[Need] = [columns] if isinstance(test, Appears) else [(column,) for column in columns]
    if isinstance(form, Within) and form.same is not None and force[form.same] != ANY:
        needs.append((form.same,))
    return needs
