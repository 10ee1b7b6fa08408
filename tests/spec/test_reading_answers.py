"""Answers in a plain sheet: values, kinds and problems, from small tables."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from questionnaires import read_instrument, read_responses
from questionnaires.instrument import Choice, Instrument, Labels, Question
from questionnaires.problems import ConsensusError

STORIES = Path(__file__).parents[1] / "stories"


def labels(en, zh=None):
    return Labels((("en", en), ("zh", zh)) if zh else (("en", en),))


YES_NO = (
    Choice(name="yes", label=labels("Yes", "是"), endorses=1),
    Choice(name="unsure", label=labels("Not sure", "不确定"), endorses=0.5),
    Choice(name="no", label=labels("No", "否"), endorses=0),
    Choice(name="skip", label=labels("I'd rather not say"), missing="refused"),
)
THERAPIES = (
    Choice(name="tace", label=labels("TACE", "TACE")),
    Choice(name="ablation", label=labels("Ablation", "消融")),
    Choice(name="both", label=labels("TACE, then ablation", "TACE联合消融（先TACE，后消融）")),
    Choice(name="other", label=labels("Other", "其他")),
)
RANGES = (Choice(name="few", label=labels("1-3")), Choice(name="some", label=labels("4-6")))
INSTRUMENT = Instrument(
    id="small",
    title="Small",
    questions=(
        Question(name="code", type="text", label=labels("Your code"), role="respondent"),
        Question(name="lesions", type="select_one", label=labels("New lesions?", "新发病灶？"), choices=YES_NO),
        Question(name="rx", type="select_multiple", label=labels("Which treatments?"), choices=THERAPIES,
                 relevant="${lesions} = 'no'"),
        Question(name="rx_other", type="text", label=labels("Other: which?"), relevant="selected(${rx}, 'other')"),
        Question(name="years", type="integer", label=labels("Years"), constraint=". >= 0 and . <= 60"),
        Question(name="sessions", type="select_one", label=labels("How many sessions?"), choices=RANGES),
        Question(name="comment", type="text", label=labels("Comments"), role="free_text"),
    ),
)  # fmt: skip
HEADER = ["code", "lesions", "rx", "years", "sessions", "comment"]


def read(tmp_path, *rows, header=HEADER, **options):
    book = openpyxl.Workbook()
    for row in (header, *rows):
        book.active.append(list(row))
    book.save(tmp_path / "answers.xlsx")
    return read_responses(tmp_path / "answers.xlsx", INSTRUMENT, **options)


def one(tmp_path, **cells):
    """Return value and kind of each answer of one respondent, and what was told."""
    row = {"code": "R1", "lesions": "no", "rx": "tace", "years": 10, "sessions": "few", "comment": "fine"} | cells
    row["rx"] = row["rx"] if "rx" in cells or row["lesions"] == "no" else None
    found = read(tmp_path, [row[h] for h in HEADER])
    return found, [str(p) for p in found.problems if p.severity == "fault"]


@pytest.mark.parametrize(
    ("question", "cell", "value", "kind"),
    [
        ("lesions", "yes", "yes", "answered"),
        ("lesions", " YES ", "yes", "answered"),
        ("lesions", "Not\xa0sure", "unsure", "answered"),
        ("lesions", "不确定", "unsure", "answered"),
        ("lesions", "I’d rather not say", "skip", "refused"),
        ("lesions", None, None, "blank"),
        ("rx", "tace;ablation", ("tace", "ablation"), "answered"),
        ("rx", "ablation; tace;", ("tace", "ablation"), "answered"),
        ("rx", "tace ablation", ("tace", "ablation"), "answered"),
        ("rx", "TACE, TACE, then ablation", ("tace", "both"), "answered"),
        ("rx", "TACE, then ablation,Ablation", ("ablation", "both"), "answered"),
        ("rx", "消融┋TACE联合消融(先TACE,后消融)", ("ablation", "both"), "answered"),
        ("rx", "其他〖放疗；必要时〗", ("other",), "answered"),
        ("years", 12, 12, "answered"),
        ("years", "１２", 12, "answered"),
        ("years", "12.0", 12, "answered"),
        ("years", 0, 0, "answered"),
        ("comment", "N/A", "N/A", "answered"),
        ("comment", "None", "None", "answered"),
        ("comment", 3, "3", "answered"),
        ("comment", "  ", None, "blank"),
        ("comment", "ask a@b.example or 13800000000", "ask [e-mail] or [phone]", "answered"),
    ],
)
def test_a_cell_becomes_an_answer(tmp_path, question, cell, value, kind):
    found, faults = one(tmp_path, **{question: cell})
    assert (found.values[question][0], found.kinds[question][0]) == (value, kind)
    assert faults == []


@pytest.mark.parametrize(
    ("question", "cell", "kind", "said"),
    [
        ("lesions", "Yess", "invalid", 'answers.xlsx, Sheet!B2: "Yess" is not an answer to lesions. Expected one of: '
         'yes, unsure, no, skip. Did you mean "yes"?'),
        ("rx", "tace;radiotherapy", "invalid", 'answers.xlsx, Sheet!C2: "tace;radiotherapy" is not an answer to rx. '
         "Expected one of: tace, ablation, both, other."),
        ("years", "12年", "invalid", 'answers.xlsx, Sheet!D2: "12年" is not a number for years. Expected a whole '
         "number. If 12 is meant, set it in corrections.csv."),
        ("years", "十五", "invalid", 'answers.xlsx, Sheet!D2: "十五" is not a number for years. Expected a whole '
         "number."),
        ("years", 2.5, "invalid", 'answers.xlsx, Sheet!D2: "2.5" is not a number for years. Expected a whole number. '
         "If 2.5 is meant, set it in corrections.csv."),
        ("years", 61, "invalid", "answers.xlsx, Sheet!D2: 61 is out of range for years. Expected . >= 0 and . <= 60."),
        ("sessions", dt.datetime(2020, 3, 1), "lost", "answers.xlsx, Sheet!E2: a date, 2020-03-01, stands for "
         "sessions. Expected one of: few, some. A spreadsheet program may have made it of 1-3."),
    ],
)  # fmt: skip
def test_a_cell_that_is_no_answer_is_told_with_its_address(tmp_path, question, cell, kind, said):
    found, faults = one(tmp_path, **{question: cell})
    assert (found.values[question][0], found.kinds[question][0]) == (None, kind)
    assert faults == [said]


def test_an_answer_to_what_was_not_shown_is_not_counted_and_told(tmp_path):
    found, faults = one(tmp_path, lesions="yes", rx="tace")
    assert (found.values["rx"][0], found.kinds["rx"][0]) == (None, "not_shown")
    assert faults == ["answers.xlsx, Sheet!C2: rx was answered though it was not shown: tace. It is not counted."]


def test_the_text_behind_other_answers_its_own_question(tmp_path):
    found, _ = one(tmp_path, rx="TACE┋其他〖放疗┋必要时〗")
    assert found.values["rx"][0] == ("tace", "other")
    assert (found.values["rx_other"][0], found.kinds["rx_other"][0]) == ("放疗┋必要时", "answered")
    found, _ = one(tmp_path, rx="tace")
    assert found.kinds["rx_other"][0] == "not_shown"


def test_headers_may_be_labels_with_numbers_and_tags_in_any_language(tmp_path):
    header = [
        "1. Your code",
        "2、新发病灶？[单选题]",
        "Q3 Which treatments?",
        "*Years",
        "How many  sessions?",
        "Comments",
    ]
    found = read(tmp_path, ["R1", "是", None, 3, "1-3", "x"], header=header)
    assert list(found.values.loc[0].drop("code")) == ["yes", None, None, 3, "few", "x"]
    assert {p.how for p in found.matched.placements} == {"label"}


def test_a_header_that_is_nearly_a_label_is_taken_and_told(tmp_path):
    found = read(tmp_path, ["R1", "yes", None, 3, "4-6", "x"],
                 header=["code", "lesions", "rx", "years", "How many session?", "comment"])  # fmt: skip
    assert found.values["sessions"][0] == "some"
    assert [p.question for p in found.problems if "is nearly its text" in p.got] == ["sessions"]
    found = read(tmp_path, ["R1", "yes", None, 3, "many", "x"],
                 header=["code", "lesions", "rx", "years", "How many session?", "comment"])  # fmt: skip
    assert found.kinds["sessions"][0] == "unknown"


def test_the_last_words_of_a_header_may_name_a_question_which_is_told(tmp_path):
    row = ["R1", "yes", None, 3, "4-6", "x"]
    found = read(tmp_path, row, header=["code", "lesions", "rx", "Please tell us — Years", "sessions", "comment"])
    assert found.values["years"][0] == 3
    assert [p.where for p in found.problems] == ["answers.xlsx, Sheet!D1"]
    rivals = ["code", "lesions", "rx", "Please tell us — Years", "sessions", "In all — Years"]
    assert read(tmp_path, row, header=rivals).kinds["years"][0] == "unknown"


def test_questions_of_one_text_go_by_their_order_which_is_told(tmp_path):
    two = tuple(Question(name=f"why{n}", type="text", label=labels("Why?"), role="free_text") for n in (1, 2))
    book = openpyxl.Workbook()
    for cells in (["years", "Why?", "Why?2"], [3, "first", "second"]):
        book.active.append(cells)
    book.save(tmp_path / "answers.xlsx")
    asked = replace(INSTRUMENT, questions=(INSTRUMENT.question("years"), *two))
    found = read_responses(tmp_path / "answers.xlsx", asked)
    assert [found.values[q.name][0] for q in two] == ["first", "second"]
    assert [p.where.rpartition("!")[2] for p in found.problems] == ["B1", "C1"]


def test_a_header_that_matches_nothing_is_told_and_can_be_mapped(tmp_path):
    header = ["code", "New lesions mean?", "rx", "years", "sessions", "comment"]
    found = read(tmp_path, ["R1", "yes", None, 3, "4-6", "x"], header=header)
    said = [str(p) for p in found.problems if "New lesions mean?" in p.got or p.question == "lesions"]
    assert len(said) == 2
    assert said[0].startswith('answers.xlsx, Sheet!B1: the column "New lesions mean?" is no question of the instrument')
    assert said[1].startswith("answers.xlsx, Sheet: lesions has no column")
    found = read(tmp_path, ["R1", "yes", None, 3, "4-6", "x"], header=header, columns={"New lesions mean?": "lesions"})
    assert found.values["lesions"][0] == "yes"
    assert len(found.problems) == 0


def test_options_may_have_a_column_each(tmp_path):
    header = ["code", "lesions", "rx/tace", "rx/ablation", "rx/other", "years", "sessions", "comment"]
    found = read(
        tmp_path,
        ["R1", "no", 1, 0, 0, 5, "few", "x"],
        ["R2", "no", 0, 1, 1, 5, "few", "x"],
        ["R3", "yes", 0, 0, 0, 5, "few", "x"],
        ["R4", "no", None, None, None, 5, "few", "x"],
        header=header,
    )
    assert list(found.values["rx"]) == [("tace",), ("ablation", "other"), None, None]
    assert list(found.kinds["rx"]) == ["answered", "answered", "not_shown", "blank"]


def test_respondents_are_numbered_by_row_or_get_a_pseudonym(tmp_path):
    rows = (["syn09 ", "yes", None, 1, "few", ""], ["SYN10", "no", "tace", 1, "few", ""])
    plain = read(tmp_path, *rows)
    assert list(plain.values["code"]) == list(plain.records["respondent_id"]) == ["2", "3"]
    (tmp_path / "study.key").write_text("0123456789abcdef0123456789abcdef", encoding="ascii")
    keyed = read(tmp_path, *rows, key=tmp_path / "study.key")
    again = read(tmp_path, ["SYN09", "yes", None, 1, "few", ""], key=tmp_path / "study.key")
    assert keyed.values["code"][0] == again.values["code"][0] != keyed.values["code"][1]
    assert len(keyed.values["code"][0]) == 12
    assert "syn09" not in keyed.to_frame().to_csv().casefold()
    assert keyed.identifiers == ("syn09", "SYN10")


def test_personal_columns_are_left_out_and_counted(tmp_path):
    found = read(tmp_path, ["R1", "yes", None, 1, "few", "", "a@b.example", "192.0.2.1"],
                 header=[*HEADER, "E-mail address", "来自IP"])  # fmt: skip
    assert found.accounting.withheld == 2
    assert [p.got for p in found.problems] == [
        "left out as personal, with the number of cells: E-mail address (1), 来自IP (1)"
    ]
    assert "b.example" not in found.to_frame().to_csv() + found.beside.to_csv()


def test_cells_are_all_accounted_for(tmp_path):
    found = read(tmp_path, ["R1", "Yess", "tace", 1, "few", "x", "?", None, "under no header"],
                 header=[*HEADER, "note", "timestamp"])  # fmt: skip
    assert found.accounting.cells == 8 + 8
    assert found.accounting.answers == 5
    assert found.accounting.problems == 3


def test_an_expression_may_name_questions_and_columns_beside_them(tmp_path):
    found = read(tmp_path, ["R1", "yes", None, 1, "few", "", 100], ["R2", "no", None, 11, "few", "", 40],
                 header=[*HEADER, "Progress"])  # fmt: skip
    assert found.holding("${years} > 10") == [False, True]
    assert found.holding("${Progress} = 100") == [True, False]
    with pytest.raises(ConsensusError, match="progres is neither a question nor a column"):
        found.holding("${progres} = 100")


def test_a_file_of_another_kind_is_refused_with_the_known_dialects():
    instrument = read_instrument(STORIES / "4-stranger/toy/instrument.xlsx")
    with pytest.raises(
        ConsensusError, match=r"pollbox\.txt: no header matches the instrument.*Known dialects: .*plain"
    ):
        read_responses(STORIES / "4-stranger/dialect/pollbox.txt", instrument)
    with pytest.raises(ConsensusError, match='"redcpa" is not a dialect'):
        read_responses(STORIES / "4-stranger/toy/answers.csv", instrument, dialect="redcpa")


def test_the_toy_answers_of_the_stranger():
    found = read_responses(STORIES / "4-stranger/toy/answers.csv", STORIES / "4-stranger/toy/instrument.xlsx")
    assert len(found.to_frame()) == 40
    assert found.synthetic
    assert [(p.severity, p.where) for p in found.problems] == [("note", "answers.csv, J1")]
    assert found.kinds["p_courses"].value_counts().to_dict() == {"answered": 38, "not_shown": 2}
    assert sum("referral" in v for v in found.values["rx"] if v) == 17
    assert repr(found).startswith(
        "Responses('answers.csv', 40 records, 9 questions, 1 problems, SYNTHETIC; read as plain"
    )


def test_the_bundled_synthetic_answers():
    found = read_responses("cci-2020")
    assert (len(found.values), found.synthetic, found.dialect) == (257, True, "plain")
    assert found.kinds["cn_newlesion_rx"].value_counts().to_dict() == {"not_shown": 136, "answered": 121}
    assert found.problems.faults.items == ()
    with pytest.raises(ConsensusError, match="the library has no answers of single respondents"):
        read_responses("korea-2018")
