"""An export alone: the report without any instrument, and the drafts to go on with."""

import tomllib

import openpyxl
import pytest
from click.testing import CliRunner
from spec.test_exports import EXPORTS, READ, needs_shared

from questionnaires import read_instrument, read_responses
from reports.cli import main

ROWS = [
    ["submitted", "Is it failure?", "Which ones?", "Years", "Comment"],
    *(
        [f"2026-05-0{n} 08:00", ("Yes", "No")[n % 2], "A;B" if n % 3 else "B", str(10 + n), f"c {n}"]
        for n in range(1, 8)
    ),
]


def run(*arguments):
    return CliRunner().invoke(main, [str(a) for a in arguments])


@pytest.fixture
def export(tmp_path):
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    book.save(tmp_path / "poll.xlsx")
    return tmp_path / "poll.xlsx"


def test_the_report_of_an_export_describes_each_closed_question_and_leaves_drafts(export, tmp_path):
    out = tmp_path / "out"
    done = run("report", export, "--out", out, "--formats", "html")
    assert done.exit_code == 0, done.output
    html = (out / "report.html").read_text(encoding="utf-8")
    assert "No question is marked as a criterion yet" in html
    assert "3/7 (43%)" in html
    assert "5/7 (71%)" in html
    assert "definition.yaml" not in html
    study = tomllib.loads((out / "study.toml").read_text(encoding="utf-8"))
    assert study["responses"] == [{"file": "../poll.xlsx"}]
    assert study["instrument"] == {"file": "instrument.xlsx"}
    again = run("report", out / "study.toml", "--out", tmp_path / "again", "--formats", "html")
    assert again.exit_code == 0, again.output
    assert "3/7 (43%)" in (tmp_path / "again" / "report.html").read_text(encoding="utf-8")


def test_the_cells_to_fill_are_marked_for_closed_questions_and_their_options(export, tmp_path):
    done = run("new", tmp_path / "mine", "--from", export)
    assert done.exit_code == 0, done.output
    book = openpyxl.load_workbook(tmp_path / "mine" / "instrument.xlsx")
    marked = {
        (sheet.title, sheet.cell(row=1, column=cell.column).value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.fgColor.rgb == "00FFF2A8"
    }
    survey = {("survey", column) for column in ("role", "criterion", "direction")}
    assert marked == survey | {("choices", c) for c in ("endorses", "score", "missing")} | {
        ("criteria", c) for c in ("name", "label", "finding")
    }
    assert len(read_instrument(tmp_path / "mine" / "instrument.xlsx").problems) == 0


def test_filled_drafts_give_a_verdict(export, tmp_path):
    run("new", tmp_path / "mine", "--from", export)
    path = tmp_path / "mine" / "instrument.xlsx"
    book = openpyxl.load_workbook(path)
    survey, choices = book["survey"], book["choices"]
    at = {cell.value: cell.column for cell in survey[1]}
    row = next(r for r in range(2, survey.max_row + 1) if "failure" in str(survey.cell(row=r, column=3).value))
    for column, text in (("role", "criterion"), ("criterion", "bad"), ("direction", "endorse")):
        survey.cell(row=row, column=at[column], value=text)
    of = {cell.value: cell.column for cell in choices[1]}
    for r in range(2, choices.max_row + 1):
        label = choices.cell(row=r, column=3).value
        if label in ("Yes", "No"):
            choices.cell(row=r, column=of["endorses"], value=int(label == "Yes"))
    book["criteria"]["A2"], book["criteria"]["B2"] = "bad", "It is failure"
    book.save(path)
    done = run("agree", tmp_path / "mine", "--json")
    assert done.exit_code == 0, done.output
    assert '"criterion": "bad"' in done.stdout
    assert '"outcome": "no consensus"' in done.stdout


def test_a_second_time_nothing_that_was_filled_is_touched(export, tmp_path):
    out = tmp_path / "out"
    run("report", export, "--out", out, "--formats", "xlsx")
    (out / "study.toml").write_text("[study]\ntitle = 'mine'\n", encoding="utf-8")
    done = run("report", export, "--out", out, "--formats", "xlsx")
    assert done.exit_code == 0, done.output
    assert (out / "study.toml").read_text(encoding="utf-8") == "[study]\ntitle = 'mine'\n"
    assert (out / "study.draft.toml").is_file()
    assert not (out / "instrument.draft.xlsx").exists()


def test_what_is_no_export_is_refused(tmp_path):
    assert run("new", tmp_path / "x", "--from", tmp_path / "none.xlsx").exit_code == 3
    assert run("new", tmp_path / "x", "--from", tmp_path / "none.xlsx", "--simulate", "3").exit_code == 2
    assert not (tmp_path / "x").exists()


@needs_shared
@pytest.mark.parametrize("name", [row[0] for row in READ])
def test_the_written_draft_reads_the_export_as_the_draft_did(name, tmp_path):
    from questionnaires.workbooks import write_workbook
    from questionnaires.xlsform.marking import workbook_to_fill

    first = read_responses(EXPORTS / name)
    path = write_workbook(tmp_path / "instrument.xlsx", workbook_to_fill(first.instrument))
    again = read_responses(EXPORTS / name, path)
    assert again.values.equals(first.values)
    assert again.kinds.equals(first.kinds)
    assert [p for p in again.instrument.problems if p.severity == "fault"] == []
