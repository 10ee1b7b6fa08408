"""A month without a day: an interval of days, from the cell to the verdict."""

from datetime import date

import pandas as pd
import pytest

from consensus.definitions.condition import read_condition
from consensus.scoring.cells import CellFaultError, read_cell
from consensus.scoring.courses import Courses, courses_of
from consensus.scoring.months import Month, Span, clusters, days_after, ends, narrowed
from consensus.scoring.readers import score_by_reader
from consensus.scoring.score import score
from reports.explaining import explain
from reports.scores_workbook import scores_workbook

TACE = read_condition()
DAY = TACE.column("sessions", "session_date")


def read(sessions, patients=(), **sheets):
    return Courses.from_frames(
        pd.DataFrame(list(patients) or [{"patient_id": "p"}]), pd.DataFrame(list(sessions)), **sheets
    )


def row(day, **cells):
    return {"patient_id": "p", "session_date": day, **cells}


def told(courses):
    return "\n".join(str(problem) for problem in courses.problems)


def judged(courses, definition, **readings):
    return score(courses, definition, readings=readings).to_dicts()[0]


@pytest.mark.parametrize(
    "written",
    ["2022年1月", "2022-01", "2022/1", "2022/01", "2022.01", "２０２２年１月", "Jan 2022", "January 2022", "2022 jan",
     "Jan. 2022", "jan-2022", "01/2022", "2022 年 1 月"],
)  # fmt: skip
def test_a_month_is_read_and_written_as_one(written):
    assert read_cell(written, DAY) == Month(2022, 1)
    assert str(read_cell(written, DAY)) == "2022-01"


@pytest.mark.parametrize(("written", "month"), [("Sept 2021", 9), ("sep 2021", 9), ("2021.10", 10), ("2021.11", 11)])
def test_other_months(written, month):
    assert read_cell(written, DAY) == Month(2021, month)


@pytest.mark.parametrize("written", ["Janus 2022", "Ma 2022", "2022-00", "13/2022", "1022-01"])
def test_what_is_no_month(written):
    with pytest.raises(CellFaultError):
        read_cell(written, DAY)


def test_days_between_intervals():
    january, fifth = ends(Month(2022, 1)), ends(date(2022, 1, 5))
    assert days_after(ends(date(2022, 3, 1)), january) == Span(29, 59)
    assert days_after(january, fifth) == Span(0, 26)  # what followed did not come before
    assert days_after(ends(date(2021, 12, 1)), january).high < 0
    assert (str(Span(3, 3)), str(Span(3, 5))) == ("3", "3 to 5")


def test_sessions_that_follow_each_other_narrow_their_months():
    days = [date(2022, 1, 5), Month(2022, 1), Month(2022, 1), date(2022, 1, 20)]
    assert [tuple(day.day for day in pair) for pair in narrowed(days)] == [(5, 5), (5, 20), (5, 20), (20, 20)]
    assert len(set(clusters(days))) == 1
    assert len(set(clusters([date(2022, 1, 5), date(2022, 1, 6), Month(2022, 2)]))) == 3


def test_a_month_is_told_as_a_fault_with_its_cell_and_counts():
    courses = read([row("2022年1月"), row("2022-03-04")], [{"patient_id": "p", "last_contact_date": "2022/2"}])
    assert [(p.where, p.got, p.hint) for p in courses.problems] == [
        (
            "patients, row 1, last_contact_date",
            '"2022/2" has no day for last_contact_date',
            "It counts as some day of 2022-02.",
        ),
        (
            "patients, row 1, last_contact_date",
            "patient p was last seen on 2022-02, before the session of 2022-03-04",
            "One of the two dates is wrong; verdicts rest on the sessions.",
        ),
        (
            "sessions, row 1, session_date",
            '"2022年1月" has no day for session_date',
            "It counts as some day of 2022-01.",
        ),
    ]
    assert courses.sessions["session_date"].tolist() == ["2022-01", date(2022, 3, 4)]
    assert courses.patients["last_contact_date"].tolist() == ["2022-02"]


