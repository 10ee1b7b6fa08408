"""Courses: what is read of workbooks, CSV folders and frames, and how each fault is told."""

import os
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import Workbook, load_workbook

from consensus.definitions.amount import MANY, parse_amount
from consensus.definitions.condition import read_condition
from consensus.scoring.cells import CellFaultError, read_cell
from consensus.scoring.courses import Courses, courses_of, read_courses, write_template
from consensus.scoring.score import score
from questionnaires.problems import ConsensusError

SNAPSHOTS = Path(__file__).parents[1] / "snapshots"
TACE = read_condition()
SESSIONS = {column.name: column for column in TACE.sessions}


@pytest.mark.parametrize(
    "written",
    [
        "2021-03-04",
        "2021/3/4",
        "2021.3.4",
        "2021年3月4日",
        "2021 年 3 月 4 日",
        "２０２１－０３－０４",
        " 2021-03-04 ",
        "2021-03-04 08:30:00",
        "2021-03-04T08:30:00",
        date(2021, 3, 4),
        datetime(2021, 3, 4, 8, 30),
        pd.Timestamp("2021-03-04 08:30"),
    ],
)
def test_dates(written):
    assert read_cell(written, SESSIONS["session_date"]) == date(2021, 3, 4)


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("2017.2.30", ""),
        ("2021-13-01", ""),
        ("2022-13", ""),
        ("2022.1", "January or October? A spreadsheet drops the last zero: write the day, or the month as 2022-01."),
        (44259, "It looks like a date that lost its format: format the cells as dates."),
        ("3/4/2021", "Write the year first, with four digits: day and month can't be told apart."),
        ("soon", ""),
        ("1021-03-04", ""),
    ],
)
def test_what_is_no_date(written, hint):
    with pytest.raises(CellFaultError) as caught:
        read_cell(written, SESSIONS["session_date"])
    assert caught.value.hint == hint


@pytest.mark.parametrize("empty", [None, "", "  ", "\u3000", float("nan"), pd.NA, pd.NaT])
@pytest.mark.parametrize("column", ["session_date", "agent", "target_response", "afp", "new_lesions", "tumor_count"])
def test_empty_cells_of_any_kind(empty, column):
    assert read_cell(empty, SESSIONS[column]) is None


@pytest.mark.parametrize(
    ("column", "written", "read"),
    [
        ("afp", 12.5, parse_amount("12.5")),
        ("afp", "＜2", parse_amount("<2")),
        ("afp", ">60500", parse_amount(">60500")),
        ("afp", 0.1, parse_amount("0.1")),
        ("viable_percent", "60%", parse_amount("60")),
        ("viable_percent", "60 ％", parse_amount("60")),
        ("tumor_count", "Multiple ", MANY),
        ("tumor_count", 3.0, parse_amount("3")),
        ("new_lesions", True, parse_amount("1")),
        ("new_lesions", "yes", parse_amount("1")),
        ("new_lesions", "否", parse_amount("0")),
        ("target_response", " pd", "PD"),
        ("agent", "  Cis  platin ", "Cis platin"),
        ("agent", 5.0, "5"),
    ],
)
def test_cells(column, written, read):
    assert read_cell(written, SESSIONS[column]) == read


@pytest.mark.parametrize(
    ("column", "written"),
    [
        ("viable_percent", 650),
        ("viable_percent", ">100"),
        ("viable_percent", "-1"),
        ("afp", "<0"),
        ("afp", "1.0000001"),
        ("afp", "see report"),
        ("tumor_count", 2.5),
        ("tumor_count", "some"),
        ("new_lesions", 2),
        ("target_response", "better"),
        ("child_pugh", 4),
        ("child_pugh", 16),
    ],
)
def test_what_a_column_can_not_hold(column, written):
    with pytest.raises(CellFaultError):
        read_cell(written, SESSIONS[column])


def workbook(path, patients, sessions, more=()):
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in (("patients", patients), ("sessions", sessions)):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    for name in more:
        book.create_sheet(name)
    book.save(path)
    return path


