"""Courses as clinics keep them: one row a patient, a session or a visit, states with their date, further scans."""

import csv
import random
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from consensus.definitions.condition import read_condition
from consensus.scoring.course_map import CourseMap, ScanMap, find_columns
from consensus.scoring.courses import Courses, courses_of, read_courses
from consensus.scoring.months import Month
from consensus.scoring.score import score
from consensus.scoring.states import flags, read_state
from questionnaires.problems import ConsensusError
from reports.study import read_condition_of, read_courses_of, read_study

STORY = Path(__file__).parents[1] / "stories" / "3-cohort"
TACE = read_condition()
WIDE = CourseMap(
    rows="patients",
    header_rows=2,
    missing=("/", "未查"),
    columns=(
        ("ID", "patient_id"),
        ("sex", "sex"),
        ("T{n}", "session_date"),
        ("CT{n}", "imaging_date"),
        ("mRECIST_{n}", "target_response"),
        ("PVTT", "vascular_invasion"),
        ("PVTT0", "baseline_vascular_invasion"),
    ),
    values=(
        ("target_response", (("stable", "SD"), ("进展", "PD"))),
        ("vascular_invasion", (("Y", "1"), ("N", "0"))),
        ("baseline_vascular_invasion", (("N", "0"),)),
    ),
)
HEADER = ["ID", "sex", "T1", "CT1 ", "mRECIST_1", "T2", "CT2", "mRECIST_2", "PVTT", "PVTT0", "remarks"]


def saved(path, **sheets):
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def wide(tmp_path, *rows, mapping=WIDE, **sheets):
    path = saved(tmp_path / "cohort.xlsx", cohort=[["group", *[None] * 10], HEADER, *rows], **sheets)
    return read_courses(path, mapping=mapping)


def told(courses):
    return [(p.where.split("!")[-1], p.got) for p in courses.problems.faults]


def cells(courses, patient="P1"):
    (course,) = [course for course in courses_of(courses) if course.patient_id == patient]
    return course


def test_one_row_a_patient(tmp_path):
    row = [
        "P1",
        "F",
        "2021.1.4",
        "2021年2月8日",
        "ｓｔａｂｌｅ",
        date(2021, 3, 5),
        "2021/4/9",
        "进展",
        "Y 2021.4.20",
        "N",
        "x",
    ]
    courses = wide(tmp_path, row)
    assert told(courses) == []
    course = cells(courses)
    assert [(s.number, s.date, s.assessed) for s in course.sessions] == [
        (1, date(2021, 1, 4), date(2021, 2, 8)),
        (2, date(2021, 3, 5), date(2021, 4, 9)),
    ]
    assert [s.cell("target_response") for s in course.sessions] == ["SD", "PD"]
    assert [str(s.cell("vascular_invasion")) for s in course.sessions] == ["0", "1"]
    assert [scan.date for scan in course.sessions[1].scans] == [date(2021, 4, 20)]
    assert courses.states == 1
    assert courses.patients["sex"].tolist() == ["F"]
    assert courses.own.headers == tuple(HEADER)
    (judged,) = score(courses, "kim-2012-sp").to_dicts()
    assert (judged["verdict"], judged["session_no"], judged["date"]) == ("met", 2, "2021-04-20")


def test_faults_of_a_wide_sheet_stand_where_they_are(tmp_path):
    full = ["P1", "F", "2021.1.4", None, None, None, None, None, "N", "N", None]
    courses = wide(
        tmp_path,
        full,
        full,
        ["P2", "F", None, None, None, None, None, "PD", "Y", "N", None],
        ["P3", "F", "2021.1.4", None, "sTable", None, None, None, "Y", "N", None],
        ["P4", "F", "2021.1.4", None, "bad", None, None, None, "Y 2020.1.1", "N", None],
        [None, "F", "2021.1.4", None, None, None, None, None, None, None, None],
    )
    places = [where for where, _ in told(courses)]
    assert places == ["A4", "H5", "I5", "I6", "I7", "A8", "E7"]
    assert [c.patient_id for c in courses_of(courses)] == ["P1", "P2", "P3", "P4"]
    assert len(courses.sessions) == 3