def test_only_certain_violations_are_told():
    sessions = [row("2022-01-20", session_no=1, imaging_date="2022-01"), row("2022-02", session_no=2)]
    courses = read(sessions, [{"patient_id": "p", "death": 1, "last_contact_date": "2022-02"}])
    assert all("has no day" in problem.got for problem in courses.problems)
    early = read([row("2022-01-20", imaging_date="2021-12", viable_percent=80)])
    assert "imaging_date 2021-12 of patient p lies before its session of 2022-01-20" in told(early)
    assert judged(early, "zhang-2022")["verdict"] == "not_met"


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_sessions_are_ordered_where_intervals_do_not_overlap(order):
    sessions = [row("2022-01-31"), row("2022-02"), row("2022-03-01")]
    courses = read([sessions[at] for at in order])
    assert [str(s.date) for s in next(courses_of(courses)).sessions] == ["2022-01-31", "2022-02", "2022-03-01"]
    assert not courses.held_back


def test_where_they_overlap_the_number_decides_or_the_patient_is_held_back():
    numbered = read([row("2022-02", session_no=2), row("2022-02-10", session_no=1)])
    assert [s.number for s in next(courses_of(numbered)).sessions] == [1, 2]
    assert next(courses_of(numbered)).sessions[1].ends == (date(2022, 2, 10), date(2022, 2, 28))
    bare = read([row("2022-02"), row("2022-02-10")])
    assert (
        "patient p has sessions on 2022-02 and 2022-02-10: which came first can't be told. "
        "Expected the day, or session_no of each to order them." in told(bare)
    )
    assert judged(bare, "kim-2012-sp")["verdict"] == "unknown"
    against = read([row("2022-02-20", session_no=1), row("2022-02", session_no=2), row("2022-02-10", session_no=3)])
    assert "their session_no runs against their dates" in told(against)
    assert against.held_back


WINDOW = {"target_response": "PD"}


@pytest.mark.parametrize(
    ("session", "imaging", "window", "verdict"),
    [
        ("2022-01-01", "2022-02", "28-92", "met"),  # 31 to 58 days
        ("2022-01-15", "2022-02", "28-92", "unknown"),  # 17 to 44
        ("2022-01", "2022-03-01", "28-92", "met"),  # 29 to 59
        ("2022-01", "2022-02", "28-92", "unknown"),  # 1 to 58
        ("2022-01-15", "2022-01", "28-92", "unknown"),  # at most 16
        ("2022-01-15", "2022-01", "any", "met"),
        ("2022-01", "2022-01", "any", "met"),
        ("2022-02", "2022-01", "any", "unknown"),  # certainly before its session
    ],
)
def test_imaging_windows(session, imaging, window, verdict):
    courses = read(
        [row(session, imaging_date=imaging, target_response="PD")], [{"patient_id": "p", "intent": "palliative"}]
    )
    found = judged(courses, "europe-raoul-2014", imaging_window=window)
    assert found["verdict"] == verdict
    if verdict == "met":
        assert found["date"] == imaging


def test_an_open_window_says_why():
    scores = score(read([row("2022-01-15", imaging_date="2022-02", target_response="PD")]), "cci-2021")
    courses = read([row("2022-01-15", imaging_date="2022-02", target_response="PD")] * 1)
    found = score(courses, "europe-raoul-2014", readings={"imaging_window": "28-92"})
    assert scores.to_dicts()[0]["verdict"] == "not_met"  # a run of three needs three sessions
    assert "imaging_date (within 28-92 days or not: only a month is known)" in set(found.causes()["column"])