BROKEN = {
    "patients": [
        ["patient_id", "intent", "baseline_afp", "baseline_child_pugh", "age", "AFP0"],
        ["P1", "paliative", "<2", 4, 60, None],
        ["P2", None, "1,234", None, None, None],
        ["P2", None, 40, None, 50, None],
        ["P3", None, None, None, None, None],
        ["P3", None, None, None, None, None],
        ["P4", None, None, None, None, None],
        [5, None, None, None, None, None],
        [None, None, None, None, 71, None],
    ],
    "sessions": [
        ["patient_id", "session_no", "TACE date", "imaging_date", "target_response", "viable_precent", "area"],
        ["P1", 1, "2021-01-04", "2021-01-01", "see report", 60, None],
        ["P1", 2, "2017.2.30", None, "PR", 60, None],
        ["P1", 2, "2021年3月4日", None, "better", 60, None],
        ["P3", 2, "2021/3/4", None, None, None, None],
        ["P3", 1, "2021.5.4", None, None, None, None],
        ["P3", 1, "2021.5.4", None, None, None, None],
        ["P4", None, datetime(2021, 5, 4), None, None, None, "S5"],
        ["P4", None, datetime(2021, 5, 4), None, None, None, "S8"],
        ["5", 1, None, None, "SD", None, None],
        ["P40", 1, "2021-05-04", None, None, None, None],
    ],
}


def test_every_fault_is_told_once_with_its_cell(tmp_path):
    courses = read_courses(workbook(tmp_path / "courses.xlsx", BROKEN["patients"], BROKEN["sessions"]))
    found = "".join(f"{problem.severity}: {problem}\n" for problem in courses.problems)
    snapshot = SNAPSHOTS / "broken_courses.txt"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        snapshot.write_text(found, encoding="utf-8", newline="\n")
    assert found == snapshot.read_text(encoding="utf-8")


def test_what_becomes_of_faulty_patients(tmp_path):
    courses = read_courses(workbook(tmp_path / "courses.xlsx", BROKEN["patients"], BROKEN["sessions"]))
    assert list(courses.patients["patient_id"]) == ["P1", "P2", "P3", "P4", "5", "P40"]
    assert [(name, str(cause)) for name, cause in courses.held_back] == [
        ("P1", "session_date"),
        ("P2", "patient_id (two different rows)"),
        ("5", "session_date"),
    ]
    frame = score(courses, ["zhang-2022", "no-response-2"]).to_frame().set_index(["patient_id", "definition"])
    assert set(frame.loc[["P1", "P2", "5"], "verdict"]) == {"unknown"}
    by_id = {course.patient_id: course for course in courses_of(courses)}
    assert [session.number for session in by_id["P3"].sessions] == [2, 1]
    assert [session.number for session in by_id["P4"].sessions] == [1, 2]
    assert by_id["P40"].baseline("afp") is None
    assert list(courses.patients["age"]) == [60, None, None, None, None, None]


def test_a_folder_of_csv_in_the_encodings_that_there_are(tmp_path):
    text = "patient_id,session_date,agent\r\nP1,2021/1/4,表柔比星\r\n\r\nP1,2021-03-05,顺铂\r\n"
    frames = []
    for encoding in ("utf-8", "utf-8-sig", "gb18030"):
        folder = tmp_path / encoding
        folder.mkdir()
        (folder / "patients.csv").write_bytes("patient_id;intent\nP1;curative\n".encode(encoding))
        (folder / "sessions.csv").write_bytes(text.encode(encoding))
        courses = read_courses(folder)
        assert not courses.problems
        frames.append(courses.sessions)
    assert list(frames[0]["agent"]) == ["epirubicin", "cisplatin"]  # usual words, so read in their encoding
    pd.testing.assert_frame_equal(frames[0], frames[1])
    pd.testing.assert_frame_equal(frames[0], frames[2])


def test_lines_of_csv_are_named(tmp_path):
    (tmp_path / "patients.csv").write_text("patient_id\nP1\n", encoding="utf-8")
    (tmp_path / "sessions.csv").write_text(
        'patient_id,session_date,agent\nP1,2021-01-04,"two\nlines"\nP1,never,x\n', encoding="utf-8"
    )
    (problem,) = read_courses(tmp_path).problems
    assert problem.where == "sessions.csv, line 4, session_date"


