"""Rounds by workbooks: what is sent, and each accident on the way back caught with a line of its own."""

import json
import shutil
import time

import openpyxl
import pytest
from spec.panel_maker import make, run, sheet

from consensus.rounds.feedback import safe_groups
from questionnaires.xlsform import read_instrument


@pytest.fixture(scope="module")
def sent(tmp_path_factory):
    study, ids = make(tmp_path_factory.mktemp("panel") / "p")
    assert run("rounds", "send", study, "--round", 3).exit_code == 0
    return study, ids


@pytest.fixture(scope="module")
def filled(sent, tmp_path_factory):
    """The study with all its workbooks returned, each rating 8."""
    study = tmp_path_factory.mktemp("filled") / "p" / "study.toml"
    shutil.copytree(sent[0].parent, study.parent)
    back = study.parent / "rounds" / "3" / "returned"
    back.mkdir()
    for path in (study.parent / "rounds" / "3" / "sent").iterdir():
        book = openpyxl.load_workbook(path)
        for row in book["statements"].iter_rows(min_row=5):
            if not row[8].protection.locked:
                row[8].value = 8
        book.save(back / path.name)
    return study


@pytest.fixture
def panel(filled, tmp_path):
    """A copy of that study, for one accident."""
    study = tmp_path / "p" / "study.toml"
    shutil.copytree(filled.parent, study.parent)
    return study, study.parent / "rounds" / "3" / "returned"


def collected(study):
    return run("rounds", "collect", study, "--round", 3)


def test_what_a_workbook_shows(sent):
    study, ids = sent
    folder = study.parent / "rounds" / "3" / "sent"
    assert len(list(folder.iterdir())) == len(ids)
    book = openpyxl.load_workbook(folder / "SYN-005_round_3.xlsx")
    page = book["statements"]
    assert [page.cell(row=4, column=at).value for at in (1, 9)] == ["item", "YOUR RATING"]
    texts = [str(cell.value) for row in page.iter_rows() for cell in row if cell.value is not None]
    assert not [text for text in texts if "SYN-002" in text]  # names in comments are masked
    assert any("[panelist] and I" in text for text in texts)
    shown = {row[1].value for row in book["groups"].iter_rows(min_row=2)}
    assert "patients" not in shown
    assert page.protection.sheet
    locked = {page.cell(row=row, column=at).protection.locked for row in (5, 6, 7) for at in range(1, 9)}
    assert locked == {True}
    assert [page.cell(row=row, column=9).protection.locked for row in (5, 6, 7)] == [
        False,
        True,
        False,
    ]  # recused in s02
    assert {ws.title: ws.sheet_state for ws in book}["_meta"] == "hidden"


def test_the_round_as_one_form_for_platforms(sent):
    form = read_instrument(sent[0].parent / "rounds" / "3" / "form.xlsx")
    assert [q.name for q in form.questions] == [
        "panelist",
        *(f for at in (1, 2, 3) for f in (f"s0{at}", f"s0{at}_comment")),
    ]
    hint = str(form.question("s01").hint)
    assert "median" in hint
    assert "14 ratings" in hint
    assert "SYN-" not in hint


def test_groups_that_could_be_worked_out_are_left_out_too():
    assert safe_groups({"a": 12, "b": 8, "c": 7, "d": 4}) == ("a", "b")
    assert safe_groups({"a": 12, "b": 4, "c": 3}) == ("a",)
    assert safe_groups({"a": 12, "b": 8}) == ("a", "b")
    assert safe_groups({"a": 12, "b": 8}, hidden=2) == ("a",)
    assert safe_groups({"a": 4}) == ()


def test_all_come_back(panel):
    study, _ = panel
    done = collected(study)
    assert done.exit_code == 0
    assert "14 of 14 invited voters answered" in done.output
    assert run("rounds", "close", study, "--round", 3).exit_code == 0
    closed = json.loads((study.parent / "rounds" / "3" / "closed.json").read_text("utf-8"))
    assert {row["item"]: (row["n"], row["verdict"]) for row in closed["results"]} == {
        "s01": (14, "in"), "s02": (13, "in"), "s03": (14, "in"),
    }  # fmt: skip
    late = collected(study)
    assert late.exit_code == 3
    assert "is late" in late.output
    assert "is closed already" in run("rounds", "close", study, "--round", 3).output


def tampered_meta(back):
    path = back / "SYN-003_round_3.xlsx"
    book = openpyxl.load_workbook(path)
    for row in book["_meta"].iter_rows():
        if row[0].value == "panelist":
            row[1].value = "SYN-004"
    book.save(path)


def locked_cell(back):
    path = back / "SYN-003_round_3.xlsx"
    book = openpyxl.load_workbook(path)
    book["statements"]["B6"].value = "Another statement"
    book.save(path)


def renamed(back):
    (back / "SYN-003_round_3.xlsx").rename(back / "my answers.xlsx")


def missing(back):
    (back / "SYN-003_round_3.xlsx").unlink()


def twice_alike(back):
    shutil.copy(back / "SYN-003_round_3.xlsx", back / "SYN-003_round_3 (2).xlsx")


def twice_differently(back):
    book = openpyxl.load_workbook(back / "SYN-003_round_3.xlsx")
    book["statements"]["I5"].value = 2
    book.save(back / "SYN-003_round_3 (2).xlsx")


