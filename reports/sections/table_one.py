"""Table 1: the respondents by hospital, tier, region, specialty and experience. Absent where only counts are known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from reports import numbers, numbers_told
from reports.document import Cell, Column, Table, number_cell, text_cell
from reports.numbers_marked import NumberRow, mark

if TYPE_CHECKING:
    from questionnaires.instrument import Question
    from reports.material import Material

ROLES = ("demographic", "stratum", "cluster")
NUMERIC = ("integer", "decimal", "range")
Row = tuple[Cell, ...]


def table_one(material: Material) -> Table | None:
    """Return the characteristics of the analyzed respondents, counts of options and medians of numbers."""
    if material.cleaned is None or material.agreement is None:
        return None
    say = material.words.data
    asked = [q for q in material.instrument.questions if q.role in ROLES]
    rows = tuple(row for question in asked for row in _rows(material, question))
    if not rows:
        return None
    typed = any(q.role == "cluster" and not q.closed for q in asked)
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


def _rows(material: Material, question: Question) -> Iterator[Row]:
    """Yield the rows of one characteristic; the page names it in the first of them, the workbook in each."""
    assert material.cleaned is not None
    answers, say = material.cleaned.analyzed, material.words.data
    kinds = answers.kinds[question.name]
    given = answers.values[question.name][kinds == "answered"]
    shown = int((~kinds.isin(["not_shown", "unknown"])).sum())
    if not len(given):
        return
    found: list[tuple[str, Row]] = []
    if question.closed:
        found = [(label, _count(question, name, n, len(given))) for name, label, n in _options(material, question)]
    elif question.type in NUMERIC:
        found = [(say.MEDIAN, _median(material, question, given.to_numpy(dtype=float)))]
    elif question.role == "cluster":
        groups = material.cleaned.groups(question.name).merged
        row = numbers_told.counted(f"table-1/{question.name}/groups", groups)
        found = [
            (
                say.GROUPS,
                (text_cell(numbers_told.number(row)), number_cell(groups, row=row), Cell(text=""), Cell(text="")),
            )
        ]
    if shown > len(given) and found:
        found.append((say.MISSING_ROW, _count(question, "missing", shown - len(given), shown)))
    label = material.question(question.name) or question.name
    for at, (what, cells) in enumerate(found):
        yield (Cell(text="" if at else label, value=label), text_cell(what), *cells)


def _options(material: Material, question: Question) -> Iterator[tuple[str, str, int]]:
    assert material.cleaned is not None
    answers = material.cleaned.analyzed
    given = answers.values[question.name][answers.kinds[question.name] == "answered"]
    for choice in question.choices:
        label = choice.label.text(material.language) or choice.name
        yield choice.name, label, sum(choice.name in (a if isinstance(a, tuple) else (a,)) for a in given)


def _count(question: Question, name: str, count: int, n: int) -> Row:
    row = numbers_told.part_of(
        f"table-1/{question.name}/{name}", count, n, base="asked" if name == "missing" else "answered"
    )
    percent = float(numbers.percent_number(count / n, n))
    return (
        text_cell(numbers_told.of(row)),
        number_cell(count, row=row),
        number_cell(n, row=row),
        number_cell(percent, row=row),
    )


def _median(material: Material, question: Question, values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Row:
    least, low, middle, high, most = np.quantile(values, [0, 0.25, 0.5, 0.75, 1])

    def told(what: str, value: float) -> str:
        row = NumberRow(
            id=f"table-1/{question.name}/{what}", value=float(value), base="answered", n=len(values), method="type 7"
        )
        return mark(row, f"{value:g}")

    text = material.words.data.median(
        told("median", middle), told("q1", low), told("q3", high), told("least", least), told("most", most)
    )
    size = numbers_told.counted(f"table-1/{question.name}/n", len(values))
    return (
        text_cell(text),
        number_cell(float(middle), told("median", middle)),
        number_cell(len(values), row=size),
        Cell(text=""),
    )
