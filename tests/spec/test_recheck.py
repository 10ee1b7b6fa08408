"""answers_tidy.csv and recheck.R: R, which knows nothing of this code, finds the numbers of a report again."""

import csv
import re
import shutil
import subprocess

import pytest
from click.testing import CliRunner

from reports.cli import main

DIFFERENCE = "difference/cn_newlesion/against=cn_pvtt"
needs_r = pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed")

CCI = """
[study]
title = "SYNTHETIC answers of cci-2020"
[instrument]
library = "cci-2020"
[[responses]]
file = "answers_SYNTHETIC.xlsx"
[consensus]
equivocal = "{equivocal}"
"""


def run(*arguments):
    done = CliRunner().invoke(main, [str(a) for a in arguments], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done


def report(folder, study):
    run("report", folder / study, "--out", folder / "out", "--formats", "xlsx")
    return folder / "out"


def recheck(out):
    done = subprocess.run(["Rscript", "recheck.R"], cwd=out, capture_output=True, text=True, check=False)
    equal, checked = map(int, re.search(r"(\d+) of (\d+) numbers equal", done.stdout).groups())
    return done, equal, checked


@pytest.fixture(scope="module")
def synthetic(tmp_path_factory):
    from questionnaires.library import entries

    folder = tmp_path_factory.mktemp("cci")
    (answers,) = (entry.answers for entry in entries() if entry.id == "cci-2020")
    shutil.copy(answers, folder / "answers_SYNTHETIC.xlsx")
    (folder / "study.toml").write_text(CCI.format(equivocal="half"), encoding="utf-8")
    return report(folder, "study.toml")


@needs_r
def test_r_finds_the_numbers_of_the_synthetic_answers(synthetic):
    done, equal, checked = recheck(synthetic)
    assert (done.returncode, equal) == (0, checked)
    assert checked > 90


@needs_r
def test_r_finds_the_numbers_of_a_simulated_study(tmp_path):
    run("new", tmp_path / "trial", "--simulate", "90")
    study = tmp_path / "trial" / "study.toml"
    study.write_text(study.read_text(encoding="utf-8").replace("[consensus]", "[consensus]\nrelevant = 7"), "utf-8")
    done, equal, checked = recheck(report(tmp_path / "trial", "study.toml"))
    assert (done.returncode, equal) == (0, checked), done.stdout
    assert checked > 700  # differences between criteria with their tests and content validity among them


@needs_r
@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("share/cn_newlesion/yes/answered", "low"),
        ("verdict/cn_newlesion/half", "value"),
        (DIFFERENCE, "high"),
        (f"p value of a {DIFFERENCE}", "value"),
        ("p value that all are supported alike/criteria", "value"),
    ],
)
def test_r_sees_a_number_that_was_changed(synthetic, tmp_path, row, column):
    shutil.copytree(synthetic, tmp_path / "out")
    path = tmp_path / "out" / "numbers.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    (wrong,) = (r for r in rows if r["id"] == row)
    wrong[column] = str(float(wrong[column]) + 1e-6)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    done, equal, checked = recheck(tmp_path / "out")
    assert (done.returncode, equal) == (1, checked - 1)
    assert f"{row}: {column} is {wrong[column]} in numbers.csv" in done.stdout


def test_the_tidy_answers_hold_no_identifier_and_no_formula(synthetic):
    with (synthetic / "answers_tidy.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["person", "question", "kind", "option", "chosen", "score", "endorsement", "committed"]
    assert {row["person"] for row in rows} == {str(n) for n in range(1, 258)}
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "@"))]


def test_printed_counts_have_nothing_to_recheck(tmp_path):
    run("report", "cci-2020", "--out", tmp_path / "out", "--formats", "xlsx")
    assert not (tmp_path / "out" / "recheck.R").exists()


@needs_r
def test_r_finds_no_consensus_where_both_sides_pass(tmp_path):
    from importlib.resources import files

    numbers = "id,value,low,high,base,n,method,count\nverdict/q/half,0,,,answered,2,share(agree) >= 50%,\n"
    head = "person,question,option,chosen,kind,committed,score,endorsement\n"
    rows = "1,q,yes,1,answered,1,,1\n2,q,no,1,answered,1,,0\n"
    (tmp_path / "numbers.csv").write_text(numbers, encoding="utf-8-sig")
    (tmp_path / "answers_tidy.csv").write_text(head + rows, encoding="utf-8-sig")
    (tmp_path / "recheck.R").write_bytes(files("reports.recheck").joinpath("recheck.R").read_bytes())
    done, equal, checked = recheck(tmp_path)
    assert (equal, checked) == (1, 1), done.stdout
