"""Keys of [[responses]] that say how a file is read: question numbers, encoding, dialect."""

import json

import pytest
from click.testing import CliRunner

from reports.cli import main

EXPORT = "序号,提交答卷时间,1、是否失败？,2、是否失败？\n1,2026/3/1 9:00,是,否\n2,2026/3/1 9:05,否,是\n"
DICTIONARY = (
    "field_name,form_name,field_type,field_label,select_choices_or_calculations\n"
    'late,f,radio,x,"1, 是 | 2, 否"\nearly,f,radio,y,"1, 是 | 2, 否"\n'
)


def run(*arguments):
    return CliRunner().invoke(main, [str(a) for a in arguments])


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "export.csv").write_text(EXPORT, encoding="gb18030")
    (tmp_path / "i.csv").write_text(DICTIONARY, encoding="utf-8")
    (tmp_path / "question_numbers.csv").write_text("number,question\n1,early\n2,late\n", encoding="utf-8-sig")
    (tmp_path / "study.toml").write_text(
        '[instrument]\nfile = "i.csv"\n[[responses]]\nfile = "export.csv"\nencoding = "gb18030"\n'
        'numbers = "question_numbers.csv"\n',
        encoding="utf-8",
    )
    return tmp_path


def test_question_numbers_and_the_encoding_are_taken_from_the_study_file(folder):
    done = run("check", folder / "study.toml", "--json")
    assert done.exit_code == 0, done.output
    said = json.loads(done.stdout)
    assert {m["question"]: m["answered"] for m in said["missing"]} == {"late": 2, "early": 2}


def test_a_file_of_numbers_that_is_not_there_is_refused(folder):
    (folder / "question_numbers.csv").unlink()
    done = run("check", folder / "study.toml")
    assert done.exit_code == 3
    assert "study.toml, line 6: question_numbers.csv is not there" in done.stderr


def test_dialect_and_encoding_can_be_told_to_check(folder):
    done = run("check", folder / "export.csv", "--dialect", "plain", "--encoding", "gb18030", "--json")
    assert json.loads(done.stdout)["dialect"] == "plain"
    assert run("check", folder / "export.csv", "--encoding", "utf-8").exit_code == 3
    assert run("check", folder / "export.csv", "--dialect", "plains").exit_code == 3
