"""Which empty cells would settle unknown verdicts, by column; the cells themselves stand in scores.xlsx."""

from __future__ import annotations

from typing import TYPE_CHECKING

from consensus.scoring.worklist import wanted_columns
from consensus.scoring.worklist import worklist as cells_to_fill
from reports import numbers_told
from reports.document import Cell, Column, Prose, Section, Table, number_cell, text_cell
from reports.sections.columns import column_words

if TYPE_CHECKING:
    from consensus.scoring.score import Scores
    from reports.material import Material

SHOWN = 12


def worklist(material: Material, scores: Scores) -> Section | None:
    """Return the section, None where no cell alone can settle anything; patients are not named in it."""
    wanted = cells_to_fill(scores)
    if not wanted:
        return None
    say = material.words.definitions
    condition = scores.courses.condition
    columns = wanted_columns(wanted)
    lead = say.worklist_lead(
        _number("cells", sum(one.cells for one in columns)), _number("verdicts", sum(one.verdicts for one in columns))
    )
    table = Table(
        id="worklist-columns",
        caption=say.WORKLIST_CAPTION,
        columns=(
            Column(header=say.COLUMN, head=True),
            Column(header=say.CELLS, align="right"),
            Column(header=say.SETTLES, align="right"),
        ),
        rows=tuple(
            (
                text_cell(column_words(material, condition, c.column)),
                _counted(f"{c.column}/cells", c.cells),
                _counted(f"{c.column}/verdicts", c.verdicts),
            )
            for c in columns[:SHOWN]
        ),
    )
    return Section(id="worklist-section", title=say.WORKLIST_TITLE, blocks=(Prose(text=lead), table))


def _counted(what: str, number: int) -> Cell:
    return number_cell(number, row=numbers_told.counted(f"worklist/{what}", number))


def _number(what: str, number: int) -> str:
    return numbers_told.number(numbers_told.counted(f"worklist/{what}", number))
