"""The figure of how answers part into for, undecided and against; the frame that ratings use as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from consensus.agreement.sides import ASIDE, ON_SCALE, SIDES, sides_of
from reports import numbers_told
from reports.document import Figure
from reports.figures.rows import pages

if TYPE_CHECKING:
    from collections.abc import Mapping

    from consensus.agreement.sides import Parted
    from questionnaires.instrument import Question
    from reports.document import Table
    from reports.material import Material


def sides_figures(material: Material) -> list[Figure]:
    """Return how the answers to all criteria and opinions part; more than one figure where there are many."""
    if material.agreement is None:
        return []
    say, asked = material.words.sides, material.instrument
    parted = {one.question: one for one in sides_of(material.agreement.tally)}
    counts = {name: dict(one.counts) for name, one in parted.items()}
    if len(counts) < 2:
        return []
    labels = {name: _label(material, asked.question(name), one) for name, one in parted.items()}
    used = [level for level in SIDES if any(parts.get(level) for parts in counts.values())]
    levels = {level: say.LEVELS[level] for level in SIDES if level in used or level in ON_SCALE}
    return [
        parted_figure(
            material,
            f"sides-{at}" if at else "sides",
            {n: counts[n] for n in names},
            labels,
            levels,
            material.words.page.continued(say.SIDES_TITLE) if at else say.SIDES_TITLE,
        )
        for at, names in enumerate(pages(list(counts)))
    ]


def _label(material: Material, question: Question, parted: Parted) -> str:
    told = material.criterion(question.criterion or "") if parted.of_criterion else ""
    return told or question.label.text(material.language)


def parted_figure(
    material: Material,
    name: str,
    counts: Mapping[str, Mapping[str, float]],
    labels: Mapping[str, str],
    levels: Mapping[str, str],
    title: str,
    *,
    aside: tuple[str, ...] = ASIDE,
    sort: bool = False,
    data: Table | None = None,
) -> Figure:
    """Return bars that part at the middle of `levels`; `aside` are those that are no part of the scale."""
    from reports.figures.likert import Controls, likert_data
    from reports.figures.likert_drawing import draw_likert

    say = material.words.sides
    controls = Controls(aside=tuple(a for a in aside if a in levels), sort="descending" if sort else "none", by="mean")
    laid = likert_data(counts, list(levels), controls)
    texts = {"axis": say.AXIS}
    rows = [_row(material, name, item, counts[item], labels[item], levels) for item in dict.fromkeys(laid["item"])]
    return Figure(
        id=name,
        title=title,
        description=material.words.page.sentences(rows),
        caption=(say.RATINGS_CAPTION if sort else say.CAPTION) + (say.ASIDE_CAPTION if controls.aside else ""),
        draw=lambda: draw_likert(laid, labels, levels, texts, controls),
        data=data,
    )


def _level(figure: str, level: str, word: str) -> str:
    """Return what a level is called; one that is nothing but its number is marked as such."""
    if word != level or not level.lstrip("-").isdigit():
        return word
    return numbers_told.number(numbers_told.counted(f"scale/{figure}/{level}", int(level), method="level of the scale"))


def _row(
    material: Material, figure: str, item: str, given: Mapping[str, float], label: str, levels: Mapping[str, str]
) -> str:
    """Return one row in words, each share marked as a row of numbers."""
    total = sum(given.get(level, 0) for level in levels)
    parts = [
        (
            _level(figure, level, word),
            numbers_told.percent(numbers_told.part_of(f"{figure}/{item}/{level}", count, int(total), base="answered")),
        )
        for level, word in levels.items()
        if (count := given.get(level, 0))
    ]
    return str(material.words.sides.row(label, parts))
