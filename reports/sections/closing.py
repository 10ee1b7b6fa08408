"""The last sections: faults in the files, and provenance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.document import Cell, Column, Prose, Section, Table, text_cell

if TYPE_CHECKING:
    from questionnaires.problems import Problem
    from reports.document import Block
    from reports.material import Material


def problems(material: Material) -> Section | None:
    """Return what was found in the files; None where nothing was read that can have faults."""
    if material.scores is None and (material.agreement is None or material.published):
        return None
    say, found = material.words.method, material.problems
    blocks: list[Block] = [Prose(text=say.problems(len(found.faults)))]
    if len(found):
        columns = tuple(Column(header=h, head=not at) for at, h in enumerate(say.PROBLEM_HEADERS))
        rows = tuple(_problem(material, p) for p in found)
        blocks.append(Table(id="problems-table", caption=say.PROBLEMS_CAPTION, columns=columns, rows=rows))
    return Section(id="problems", title=material.words.page.PROBLEMS, blocks=tuple(blocks))


def _problem(material: Material, p: Problem) -> tuple[Cell, ...]:
    told = (p.where, *(material.said(text) for text in (p.got, p.expected, p.hint)))
    return tuple(text_cell(text) for text in (*told, material.words.method.SEVERITIES[p.severity]))


def provenance(material: Material) -> Section:
    """Return what was read, with hashes, and what it was computed with."""
    say, made = material.words.method, material.provenance
    inputs = Table(
        id="inputs",
        caption=say.INPUTS_CAPTION,
        columns=(Column(header=say.FILE, head=True), Column(header="SHA-256")),
        rows=tuple((text_cell(name), text_cell(digest)) for name, digest in made.inputs),
    )
    versions = [("clinical-consensus", made.version), *made.libraries, (say.SEED, str(made.seed))]
    with_what = Table(
        id="versions",
        caption=say.VERSIONS_CAPTION,
        columns=(Column(header=say.PROGRAM, head=True), Column(header=say.VERSION)),
        rows=tuple((text_cell(name), text_cell(value)) for name, value in versions),
    )
    return Section(
        id="provenance",
        title=material.words.page.PROVENANCE,
        blocks=(inputs, with_what, Prose(text=say.AGAIN, tone="note")),
    )