def someone_elses_file(back):
    sheet(back / "SYN-003_round_3.xlsx", "Sheet1", [["hello"]])


def broken(back):
    (back / "SYN-003_round_3.xlsx").write_bytes(b"PK not a workbook")


def no_option(back):
    path = back / "SYN-003_round_3.xlsx"
    book = openpyxl.load_workbook(path)
    book["statements"]["I5"].value = 12
    book.save(path)


def left_empty(back):
    path = back / "SYN-003_round_3.xlsx"
    book = openpyxl.load_workbook(path)
    for row in (5, 6, 7):
        book["statements"].cell(row=row, column=9).value = None
    book.save(path)


@pytest.mark.parametrize(
    ("accident", "said", "counted"),
    [
        (tampered_meta, ("SYN-003_round_3.xlsx", "signature that doesn't fit", "Not counted"), 13),
        (locked_cell, ("SYN-003 changed a locked cell", "statements!B6", "Another statement"), 14),
        (renamed, ("my answers.xlsx", "sent to SYN-003", "renamed"), 14),
        (missing, ("SYN-003: not returned",), 13),
        (twice_alike, ("SYN-003 returned the same answers twice", "(2).xlsx"), 14),
        (twice_differently, ("SYN-003 returned twice and differently (s01)", "(2).xlsx", "until one is deleted"), 13),
        (someone_elses_file, ("is no workbook that was sent", "Not counted"), 13),
        (broken, ("SYN-003_round_3.xlsx", "not counted"), 13),
        (no_option, ('"12" is no answer to s01', "I5"), 14),
        (left_empty, ("SYN-003 left every rating empty",), 13),
    ],
    ids=lambda part: getattr(part, "__name__", None),
)
def test_each_accident_has_its_line(panel, accident, said, counted):
    study, back = panel
    accident(back)
    (back / ".DS_Store").write_bytes(b"\0")
    (back / "~$SYN-001_round_3.xlsx").write_bytes(b"\7")
    done = collected(study)
    assert done.exit_code == 0, done.output
    line = next((line for line in done.output.splitlines() if said[0] in line), "")
    assert [part for part in said if part not in line] == []
    assert f"{counted} of 14 invited voters answered" in done.output
    assert ".DS_Store" not in done.output
    assert "~$" not in done.output


def test_without_the_key_no_signature_can_be_checked_and_that_is_said(panel):
    study, back = panel
    (study.parent / "rounds" / "key").unlink()
    tampered_meta(back)
    done = collected(study)
    assert "no signature can be checked" in done.output
    assert "SYN-004 returned the same answers twice" in done.output


def test_workbooks_of_another_round_do_not_count(panel):
    study, back = panel
    (study.parent / "rounds" / "1" / "closed.json").unlink()
    shutil.copytree(back, study.parent / "rounds" / "1" / "returned")
    done = run("rounds", "collect", study, "--round", 1)
    assert "is of round 3, not of round 1" in done.output
    assert "0 of 14" in done.output


def test_answers_changed_by_hand_are_noticed(panel):
    study, _ = panel
    assert collected(study).exit_code == 0
    path = study.parent / "rounds" / "3" / "answers.csv"
    path.write_text(path.read_text("utf-8-sig").replace(",8,", ",1,"), encoding="utf-8-sig")
    done = run("rounds", "close", study, "--round", 3)
    assert done.exit_code == 3
    assert "was changed since it was collected" in done.output


def test_nothing_is_sent_again_once_workbooks_came_back(panel):
    done = run("rounds", "send", panel[0], "--round", 3)
    assert done.exit_code == 3
    assert "came back already" in done.output


@pytest.mark.parametrize(
    ("number", "said"), [(2, "nothing is asked in round 2. It has the rounds 1, 3"), (9, "It has the rounds 1, 3")]
)
def test_rounds_that_are_not_there(panel, number, said):
    done = run("rounds", "send", panel[0], "--round", number)
    assert done.exit_code == 3
    assert said in done.output


def test_a_file_of_something_else_is_refused(panel):
    study, _ = panel
    done = run("rounds", "collect", study, "--round", 3, study.parent / "panel.xlsx")
    assert done.exit_code == 3
    assert "has none of the 3 questions of round 3" in done.output
    assert not (study.parent / "rounds" / "3" / "answers.csv").exists()


def test_a_report_needs_a_closed_round(panel, tmp_path):
    study, _ = panel
    (study.parent / "rounds" / "1" / "closed.json").unlink()
    done = run("report", study, "--out", tmp_path / "out")
    assert done.exit_code == 3
    assert "no round of its panel is closed yet" in done.output


def test_the_form_of_the_study_is_whole(panel):
    assert len(read_instrument(panel[0].parent / "form.xlsx").questions) == 7


@pytest.mark.slow
def test_257_workbooks_are_written_and_read_within_their_budget(tmp_path):
    study, ids = make(tmp_path / "p", people=257, statements=14)
    start = time.process_time()
    assert run("rounds", "send", study, "--round", 3).exit_code == 0
    assert time.process_time() - start < 15
    shutil.copytree(study.parent / "rounds" / "3" / "sent", study.parent / "rounds" / "3" / "returned")
    start = time.process_time()
    done = collected(study)
    assert time.process_time() - start < 2
    assert done.output.count("left every rating empty") == len(ids)
