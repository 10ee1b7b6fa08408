"""A published Delphi, rounds 2 and 3 as one study: its verdicts, its doubles, and stability refused for good reason."""

import csv
from dataclasses import replace

import openpyxl
import pytest
from click.testing import CliRunner
from reference.cases import shared

from questionnaires.xlsform import read_instrument, write_instrument
from reports.cli import main
from reports.study import read_study
from reports.study_panel import run_panel

RULE = "median >= 7 and iqr <= 3, for choices: share(most) >= 66%, out if median <= 3 and iqr <= 3, quantile = type7"
FOLDER = "unisante_fast_track_delphi"
CONSENSUS = {("ok", "ok"): "in", ("not_ok", "ok"): "out"}


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def published():
    sheet = openpyxl.load_workbook(shared(FOLDER) / "expected_exec_summary.xlsx").worksheets[0]
    head, *rows = sheet.values
    told = [dict(zip(head, row, strict=True)) for row in rows]
    return [row for row in told if row["variable"]]


def form(number, folder):
    """Write a round's REDCap dictionary as the workbook that a user would go on with: roles and scores filled in."""
    read = read_instrument(shared(FOLDER) / f"dft{number}_metadata.csv")
    questions = []
    for question in read.questions:
        role = "respondent" if question.name == f"dft{number}_0_email" else None
        choices = question.choices
        if question.name.endswith("_type1"):
            role = "rating"
            choices = tuple(replace(choice, score=float(choice.name)) for choice in choices)
        questions.append(replace(question, role=role, choices=choices))
    write_instrument(replace(read, questions=tuple(questions)), folder / f"form{number}.xlsx")


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    folder = tmp_path_factory.mktemp("delphi")
    people = {}
    for number in (2, 3):
        form(number, folder)
        for row in rows_of(shared(FOLDER) / f"dft{number}_data_redcapr_raw.csv"):
            if row[f"dft{number}_0_email"]:
                people.setdefault(row[f"dft{number}_0_email"], set()).add(number)
    book = openpyxl.Workbook()
    book.active.append(["panelist", "invited_2", "invited_3"])
    for who, rounds in people.items():
        book.active.append([who, *("yes" if number in rounds else "no" for number in (2, 3))])
    book.save(folder / "panel.xlsx")
    items = openpyxl.Workbook()
    items.active.append(["item", "round", "name", "change"])
    for row in published():
        items.active.append([row["variable"], int(row["dft_round"]), row["variable"], "new"])
    items.save(folder / "items.xlsx")
    (folder / "study.toml").write_text(
        f'[study]\ntitle = "Fast-track Delphi"\n[panel]\nfile = "panel.xlsx"\nitems = "items.xlsx"\n'
        f'[panel.instruments]\n2 = "form2.xlsx"\n3 = "form3.xlsx"\n[consensus]\nrule = "{RULE}"\n',
        encoding="utf-8",
    )
    return folder / "study.toml", people


def run(*arguments):
    return CliRunner().invoke(main, [*map(str, arguments)], prog_name="consensus")


def test_people_are_linked_by_their_address(study):
    assert sum(rounds == {2, 3} for rounds in study[1].values()) == 18


@pytest.fixture(scope="module")
def closed(study):
    path = study[0]
    for number in (2, 3):
        data = shared(FOLDER) / f"dft{number}_data_clean.csv"
        done = run("rounds", "collect", path, "--round", number, data)
        assert done.exit_code == 0, done.output
        done = run("rounds", "close", path, "--round", number)
        assert done.exit_code == 0, done.output
    return run_panel(read_study(path))


def test_doubles_are_shown(study):
    raw = shared(FOLDER) / "dft2_data_redcapr_raw.csv"
    done = run("rounds", "collect", study[0], "--round", 2, raw)
    assert done.exit_code == 0
    line = next(line for line in done.output.splitlines() if "participant_17" in line)
    assert "answered twice" in line
    done = run("rounds", "collect", study[0], "--round", 3, shared(FOLDER) / "dft3_data_redcapr_raw.csv")
    assert any("participant_11" in line and "answered twice" in line for line in done.output.splitlines())


def test_the_verdict_on_every_statement_is_the_authors(closed):
    verdicts = {one.item: (one.verdict, one.result) for one in closed.final}
    assert len(verdicts) == len(published()) == 26
    for row in published():
        verdict, result = verdicts[row["variable"]]
        assert verdict == CONSENSUS.get((row["agreement"], row["consensus"]), "no consensus"), row["variable"]
        for key, name in (("q1", "q1"), ("median", "median"), ("q3", "q3"), ("iqr_range", "iqr")):
            assert result.number(name) == pytest.approx(float(row[key]))
        assert result.n == int(row["reponses_count"])


def test_stability_is_refused_with_its_reason(study, closed, tmp_path):
    assert all(one.reason for one in closed.stability)
    done = run("report", study[0], "--out", tmp_path, "--formats", "md")
    assert done.exit_code == 0, done.output
    text = (tmp_path / "report.md").read_text(encoding="utf-8")
    assert "no statement stands in two rounds with the same words" in text
    assert "participant_" not in text
