"""The files of a report: the same bytes each time, typed numbers in the workbook, nothing left of an earlier run."""

import os
import re
import subprocess
import sys
from dataclasses import replace

import openpyxl
import pytest

from reports.study import read_study, run_study
from reports.write import write_report, write_results


@pytest.fixture(scope="module")
def results():
    return {name: run_study(read_study(name)) for name in ("cci-2020", "korea-2018")}


@pytest.fixture(scope="module")
def written(results, tmp_path_factory):
    return write_results(tmp_path_factory.mktemp("report"), results["cci-2020"])


def test_two_runs_give_the_same_bytes(written, tmp_path):
    again = write_results(tmp_path, run_study(read_study("cci-2020")))
    names = [path.name for path in written]
    assert names == [
        "report.html",
        "report.docx",
        "tables.xlsx",
        "definition.yaml",
        "scores.csv",
        "scores.xlsx",
        "numbers.csv",
        "provenance.json",
    ]
    for one, two in zip(written, again, strict=True):
        assert one.read_bytes() == two.read_bytes(), one.name


def test_the_workbook_has_each_table_with_numbers_as_numbers(written):
    book = openpyxl.load_workbook(written[2])
    assert book.sheetnames[0] == "SYNTHETIC"
    header, *body = list(book["verdicts-new_lesions"].iter_rows(min_row=2, values_only=True))
    left_out = dict(zip(header, body[3], strict=True))
    assert (left_out["Count"], left_out["Base"], left_out["Percent"]) == (42, 163, 25.8)
    assert all(row[0] for row in book["others-table"].iter_rows(min_row=3, max_row=20, values_only=True))


def test_a_definition_of_an_earlier_run_does_not_stay(tmp_path, results):
    for result in results.values():
        names = {
            path.name for path in write_results(tmp_path, replace(result, study=replace(result.study, formats=())))
        }
        assert ("definition.yaml" in names) == (result is results["cci-2020"])
    assert not (tmp_path / "definition.yaml").exists()


def test_the_report_of_python_says_the_same(tmp_path, results):
    result = results["cci-2020"]
    out = write_report(tmp_path / "py", agreement=result.agreement, proposals=result.proposals, scores=result.scores)
    text = re.sub(r"<[^>]+>", "", (out / "report.html").read_text(encoding="utf-8"))
    assert "By the rule of at least 75% agreement, no criterion is accepted." in text
    assert "257 people answered." in text  # the response rate is in no agreement


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "zh"])
def test_two_processes_give_the_same_bytes_in_every_format(tmp_path, language):
    formats = ["--language", language, "--formats", "html,docx,xlsx,md"]
    for seed in ("1", "2"):  # the order of sets differs between these
        command = [sys.executable, "-m", "reports.cli", "--quiet", "report", "cci-2020", *formats]
        ran = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run([*command, "--out", str(tmp_path / seed)], env=ran, check=True, capture_output=True)
    files = [path.relative_to(tmp_path / "1") for path in (tmp_path / "1").rglob("*") if path.is_file()]
    assert {path.suffix for path in files} >= {".html", ".docx", ".xlsx", ".md", ".svg", ".csv"}
    for path in files:
        assert (tmp_path / "1" / path).read_bytes() == (tmp_path / "2" / path).read_bytes(), path