def test_further_scans(tmp_path):
    mapping = CourseMap(
        rows="patients",
        header_rows=2,
        columns=WIDE.columns,
        values=WIDE.values,
        scans=ScanMap(sheet="scans", columns=(("ID", "patient_id"), ("d", "date"), ("r", "target_response"))),
    )
    row = ["P1", "F", "2021.1.4", "2021.2.8", "stable", None, None, None, "N", "N", None]
    scans = [["ID", "d", "r"], ["P1", "2021.3.1", "进展"], ["P1", "2021.6.1", "stable"], ["P9", "2021.3.1", "PD"]]
    scans += [["P1", "2020.1.1", "PD"], ["P1", None, "PD"], ["P1", "2021.3.1", "进展"]]
    courses = wide(tmp_path, row, mapping=mapping, scans=scans)
    assert [where for where, _ in told(courses)] == ["A4", "B5", "B6", "A7"]
    assert len(courses.assessments) == 2
    progressed = {w: score(courses, "europe-raoul-2014", readings={"imaging_window": w}) for w in ("28-92", "any")}
    # under 28 to 92 days the scan of March 1 judges (progression), under any the last one of June 1 (stable)
    assert progressed["28-92"].to_dicts()[0]["verdict"] == "met"
    assert progressed["28-92"].to_dicts()[0]["date"] == "2021-03-01"
    assert progressed["any"].to_dicts()[0]["verdict"] == "unknown"


@pytest.mark.parametrize(
    ("raw", "yes", "day", "fault"),
    [
        (None, None, None, False),
        ("N", False, None, False),
        ("Y 2021.5.6", True, date(2021, 5, 6), False),
        ("Ｙ　２０２１－０５－０６", True, date(2021, 5, 6), False),
        ("Y(2021年5月6日)", True, date(2021, 5, 6), False),
        ("Y", True, None, True),
        ("Y 2021.5", True, Month(2021, 5), False),
        ("Y 2021.2.30", True, None, True),
        ("maybe", None, None, True),
        ("maybe 2021.5.6", None, None, True),
    ],
)
def test_states_with_their_date(raw, yes, day, fault):
    state = read_state(raw, TACE.column("sessions", "vascular_invasion"), WIDE.words())
    assert (state.yes, state.day, bool(state.fault)) == (yes, day, fault)


def test_a_state_holds_from_the_session_that_its_date_follows():
    days = [date(2021, 1, 4), date(2021, 3, 5), date(2021, 2, 1), None]
    column = TACE.column("sessions", "vascular_invasion")
    assert flags(read_state("Y 2021.2.10", column, WIDE.words()), days) == [0, 1, 1, None]
    assert flags(read_state("Y", column, WIDE.words()), days) == [None, 1, None, None]
    # some day of March: before or after the session of March 5
    assert flags(read_state("Y 2021.3", column, WIDE.words()), days) == [0, 1, None, None]
    assert flags(read_state("Y 2021.4", column, WIDE.words()), days) == [0, 1, 0, None]
    assert flags(read_state("Y 2021-01", column, WIDE.words()), days) == [None] * 4  # before treatment, or not
    assert flags(read_state("N", column, WIDE.words()), days) == [0, 0, 0, 0]
    assert flags(read_state("Y 2020.2.10", column, WIDE.words()), days) == [None] * 4


def test_an_exact_header_wins_over_a_pattern():
    found, absent = find_columns(
        ["AFP0", " afp12 ", "第1次TACE日期", "other", "TACE 2  drug"],
        [
            ("AFP{n}", "afp"),
            ("AFP0", "baseline_afp"),
            ("第{n}次TACE日期", "session_date"),
            ("none", "x"),
            ("TACE {n} drug", "agent"),
        ],
    )
    placed = [(f.column, f.slot) for f in found]
    assert placed == [("baseline_afp", None), ("afp", 12), ("session_date", 1), ("agent", 2)]
    assert absent == ["none"]


def test_one_row_a_session_with_merged_patients(tmp_path):
    rows = [
        ["ID", "purpose", "day", "resp"],
        ["P1", "palliative", "2021-01-04", "SD"],
        [None, None, "2021-03-05", "PD"],
    ]
    path = saved(
        tmp_path / "long.xlsx", cohort=[*rows, ["P2", "curative", "2021-01-04", "SD"], ["P2", "palliative", "", ""]]
    )
    book = load_workbook(path)
    book["cohort"].merge_cells("A2:A3")
    book["cohort"].merge_cells("B2:B3")
    book.save(path)
    columns = (("ID", "patient_id"), ("purpose", "intent"), ("day", "session_date"), ("resp", "target_response"))
    courses = read_courses(path, mapping=CourseMap(rows="sessions", columns=columns))
    assert [len(course.sessions) for course in courses_of(courses)] == [2, 1]
    assert told(courses) == [("B5", 'intent of patient P2 is "palliative" here and "curative" before')]
    assert [r["verdict"] for r in score(courses, "europe-raoul-2014").to_dicts()] == ["met", "met"]


