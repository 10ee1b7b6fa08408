"""What other weightings would give, and the numbers within the criteria."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import proposal_numbers as told
from reports.document import Column, Section, Table, text_cell
from reports.numbers import NO_BREAK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consensus.proposals.schemes import Weighting
    from reports.material import Material


def weightings(material: Material) -> Section | None:
    """Return a row a weighting scheme; None where no scheme gives a definition."""
    found = material.proposals.weightings if material.proposals is not None else ()
    known = [(at, w) for at, w in enumerate(found, start=1) if w.cut_off is not None]
    if not known:
        return None
    say = material.words.certainty
    assert material.proposals is not None
    columns = (
        Column(header=say.CRITERION, head=True),
        *(Column(header=material.words.page.heading(say.SCHEMES[w.scheme]), align="right") for _, w in known),
    )
    rows = [
        (text_cell(material.criterion(name)), *(text_cell(_weight(material, at, w, name)) for at, w in known))
        for name in material.proposals.criteria
    ]
    cuts = (told.decimal(material, "weightings", at, "cut_off") for at, _ in known)
    rows.append((text_cell(say.CUT_OFF), *(text_cell(cut) for cut in cuts)))
    notes = (say.ALONE_NOTE, *_through(material, [w for _, w in known]))
    table = Table(id="weightings", caption=say.WEIGHTS_CAPTION, columns=columns, rows=tuple(rows), footnotes=notes)
    return Section(id="weightings", title=say.WEIGHTS_TITLE, blocks=(table,))


def _through(material: Material, found: Sequence[Weighting]) -> list[str]:
    """Return which options of a ranking stand for criteria of another name, a sentence an option."""
    asked = material.instrument.questions_of("ranking")
    pairs = dict.fromkeys(pair for w in found for pair in w.through)
    by_option: dict[str, list[str]] = {}
    for criterion, option in pairs:
        by_option.setdefault(option, []).append(material.criterion(criterion))
    say = material.words.certainty
    return [say.stands_for(material.option(asked[0], option), "; ".join(names)) for option, names in by_option.items()]


def _weight(material: Material, at: int, w: Weighting, name: str) -> str:
    """Return a criterion's weight, marked where it suffices alone; empty where the scheme knows nothing of it."""
    say = material.words.certainty
    weight = told.decimal(material, "weightings", at, "weights", name)
    if not weight:
        return ""
    low, high = (told.decimal(material, "weightings", at, "limits", name, end) for end in (1, 2))
    limits = f" [{low}{say.TO.replace(' ', NO_BREAK)}{high}]" if low else ""
    return f"{say.ALONE if (name,) in w.sufficient else ''}{weight}{limits}"


def parameters(material: Material) -> Section | None:
    """Return a row a question that asks for a number; None where none does."""
    found = material.proposals.parameters if material.proposals is not None else ()
    known = [(at, p) for at, p in enumerate(found, start=1) if p.chosen is not None]
    if not known:
        return None
    say = material.words.certainty
    rows = []
    for at, p in known:
        low, high = (told.number(material, "parameters", at, end) for end in ("low", "high"))
        cells = [
            material.question(p.question),
            say.PARAMETER_UNITS.get(p.unit, p.unit),
            told.number(material, "parameters", at, "median"),
            f"{low}{say.TO}{high}" if low else "",
            told.number(material, "parameters", at, "mode"),
            told.percent(material, "parameters", at, "accepts", "value"),
            told.number(material, "parameters", at, "no_number"),
            say.YES if p.beside is None else say.BESIDE[p.beside],
        ]
        rows.append(tuple(text_cell(cell) for cell in cells))
    heads = (say.MEDIAN, say.LIMITS, say.MODE, say.ACCEPTS, say.NO_NUMBER)
    columns = (
        Column(header=say.QUESTION, head=True),
        Column(header=say.UNIT),
        *(Column(header=head, align="right") for head in heads),
        Column(header=say.IN_TERM),
    )
    table = Table(id="parameters", caption=say.PARAMETERS_CAPTION, columns=columns, rows=tuple(rows))
    return Section(id="parameters", title=say.PARAMETERS_TITLE, blocks=(table,))
