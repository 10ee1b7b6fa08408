"""Figures of the respondents: their way into the analysis, and who they are by region, tier, experience."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import numbers_told
from reports.document import Figure
from reports.figures.rows import pages
from reports.frames import rows_of
from reports.numbers_marked import settled

if TYPE_CHECKING:
    import pandas as pd

    from questionnaires.instrument import Question
    from reports.material import Material

ROLES = ("demographic", "stratum", "cluster")
MOST_ANSWERS = 12


def flow_figure(material: Material) -> Figure | None:
    """Return the way of respondents into the analysis; None where only counts are known or nobody left."""
    from reports.figures.flow import draw_flow, flow_data

    if material.cleaned is None:
        return None
    data = flow_data(material.cleaned.flow)
    if len(data) < 3:
        return None
    texts = {row.step: _step(material, row) for row in rows_of(data)}
    return Figure(
        id="flow",
        title=material.words.people.FLOW_TITLE,
        description=material.words.page.sentences([material.words.people.ended(text) for text in texts.values()]),
        caption=material.words.people.FLOW_CAPTION,
        draw=lambda: draw_flow(data, {step: str(settled(text)) for step, text in texts.items()}),
    )


def _step(material: Material, row: object) -> str:
    """Return a box of the flow in words, with its number."""
    say, step, people = material.words.people, str(getattr(row, "step", "")), int(getattr(row, "people", 0))
    number = numbers_told.number(numbers_told.counted(f"flow/{step}", people))
    assert material.cleaned is not None
    if step.startswith("excluded: "):
        return str(say.excluded(number, say.WHY.get(step.removeprefix("excluded: "), step.removeprefix("excluded: "))))
    if step == "not_eligible":
        told = material.conditions(material.instrument, material.cleaned.eligible)
        unknown = material.cleaned.flow.unknown
        missing = numbers_told.number(numbers_told.counted("flow/eligibility_unknown", unknown)) if unknown else ""
        return str(say.not_eligible(number, told, missing))
    return str(say.STEPS[step].format(number=number))


def people_figures(material: Material) -> list[Figure]:
    """Return who the respondents are, one bar an answer; none where single answers are not known."""
    from reports.figures.bars import bars_data

    if material.cleaned is None or material.agreement is None:
        return []
    counts: dict[str, list[tuple[str, int]]] = {}
    bases: dict[str, int] = {}
    for question in material.instrument.questions:
        told = _answers(material, question) if question.role in ROLES else []
        if told:
            counts[question.name], bases[question.name] = told, sum(n for _, n in told)
    if not counts:
        return []
    data, most = bars_data(counts, bases), pages([name for name, told in counts.items() for _ in told])
    parts = list(dict.fromkeys(tuple(dict.fromkeys(names)) for names in most))
    seen: set[str] = set()
    found = []
    for at, names in enumerate(parts):
        mine = [name for name in names if name not in seen]
        seen.update(mine)
        if mine:
            found.append(_figure(material, data[data["question"].isin(mine)], f"people-{at}" if at else "people"))
    return found


def _answers(material: Material, question: Question) -> list[tuple[str, int]]:
    """Return the answers of a closed question or the classes of a numeric one with their counts; none for texts."""
    from reports.figures.classes import classes

    assert material.cleaned is not None
    analyzed = material.cleaned.analyzed
    given = analyzed.values[question.name][analyzed.kinds[question.name] == "answered"]
    if question.closed and not question.multiple:
        counted = given.value_counts()
        told = [(c.label.text(material.language) or c.name, int(counted.get(c.name, 0))) for c in question.choices]
        told = [pair for pair in told if pair[1]]
        if len(told) <= MOST_ANSWERS:
            return told
        told.sort(key=lambda pair: -pair[1])
        rest = sum(n for _, n in told[MOST_ANSWERS - 1 :])
        return [*told[: MOST_ANSWERS - 1], (material.words.people.OTHERS, rest)]
    if question.type in ("integer", "decimal", "range") and len(given):
        say = material.words.people
        return [(say.between(low, high), n) for low, high, n in classes([float(v) for v in given])]
    return []


def _figure(material: Material, data: pd.DataFrame, name: str) -> Figure:
    from reports.figures.bars import draw_bars

    say, labels = material.words.people, list(data["answer"])
    heads = {question: material.question(question) for question in data["question"].unique()}
    rows = [
        say.row(heads[r.question], r.answer, numbers_told.of(
            numbers_told.part_of(f"people/{r.question}/{r.answer}", int(r.people), int(r.n), base="answered")
        ))
        for r in rows_of(data)
    ]  # fmt: skip
    return Figure(
        id=name,
        title=say.PEOPLE_TITLE,
        description=material.words.page.sentences(rows),
        caption=say.PEOPLE_CAPTION,
        draw=lambda: draw_bars(data, labels, heads, {"axis": say.AXIS}),
    )
