"""The figure of how answers part into for, undecided and against, and one for each block of ratings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import numbers_told
from reports.document import Figure
from reports.figures.rows import pages

if TYPE_CHECKING:
    from collections.abc import Mapping

    from consensus.agreement.tally import QuestionTally
    from questionnaires.instrument import Question
    from reports.material import Material

SCALE, ASIDE = ("against", "equivocal", "for"), ("rest", "opted_out")


def sides_figures(material: Material) -> list[Figure]:
    """Return how the answers to all criteria and opinions part; more than one figure where there are many."""
    if material.agreement is None:
        return []
    say, asked = material.words.sides, material.instrument
    counts = {}
    for counted in material.agreement.tally.questions:
        question = asked.question(counted.question)
        if question.role in ("criterion", "opinion") and not question.multiple:
            parted = _parted(question, counted)
            if parted is not None:
                counts[question.name] = parted
    if len(counts) < 2:
        return []
    labels = {name: _label(material, asked.question(name)) for name in counts}
    used = [level for level in (*SCALE, *ASIDE) if any(parts.get(level) for parts in counts.values())]
    levels = {level: say.LEVELS[level] for level in (*SCALE, *ASIDE) if level in used or level in SCALE}
    return [
        _figure(
            material, f"sides-{at}" if at else "sides", {n: counts[n] for n in names}, labels, levels, say.SIDES_TITLE
        )
        for at, names in enumerate(pages(list(counts)))
    ]


def rating_figures(material: Material) -> list[Figure]:
    """Return a figure for each scale that at least two ratings share, its items from the highest down."""
    if material.agreement is None:
        return []
    blocks: dict[tuple[str, ...], list[Question]] = {}
    for question in material.instrument.questions_of("rating"):
        scored = sorted((c.score, c.name) for c in question.choices if c.score is not None)
        if len(scored) > 2 and question.closed:
            blocks.setdefault(tuple(name for _, name in scored), []).append(question)
    found = []
    for at, (scale, questions) in enumerate((k, v) for k, v in blocks.items() if len(v) > 1):
        aside = tuple(c.name for c in questions[0].choices if c.name not in scale)
        counts = {q.name: _by_option(material, q) for q in questions}
        if not any(any(given.values()) for given in counts.values()):
            continue
        levels = {name: questions[0].choice(name).label.text(material.language) for name in (*scale, *aside)}
        labels = {q.name: _label(material, q) for q in questions}
        say = material.words.sides
        found.append(
            _figure(material, f"ratings-{at}", counts, labels, levels, say.RATINGS_TITLE, aside=aside, sort=True)
        )
    return found


def _label(material: Material, question: Question) -> str:
    return (
        material.criterion(question.criterion or "")
        if _of_criterion(question)
        else question.label.text(material.language)
    )


def _of_criterion(question: Question) -> bool:
    """Return whether a row is told by its criterion, else by the question's own sentence."""
    return question.role == "criterion" and question.criterion is not None


def _by_option(material: Material, question: Question) -> dict[str, float]:
    assert material.agreement is not None
    try:
        counted = material.agreement.tally.question(question.name)
    except KeyError:
        return {}
    return {o.option: float(o.count or 0) for o in counted.options}


def _parted(question: Question, counted: QuestionTally) -> dict[str, float] | None:
    """Return the counts by side of what the row is told by; None where a count is missing or no answer takes a side."""
    parts: dict[str, float] = {}
    sided = False
    for option in counted.options:
        if option.count is None:
            return None
        choice = question.choice(option.option)
        worth = question.endorsement(choice) if _of_criterion(question) else choice.endorses
        side = {1.0: "for", 0.5: "equivocal", 0.0: "against", None: "opted_out"}.get(worth, "opted_out")
        sided = sided or (side != "opted_out" and not option.complement)
        # what printed counts leave over may hold any other answer, so it takes no side
        side = "rest" if option.complement else side
        parts[side] = parts.get(side, 0) + option.count
    return parts if sided and counted.answered else None


def _figure(
    material: Material,
    name: str,
    counts: Mapping[str, Mapping[str, float]],
    labels: Mapping[str, str],
    levels: Mapping[str, str],
    title: str,
    *,
    aside: tuple[str, ...] = ASIDE,
    sort: bool = False,
) -> Figure:
    from reports.figures.likert import Controls, likert_data
    from reports.figures.likert_drawing import draw_likert

    say = material.words.sides
    controls = Controls(aside=tuple(a for a in aside if a in levels), sort="descending" if sort else "none")
    data = likert_data(counts, list(levels), controls)
    texts = {"axis": say.AXIS}
    rows = [_row(material, name, item, counts[item], labels[item], levels) for item in dict.fromkeys(data["item"])]
    return Figure(
        id=name,
        title=title,
        description=material.words.page.sentences(rows),
        caption=say.CAPTION + (say.ASIDE_CAPTION if controls.aside else ""),
        draw=lambda: draw_likert(data, labels, levels, texts, controls),
    )


def _row(
    material: Material, figure: str, item: str, given: Mapping[str, float], label: str, levels: Mapping[str, str]
) -> str:
    """Return one row in words, each share marked as a row of numbers."""
    total = sum(given.get(level, 0) for level in levels)
    parts = [
        (
            word,
            numbers_told.percent(numbers_told.part_of(f"{figure}/{item}/{level}", count, int(total), base="answered")),
        )
        for level, word in levels.items()
        if (count := given.get(level, 0))
    ]
    return str(material.words.sides.row(label, parts))
