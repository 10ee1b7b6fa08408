"""Authority and positivity of the experts, where the form asks how familiar they are and what they judge by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from consensus.rounds.experts import Experts, experts_of
from questionnaires.published import PublishedCounts
from reports import numbers, numbers_told
from reports.document import Column, Prose, Section, Table, number_cell, text_cell
from reports.numbers_marked import NumberRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consensus.rounds.panel_results import PanelResults
    from reports.document import Cell
    from reports.material import Material

DIGITS = 3


def panel_experts(material: Material, panel: PanelResults) -> Section | None:
    """Return positivity and authority by round; None where no form asked the experts about themselves."""
    rounds = [
        (
            material.words.rounds.round_title(closed.number),
            f"round-{closed.number}",
            (int(closed.collected["answered"]), int(closed.collected["invited"])),
            Experts.from_dict(closed.collected["experts"]) if "experts" in closed.collected else None,
        )
        for closed in panel.rounds
    ]
    return _section(material, rounds) if any(experts for *_, experts in rounds) else None


def survey_experts(material: Material) -> Section | None:
    """Return authority (and positivity, where it is known who was invited) of a survey's respondents."""
    agreement = material.agreement
    if agreement is None or isinstance(agreement.answers, PublishedCounts):
        return None
    found = experts_of(agreement.answers)
    if found is None:
        return None
    return _section(material, [(material.words.experts.SURVEY, "survey", material.response, found)])


def _section(material: Material, rounds: Sequence[tuple[str, str, tuple[int, int] | None, Experts | None]]) -> Section:
    say = material.words.experts
    columns = [Column(header=h, head=not at, align="right" if at else "left") for at, h in enumerate(say.HEADERS)]
    table = Table(
        id="authority",
        caption=say.CAPTION,
        columns=tuple(columns),
        rows=tuple((text_cell(title), *_coefficients(name, returned, e)) for title, name, returned, e in rounds),
        footnotes=(say.RECALLED,),
    )
    levels = Table(
        id="expert-levels",
        caption=say.LEVELS_CAPTION,
        columns=tuple(Column(header=h, head=not at) for at, h in enumerate(say.LEVELS_HEADERS)),
        rows=tuple(row for title, name, _, e in rounds if e is not None for row in _levels(material, title, name, e)),
    )
    told = (n for *_, e in rounds if e is not None for n in (*e.familiarity, *(n for _, c in e.bases for n in c)))
    # a level of few experts follows from the others and from how many told all
    few = any(0 < n < material.small_cells for n in told)
    last = Prose(text=say.LEVELS_MASKED, tone="note") if few else levels
    blocks = (Prose(text=say.LEAD), table, Prose(text=say.OWN_WORD, tone="note"), last)
    return Section(id="experts", title=say.TITLE, blocks=blocks)


def _coefficients(name: str, returned: tuple[int, int] | None, experts: Experts | None) -> tuple[Cell, ...]:
    positivity = number_cell(None)
    if returned is not None and returned[1]:
        row = numbers_told.part_of(f"positivity/{name}", *returned, base="invited")
        positivity = number_cell(row.value, numbers.of(*returned), row)
    found = experts.authority if experts is not None else None
    if experts is None or found is None:
        return (positivity, *(number_cell(None) for _ in range(4)))
    values = (("judgment", found.judgment), ("familiarity", found.familiarity), ("authority", found.coefficient))
    told = [
        number_cell(
            value,
            f"{value:.{DIGITS}f}",
            NumberRow(id=f"experts/{name}/{what}", value=value, n=found.experts, method="recalled weights"),
        )
        for what, value in values
    ]
    row = numbers_told.part_of(f"experts/{name}/told", experts.told, experts.answered, base="answered")
    return (positivity, *told, number_cell(experts.told, f"{experts.told}/{experts.answered}", row))


def _levels(material: Material, title: str, name: str, experts: Experts) -> list[tuple[Cell, ...]]:
    say = material.words.experts
    asked = [(say.FAMILIARITY, "familiarity-levels", experts.familiarity)]
    asked += [(say.BASES[basis], basis, counts) for basis, counts in experts.bases]
    rows: list[tuple[Cell, ...]] = []
    for label, what, counts in asked:
        marked = (
            numbers_told.number(numbers_told.counted(f"experts/{name}/{what}/{at}", count))
            for at, count in enumerate(counts, start=1)
        )
        rows.append((text_cell(label), text_cell(title), text_cell(" / ".join(marked))))
    return rows
