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
def test_scores_have_their_class_and_are_counted_by_it(engine, tmp_path):
    pytest.importorskip(engine)
    (tmp_path / "patients.csv").write_text(
        "patient_id,baseline_largest_mm,baseline_afp,baseline_albumin_g_l,baseline_bilirubin_umol_l,"
        "baseline_ast_u_l,baseline_child_pugh\n"
        "a,70,<2,36,17,40,5\nb,71,500,35.9,17.1,40,5\nc,,500,30,20,40,5\nd,80,,40,10,,\n"
    )
    (tmp_path / "sessions.csv").write_text(
        "patient_id,session_date,target_response,ast_u_l,child_pugh\n"
        "a,2021-01-04,SD,500,9\na,2021-03-04,CR,50,6\nb,2021-01-04,PR,,\nb,2021-03-04,PD,51,7\n"
        "c,2021-01-04,NE,400,15\nc,2021-03-04,PD,40,5\n"
    )
    given = [part for name in ("hap", "art", "no-response-2") for part in ("--definition", name)]
    for name, more in (("judge", ()), ("engine", ("--engine", engine))):
        ended = run("score", tmp_path, *given, *more, "--out", tmp_path / f"{name}.csv")
        assert ended.exit_code == 0, ended.output
    assert (tmp_path / "engine.csv").read_bytes() == (tmp_path / "judge.csv").read_bytes()
    assert "4 patients" in ended.output
    shown = [tuple(line.split()) for line in ended.output.splitlines()]
    # by hand: hap 0, 4, 3 or 4, 1 or 2; art 1.5 + 1, 4 + 3, 0 or 1 (both low), and open without a session;
    # what was measured before the second session stands in its row
    for row in [("A", "1"), ("B", "0"), ("C", "0"), ("D", "2"), ("open", "1")]:
        assert ("hap", *row) in shown
    for row in [("low", "1"), ("high", "2"), ("open", "1")]:
        assert ("art", *row) in shown


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


FIRST_SEEN = """
id: first-seen
title: {en: "First seen"}
condition: tace-failure
source: {cite: "made up", standing: example}
kind: score
points:
  at: before_second
  terms:
    - {id: invasion, says: Invasion, points: 2, once: vascular_invasion_appears}
    - {id: spread, says: Spread, points: -1, once: extrahepatic_spread_appears}
  classes: [{name: low, to: 0}, {name: high, above: 0}]
"""


@pytest.mark.parametrize("appearance", ["new_since_baseline", "new_since_previous", "present"])
@pytest.mark.parametrize("engine", ENGINES)
def test_what_is_recorded_after_the_first_session_settles_no_gap_before_the_second(engine, appearance, tmp_path):
    pytest.importorskip(engine)
    (tmp_path / "mine.yaml").write_text(FIRST_SEEN)
    rows = ["a,0,", "b,,1", "c,,", "d,1,0"]
    (tmp_path / "patients.csv").write_text(
        "\n".join(["patient_id,baseline_vascular_invasion,baseline_extrahepatic_spread", *rows])
    )
    header = "patient_id,session_date,vascular_invasion,extrahepatic_spread"
    rows = ["a,2021-01-04,,1", "a,2021-03-04,0,0", "b,2021-01-04,1,", "b,2021-03-04,0,1", "c,2021-01-04,,"]
    rows += ["c,2021-03-04,0,0", "d,2021-01-04,,", "d,2021-03-04,1,0"]
    (tmp_path / "sessions.csv").write_text("\n".join([header, *rows]))
    given = ["--definition", tmp_path / "mine.yaml", "--reading", "unrecorded=lasting"]
    given += ["--reading", f"appearance={appearance}"]
    for name, more in (("judge", ()), ("engine", ("--engine", engine))):
        ended = run("score", tmp_path, *given, *more, "--out", tmp_path / f"{name}.csv")
        assert ended.exit_code == 0, ended.output
    judge = (tmp_path / "judge.csv").read_text(encoding="utf-8-sig")
    assert (tmp_path / "engine.csv").read_text(encoding="utf-8-sig") == judge
    # a: a later no does not settle the first session's gap; d: what was there before goes on, if that is asked for
    points = [line.split(",")[-3:-1] for line in judge.splitlines()[1:]]
    here, new = (
        [["-1", "1"], ["1", "1"], ["-1", "2"], ["1", "2"]],
        [["-1", "2"], ["0", "2"], ["-1", "2"], ["-1", "0"]],
    )
    assert points == (here if appearance == "present" else new)


@pytest.mark.parametrize("further", ["assessments.csv", "lesions.parquet", "assessments"])
def test_a_folder_with_further_scans_is_refused(tmp_path, further):
    for name in ("patients.csv", "sessions.csv", further):
        (tmp_path / name).write_text("patient_id\n", encoding="utf-8")
    ended = run("score", tmp_path, "--engine", "pandas")
    assert ended.exit_code == 3
    assert f"an engine reads patients and sessions, and {further} would be left out" in ended.output
