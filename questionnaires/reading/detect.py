"""Which platform wrote a file, and on which of its sheets the answers stand: what was seen is said."""

from __future__ import annotations

from dataclasses import dataclass

from questionnaires.instrument import Instrument
from questionnaires.problems import ConsensusError, did_you_mean, one_of
from questionnaires.reading.dialects.registry import Dialect, dialects, known_dialects
from questionnaires.reading.grid import Book, Grid
from questionnaires.reading.headers import match_columns


@dataclass(frozen=True, kw_only=True, slots=True)
class Detected:
    """The dialect that a file is read in, why, and the sheet that holds the answers."""

    dialect: Dialect
    reason: str
    grid: Grid


def detect(book: Book, instrument: Instrument | None = None, *, dialect: str = "auto") -> Detected:
    """Return the dialect of a file; with a name other than `auto` that one is taken.

    Of several sheets that a dialect knows, the one is taken whose headers match the instrument best, else the first.
    Raises ConsensusError for an unknown dialect.
    """
    filled = [grid for grid in book.grids if grid.filled_at_all]
    if dialect != "auto":
        chosen = _named(dialect)
        seen = [(grid, chosen.sees(grid)) for grid in filled]
        grid, reason = _best(chosen, [pair for pair in seen if pair[1]] or seen, instrument)
        return Detected(dialect=chosen, reason="as told" + (f"; {reason}" if reason else ""), grid=grid)
    for candidate in dialects():
        seen = [(grid, reason) for grid in filled if (reason := candidate.sees(grid))]
        if seen:
            grid, reason = _best(candidate, seen, instrument)
            return Detected(dialect=candidate, reason=reason, grid=grid)
    raise ConsensusError(f"{book.name}: has no sheet of answers.")


def _named(name: str) -> Dialect:
    for candidate in dialects():
        if candidate.name == name:
            return candidate
    known = known_dialects()
    hint = did_you_mean(name, known)
    raise ConsensusError(f'"{name}" is not a dialect. Expected {one_of(("auto", *known))}. {hint}'.rstrip())


def _best(dialect: Dialect, seen: list[tuple[Grid, str]], instrument: Instrument | None) -> tuple[Grid, str]:
    if len(seen) == 1:
        return seen[0]

    def worth(pair: tuple[Grid, str]) -> tuple[int, bool]:
        if instrument is None:
            return (0, pair[0].visible)
        return (len(match_columns(dialect.lay_out(pair[0]).columns, instrument).placements), pair[0].visible)

    return max(seen, key=worth)
