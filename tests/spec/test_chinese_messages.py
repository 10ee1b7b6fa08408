"""What check and report say on the command line in Chinese: by the study's language, or by --language."""

import csv
import re
import shutil
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from questionnaires.problems import Problem
from questionnaires.xlsform import read_instrument
from reports.cli import main
from reports.commands import console
from reports.study_language import messages_in
from reports.study_template import in_language
from reports.wording.messages import said, said_message, said_problem

STORY = Path(__file__).parents[1] / "stories" / "1-second-survey"
ENGLISH = re.compile(r"\b(the|of|is|are|was|were|and|not|with|by|to|has|have|in|for|its)\b")
INSIDE = re.compile(r"“[^”]*”|\"[^\"]*\"|columns = \{.*?\}|[\w.\-]+\.(?:csv|xlsx|toml|yaml)|\b\w+_\w+\b")


def run(*arguments):
    return CliRunner().invoke(main, [str(a) for a in arguments])


def english_left(text):
    lines = [INSIDE.sub("", line) for line in text.splitlines()]
    return [line for line in lines if ENGLISH.search(line)]


@pytest.fixture
def export():
    return next(path for path in STORY.glob("*.xlsx") if path.name != "instrument.xlsx")


def test_the_check_of_an_export_is_chinese_throughout(export):
    done = run("check", export, "--instrument", STORY / "instrument.xlsx", "--language", "zh")
    assert done.exit_code == 0, done.output
    assert "识别为SYNTHETIC（合成）答卷：412名受访者" in done.output
    assert english_left(done.output) == []
    assert done.output.rstrip().endswith("条说明。")


def test_the_check_of_a_study_speaks_its_language(tmp_path, export):
    for name in (export, STORY / "instrument.xlsx"):
        shutil.copy(name, tmp_path)
    folder = tmp_path / "second-survey"
    folder.mkdir()
    for name in ("study.toml", "corrections.csv"):
        shutil.copy(STORY / "filled" / name, folder)
    done = run("check", folder / "study.toml")
    assert "排除17人，改正4个回答，合并60种写法" in done.output
    assert english_left(done.output) == []
    english = run("check", folder / "study.toml", "--language", "en")
    assert "17 people left out, 4 answers set, 60 spellings merged" in english.output
    assert (
        run("check", folder / "study.toml", "--json").stdout
        == run("check", folder / "study.toml", "--json", "--language", "en").stdout
    )


@pytest.mark.parametrize(
    ("text", "said_there"),
    [
        ('[study]\nlanguage = "zh"\ntitel = "x"\n', "titel 不是 [study] 的项"),
        ('[study]\nlanguage = "zh"\n[stduy]\nx = 1\n', "没有 [stduy] 这一节"),
        ('[study]\nlanguage = "zh"\n[instrument]\nfile = "gone.xlsx"\n', "找不到 gone.xlsx"),
    ],
)
@pytest.mark.parametrize("command", ["check", "report"])
def test_a_refused_study_is_refused_in_its_language(tmp_path, command, text, said_there):
    (tmp_path / "study.toml").write_text(text, encoding="utf-8")
    done = run(command, tmp_path / "study.toml")
    assert done.exit_code == 3
    assert said_there in done.output
    assert english_left(done.output) == []


