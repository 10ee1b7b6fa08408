"""Scored patients on a terminal and as JSON: counts, overlaps, causes of unknown, and what was not used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from reports.commands.console import envelope, reason, show, show_table, spoken, words

if TYPE_CHECKING:
    from consensus.definitions.definition import Definition
    from consensus.scoring.courses import Courses
    from consensus.scoring.score import Scores
    from consensus.scoring.unused import Unused

CAUSES = 3


def marked(definition: Definition, language: str | None = None) -> str:
    """Return the id of a definition as tables show it, on a terminal in its language: marked where it is recalled."""
    if definition.source.standing != "recalled":
        return definition.id
    return str(import_module(f"reports.wording.{language or spoken()}.cohort").marked_recalled(definition.id))


def marked_names(definitions: Sequence[Definition]) -> dict[str, str]:
    """Return what definitions are called on a terminal, by their ids."""
    return {definition.id: marked(definition) for definition in definitions}


def scores_json(
    courses: Courses, scores: Scores, without: Scores | None, left_out: Sequence[Unused]
) -> dict[str, object]:
    """Return what `score --json` writes."""
    from consensus.provenance import provenance
    from consensus.scoring.together import together_to_dict
    from reports.scoring import score_rows, worklist_to_dict
    from reports.study import SEED

    made = provenance(courses.name, [(courses.name, courses.sha256)], seed=SEED)
    counted = {"patients": len(courses.patients), "sessions": len(courses.sessions)}
    causes = scores.causes().to_dict("records")
    counts = scores.counts().to_dict("records")
    unused = [one.to_dict() for one in left_out]
    lifted = [] if without is None else without.counts().to_dict("records")
    beside = {"left_out": unused, "counts": counts, "counts_without_windows": lifted, "causes": causes}
    beside |= worklist_to_dict(scores) | together_to_dict(scores)
    return envelope(made, synthetic=courses.synthetic) | counted | beside | {"scores": score_rows(scores)}


def show_scores(courses: Courses, scores: Scores, without: Scores | None, left_out: Sequence[Unused] = ()) -> None:
    """Show counts, classes, overlaps, the commonest causes of unknown verdicts, and what was not used."""
    from reports.scoring import classes_rows, counts_rows, overlap_rows

    called = marked_names(scores.definitions)
    if courses.synthetic:
        show(reason("SYNTHETIC patients"))
    show(words().cohort(len(courses.patients), len(courses.sessions)))
    show()
    if not len(courses.patients):
        show(reason("There are no patients in it yet: fill in its sheets patients and sessions."))
        return
    if scores.judged:
        counted = counts_rows(scores, without, called)
        show_table(("definition", "readings", "met", "not met", "unknown"), counted, right=(2, 3, 4))
    if scores.scales:
        if scores.judged:
            show()
        show_table(("score", "class", "patients"), classes_rows(scores, called), right=(2,))
    names = [d.id for d in scores.judged]
    if len(names) > 1:
        show()
        show(reason("Patients met by both definitions; on the diagonal, by the one"))
        numbered = [f"{at}" for at in range(1, len(names) + 1)]
        rows = [(f"{at} {row[0]}", *row[1:]) for at, row in zip(numbered, overlap_rows(scores, called), strict=True)]
        show_table(("", *numbered), rows, right=tuple(range(1, len(names) + 1)))
    _show_causes(scores, called)
    show_unused(left_out)


def _show_causes(scores: Scores, called: Mapping[str, str]) -> None:
    causes = scores.causes()
    rows = []
    for identifier, name in called.items():
        mine = causes[causes["definition"] == identifier].head(CAUSES)
        rows += [(name, words().column(row.column), row.patients) for row in mine.itertuples()]
    if rows:
        show()
        show(words().causes(str(CAUSES)))
        show_table(("definition", "missing", "patients"), rows, right=(2,))


def show_unused(left_out: Sequence[Unused]) -> None:
    """Show which definitions of the library were not used and why, so that a reader knows what to add."""
    from reports.telling_unused import unused_rows

    if not left_out:
        return
    say = import_module(f"reports.wording.{spoken()}.unused")
    show()
    show(say.HEAD)
    for names, why in unused_rows(left_out, say):
        show(f"  {names}: {why}" if spoken() == "en" else f"  {names}：{why}")
    show(say.TO_ADD)
