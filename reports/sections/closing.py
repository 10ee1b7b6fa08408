"""The last sections: faults in the files, methods in words, limitations drawn from the data, provenance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.document import Bullets, Cell, Column, Prose, Section, Table, text_cell

if TYPE_CHECKING:
    from questionnaires.problems import Problem
    from reports.document import Block
    from reports.material import Material

FEW_PATIENTS = 100


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


def methods(material: Material) -> Section:
    """Return every choice that was made, in words."""
    say, agreement = material.words.method, material.agreement
    texts: list[str] = []
    if agreement is not None:
        texts += [say.SHARES, say.ROUNDING, say.rule(agreement.rule.sentence(material.language)), say.OUT]
        if any(v.coding is not None for v in agreement.verdicts):
            texts.append(say.CODING.format(coding=material.words.survey.CODINGS[agreement.equivocal]))
        texts.append(say.FIRMNESS)
    if material.proposals is not None:
        texts.append(say.PROPOSALS)
    if material.scores is not None:
        texts.append(say.VERDICTS)
    return Section(id="methods", title=material.words.page.METHODS, blocks=tuple(Prose(text=text) for text in texts))


def limitations(material: Material) -> Section:
    """Return what the data themselves say about their limits."""
    say, agreement, items = material.words.method, material.agreement, list[str]()
    if agreement is not None:
        questions = material.instrument.questions
        judged = {v.question for v in agreement.verdicts}
        kinds = {q.evidence for q in questions if q.name in judged}
        items += [text for kind, text in (("bound", say.LIMIT_COMPLEMENT), ("proxy", say.LIMIT_PROXY)) if kind in kinds]
        if any(q.reconstructed for q in questions):
            items.append(say.LIMIT_WORDING)
        items += material.frame_notes
        items.append(say.LIMIT_MARGINS if material.published else say.LIMIT_INDEPENDENT)
        if agreement.synthetic:
            items.append(say.LIMIT_SYNTHETIC_ANSWERS)
        items.append(say.LIMIT_AGREEMENT)
    if material.scores is not None:
        if material.scores.courses.synthetic:
            items.append(say.LIMIT_SYNTHETIC_PATIENTS)
        if len(material.scores.courses.patients) < FEW_PATIENTS:
            items.append(say.LIMIT_FEW)
    return Section(id="limitations", title=material.words.page.LIMITATIONS, blocks=(Bullets(items=tuple(items)),))


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
