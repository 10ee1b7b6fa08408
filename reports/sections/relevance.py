"""Content validity: which rated items experts call relevant, against guessing. Absent without such ratings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import numbers_told
from reports.document import Cell, Column, Prose, Section, Table, text_cell

if TYPE_CHECKING:
    from consensus.agreement.relevance import ContentValidity, ItemValidity
    from reports.document import Block
    from reports.material import Material
    from reports.numbers_marked import NumberRow


def relevance(material: Material) -> Section | None:
    """Return a table a scale with what its items make together; None where no rating says what is relevant."""
    found = material.agreement.further.content if material.agreement is not None else ()
    shown = [v for v in found if any(item.relevant is not None and item.experts for item in v.items)]
    if not shown:
        return None
    say = material.words.relevance
    blocks: list[Block] = []
    for at, validity in enumerate(shown):
        blocks += [Prose(text=_lead(material, validity)), _table(material, validity, at)]
        if validity.whole and validity.whole[0].value is not None:
            blocks.append(Prose(text=_whole(material, validity)))
    blocks.append(Prose(text=say.NOTE, tone="note"))
    return Section(id="relevance", title=say.TITLE, blocks=tuple(blocks))


def _lead(material: Material, validity: ContentValidity) -> str:
    rows = {m.measure: numbers_told.measured(m) for m in validity.rows() if m.measure.startswith("relevant ")}
    least, highest = (numbers_told.number(rows[name]) for name in ("relevant from", "relevant to"))
    return str(material.words.relevance.lead(least, highest))


def _whole(material: Material, validity: ContentValidity) -> str:
    rows = [numbers_told.measured(m) for m in validity.rows() if m.question == validity.name]
    mean, unanimous = (next(row for row in rows if row.method == e.method) for e in validity.whole)
    return str(material.words.relevance.whole(numbers_told.coefficient(mean), numbers_told.percent(unanimous)))


def _table(material: Material, validity: ContentValidity, at: int) -> Table:
    say, words = material.words.relevance, material.words.survey
    headers = (say.RELEVANT, words.INTERVAL_PLAIN, say.KAPPA, say.CVR, say.NEEDED, say.AIKEN, words.INTERVAL_PLAIN)
    return Table(
        id=f"relevance-{at}",
        caption=say.CAPTION,
        columns=(Column(header=say.ITEM, head=True), *(Column(header=h, align="right") for h in headers)),
        rows=tuple(_row(material, item) for item in validity.items),
    )


def _row(material: Material, item: ItemValidity) -> tuple[Cell, ...]:
    rows = {m.measure: numbers_told.measured(m) for m in item.rows()}
    to, none = material.words.survey.TO, material.words.relevance.NO_VALUE
    index, aiken = rows["i-cvi"], rows["aiken v"]
    told = [numbers_told.of(index) if index.n else none, numbers_told.limits(index, to)]
    told += [_coefficient(rows[name], none) for name in ("modified kappa", "cvr", "cvr needed", "aiken v")]
    told.append(numbers_told.coefficient_limits(aiken, to))
    return (text_cell(material.question(item.question) or item.question), *(text_cell(text) for text in told))


def _coefficient(row: NumberRow, none: str) -> str:
    return numbers_told.coefficient(row) or none
