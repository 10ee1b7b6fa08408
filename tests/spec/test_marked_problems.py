"""Forty faults: forty lines with their cells, and the cells marked in a copy of the sheet."""

import openpyxl
import pytest
from click.testing import CliRunner

from reports.cli import main

ANSWERS = ("agree", "disagree", "unsure")


def run(*arguments):
    return CliRunner().invoke(main, [str(a) for a in arguments])


@pytest.fixture
def folder(tmp_path):
    form = openpyxl.Workbook()
    form.active.title = "survey"
    for row in (["type", "name", "label"], ["text", "code", "Your code"], ["text", "mail", "E-mail"]):
        form.active.append(row)
    for n in range(8):
        form.active.append(["select_one view", f"q{n}", f"Question {n}?"])
    form.active["D1"], form.active["D2"] = "role", "respondent"
    choices = form.create_sheet("choices")
    for row in (["list_name", "name", "label"], *(["view", name, name.title()] for name in ANSWERS)):
        choices.append(row)
    form.save(tmp_path / "instrument.xlsx")
    book = openpyxl.Workbook()
    book.active.title = "Answers"
    book.active.append(["code", "mail", *(f"q{n}" for n in range(8))])
    for n in range(20):
        wrong = [("agre", "maybe")[n % 2] if m in (n % 8, (n + 3) % 8) else ANSWERS[m % 3] for m in range(8)]
        book.active.append([f"P{n}", f"p{n}@example.invalid", *wrong])
    book.save(tmp_path / "answers.xlsx")
    return tmp_path


def test_each_fault_has_its_line_and_its_marked_cell(folder):
    done = run(
        "check", folder / "answers.xlsx", "--instrument", folder / "instrument.xlsx", "--problems", folder / "p.xlsx"
    )
    assert done.exit_code == 0, done.output
    lines = [line for line in done.stderr.splitlines() if line.startswith("answers.xlsx, Answers!")]
    assert len(lines) == 40
    assert lines[0] == (
        'answers.xlsx, Answers!C2: "agre" is not an answer to q0. Expected one of: agree, disagree, unsure. '
        'Did you mean "agree"?'
    )
    assert "40 faults" in done.stderr
    book = openpyxl.load_workbook(folder / "p.xlsx")
    listed = [row for row in book["problems"].iter_rows(min_row=2, values_only=True) if row[5] == "fault"]
    assert len(listed) == 40
    sheet = book["Answers"]
    marked = {
        f"answers.xlsx, Answers!{c.coordinate}"
        for row in sheet.iter_rows()
        for c in row
        if c.fill.fgColor.rgb == "00F4B6B0"
    }
    assert marked == {row[0] for row in listed}
    assert sheet["C2"].value == "agre"
    assert "is not an answer to q0" in sheet["C2"].comment.text
    assert {c.value for c in sheet["B"][1:]} == {"(left out)"}
    assert "example.invalid" not in str([c for s in book for row in s.iter_rows(values_only=True) for c in row])


def test_a_fault_of_an_instrument_is_marked_in_its_sheet(folder):
    book = openpyxl.load_workbook(folder / "instrument.xlsx")
    book["survey"]["A5"] = "select_one none"
    book.save(folder / "instrument.xlsx")
    run("check", folder / "instrument.xlsx", "--problems", folder / "p.xlsx")
    copied = openpyxl.load_workbook(folder / "p.xlsx")
    assert copied.sheetnames == ["problems", "survey"]
    assert copied["survey"]["A5"].comment.text.startswith('the list "none" is not in choices')


def test_a_text_file_is_copied_too_and_no_text_becomes_a_formula(folder):
    (folder / "a.csv").write_text("code,q0,q1\nP1,=1+1,agree\nP2,agree,agree\n", encoding="utf-8")
    run("check", folder / "a.csv", "--instrument", folder / "instrument.xlsx", "--problems", folder / "p.xlsx")
    sheet = openpyxl.load_workbook(folder / "p.xlsx")["a"]
    assert (sheet["B2"].value, sheet["B2"].data_type) == ("=1+1", "s")
    assert sheet["B2"].fill.fgColor.rgb == "00F4B6B0"


def test_strict_refuses_and_still_writes_what_is_wrong(folder):
    done = run(
        "check", folder / "answers.xlsx", "--instrument", folder / "instrument.xlsx", "--strict", "--problems",
        folder / "p.xlsx",
    )  # fmt: skip
    assert done.exit_code == 3
    assert (folder / "p.xlsx").is_file()
