"""Sheets of lesions as clinics keep them: headers in English and Chinese, one row a lesion or lesions side by side."""

import tomllib

import openpyxl
import pytest
from click.testing import CliRunner

from consensus.definitions.condition import read_condition
from consensus.scoring.courses import read_courses
from consensus.scoring.draft_map import draft_map
from consensus.scoring.score import score
from questionnaires.problems import ConsensusError
from reports.cli import main
from reports.study_courses import course_map
from reports.telling_courses import sentences

TACE = read_condition()
COHORT = [
    ["ID", "TACE1_date", "CT1_date", "TACE2_date", "CT2_date", "TACE3_date", "CT3_date"],
    ["a", "2021-1-4", "2021-2-20", "2021-3-4", "2021-4-20", "2021-5-4", "2021-6-20"],
    ["b", "2021-1-4", "2021-2-20", "2021-3-4", "2021-4-20", None, None],
]
LONG = [
    [
        "Patient",
        "Scan date",
        "Lesion no",
        "Longest diameter (cm)",
        "Viable diameter (cm)",
        "Target",
        "Reader",
        "Segment",
    ],
    ["a", "2020-12-20", 1, 5, 5, "Y", "Li", "S5"],
    ["a", "2021-2-20", 1, 5, 4, "Y", "Li", "S5"],
    ["a", "2021-4-20", 1, 5, "3.5", "Y", "Li", "S5"],
    ["b", "2020-12-20", 1, 3, 3, "Y", "Li", "S8"],
    ["b", "2021-2-20", 1, 3, 1, "Y", "Li", "S8"],
    ["b", "2021-4-20", 1, 3, "none left", "Y", "Li", "S8"],
]
CHINESE = [
    ["病案号", "检查日期", "病灶编号", "长径(cm)", "短径(cm)", "存活长径(cm)", "靶病灶", "阅片者", "备注"],
    ["a", "2020年12月20日", "甲", 5, 4, 5, "是", "李", None],
    ["a", "2021年2月20日", "甲", 5, 4, 4, "是", "李", "x"],
    ["a", "2021.4.20", "甲", 5, 4, 3.5, "是", "李", None],
]
WIDE = [
    ["ID", "CT date", "L1 size (mm)", "L1 viable (mm)", "L2 size (mm)", "L2 viable (mm)", "comment"],
    ["a", "2020-12-20", 50, 50, 20, 20, None],
    ["a", "2021-2-20", 50, 40, 20, 0, "x"],
    ["a", "2021-4-20", 50, 35, None, None, None],
    [None, None, None, None, None, None, None],
]
WIDE_CHINESE = [
    ["病历号", "影像日期", "病灶1长径", "病灶1存活率", "病灶2长径", "病灶2存活率"],
    ["a", "2021-2-20", 50, "80%", 20, "10%"],
    ["a", "2021-4-20", 50, "60%", 20, "70%"],
]


def workbook(path, *sheets):
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def drafted(tmp_path, lesions):
    """Return what consensus new says of a cohort with a sheet of lesions, and the courses read by its draft."""
    file = workbook(tmp_path / "c.xlsx", ("lesions of all", lesions), ("cohort", COHORT))
    done = CliRunner().invoke(main, ["new", str(tmp_path / "mine"), "--courses", str(file)])
    assert done.exit_code == 0, done.output
    study = tmp_path / "mine" / "study.toml"
    mapping = course_map(study, tomllib.loads(study.read_text(encoding="utf-8"))["courses"])
    return done.output, mapping, read_courses(file, TACE, mapping=mapping)


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        (
            LONG,
            {
                "Patient": "patient_id",
                "Scan date": "date",
                "Lesion no": "lesion_id",
                "Longest diameter (cm)": "size_mm",
                "Viable diameter (cm)": "viable_mm",
                "Target": "target",
                "Reader": "reader",
            },
        ),
        (
            CHINESE,
            {
                "病案号": "patient_id",
                "检查日期": "date",
                "病灶编号": "lesion_id",
                "长径(cm)": "size_mm",
                "短径(cm)": "perpendicular_mm",
                "存活长径(cm)": "viable_mm",
                "靶病灶": "target",
                "阅片者": "reader",
            },
        ),
        (
            WIDE,
            {"ID": "patient_id", "CT date": "date", "L{n} size (mm)": "size_mm", "L{n} viable (mm)": "viable_mm"},
        ),
        (
            WIDE_CHINESE,
            {"病历号": "patient_id", "影像日期": "date", "病灶{n}长径": "size_mm", "病灶{n}存活率": "viable_percent"},
        ),
    ],
)
def test_a_sheet_of_lesions_is_found_beside_the_cohort(tmp_path, rows, columns):
    file = workbook(tmp_path / "c.xlsx", ("lesions of all", rows), ("cohort", COHORT))
    mapping = draft_map(file, TACE).mapping
    assert (mapping.sheet, mapping.rows, mapping.scans) == ("cohort", "patients", None)
    assert mapping.lesions.sheet == "lesions of all"
    assert dict(mapping.lesions.columns) == columns


