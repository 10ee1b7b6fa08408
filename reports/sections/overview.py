"""All criteria against the rule, in one figure. Absent where no criterion was asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import numbers, numbers_told
from reports.document import Cell, Column, Figure, Section, Table, number_cell, text_cell
from reports.frames import rows_of
from reports.sections.sides import sides_figures

if TYPE_CHECKING:
    import pandas as pd

    from consensus.agreement.estimate import Coding
    from consensus.rules.verdict import RuleVerdict
    from reports.material import Material
    from reports.numbers_marked import NumberRow


def overview(material: Material) -> Section | None:
    """Return the forest of all criteria and codings, in parts where it would be taller than a page."""
    from reports.figures.forest import forest_data, forest_parts

    if material.agreement is None:
        return None
    data = forest_data(material.agreement)
    if data.empty:
        return None
    figures = [_forest(material, part, at) for at, part in enumerate(forest_parts(data), start=1)]
    return Section(id="overview", title=material.words.page.OVERVIEW, blocks=(*figures, *sides_figures(material)))


def _forest(material: Material, data: pd.DataFrame, part: int) -> Figure:
    from reports.figures.forest import draw_forest

    assert material.agreement is not None
    say, page, rule = material.words.survey, material.words.page, material.agreement.rule
    threshold = None if rule.threshold is None else float(rule.threshold)
    labels = _labels(material, data)
    texts = {
        "axis": say.FOREST_AXIS,
        "accepted": say.FOREST_ACCEPTED,
        "rejected": say.FOREST_REJECTED,
        "bound": say.AT_MOST,
        **say.OUTCOMES,
    }
    described = [
        say.forest_row(
            _full(material, row),
            _marked(material, row, numbers_told.percent(_number(material, row))),
            say.OUTCOMES[row.outcome],
        )
        for row in rows_of(data)
    ]
    title = page.continued(say.FOREST_TITLE) if part > 1 else say.FOREST_TITLE
    return Figure(
        id=f"forest-{part}" if part > 1 else "forest",
        title=title,
        description=say.forest_description(rule.sentence(material.language), described),
        caption=_caption(material, data),
        draw=lambda: draw_forest(data, labels, texts, threshold),
        data=_table(material, data, title, f"forest-data-{part}" if part > 1 else "forest-data"),
    )


def _caption(material: Material, data: pd.DataFrame) -> str:
    """Return what is seen; left of the left line not all is rejected where answers count on neither side."""
    assert material.agreement is not None
    say = material.words.survey
    if material.agreement.rule.threshold is None:
        caption = say.FOREST_MARKS + say.FOREST_WORDS
    else:
        shown = set(data["criterion"])
        mine = [v for v in material.agreement.verdicts if v.criterion in shown]
        caption = say.FOREST_MARKS + (say.FOREST_NEITHER if any(map(_on_neither_side, mine)) else say.FOREST_LINES)
    return str(caption + ("" if data["main"].all() else say.FOREST_CODINGS))


def _on_neither_side(verdict: RuleVerdict) -> bool:
    """Return whether some of the base speak neither for nor against a criterion, such as those who don't know."""
    if verdict.votes is None or verdict.against is None or verdict.support.n is None:
        return False
    return verdict.votes + verdict.against < verdict.support.n


def _labels(material: Material, data: pd.DataFrame) -> dict[tuple[str, str], str]:
    say = material.words.survey
    return {
        (row.criterion, row.coding): material.criterion(row.criterion) if row.main else say.CODINGS[row.coding or None]
        for row in rows_of(data)
    }


def _full(material: Material, row: object) -> str:
    criterion, coding = getattr(row, "criterion", ""), getattr(row, "coding", "")
    how = material.words.survey.HOW + material.words.survey.CODINGS[coding] if coding else ""
    return material.criterion(criterion) + how


def _marked(material: Material, row: object, shown: str) -> str:
    """Return a share, marked where it is an upper bound."""
    return f"{material.words.survey.AT_MOST} {shown}" if getattr(row, "bound", False) else shown


def _number(material: Material, row: object) -> NumberRow:
    """Return the measurement behind a row of the figure."""
    assert material.agreement is not None
    criterion: str = getattr(row, "criterion", "")
    coding: Coding | None = getattr(row, "coding", None) or None
    return numbers_told.supported(material.agreement.verdict(criterion, coding))


def _table(material: Material, data: pd.DataFrame, caption: str, name: str) -> Table:
    say = material.words.survey
    rows: list[tuple[Cell, ...]] = [
        (
            text_cell(_full(material, row)),
            text_cell(_marked(material, row, numbers_told.of(number))),
            number_cell(number.count, row=number),
            number_cell(number.n, row=number),
            number_cell(float(numbers.percent_number(row.value, row.n)), row=number),
            text_cell(numbers_told.limits(number, say.TO)),
            text_cell(say.OUTCOMES[row.outcome], sign=row.outcome),
        )
        for row in rows_of(data)
        for number in (_number(material, row),)
    ]
    return Table(
        id=name,
        caption=caption,
        columns=(
            Column(header=say.CRITERION, head=True),
            Column(header=say.SUPPORT, align="right", only="page"),
            Column(header=say.COUNT, align="right", only="sheet"),
            Column(header=say.BASE, align="right", only="sheet"),
            Column(header=say.SHARE_PERCENT, align="right", only="sheet"),
            Column(header=say.INTERVAL, align="right"),
            Column(header=say.STANDS),
        ),
        rows=tuple(rows),
    )
