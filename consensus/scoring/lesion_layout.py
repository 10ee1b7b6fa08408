"""A clinic's own sheet of lesions and its map -> one row a lesion and scan, every cell with its address."""

from __future__ import annotations

from consensus.definitions.column import PATIENT_ID
from consensus.scoring.cells import is_missing
from consensus.scoring.course_map import DATE, Found, Words
from consensus.scoring.grids import Grid, Placed
from consensus.scoring.laid import PlacedRow
from consensus.scoring.lesions import LESION_ID

NEEDED = (PATIENT_ID, DATE)


def lay_lesions(grid: Grid, found: list[Found], words: Words) -> list[PlacedRow]:
    """Return the lesions of a sheet; of columns numbered by lesion each number with something in it is one.

    A numbered lesion bears its number as a name, where no column names it.
    """
    own = [each for each in found if each.slot is None]
    slots = sorted({each.slot for each in found if each.slot is not None})
    rows: list[PlacedRow] = []
    for i, raw in enumerate(grid.rows):
        if all(is_missing(raw[each.at]) for each in found):
            continue
        common = _placed(i, own, grid, words)
        for slot in slots:
            mine = _placed(i, [each for each in found if each.slot == slot], grid, words)
            filled = [placed for placed in mine.values() if placed.value is not None]
            if filled:
                named = mine.get(LESION_ID)
                name = named if named is not None and named.value is not None else Placed(value=slot, at=filled[0].at)
                rows.append(common | mine | {LESION_ID: name})
        if not slots:
            rows.append(common)
    return rows


def _placed(i: int, found: list[Found], grid: Grid, words: Words) -> PlacedRow:
    ordered = sorted(found, key=lambda each: each.column != PATIENT_ID)
    return {e.column: Placed(value=words.said(grid.rows[i][e.at], e.column), at=(i, e.at)) for e in ordered}
