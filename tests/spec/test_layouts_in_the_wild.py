"""Layouts that platforms and people make of the same answers: titles above, two rows of headers, codes beside texts."""

import openpyxl
import pytest

from questionnaires import read_responses
from reports.checking import check

NUMBERED = """\
,StartDate,EndDate,q0001,q0004_0001,q0004_0002,q0004_0006,q0014,weight
1,5/10/18 4:01,5/31/18 4:06,Very,Not selected,Pop culture,Not selected,NA,1.714025972
2,5/10/18 6:30,5/31/18 6:53,Very,Father figure,Not selected,Not selected,A lot,1.247120116
3,5/10/18 7:02,5/31/18 7:09,Hardly,Father figure,Pop culture,Other (please specify),Some,0.515746057
4,5/10/18 7:27,5/31/18 7:31,Hardly,Not selected,Pop culture,Not selected,NA,0.600640079
"""
CODE_AND_TEXT = """\
"id. Response ID","submitdate. Date submitted","lastpage. Last page","startlanguage. Start language",\
"A1. Failure?","A2[SQ001]. Which? [New lesions]","A2[SQ002]. Which? [Markers]","A2[other]. Which? [Other]"
"1","2024-05-01 10:00:00","3","en","Yes","Yes","No",""
"2","","1","en","No","","",""
"3","2024-05-01 11:00:00","3","en","Yes","No","Yes","my own"
"""
LEGACY = """\
V1,V2,V3,V7,V8,V9,V10,Q1,Q2,LocationLatitude,
ResponseID,ResponseSet,Name,Status,StartDate,EndDate,Finished,A choice.,A text.,LocationLatitude,
R_1,Default,Anonymous,0,2017-07-18 08:28:09,2017-07-18 08:28:48,1,2,Hello,47.1,
"""
TITLED = "Survey of 2026,,\n,,\nid,Is it failure?,Years\n1,yes,3\n2,no,5\n3,yes,3\n4,no,5\n"
ONE_BOX = """\
participant_id,intake_timestamp,has_it,consent___1,intake_complete
1,2018-03-06 15:52:43,1,1,2
2,2018-03-06 15:53:15,0,0,0
"""


@pytest.fixture
def read(tmp_path):
    def reader(text):
        path = tmp_path / "export.csv"
        path.write_text(text, encoding="utf-8")
        return read_responses(path)

    return reader


def test_numbered_columns_are_options_that_their_cells_name(read):
    found = read(NUMBERED)
    assert found.dialect == "surveymonkey"
    question = found.instrument.question("q0004")
    labels = {c.name: str(c.label) for c in question.choices}
    assert labels == {"0001": "Father figure", "0002": "Pop culture", "0006": "Other (please specify)"}
    assert list(found.values["q0004"]) == [("0002",), ("0001",), ("0001", "0002", "0006"), ("0002",)]
    assert list(found.kinds["q0014"]) == ["unknown", "answered", "answered", "unknown"]
    assert str(found.records["submitted"].max()) == "2018-05-31 07:31:00"


def test_codes_and_texts_in_one_header_are_told_apart(read):
    found = read(CODE_AND_TEXT)
    assert (found.dialect, [q.name for q in found.instrument.questions]) == ("limesurvey", ["A1", "A2", "A2_other"])
    assert str(found.instrument.question("A2").label) == "Which?"
    assert [str(c.label) for c in found.instrument.question("A2").choices] == ["New lesions", "Markers", "Other"]
    assert list(found.values["A2"]) == [("SQ001",), None, ("SQ002", "other")]
    assert list(found.records["completed"]) == [True, False, True]


def test_the_older_export_of_qualtrics(read):
    found = read(LEGACY)
    assert (found.dialect, [q.name for q in found.instrument.questions]) == ("qualtrics", ["Q1", "Q2"])
    assert found.accounting.withheld == 2


def test_a_title_above_the_headers_is_no_header(read):
    found = read(TITLED)
    assert ([q.name for q in found.instrument.questions], len(found.values)) == (["Is_it_failure", "Years"], 4)
    assert found.accounting.headers == 4
    assert list(found.records["address"]) == ["4", "5", "6", "7"]
    assert [p.got for p in found.problems] == ['"Survey of 2026" stands above the headers and is taken for a title']


