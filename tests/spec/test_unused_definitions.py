"""Definitions that patients were not judged by: each is told with the reason, and with the columns to add."""

import json
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from consensus.definitions.condition import read_condition
from consensus.definitions.definition_file import read_definitions
from consensus.scoring.courses import Courses
from consensus.scoring.needs import possible_definitions
from consensus.scoring.unused import unused
from reports.cli import main

TACE = read_condition("tace-failure")
EVERY = read_definitions(TACE)
PATIENTS = pd.DataFrame({"patient_id": ["a"], "baseline_albi": [-2.5]})
SESSIONS = pd.DataFrame({"patient_id": ["a"], "session_date": ["2021-01-04"], "viable_percent": [60]})


def run(*arguments):
    done = CliRunner().invoke(main, [*arguments], prog_name="consensus")
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.fixture(scope="module")
def courses():
    return Courses.from_frames(PATIENTS, SESSIONS)


def test_every_definition_is_used_or_told_why_not(courses):
    used = possible_definitions(courses)
    left = unused(courses, used)
    assert sorted(d.id for d in (*used, *(one.definition for one in left))) == sorted(d.id for d in EVERY)
    by_id = {one.definition.id: one for one in left}
    assert (by_id["intl-panel-2014"].why, by_id["intl-panel-2014"].missing) == ("columns", ("target_response", "area"))
    invaded = ("vascular_invasion or pvtt_grade", "extrahepatic_spread")
    assert by_id["kim-2012-sp"].missing == invaded
    assert by_id["albi"].why == "score"  # recorded itself, so what it is computed from is not missing
    assert by_id["hap"].missing[0] == "baseline_largest_mm"
    assert by_id["art"].missing[:2] == ("ast_u_l", "baseline_ast_u_l")
    assert by_id["cci-2021"].why == "recalled"
    assert by_id["korea-as-cited"].why == "off"


def test_where_there_are_no_sessions_definitions_that_count_them_say_so():
    left = unused(Courses.from_frames(PATIENTS, SESSIONS.iloc[:0]), [])
    why = {one.definition.id: one.why for one in left}
    assert (why["zhang-2022"], why["jsh-lcsgj-2014"], why["albi"], why["cci-2021"]) == (
        "sessions",
        "sessions",
        "score",
        "recalled",
    )


def test_score_ends_with_what_it_left_out(tmp_path):
    PATIENTS.to_csv(tmp_path / "patients.csv", index=False)
    SESSIONS.to_csv(tmp_path / "sessions.csv", index=False)
    shown = run("score", str(tmp_path))
    assert "\n  intl-panel-2014: missing columns: target_response, area\n" in shown
    assert "cci-2021" in shown.split("Not used, and why")[1].split("off: its text is recalled")[0]
    assert shown.endswith("Add one with --definition ID, the scores with --scores.\n")
    found = json.loads(run("score", str(tmp_path), "--json"))["left_out"]
    assert {"definition": "albi", "kind": "score", "standing": "verified", "why": "score", "missing": []} in found
    assert "Not used" not in run("score", str(tmp_path), "--definition", "zhang-2022")
    assert json.loads(run("score", str(tmp_path), "--definition", "zhang-2022", "--json"))["left_out"] == []
    assert json.loads(run("score", str(tmp_path), "--readings", "all", "--json"))["left_out"] == found


@pytest.mark.parametrize("more", [(), ("--readings", "all")], ids=["counts", "readings"])
def test_tables_mark_what_is_recalled(more):
    shown = run("score", "tace-failure", "--definition", "cci-2021", "--definition", "zhang-2022", *more)
    lines = [line for line in shown.splitlines() if "cci-2021" in line]
    assert len(lines) >= 2
    assert all("cci-2021 [recalled]" in line for line in lines)


def test_a_report_names_what_was_not_applied(tmp_path):
    study = Path(tmp_path / "study.toml")
    PATIENTS.to_csv(tmp_path / "patients.csv", index=False)
    SESSIONS.to_csv(tmp_path / "sessions.csv", index=False)
    study.write_text(
        '[study]\ntitle = "Made for a test"\n[courses]\nfile = "."\n[compare]\ndefinitions = ["zhang-2022"]\n'
        '[report]\nformats = ["html"]\n',
        encoding="utf-8",
    )
    run("report", str(study), "--out", str(tmp_path / "out"))
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    section = page.split("Definitions that were not applied")[-1]
    assert "not among the definitions that the study names" in section
    assert "missing columns: target_response, area" in section
    assert "Chinese College of Interventionalists 2021 [recalled]" in section
    assert "the paper itself calls stage progression its end point" in section  # why korea-as-cited is off
