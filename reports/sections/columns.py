"""Columns of a sheet of courses as a report names them: in words where its language has some, the name in brackets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from consensus.definitions.condition import Condition
    from reports.material import Material

WITH_REASON = re.compile(r"(?P<columns>.+?)(?: \((?P<reason>.+)\))?")
EITHER = " or "


def column_words(material: Material, condition: Condition, text: str) -> str:
    """Return what is missing: a column, one of several, and in brackets why a recorded one doesn't tell."""
    found = WITH_REASON.fullmatch(text)
    if found is None:
        return text
    say = material.words.cohort
    names = found["columns"].split(EITHER)
    called = [say.column(condition.called(name, material.language), name) for name in names]
    return str(say.missing(called, material.said(found["reason"])))
