"""`consensus score COURSES --readers`: verdicts by each reader, and whom another reader would flip."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from questionnaires.problems import ConsensusError
from reports.commands.console import reason, say, show, show_table, spoken
from reports.numbers import percent
from reports.telling_scores import marked_names

if TYPE_CHECKING:
    from consensus.definitions.definition import Definition
    from consensus.scoring.courses import Courses


def score_by_readers(
    courses: Courses, definitions: Sequence[Definition], chosen: dict[str, str], out: Path | None
) -> None:
    """Score courses by each reader, show counts and flips, and write one row a patient and definition."""
    from consensus.scoring.readers import score_by_reader

    if out is not None and out.suffix.lower() != ".csv":
        raise ConsensusError(f"{out}: verdicts by reader are written as .csv. Expected {out.stem}.csv.")
    found = score_by_reader(courses, [d for d in definitions if not d.is_score], readings=chosen)
    if out is not None:
        from questionnaires.files import write_text

        write_text(out, found.to_frame().to_csv(index=False, lineterminator="\n"), bom=True)
        say(f"Wrote {out}")
    if courses.synthetic:
        show(reason("SYNTHETIC patients"))
    wording = import_module(f"reports.wording.{spoken()}.readers")
    show(wording.readers(len(courses.patients), found.readers))
    show()
    called = marked_names(found.scores[0].definitions)
    rows = [
        (called[row["definition"]], reader, row["met"], row["not_met"], row["unknown"])
        for at, definition in enumerate(found.scores[0].definitions)
        for reader, scores in zip(found.readers, found.scores, strict=True)
        for row in (scores.counts().iloc[at].to_dict(),)
        if row["definition"] == definition.id
    ]
    show_table(("definition", wording.READER, "met", "not met", "unknown"), rows, right=(2, 3, 4))
    show()
    show(wording.DIFFER)
    flipped = [
        (called[row["definition"]], row["flipped"], row["patients"], percent(row["share"], row["patients"]))
        for row in found.summary().to_dict("records")
    ]
    show_table(("definition", wording.FLIPPED, "patients", "share"), flipped, right=(1, 2, 3))
