"""Scoring whole frames where they are: pandas, polars, a DuckDB relation or a Spark frame in, the same kind out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from consensus.definitions.condition import Condition
from consensus.definitions.definition import Definition
from consensus.scoring.compiled.array_cohort import array_cohort
from consensus.scoring.compiled.kinds import Kind, must_be_kind
from consensus.scoring.compiled.table import score_table
from questionnaires.problems import ConsensusError


def score_whole(
    patients: Any, sessions: Any, definitions: Sequence[Definition], condition: Condition, chosen: Mapping[str, str]
) -> Any:
    """Return the score table of frames as a frame of their kind; `patients` None: one frame that repeats their columns.

    Rows stand in the order of the patients, then of the definitions; those of DuckDB and Spark have no order. Raises
    ConsensusError for frames of two kinds or of an unknown one, and where a required column is missing.
    """
    kind = kind_of_both(patients, sessions)
    if kind == "pandas":
        return score_table(array_cohort(patients, sessions, condition), definitions, chosen)
    from consensus.scoring.compiled.frame_table import score_frames

    return score_frames(patients, sessions, kind, condition, [(definition, chosen) for definition in definitions])


def kind_of_both(patients: Any, sessions: Any) -> Kind:
    """Return the kind of two frames; ConsensusError where they are of two kinds or of an unknown one."""
    kind = must_be_kind(sessions, "sessions")
    if patients is not None and must_be_kind(patients, "patients") != kind:
        raise ConsensusError(
            f"courses: patients is a {_name(patients)} and sessions a {_name(sessions)}. Expected frames of one kind."
        )
    return kind


def _name(frame: object) -> str:
    return "pandas frame" if isinstance(frame, pd.DataFrame) else f"{type(frame).__module__}.{type(frame).__name__}"
