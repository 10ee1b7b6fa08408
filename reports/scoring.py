"""What commands and reports need of scores: which definitions, rows as text, counts with and without windows."""

from __future__ import annotations

import csv
import io
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from questionnaires.problems import ConsensusError
from reports import study_keys
from reports.frames import rows_of
from reports.known_names import name_hint

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from consensus.definitions.definition import Definition
    from consensus.scoring.courses import Courses
    from consensus.scoring.score import Scores
    from consensus.scoring.unused import Unused

COLUMNS = (
    "patient_id",
    "definition",
    "readings",
    "verdict",
    "criterion",
    "session_no",
    "date",
    "points_low",
    "points_high",
)


def courses_and_definitions(
    source: str, definitions: tuple[str, ...], folder: Path | None, *, scales: bool = False
) -> tuple[Courses, list[Definition], tuple[Unused, ...]]:
    """Return the courses of a file, folder, study or condition, the definitions to judge them by, and those left out.

    With `scales` every score that gives someone a class is added. Nothing is left out where definitions are named.
    Raises ConsensusError where one can't be read.
    """
    from consensus.definitions.condition import conditions, read_condition
    from consensus.definitions.definition_file import read_definition
    from consensus.scoring.courses import read_courses
    from consensus.scoring.needs import possible_definitions, possible_scores
    from consensus.scoring.unused import unused
    from reports.study import (
        STUDY_FILE,
        read_answers,
        read_condition_of,
        read_courses_of,
        read_study,
        refuse_waiting,
    )

    if source.lower().endswith(".toml") or (Path(source) / STUDY_FILE).is_file():
        study = read_study(source)
        refuse_waiting(study, but=study_keys.OF_REPORT)
        instrument, _ = read_answers(study)
        condition = read_condition_of(study, instrument)
        courses = read_courses_of(study, condition)
        named = [read_definition(d, condition) for d in definitions or study.definitions]
    else:
        if not Path(source).exists() and source not in conditions() and (hint := name_hint(source)):
            raise ConsensusError(f"{source}: is no file of patients' courses. {hint}")
        courses = read_courses(source, read_condition(folder) if folder is not None else None)
        named = [read_definition(d, courses.condition) for d in definitions]
    # of patients without sessions nothing has failed, which says nothing beside their scores
    wanted = named or ([] if scales and not len(courses.sessions) else list(possible_definitions(courses)))
    if scales:
        wanted += [d for d in possible_scores(courses) if all(d.id != other.id for other in wanted)]
    return courses, wanted, () if named else unused(courses, wanted)


def warnings_of(definitions: Iterable[Definition], language: str = "en") -> list[str]:
    """Return the warnings of definitions that are used though they are off by default."""
    say = import_module(f"reports.wording.{language}.readers")
    return [say.warning(one.id, one.warning.text(language)) for one in definitions if str(one.warning)]


def unwindowed(scores: Scores) -> Scores | None:
    """Return the scores of those definitions that state a window of their own, without it; None if there is none."""
    return scores.without_windows()


def score_rows(scores: Scores) -> list[dict[str, Any]]:
    """Return the rows of the score table as JSON takes them: nothing is None, dates are ISO."""
    return scores.to_dicts()


def columns_of(scores: Scores) -> tuple[str, ...]:
    """Return the columns of the score table; only where there are scores is there one for their classes."""
    return (*COLUMNS, "class") if scores.scales else COLUMNS


def classes_rows(scores: Scores, names: Mapping[str, str]) -> list[tuple[str, str, int]]:
    """Return score (as `names` calls it), class and patients; those whose class is left open stand under `open`."""
    return [
        (names[r.definition], r.name or "open", int(r.patients))
        for r in rows_of(scores.classes().rename(columns={"class": "name"}))
    ]


def worklist_rows(scores: Scores) -> list[dict[str, Any]]:
    """Return the empty cells that can settle unknown verdicts: sheet, cell, patient_id, header, column, settles."""
    from consensus.scoring.worklist import worklist

    return [
        {
            "sheet": one.spot.sheet,
            "cell": one.spot.cell,
            "patient_id": one.patient_id,
            "header": one.spot.header,
            "column": one.column,
            "settles": list(one.settles),
        }
        for one in worklist(scores)
    ]


def worklist_to_dict(scores: Scores) -> dict[str, Any]:
    """Return the cells to look up, the same by column, and how many there are, as `score --json` has them."""
    from consensus.scoring.worklist import wanted_columns, worklist

    columns = wanted_columns(worklist(scores))
    return {
        "worklist": worklist_rows(scores),
        "worklist_columns": [{"column": c.column, "cells": c.cells, "verdicts": c.verdicts} for c in columns],
        "worklist_total": {"cells": sum(c.cells for c in columns), "verdicts": sum(c.verdicts for c in columns)},
    }


def scores_csv(scores: Scores) -> str:
    """Return the score table as CSV, one row a patient and definition."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns_of(scores), lineterminator="\n")
    writer.writeheader()
    writer.writerows({k: "" if v is None else v for k, v in row.items()} for row in score_rows(scores))
    return out.getvalue()


def counts_rows(
    scores: Scores, without: Scores | None, names: Mapping[str, str]
) -> list[tuple[str, str, int, int, int]]:
    """Return definition, readings, met, not met and unknown; a definition with a window of its own twice."""
    again = {} if without is None else {r.definition: r for r in rows_of(without.counts())}
    rows = []
    for r in rows_of(scores.counts()):
        rows.append((names[r.definition], r.readings or "", int(r.met), int(r.not_met), int(r.unknown)))
        if r.definition in again:
            o = again[r.definition]
            rows.append((names[r.definition], o.readings or "", int(o.met), int(o.not_met), int(o.unknown)))
    return rows


def overlap_rows(scores: Scores, names: Mapping[str, str]) -> list[tuple[str | int, ...]]:
    """Return one row a definition: how many patients it and each definition both call met."""
    frame = scores.to_frame()
    met = {
        d.id: set(frame.loc[(frame["definition"] == d.id) & (frame["verdict"] == "met"), "patient_id"])
        for d in scores.judged
    }
    return [(names[a], *(len(met[a] & met[b]) for b in met)) for a in met]