def test_one_row_a_lesion_is_read_with_its_units_and_what_is_wrong_with_it(tmp_path):
    said, mapping, courses = drafted(tmp_path, LONG)
    assert sentences(courses)[0] == (
        "courses, one row a patient: 2 patients, 5 sessions (numbered up to 3), 2 lesions of 2 patients at 6 scans."
    )
    assert "Sheet lesions of all: lesions, one row a lesion and scan; 7 headers placed:" in said
    assert "Not placed, and kept as they are: Segment (lesions of all)" in said
    assert 'Not read: Viable diameter (cm) "none left"' in said
    assert dict(mapping.units) == {"size_mm": "cm", "viable_mm": "cm"}
    lesions = courses.lesions
    assert lesions["size_mm"].tolist() == [50, 50, 50, 30, 30, 30]
    assert lesions["viable_mm"].dropna().tolist() == [50, 40, 35, 30, 10]
    assert [str(p.where) for p in courses.problems.faults] == ["c.xlsx, lesions of all!E7"]
    # 4 of 5 is 20 percent less, 3.5 is 30 percent less; 1 of 3 is a response
    assert courses.sessions["target_response"].tolist()[:4] == ["SD", "PR", None, "PR"]
    shares = score(courses, "easl-two-rounds").to_dicts()
    assert [row["verdict"] for row in shares] == ["met", "not_met"]


def test_chinese_headers_are_read_as_english_ones(tmp_path):
    _, _, courses = drafted(tmp_path, CHINESE)
    assert courses.lesions[["size_mm", "perpendicular_mm", "viable_mm"]].to_numpy().tolist() == [
        [50, 40, 50],
        [50, 40, 40],
        [50, 40, 35],
    ]
    assert courses.lesions["lesion_id"].tolist() == ["甲"] * 3
    assert courses.sessions["target_response"].tolist()[:2] == ["SD", "PR"]


def test_lesions_side_by_side_are_numbered(tmp_path):
    said, _, courses = drafted(tmp_path, WIDE)
    assert "lesions, one row a scan, {n} the lesion's number; 4 headers placed:" in said
    assert courses.lesions["lesion_id"].tolist() == ["1", "2", "1", "2", "1"]
    assert courses.lesions["viable_mm"].tolist() == [50, 20, 40, 0, 35]
    assert not courses.problems.faults
    assert courses.sessions["target_response"].tolist()[:2] == ["PR", None]  # lesion 2 was not measured again


def test_shares_by_lesion_follow_each_lesion(tmp_path):
    _, _, courses = drafted(tmp_path, WIDE_CHINESE)
    verdicts = {
        scope: score(courses, "easl-two-rounds", readings={"lesion_scope": scope}).to_dicts()[0]["verdict"]
        for scope in ("same_lesion", "any_lesion", "all")
    }
    assert verdicts == {"same_lesion": "met", "any_lesion": "met", "all": "unknown"}  # nothing of the third session


def test_a_map_of_lesions_by_hand_must_say_whose_and_which(tmp_path):
    file = workbook(tmp_path / "c.xlsx", ("cohort", COHORT), ("les", LONG))
    columns = {"ID": "patient_id", "TACE{n}_date": "session_date"}
    part = {"columns": columns, "lesions": {"sheet": "les", "columns": {"Patient": "patient_id", "size": "size_mm"}}}
    with pytest.raises(ConsensusError) as caught:
        read_courses(file, TACE, mapping=course_map(tmp_path / "study.toml", part))
    assert str(caught.value).splitlines() == [
        "c.xlsx, les: no header is mapped onto date. Expected one in [courses.lesions.columns]. "
        "The map names one of: size, which the sheet doesn't have.",
        "c.xlsx, les: no header is mapped onto lesion_id. Expected one in [courses.lesions.columns]. "
        "The map names one of: size, which the sheet doesn't have.",
    ]
    with pytest.raises(ConsensusError, match=r'colums is not a key of \[courses.lesions\].*Did you mean "columns"'):
        course_map(tmp_path / "study.toml", part | {"lesions": {"sheet": "les", "colums": {}}})


def test_a_file_of_lesions_alone_is_no_cohort(tmp_path):
    with pytest.raises(ConsensusError, match="no sheet has columns that are known by name"):
        draft_map(workbook(tmp_path / "c.xlsx", ("les", WIDE_CHINESE)), TACE)
