"""The bundled instruments: a folder each, with the workbook, its codebook, printed counts and SYNTHETIC answers."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from questionnaires.problems import ConsensusError, did_you_mean

FOLDER = Path(__file__).parent


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One bundled instrument and its files; `published` and `answers` are None where there are none.

    `condition` is the id of the condition that it asks about; `answers` are made up and say so. `clusters` is in how
    many hospitals those worked who answered, where that was printed.
    """

    id: str
    title: str
    condition: str | None
    instrument: Path
    codebook: Path
    published: Path | None
    answers: Path | None
    clusters: int | None = None


def entries() -> tuple[Entry, ...]:
    """Return all bundled instruments in the order of the index."""
    with (FOLDER / "index.csv").open(encoding="utf-8", newline="") as index:
        return tuple(_entry(row) for row in csv.DictReader(index))


def entry(name: str) -> Entry:
    """Return the bundled instrument of that name; ConsensusError, with the nearest name, if there is none."""
    known = {one.id: one for one in entries()}
    if name not in known:
        hint = did_you_mean(name, known) or f"The library has {', '.join(known)}."
        raise ConsensusError(f'"{name}" is not an instrument of the library. {hint}')
    return known[name]


def _entry(row: dict[str, str]) -> Entry:
    folder = FOLDER / row["id"].replace("-", "_")
    published, answers = folder / "published.csv", folder / "answers_SYNTHETIC.xlsx"
    return Entry(
        id=row["id"],
        title=row["title"],
        condition=row["condition"] or None,
        instrument=folder / "instrument.xlsx",
        codebook=folder / "codebook.md",
        published=published if published.is_file() else None,
        answers=answers if answers.is_file() else None,
        clusters=int(row["clusters"]) if row.get("clusters") else None,
    )
