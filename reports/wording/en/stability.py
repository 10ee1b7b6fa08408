"""Words about verdicts under every reading that a definition's text leaves open."""

from __future__ import annotations

TITLE = "Whether verdicts stand under other readings"
LEAD = (
    "The texts of the definitions leave things open, such as which sessions count as consecutive or what an empty cell means. Each "
    "definition was applied by every combination of the readings that it leaves open. A verdict is stable if all of them give it."
)
RANGES_CAPTION = "Patients met by each definition over all its readings, n/N (%)"
RANGES_NOTE = (
    "Lowest and highest are over all combinations; unknown verdicts count among the patients and not among those met."
)
COMBINATIONS = "Readings combined"
OWN = "Met as it stands"
LOWEST = "Lowest"
HIGHEST = "Highest"
STABLE = "Same verdict by all"
FLIPS_CAPTION = "Patients whose verdict an open reading can change"
READING = "Reading"
LIST = "; "
VALUES = "Its values"


def with_id(words: str, name: str) -> str:
    """Return words with the id that stands for them in files."""
    return words if words == name else f"{words} ({name})"
