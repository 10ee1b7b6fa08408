"""REDCap data dictionaries: what is read, what can't be said, and the real ones."""

from pathlib import Path

import pytest

from questionnaires import read_instrument
from questionnaires.problems import ConsensusError
from questionnaires.redcap import dictionary, read_dictionary, write_dictionary
from questionnaires.redcap.logic import from_redcap, to_redcap

DATA = Path(__file__).parents[3] / "shared" / "data"


@pytest.mark.parametrize(
    ("logic", "expression"),
    [
        ('[sex] = "0" and [given_birth] = "1"', '${sex} = "0" and ${given_birth} = "1"'),
        ("[no_op] <> '10'", "${no_op} != '10'"),
        ("[race(2)] = '1' OR [race(3)]='0'", "selected(${race}, '2') or not(selected(${race}, '3'))"),
        ("[race(2)] + [race(3)] > 1", "if(selected(${race}, '2'), 1, 0) + if(selected(${race}, '3'), 1, 0) > 1"),
        ("[word] = 'this or that <> x'", "${word} = 'this or that <> x'"),
        ("[a] / 2 > 1", "${a} div 2 > 1"),
        ("[event_1_arm_1][age] > 3", None),
        ("datediff([a], [b], 'd') > 3", None),
        ("[a] = ", None),
    ],
)
def test_branching_logic_becomes_an_expression(logic, expression):
    assert from_redcap(logic) == expression


@pytest.mark.parametrize(
    ("expression", "logic"),
    [
        ("${a} = 'yes' and ${b} != ''", "[a] = 'yes' and [b] <> ''"),
        ("selected(${box}, 'x')", "[box(x)] = '1'"),
        ("not(selected(${box}, 'x'))", "[box(x)] = '0'"),
        ("selected(${a}, 'x')", "[a] = 'x'"),
        ("count-selected(${box}) > 2", None),
        ("${box} = 'x'", None),
        ("not(${a} = 'x')", None),
    ],
)
def test_an_expression_becomes_branching_logic(expression, logic):
    assert to_redcap(expression, {"box"}) == logic


def test_faults_have_their_line(tmp_path):
    path = tmp_path / "bad.csv"
    header = "field_name,form_name,field_type,field_label,select_choices_or_calculations,branching_logic\n"
    rows = 'id,f,text,ID,,\na,f,raido,A,"1, Yes",\na,f,radio,A,,\nb,f,radio,B,,[e][x] = 1\nc,f,radio,C,"1, x | 1, y",\n'
    path.write_text(header + rows, encoding="utf-8")
    assert [str(p) for p in read_dictionary(path).problems] == [
        'bad.csv, line 3, Field Type: "raido" is not a type of field. Expected one of: radio, dropdown, yesno, '
        'truefalse, checkbox, text, notes, and 6 more. Did you mean "radio"?',
        'bad.csv, line 4, Variable / Field Name: "a" stands twice. Expected each name once.',
        "bad.csv, line 5, Choices, Calculations, OR Slider Labels: the field has no options. Expected options such as "
        "1, Yes | 2, No.",
        'bad.csv, line 5, Branching Logic (Show field only if...): "[e][x] = 1" is not evaluated here. Empty answers '
        "under it stay of unknown kind.",
        'bad.csv, line 6, Choices, Calculations, OR Slider Labels: the code "1" stands twice. Expected each code once.',
    ]


@pytest.mark.parametrize(
    ("file", "questions", "notes"),
    [
        ("exports/redcap/checkboxes-1.dictionary.csv", 4, 0),
        ("exports/redcap/longitudinal.dictionary.csv", 95, 0),
        ("exports/redcap/repeating-instruments.dictionary.csv", 11, 0),
        ("exports/redcap/simple.dictionary.csv", 16, 0),
        ("unisante_fast_track_delphi/dft2_metadata.csv", 88, 0),
        ("unisante_fast_track_delphi/dft3_metadata.csv", 98, 0),
    ],
)
def test_real_dictionaries_are_read_and_written_back(file, questions, notes, tmp_path):
    if not (DATA / file).is_file():
        pytest.skip("the shared data are not here")
    instrument = read_instrument(DATA / file)
    assert (len(instrument.questions), len(instrument.problems)) == (questions, notes)
    assert len(write_dictionary(instrument, tmp_path / Path(file).name)) == 0
    assert read_instrument(tmp_path / Path(file).name) == instrument


def test_the_bundled_survey_as_a_dictionary():
    rows, by_hand = dictionary(read_instrument("cci-2020"), language="en")
    assert len(by_hand) == 0
    assert [row["field_name"] for row in rows][:2] == ["record_id", "cn_concept"]
    routed = {row["field_name"]: row["branching_logic"] for row in rows if row.get("branching_logic")}
    assert routed == {"cn_subseq": "[cn_concept] = 'yes'", "cn_newlesion_rx": "[cn_newlesion] = 'no'"}


@pytest.mark.parametrize("name", ["x.lss", "x.qsf", "x.xml"])
def test_formats_that_are_known_and_not_imported(name, tmp_path):
    (tmp_path / name).write_text("<document/>")
    with pytest.raises(ConsensusError, match="known and not imported"):
        read_instrument(tmp_path / name)


def test_a_csv_file_that_is_no_dictionary(tmp_path):
    (tmp_path / "x.csv").write_text("a,b\n1,2\n")
    with pytest.raises(ConsensusError, match="is not a REDCap data dictionary"):
        read_instrument(tmp_path / "x.csv")
