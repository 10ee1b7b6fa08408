"""What equivocal answers could turn: the tipping curves. Absent where nobody was equivocal or the rule is no share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from consensus.agreement.beside_rows import leaning_rows
from reports import numbers_told
from reports.document import Column, Figure, Prose, Section, Table, text_cell

if TYPE_CHECKING:
    from consensus.agreement.leaning import Leaning
    from reports.material import Material


def leaning(material: Material) -> Section | None:
    """Return the curves with what would have to lean which way."""
    found = material.agreement.further.leanings if material.agreement is not None else ()
    if not found:
        return None
    say = material.words.sureness
    blocks = (Prose(text=say.LEANING_LEAD), _figure(material, found), _table(material, found))
    return Section(id="leaning", title=say.LEANING, blocks=blocks)


def _figure(material: Material, found: tuple[Leaning, ...]) -> Figure:
    from reports.figures.tipping import draw_tipping

    say, words = material.words.sureness, material.words.survey
    labels = [material.criterion(one.criterion) for one in found]
    accepted, rejected = words.FOREST_ACCEPTED, words.FOREST_REJECTED
    texts = {"x": say.LEANING_X, "y": say.LEANING_Y, "accepted": accepted, "rejected": rejected}
    described = []
    for one, label in zip(found, labels, strict=True):
        parts = [
            material.words.page.pair(header, _fewest(material, one, measure)) for header, measure in _columns(material)
        ]
        described.append(say.row_of(label, parts))
    return Figure(
        id="leaning",
        title=say.LEANING_FIGURE,
        description=say.described(say.LEANING_FIGURE, described),
        caption=say.LEANING_NOTE,
        draw=lambda: draw_tipping(found, labels, texts),
    )


def _table(material: Material, found: tuple[Leaning, ...]) -> Table:
    say, words = material.words.sureness, material.words.survey
    return Table(
        id="leaning-data",
        caption=say.LEANING_CAPTION,
        columns=(
            Column(header=words.CRITERION, head=True),
            Column(header=say.EQUIVOCAL, align="right"),
            *(Column(header=header, align="right") for header, _ in _columns(material)),
        ),
        rows=tuple(
            (
                text_cell(material.criterion(one.criterion)),
                text_cell(_equivocal(one)),
                *(text_cell(_fewest(material, one, measure)) for _, measure in _columns(material)),
            )
            for one in found
        ),
    )


def _columns(material: Material) -> tuple[tuple[str, str], ...]:
    say = material.words.sureness
    return ((say.TO_ACCEPT, "votes to accept"), (say.TO_REJECT, "votes to reject"))


def _equivocal(one: Leaning) -> str:
    return numbers_told.number(numbers_told.counted(f"equivocal/{one.question}", one.equivocal))


def _fewest(material: Material, one: Leaning, measure: str) -> str:
    say = material.words.sureness
    for m in leaning_rows(one):
        if m.measure == measure:
            if m.estimate.value == 0:
                return str(say.ALREADY)
            return str(say.fewest(numbers_told.number(numbers_told.measured(m)), _equivocal(one)))
    return str(say.NEVER)
