"""A scan that may follow either of two sessions leaves its patient unknown; it never makes a verdict certain."""

import pandas as pd
import pytest

from consensus.definitions.definition_file import read_definition
from consensus.scoring.courses import Courses, courses_of
from consensus.scoring.judge import Judge
from consensus.scoring.score import score

BASE = {"baseline_extrahepatic_spread": 0, "baseline_vascular_invasion": 0}
DEFINITION = "kim-2012-sp"
OPEN = "a month without a day, so which session a scan followed can't be told"


def read(days, *, patient="p", **sheets):
    clear = {"extrahepatic_spread": 0, "vascular_invasion": 0}
    sessions = [{"patient_id": patient, "session_date": day, **clear} for day in days]
    frames = {name: pd.DataFrame([{"patient_id": patient, **row} for row in rows]) for name, rows in sheets.items()}
    return Courses.from_frames(pd.DataFrame([{"patient_id": patient, **BASE}]), pd.DataFrame(sessions), **frames)


def told(courses):
    return "\n".join(str(problem) for problem in courses.problems)


def verdict(courses):
    """Return the verdict, having seen that judge and engine say the same."""
    judge = Judge(definition=read_definition(DEFINITION), condition=courses.condition, chosen={})
    by_judge = [judge.judge(course).verdict for course in courses_of(courses)]
    assert score(courses, DEFINITION).to_frame()["verdict"].tolist() == by_judge
    return by_judge[0]


def spread(day):
    return {"date": day, "extrahepatic_spread": 1}


@pytest.mark.parametrize(
    ("days", "scan", "expected"),
    [
        (["2022-01-10", "2022-04-10"], "2022-04-02", "met"),  # by either day it is met
        (["2022-01-10", "2022-04-10"], "2022-04-20", "met"),
        (["2022-01-10", "2022-04-10"], "2022-04", "unknown"),  # and was "not_met" without the scan
        (["2022-01-10", "2022-04-10"], "2022-03", "met"),
        (["2022-01-10", "2022-04-10"], "2022-01", "unknown"),  # perhaps the baseline
        (["2022-01-10", "2022-04-10"], "2021-12", "not_met"),  # certainly before the first session
        (["2022-01-10", "2022-04-10"], "no date", "not_met"),  # a faulty cell counts as missing
        (["2022-01-10", "2022-04"], "2022-04-20", "unknown"),  # the session has no day
        (["2022-01-10", "2022-04"], "2022-05-20", "met"),
    ],
)
def test_a_scan_that_may_follow_either_of_two_sessions(days, scan, expected):
    courses = read(days, assessments=[spread(scan)])
    assert verdict(courses) == expected
    assert bool(courses.held_back) == (expected == "unknown")
    assert ("Until then the patient is unknown by every definition." in told(courses)) == (expected == "unknown")


def test_the_reason_and_what_to_write_are_told():
    courses = read(["2022-01-10", "2022-04-10"], assessments=[spread("2022-02-01"), spread("2022-04")])
    assert (
        "assessments, row 2, date: the assessment of 2022-04 of patient p has no day, so which session it follows "
        "can't be told. Expected the day. Until then the patient is unknown by every definition." in told(courses)
    )
    assert [tuple(cause) for _, cause in courses.held_back] == [("date", OPEN)]
    assert set(score(courses, DEFINITION).causes()["reason"]) == {OPEN}
    session = read(["2022-01-10", "2022-04"], assessments=[spread("2022-04-20")])
    assert "Expected the day of that session." in told(session)
    assert [tuple(cause) for _, cause in session.held_back] == [("session_date", OPEN)]


def lesion(day, **cells):
    return {"date": day, "lesion_id": "a", "size_mm": 30, "viable_mm": 20, **cells}


@pytest.mark.parametrize(
    ("days", "scan", "column", "expected"),
    [
        (["2022-01-10", "2022-04-10"], "2022-04", "date", "the day"),
        (["2022-01-10", "2022-04-10"], "2022-03", "date", "the day"),  # the smallest sum so far needs it
        (["2022-01-10", "2022-04"], "2022-04-20", "session_date", "the day of that session"),
    ],
)
def test_lesions_at_such_a_scan(days, scan, column, expected):
    courses = read(days, lesions=[lesion("2022-01-05"), lesion("2022-02-20"), lesion(scan)])
    assert [tuple(cause) for _, cause in courses.held_back] == [(column, OPEN)]
    assert f"Expected {expected}. Until then the patient is unknown by every definition." in told(courses)
    assert verdict(courses) == "unknown"


def test_lesions_of_a_known_session_hold_no_one_back():
    courses = read(["2022-01-10", "2022-04-10"], lesions=[lesion("2022-01-05"), lesion("2022-04-20")])
    assert not courses.held_back
    own = Courses.from_frames(
        pd.DataFrame([{"patient_id": "p", **BASE}]),
        pd.DataFrame([{"patient_id": "p", "session_date": "2022-04", "imaging_date": "2022-04-20"}]),
        lesions=pd.DataFrame([{"patient_id": "p", **lesion("2022-04-20")}]),
    )
    assert not own.held_back


def test_a_bound_of_a_lesion_is_told():
    courses = read(["2022-01-10"], lesions=[lesion("2022-01-05"), lesion("2022-02-20", viable_mm="<5")])
    assert [(p.where, p.got, p.hint) for p in courses.problems.faults] == [
        (
            "lesions, row 2, viable_mm",
            "only a bound of viable_mm is known of a lesion of patient p",
            "The cell counts as not known.",
        )
    ]
