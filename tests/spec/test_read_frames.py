"""Frames of assessments and lesions beside those of patients and sessions say what the same sheets say."""

import importlib.util

import pandas as pd
import pytest

from consensus import score
from consensus.scoring.courses import Courses
from questionnaires.problems import ConsensusError

DEFINITIONS = ["no-response-2", "zhang-2022", "kim-2012-sp"]
PATIENTS = pd.DataFrame({"patient_id": ["a", "b"], "baseline_vascular_invasion": [0, 0]})
SESSIONS = pd.DataFrame(
    {
        "patient_id": ["a", "a", "b", "b"],
        "session_date": pd.to_datetime(["2021-01-04", "2021-03-08", "2021-01-05", "2021-03-09"]),
        "target_response": ["SD", None, "CR", "CR"],
        "vascular_invasion": [0, 0, 0, 0],
    }
)
SCANS = pd.DataFrame(
    {
        "patient_id": ["a", "b"],
        "date": pd.to_datetime(["2021-04-20", "2021-05-01"]),
        "target_response": ["PD", None],
        "vascular_invasion": [None, 1],
    }
)
LESIONS = pd.DataFrame(
    {
        "patient_id": ["a"] * 3,
        "date": pd.to_datetime(["2021-01-02", "2021-02-10", "2021-04-20"]),
        "lesion_id": ["x"] * 3,
        "target": [1] * 3,
        "viable_mm": [40, 39, 60],
    }
)


def as_they_are(frame):
    return frame


def in_polars(frame):
    import polars as pl

    return pl.DataFrame({name: [None if pd.isna(v) else v for v in frame[name]] for name in frame})


def in_lazy_polars(frame):
    return in_polars(frame).lazy()


def texts(frame):
    """Return the rows of any score table as texts."""
    frame = frame if isinstance(frame, pd.DataFrame) else pd.DataFrame(frame.lazy().collect().to_dicts())
    dates = ["" if pd.isna(day) else f"{day:%Y-%m-%d}" for day in frame["date"]]
    cells = frame[["patient_id", "definition", "verdict", "criterion", "session_no"]].astype(object)
    whole = [[("" if pd.isna(v) else str(v).removesuffix(".0")) for v in row] for row in cells.to_numpy().tolist()]
    return [[*row, day] for row, day in zip(whole, dates, strict=True)]


@pytest.mark.parametrize("sheets", [{"assessments": SCANS}, {"lesions": LESIONS}])
@pytest.mark.parametrize("kind", [as_they_are, in_polars, in_lazy_polars])
def test_further_frames_say_what_sheets_say(kind, sheets):
    if kind is not as_they_are and importlib.util.find_spec("polars") is None:
        pytest.skip("needs polars")
    found = score(Courses(kind(PATIENTS), kind(SESSIONS), **{n: kind(f) for n, f in sheets.items()}), DEFINITIONS)
    assert type(found) is type(kind(PATIENTS))
    assert texts(found) == texts(score(Courses.from_frames(PATIENTS, SESSIONS, **sheets), DEFINITIONS).to_frame())
    # by hand: a has SD, then PD by the later scan or by 40 to 60 mm; b has invasion on a scan alone
    assert ["a", "no-response-2", "met", "no_response_2", "2", "2021-04-20"] in texts(found)
    invasion = [row[2] for row in texts(found) if row[:2] == ["b", "kim-2012-sp"]]
    assert invasion == (["met"] if "assessments" in sheets else ["unknown"])


def test_readings_of_further_sheets_go_to_frames_too():
    whole = Courses(PATIENTS, SESSIONS, assessments=SCANS)
    worst = score(whole, "no-response-2", readings={"imaging_choice": "worst"})
    assert worst["verdict"].tolist() == ["met", "not_met"]
    every = score(whole, "zhang-2022", readings="all")
    assert len(every.to_frame()) == len(PATIENTS)


def test_frames_that_can_have_no_further_sheets():
    with pytest.raises(ConsensusError, match="need a frame of patients"):
        score(Courses(None, SESSIONS, assessments=SCANS), DEFINITIONS)
    duckdb = pytest.importorskip("duckdb")
    relations = [duckdb.from_df(frame) for frame in (PATIENTS, SESSIONS, SCANS)]
    with pytest.raises(ConsensusError, match="frames of duckdb can't have assessments"):
        score(Courses(*relations), DEFINITIONS)
    polars = pytest.importorskip("polars")
    with pytest.raises(ConsensusError, match="patients is of polars and sessions of pandas"):
        score(Courses(in_polars(PATIENTS), SESSIONS, assessments=SCANS), DEFINITIONS)
    assert polars
