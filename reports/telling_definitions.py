"""Definitions on a terminal: as sentences, side by side, and the course that tells two of them apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from consensus.definitions.condition import Condition
    from consensus.definitions.definition import Definition
    from consensus.scoring.compare import Separation
    from consensus.scoring.course import Session
    from questionnaires.problems import Problems


def read_with_condition(source: str, folder: Path | None) -> tuple[Definition, Condition]:
    """Return a definition by its id or file, and its condition: the folder's, else the one that it names."""
    from consensus.definitions.condition import conditions, read_condition
    from consensus.definitions.definition_file import read_definition

    if folder is not None:
        condition = read_condition(folder)
        return read_definition(source, condition), condition
    found = read_definition(source)
    if found.condition in conditions():
        return found, read_condition(found.condition)
    return found, read_condition(Path(source).resolve().parent.parent)


def sentences_of(definition: Definition, condition: Condition, language: str) -> tuple[str, ...]:
    """Return a definition as lines of plain sentences."""
    from consensus.definitions.sentences import sentences

    return sentences(definition, condition, language)


def examples_line(definition: Definition, problems: Problems) -> str:
    """Return how many examples of a definition's file were judged, and whether all are as written."""
    number = len(definition.examples)
    if not number:
        return "0 examples in the file: add some under `examples`, and each check judges them."
    several = "1 example" if number == 1 else f"{number} examples"
    wrong = len({problem.where for problem in problems.faults})
    return f"{several} judged, {'as written' if not wrong else f'{wrong} not as written'}."


def matrix_table(
    definitions: Sequence[Definition], condition: Condition, language: str
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return the headers and rows of the criteria side by side."""
    from consensus.definitions.matrix import matrix

    head = "标准" if language == "zh" else "criterion"
    rows = [(row.says, *row.cells) for row in matrix(definitions, condition, language)]
    return (head, *(definition.id for definition in definitions)), rows


def comparison(
    separations: Sequence[Separation], definitions: Sequence[Definition], condition: Condition, language: str
) -> Iterator[str]:
    """Return what was found of two definitions, one way and the other, in sentences with the separating course."""
    by_id = {definition.id: definition for definition in definitions}
    zh = language == "zh"
    for one in separations:
        yield ""
        tried = _tried(one, zh)
        if one.course is None:
            if zh:
                yield f"{one.met_by} 满足时 {one.not_met_by} 也满足（{tried}）。"
            else:
                yield f"Whatever {one.met_by} calls met, {one.not_met_by} calls met ({tried})."
            continue
        if zh:
            yield f"{one.met_by} 满足而 {one.not_met_by} 不满足的最短病程（{tried}）："
        else:
            yield f"{one.met_by} does not imply {one.not_met_by}. The shortest course that separates them ({tried}):"
        yield from _course(one, by_id[one.met_by], condition, language)


def comparison_json(separations: Sequence[Separation], condition: Condition) -> dict[str, object]:
    """Return the comparison as JSON takes it: by direction whether it implies, and the separating course."""
    return {
        "condition": condition.id,
        "directions": [
            {
                "met_by": one.met_by,
                "not_met_by": one.not_met_by,
                "implies": one.course is None,
                "courses_tried": one.tried,
                "up_to_sessions": one.sessions,
                "all_of_them": one.all_of_them,
                "course": None
                if one.course is None
                else [
                    {name: str(cell) for name, cell in session.cells.items() if cell is not None}
                    | {"session_date": session.date.isoformat()}
                    for session in one.course.sessions
                ],
            }
            for one in separations
        ],
    }


def _tried(one: Separation, zh: bool) -> str:
    every = one.all_of_them
    if one.course is not None:
        return f"尝试了{one.tried}个病程" if zh else f"course {one.tried} of those tried"
    if zh:
        return f"{'全部' if every else '抽样'}{one.tried}个不超过{one.sessions}次治疗的病程"
    kind = "all" if every else "a sample of"
    rest = "" if every else ", so a rare exception may have been missed"
    return f"{kind} {one.tried:,} courses of up to {one.sessions} sessions that could tell them apart{rest}"


def _course(one: Separation, definition: Definition, condition: Condition, language: str) -> Iterator[str]:
    assert one.course is not None
    assert one.judged is not None
    zh = language == "zh"
    columns = _columns(definition, one, condition)
    word = condition.word("session", language)
    for session in one.course.sessions:
        days = one.course.sessions[0].days_to(session.date)
        said = "，" if zh else ", "
        cells = said.join(_cell(session, column, condition, language) for column in columns)
        yield (
            f"  {session.number}. 第{days}天{word}：{cells}"
            if zh
            else f"  {session.number}. {word}, day {days}: {cells}"
        )
    for column, choice in ((c, v) for c, v in one.course.cells.items() if isinstance(v, str)):
        yield f"  {column} = {choice}"
    if zh:
        yield f"  第{one.judged.session_no}次满足（{one.judged.criterion}）。其余各项均有记录且均为否。"
    else:
        yield f"  Met at session {one.judged.session_no} by {one.judged.criterion}. All else is recorded and says no."


def _columns(definition: Definition, one: Separation, condition: Condition) -> tuple[str, ...]:
    """Return the columns that the criterion that is met looks at; of points, those of all criteria."""
    from consensus.definitions.definition import Within, findings_of
    from consensus.definitions.finding import columns_of
    from consensus.definitions.readings import in_force

    assert one.judged is not None
    force = in_force(definition, condition, {})
    mine = [t for t in definition.terms if t.id == one.judged.criterion] or list(definition.terms)
    found: list[str] = []
    for term in mine:
        for name in findings_of(term.form):
            found += columns_of(condition.finding(name).test(force))[:1]
        if isinstance(term.form, Within) and term.form.same is not None:
            found.append(term.form.same)
    return tuple(dict.fromkeys(found))


def _cell(session: Session, column: str, condition: Condition, language: str) -> str:
    known, value = condition.column("sessions", column), str(session.cell(column))
    if known.type == "flag":
        value = {"1": "是" if language == "zh" else "yes", "0": "否" if language == "zh" else "no"}.get(value, value)
    text = value if value.startswith(column) else f"{column} {value}"
    return text + (" %" if known.unit == "percent" else "")
