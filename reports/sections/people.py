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

    from consensus.agreement.characteristics import Characteristic
    from reports.material import Material

REST = "all-others"


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

    if material.respondents is None or material.agreement is None:
        return []
    told = {one.question: _answers(material, one) for one in material.respondents.characteristics}
    told = {question: answers for question, answers in told.items() if answers}
    if not told:
        return []
    counts = {question: [(name, n) for name, _, n in answers] for question, answers in told.items()}
    labels = {(question, name): label for question, answers in told.items() for name, label, _ in answers}
    data = bars_data(counts, {question: sum(n for _, n in answers) for question, answers in counts.items()})
    most = pages([question for question, answers in counts.items() for _ in answers])
    parts = list(dict.fromkeys(tuple(dict.fromkeys(names)) for names in most))
    seen: set[str] = set()
    found = []
    for at, names in enumerate(parts):
        mine = [name for name in names if name not in seen]
        seen.update(mine)
        if mine:
            name = f"people-{at}" if at else "people"
            found.append(_figure(material, data[data["question"].isin(mine)], labels, name))
    return found


def _answers(material: Material, one: Characteristic) -> list[tuple[str, str, int]]:
    """Return name, label and count of the answers to a closed question or the classes of a number; none for texts."""
    say, question = material.words.people, material.instrument.question(one.question)
    if question.closed and not question.multiple:
        told = [(name, material.option(question, name) or name, n) for name, n in one.commonest]
        return [*told, (REST, say.OTHERS, one.others)] if one.others else told
    return [(f"{low:g}-{high:g}", say.between(low, high), n) for low, high, n in one.classes]


def _figure(material: Material, data: pd.DataFrame, labels: dict[tuple[str, str], str], name: str) -> Figure:
    from reports.figures.bars import draw_bars

    say, shown = material.words.people, [labels[r.question, r.answer] for r in rows_of(data)]
    heads = {question: material.question(question) for question in data["question"].unique()}
    rows = [
        say.row(heads[r.question], label, numbers_told.of(
            numbers_told.part_of(f"people/{r.question}/{r.answer}", int(r.people), int(r.n), base="answered")
        ))
        for r, label in zip(rows_of(data), shown, strict=True)
    ]  # fmt: skip
    return Figure(
        id=name,
        title=say.PEOPLE_TITLE,
        description=material.words.page.sentences(rows),
        caption=say.PEOPLE_CAPTION,
        draw=lambda: draw_bars(data, shown, heads, {"axis": say.AXIS}),
    )
