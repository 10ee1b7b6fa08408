"""The judge and each engine say the same of random courses: missing values, bounds, faults, and all readings."""

import importlib.util
import tempfile
from functools import lru_cache
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from laws.random_cohorts import OPEN, random_cohort, random_readings

from consensus import score
from consensus.definitions.condition import read_condition
from consensus.definitions.definition_file import read_definition, read_definitions
from consensus.definitions.readings import readings_of
from consensus.scoring.courses import Courses

seeds = st.integers(0, 10**6)
TACE = read_condition()
HEAD = """
id: ID
title: {en: "Made up for this test (SYNTHETIC)"}
condition: tace-failure
source: {cite: "made up for this test", standing: example}
"""
MADE_UP = {
    "all-forms": """
at_least: 2
of:
  - id: a
    says: "x"
    consecutive: {finding: insufficient_response, times: 3, proviso: {any: [agent_changed, feeding_artery_reanalyzed]}}
  - {id: b, says: "x", within: {finding: no_response, times: 2, days: 100, same: area}}
  - {id: c, says: "x", consecutive: {finding: vascular_invasion_appears, times: 2}}
  - {id: d, says: "x", once: new_lesions}
  - {id: e, says: "x", within: {finding: target_progression, times: 1, days: 100, same: agent}}
""",
    "in-sequence": """
any:
  - {id: a, says: "x", once: {finding: insufficient_response, after: [response, target_progression]}}
  - {id: b, says: "x", once: {finding: extrahepatic_spread_appears, after: [tumor_number_increases]}}
  - {id: c, says: "x", once: {finding: new_lesions, after: [agent_changed, no_response, agent_changed]}}
""",
    "all-of-two": """
all:
  - {id: a, says: "x", consecutive: {finding: tumor_number_increases, times: 1, proviso: {any: [agent_changed]}}}
  - {id: b, says: "x", within: {finding: no_response, times: 3, days: 200}}
""",
    "let-in": """
entry: {at_least: 1, of: [afp_over_400, {not: tumors_2_or_more}]}
exclude: {all: [vascular_invasion_appears, largest_50mm_at_baseline]}
points:
  failure_at: 2.5
  terms:
    - {id: a, says: "x", points: 1, rising: {column: dcp, times: 2}}
    - {id: b, says: "x", points: 1.5, rising: {column: afp, times: 1, by: 20, over: previous}}
    - {id: c, says: "x", points: 2, once: ast_rises_25}
    - {id: d, says: "x", points: 0.5, once: child_pugh_rises_2}
    - {id: e, says: "x", points: 1, within: {finding: no_response, times: 2, days: 120, from_first: true}}
""",
}


@lru_cache
def definitions():
    """Return the enabled definitions and made-up ones."""
    with tempfile.TemporaryDirectory() as folder:
        made = []
        for name, text in MADE_UP.items():
            (Path(folder) / f"{name}.yaml").write_text(HEAD.replace("ID", name) + text, encoding="utf-8")
            made.append(read_definition(Path(folder) / f"{name}.yaml"))
    return [*(d for d in read_definitions(TACE) if d.enabled), *made]


@lru_cache
def connection():
    import duckdb

    return duckdb.connect()


def polars_frames(people, sessions):
    import polars as pl

    return pl.from_pandas(people), pl.from_pandas(sessions)


def lazy_frames(people, sessions):
    return tuple(frame.lazy() for frame in polars_frames(people, sessions))


def duckdb_frames(people, sessions):
    for name, frame in (("people", people), ("sessions", sessions)):
        connection().register(f"{name}_seen", frame)
        connection().execute(f"create or replace table {name} as select * from {name}_seen")
    return connection().table("people"), connection().table("sessions")


def rows_of(frame):
    if hasattr(frame, "fetchall"):
        return [dict(zip(frame.columns, row, strict=True)) for row in frame.fetchall()]
    return frame.lazy().collect().to_dicts()


def plain(row):
    """Return a row as text: engines differ in how they hold nothing, whole numbers and dates."""
    cells = {name: None if value is None or pd.isna(value) else value for name, value in row.items()}
    return {n: f"{v:%Y-%m-%d}" if hasattr(v, "year") else f"{v}".removesuffix(".0") for n, v in cells.items()}


def as_texts(frame):
    """Return a frame whose mixed columns are texts, as engines with one type a column hold them."""
    mixed = [name for name in frame if frame[name].dtype == object or str(frame[name].dtype) == "str"]
    texts = {n: [None if value is None or value != value else f"{value}" for value in frame[n]] for n in mixed}
    return frame.assign(**{name: pd.Series(values, dtype=object) for name, values in texts.items()})


def without_ties(sessions):
    """Return the sessions less those of one day without numbers: what orders these is their text, in arrays alone."""
    tied = sessions["session_no"].isna() & sessions.duplicated(["patient_id", "session_date"], keep=False)
    return sessions[~tied].reset_index(drop=True)


@settings(max_examples=2, deadline=None)
@given(seeds, st.booleans())
def test_arrays_agree_with_the_judge(seed, typed):
    people, sessions = random_cohort(seed, patients=15, plain=typed)
    read, whole = Courses.from_frames(people, sessions), Courses(people, sessions)
    for definition in definitions():
        chosen = random_readings(f"{seed}{definition.id}", {reading.name for reading in readings_of(definition, TACE)})
        by_judge = score(read, definition, readings=chosen).to_frame()
        pd.testing.assert_frame_equal(score(whole, definition, readings=chosen), by_judge)


@settings(max_examples=4, deadline=None)
@given(seeds, st.sampled_from([0.1, 0.4]))
def test_arrays_agree_with_the_judge_on_months_without_a_day(seed, months):
    people, sessions = random_cohort(seed, patients=15, months=months)
    read, whole = Courses.from_frames(people, sessions), Courses(people, sessions)
    for definition in definitions():
        chosen = random_readings(f"{seed}{definition.id}", {reading.name for reading in readings_of(definition, TACE)})
        by_judge = score(read, definition, readings=chosen).to_frame()
        pd.testing.assert_frame_equal(score(whole, definition, readings=chosen), by_judge)


@pytest.mark.parametrize(
    ("module", "frames"),
    [
        pytest.param("polars", polars_frames, id="polars"),
        pytest.param("polars", lazy_frames, id="polars-lazy", marks=pytest.mark.slow),
        pytest.param("duckdb", duckdb_frames, id="duckdb", marks=pytest.mark.slow),
    ],
)
@settings(max_examples=4, deadline=None)
@given(seeds, st.booleans(), st.sampled_from([0, 0, 0.1, 0.4]))
def test_expressions_agree_with_arrays(module, frames, seed, typed, months):
    if importlib.util.find_spec(module) is None:
        pytest.skip(f"needs {module}")
    people, sessions = random_cohort(seed, patients=40, plain=typed, months=months)
    # of two different rows of a patient the first counts, and rows of some engines have no first
    people, sessions = as_texts(people.iloc[:-1]), as_texts(without_ties(sessions))
    chosen = random_readings(seed, set(OPEN))
    listed = definitions()
    by_arrays = score(Courses(people, sessions), listed, readings=chosen).to_dict("records")
    by_engine = rows_of(score(Courses(*frames(people, sessions)), listed, readings=chosen))
    key = lambda row: (row["patient_id"], row["definition"])  # noqa: E731
    assert sorted(map(plain, by_engine), key=key) == sorted(map(plain, by_arrays), key=key)
