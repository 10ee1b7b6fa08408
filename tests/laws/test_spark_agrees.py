"""Spark gives each row that was worked out by hand, and those of a small random cohort; Spark frames in and out."""

import importlib.util
import shutil

import pandas as pd
import pytest
from engines.worked import FOLDERS, as_written, chosen_in, definition_of, expected_rows
from laws.random_cohorts import OPEN, random_cohort, random_readings

from consensus import score
from consensus.definitions.condition import read_condition
from consensus.scoring.compiled.frame_table import score_frames
from consensus.scoring.courses import Courses

KEY = ("patient_id", "definition", "readings")
DEFINITIONS = ["jsh-lcsgj-2014", "intl-panel-2014", "europe-raoul-2014", "zhang-2022", "child-pugh", "albi", "up-to-7"]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore"),  # pyspark's own, of its next versions
    pytest.mark.skipif(importlib.util.find_spec("pyspark") is None, reason="needs pyspark: the extra spark"),
    pytest.mark.skipif(shutil.which("java") is None, reason="needs Java, which Spark runs on"),
]


@pytest.fixture(scope="module")
def spark():
    from pyspark.sql import SparkSession

    quiet = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.sql.shuffle.partitions": "1"}
    # few rows and long plans: what pays for large data takes longer than the work here
    quiet |= {"spark.sql.adaptive.enabled": "false", "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1"}
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


@pytest.mark.parametrize("part", FOLDERS)
def test_every_worked_verdict(spark, part):
    """All definitions under all readings at once: one plan, one job."""
    rows = expected_rows(FOLDERS[part])
    frames = [spark.read.csv(str(FOLDERS[part] / f"{sheet}.csv"), header=True) for sheet in ("patients", "sessions")]
    told = {(row["definition"], row["readings"]): (definition_of(row["definition"]), chosen_in(row)) for row in rows}
    spark.conf.set("spark.sql.codegen.wholeStage", "false")
    spark.conf.set("spark.sql.codegen.factoryMode", "NO_CODEGEN")
    scored = score_frames(*frames, "spark", read_condition(), list(told.values()))
    got = [{name: as_written(value) for name, value in row.asDict().items()} for row in scored.collect()]
    assert len(got) == len(told) * len(pd.read_csv(FOLDERS[part] / "patients.csv"))
    found = {tuple(row[name] for name in KEY): row for row in got}
    assert [(row, found[key]) for row in rows if found[key := tuple(row[name] for name in KEY)] != row] == []


@pytest.mark.parametrize(("months", "named"), [(0, DEFINITIONS), (0.3, DEFINITIONS[:2])], ids=["days", "months"])
def test_a_random_cohort_of_typed_columns(spark, months, named):
    """Dates are typed; where some are only a month they are texts, and a window and a time within tell them apart."""
    for name in ("wholeStage", "factoryMode"):
        spark.conf.unset(f"spark.sql.codegen.{name}")
    people, sessions = random_cohort(17, patients=30, plain=True, months=months)
    tied = sessions["session_no"].isna() & sessions.duplicated(["patient_id", "session_date"], keep=False)
    sessions = sessions[~tied].reset_index(drop=True)
    chosen = random_readings(4, set(OPEN))
    by_arrays = score(Courses(people, sessions), named, readings=chosen)
    found = score(Courses(*(in_spark(spark, frame) for frame in (people, sessions))), named, readings=chosen)
    assert type(found).__module__.startswith("pyspark.sql")
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
