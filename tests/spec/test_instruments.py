"""Instruments from workbooks: what is read, every fault with its cell, and the bundled ones."""

import csv
import io
import warnings
from pathlib import Path

import pytest
from openpyxl import Workbook

from questionnaires import published
from questionnaires.codebook import codebook
from questionnaires.instrument import Labels
from questionnaires.library import FOLDER, entries, entry
from questionnaires.problems import ConsensusError
from questionnaires.published import read_published
from questionnaires.xlsform import read_instrument, write_instrument

STORIES = Path(__file__).parents[1] / "stories"
BUNDLED = [one.id for one in entries()]


def workbook(path, **sheets):
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def read(tmp_path, survey, choices=(("list_name", "name", "label"),), **sheets):
    return read_instrument(workbook(tmp_path / "mine.xlsx", survey=survey, choices=choices, **sheets))


def lines(instrument):
    return [str(problem) for problem in instrument.problems]


@pytest.mark.parametrize("name", BUNDLED)
def test_bundled_instruments_have_no_fault_and_are_held_to_the_index(name):
    instrument = read_instrument(name)
    assert lines(instrument) == []
    assert (instrument.id, instrument.title, instrument.condition) == (name, entry(name).title, entry(name).condition)
    assert instrument.languages == ("en", "zh")
    for question in instrument.questions:
        assert question.label.languages == ("en", "zh")
        assert all(choice.label.languages == ("en", "zh") for choice in question.choices)


@pytest.mark.parametrize("name", BUNDLED)
def test_codebook_is_the_one_of_the_workbook(name):
    assert entry(name).codebook.read_text(encoding="utf-8") == codebook(read_instrument(name))


@pytest.mark.parametrize("name", BUNDLED)
def test_bundled_instruments_can_be_fielded(name):
    pyxform = pytest.importorskip("pyxform.xls2xform")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        converted = pyxform.convert(entry(name).instrument)
    assert converted.warnings == []


@pytest.mark.parametrize("name", BUNDLED)
def test_what_is_written_is_read_back_equal(name, tmp_path):
    instrument = read_instrument(name)
    for fielding in (False, True):
        assert read_instrument(write_instrument(instrument, tmp_path / "again.xlsx", fielding=fielding)) == instrument


def test_the_fielded_form_shows_no_coding(tmp_path):
    from openpyxl import load_workbook

    book = load_workbook(write_instrument(read_instrument("cci-2020"), tmp_path / "f.xlsx", fielding=True))
    assert [cell.value for cell in book["choices"][1]] == [
        "list_name",
        "name",
        "label::English (en)",
        "label::中文 (zh)",
    ]
    assert "coding" in book.sheetnames


def test_cci_2020_has_the_published_items():
    instrument = read_instrument("cci-2020")
    assert [q.name for q in instrument.questions] == [
        "cn_concept",
        "cn_subseq",
        "cn_redefine",
        "cn_intent",
        "cn_variation",
        "cn_first",
        "cn_pvtt",
        "cn_ehs",
        "cn_newlesion",
        "cn_newlesion_rx",
        "cn_repeat_ok",
        "cn_limit",
        "cn_improve",
    ]
    assert all(q.reconstructed for q in instrument.questions)
    routed = {q.name: q.relevant for q in instrument.questions if q.relevant}
    assert routed == {"cn_subseq": "${cn_concept} = 'yes'", "cn_newlesion_rx": "${cn_newlesion} = 'no'"}
    votes = {
        q.criterion: (q.evidence, {c.name: q.endorsement(c) for c in q.choices})
        for q in instrument.questions_of("criterion")
    }
    assert votes == {
        "new_lesions": ("vote", {"yes": 1, "equivocal": 0.5, "no": 0}),
        "vascular_invasion": ("bound", {"continue": 0, "other": 1}),
        "extrahepatic_spread": ("bound", {"continue": 0, "other": 1}),
        "insufficient_response_3": ("proxy", {"3": 1, "other": 0}),
    }


