"""Table 1: the respondents by hospital, tier, region, specialty and experience. Absent where only counts are known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reports import numbers, numbers_told
from reports.document import Cell, Column, Table, number_cell, text_cell
from reports.numbers_marked import NumberRow, mark

if TYPE_CHECKING:
    from consensus.agreement.characteristics import Characteristic
    from reports.material import Material

EMPTY = (Cell(text=""), Cell(text=""))
Row = tuple[Cell, ...]


def table_one(material: Material) -> Table | None:
    """Return the characteristics of the analyzed respondents, counts of options and medians of numbers."""
    people = material.respondents
    if people is None or material.agreement is None:
        return None
    say = material.words.data
    rows = tuple(row for one in people.characteristics for row in _rows(material, one))
    if not rows:
        return None
    typed = any(one.groups is not None for one in people.characteristics)
    return Table(
        id="respondents-table",
        caption=say.CHARACTERISTICS,
        columns=(
            Column(header=say.CHARACTERISTIC, head=True),
            Column(header=""),
            Column(header=say.VALUE, align="right", only="page"),
            Column(header=say.NUMBER, align="right", only="sheet"),
            Column(header=say.BASE, align="right", only="sheet"),
            Column(header=say.PERCENT, align="right", only="sheet"),
        ),
        rows=rows,
        footnotes=(say.CHARACTERISTICS_NOTE, *((say.GROUPS_NOTE,) if typed else ())),
    )


def _rows(material: Material, one: Characteristic) -> Iterator[Row]:
    """Yield the rows of one characteristic; the page names it in the first of them, the workbook in each."""
    say, question = material.words.data, material.instrument.question(one.question)
    found = [(material.option(question, name), _count(one, name, n, one.answered)) for name, n in one.options]
    if one.quantiles:
        found = [(say.MEDIAN, _median(material, one))]
    if one.groups is not None:
        row = numbers_told.counted(f"table-1/{one.question}/groups", one.groups)
        found = [(say.GROUPS, (text_cell(numbers_told.number(row)), number_cell(one.groups, row=row), *EMPTY))]
    if one.missing:
        found.append((say.MISSING_ROW, _count(one, "missing", one.missing, one.asked)))
    label = material.question(one.question) or one.question
    for at, (what, cells) in enumerate(found):
        yield (Cell(text="" if at else label, value=label), text_cell(what), *cells)


def _count(one: Characteristic, name: str, count: int, n: int) -> Row:
    row = numbers_told.part_of(
        f"table-1/{one.question}/{name}", count, n, base="asked" if name == "missing" else "answered"
    )
    percent = float(numbers.percent_number(count / n, n))
    return (
        text_cell(numbers_told.of(row)),
        number_cell(count, row=row),
        number_cell(n, row=row),
        number_cell(percent, row=row),
    )


def _median(material: Material, one: Characteristic) -> Row:
    values = dict(one.quantiles)

    def told(what: str) -> str:
        value = values[what]
        row = NumberRow(
            id=f"table-1/{one.question}/{what}", value=value, base="answered", n=one.answered, method="type 7"
        )
        return mark(row, f"{value:g}")

    text = material.words.data.median(*map(told, ("median", "q1", "q3", "least", "most")))
    size = numbers_told.counted(f"table-1/{one.question}/n", one.answered)
    return (
        text_cell(text),
        number_cell(values["median"], told("median")),
        number_cell(one.answered, row=size),
        Cell(text=""),
    )
