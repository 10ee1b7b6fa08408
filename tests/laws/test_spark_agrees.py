"""Spark gives the rows of the judge: the worked patients and a small random cohort; Spark frames in and out."""

import importlib.util
import shutil
from pathlib import Path

import pandas as pd
import pytest
from laws.random_cohorts import OPEN, random_cohort, random_readings

from consensus import score
from consensus.scoring.courses import Courses, read_courses

WORKED = Path(__file__).parents[1] / "conformance"
DEFINITIONS = ["jsh-lcsgj-2014", "intl-panel-2014", "europe-raoul-2014", "zhang-2022"]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore"),  # pyspark's own, of its next versions
    pytest.mark.skipif(importlib.util.find_spec("pyspark") is None, reason="needs pyspark: the extra spark"),
    pytest.mark.skipif(shutil.which("java") is None, reason="needs Java, which Spark runs on"),
]


@pytest.fixture(scope="module")
def spark():
    from pyspark.sql import SparkSession

    quiet = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.sql.shuffle.partitions": "2"}
    session = SparkSession.builder.master("local[2]").config(map=quiet).getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


def plain(frame):
    """Return the rows of a score table as sorted texts."""
    rows = []
    for row in frame:
        cells = {name: "" if value is None or pd.isna(value) else value for name, value in row.items()}
        rows.append(tuple(f"{v:%Y-%m-%d}" if hasattr(v, "year") else f"{v}".removesuffix(".0") for v in cells.values()))
    return sorted(rows)


def test_worked_patients(spark):
    courses = Courses(
        *(spark.read.csv(str(WORKED / f"{sheet}.csv"), header=True) for sheet in ("patients", "sessions"))
    )
    for chosen in ({}, {"run_over": "assessed_sessions", "unrecorded": "lasting", "appearance": "new_since_previous"}):
        found = score(courses, DEFINITIONS, readings=chosen)
        assert type(found).__module__.startswith("pyspark.sql")
        by_judge = score(read_courses(WORKED), DEFINITIONS, readings=chosen)
        assert plain(row.asDict() for row in found.collect()) == plain(by_judge.to_frame().to_dict("records"))


def test_a_random_cohort_of_typed_columns(spark):
    people, sessions = random_cohort(17, patients=30, plain=True)
    tied = sessions["session_no"].isna() & sessions.duplicated(["patient_id", "session_date"], keep=False)
    sessions = sessions[~tied].reset_index(drop=True)
    chosen = random_readings(4, set(OPEN))
    by_arrays = score(Courses(people, sessions), DEFINITIONS, readings=chosen)
    found = score(Courses(*(in_spark(spark, frame) for frame in (people, sessions))), DEFINITIONS, readings=chosen)
    assert plain(row.asDict() for row in found.collect()) == plain(by_arrays.to_dict("records"))


def in_spark(spark, frame):
    """Return a pandas frame in Spark: dates, floats, and texts."""
    kinds, columns = [], []
    for name in frame:
        values = [None if value is None or value != value else value for value in frame[name].tolist()]
        if frame[name].dtype.kind == "M":
            kinds.append(f"{name} date")
            columns.append([None if value is None else value.date() for value in values])
        elif frame[name].dtype.kind == "f":
            kinds.append(f"{name} double")
            columns.append(values)
        else:
            kinds.append(f"{name} string")
            columns.append([None if value is None else str(value) for value in values])
    return spark.createDataFrame(list(zip(*columns, strict=True)), ", ".join(kinds))
