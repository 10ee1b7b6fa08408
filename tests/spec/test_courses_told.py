"""Parquet folders, visits before any treatment, and baselines that are missing."""

import pandas as pd
import pytest
from click.testing import CliRunner

from consensus.definitions.condition import read_condition
from consensus.scoring.course_map import CourseMap
from consensus.scoring.courses import read_courses
from questionnaires.problems import ConsensusError
from reports.cli import main

TACE = read_condition()
PATIENTS = pd.DataFrame({"patient_id": ["a", "b", "c"], "baseline_afp": [1.0, None, 3.0]})
SESSIONS = pd.DataFrame(
    {"patient_id": ["a", "b"], "session_date": pd.to_datetime(["2021-01-04", "2021-02-04"]), "afp": [5.0, None]}
)


def test_a_folder_of_parquet_is_read_as_one_of_csv(tmp_path):
    pytest.importorskip("pyarrow")
    for kind, write in (("csv", "to_csv"), ("parquet", "to_parquet")):
        (tmp_path / kind).mkdir()
        getattr(PATIENTS, write)(tmp_path / kind / f"patients.{kind}", index=False)
        getattr(SESSIONS, write)(tmp_path / kind / f"sessions.{kind}", index=False)
    one, other = (read_courses(tmp_path / kind) for kind in ("csv", "parquet"))
    pd.testing.assert_frame_equal(one.sessions, other.sessions)
    pd.testing.assert_frame_equal(one.patients, other.patients)
    (tmp_path / "parquet" / "sessions.parquet").write_bytes(b"not parquet")
    with pytest.raises(ConsensusError, match="can't be read as parquet"):
        read_courses(tmp_path / "parquet")


def test_visits_before_treatment_are_one_remark(tmp_path):
    path = tmp_path / "visits.csv"
    lines = ["ID,Date,treated,AFP", "a,2020-01-04,0,1", "a,2020-02-04,0,2", "a,2021-01-04,1,3", "b,2021-01-05,0,4"]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    columns = (("ID", "patient_id"), ("Date", "date"), ("treated", "treated"), ("AFP", "afp"))
    (problem,) = read_courses(path, TACE, mapping=CourseMap(rows="visits", columns=columns)).problems
    assert problem.severity == "note"
    assert problem.got.startswith("3 visits were before the patient's first treatment")
    assert "line 2" in problem.where


def test_a_missing_baseline_is_said(tmp_path):
    PATIENTS.to_csv(tmp_path / "patients.csv", index=False)
    SESSIONS.to_csv(tmp_path / "sessions.csv", index=False)
    shown = CliRunner().invoke(main, ["check", str(tmp_path)]).output
    assert "Baseline missing, of 2 patients with sessions: baseline_afp of 1." in shown


def test_a_baseline_is_missing_only_where_no_column_that_suffices_has_it(tmp_path):
    PATIENTS.assign(baseline_afp=1.0, baseline_pvtt_grade=[0, None, 0]).to_csv(tmp_path / "patients.csv", index=False)
    SESSIONS.assign(vascular_invasion=0).to_csv(tmp_path / "sessions.csv", index=False)
    shown = CliRunner().invoke(main, ["check", str(tmp_path)]).output
    assert "with sessions: baseline_vascular_invasion or baseline_pvtt_grade of 1." in shown


def test_the_sheet_of_a_clinic_is_answered_with_the_command_that_reads_it(tmp_path):
    sheet, note = pd.DataFrame({"ID": ["a", "b"], "CT1": ["SD", "PD"]}), pd.DataFrame({"made for a test": []})
    path, later = tmp_path / "cohort.xlsx", tmp_path / "later.xlsx"
    sheet.to_excel(path, index=False)
    with pd.ExcelWriter(later) as book:
        note.to_excel(book, sheet_name="note", index=False)
        sheet.to_excel(book, sheet_name="cohort", index=False)
    for arguments in (["check", str(path)], ["score", str(path)]):
        assert f"consensus new mine --courses {path}." in CliRunner().invoke(main, arguments).output
    assert "consensus new mine --courses FILE." in CliRunner().invoke(main, ["check", str(later)]).output
    chinese = CliRunner().invoke(main, ["check", str(path), "--language", "zh"]).output
    assert f"若各行为患者，请运行 consensus new mine --courses {path}。" in chinese
    (tmp_path / "empty.xlsx").write_bytes(b"")
    done = CliRunner().invoke(main, ["new", str(tmp_path / "x"), "--courses", str(tmp_path / "empty.xlsx")])
    assert done.exit_code == 3
    assert "empty.xlsx: the file is empty (0 bytes). Expected a workbook or CSV file." in done.output


def test_the_folder_of_a_study_is_scored_as_its_file_is(tmp_path):
    (tmp_path / "study.toml").write_text('[courses]\nlibrary = "tace-failure"\n', encoding="utf-8")
    folder, file = (CliRunner().invoke(main, ["score", str(p)]) for p in (tmp_path, tmp_path / "study.toml"))
    assert folder.exit_code == 0
    assert folder.stdout == file.stdout
