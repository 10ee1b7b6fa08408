"""Whatever a file is, a command ends with sentences and the right exit code, and leaves nothing half-written."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from reports.cli import main
from reports.document import Document
from reports.rendering import names_of, rendered, rendered_tables

PROJECT = Path(__file__).parents[2]
SAMPLE = PROJECT / "consensus/definitions/library/tace_failure/sample_courses.xlsx"
NOISE = bytes((at * 167 + 13) % 256 for at in range(600))
READERS = ("score", "check", "report", "agree", "propose")
BROKEN = ("gone", "gone.xlsx", "folder", "folder.xlsx", "empty.xlsx", "empty.toml", "noise.xlsx", "noise.toml")
BROKEN += ("text.txt", "cut.xlsx", "archive.xlsx", "blank.xlsx", "no_date.xlsx", ".", "..", "")


def run(*arguments):
    return CliRunner().invoke(main, list(arguments), prog_name="consensus")


def book(path, **sheets):
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, header in (sheets or {"Sheet1": []}).items():
        made.create_sheet(name).append(header)
    made.save(path)


@pytest.fixture
def here(tmp_path, monkeypatch):
    inside = tmp_path / "inside"
    for name in ("folder", "folder.xlsx"):
        (inside / name).mkdir(parents=True)
    for name in ("empty.xlsx", "empty.toml", "empty.yaml"):
        (inside / name).write_bytes(b"")
    for name in ("noise.xlsx", "noise.toml", "noise.yaml"):
        (inside / name).write_bytes(NOISE)
    (inside / "text.txt").write_text("hello\n", encoding="utf-8")
    (inside / "cut.xlsx").write_bytes(SAMPLE.read_bytes()[:3000])
    with zipfile.ZipFile(inside / "archive.xlsx", "w") as archive:
        archive.writestr("hello.txt", "hello")
    book(inside / "blank.xlsx")
    book(inside / "no_date.xlsx", patients=["patient_id"], sessions=["patient_id"])
    shutil.copy(SAMPLE, inside / "courses.xlsx")
    monkeypatch.chdir(inside)
    return inside


def files(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def refused(done, code):
    assert done.exit_code == code, done.output
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert "Internal error" not in done.stderr
    assert done.stderr.strip().endswith((".", "?"))


@pytest.mark.parametrize("command", READERS)
@pytest.mark.parametrize("source", BROKEN)
def test_a_source_that_cannot_be_read_is_refused_in_a_line(here, command, source):
    before = files(here.parent)
    done = run(command, source)
    refused(done, 3)
    assert len(done.stderr.strip().splitlines()) == 1
    assert files(here.parent) == before


@pytest.mark.parametrize("definition", ["gone", "gone.yaml", "empty.yaml", "noise.yaml", "folder", "courses.xlsx"])
def test_a_definition_that_cannot_be_read_is_refused_in_a_line(here, definition):
    done = run("score", "courses.xlsx", "--definition", definition)
    refused(done, 3)
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["score", "courses.xlsx", "--out", "folder"], 2),
        (["score", "courses.xlsx", "--out", "scores.txt"], 3),
        (["score", "courses.xlsx", "--out", "text.txt/scores.csv"], 3),
        (["score", "courses.xlsx", "--out", ""], 3),
        (["score", "courses.xlsx", "--reading", "imaging_window"], 2),
        (["score", "courses.xlsx", "--reading", "imaging_windo=any"], 3),
        (["score", "courses.xlsx", "--reading", "imaging_window=often"], 3),
        (["score", "courses.xlsx", "--condition", "folder"], 3),
        (["score", "courses.xlsx", "--definition", "zhang-2022", "--definition", "zhang-2022"], 3),
        (["new", "text.txt"], 3),
        (["new", "text.txt/mine"], 3),
        (["new", "text.txt/mine", "--courses"], 3),
        (["library", "copy", "cci-2021", "--to", "folder"], 3),
        (["library", "copy", "cci-2020", "--to", "text.txt"], 2),
        (["library", "copy", "cci-2020", "--to", "text.txt/mine"], 3),
        (["report", "cci-2020", "--out", "text.txt"], 2),
        (["report", "cci-2020", "--formats", "xlsx", "--out", "text.txt/out"], 3),
        (["report", "cci-2020", "--formats", "htm"], 3),
        (["propose", "cci-2020", "--out", "text.txt/out"], 3),
        (["check", "courses.xlsx", "--instrument", "gone"], 3),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_what_cannot_be_done_is_refused_and_nothing_is_written(here, arguments, code):
    before = files(here.parent)
    done = run(*arguments)
    assert done.exit_code == code, done.output
    assert "Traceback" not in done.stderr
    assert "Internal error" not in done.stderr
    assert files(here.parent) == before


def test_an_output_that_is_open_elsewhere_gives_one_line(here, monkeypatch):
    def in_use(self, target):
        raise PermissionError(13, "in use")

    before = files(here)
    monkeypatch.setattr(Path, "replace", in_use)
    done = run("score", "courses.xlsx", "--out", "scores.csv")
    assert done.exit_code == 3
    assert done.stderr.strip() == (
        "scores.csv: could not be written. If it is open in another program, close it there and run the command again."
    )
    assert files(here) == before


def test_a_report_of_which_one_file_is_open_elsewhere_touches_none(here, monkeypatch):
    assert run("report", "cci-2020", "--formats", "xlsx", "--out", "out").exit_code == 0
    (here / "out" / "scores.csv").write_text("mine", encoding="utf-8")
    kept = {path.name: path.read_bytes() for path in (here / "out").iterdir()}
    opened = Path.open

    def locked(self, mode="r", *rest, **named):
        if self.name == "tables.xlsx" and "+" in mode:
            raise PermissionError(13, "in use")
        return opened(self, mode, *rest, **named)

    monkeypatch.setattr(Path, "open", locked)
    done = run("report", "cci-2020", "--formats", "xlsx", "--out", "out")
    assert done.exit_code == 3
    assert done.stderr.startswith(f"{Path('out/tables.xlsx')}: could not be written. If it is open in another program")
    assert {path.name: path.read_bytes() for path in (here / "out").iterdir()} == kept


def in_the_way(here, _):
    (here / "out").write_text("mine", encoding="utf-8")
    return "out/sub", "report.html", "because a file stands where its folder should be."


def a_folder_in_place_of_a_file(here, _):
    (here / "out" / "report.docx").mkdir(parents=True)
    return "out", "report.docx", "Is a directory."


def not_allowed(here, monkeypatch):
    def refused(*_, **__):
        raise PermissionError(13, "not yours")

    monkeypatch.setattr("tempfile.TemporaryFile", refused)
    return "out/sub", "report.html", "If it is open in another program, close it there and run the command again."


@pytest.mark.parametrize("bar", [in_the_way, a_folder_in_place_of_a_file, not_allowed])
def test_a_report_that_cannot_be_written_is_refused_before_the_work(here, monkeypatch, bar):
    out, name, why = bar(here, monkeypatch)
    before = files(here)
    monkeypatch.setattr("reports.study.run_study", lambda _: pytest.fail("the work was done"))
    done = run("report", "cci-2020", "--out", out)
    assert done.exit_code == 3
    assert done.stderr.startswith(f"{Path(out) / name}: could not be written")
    assert done.stderr.strip().endswith(why)
    assert files(here) == before


def test_scores_that_cannot_be_written_are_refused_before_the_work(here, monkeypatch):
    monkeypatch.setattr("reports.scoring.courses_and_definitions", lambda *_, **__: pytest.fail("the work was done"))
    done = run("score", "courses.xlsx", "--out", "text.txt/scores.csv")
    assert done.exit_code == 3
    path = Path("text.txt/scores.csv")
    assert done.stderr.strip() == f"{path}: could not be written, because a file stands where its folder should be."


@pytest.mark.parametrize("alone", [False, True], ids=["report", "tables"])
def test_the_names_that_are_tried_are_those_of_the_documents(alone):
    kinds, document = ("html", "xlsx", "md", "docx"), Document(title="SYNTHETIC")
    made = rendered_tables(document, kinds) if alone else rendered(document, kinds)
    assert names_of(kinds, tables_alone=alone) == [name for name, _ in made]


@pytest.mark.parametrize("command", ["report", "agree", "propose"])
def test_an_instrument_without_answers_is_nothing_to_tell(here, command):
    (here / "study.toml").write_text('[instrument]\nfile = "instrument.xlsx"\n', encoding="utf-8")
    shutil.copy(PROJECT / "questionnaires/library/cci_2020/instrument.xlsx", here)
    before = files(here.parent)
    done = run(command, "study.toml")
    refused(done, 3)
    assert "answers" in done.stderr
    assert files(here.parent) == before


def test_courses_alone_make_a_report(here):
    (here / "study.toml").write_text(
        '[courses]\nfile = "courses.xlsx"\n[compare]\ndefinitions = ["zhang-2022"]\n', encoding="utf-8"
    )
    assert run("report", "study.toml", "--out", "out").exit_code == 0
    assert sorted(files(here / "out")) == [
        "numbers.csv",
        "provenance.json",
        "report.docx",
        "report.html",
        "scores.csv",
        "scores.xlsx",
        "tables.xlsx",
    ]
    page = (here / "out/report.html").read_text(encoding="utf-8")
    assert "The definitions on patients" in page
    assert "Who was asked" not in page


def test_a_header_without_rows_is_read(here):
    book(here / "no_rows.xlsx", patients=["patient_id"], sessions=["patient_id", "session_date"])
    done = run("score", "no_rows.xlsx", "--json")
    assert done.exit_code == 0
    assert '"scores": []' in done.stdout


def test_faults_in_cells_are_listed_and_fatal_only_when_strict(here):
    book_ = openpyxl.load_workbook(here / "courses.xlsx")
    headers = [cell.value for cell in book_["sessions"][1]]
    book_["sessions"].cell(row=2, column=headers.index("target_response") + 1).value = "XX"
    book_.save(here / "courses.xlsx")
    done, strict = (
        run("score", "courses.xlsx", "--out", "scores.csv"),
        run("score", "courses.xlsx", "--strict", "--out", "no.csv"),
    )
    assert done.exit_code == 0
    assert "courses.xlsx, sessions!" in done.stderr
    assert done.stderr.strip().endswith("1 fault.")
    assert strict.exit_code == 3
    assert (here / "scores.csv").is_file()
    assert not (here / "no.csv").exists()


EVERY = (
    ["library"],
    ["library", "copy", "cci-2020", "--to", "copied"],
    ["new", "研究", "--courses"],
    ["check", "courses.xlsx"],
    ["check", "courses.xlsx", "--json"],
    ["score", "courses.xlsx", "--out", "scores.csv"],
    ["score", "tace-failure", "--json"],
    ["agree", "cci-2020"],
    ["agree", "cci-2020", "--json"],
    ["agree", "korea-2018"],
    ["propose", "cci-2020", "--out", "proposals"],
    ["propose", "korea-2018", "--json"],
    ["report", "cci-2020"],
)


@pytest.mark.slow
@pytest.mark.parametrize("arguments", EVERY, ids=" ".join)
def test_every_command_survives_a_console_of_another_encoding(here, arguments):
    done = subprocess.run(
        [sys.executable, "-m", "reports.cli", *arguments],
        cwd=here,
        env=os.environ | {"PYTHONIOENCODING": "gbk"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode("gbk", "replace")
    done.stdout.decode("gbk")
    done.stderr.decode("gbk")
