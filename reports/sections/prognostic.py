"""Prognostic and retreatment scores: how many patients fall into each class. No score is a reason to stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import numbers_told
from reports.document import Column, Prose, Section, Table, number_cell, text_cell
from reports.frames import rows_of

if TYPE_CHECKING:
    from consensus.scoring.score import Scores
    from reports.document import Cell
    from reports.material import Material


def prognostic(material: Material, scores: Scores) -> Section | None:
    """Return the section, None where no score was asked for."""
    if not scores.scales:
        return None
    say, total = material.words.prognostic, len(scores.courses.patients)
    rows: list[tuple[Cell, ...]] = []
    for row in rows_of(scores.classes().rename(columns={"class": "name"})):
        name = row.name or say.OPEN
        number = numbers_told.part_of(
            f"class/{row.definition}/{row.name or 'open'}", int(row.patients), total, base="patients"
        )
        shown = numbers_told.of(number) if total else numbers_told.votes(number)
        title, patients = material.definition(row.definition), number_cell(int(row.patients), row=number)
        rows.append((text_cell(title), text_cell(name), text_cell(shown), patients))
    table = Table(
        id="score-classes",
        caption=say.CAPTION,
        columns=(
            Column(header=say.SCORE, head=True),
            Column(header=say.CLASS),
            Column(header=say.PATIENTS, align="right", only="page"),
            Column(header=say.PATIENTS, align="right", only="sheet"),
        ),
        rows=tuple(rows),
    )
    return Section(id="scores-section", title=say.TITLE, blocks=(Prose(text=say.LEAD), table))
