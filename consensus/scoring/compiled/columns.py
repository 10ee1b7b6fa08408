"""Which column of a frame is which of the condition's: by its name or one of its usual foreign ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from consensus.definitions.column import Column
from consensus.scoring.cells import fold
from questionnaires.problems import ConsensusError, did_you_mean


def found_columns(headers: Sequence[str], columns: Iterable[Column]) -> dict[str, str]:
    """Return the headers of the condition's columns that a frame has, by their names there; the first of two counts."""
    folded = [fold(str(header)) for header in headers]
    found: dict[str, str] = {}
    for column in columns:
        for names in ({fold(column.name)}, {fold(name) for name in column.also}):
            at = next((at for at, header in enumerate(folded) if header in names), None)
            if at is not None:
                found[column.name] = headers[at]
                break
    return found


def must_have(frame: str, headers: Sequence[str], found: Iterable[str], columns: Iterable[Column]) -> None:
    """Raise ConsensusError where a frame lacks a column that must be there."""
    has = set(found)
    lines = []
    for column in columns:
        if column.required and column.name not in has:
            hint = did_you_mean(column.name, [str(header) for header in headers])
            lines.append(f'{frame}: the column "{column.name}" is missing. {hint}'.strip())
    if lines:
        raise ConsensusError("\n".join(lines))
