"""Scores: readings, windows, causes of unknown, a condition from outside, and the real cohort."""

import csv
import importlib.util
import json
from pathlib import Path

import pandas as pd
import pytest

from consensus.definitions.definition_file import read_definition
from consensus.scoring.course import Cause
from consensus.scoring.courses import Courses, courses_of, read_courses
from consensus.scoring.judge import Judge
from consensus.scoring.needs import lacking, possible_definitions
from consensus.scoring.score import COLUMNS, score
from questionnaires.problems import ConsensusError

PROJECT = Path(__file__).parents[2]
STRANGER = PROJECT / "tests/stories/4-stranger"
SYSUCC = PROJECT.parent / "shared/data/sysucc_dtsdhcc/DTSDHCC.csv"
THREE = ("jsh-lcsgj-2014", "intl-panel-2014", "zhang-2022")


def script(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def sample():
    return read_courses("tace-failure")


def test_the_score_table(sample):
    frame = score(sample, THREE).to_frame()
    assert tuple(frame.columns) == COLUMNS
    assert list(frame["patient_id"][::3]) == list(sample.patients["patient_id"])
    assert list(frame["definition"][:3]) == list(THREE)
    met = frame["verdict"] == "met"
    assert frame.loc[met, ["criterion", "session_no", "date"]].notna().all().all()
    assert frame.loc[~met, ["criterion", "session_no", "date"]].isna().all().all()
    assert frame[["points_low", "points_high"]].isna().all().all()


def test_counts_and_reclassified_add_up(sample):
    scores = score(sample, THREE)
    assert (scores.counts()[["met", "not_met", "unknown"]].sum(axis=1) == 60).all()
    wide = scores.to_frame().pivot(index="patient_id", columns="definition", values="verdict")
    expected = int(((wide["jsh-lcsgj-2014"] == "met") & (wide["zhang-2022"] == "not_met")).sum())
    pairs = scores.reclassified()
    row = pairs[
        (pairs["definition_a"] == "jsh-lcsgj-2014")
        & (pairs["definition_b"] == "zhang-2022")
        & (pairs["verdict_a"] == "met")
        & (pairs["verdict_b"] == "not_met")
    ]
    assert list(row["patients"]) == [expected]


def test_a_window_of_its_own_is_lifted_for_those_that_have_one(sample):
    scores = score(sample, THREE)
    lifted = scores.without_windows()
    assert [d.id for d in lifted.definitions] == ["jsh-lcsgj-2014"]
    assert list(lifted.counts()["readings"]) == ["imaging_window=any"]
    same = score(sample, "jsh-lcsgj-2014", readings={"imaging_window": "any"})
    pd.testing.assert_frame_equal(lifted.to_frame(), same.to_frame())
    assert score(sample, "zhang-2022").without_windows() is None
    assert score(sample, "jsh-lcsgj-2014", readings={"imaging_window": "20-100"}).without_windows() is None


def test_readings_are_what_the_caller_chose_in_his_order(sample):
    chosen = {"run_over": "all_sessions", "proviso": "at_last", "imaging_window": "any"}
    counts = score(sample, THREE, readings=chosen).counts().set_index("definition")["readings"]
    assert dict(counts) == {
        "jsh-lcsgj-2014": "run_over=all_sessions;proviso=at_last;imaging_window=any",
        "intl-panel-2014": "imaging_window=any",
        "zhang-2022": "run_over=all_sessions;imaging_window=any",
    }


def test_a_reading_that_no_definition_has_is_an_error(sample):
    with pytest.raises(ConsensusError) as caught:
        score(sample, "zhang-2022", readings={"proviso": "at_last"})
    assert str(caught.value) == (
        'reading "proviso": zhang-2022 has no such reading. Expected one of: insufficient_by, imaging_window, run_over.'
    )
    with pytest.raises(ConsensusError) as caught:
        score(sample, THREE, readings={"imaging_windw": "any", "window_days": "half a year"})
    assert str(caught.value).splitlines() == [
        'reading "imaging_windw": none of the definitions has it. Expected one of: insufficient_by, imaging_window, '
        'proviso, run_over, marker_rise, appearance, unrecorded, and 2 more. Did you mean "imaging_window"?',
        'reading window_days: "half a year" is not one of its values. '
        "Expected one of: as_written, or a number of days.",
    ]


def test_definitions_that_are_off_carry_their_warning(sample):
    warned = score(sample, ["zhang-2022", "cci-2021"]).warnings
    assert len(warned) == 1
    assert warned[0].startswith("cci-2021: Only the head of this definition's sentence was read in print")


def test_definitions_of_another_condition_and_doubles_are_refused(sample):
    with pytest.raises(ConsensusError, match="is given 2 times"):
        score(sample, ["zhang-2022", "zhang-2022"])
    if STRANGER.is_dir():
        cough = read_definition(STRANGER / "toy/condition/definitions/two-courses.yaml")
        with pytest.raises(ConsensusError, match="is of the condition refractory-cough"):
            score(sample, cough)


def one_course(sessions, **patient):
    rows = [{"patient_id": "p", **cells} for cells in sessions]
    return Courses.from_frames(pd.DataFrame([{"patient_id": "p", **patient}]), pd.DataFrame(rows))


def judged(courses, definition, **chosen):
    (course,) = courses_of(courses)
    return Judge(definition=read_definition(definition), condition=courses.condition, chosen=chosen).judge(course)


RUN = [
    {"session_date": "2021-01-04", "imaging_date": "2021-02-08", "viable_percent": 80},
    {"session_date": "2021-03-05", "imaging_date": "2021-03-25", "viable_percent": 70},
    {"session_date": "2021-05-04", "imaging_date": "2021-06-08", "viable_percent": 60},
]


def test_only_columns_that_a_criterion_uses_are_blamed():
    without = [dict(RUN[0]), {**RUN[1], "viable_percent": None, "agent": None}, dict(RUN[2])]
    assert judged(one_course(without), "zhang-2022").causes == (Cause("viable_percent"),)


def test_a_window_is_named_where_it_is_the_reason():
    found = judged(one_course(RUN), "zhang-2022", imaging_window="28-92")
    assert found.verdict == "unknown"
    assert [str(cause) for cause in found.causes] == ["imaging_date (outside 28-92 days)"]
    assert judged(one_course(RUN), "zhang-2022").verdict == "met"


def test_what_a_certain_no_settles_is_not_blamed():
    sessions = [{**RUN[0], "viable_percent": 20}, {**RUN[1], "viable_percent": None}, {**RUN[2], "viable_percent": 10}]
    found = judged(one_course(sessions), "zhang-2022")
    assert (found.verdict, found.causes) == ("not_met", ())


def test_causes_tell_ne_and_bounds_and_multiple():
    sessions = [
        {"session_date": "2021-01-04", "target_response": "SD", "viable_percent": ">40", "tumor_count": "multiple"},
        {"session_date": "2021-03-05", "target_response": "NE", "viable_percent": 80, "tumor_count": "multiple"},
        {"session_date": "2021-05-04", "target_response": "PD", "viable_percent": 80, "tumor_count": "multiple"},
    ]
    courses = one_course(sessions, baseline_tumor_count=3)
    assert judged(courses, "zhang-2022").causes == (Cause("viable_percent", "a bound leaves it open"),)
    assert judged(courses, "no-response-2").causes == (Cause("target_response", "NE"),)
    found = judged(courses, "jsh-lcsgj-2014", imaging_window="any", insufficient_by="progressive")
    assert Cause("tumor_count", "not counted") in found.causes


def test_imaging_before_its_session_judges_no_response():
    early = [{**row, "imaging_date": "2020-12-01"} if at == 1 else row for at, row in enumerate(RUN)]
    found = judged(one_course(early), "zhang-2022", imaging_window="any")
    assert found.verdict == "unknown"
    assert found.causes == (Cause("imaging_date", "before its session"),)


def test_the_evidence_of_a_run_is_told_session_by_session():
    (evidence,) = judged(one_course(RUN), "zhang-2022").evidence
    assert [told.value for told in evidence.told] == [False, False, True]
    assert evidence.first == 2


def test_rows_in_any_order_give_the_same_scores(sample):
    shuffled = Courses.from_frames(
        sample.patients.sample(frac=1, random_state=3), sample.sessions.sample(frac=1, random_state=4)
    )
    first = score(sample, THREE).to_frame().sort_values(["patient_id", "definition"], ignore_index=True)
    again = score(shuffled, THREE).to_frame().sort_values(["patient_id", "definition"], ignore_index=True)
    pd.testing.assert_frame_equal(first, again)


def test_which_definitions_the_columns_allow(sample):
    assert [d.id for d in possible_definitions(sample)] == [
        "europe-raoul-2014",
        "intl-panel-2014",
        "jsh-lcsgj-2014",
        "kim-2012-sp",
        "no-response-2",
        "tactics-without-growth",
        "zhang-2022",
    ]
    few = one_course([{"session_date": "2021-01-04", "target_response": "SD", "afp": 3}])
    assert [d.id for d in possible_definitions(few)] == ["europe-raoul-2014", "jsh-lcsgj-2014", "no-response-2"]
    assert lacking(read_definition("jsh-lcsgj-2014"), few) == (
        "viable_percent",
        "tumor_count",
        "vascular_invasion or pvtt_grade",
        "extrahepatic_spread",
    )
    assert lacking(read_definition("intl-panel-2014"), few) == ("area",)
    assert lacking(read_definition("intl-panel-2014"), few, {"area": "any"}) == ()


def test_rows_for_json(sample):
    rows = score(sample, ["zhang-2022"]).to_dicts()
    assert [tuple(row) for row in rows[:1]] == [COLUMNS]
    met = next(row for row in rows if row["verdict"] == "met")
    assert isinstance(met["date"], str)
    assert isinstance(met["session_no"], int)
    assert met["points_low"] is None
    json.dumps(rows, allow_nan=False)


def test_sheets_that_are_not_read_are_told(tmp_path):
    """A condition without columns of lesions says that nothing in such a sheet counts."""
    if not STRANGER.is_dir():
        pytest.skip("story 4 is not in this clone yet")
    (tmp_path / "patients.csv").write_text("patient_id\nP1\n", encoding="utf-8")
    (tmp_path / "sessions.csv").write_text("patient_id,session_date\nP1,2021-01-04\n", encoding="utf-8")
    (tmp_path / "lesions.csv").write_text("patient_id,date\nP1,2021-02-04\n", encoding="utf-8")
    (problem,) = read_courses(tmp_path, STRANGER / "toy/condition").problems
    assert problem.severity == "fault"
    assert problem.where.endswith(", lesions")
    with pytest.raises(ConsensusError, match="lesion_id"):
        read_courses(tmp_path)


@pytest.mark.skipif(not STRANGER.is_dir(), reason="story 4 is not in this clone yet")
def test_a_condition_from_outside_is_judged_as_it_is():
    courses = read_courses(STRANGER / "toy/courses.xlsx", STRANGER / "toy/condition")
    assert (len(courses.patients), len(courses.sessions), len(courses.problems)) == (30, 87, 0)
    scores = score(courses, ["two-courses", "cough-points"])
    found = {(row["patient_id"], row["definition"]): row for row in scores.to_frame().to_dict("records")}
    with (STRANGER / "verdicts.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["definition"] != "proposal"]
    assert len(rows) == 60
    for row in rows:
        got = {k: as_written(v) for k, v in found[row["patient_id"], row["definition"]].items() if k != "readings"}
        assert got == row


def as_written(value):
    if pd.isna(value):
        return ""
    return f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else str(value).removesuffix(".0")


@pytest.mark.skipif(not SYSUCC.is_file(), reason="the SYSUCC cohort does not lie beside this clone")
def test_the_real_cohort(tmp_path):
    """The counts of a prototype written apart from this code (the cohort's SOURCE.md; reading A8 of the facts page)."""
    module = script(PROJECT / "examples/sysucc_courses.py")
    patients, sessions = module.courses(module.read_visits(SYSUCC, "distant"))
    courses = Courses.from_frames(pd.DataFrame(patients), pd.DataFrame(sessions), name="sysucc")
    assert (len(courses.patients), len(courses.sessions), len(courses.problems)) == (1629, 2958, 0)

    def counts(definition, **readings):
        (row,) = score(courses, definition, readings=readings).counts().to_dict("records")
        return row["met"], row["unknown"], row["not_met"]

    assert counts("zhang-2022") == (157, 45, 1427)
    assert counts("zhang-2022", imaging_window="28-92") == (96, 120, 1413)
    assert counts("no-response-2") == (333, 128, 1168)
    assert counts("no-response-2", imaging_window="28-92") == (241, 274, 1114)
    assert counts("intl-panel-2014", area="any") == (106, 26, 1497)
    # the table's identifiers go nowhere
    with SYSUCC.open(encoding="utf-8", newline="") as file:
        identifiers = {row["ID"].removesuffix(".0") for row in csv.DictReader(file)}
    assert not identifiers & set(courses.patients.astype(str).to_numpy().ravel())