def test_printed_counts_equal_the_shared_ones():
    shared = Path(__file__).parents[3] / "shared" / "data" / "published" / "tace_surveys.csv"
    if not shared.is_file():
        pytest.skip("the shared data are not here")
    with shared.open(encoding="utf-8-sig", newline="") as file:
        theirs = {(r["question"], r["option"], r["k"], r["n"], r["published_pct"]) for r in csv.DictReader(file)}
    ours = {
        (row.question, row.option, str(row.count), str(row.base), str(row.printed_percent or ""))
        for name in BUNDLED
        if entry(name).published is not None
        for row in read_published(name).rows
        if row.count is not None and row.base is not None
    }
    assert ours == theirs


def test_discrepancies_are_notes():
    notes = {row.question: row.note for row in read_published("cci-2020").rows}
    assert "199" in notes["cn_concept"]
    assert "not a sample of all clinicians who treat HCC" in notes["response"]
    assert "segmental" in notes["cn_pvtt"]


def test_synthetic_answers_are_made_by_their_script():
    import importlib.util

    from openpyxl import load_workbook

    path = Path(__file__).parents[2] / "tools" / "make_synthetic_answers.py"
    spec = importlib.util.spec_from_file_location("make_synthetic_answers", path)
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    bundled, again = load_workbook(entry("cci-2020").answers), made.answers_workbook()
    assert bundled.sheetnames == again.sheetnames
    assert all("SYNTHETIC" in name for name in bundled.sheetnames)
    for name in bundled.sheetnames:
        rows = [[list(row) for row in book[name].iter_rows(values_only=True)] for book in (bundled, again)]
        assert rows[0] == rows[1]
    people = list(bundled.worksheets[0].iter_rows(min_row=2, values_only=True))
    assert (len(people), len({person[1] for person in people})) == (257, 184)


@pytest.mark.parametrize(
    ("story", "questions", "criteria", "languages"),
    [
        ("1-second-survey/instrument.xlsx", 19, 5, ("en", "zh")),
        ("2-delphi/1-before/instrument.xlsx", 29, 0, ("en",)),
        ("4-stranger/toy/instrument.xlsx", 9, 4, ("en", "zh")),
    ],
)
def test_instruments_of_the_stories(story, questions, criteria, languages, tmp_path):
    instrument = read_instrument(STORIES / story)
    assert lines(instrument) == []
    assert (len(instrument.questions), len(instrument.criteria), instrument.languages) == (
        questions,
        criteria,
        languages,
    )
    assert read_instrument(write_instrument(instrument, tmp_path / "again.xlsx")) == instrument


def test_groups_ranges_and_other_texts(tmp_path):
    instrument = read(
        tmp_path,
        [
            ("type", "name", "label::English (en)", "relevant", "parameters", "appearance"),
            ("begin_group", "outer", "Outer", "${age} > 1", None, "field-list"),
            ("begin group", "inner", None, None, None, None),
            ("integer", "age", "Age", None, None, None),
            ("end group", None, None, None, None, None),
            ("range", "rating", "Rating", None, "start=1 end=9 step=1", None),
            ("end_group", None, None, None, None, None),
            ("select one yn or_other", "again", "Again?", "selected(${age}, '1')", None, "minimal"),
        ],
        [("list_name", "name", "label::English (en)", "region"), ("yn", 1, "Yes", "north"), ("yn", 0.0, "No", None)],
    )
    assert lines(instrument) == []
    assert [(q.name, q.type, q.groups) for q in instrument.questions] == [
        ("age", "integer", ("outer", "inner")),
        ("rating", "range", ("outer",)),
        ("again", "select_one", ()),
        ("again_other", "text", ()),
    ]
    again = instrument.question("again")
    assert [(c.name, c.label.text("en"), c.further) for c in again.choices] == [
        ("1", "Yes", (("region", "north"),)),
        ("0", "No", ()),
        ("other", "Other", ()),
    ]
    assert again.further == (("appearance", "minimal"),)
    assert instrument.group("outer").relevant == "${age} > 1"
    assert instrument.group("outer").label == Labels((("en", "Outer"),))
    assert read_instrument(write_instrument(instrument, tmp_path / "again.xlsx")) == instrument


