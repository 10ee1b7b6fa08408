"""Instrument workbooks as they come: expressions, columns that break the fielded form, real forms, hostile files."""

from pathlib import Path

import pytest
from spec.test_instruments import lines, read

from questionnaires.problems import ConsensusError
from questionnaires.xlsform import read_instrument, write_instrument

EXPORTS = Path(__file__).parents[3] / "shared" / "data" / "exports"


def test_expressions_that_cannot_be_read_have_their_cell(tmp_path):
    instrument = read(
        tmp_path,
        [
            ("type", "name", "label", "relevant", "constraint", "calculation"),
            ("integer", "age", "Age", None, ". >= 18 and . <= 120", None),
            ("text", "a", "A", "${age} >", None, None),
            ("text", "b", "B", None, "regex(., '[a-z]+')", None),
            ("calculate", "c", None, None, None, "today() - ${age}"),
            ("text", "d", "D", "selectd(${age}, '1')", None, None),
            ("text", "e", "E", "../age = 1", None, None),
        ],
    )
    assert [(p.severity, p.where, p.question) for p in instrument.problems] == [
        ("fault", "mine.xlsx, survey!D3", "a"),
        ("note", "mine.xlsx, survey!E4", "b"),
        ("note", "mine.xlsx, survey!F5", "c"),
        ("fault", "mine.xlsx, survey!D6", "d"),
        ("note", "mine.xlsx, survey!D7", "e"),
    ]
    assert "uses regex(), which is not evaluated here" in lines(instrument)[1]
    assert "character 1 on" in lines(instrument)[3]


def test_the_condition_of_groups_applies_inside(tmp_path):
    instrument = read(
        tmp_path,
        [
            ("type", "name", "label", "relevant"),
            ("integer", "age", "Age", None),
            ("begin_group", "outer", "Outer", "${age} > 1"),
            ("begin_group", "inner", "Inner", None),
            ("integer", "x", "X", None),
            ("integer", "y", "Y", "${x} = 2 or ${x} = 3"),
        ]
        + [("end_group", None, None, None)] * 2,
    )
    asked = {q.name: instrument.asked_if(q) for q in instrument.questions}
    assert asked == {"age": None, "x": "${age} > 1", "y": "(${age} > 1) and (${x} = 2 or ${x} = 3)"}


def test_columns_that_break_the_fielded_form_are_told(tmp_path):
    instrument = read(
        tmp_path,
        [("type", "name", "label", "bind", "relevant", "relevance", "disabled"), ("text", "a", "A", *[None] * 4)],
        [("list_name", "name", "label", "1score", "my note", "media", "认可", "value")],
    )
    assert [(p.severity, p.where.rsplit("!", 1)[1]) for p in instrument.problems] == [
        ("fault", "D1"),
        ("fault", "F1"),
        ("warning", "G1"),
        ("fault", "D1"),
        ("warning", "E1"),
        ("fault", "F1"),
        ("fault", "H1"),
    ]


def test_texts_without_a_language_are_told_once_a_column(tmp_path):
    instrument = read(
        tmp_path,
        [
            ("type", "name", "label::English (en)", "label : : 中文 (zh)"),
            ("text", "a", "A", "甲"),
            ("text", "b", "B", None),
            ("text", "c", "C", None),
        ],
    )
    assert lines(instrument) == [
        "mine.xlsx, survey!D3: the label has no text in 中文 (zh), though it has one in another language "
        "(2 such cells in this column)."
    ]


def test_or_other_gets_a_list_of_its_own(tmp_path):
    instrument = read(
        tmp_path,
        [
            ("type", "name", "label::中文 (zh)", "required"),
            ("select_multiple drug or_other", "a", "用药", "${b} = 'x'"),
            ("select_one drug", "b", "首选", None),
        ],
        [("list_name", "name", "label::中文 (zh)"), ("drug", "x", "甲")],
    )
    assert [(q.name, q.list_name, [c.name for c in q.choices]) for q in instrument.questions] == [
        ("a", "drug_or_other", ["x", "other"]),
        ("a_other", None, []),
        ("b", "drug", ["x"]),
    ]
    assert instrument.question("a").choice("other").label.text("zh") == "其他"
    assert instrument.question("a").further == (("required", "${b} = 'x'"),)
    assert read_instrument(write_instrument(instrument, tmp_path / "again.xlsx")) == instrument


def test_a_header_below_a_blank_row_and_a_wide_sheet(tmp_path):
    instrument = read(
        tmp_path,
        [(None,), (None,), ("type", "name ", "Label::English (en)"), (None,), ("integer", "a", "A")],
    )
    assert lines(instrument) == []
    assert [(q.name, str(q.label)) for q in instrument.questions] == [("a", "A")]


@pytest.mark.parametrize(
    ("file", "questions", "languages", "faults"),
    [
        ("I8n_label_choices.xls", 7, ("default", "en", "fr"), 0),
        ("I8n_label_lang.xls", 7, ("default", "en", "fr"), 0),
        ("I8n_lang_choicefilter.xlsx", 10, ("default", "en", "fr"), 0),
        ("I8n_no_lang.xls", 41, ("default",), 0),
        ("blank_second_row.xls", 1, ("default",), 0),
        ("duplicate_columns.xlsx", 46, ("default", "chinese"), 2),
        ("kobo-library-locking-example.xlsx", 2, ("default",), 0),
        ("tace_probe_with_extra_columns.xlsx", 11, ("en", "zh", "default"), 3),
        ("xl_date_ambiguous.xlsx", 4, ("English",), 0),
    ],
)
def test_real_forms(file, questions, languages, faults):
    path = EXPORTS / "xlsform" / file
    if not path.is_file():
        pytest.skip("the shared data are not here")
    instrument = read_instrument(path)
    assert (len(instrument.questions), instrument.languages) == (questions, languages)
    assert len(instrument.problems.faults) == faults


def test_a_workbook_cut_off_is_refused(tmp_path):
    whole = write_instrument(read_instrument("cci-2020"), tmp_path / "whole.xlsx").read_bytes()
    (tmp_path / "cut.xlsx").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ConsensusError, match="damaged or was cut off"):
        read_instrument(tmp_path / "cut.xlsx")
