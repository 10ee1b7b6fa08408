"""Verdicts as the score table of any frame: one row a patient and definition, computed where the frame is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import narwhals as nw

from consensus.definitions.amount import MILLION
from consensus.definitions.condition import Condition
from consensus.definitions.definition import Definition, Points
from consensus.definitions.readings import chosen_text
from consensus.scoring.compiled.calendar import date_of
from consensus.scoring.compiled.frame_cells import Expr, Frame
from consensus.scoring.compiled.frame_cohort import frame_cohort
from consensus.scoring.compiled.frame_gather import HELD, ROW, Layout
from consensus.scoring.compiled.frame_people import FrameCohort
from consensus.scoring.compiled.frames import PATIENT
from consensus.scoring.compiled.judging import holds_back, judge_columns
from consensus.scoring.compiled.kinds import Kind, lazy, numbers_to, with_rows
from consensus.scoring.compiled.month_cells import written_of
from consensus.scoring.compiled.plan import at_baseline, questions_of
from consensus.scoring.compiled.verdicts import Verdicts
from consensus.scoring.judge import POINTS

Pair: TypeAlias = tuple[Definition, Mapping[str, str]]

WHICH = "which"
COLUMNS = ("verdict", "criterion", "stamp", "points_low", "points_high")


def score_frames(
    patients: Any,
    sessions: Any,
    kind: Kind,
    condition: Condition,
    pairs: Sequence[Pair],
) -> Any:
    """Return the score table of two frames of one kind, or of one that repeats the patient's columns (`patients` None).

    `pairs` are definitions, each with the caller's readings: all of them are told in one pass over the sessions.
    Raises ConsensusError where a required column is missing.
    """
    definitions, readings = [definition for definition, _ in pairs], [chosen for _, chosen in pairs]
    asked = [question for definition, chosen in pairs for question in questions_of(definition, condition, chosen)]
    people = None if patients is None else lazy(with_rows(patients, kind, ROW), kind)
    cohort = frame_cohort(people, lazy(sessions, kind), condition, definitions, asked, readings, kind)
    judged: dict[str, Expr] = {}
    for at, (definition, chosen) in enumerate(pairs):
        columns = _columns(definition, cohort, chosen)
        judged |= {f"{name}{at}": column for name, column in columns.items()}
    frame = cohort.frame.with_columns(**judged)
    long = frame.join(numbers_to(len(pairs), sessions, kind, WHICH), how="cross")
    return _native(_told(long, pairs, condition, kind, cohort.layout), kind, ROW in frame.collect_schema().names())


def _columns(definition: Definition, cohort: FrameCohort, chosen: Mapping[str, str]) -> dict[str, Expr]:
    """Return verdict, criterion, stamp and points of one definition."""
    found = judge_columns(definition, cohort.condition, chosen, cohort.came(), cohort)
    held = nw.col(HELD) if holds_back(definition) else ~cohort.everyone()
    if definition.is_score:
        return _score_columns(definition, found, held)
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
    }
    if not at_baseline(definition):
        columns["stamp"] = nw.when(met).then(found.stamp).otherwise(None)
    if found.low is not None:
        whole = int(sum(term.points or 0 for term in definition.terms) * MILLION)
        columns["points_low"] = _of_millionths(nw.when(held).then(0).otherwise(found.low))
        columns["points_high"] = _of_millionths(nw.when(held).then(whole).otherwise(found.high))
    return columns


def _score_columns(definition: Definition, found: Verdicts, held: Expr) -> dict[str, Expr]:
    """Return points and class of a score; it has no verdict."""
    assert isinstance(definition.logic, Points)
    none: Any = held | found.no_points
    class_: Any = nw.lit(None).cast(nw.String)
    for at, one in enumerate(definition.logic.classes):
        here: Any = found.class_ == at
        class_ = nw.when(here).then(nw.lit(one.name)).otherwise(class_)
    unbounded: Any = none | found.unbounded
    points = (("points_low", none, found.low), ("points_high", unbounded, found.high))
    return {
        "class": nw.when(held).then(None).otherwise(class_),
        **{name: _of_millionths(nw.when(gap).then(None).otherwise(end)) for name, gap, end in points},
    }


def _of_millionths(points: Expr) -> Expr:
    """Return points; the divisor is a column, because by a constant Polars multiplies with the reciprocal."""
    number = points.cast(nw.Float64)
    return number / (number - number + MILLION)


def _told(frame: Frame, pairs: Sequence[Pair], condition: Condition, kind: Kind, layout: Layout) -> Frame:
    names = frame.collect_schema().names()

    def picked(name: str, none: Expr) -> Expr:
        listed = [f"{name}{at}" for at in range(len(pairs))]
        return _pick([nw.col(n) if n in names else none for n in listed])

    nothing, text = nw.lit(None).cast(nw.Float64), nw.lit(None).cast(nw.String)
    classes = {"class": picked("class", text)} if any(definition.is_score for definition, _ in pairs) else {}
    rows = [ROW] if ROW in names else []
    long = frame.select(
        *rows,
        WHICH,
        patient_id=nw.col(PATIENT),
        definition=_pick([nw.lit(definition.id) for definition, _ in pairs]),
        readings=_pick([nw.lit(chosen_text(definition, condition, chosen)) for definition, chosen in pairs]),
        verdict=picked("verdict", text),
        criterion=picked("criterion", text),
        stamp=picked("stamp", nw.lit(None).cast(nw.Int64)),
        points_low=picked("points_low", nothing),
        points_high=picked("points_high", nothing),
        **classes,
    )
    stamp = nw.col("stamp")
    digits = nw.when(~stamp.is_null()).then(layout.date(stamp)).otherwise(None)
    return long.select(
        *rows,
        WHICH,
        "patient_id",
        "definition",
        "readings",
        "verdict",
        "criterion",
        layout.number(stamp).alias("session_no"),
        (written_of(digits) if layout.months else date_of(digits, kind)).alias("date"),
        "points_low",
        "points_high",
        *classes,
    )


def _pick(columns: list[Expr]) -> Expr:
    """Return of some columns, one a definition, the one whose definition the row is of."""
    found = columns[-1]
    for at, column in list(enumerate(columns))[-2::-1]:
        found = nw.when(nw.col(WHICH) == at).then(column).otherwise(found)
    return found


def _native(frame: Frame, kind: Kind, has_rows: bool) -> Any:
    """Return the frame as it came, in the order of the patients where their rows have one."""
    if has_rows:
        frame = frame.sort(ROW, "patient_id", WHICH, nulls_last=True)
    elif kind in ("polars", "lazy"):
        frame = frame.sort("patient_id", WHICH)
    native = frame.drop(*([ROW] if has_rows else []), WHICH).to_native()
    return native.collect() if kind == "polars" else native