def test_frames_are_typed_and_tidy():
    patients = pd.DataFrame({"patient_id": ["b", "a"], "baseline_afp": [20, None], "ward": ["x", "y"]})
    sessions = pd.DataFrame(
        {
            "patient_id": ["a", "b", "b"],
            "session_date": pd.to_datetime(["2021-01-04", "2021-03-05", "2021-01-04"]),
            "afp": ["<2", 3, 4],
            "viable_percent": [60, 70.5, None],
            "new_lesions": [1, 0, None],
        }
    )
    courses = Courses.from_frames(patients, sessions)
    assert not courses.problems
    assert list(courses.patients["patient_id"]) == ["b", "a"]
    assert list(courses.sessions["patient_id"]) == ["b", "b", "a"]
    assert list(courses.sessions["afp"]) == [4.0, 3.0, "<2"]
    assert {name: str(kind) for name, kind in courses.sessions.dtypes.items()} == {
        "patient_id": "object",
        "session_date": "datetime64[s]",
        "viable_percent": "float64",
        "new_lesions": "Int64",
        "afp": "object",
    }
    assert list(courses.patients["ward"]) == ["x", "y"]
    again = Courses.from_frames(courses.patients, courses.sessions)
    pd.testing.assert_frame_equal(again.sessions, courses.sessions)


def test_a_header_without_rows_is_read(tmp_path):
    courses = read_courses(workbook(tmp_path / "empty.xlsx", [["patient_id"]], [["patient_id", "session_date"]]))
    assert (len(courses.patients), len(courses.sessions)) == (0, 0)
    scores = score(courses, ["zhang-2022", "intl-panel-2014"])
    assert list(scores.counts()["met"]) == [0, 0]
    assert len(scores.to_frame()) == len(scores.causes()) == len(scores.reclassified()) == 0


def test_what_refuses_a_file(tmp_path):
    refused = {
        "is not there": lambda: read_courses(tmp_path / "none.xlsx"),
        "is no workbook": lambda: read_courses(Path(__file__)),
        "lacks sheets": lambda: read_courses(other_sheets(tmp_path / "other.xlsx")),
        "lacks columns": lambda: read_courses(
            workbook(tmp_path / "few.xlsx", [["patient"], ["P1"]], [["ID", "sesion_date"], ["P1", "2021-01-04"]])
        ),
        "is an empty sheet": lambda: read_courses(workbook(tmp_path / "nothing.xlsx", [], [])),
        "is a folder without them": lambda: read_courses(tmp_path),
    }
    told = []
    for what, read in refused.items():
        with pytest.raises(ConsensusError) as caught:
            read()
        told.append(f"# {what}\n{caught.value}\n".replace(str(tmp_path), "FOLDER"))
    snapshot = SNAPSHOTS / "refused_courses.txt"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        snapshot.write_text("\n".join(told), encoding="utf-8", newline="\n")
    assert "\n".join(told) == snapshot.read_text(encoding="utf-8")


def other_sheets(path):
    book = Workbook()
    book.worksheets[0].title = "cohort"
    book.save(path)
    return path


def test_synthetic_stands_in_a_sheet_name(tmp_path):
    rows = [["patient_id"], ["P1"]], [["patient_id", "session_date"], ["P1", "2021-01-04"]]
    assert not read_courses(workbook(tmp_path / "a.xlsx", *rows)).synthetic
    assert read_courses(workbook(tmp_path / "b.xlsx", *rows, more=["SYNTHETIC"])).synthetic
    assert "SYNTHETIC" in repr(read_courses(tmp_path / "b.xlsx"))


def test_the_template_can_be_filled_and_explains_itself(tmp_path):
    path = write_template(tmp_path / "courses.xlsx", TACE)
    first = path.read_bytes()
    write_template(path, TACE)
    assert path.read_bytes() == first
    book = load_workbook(path)
    assert book.sheetnames == ["patients", "sessions"]
    notes = {cell.value: cell.comment.text for cell in book["sessions"][1]}
    assert list(notes) == [column.name for column in TACE.sessions]
    assert "0 to 100 percent" in notes["viable_percent"]
    assert "CR, PR, SD, PD, NE" in notes["target_response"]
    assert "Required." in notes["session_date"]
    assert "ng/mL" in notes["afp"]
    courses = read_courses(path)
    assert (len(courses.patients), len(courses.problems)) == (0, 0)
