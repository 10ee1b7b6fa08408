"""The tables of agree, propose and score in Chinese: by the study's language, or by --language."""

import json
import re
import shutil
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from consensus import definitions
from reports.cli import main

STORY = Path(__file__).parents[1] / "stories" / "1-second-survey"
SNAPSHOTS = Path(__file__).parents[1] / "snapshots"
CHINESE = re.compile(r"[\u3400-\u9fff]")
# ids of questions, options, criteria, definitions, readings and columns are what a reader types, so they stay
NAMED = r"\bGwet AC[12]\b|\bAC1\b|\b(?:(?:Fleiss|Conger|Cohen) )?kappa\b|\bKrippendorff alpha\b|\bKendall\b"
IDS = re.compile(rf"\S*[_=\-]\S*|\bn/N\b|\bconsensus (?:definitions show|check)\b|{NAMED}")
DEFINITIONS = {path.stem for path in Path(definitions.__file__).parent.rglob("*.yaml")}
STATISTICS = DEFINITIONS | {"Holm", "BH", "p", "W", "icc", "logistic", "Brennan-Prediger", "Rao", "Scott", "Borda"}
RUN = re.compile(r"[A-Za-z]+(?:,? [A-Za-z]+)+")


def run(*arguments):
    done = CliRunner().invoke(main, [str(a) for a in arguments])
    assert done.exit_code == 0, done.output
    return done


def english_runs(text):
    """Return each run of two or more English words in the lines, without ids and names of statistics."""
    left = []
    for line in text.splitlines():
        for found in RUN.findall(IDS.sub("\N{OBJECT REPLACEMENT CHARACTER}", line.replace("SYNTHETIC", ""))):
            if not set(re.split(r"[ ,]+", found)) <= STATISTICS:
                left.append((found, line))
    return left


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    root = tmp_path_factory.mktemp("story")
    export = next(path for path in STORY.glob("*.xlsx") if path.name != "instrument.xlsx")
    for path in (export, STORY / "instrument.xlsx"):
        shutil.copy(path, root)
    folder = root / "second-survey"
    folder.mkdir()
    for name in ("study.toml", "corrections.csv"):
        shutil.copy(STORY / "filled" / name, folder)
    return folder / "study.toml"


def headings(text):
    """Return the line above each rule of dashes."""
    lines = text.splitlines()
    return [lines[at - 1] for at, line in enumerate(lines) if line and not line.strip("- ")]


def test_what_people_agree_on_is_told_in_the_studys_language(study):
    done = run("agree", study, "--by", "specialty")
    assert headings(done.stdout)
    assert all(CHINESE.search(line) for line in headings(done.stdout))
    assert "规则：" in done.stdout
    assert "33票由 yes 改为 no：经共识否定" in done.stdout
    assert english_runs(done.stdout) == []
    assert "未显示却有回答" in done.stderr


def test_json_and_numbers_do_not_change_with_the_language():
    ours, theirs = (run("agree", "cci-2020", "--language", language, "--json").stdout for language in ("zh", "en"))
    assert ours == theirs
    assert json.loads(ours)["verdicts"][0]["outcome"] == "out"
    figures = re.compile(r"\d+/\d+ +\S* *|\d+\.\d+%")
    chinese, english = (run("agree", "cci-2020", "--language", language).stdout for language in ("zh", "en"))
    assert re.findall(r"\d+\.\d+%", chinese) == re.findall(r"\d+\.\d+%", english)
    assert figures.search(english)
    assert "votes that would change it" in english
    assert english_runs(chinese) == []


def test_proposals_and_what_they_rest_on_are_told_in_chinese(tmp_path):
    done = run("propose", "cci-2020", "--language", "zh", "--out", tmp_path)
    assert "1 按规则：cci-2020：同意比例超过50%的标准" in done.stdout
    assert "没有标准达到" in done.stdout
    assert "未能成为条目的投票" in done.stdout
    assert english_runs(done.stdout) == []
    assert "已写出" in done.stderr
    tried = run(
        "propose", "cci-2020", "--language", "zh", "--what-if", "rule=share(agree) >= 50%", "--courses", "tace-failure"
    )
    assert "例患者中有" in tried.stdout