@pytest.mark.parametrize(
    ("first", "last", "days", "verdict"),
    [
        ("2022-01", "2022-03-01", 59, "met"),
        ("2022-01", "2022-03-01", 58, "unknown"),
        ("2022-01", "2022-03-01", 29, "unknown"),
        ("2022-01", "2022-03-01", 28, "not_met"),
        ("2022-01-31", "2022-03", 59, "met"),
        ("2022-01-31", "2022-03", 30, "unknown"),
    ],
)
def test_so_many_sessions_within_days(first, last, days, verdict):
    rows = [row(day, area="S5", target_response="SD") for day in (first, "2022-02-10", last)]
    found = score(read(rows), "intl-panel-2014", readings={"window_days": str(days)})
    assert found.to_dicts()[0]["verdict"] == verdict
    if verdict == "unknown":
        assert set(found.causes()["column"]) == {"session_date (a month without a day)"}


def test_days_from_the_first_session_to_a_month():
    rows = [row("2022-01-15", extrahepatic_spread=0), row("2022-03", extrahepatic_spread=1)]
    scores = score(read(rows, [{"patient_id": "p", "baseline_extrahepatic_spread": 0}]), "kim-2012-sp")
    assert scores.to_dicts()[0]["date"] == "2022-03"
    assert scores.days == (Span(45, 75),)
    book = scores_workbook(scores)
    assert [cell.value for cell in book["patients"][3]][-3:-1] == ["2022-03", "45 to 75"]
    assert "2022-03" in [cell.value for cell in book["long"][2]]
    assert "session 2: TACE session on 2022-03, day 45 to 75" in "\n".join(explain(scores, "p"))


def scan(day, **cells):
    return {"patient_id": "p", "date": day, **cells}


def test_scans_of_a_month():
    base = [{"patient_id": "p", "baseline_extrahepatic_spread": 0, "baseline_vascular_invasion": 0}]
    sessions = [row("2022-01-15", extrahepatic_spread=0, vascular_invasion=0), row("2022-04-10", extrahepatic_spread=0)]
    certain = read(sessions, base, assessments=pd.DataFrame([scan("2022-02", extrahepatic_spread=1)]))
    found = judged(certain, "kim-2012-sp")
    assert (found["verdict"], found["session_no"], found["date"]) == ("met", 1, "2022-02")
    open_ = read(sessions, base, assessments=pd.DataFrame([scan("2022-04", extrahepatic_spread=1)]))
    assert (
        "assessments, row 1, date: the assessment of 2022-04 of patient p has no day, so which session it follows "
        "can't be told. Expected the day. Until then the patient is unknown by every definition." in told(open_)
    )
    early = read(sessions, base, assessments=pd.DataFrame([scan("2021-12", extrahepatic_spread=1)]))
    assert "lies before the first session of 2022-01-15" in told(early)


@pytest.mark.parametrize(
    ("own", "further", "choice", "verdict"),
    [
        ("2022-02-10", "2022-03", "last", "met"),
        ("2022-02-10", "2022-02", "last", "unknown"),  # which of the two was the last?
        ("2022-02-10", "2022-02", "worst", "met"),
        ("2022-02-10", "2022-04", "last", "unknown"),  # within 28 to 92 days or not?
        ("2022-02-10", "2022-06", "last", "not_met"),  # certainly too late
    ],
)
def test_which_of_two_scans_judges(own, further, choice, verdict):
    courses = read(
        [row("2022-01-04", imaging_date=own, target_response="SD")],
        [{"patient_id": "p", "intent": "palliative"}],
        assessments=pd.DataFrame([scan(further, target_response="PD")]),
    )
    assert judged(courses, "europe-raoul-2014", imaging_window="28-92", imaging_choice=choice)["verdict"] == verdict


def test_readers_of_a_month():
    courses = read(
        [row("2022-01", target_response="SD")],
        [{"patient_id": "p", "intent": "palliative"}],
        assessments=pd.DataFrame(
            [scan("2022-02", target_response=said, reader=name) for name, said in (("a", "PD"), ("b", "PR"))]
        ),
    )
    found = score_by_reader(courses, "europe-raoul-2014").to_frame()
    assert found[["reader a", "reader b"]].to_numpy().tolist() == [["met", "not_met"]]