def test_report_says_what_it_wrote_in_chinese(tmp_path):
    done = run("report", "korea-2018", "--language", "zh", "--formats", "xlsx", "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert "没有写出 definition.yaml" in done.output
    assert done.output.rstrip().endswith("没有错误。")


def test_broken_courses_are_told_in_chinese():
    broken = Path(__file__).parents[1] / "snapshots" / "broken_courses.txt"
    lines = broken.read_text(encoding="utf-8").splitlines()
    messages = [line.split(": ", 1)[1] for line in lines if line.startswith(("fault: ", "warning: ", "note: "))]
    assert messages
    told = [line for line in (said_message(line, "zh") for line in messages) if re.search("[\u4e00-\u9fff]", line)]
    assert len(told) >= 0.6 * len(messages), [m for m in messages if said_message(m, "zh") == m]


def test_parts_keep_their_place_and_unknown_parts_their_words():
    assert said_problem("a.xlsx, S!B2", '"x" is not a number for years', "a whole number", "", "zh") == (
        "a.xlsx, S!B2：“x”不是 years 所需的数字。应为：整数。"
    )
    assert said_problem("a.xlsx", "something new", "", "", "zh") == "a.xlsx：something new。"
    assert (
        said_problem(
            "S!B2",
            '"Y" does not say since when there is EHS',
            'the date beside it, such as "Y 2021"',
            "It is left out.",
            "zh",
        )
        == "S!B2：“Y”未说明 EHS 从何时开始出现。应为：旁边注明日期，例如“Y 2021”。未采用。"
    )
    assert said_problem("S!B2", '"2022/1" has no day for x', "the day", "It counts as some day of 2022-01.", "zh") == (
        "S!B2：“2022/1”缺少 x 的日。应为：写明日。按2022-01中的某一天计。"
    )
    assert said_message("something new", "zh") == "something new"
    assert said("3 people", "zh") == "3 people"
    # what a cell holds is never taken for a sentence
    assert said('"see report" is not an answer to years', "zh") == "“see report”不是 years 的选项"
    problem = Problem(where="a", got="the sheet is hidden")
    assert console.told_problem(problem) == str(problem)


def test_the_language_of_messages(tmp_path):
    path = tmp_path / "study.toml"
    path.write_text('[study]\nlanguage = "zh"\n', encoding="utf-8")
    assert [
        messages_in(str(path)),
        messages_in(str(tmp_path)),
        messages_in("cci-2020"),
        messages_in(str(path), "EN"),
    ] == [
        "zh",
        "zh",
        "en",
        "en",
    ]
    path.write_text("broken [", encoding="utf-8")
    assert messages_in(str(path)) == "en"


def test_more_than_three_is_not_three_or_more():
    korea = read_instrument("korea-2018")
    (criterion,) = korea.criteria
    question = korea.question("kr_sessions")
    said = [criterion.label.text("zh"), *(choice.label.text("zh") for choice in question.choices)]
    assert criterion.times == 4
    assert sum("超过三次" in text for text in said) == 2
    assert not any("三次以上" in text for text in said)


def test_drafted_corrections_give_their_reasons_in_chinese(tmp_path, export):
    asked = ("check", export, "--instrument", STORY / "instrument.xlsx", "--propose")
    run(*asked, tmp_path / "zh.csv", "--language", "zh")
    run(*asked, tmp_path / "en.csv")
    chinese, english = (
        list(csv.DictReader((tmp_path / f"{language}.csv").read_text(encoding="utf-8-sig").splitlines()))
        for language in ("zh", "en")
    )
    reasons = {row["respondent"] or row["old"]: row["reason"] for row in chinese}
    assert reasons["答卷数据_SYNTHETIC!8"] == "exclude? 似为测试答卷：见 来源详情"
    assert reasons["答卷数据_SYNTHETIC!237"] == "set? “约20”不是 years_tace 的回答"
    assert reasons["棠陵一院"] == "merge_group? 似为同一医院的两种写法，分别出现1次和1次"
    assert [row["reason"] for row in chinese if ENGLISH.search(row["reason"])] == []
    assert all(row["reason"].split("?")[0] in ("exclude", "set", "merge_group") for row in chinese)
    assert [row | {"reason": ""} for row in chinese] == [row | {"reason": ""} for row in english]


def comments(path):
    """Return the comments of a study file, less the keys that only stand behind the sign."""
    lines = path.read_text(encoding="utf-8").splitlines()
    told = [re.sub(r'^# [\w".{}#\[\]()\- ]+ = ("[^"]*"|\S+)', "", line) for line in lines if "#" in line]
    return [line.split("# ", 1)[1] for line in told if "# " in line]


@pytest.mark.parametrize("more", [(), ("--panel",), ("--simulate", 5), ("--courses",), ("--courses", "cohort.xlsx")])
def test_a_new_study_is_drafted_in_chinese(tmp_path, monkeypatch, more):
    shutil.copy(STORY.with_name("3-cohort") / "cohort.xlsx", tmp_path)
    monkeypatch.chdir(tmp_path)
    done = run("new", "mine", "--language", "zh", *more)
    assert done.exit_code == 0, done.output
    assert "下一步：" in done.stderr
    assert english_left(re.sub(r"^  .*|（[a-z]+）", "", done.stderr, flags=re.M)) == []
    chinese = (tmp_path / "mine" / "study.toml").read_text(encoding="utf-8")
    run("new", "other/mine", *more)
    english = (tmp_path / "other" / "mine" / "study.toml").read_text(encoding="utf-8").replace("../../", "../")
    ours, theirs = tomllib.loads(chinese), tomllib.loads(english)
    assert ours["study"].pop("language") == "zh"
    assert ours == theirs
    for name in ("study.toml", "study.reference.toml"):
        left = [line for line in comments(tmp_path / "mine" / name) if ENGLISH.search(INSIDE.sub("", line))]
        assert left == []
    again = run("new", "mine")
    assert "该文件已存在，未作改动" in again.stderr


def test_a_header_with_the_sign_of_a_comment_stays():
    drafted = '"MRI # see report" = "target_response"  # not placed\n'
    assert in_language(drafted, "zh") == '"MRI # see report" = "target_response"  # 未对应\n'
    assert in_language(drafted, "en") == drafted
