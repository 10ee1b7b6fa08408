"""A clinic's own sheet drafted into a study file: which layout it is, which header is which column, what is left."""

import datetime as dt
import tomllib

import openpyxl
import pytest
from click.testing import CliRunner

from consensus.definitions.condition import read_condition
from consensus.scoring.courses import Courses, courses_of, read_courses
from consensus.scoring.draft_map import draft_map
from questionnaires.problems import ConsensusError
from reports.cli import main
from reports.study_courses import course_map

TACE = read_condition()


def workbook(path, *sheets):
    """Write sheets, each a name and rows, and return the path."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def new(tmp_path, file, *further, code=0):
    done = CliRunner().invoke(main, ["new", str(tmp_path / "mine"), "--courses", str(file), *further])
    assert done.exit_code == code, done.output
    return done.output


CHINESE = [
    ["病案号", "第1次TACE日期", "第1次疗效", "第2次TACE日期", "第2次疗效", "备注"],
    ["A1", "2021年3月4日", "部分缓解", "2021.6.1", "疾病进展", "x"],
    ["A2", "2021/4/4", "稳定", None, None, None],
]
LONG = [
    ["patient", "date of TACE", "drug", "response", "hospital"],
    ["a", dt.datetime(2021, 1, 4), "epirubicin", "stable", "north"],
    ["a", dt.datetime(2021, 3, 4), "EPI", "progression", "north"],
    ["b", dt.datetime(2021, 2, 4), "cisplatin", "PR", "south"],
]
VISITS = [
    ["ID", "Date", "Embolization", "AFP", "EHS"],
    ["a", "2021-01-04", 1, 20, 0],
    ["a", "2021-02-10", 0, 30, 0],
    ["a", "2021-03-10", 1, 40, 1],
]


def test_numbered_chinese_columns_are_one_row_a_patient(tmp_path):
    drafted = draft_map(workbook(tmp_path / "c.xlsx", ("随访", CHINESE)), TACE)
    assert drafted.mapping.rows == "patients"
    assert dict(drafted.mapping.columns) == {
        "病案号": "patient_id",
        "第{n}次TACE日期": "session_date",
        "第{n}次疗效": "target_response",
    }
    assert drafted.unplaced == (("随访", "备注"),)


def test_a_patient_in_several_rows_is_one_row_a_session(tmp_path):
    drafted = draft_map(workbook(tmp_path / "c.xlsx", ("data", LONG)), TACE)
    assert drafted.mapping.rows == "sessions"
    assert dict(drafted.mapping.columns)["date of TACE"] == "session_date"
    read_as = (("epirubicin", "epirubicin"), ("EPI", "epirubicin"), ("cisplatin", "cisplatin"))
    assert drafted.spellings == (("agent", read_as),)


def test_a_flag_of_treatment_makes_rows_visits(tmp_path):
    drafted = draft_map(workbook(tmp_path / "c.xlsx", ("data", VISITS)), TACE)
    assert drafted.mapping.rows == "visits"
    assert dict(drafted.mapping.columns) == {
        "ID": "patient_id",
        "Date": "date",
        "Embolization": "treated",
        "AFP": "afp",
        "EHS": "extrahepatic_spread",
    }


@pytest.mark.parametrize(("rows", "sessions"), [(CHINESE, 3), (LONG, 3), (VISITS, 2)])
def test_what_is_drafted_can_be_read_at_once(tmp_path, rows, sessions):
    file = workbook(tmp_path / "c.xlsx", ("data", rows))
    new(tmp_path, file)
    study = tmp_path / "mine" / "study.toml"
    content = tomllib.loads(study.read_text(encoding="utf-8"))
    courses = read_courses(file, TACE, mapping=course_map(study, content["courses"]))
    assert isinstance(courses, Courses)
    assert len(courses.sessions) == sessions
    assert len(courses.problems.faults) == 0
    assert CliRunner().invoke(main, ["score", str(study)]).exit_code == 0


def test_a_visit_of_a_month_counts_where_it_is_known_which_treatment_it_followed(tmp_path):
    head, *_ = VISITS
    rows = [head, ["a", "2021-01-04", 1, 20, 0], ["a", "2021-02", 0, 30, 0], ["a", "2021-03-10", 1, 40, 0]]
    rows += [["a", "2021-03", 0, 50, 1], ["a", "2021-05", 1, 60, 0], ["a", "2021年6月", 0, 70, 1]]
    file = workbook(tmp_path / "c.xlsx", ("data", rows))
    mapping = draft_map(file, TACE).mapping
    courses = read_courses(file, TACE, mapping=mapping)
    (course,) = courses_of(courses)
    assert [str(session.date) for session in course.sessions] == ["2021-01-04", "2021-03-10", "2021-05"]
    assert [str(session.assessed) for session in course.sessions] == ["2021-03-10", "2021-05", "2021-06"]
    told = [problem for problem in courses.problems if "can't be told" in problem.got]
    assert [(problem.where, problem.got, problem.hint) for problem in told] == [
        (
            "c.xlsx, data!B5",
            "patient a has a visit of 2021-03 and a treatment of 2021-03-10: which came first can't be told",
            "Until then the patient is unknown by every definition.",
        )
    ]
    assert [name for name, _ in courses.held_back] == ["a"]
    seen_nothing = [[*row[:3], None, None] if row[1] == "2021-03" else row for row in rows]
    blank = read_courses(workbook(tmp_path / "d.xlsx", ("data", seen_nothing)), TACE, mapping=mapping)
    assert not blank.held_back


def test_a_header_of_two_rows_and_a_sheet_of_scans(tmp_path):
    wide = [["", "TACE 1", "", "TACE 2"], ["ID", "TACE1_date", "mRECIST1", "TACE2_date"], ["a", "2021-1-4", "SD", None]]
    scans = [["ID", "scan date", "mRECIST"], ["a", "2021-5-4", "PD"]]
    drafted = draft_map(workbook(tmp_path / "c.xlsx", ("wide", wide), ("later", scans)), TACE)
    assert (drafted.mapping.sheet, drafted.mapping.header_rows) == ("wide", 2)
    assert drafted.mapping.scans is not None
    assert dict(drafted.mapping.scans.columns) == {
        "ID": "patient_id",
        "scan date": "date",
        "mRECIST": "target_response",
    }


def test_sheets_of_ours_need_no_map(tmp_path):
    file = workbook(
        tmp_path / "c.xlsx", ("patients", [["patient_id"], ["a"]]), ("sessions", [["patient_id", "session_date"]])
    )
    assert "no map is needed" in new(tmp_path, file)
    content = tomllib.loads((tmp_path / "mine" / "study.toml").read_text(encoding="utf-8"))
    assert content["courses"] == {"file": "../c.xlsx"}


def test_a_sheet_without_treatments_is_refused_with_its_headers(tmp_path):
    file = workbook(tmp_path / "c.xlsx", ("data", [["name", "age"], ["a", 40]]))
    with pytest.raises(ConsensusError, match='The headers are: "name", "age"'):
        draft_map(file, TACE)
    new(tmp_path, file, code=3)
    assert not (tmp_path / "mine").exists()


def test_a_study_that_is_there_is_left_and_the_draft_stands_beside_it(tmp_path):
    file = workbook(tmp_path / "c.xlsx", ("data", LONG))
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "study.toml").write_text("# mine\n", encoding="utf-8")
    new(tmp_path, file)
    assert (tmp_path / "mine" / "study.toml").read_text(encoding="utf-8") == "# mine\n"
    assert "[courses.columns]" in (tmp_path / "mine" / "study.draft.toml").read_text(encoding="utf-8")


def test_words_that_are_not_known_are_told(tmp_path):
    rows = [[*LONG[0]], ["a", "2021-01-04", "x", "see report", "north"]]
    shown = new(tmp_path, workbook(tmp_path / "c.xlsx", ("data", rows)))
    assert 'Not read: response "see report"' in shown
    assert "Not placed, and kept as they are: hospital (data)" in shown