def test_scores_are_told_in_chinese():
    done = run("score", "tace-failure", "--language", "zh", "--readings", "all")
    assert "60例患者，221次治疗" in done.stdout
    assert "无法判定的常见原因" in done.stdout
    assert english_runs(done.stdout) == []


def test_a_course_is_explained_in_chinese(tmp_path):
    folder = tmp_path / "3-cohort"
    shutil.copytree(STORY.with_name("3-cohort"), folder)
    study = folder / "study.toml"
    study.write_text(study.read_text(encoding="utf-8").replace('language = "en"', 'language = "zh"'), encoding="utf-8")
    text = run("score", study, "--explain", "P029").stdout
    assert text == (SNAPSHOTS / "explained_zh.txt").read_text(encoding="utf-8")
    # what stands in a cell of the doctor's own sheet stays as it is
    assert english_runs(text.replace("right lobe", "")) == []
    named = {"agent", "area", "lobaplatin", "cisplatin", "session", "met", "open", "yes", "no"}
    assert not named & set(re.findall(r"[A-Za-z]+", IDS.sub("", text)))


def test_scores_and_what_stays_open_are_explained_in_chinese():
    text = run("score", "tace-failure", "--scores", "--explain", "S001", "--language", "zh").stdout
    assert "ALBI-TAE评分（albi-tae）：分级未定，分值 0至2" in text
    assert "AFP高于400 ng/mL（afp，1分）：无法判定，因基线甲胎蛋白（baseline_afp）无记录" in text
    assert "无法判定，因靶病灶疗效（target_response）无法评估（NE）" in text
    assert english_runs(text) == []
    english = run("score", "tace-failure", "--scores", "--explain", "S001").stdout
    assert re.findall(r"\d{4}-\d\d-\d\d", english) == re.findall(r"\d{4}-\d\d-\d\d", text)


def test_a_patient_who_is_not_there_is_missed_in_chinese():
    done = CliRunner().invoke(main, ["score", "tace-failure", "--explain", "P999", "--language", "zh"])
    assert done.exit_code == 3
    assert "没有患者“P999”" in done.output


def test_readers_engines_and_warnings_are_told_in_chinese(tmp_path):
    day, sheet = "2021-01-04", tmp_path / "c.xlsx"
    with pd.ExcelWriter(sheet) as book:
        pd.DataFrame({"patient_id": ["a"]}).to_excel(book, sheet_name="patients", index=False)
        sessions = pd.DataFrame([{"patient_id": "a", "session_date": day}])
        sessions.to_excel(book, sheet_name="sessions", index=False)
        scans = [{"patient_id": "a", "date": "2021-02-15", "target_response": r, "reader": r} for r in ("SD", "PR")]
        pd.DataFrame(scans).to_excel(book, sheet_name="assessments", index=False)
    named = ("--definition", "no-response-2", "--definition", "easl-two-rounds", "--language", "zh")
    read = run("score", sheet, *named, "--readers")
    assert "1例患者，2名阅片者：PR、SD" in read.stdout
    assert all(CHINESE.search(line) for line in headings(read.stdout))
    assert english_runs(read.stdout + read.stderr) == []
    pd.DataFrame({"patient_id": ["a"]}).to_csv(tmp_path / "patients.csv", index=False)
    sessions.assign(target_response="SD").to_csv(tmp_path / "sessions.csv", index=False)
    scored = run("score", tmp_path, *named, "--engine", "pandas")
    assert "1例患者（由 pandas 计算）" in scored.stdout
    assert english_runs(scored.stdout + scored.stderr) == []


def test_the_source_of_a_definition_is_told_in_chinese():
    shown = run("definitions", "show", "jsh-lcsgj-2014", "--language", "zh").stdout
    assert "Kudo等，2014，据2022年综述表1；已核对原文" in shown
    assert "Kudo et al. 2014, as printed" in run("definitions", "show", "jsh-lcsgj-2014").stdout
