"""`consensus score FOLDER --engine ENGINE`: the same bytes as without, from csv, parquet, and a folder of parts."""

import json
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from reports.cli import main

WORKED = Path(__file__).parents[1] / "conformance"
ENGINES = ["pandas", "polars", "duckdb"]


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def typed(sheet):
    frame = pd.read_csv(WORKED / f"{sheet}.csv")
    dates = {name: pd.to_datetime(frame[name]) for name in frame if name.endswith("_date")}
    return frame.assign(**dates)


@pytest.fixture
def registry(tmp_path):
    """Return a folder with patients.parquet and sessions in three parts."""
    folder = tmp_path / "registry"
    (folder / "sessions" / "year=2021").mkdir(parents=True)
    typed("patients").to_parquet(folder / "patients.parquet")
    sessions = typed("sessions")
    for at in range(3):
        sessions.iloc[at::3].to_parquet(folder / "sessions" / "year=2021" / f"part-{at}.parquet")
    return folder


@pytest.fixture(scope="module")
def by_judge(tmp_path_factory):
    out = tmp_path_factory.mktemp("judge") / "scores.csv"
    assert run("score", WORKED, "--out", out).exit_code == 0
    return out.read_bytes()


@pytest.mark.parametrize("engine", ENGINES)
def test_csv_files(engine, by_judge, tmp_path):
    pytest.importorskip(engine)
    ended = run("score", WORKED, "--engine", engine, "--out", tmp_path / "scores.csv")
    assert ended.exit_code == 0, ended.output
    assert "103 patients" in ended.output
    assert (tmp_path / "scores.csv").read_bytes() == by_judge


@pytest.mark.parametrize("engine", ENGINES)
def test_a_folder_of_parts(engine, registry, by_judge, tmp_path):
    pytest.importorskip(engine)
    ended = run("score", registry, "--engine", engine, "--out", tmp_path / "scores.csv")
    assert ended.exit_code == 0, ended.output
    assert (tmp_path / "scores.csv").read_bytes() == by_judge


@pytest.mark.parametrize("engine", ENGINES)
def test_one_file_with_a_row_a_session(engine, tmp_path):
    pytest.importorskip(engine)
    typed("sessions").merge(typed("patients"), on="patient_id").to_csv(tmp_path / "all.csv", index=False)
    ended = run("score", tmp_path / "all.csv", "--engine", engine, "--json")
    rows = json.loads(ended.stdout)["scores"]
    wanted = json.loads(run("score", WORKED, "--json").stdout)["scores"]
    there = {row["patient_id"] for row in rows}
    key = lambda row: (row["patient_id"], row["definition"])  # noqa: E731
    assert sorted(rows, key=key) == sorted((row for row in wanted if row["patient_id"] in there), key=key)


def test_parquet_is_written_by_the_engine(registry, tmp_path):
    ended = run("score", registry, "--engine", "duckdb", "--definition", "zhang-2022", "--out", tmp_path / "s.parquet")
    assert ended.exit_code == 0, ended.output
    assert len(pd.read_parquet(tmp_path / "s.parquet")) == 103
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda f: f / "nothing", "an engine reads csv and parquet. Expected a folder with patients.csv"),
        (lambda f: f, "there is no patients.csv, patients.parquet or folder patients with parts in it."),
    ],
)
def test_what_is_no_registry(make, says, tmp_path):
    ended = run("score", make(tmp_path), "--engine", "pandas")
    assert ended.exit_code == 3
    assert says in ended.output


def test_an_engine_that_is_not_installed(monkeypatch):
    import importlib.util

    found = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *rest: None if name == "duckdb" else found(name, *rest)
    )
    ended = run("score", WORKED, "--engine", "duckdb")
    assert ended.exit_code == 3
    assert "engine duckdb: is not installed. Install clinical-consensus[duckdb], or take one of: pandas" in ended.output


def test_a_required_column_is_missing(tmp_path):
    for sheet in ("patients", "sessions"):
        pd.DataFrame({"patient_id": ["P1"], "sesion_date": ["2021-01-04"]}).to_csv(
            tmp_path / f"{sheet}.csv", index=False
        )
    for engine in ENGINES:
        ended = run("score", tmp_path, "--engine", engine, "--definition", "zhang-2022")
        assert ended.exit_code == 3
        assert 'sessions: the column "session_date" is missing. Did you mean "sesion_date"?' in ended.output


def test_all_readings_on_the_command_line(tmp_path):
    ended = run("score", WORKED, "--readings", "all", "--definition", "zhang-2022", "--out", tmp_path / "all.csv")
    assert ended.exit_code == 0, ended.output
    assert "103 patients, " in ended.output  # the counts by the definition's own readings come first
    assert "73 of 103" in ended.output
    assert len(pd.read_csv(tmp_path / "all.csv")) == 103
    told = json.loads(run("score", WORKED, "--readings", "all", "--definition", "zhang-2022", "--json").stdout)
    assert len(told["combinations"]) == 12
    assert told["ranges"][0]["stable"] == 73
