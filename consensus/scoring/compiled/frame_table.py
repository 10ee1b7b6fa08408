"""Verdicts as the score table of any frame: one row a patient and definition, computed where the frame is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw

from consensus.definitions.amount import MILLION
from consensus.definitions.condition import Condition
from consensus.definitions.definition import Definition, Points
from consensus.definitions.readings import chosen_text
from consensus.scoring.compiled.calendar import text_of
from consensus.scoring.compiled.frame_cells import Expr, Frame
from consensus.scoring.compiled.frame_cohort import HELD, OF_NUMBER, OF_RANK, ROW, FrameCohort, frame_cohort
from consensus.scoring.compiled.frames import PATIENT
from consensus.scoring.compiled.kinds import Kind, lazy, numbers_to, peeked, with_rows
from consensus.scoring.compiled.plan import questions_of
from consensus.scoring.compiled.verdicts import verdicts_of
from consensus.scoring.judge import POINTS

WHICH = "which"
COLUMNS = ("verdict", "criterion", "stamp", "points_low", "points_high")


def score_frames(
    patients: Any,
    sessions: Any,
    kind: Kind,
    definitions: Sequence[Definition],
    condition: Condition,
    chosen: Mapping[str, str],
) -> Any:
    """Return the score table of two frames of one kind, or of one that repeats the patient's columns (`patients` None).

    Raises ConsensusError where a required column is missing.
    """
    asked = [questions_of(definition, condition, chosen) for definition in definitions]
    flat = [question for questions in asked for question in questions]
    people = None if patients is None else lazy(with_rows(patients, kind, ROW), kind)
    cohort = frame_cohort(people, lazy(sessions, kind), condition, definitions, flat, peek=peeked(kind))
    judged: dict[str, Expr] = {}
    for at, (definition, questions) in enumerate(zip(definitions, asked, strict=True)):
        columns = _columns(definition, [cohort.came(question) for question in questions], cohort)
        judged |= {f"{name}{at}": column for name, column in columns.items()}
    frame = cohort.frame.with_columns(**judged)
    long = frame.join(numbers_to(len(definitions), sessions, kind, WHICH), how="cross")
    return _native(_told(long, definitions, condition, chosen), kind, ROW in frame.collect_schema().names())


def _columns(definition: Definition, came: Sequence[Any], cohort: FrameCohort) -> dict[str, Expr]:
    """Return verdict, criterion, stamp and points of one definition."""
    found = verdicts_of(definition, came, cohort)
    held = nw.col(HELD)
    met = found.met & ~held
    unknown = found.unknown | held
    names = {at: term.id for at, term in enumerate(definition.terms)}
    criterion: Any = nw.lit(POINTS)
    if not isinstance(definition.logic, Points):
        criterion = nw.lit(names[0])
        for at, name in list(names.items())[1:]:
            if not isinstance(found.criterion, int):
                criterion = nw.when(found.criterion == at).then(nw.lit(name)).otherwise(criterion)
    columns = {
        "verdict": nw.when(met).then(nw.lit("met")).when(unknown).then(nw.lit("unknown")).otherwise(nw.lit("not_met")),
        "criterion": nw.when(met).then(criterion).otherwise(None),
        "stamp": nw.when(met).then(found.stamp).otherwise(None),
    }
    if found.low is not None:
        whole = int(sum(term.points or 0 for term in definition.terms) * MILLION)
        columns["points_low"] = nw.when(held).then(0).otherwise(found.low) / MILLION
        columns["points_high"] = nw.when(held).then(whole).otherwise(found.high) / MILLION
    return columns


def _told(frame: Frame, definitions: Sequence[Definition], condition: Condition, chosen: Mapping[str, str]) -> Frame:
    names = frame.collect_schema().names()
    which = nw.col(WHICH)

    def pick(columns: list[Expr]) -> Expr:
        found = columns[-1]
        for at, column in list(enumerate(columns))[-2::-1]:
            found = nw.when(which == at).then(column).otherwise(found)
        return found

    def picked(name: str, none: Expr) -> Expr:
        listed = [f"{name}{at}" for at in range(len(definitions))]
        return pick([nw.col(n) if n in names else none for n in listed])

    nothing = nw.lit(None).cast(nw.Float64)
    rows = [ROW] if ROW in names else []
    long = frame.select(
        *rows,
        WHICH,
        patient_id=nw.col(PATIENT),
        definition=pick([nw.lit(d.id) for d in definitions]),
        readings=pick([nw.lit(chosen_text(d, condition, chosen)) for d in definitions]),
        verdict=picked("verdict", nothing),
        criterion=picked("criterion", nothing),
        stamp=picked("stamp", nothing),
        points_low=picked("points_low", nothing),
        points_high=picked("points_high", nothing),
    )
    stamp = nw.col("stamp")
    digits = nw.when(~stamp.is_null()).then(stamp % OF_NUMBER).otherwise(None)
    return long.select(
        *rows,
        WHICH,
        "patient_id",
        "definition",
        "readings",
        "verdict",
        "criterion",
        ((stamp % OF_RANK) // OF_NUMBER).alias("session_no"),
        text_of(digits).alias("date"),
        "points_low",
        "points_high",
    )


def _native(frame: Frame, kind: Kind, has_rows: bool) -> Any:
    """Return the frame as it came, in the order of the patients where their rows have one."""
    if has_rows:
        frame = frame.sort(ROW, "patient_id", WHICH, nulls_last=True)
    elif kind in ("polars", "lazy"):
        frame = frame.sort("patient_id", WHICH)
    native = frame.drop(*([ROW] if has_rows else []), WHICH).to_native()
    return native.collect() if kind == "polars" else native
