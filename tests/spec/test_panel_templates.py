"""`consensus new NAME --panel`: three files with an example each, refused until one's own stand in its place."""

import openpyxl
import pytest
from click.testing import CliRunner

from consensus.rounds.items import read_items
from consensus.rounds.panel import read_panel
from questionnaires import read_instrument
from questionnaires.problems import ConsensusError
from reports.cli import main


@pytest.fixture
def folder(tmp_path):
    found = CliRunner().invoke(main, ["new", str(tmp_path / "delphi"), "--panel"])
    assert found.exit_code == 0, found.output
    return tmp_path / "delphi"


def put(path, sheet, row, *cells):
    book = openpyxl.load_workbook(path)
    for at, value in enumerate(cells, start=1):
        book[sheet].cell(row, at).value = value
    book.save(path)


def check(folder):
    return CliRunner().invoke(main, ["check", str(folder / "study.toml")])


def test_the_examples_are_refused_one_after_the_other_and_then_the_study_is_whole(folder):
    for file, sheet, row, cells, said in (
        (
            "panel.xlsx",
            "panel",
            2,
            ("P1", "surgery", "yes", "yes"),
            "panel.xlsx, panel!A2: EXAMPLE-1 is the template's",
        ),
        (
            "items.xlsx",
            "items",
            2,
            ("S1", 1, "s01", "Two readers"),
            "items.xlsx, items!A2: EXAMPLE-1 is the template's",
        ),
        ("instrument.xlsx", "survey", 3, ("select_one rating9", "s01", "Two readers", "两名阅片者"), "s01 asks"),
    ):
        found = check(folder)
        assert found.exit_code == 3
        assert said in found.output
        put(folder / file, sheet, row, *cells)
    found = check(folder)
    assert found.exit_code == 0, found.output
    assert "A panel of 1 people in 1 groups." in found.output
    assert "Round 1: 1 invited voters, 1 items, not closed." in found.output


def test_the_form_is_one_that_can_be_asked(folder):
    form = read_instrument(folder / "instrument.xlsx")
    roles = {q.name: q.role for q in form.questions}
    assert roles == {"panelist": "respondent", "s01": "rating", "s01_comment": "free_text"}
    rating = form.question("s01")
    assert [c.score for c in rating.choices] == [*range(1, 10), None]
    assert rating.choices[-1].missing == "dont_know"
    assert {"en", "zh"} <= set(rating.label.languages)


def test_every_column_has_a_note_in_both_languages(folder):
    for file in ("panel.xlsx", "items.xlsx"):
        sheet = openpyxl.load_workbook(folder / file).worksheets[0]
        notes = [cell.comment.text for cell in sheet[1]]
        assert all(note.isascii() is False and len(note.splitlines()) == 2 for note in notes)


def test_examples_are_refused_by_their_readers(folder):
    with pytest.raises(ConsensusError, match="Expected panelists of your own there"):
        read_panel(folder / "panel.xlsx")
    with pytest.raises(ConsensusError, match="Expected statements of your own there"):
        read_items(folder / "items.xlsx")


def test_files_that_are_there_stay(folder):
    put(folder / "panel.xlsx", "panel", 2, "P1")
    found = CliRunner().invoke(main, ["new", str(folder), "--panel"])
    assert found.exit_code == 0
    assert "is there already and was left as it is" in found.output
    assert read_panel(folder / "panel.xlsx").people[0].id == "P1"


@pytest.mark.parametrize("other", [["--simulate", "5"], ["--from", "x.xlsx"]])
def test_a_panel_is_no_survey_of_one_round(tmp_path, other):
    found = CliRunner().invoke(main, ["new", str(tmp_path / "d"), "--panel", *other])
    assert found.exit_code == 2
    assert "one of them" in found.output


def test_a_cohort_of_ones_own_may_stand_beside(tmp_path):
    (tmp_path / "cohort.csv").write_text("patient_id,session_date\na,2021-01-04\n", encoding="utf-8")
    found = CliRunner().invoke(main, ["new", str(tmp_path / "d"), "--panel", "--courses", str(tmp_path / "cohort.csv")])
    assert found.exit_code == 0, found.output
    text = (tmp_path / "d" / "study.toml").read_text(encoding="utf-8")
    assert "[panel]" in text
    assert "[courses" in text