def test_one_row_a_visit(tmp_path):
    path = tmp_path / "visits.csv"
    path.write_text(
        "ID,day,given,resp,tumors\nP1,2021-01-04,yes,,2\nP1,2021-02-08,no,SD,2\nP1,2021-03-05,yes,PD,3\n"
        "P1,2021-04-09,no,PD,4\n",
        encoding="utf-8",
    )
    columns = (("ID", "patient_id"), ("day", "date"), ("given", "treated"), ("resp", "target_response"))
    courses = read_courses(path, mapping=CourseMap(rows="visits", columns=(*columns, ("tumors", "tumor_count"))))
    assert told(courses) == []
    course = cells(courses)
    assert [(s.date, s.assessed, s.cell("target_response")) for s in course.sessions] == [
        (date(2021, 1, 4), date(2021, 3, 5), "PD"),
        (date(2021, 3, 5), date(2021, 4, 9), "PD"),
    ]
    assert [(scan.date, scan.cells["target_response"]) for scan in course.sessions[0].scans] == [
        (date(2021, 2, 8), "SD")
    ]
    assert str(course.baseline("tumor_count")) == "2"


def test_a_map_that_names_what_is_not_there(tmp_path):
    with pytest.raises(ConsensusError, match="no header is mapped onto patient_id"):
        wide(tmp_path, mapping=CourseMap(rows="patients", header_rows=2, columns=(("Patient", "patient_id"),)))
    with pytest.raises(ConsensusError, match=r'no sheet "cohrt".*Did you mean "cohort"'):
        wide(tmp_path, mapping=CourseMap(rows="patients", sheet="cohrt", columns=WIDE.columns))
    with pytest.raises(ConsensusError, match=r"Expected a header with \{n\}"):
        wide(tmp_path, mapping=CourseMap(rows="patients", header_rows=2, columns=(*WIDE.columns, ("remarks", "afp"))))
    courses = wide(tmp_path, mapping=CourseMap(rows="patients", header_rows=2, columns=(*WIDE.columns, ("sx", "x"))))
    assert [p.got for p in courses.problems] == ['there is no column "sx", which the map names']


@pytest.fixture(scope="module")
def cohort():
    study = read_study(STORY / "study.toml")
    return read_courses_of(study, read_condition_of(study, None))


def default_verdicts():
    with (STORY / "truth" / "verdicts.csv").open(encoding="utf-8-sig", newline="") as handle:
        rows = [row for row in csv.DictReader(handle) if row["default"] == "1" and row["definition"] != "mine"]
    return {
        (r["patient_id"], r["definition"]): (r["verdict"], r["criterion"], r["session_no"], r["date"]) for r in rows
    }


def verdicts(courses):
    names = ("jsh-lcsgj-2014", "zhang-2022", "intl-panel-2014", "kim-2012-sp")
    rows = score(courses, names).to_dicts()
    keys = ("verdict", "criterion", "session_no", "date")
    return {(r["patient_id"], r["definition"]): tuple("" if r[k] is None else str(r[k]) for k in keys) for r in rows}


def test_the_cohort_of_story_3_gives_the_truth(cohort):
    assert verdicts(cohort) == default_verdicts()


def test_the_truth_is_a_folder_of_courses(cohort):
    courses = read_courses(STORY / "truth")
    assert len(courses.assessments) == len(cohort.assessments) == 192
    assert verdicts(courses) == default_verdicts()


def test_frames_with_assessments_are_judged_alike(cohort):
    again = Courses.from_frames(cohort.patients, cohort.sessions, assessments=cohort.assessments)
    assert verdicts(again) == default_verdicts()


def test_the_order_of_rows_changes_nothing(tmp_path):
    book = load_workbook(STORY / "cohort.xlsx")
    sheet = book["cohort"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    random.Random(3).shuffle(rows)
    for at, row in enumerate(rows, start=3):
        for column, value in enumerate(row, start=1):
            sheet.cell(row=at, column=column).value = value
    book.save(tmp_path / "cohort.xlsx")
    (tmp_path / "study.toml").write_bytes((STORY / "study.toml").read_bytes())
    study = read_study(tmp_path / "study.toml")
    assert verdicts(read_courses_of(study, read_condition_of(study, None))) == default_verdicts()
