"""Two definitions on a terminal: whether one implies the other, and the shortest course that tells them apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from consensus.definitions.condition import Condition, Sheet
    from consensus.definitions.definition import Definition
    from consensus.scoring.cells import Cell
    from consensus.scoring.compare import Separation

EN = {
    "implied": "Whatever {a} calls met, {b} calls met, on fully recorded courses of any length ({n} followed as far as "
    "they can differ).",
    "longer": "No course of up to {sessions} that {a} calls met and {b} not met was found; longer ones were not tried.",
    "pauses": "No course that {a} calls met and {b} not met was found, but not every pause between sessions was tried: "
    "it is not settled whether there is one. Score a cohort by both.",
    "unbuilt": "It is not settled whether there is a course that {a} calls met and {b} not met: what it would need was "
    "found, but no values that do all of it. Score a cohort by both.",
    "none": "{a} does not imply {b}: they differ before any session.",
    "apart": "{a} does not imply {b}. The shortest course that separates them has {sessions}:",
    "apart somewhere": "{a} does not imply {b}. A course that separates them has {sessions}; one may be shorter:",
    "before": "  Before: {cells}",
    "session": "  {number}. {word}, day {days}: {cells}",
    "met": "  Met at session {number} by {criterion}. All else is recorded and says no.",
    "met before": "  Met before any session by {criterion}.",
}
ZH = {
    "implied": "凡 {a} 判为满足者 {b} 均判为满足：对任意次数、记录完整的病程成立（共追踪{n}个，直至无从再有差别）。",
    "longer": "在不超过{sessions}的病程中，未见 {a} 满足而 {b} 不满足者；更长的病程未尝试。",
    "pauses": "未见 {a} 满足而 {b} 不满足的病程，但治疗间隔未能逐一尝试，故尚无定论。请用两者对队列评分。",
    "unbuilt": "是否存在 {a} 满足而 {b} 不满足的病程尚无定论：所需条件已知，但未找到同时符合的数值。请用两者评分。",
    "none": "{a} 满足时 {b} 不一定满足：首次治疗前即有不同。",
    "apart": "{a} 满足而 {b} 不满足的最短病程有{sessions}：",
    "apart somewhere": "{a} 满足而 {b} 不满足的病程如下，有{sessions}；或有更短者：",
    "before": "  治疗前：{cells}",
    "session": "  {number}. 第{days}天{word}：{cells}",
    "met": "  第{number}次满足（{criterion}）。其余各项均有记录且均为否。",
    "met before": "  首次治疗前即满足（{criterion}）。",
}


def comparison(
    separations: Sequence[Separation],
    definitions: Sequence[Definition],
    condition: Condition,
    language: str,
    readings: Mapping[str, str],
) -> Iterator[str]:
    """Return what was found of two definitions, one way and the other, in sentences with the separating course."""
    by_id = {definition.id: definition for definition in definitions}
    words = ZH if language == "zh" else EN
    for one in separations:
        yield ""
        names = {"a": one.met_by, "b": one.not_met_by, "n": f"{one.tried:,}", "sessions": _sessions(one, language)}
        if one.course is None:
            yield words[one.unsettled or "implied"].format(**names)
            continue
        how = "none" if not one.course.sessions else "apart somewhere" if one.unsettled else "apart"
        yield words[how].format(**names)
        yield from _course(one, by_id[one.met_by], condition, language, readings)


def comparison_json(separations: Sequence[Separation], condition: Condition) -> dict[str, object]:
    """Return the comparison as JSON takes it: by direction whether it implies (null: not settled), and the course."""
    return {"condition": condition.id, "directions": [_direction(one) for one in separations]}


def _direction(one: Separation) -> dict[str, object]:
    course = one.course
    return {
        "met_by": one.met_by,
        "not_met_by": one.not_met_by,
        "implies": False if course is not None else None if one.unsettled else True,
        "unsettled": one.unsettled or None,
        "courses_tried": one.tried,
        "up_to_sessions": one.sessions if course is not None or one.unsettled == "longer" else None,
        "all_of_them": not one.unsettled,
        "patient": None if course is None else {n: str(cell) for n, cell in course.cells.items() if cell is not None},
        "course": None
        if course is None
        else [
            {name: str(cell) for name, cell in session.cells.items() if cell is not None}
            | {"session_date": session.date.isoformat()}
            for session in course.sessions
        ],
    }


def _sessions(one: Separation, language: str) -> str:
    if language == "zh":
        return f"{one.sessions}次治疗"
    return "1 session" if one.sessions == 1 else f"{one.sessions} sessions"


def _course(
    one: Separation, definition: Definition, condition: Condition, language: str, readings: Mapping[str, str]
) -> Iterator[str]:
    assert one.course is not None
    assert one.judged is not None
    words, said = (ZH, "，") if language == "zh" else (EN, ", ")
    first = {name: one.course.cells.get(name) for name in one.told_before}
    if first:
        cells = said.join(_cell("patients", name, cell, condition, language) for name, cell in first.items())
        yield words["before"].format(cells=cells)
    columns = _columns(definition, one, condition, readings)
    for session in one.course.sessions:
        shown = said.join(_cell("sessions", name, session.cell(name), condition, language) for name in columns)
        days = one.course.sessions[0].days_to(session.date)
        line = words["session"].format(
            number=session.number, word=condition.word("session", language), days=days, cells=shown
        )
        yield line if shown else line.rstrip(":： ")
    met = "met" if one.judged.session_no is not None else "met before"
    yield words[met].format(number=one.judged.session_no, criterion=one.judged.criterion)


def _columns(
    definition: Definition, one: Separation, condition: Condition, readings: Mapping[str, str]
) -> tuple[str, ...]:
    """Return the columns that the criterion that is met looks at (of points, all), and those that are not as usual."""
    from consensus.definitions.definition import Within, findings_of
    from consensus.definitions.finding import columns_of
    from consensus.definitions.readings import ANY, in_force

    assert one.judged is not None
    force = in_force(definition, condition, readings)
    mine = [t for t in definition.terms if t.id == one.judged.criterion] or list(definition.terms)
    found: list[str] = []
    for term in mine if definition.at == "sessions" else []:
        for name in findings_of(term.form):
            found += columns_of(condition.finding(name).test(force))[:1]
        if isinstance(term.form, Within) and term.form.same is not None and force[term.form.same] != ANY:
            found.append(term.form.same)
    return tuple(dict.fromkeys((*found, *one.told)))


def _cell(sheet: Sheet, column: str, cell: Cell, condition: Condition, language: str) -> str:
    known, value = condition.column(sheet, column), str(cell)
    if known.type == "flag":
        value = {"1": "是" if language == "zh" else "yes", "0": "否" if language == "zh" else "no"}.get(value, value)
    text = value if value.startswith(column) else f"{column} {value}"
    return text + (" %" if known.unit == "percent" else "")
