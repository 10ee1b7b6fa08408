"""Whether verdicts stand when each definition is read in every way that its text leaves open, and what flips them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from consensus.definitions.readings import readings_of
from consensus.definitions.sentences import value_words
from reports import numbers_told
from reports.document import Cell, Column, Prose, Section, Table, number_cell, text_cell
from reports.frames import rows_of

if TYPE_CHECKING:
    from consensus.scoring.multiverse import Multiverse
    from consensus.scoring.score import Scores
    from reports.material import Material
    from reports.numbers_marked import NumberRow


def stability(material: Material, scores: Scores) -> Section | None:
    """Return the section, None where no definition leaves a reading open."""
    from consensus.scoring.every_reading import score_every_reading

    condition, chosen = scores.courses.condition, dict(scores.readings)
    open_ = [d for d in scores.judged if d.open and not d.is_score]
    if not open_ or not len(scores.courses.patients):
        return None
    found, say = score_every_reading(scores.courses, open_, condition, chosen), material.words.stability
    blocks = (Prose(text=say.LEAD), _ranges(material, found), _flips(material, found))
    return Section(id="stability", title=say.TITLE, blocks=blocks)


def _ranges(material: Material, found: Multiverse) -> Table:
    say = material.words.stability
    rows = []
    for row in rows_of(found.ranges()):
        met = round(row.rate_low * row.patients), round(row.rate_high * row.patients)
        of = f"readings/{row.definition}"
        shares = [
            numbers_told.part_of(f"{of}/{name}", count, row.patients, base="patients")
            for name, count in (("own", row.met), ("lowest", met[0]), ("highest", met[1]), ("stable", row.stable))
        ]
        combinations = numbers_told.counted(f"{of}/combinations", row.combinations)
        rows.append(
            (
                text_cell(material.definition(row.definition)),
                number_cell(row.combinations, row=combinations),
                *(_share(share) for share in shares),
            )
        )
    headers = (say.COMBINATIONS, say.OWN, say.LOWEST, say.HIGHEST, say.STABLE)
    return Table(
        id="readings-ranges",
        caption=say.RANGES_CAPTION,
        columns=(
            Column(header=material.words.cohort.DEFINITION, head=True),
            *(Column(header=header, align="right") for header in headers),
        ),
        rows=tuple(rows),
        footnotes=(say.RANGES_NOTE,),
    )


def _flips(material: Material, found: Multiverse) -> Table:
    say, rows, before = material.words.stability, list[tuple[Cell, ...]](), ""
    flips = found.flips()
    for row in rows_of(flips.sort_values(["definition", "patients"], ascending=[True, False], kind="stable")):
        title = material.definition(row.definition)
        number = numbers_told.counted(f"flips/{row.definition}/{row.reading}", int(row.patients))
        called, values = _words(material, found, row.definition, row.reading)
        first = Cell(text="" if row.definition == before else title, value=title)
        rows.append((first, text_cell(called), text_cell(values), number_cell(int(row.patients), row=number)))
        before = row.definition
    return Table(
        id="readings-flips",
        caption=say.FLIPS_CAPTION,
        columns=(
            Column(header=material.words.cohort.DEFINITION, head=True),
            Column(header=say.READING),
            Column(header=say.VALUES),
            Column(header=material.words.cohort.PATIENTS_AXIS, align="right"),
        ),
        rows=tuple(rows),
    )


def _words(material: Material, found: Multiverse, definition: str, name: str) -> tuple[str, str]:
    """Return a reading and the values that it may take, in words with their ids."""
    universe = next(u for u in found.universes if u.definition.id == definition)
    assert material.scores is not None
    condition, say, language = material.scores.courses.condition, material.words.stability, material.language
    reading = next(r for r in readings_of(universe.definition, condition) if r.name == name)
    known = dict(reading.values)
    told = [(value_words(reading, v, language), v) for v in dict(universe.open)[name]]
    values = [say.with_id(words, v) if v in known else words for words, v in told]
    return say.with_id(dict(reading.label.texts).get(language, name), name), say.LIST.join(values)


def _share(row: NumberRow) -> Cell:
    return number_cell(row.value, numbers_told.of(row))
