"""Who answers differently: shares within groups, tests held together, odds ratios. Absent without groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from consensus.agreement.beside_rows import camp_row, odds_row, p_row
from reports import numbers_told
from reports.document import Cell, Column, Figure, Prose, Section, Table, text_cell

if TYPE_CHECKING:
    from consensus.agreement.camps import Camps, CampShare
    from consensus.agreement.regressions import OddsRatio
    from consensus.agreement.who_differs import GroupTest
    from reports.document import Block
    from reports.figures.ranges import Range
    from reports.material import Material


def groups(material: Material) -> Section | None:
    """Return a subsection a grouping, then the odds ratios of all of them."""
    agreement = material.agreement
    if agreement is None or not agreement.groupings:
        return None
    say = material.words.camps
    known = [c for c in agreement.further.camps if c.how == "known" and c.shares]
    parts = tuple(_grouping(material, camps) for camps in known)
    odds = [r for r in agreement.further.odds if r.value is not None]
    blocks: list[Block] = [Prose(text=say.GROUPS_LEAD)]
    tables = (_odds(material, odds),) if odds else ()
    after = (Section(id="odds", title=say.ODDS, blocks=tables),) if tables else ()
    return Section(id="groups", title=say.GROUPS, blocks=tuple(blocks), sections=(*parts, *after))


def _grouping(material: Material, camps: Camps) -> Section:
    say, by = material.words.camps, camps.by or ""
    agreement = material.agreement
    assert agreement is not None
    tests = [t for t in agreement.further.tests if t.by == by and t.family == "criteria"]
    blocks: list[Block] = [_figure(material, camps), _table(material, camps)]
    if tests:
        blocks += [_tests(material, by, tests), Prose(text=say.TESTS_NOTE, tone="note")]
    return Section(id=f"groups-{by}", title=say.by(_question(material, by)), blocks=tuple(blocks))


def _question(material: Material, name: str) -> str:
    try:
        return material.question(name) or name
    except KeyError:
        return name


def group_name(material: Material, camps: Camps, name: str) -> str:
    """Return what a group is called: its option's label where it is one."""
    try:
        return material.option(camps.by or "", name) or name
    except KeyError:
        return name


def _figure(material: Material, camps: Camps) -> Figure:
    from reports.figures.ranges import RangeRow, draw_ranges

    say, survey = material.words.camps, material.words.sureness
    rows, described = [], []
    for question in dict.fromkeys(s.question for s in camps.shares):
        mine = [s for s in camps.shares if s.question == question]
        ranges = tuple(_range(material, camps, s) for s in mine)
        rows.append(RangeRow(label=material.criterion(mine[0].criterion), ranges=ranges))
        parts = [f"{group_name(material, camps, s.camp)} {_full(camps, s)}" for s in mine]
        described.append(survey.row_of(rows[-1].label, parts))
    return Figure(
        id=f"groups-{camps.by}",
        title=say.GROUPS_FIGURE,
        description=survey.described(say.GROUPS_FIGURE, described),
        caption=say.GROUPS_NOTE,
        draw=lambda: draw_ranges(rows, say.GROUPS_AXIS),
    )


def _range(material: Material, camps: Camps, s: CampShare) -> Range:
    from reports.figures.ranges import Range

    e = s.estimate
    return Range(series=group_name(material, camps, s.camp), value=e.value, low=e.low, high=e.high)


def _full(camps: Camps, s: CampShare) -> str:
    row = numbers_told.measured(camp_row(camps, s))
    return numbers_told.of(row) if row.n else ""


def _table(material: Material, camps: Camps) -> Table:
    say, words = material.words.camps, material.words.survey
    rows = []
    for s in camps.shares:
        row = numbers_told.measured(camp_row(camps, s))
        rows.append(
            (
                text_cell(material.criterion(s.criterion)),
                text_cell(group_name(material, camps, s.camp)),
                text_cell(_full(camps, s)),
                text_cell(numbers_told.limits(row, words.TO)),
                text_cell(_shrunken(material, camps, s)),
            )
        )
    return Table(
        id=f"groups-{camps.by}-data",
        caption=say.GROUPS_FIGURE,
        columns=(
            Column(header=words.CRITERION, head=True),
            Column(header=say.GROUP),
            Column(header=words.SUPPORT, align="right"),
            Column(header=words.INTERVAL, align="right"),
            Column(header=say.SHRUNKEN, align="right"),
        ),
        rows=tuple(rows),
    )


def _shrunken(material: Material, camps: Camps, s: CampShare) -> str:
    """Return the shrunken share of the one option that supports the criterion fully; empty where there are more."""
    agreement = material.agreement
    assert agreement is not None
    question = agreement.instrument.question(s.question)
    full = [c.name for c in question.choices if question.endorsement(c) == 1.0]
    for m in agreement.measurements if len(full) == 1 else ():
        same = (m.question, m.option, m.group) == (s.question, full[0], f"{camps.by}={s.camp}")
        if m.measure == "shrunken share" and same and m.estimate.value is not None:
            return numbers_told.percent(numbers_told.measured(m))
    return ""


def _tests(material: Material, by: str, tests: list[GroupTest]) -> Table:
    say, words = material.words.camps, material.words.survey
    return Table(
        id=f"tests-{by}",
        caption=say.TESTS_CAPTION,
        columns=(
            Column(header=words.CRITERION, head=True),
            Column(header=say.TEST),
            *(Column(header=header, align="right") for header in (say.P, say.HOLM, say.BH)),
        ),
        rows=tuple(_test_row(material, t) for t in tests),
    )


def _test_row(material: Material, t: GroupTest) -> tuple[Cell, ...]:
    say = material.words.camps
    shown = [p_row(t, which) for which in ("", "holm", "bh")]
    cells = [text_cell("" if m is None else numbers_told.p_value(numbers_told.measured(m))) for m in shown]
    method = say.METHODS.get(t.test.method, t.test.method) if t.test.p is not None else say.reason(t.test.reason or "")
    return (text_cell(material.criterion(t.criterion or t.question)), text_cell(method), *cells)


def _odds(material: Material, found: list[OddsRatio]) -> Table:
    say, words = material.words.camps, material.words.survey
    rows = []
    for r in found:
        m = odds_row(r)
        assert m is not None
        row = numbers_told.measured(m)
        rows.append(
            (
                text_cell(material.criterion(r.criterion)),
                text_cell(say.MODELS[r.model]),
                text_cell(_option(material, r.by, r.group)),
                text_cell(_option(material, r.by, r.reference)),
                text_cell(numbers_told.coefficient(row)),
                text_cell(numbers_told.coefficient_limits(row, words.TO)),
            )
        )
    headers = (say.MODEL, say.GROUP, say.AGAINST)
    return Table(
        id="odds-data",
        caption=say.ODDS_CAPTION,
        columns=(
            Column(header=words.CRITERION, head=True),
            *(Column(header=header) for header in headers),
            Column(header=say.ODDS, align="right"),
            Column(header=words.INTERVAL_PLAIN, align="right"),
        ),
        rows=tuple(rows),
    )


def _option(material: Material, by: str, name: str) -> str:
    try:
        return material.option(by, name) or name
    except KeyError:
        return name
