"""Readings: the ways to understand a definition's ambiguous wording, which a definition has, and which is in force."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from consensus.definitions.definition import Consecutive, Definition, Form, Within
from consensus.definitions.moments import BEFORE_SECOND_LABS, WITH_FIRST, WITH_SECOND, asks_where_labs_stand
from questionnaires.instrument import Labels
from questionnaires.problems import ConsensusError, did_you_mean, one_of

if TYPE_CHECKING:
    from consensus.definitions.condition import Condition

ANY = "any"
RUN_OVER, PROVISO, WINDOW_DAYS = "run_over", "proviso", "window_days"
AS_WRITTEN = "as_written"

_RANGE = re.compile(r"(\d{1,5})-(\d{1,5})")
_DAYS = re.compile(r"\d{1,5}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """A named choice with its values, the default first; `takes` says what else it takes: a range of days, or days.

    `label` is what it is called in a report, in languages in which its name is no word.
    """

    name: str
    values: tuple[tuple[str, Labels], ...]
    takes: Literal["listed", "range", "days"] = "listed"
    label: Labels = field(default_factory=Labels)

    @property
    def default(self) -> str:
        """The value that is in force where neither the caller nor the definition says another."""
        return self.values[0][0]

    def allows(self, value: str) -> bool:
        """Return whether this is one of its values."""
        if value in dict(self.values):
            return True
        if self.takes == "range":
            return range_of(value) is not None
        return self.takes == "days" and _DAYS.fullmatch(value) is not None

    def expected(self) -> str:
        """Return its values in words."""
        more = {"listed": "", "range": ", or days such as 28-92", "days": ", or a number of days"}[self.takes]
        return one_of(value for value, _ in self.values) + more


def _labels(en: str, zh: str) -> Labels:
    return Labels((("en", en), ("zh", zh)))


def _chinese(text: str) -> Labels:
    return Labels((("zh", text),))


OF_FORMS: Mapping[str, Reading] = {
    reading.name: reading
    for reading in (
        Reading(
            name=PROVISO,
            label=_chinese("附加条件"),
            values=(
                ("within_run", _labels("at a session of the run after its first", "连续序列首次之后的任一次治疗")),
                ("at_last", _labels("at the run's last session", "连续序列的最后一次治疗")),
                (
                    "in_course",
                    _labels("at a session after the course's first, up to the run's last", "全程首次之后至序列末次"),
                ),
                ("not_required", _labels("the proviso is left out", "不要求附加条件")),
            ),
        ),
        Reading(
            name=RUN_OVER,
            label=_chinese("连续的计法"),
            values=(
                (
                    "all_sessions",
                    _labels("successive sessions; one unassessed is unknown", "相邻的治疗；未评估者未知"),
                ),
                ("assessed_sessions", _labels("sessions without an assessment are stepped over", "跳过未评估的治疗")),
            ),
        ),
        Reading(
            name=WINDOW_DAYS,
            label=_chinese("期限天数"),
            values=((AS_WRITTEN, _labels("the definition's own number of days", "定义原文的天数")),),
            takes="days",
        ),
    )
}


LABS = Reading(
    name=BEFORE_SECOND_LABS,
    values=(
        (
            WITH_SECOND,
            _labels(
                "laboratory values and Child-Pugh points before the second session stand in that session's row",
                "第二次治疗前的化验值和Child-Pugh评分记在第二次治疗的行中",
            ),
        ),
        (
            WITH_FIRST,
            _labels(
                "laboratory values and Child-Pugh points before the second session stand in the first one's row",
                "第二次治疗前的化验值和Child-Pugh评分记在首次治疗的行中",
            ),
        ),
    ),
)


IMAGING_CHOICE = Reading(
    name="imaging_choice",
    label=_chinese("多次影像的取舍"),
    values=(
        ("last", _labels("the last of several scans of a session", "同一治疗的多次影像取最后一次")),
        ("worst", _labels("the worst of several scans of a session", "同一治疗的多次影像取最差一次")),
        ("nearest_6_weeks", _labels("the scan nearest to 6 weeks after the session", "取最接近治疗后6周的影像")),
    ),
)


LESION_SCOPE = Reading(
    name="lesion_scope",
    label=_chinese("病灶的对应"),
    values=(
        ("same_lesion", _labels("one lesion followed through the course", "同一病灶贯穿全程")),
        ("any_lesion", _labels("some lesion at each session", "每次任一病灶")),
        ("largest", _labels("the largest lesion at each session", "每次最大病灶")),
        ("sum", _labels("the sum of the lesions", "病灶总和")),
        ("all", _labels("all lesions at each session", "每次全部病灶")),
    ),
)
OF_COURSES = {IMAGING_CHOICE.name: "assessments", LESION_SCOPE.name: "lesions"}


def same_column_reading(column: str, chinese: str | None = None) -> Reading:
    """Return the reading that a `within` form with `same: COLUMN` has; it bears the column's name."""
    called = chinese or column
    return Reading(
        name=column,
        label=_chinese(called),
        values=(
            ("same", _labels(f"sessions count together only if {column} is the same", f"仅{called}相同者合并计数")),
            (ANY, _labels(f"{column} is not looked at", f"不考虑{called}")),
        ),
    )


def range_of(value: str) -> tuple[int, int] | None:
    """Return the two ends of a range of days such as `28-92`, or None if it is none."""
    match = _RANGE.fullmatch(value)
    if match is None or int(match[1]) > int(match[2]):
        return None
    return int(match[1]), int(match[2])


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
        has |= {IMAGING_CHOICE.name, LESION_SCOPE.name}
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
    for reading, there in ((IMAGING_CHOICE, scans), (LESION_SCOPE, lesions)):
        if there:
            had[reading.name] = reading
        elif reading.name in chosen:
            sheet = OF_COURSES[reading.name]
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