def test_one_box_alone_is_a_question_with_one_option(read):
    found = read(ONE_BOX)
    assert found.dialect == "redcap"
    assert list(found.values["consent"]) == [("1",), None]
    assert list(found.kinds["consent"]) == ["answered", "not_reached"]


def test_merged_headers_hold_for_the_columns_below_them(tmp_path):
    book = openpyxl.Workbook()
    for row in (
        ["id", "Preferred treatment", None, None, "Comment"],
        [None, "TACE", "Ablation", "Other", None],
        [1, "TACE", None, None, "a"],
        [2, None, "Ablation", "surgery", "b"],
    ):
        book.active.append(row)
    book.active.merge_cells("B1:D1")
    book.save(tmp_path / "merged.xlsx")
    found = read_responses(tmp_path / "merged.xlsx")
    treatment = found.instrument.questions[0]
    assert (len(found.values), [c.name for c in treatment.choices]) == (2, ["TACE", "Ablation", "other"])
    assert list(found.values[treatment.name]) == [("TACE",), ("Ablation", "other")]
    assert list(found.values[f"{treatment.name}_other"]) == [None, "surgery"]


def test_two_columns_with_one_header_are_two_questions(read):
    found = read("id,rating,rating\n1,7,5\n2,8,8\n3,7,7\n")
    assert list(found.values["rating"]) == ["7", "8", "7"]
    assert list(found.values["rating_2"]) == ["5", "8", "7"]
    assert found.accounting.answers == 6


def test_columns_without_any_answer_are_told_in_one_line(tmp_path):
    (tmp_path / "e.csv").write_text("id,a,b,c\n1,yes,,\n2,no,,\n3,yes,,\n4,no,,\n", encoding="utf-8")
    (tmp_path / "i.csv").write_text(
        "field_name,form_name,field_type,field_label,select_choices_or_calculations\n"
        'id,f,text,ID,\na,f,radio,A,"yes, Yes | no, No"\n',
        encoding="utf-8",
    )
    found = check(str(tmp_path / "e.csv"), instrument=str(tmp_path / "i.csv"))
    assert [p.got for p in found.problems] == ['no question, and nothing below the header: 2 columns ("b", "c")']


def test_repeats_inside_of_repeats_lead_to_their_respondent(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Villages"
    for row in (["name", "_index"], ["A", 1], ["B", 2]):
        book.active.append(row)
    houses = book.create_sheet("houses")
    header = ["_index", "_parent_table_name", "_parent_index"]
    for row in (
        ["roof", *header],
        ["tin", 1, "Villages", 2],
        ["straw", 2, "Villages", 1],
    ):
        houses.append(row)
    people = book.create_sheet("people of the houses with a ...")
    for row in (
        ["age", *header],
        [40, 1, "houses", 1], [50, 2, "houses", 2], [60, 3, "houses", 1],
    ):  # fmt: skip
        people.append(row)
    book.save(tmp_path / "kobo.xlsx")
    found = read_responses(tmp_path / "kobo.xlsx")
    assert found.dialect == "kobo"
    assert [list(part.records["respondent_id"]) for part in (found, *found.repeats)] == [
        ["2", "3"], ["3", "2"], ["3", "2", "3"],
    ]  # fmt: skip
    assert found.accounting.cells == 4 + 2 + 4 + 8 + 4 + 12


def test_split_options_of_qualtrics_are_named_by_their_cells(read):
    header = "StartDate,EndDate,Status,Finished,RecordedDate,ResponseId,Q1,Q3_1,Q3_2,Q4_1,Q4_2\n"
    row = "2024-05-01 10:00:00,2024-05-01 10:05:00,IP Address,True,2024-05-01 10:05:01,R_{n},{q1},{a},{b},Agree,Agree\n"
    found = read(header + row.format(n=1, q1="Yes", a="TACE", b="") + row.format(n=2, q1="No", a="TACE", b="Ablation"))
    assert found.dialect == "qualtrics"
    asked = {q.name: (q.type, [str(c.label) for c in q.choices]) for q in found.instrument.questions}
    assert asked["Q1"] == ("select_one", ["Yes", "No"])
    assert asked["Q3"] == ("select_multiple", ["TACE", "Ablation"])
    assert asked["Q4_1"] == asked["Q4_2"] == ("select_one", ["Agree"])
    assert list(found.values["Q3"]) == [("1",), ("1", "2")]
