"""Several scans of a session, and several readers of them: which judges, and whom another reader would flip."""

import pandas as pd
import pytest
from click.testing import CliRunner

from consensus.scoring.courses import Courses
from consensus.scoring.readers import readers_of, score_by_reader
from consensus.scoring.score import score
from questionnaires.problems import ConsensusError
from reports.cli import main

PATIENTS = pd.DataFrame({"patient_id": ["a", "b", "c"]})
DAYS = ("2021-01-04", "2021-03-04")


def session(patient, day, **cells):
    return {"patient_id": patient, "session_date": day, **cells}


def scan(patient, day, response, reader=None):
    return {"patient_id": patient, "date": day, "target_response": response, "reader": reader}


def cohort(sessions, scans):
    return Courses.from_frames(PATIENTS, pd.DataFrame(sessions), assessments=pd.DataFrame(scans))


def verdicts(courses, definition="no-response-2", **readings):
    return dict(
        score(courses, definition, readings=readings).to_frame()[["patient_id", "verdict"]].itertuples(index=False)
    )


def test_of_several_scans_the_last_the_worst_or_the_nearest_to_six_weeks_judges():
    sessions = [session(p, day) for p in "abc" for day in DAYS]
    scans = [
        # a: worse first, at six weeks; b: worse last; c: response throughout
        scan("a", "2021-02-15", "PD"), scan("a", "2021-03-01", "PR"), scan("a", "2021-04-15", "SD"),
        scan("b", "2021-02-15", "PR"), scan("b", "2021-03-01", "SD"), scan("b", "2021-04-15", "PD"),
        scan("c", "2021-02-15", "CR"), scan("c", "2021-04-15", "PR"),
    ]  # fmt: skip
    courses = cohort(sessions, scans)
    assert verdicts(courses) == {"a": "not_met", "b": "met", "c": "not_met"}
    assert verdicts(courses, imaging_choice="last") == verdicts(courses)
    assert verdicts(courses, imaging_choice="worst") == {"a": "met", "b": "met", "c": "not_met"}
    assert verdicts(courses, imaging_choice="nearest_6_weeks") == {"a": "met", "b": "not_met", "c": "not_met"}
    (row,) = set(score(courses, "no-response-2", readings={"imaging_choice": "worst"}).to_frame()["readings"])
    assert row == "imaging_choice=worst"


def test_the_choice_of_a_scan_is_a_reading_of_courses_with_scans():
    courses = Courses.from_frames(PATIENTS, pd.DataFrame([session("a", DAYS[0])]))
    with pytest.raises(ConsensusError, match="is one of courses with a sheet of assessments"):
        score(courses, "zhang-2022", readings={"imaging_choice": "worst"})
    with pytest.raises(ConsensusError, match="is not one of its values"):
        verdicts(cohort([session("a", DAYS[0])], [scan("a", "2021-02-01", "SD")]), imaging_choice="wurst")


@pytest.fixture
def read_by_three():
    sessions = [
        session(p, day, imaging_date=f"{day[:5]}0{int(day[6]) + 1}-15", target_response="SD")
        for p in "abc"
        for day in DAYS
    ]
    scans = [
        *(scan("a", "2021-02-15", "SD", reader) for reader in "xyz"),
        *(
            scan("b", "2021-02-15", response, reader)
            for reader, response in zip("xyz", ("SD", "PR", "PD"), strict=True)
        ),
        *(scan("c", "2021-02-15", response, reader) for reader, response in zip("xy", ("SD", "PR"), strict=True)),
    ]
    return cohort(sessions, scans)


def test_a_verdict_by_each_reader_that_of_most_and_who_flips(read_by_three):
    assert readers_of(read_by_three) == ("x", "y", "z")
    found = score_by_reader(read_by_three, "no-response-2")
    rows = found.to_frame().set_index("patient_id")
    assert rows.loc["a", ["majority", "agreeing", "flips"]].tolist() == ["met", 3, False]
    assert rows.loc["b", ["majority", "agreeing", "flips"]].tolist() == ["met", 2, True]
    # reader z did not read c: there the session's own response counts
    assert rows.loc["c", ["reader x", "reader y", "reader z"]].tolist() == ["met", "not_met", "met"]
    (summary,) = found.summary().to_dict("records")
    assert (summary["patients"], summary["flipped"]) == (3, 2)
    assert summary["share"] == pytest.approx(2 / 3)


def test_one_reader_is_not_several(read_by_three):
    with pytest.raises(ConsensusError, match="Expected two or more"):
        score_by_reader(cohort([session("a", DAYS[0])], [scan("a", "2021-02-15", "SD", "x")]), "zhang-2022")


def test_the_command_shows_counts_by_reader_and_flips(tmp_path):
    with pd.ExcelWriter(tmp_path / "c.xlsx") as book:
        PATIENTS.to_excel(book, sheet_name="patients", index=False)
        pd.DataFrame([session(p, DAYS[0]) for p in "abc"]).to_excel(book, sheet_name="sessions", index=False)
        scans = [scan("a", "2021-02-15", response, reader) for reader, response in (("x", "SD"), ("y", "PR"))]
        pd.DataFrame(scans).to_excel(book, sheet_name="assessments", index=False)
    arguments = ["score", str(tmp_path / "c.xlsx"), "--definition", "europe-raoul-2014", "--readers"]
    done = CliRunner().invoke(main, [*arguments, "--out", str(tmp_path / "readers.csv")])
    assert done.exit_code == 0, done.output
    assert "3 patients, 2 readers: x, y" in done.output
    assert "Patients whom another reader would judge differently" in done.output
    assert "reader x" in (tmp_path / "readers.csv").read_text(encoding="utf-8-sig").splitlines()[0]