def test_each_fault_has_its_cell(tmp_path):
    instrument = read(
        tmp_path,
        [
            ("type", "name", "label", "role", "criterion", "direction", "relevant", "type"),
            ("select_one yesno", "a", "A?", "criterion", "new_lesion", "against", None, None),
            ("slect_one yn", "b", "B?", "opinon", None, None, "${aa} = 'yes'", None),
            ("select_one yn", "A", "Again", None, None, None, None, None),
            ("select_multiple sp", "c d", "C?", None, None, None, None, None),
            (None, "e", "E?", None, None, None, None, None),
            ("integer", None, "F?", None, None, None, None, None),
            ("end_group", None, None, None, None, None, None, None),
            ("begin_group", "g", None, None, None, None, None, None),
        ],
        [
            ("list_name", "name", "label", "endorses", "score", "missing"),
            ("yn", "yes", "Yes", 2, "three", "dk"),
            ("yn", "yes", "Yes", None, None, None),
            ("sp", "two words", "x", None, None, None),
        ],
        criteria=[("name", "label", "times"), ("new_lesions", "New lesions", "often")],
        attention=[("question", "expected"), ("zz", "1")],
    )
    snapshot = Path(__file__).parents[1] / "snapshots" / "broken_instrument.txt"
    assert "\n".join(lines(instrument)) + "\n" == snapshot.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda folder: folder / "no.xlsx", "there is no such file"),
        (lambda folder: folder, "is a folder"),
        (lambda folder: workbook(folder / "x.xlsx", sheet1=[("a",)]), "has no sheet survey"),
        (lambda folder: workbook(folder / "x.xlsx", survey=[("type", "label")]), "has no column name"),
        (lambda folder: text_file(folder / "x.xlsx", "type,name"), "can't be read as a workbook"),
        (lambda folder: text_file(folder / "x.docx", "type,name"), "is not a workbook"),
    ],
)
def test_what_is_no_instrument_is_refused(make, said, tmp_path):
    with pytest.raises(ConsensusError, match=said):
        read_instrument(make(tmp_path))


def text_file(path, text):
    path.write_text(text)
    return path


def test_an_unknown_name_gets_the_nearest():
    with pytest.raises(ConsensusError, match='Did you mean "cci-2020"'):
        read_instrument("cci-2021")


def test_repeats_are_read_and_never_written(tmp_path):
    instrument = read(
        tmp_path,
        [("type", "name", "label"), ("begin_repeat", "r", None), ("text", "t", "T"), ("end_repeat", None, None)],
    )
    assert instrument.group("r").repeat
    with pytest.raises(ConsensusError, match='the repeat "r"'):
        write_instrument(instrument, tmp_path / "again.xlsx")


def test_faults_of_printed_counts(tmp_path):
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(published.COLUMNS)
    writer.writerow(["s", "cn_pvt", "continue", 3, 2, "answerd", "", "120", "", ""])
    writer.writerow(["s", "cn_pvtt", "contine", "x", 2, "answered", "", "", "", ""])
    path = text_file(tmp_path / "published.csv", text.getvalue())
    counts = read_published(path, "cci-2020")
    assert counts.rows == ()
    said = [str(p) for p in counts.problems]
    assert len(said) == 6
    assert said[0].startswith('published.csv, line 2: question "cn_pvt" is not in cci-2020.')
    assert 'Did you mean "continue"?' in said[4]


def test_folder_holds_nothing_else():
    there = {path.name for path in FOLDER.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert there == {name.replace("-", "_") for name in BUNDLED}
