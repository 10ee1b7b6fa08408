"""Frames of assessments or lesions beside those of patients and sessions: read as the sheets of a workbook are."""

from __future__ import annotations

from typing import Any

import pandas as pd

from consensus.scoring.cells import dated
from consensus.scoring.compiled.kinds import Kind, must_be_kind
from consensus.scoring.courses import Courses
from questionnaires.problems import ConsensusError

SHEETS = ("patients", "sessions", "assessments", "lesions")


def has_further_sheets(courses: Courses) -> bool:
    """Return whether these are frames as they are with assessments or lesions beside them."""
    return not courses.read and (courses.assessments is not None or courses.lesions is not None)


def read_frames(courses: Courses) -> tuple[Kind, Courses]:
    """Return the kind of the frames, and their courses read and typed.

    Which scan judges, and what lesions say, is told patient by patient. Raises ConsensusError for frames of DuckDB or
    Spark, of two kinds, or without one of patients.
    """
    frames = {sheet: getattr(courses, sheet) for sheet in SHEETS if getattr(courses, sheet) is not None}
    if "patients" not in frames:
        raise ConsensusError(
            "courses: assessments and lesions need a frame of patients, one row each, beside sessions."
        )
    kinds = {sheet: must_be_kind(frame, sheet) for sheet, frame in frames.items()}
    kind = kinds["sessions"]
    if other := next((sheet for sheet, found in kinds.items() if found != kind), None):
        raise ConsensusError(
            f"courses: {other} is of {kinds[other]} and sessions of {kind}. Expected frames of one kind."
        )
    if kind not in ("pandas", "polars", "lazy"):
        raise ConsensusError(
            f"courses: frames of {kind} can't have assessments or lesions. "
            "Expected frames of pandas or polars, or courses that were read."
        )
    plain = {sheet: _as_pandas(frame, kind) for sheet, frame in frames.items()}
    return kind, Courses.from_frames(
        plain["patients"],
        plain["sessions"],
        courses.condition,
        assessments=plain.get("assessments"),
        lesions=plain.get("lesions"),
        name=courses.name,
    )


def as_kind(table: pd.DataFrame, kind: Kind) -> Any:
    """Return a score table as a frame of pandas or polars."""
    if kind == "pandas":
        return table
    import polars as pl

    cells: dict[Any, list[Any]] = {
        name: [None if pd.isna(cell) else cell for cell in table[name].tolist()] for name in table
    }
    types: dict[Any, Any] = dict.fromkeys(table, pl.String)
    types |= {"session_no": pl.Int64, "points_low": pl.Float64, "points_high": pl.Float64}
    if table["date"].dtype.kind == "M":
        cells["date"] = [None if cell is None else cell.date() for cell in cells["date"]]
        types["date"] = pl.Date
    else:  # some are only a month
        cells["date"] = [None if cell is None else str(dated(cell)) for cell in cells["date"]]
    frame = pl.DataFrame(cells, schema=types)
    return frame.lazy() if kind == "lazy" else frame


def _as_pandas(frame: Any, kind: Kind) -> pd.DataFrame:
    if kind == "pandas":
        return frame if isinstance(frame, pd.DataFrame) else pd.DataFrame(frame)
    rows = frame.collect() if kind == "lazy" else frame
    return pd.DataFrame({name: pd.Series(rows[name].to_list(), dtype=object) for name in rows.columns})
