"""Commands that were typed wrongly: each message says what to do next, and nothing is half done."""

import os

import pytest
from click.testing import CliRunner

from reports.cli import main

WRONG = [  # the arguments, the exit code, and the step that the message tells
    (("check", "answrs.csv"), 3, 'there is no such file. Did you mean "answers.csv"?'),
    (("check", "C:\\Users\\Li\\answers.xlsx"), 3, "A file dragged into the terminal window gives its whole name."),
    (("check", "my", "answers.csv"), 2, "A name with blanks in it stands in quotes."),
    (("check", "letter.txt"), 3, "is running text: one column, and no two rows say the same."),
    (("report", "letter.txt"), 3, "their cells separated by commas, semicolons or tabs."),
    (("new", "x", "--from", "letter.txt"), 3, "is running text"),
    (("check", "~$answers.xlsx"), 3, "only marks that answers.xlsx is open in another program. Expected answers.xlsx."),
    (("score", "~$answers.xlsx"), 3, "Expected answers.xlsx."),
    (("check", "folder"), 3, "consensus new mine --courses makes an empty workbook."),
    (("score", "books"), 3, f"Expected a file: {os.path.join('books', 'courses.xlsx')}."),
    (("score", "cci-2020"), 3, "It is a survey. Its report: consensus report cci-2020."),
    (("score", "zhang-2022"), 3, "It is a definition. Its text: consensus definitions show zhang-2022."),
    (("report", "jsh-lcsgj-2014"), 3, "Its text: consensus definitions show jsh-lcsgj-2014."),
    (("score", "nosuch.xlsx"), 3, "Expected a workbook, a folder, or the name of a condition."),
    (("score", "tace-failure", "--explain", "P999"), 3, 'there is no patient "P999". Expected one of: S001, '),
    (("score", "nowhere/courses.xlsx"), 3, "There is no folder nowhere either."),
    (("new", "x", "--courses", "answers.csv", "--from", "nosuch.csv"), 3, "nosuch.csv: there is no such file."),
    (("new", ""), 3, "Expected a name for a new folder, such as mine."),
    (("rules", "explain", "75%"), 3, 'A rule in words is written like this: "share(agree) >= 75%".'),
    (("definitions", "check", "nosuch.yaml"), 3, "nosuch.yaml: there is no such file."),
    (("definitions", "check", "letter.txt"), 3, 'this is the text "Dear friend'),
    (("definitions", "show", "zhang-2022", "--out", "mine.docx"), 3, "Expected mine.xlsx."),
    (("agree", "tace-failure"), 3, "consensus new trial --simulate 200 --instrument tace-failure."),
    (("score", "folder", "--engine", "pandas", "--scores"), 2, "name scores with --definition."),
    (("help",), 2, "consensus --help lists the commands, consensus score --help explains one."),
    (("consensus", "score", "tace-failure"), 2, "It stands once, before the command."),
    (("score", "tace-failure", "--defintion", "albi"), 2, "--definition"),
]


@pytest.fixture
def here(tmp_path, monkeypatch):
    (tmp_path / "answers.csv").write_text("id,a,b\n1,yes,no\n2,yes,yes\n", encoding="utf-8")
    (tmp_path / "letter.txt").write_text("Dear friend\nall is well\nyours, as ever\n", encoding="utf-8")
    (tmp_path / "~$answers.xlsx").write_bytes(b"\x05Excel")
    (tmp_path / "folder").mkdir()
    (tmp_path / "books").mkdir()
    (tmp_path / "books" / "courses.xlsx").write_bytes(b"")
    (tmp_path / "books" / "~$courses.xlsx").write_bytes(b"")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("arguments", "code", "step"), WRONG, ids=[" ".join(arguments) for arguments, *_ in WRONG])
def test_a_wrong_command_is_answered_with_the_next_step(here, arguments, code, step):
    before = {path.name for path in here.iterdir()}
    done = CliRunner().invoke(main, arguments, prog_name="consensus")
    assert done.exit_code == code, done.output
    assert step in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.output
    assert {path.name for path in here.iterdir()} == before


def test_a_workbook_without_patients_says_so(here):
    runner = CliRunner()
    assert runner.invoke(main, ["new", "名 字", "--courses"], prog_name="consensus").exit_code == 0
    done = runner.invoke(main, ["score", "名 字/courses.xlsx"], prog_name="consensus")
    assert done.exit_code == 0
    assert "There are no patients in it yet: fill in its sheets patients and sessions." in done.stdout
