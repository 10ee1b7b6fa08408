"""What must be told of the sessions: each criterion under its readings as a question, so that equal ones are one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from consensus.definitions.condition import Condition
from consensus.definitions.definition import ByIntent, Consecutive, Definition, Form, Once, Points, Within
from consensus.definitions.finding import Always, Appears, Differs, Increases, RisesBy, Test, columns_of
from consensus.definitions.moments import told_with_second
from consensus.definitions.readings import ANY, AS_WRITTEN, PROVISO, RUN_OVER, WINDOW_DAYS, in_force

FROM_BASELINE = "from_baseline"  # the missing rule `lasting` where nothing is known after the first session


@dataclass(frozen=True, slots=True)
class Listed:
    """The sessions that a run walks through: those with something in one of the columns, or (if so) an assessment."""

    columns: tuple[str, ...]
    or_assessed: bool
    window: str | None  # several scans of a session are seen as this window sees them


@dataclass(frozen=True, slots=True)
class Ask:
    """A finding at each session; `walks` is the list whose session before counts, None for the course itself."""

    test: Test
    rule: str
    window: str | None
    walks: Listed | None


@dataclass(frozen=True, slots=True)
class Run:
    """A finding at so many sessions of a list in a row, with what must hold as well."""

    ask: Ask
    times: int
    walks: Listed | None
    proviso: str
    of: tuple[Ask, ...]


@dataclass(frozen=True, slots=True)
class Then:
    """A finding at a session after others that were there before, in their order, each at a session of its own."""

    ask: Ask
    of: tuple[Ask, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """A finding at so many sessions within so many days; `same` is the column that must agree."""

    ask: Ask
    times: int
    days: int
    same: str | None
    from_first: bool = False


@dataclass(frozen=True, slots=True)
class At:
    """A finding at one session alone, by its place from 1: what is known before the second."""

    ask: Ask
    place: int = 1


Question: TypeAlias = Ask | Run | Near | At | Then


def questions_of(definition: Definition, condition: Condition, chosen: Mapping[str, str]) -> tuple[Question, ...]:
    """Return one question a term of a definition, in the order of its terms, under the readings in force.

    What is told of the patient's columns alone asks nothing; a score of what is known before the second session asks
    whether there is a session as well.
    """
    readings = in_force(definition, condition, chosen)
    if definition.is_score:
        return _of_score(definition, condition, readings)
    if at_baseline(definition):
        return ()
    return tuple(question_of(term.form, condition, readings) for term in definition.terms)


def at_baseline(definition: Definition) -> bool:
    """Return whether a definition is judged by the patient's columns alone."""
    return definition.at == "baseline" and not isinstance(definition.logic, ByIntent)


def _of_score(definition: Definition, condition: Condition, readings: Mapping[str, str]) -> tuple[Question, ...]:
    assert isinstance(definition.logic, Points)
    if definition.logic.at != "before_second" or definition.logic.value is not None:
        return ()
    names = [term.form.finding for term in definition.terms]
    told = [place_of(name, condition, readings) for name in names if condition.finding(name).at != "baseline"]
    return (*(there_is(question.place) for question in told), *told)


def question_of(form: Form, condition: Condition, readings: Mapping[str, str]) -> Question:
    """Return what a form asks under the given readings."""
    match form:
        case Once():
            ask = _ask(form.finding, condition, readings, None)
            before = tuple(_ask(name, condition, readings, None) for name in form.after)
            return Then(ask, before) if before else ask
        case Within():
            days = form.days if readings[WINDOW_DAYS] == AS_WRITTEN else int(readings[WINDOW_DAYS])
            same = form.same if form.same is not None and readings[form.same] != ANY else None
            ask = _ask(form.finding, condition, readings, None)
            return Near(ask, form.times, days, same, form.from_first)
        case Consecutive():
            walks = _listed(form.finding, condition, readings)
            required = form.proviso and readings[PROVISO] != "not_required"
            return Run(
                ask=_ask(form.finding, condition, readings, walks),
                times=form.times,
                walks=walks,
                proviso=readings[PROVISO] if required else "not_required",
                of=tuple(_ask(name, condition, readings, None) for name in form.proviso) if required else (),
            )


def asks_of(questions: Iterable[Question]) -> tuple[Ask, ...]:
    """Return the findings that questions rest on, each once."""
    found: dict[Ask, None] = {}
    for question in questions:
        own = (question,) if isinstance(question, Ask) else (question.ask,)
        found |= dict.fromkeys((*own, *(question.of if isinstance(question, Run | Then) else ())))
    return tuple(found)


def looks_back(test: Test) -> bool:
    """Return whether a test compares with the session before in the list that is walked through."""
    if isinstance(test, Appears):
        return test.since == "new_since_previous"
    return isinstance(test, Increases) or (isinstance(test, RisesBy) and test.over == "previous")


def place_of(name: str, condition: Condition, readings: Mapping[str, str]) -> At:
    """Return a finding as it is asked for before the second session: what was recorded later settles no gap there."""
    ask = _ask(name, condition, readings, None)
    if told_with_second(condition.finding(name), condition, readings):
        return At(ask, 2)
    lasts = isinstance(ask.test, Appears) and ask.rule == "lasting"
    return At(replace(ask, rule=FROM_BASELINE) if lasts else ask)


def there_is(place: int) -> At:
    """Return the question whether there are so many sessions."""
    return At(Ask(Always(), "unknown", None, None), place)


def looks_along(ask: Ask) -> bool:
    """Return whether a finding needs more than its own session and the baseline."""
    if isinstance(ask.test, Appears) and ask.rule == "lasting":
        return True
    return looks_back(ask.test) or isinstance(ask.test, Differs)


def looks_twice(ask: Ask) -> bool:
    """Return whether a finding compares amounts with those of the session before in the course."""
    return ask.walks is None and isinstance(ask.test, Increases | RisesBy) and looks_back(ask.test)


def _ask(name: str, condition: Condition, readings: Mapping[str, str], walks: Listed | None) -> Ask:
    finding = condition.finding(name)
    test = finding.test(readings)
    window = readings[finding.within] if finding.within is not None else None
    return Ask(test, finding.missing_rule(readings), window, walks if looks_back(test) else None)


def _listed(name: str, condition: Condition, readings: Mapping[str, str]) -> Listed | None:
    if readings[RUN_OVER] != "assessed_sessions":
        return None
    finding = condition.finding(name)
    columns = columns_of(finding.test(readings))
    # what looks at no column is told of each session
    window = readings[finding.within] if finding.within is not None else None
    return Listed(columns, window is not None, window) if columns else None
