"""Readings: the ways to understand a definition's ambiguous wording, which a definition has, and which is in force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from consensus.definitions.definition import Consecutive, Definition, Form, Within
from consensus.definitions.moments import asks_where_labs_stand
from consensus.definitions.reading import Reading, in_both, in_chinese
from consensus.definitions.readings_of_courses import ASSESSMENTS, LABS, OF_COURSES
from questionnaires.problems import ConsensusError, did_you_mean, one_of

if TYPE_CHECKING:
    from consensus.definitions.condition import Condition

ANY = "any"
RUN_OVER, PROVISO, WINDOW_DAYS = "run_over", "proviso", "window_days"
AS_WRITTEN = "as_written"


OF_FORMS: Mapping[str, Reading] = {
    reading.name: reading
    for reading in (
        Reading(
            name=PROVISO,
            label=in_chinese("附加条件"),
            values=(
                ("within_run", in_both("at a session of the run after its first", "连续序列首次之后的任一次治疗")),
                ("at_last", in_both("at the run's last session", "连续序列的最后一次治疗")),
                (
                    "in_course",
                    in_both("at a session after the course's first, up to the run's last", "全程首次之后至序列末次"),
                ),
                ("not_required", in_both("the proviso is left out", "不要求附加条件")),
            ),
        ),
        Reading(
            name=RUN_OVER,
            label=in_chinese("连续的计法"),
            values=(
                (
                    "all_sessions",
                    in_both("successive sessions; one unassessed is unknown", "相邻的治疗；未评估者未知"),
                ),
                ("assessed_sessions", in_both("sessions without an assessment are stepped over", "跳过未评估的治疗")),
            ),
        ),
        Reading(
            name=WINDOW_DAYS,
            label=in_chinese("期限天数"),
            values=((AS_WRITTEN, in_both("the definition's own number of days", "定义原文的天数")),),
            takes="days",
        ),
    )
}


def same_column_reading(column: str, chinese: str | None = None) -> Reading:
    """Return the reading that a `within` form with `same: COLUMN` has; it bears the column's name."""
    called = chinese or column
    return Reading(
        name=column,
        label=in_chinese(called),
        values=(
            ("same", in_both(f"sessions count together only if {column} is the same", f"仅{called}相同者合并计数")),
            (ANY, in_both(f"{column} is not looked at", f"不考虑{called}")),
        ),
    )


def readings_of_form(form: Form, condition: Condition) -> tuple[Reading, ...]:
    """Return the readings that a form has of itself."""
    if isinstance(form, Consecutive):
        return (OF_FORMS[PROVISO], OF_FORMS[RUN_OVER]) if form.proviso else (OF_FORMS[RUN_OVER],)
    if isinstance(form, Within):
        same = (same_column_reading(form.same, condition.called(form.same, "zh")),) if form.same is not None else ()
        return (OF_FORMS[WINDOW_DAYS], *same)
    return ()


def readings_of(definition: Definition, condition: Condition) -> tuple[Reading, ...]:
    """Return the readings that a definition has: those of its findings and of its forms, each once."""
    found: dict[str, Reading] = {}
    for term in definition.terms:
        for name in condition.finding(term.form.finding).readings:
            found.setdefault(name, condition.reading(name))
        for reading in readings_of_form(term.form, condition):
            found.setdefault(reading.name, reading)
    for name in (r for finding in definition.findings for r in condition.finding(finding).readings):
        found.setdefault(name, condition.reading(name))
    if asks_where_labs_stand(definition, condition):
        found.setdefault(LABS.name, LABS)
    return tuple(found.values())


def in_force(definition: Definition, condition: Condition, chosen: Mapping[str, str]) -> dict[str, str]:
    """Return each reading of a definition with its value: the caller's, else the definition's own, else the default."""
    own = dict(definition.readings)
    return {
        reading.name: chosen.get(reading.name, own.get(reading.name, reading.default))
        for reading in readings_of(definition, condition)
    }


def chosen_text(definition: Definition, condition: Condition, chosen: Mapping[str, str]) -> str:
    """Return what the caller chose of the readings that a definition has: `name=value;name=value`, in his order."""
    has = {reading.name for reading in readings_of(definition, condition)}
    if any(condition.finding(name).within is not None for name in definition.findings):
        has |= {reading.name for reading, _ in OF_COURSES}
    return ";".join(f"{name}={value}" for name, value in chosen.items() if name in has)


def check_chosen(
    definitions: Iterable[Definition],
    condition: Condition,
    chosen: Mapping[str, str],
    *,
    scans: bool = False,
    lesions: bool = False,
) -> None:
    """Raise ConsensusError for a reading that none of the definitions has, or for a value that it doesn't take.

    `scans` and `lesions` say whether the courses have these sheets, which have readings of their own.
    """
    listed = list(definitions)
    had = {r.name: r for definition in listed for r in readings_of(definition, condition)}
    for reading, sheet in OF_COURSES:
        if scans if sheet == ASSESSMENTS else lesions:
            had[reading.name] = reading
        elif reading.name in chosen:
            raise ConsensusError(
                f"reading {reading.name}: is one of courses with a sheet of {sheet}, and there is none."
            )
    lines = []
    for name, value in chosen.items():
        if name not in had:
            whose = listed[0].id if len(listed) == 1 else "none of the definitions"
            verb = "has no such reading" if len(listed) == 1 else "has it"
            expected = one_of(had) if had else "none, for there are no readings"
            lines.append(f'reading "{name}": {whose} {verb}. Expected {expected}. {did_you_mean(name, had)}'.strip())
        elif not had[name].allows(value):
            hint = did_you_mean(value, (v for v, _ in had[name].values))
            lines.append(
                f'reading {name}: "{value}" is not one of its values. Expected {had[name].expected()}. {hint}'.strip()
            )
    if lines:
        raise ConsensusError("\n".join(lines))


def own_windows(definition: Definition, condition: Condition) -> dict[str, str]:
    """Return the readings by which a definition's own text narrows when an assessment counts: name and value.

    Empty where it states none. `{name: ANY for name in own_windows(...)}` are the readings that lift them.
    """
    windows = {w for name in definition.findings if (w := condition.finding(name).within) is not None}
    force = in_force(definition, condition, {})
    return {name: value for name, value in force.items() if name in windows and value != ANY}
