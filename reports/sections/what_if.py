"""What if: patients whom the proposal would judge otherwise under another rule or coding. Absent without a cohort."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import proposal_numbers as told
from reports.document import Column, Section, Table, text_cell
from reports.sections.certainty import setting_of

if TYPE_CHECKING:
    from consensus.proposals.cohort_effect import Effect
    from reports.document import Cell
    from reports.material import Material

COUNTS = ("met", "unknown", "not_met", "reclassified", "newly_met", "no_longer_met")


def what_if(material: Material) -> Section | None:
    """Return a row a setting that differs from the study's, and one a further proposal."""
    found = material.proposals.cohort if material.proposals is not None else None
    if found is None:
        return None
    say, verdicts = material.words.space, material.words.cohort.VERDICTS
    shown = [(at, e) for at, e in enumerate(found.effects, start=1) if not (e.own and e.kind == "equivocal")]
    heads = (
        *(material.words.page.heading(verdicts[v]) for v in COUNTS[:3]),
        say.RECLASSIFIED,
        say.NEWLY,
        say.NO_LONGER,
    )
    columns = (Column(header=say.SETTING, head=True), *(Column(header=head, align="right") for head in heads))
    table = Table(
        id="what-if",
        caption=say.WHAT_IF_CAPTION,
        columns=columns,
        rows=tuple(_row(material, at, effect) for at, effect in shown),
    )
    return Section(id="what-if", title=say.WHAT_IF_TITLE, blocks=(table,))


def _row(material: Material, at: int, effect: Effect) -> tuple[Cell, ...]:
    name = (
        material.words.space.PROPOSALS.get(effect.setting, effect.setting)
        if effect.kind == "proposal"
        else setting_of(material, effect, "cohort", "effects", at)
    )
    counts = (told.number(material, "cohort", "effects", at, key) for key in COUNTS)
    return (text_cell(name), *(text_cell(count) for count in counts))
