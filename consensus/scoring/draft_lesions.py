"""Which sheet of a clinic's file is one of lesions, and which header is which of our columns there."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from consensus.definitions.column import PATIENT_ID, Column
from consensus.scoring.course_map import DATE
from consensus.scoring.draft_sheets import Heading, key_of
from consensus.scoring.lesions import LESION_ID

MEASURES = ("size_mm", "viable_mm", "viable_percent")
_NUMBERED = re.compile(r"第?个?(?:靶病灶|病灶|结节|肿瘤|targetlesion|lesion|nodule|tumou?r|target|l|t)")

Fits = Callable[[Heading, Column], float]


def place_lesions(headings: Sequence[Heading], columns: Sequence[Column], fits: Fits) -> dict[str, Heading]:
    """Return the headings of a sheet of lesions by our column; empty where it is no such sheet.

    It has a patient, a date of the scan and a measure, and either names its lesions or numbers their columns. `fits` is
    the share of a heading's cells that a column can hold: it decides between columns of one name.
    """
    placed: dict[str, Heading] = {}
    for heading in headings:
        known = [c for c in columns if c.name not in placed and _is(heading, c)]
        if known:
            placed[max(known, key=lambda column: fits(heading, column)).name] = heading
    numbered = any(placed[name].numbered for name in MEASURES if name in placed)
    whole = {PATIENT_ID, DATE} <= set(placed) and any(name in placed for name in MEASURES)
    return placed if whole and (numbered or LESION_ID in placed) else {}


def _is(heading: Heading, column: Column) -> bool:
    names = {key_of(name) for name in (column.name, *column.also, *column.near)}
    if not heading.numbered:
        return heading.key in names
    if column.name in (PATIENT_ID, DATE):
        return False
    rest = _NUMBERED.sub("", heading.key, count=1)
    return heading.key in names or rest in names or (column.name == LESION_ID and not rest)
