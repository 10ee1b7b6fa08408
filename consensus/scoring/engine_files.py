"""A folder or file of courses as frames of an engine: csv and parquet, sessions in one file or in a folder of parts."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal, get_args

from consensus.definitions.condition import Condition
from consensus.scoring.compiled.columns import found_columns
from consensus.scoring.compiled.frame_gather import ROW
from consensus.scoring.compiled.kinds import columns_of, must_be_kind
from consensus.scoring.courses import Courses
from consensus.scoring.tables import ASSESSMENTS, LESIONS
from questionnaires.problems import ConsensusError, one_of

Engine = Literal["pandas", "polars", "duckdb", "spark"]
ENGINES: tuple[Engine, ...] = get_args(Engine)
ENDS = (".csv", ".parquet")
MODULES = {"spark": "pyspark"}


def engine_courses(path: Path, engine: Engine, condition: Condition) -> Courses:
    """Return the frames of a folder with `patients.*` and `sessions.*` (or `sessions/` of parts), or of one file.

    One file has a row a session and repeats the patient's columns. Cells of csv files are texts, typed as they are
    scored. Raises ConsensusError where a file is missing, where there are further scans, which the engine would leave
    out, or where the engine is not installed.
    """
    _must_be_installed(engine)
    connection = _connected(engine)
    if path.is_dir():
        _refuse_further(path)
        patients, sessions = _parts(path, "patients"), _parts(path, "sessions")
        people = _read(patients, engine, connection, numbered=True)
        return Courses(people, _read(sessions, engine, connection), condition=condition, name=path.resolve().name)
    if path.suffix.lower() not in ENDS or not path.is_file():
        raise ConsensusError(
            f"{path}: an engine reads csv and parquet. Expected a folder with patients.csv or .parquet and the same of "
            "sessions, or one such file with a row a session."
        )
    return Courses(None, _read([path], engine, connection), condition=condition, name=path.name)


def session_columns(courses: Courses) -> tuple[str, ...]:
    """Return the condition's columns of sessions that frames have, by their names there."""
    kind = must_be_kind(courses.sessions, "sessions")
    return tuple(found_columns(columns_of(courses.sessions, kind), courses.condition.sessions))


def patient_columns(courses: Courses) -> tuple[str, ...]:
    """Return the condition's columns of patients that frames have; in one frame they stand beside the sessions'."""
    frame = courses.sessions if courses.patients is None else courses.patients
    kind = must_be_kind(frame, "patients")
    return tuple(found_columns(columns_of(frame, kind), courses.condition.patients))


def _parts(folder: Path, sheet: str) -> list[Path]:
    """Return the files of a sheet: `sheet.csv`, `sheet.parquet`, or those of a folder of that name, of one ending."""
    for end in ENDS:
        if (folder / f"{sheet}{end}").is_file():
            return [folder / f"{sheet}{end}"]
        parts = sorted(p for p in (folder / sheet).rglob(f"*{end}") if not p.name.startswith((".", "_", "~$")))
        if parts:
            return parts
    raise ConsensusError(
        f"{folder}: there is no {sheet}.csv, {sheet}.parquet or folder {sheet} with parts in it. "
        "Expected patients and sessions in the folder."
    )


def _refuse_further(folder: Path) -> None:
    """Raise where a folder has scans or lesions beside the sessions: without them verdicts would be others."""
    names = [f"{sheet}{end}" for sheet in (ASSESSMENTS, LESIONS) for end in ("", *ENDS)]
    if there := [name for name in names if (folder / name).exists()]:
        raise ConsensusError(
            f"{folder}: an engine reads patients and sessions, and {' and '.join(there)} would be left out. "
            "Leave out --engine: then such files of csv and parquet are read too."
        )


def _must_be_installed(engine: Engine) -> None:
    from importlib.util import find_spec

    if find_spec(MODULES.get(engine, engine)) is None:
        others = [name for name in ENGINES if find_spec(MODULES.get(name, name)) is not None]
        raise ConsensusError(
            f"engine {engine}: is not installed. Install clinical-consensus[{engine}], or take {one_of(others)}."
        )


def _connected(engine: Engine) -> Any:
    """Return the one connection in which both sheets are read, where the engine has such."""
    if engine != "duckdb":
        return None
    import duckdb

    return duckdb.connect()


def _read(paths: list[Path], engine: Engine, connection: Any, *, numbered: bool = False) -> Any:
    """Return the rows of files as a frame of the engine; `numbered` keeps in it the order in which they stand."""
    names, is_csv = [str(path) for path in paths], paths[0].suffix.lower() == ".csv"
    delimiter = _delimiter(paths[0]) if is_csv else ","
    match engine:
        case "pandas":
            return _pandas(names, is_csv, delimiter)
        case "polars":
            return _polars(names, is_csv, delimiter, numbered)
        case "duckdb":
            return _duckdb(names, is_csv, delimiter, numbered, connection)
        case "spark":
            return _spark(names, is_csv, delimiter, numbered)


def _pandas(names: list[str], is_csv: bool, delimiter: str) -> Any:
    import pandas as pd

    if not is_csv:
        return pd.concat([pd.read_parquet(name) for name in names], ignore_index=True)
    read = [
        pd.read_csv(name, dtype=str, sep=delimiter, keep_default_na=False, na_values=[""], encoding="utf-8-sig")
        for name in names
    ]
    return pd.concat(read, ignore_index=True)


def _polars(names: list[str], is_csv: bool, delimiter: str, numbered: bool) -> Any:
    import polars as pl

    frame = pl.scan_csv(names, infer_schema=False, separator=delimiter) if is_csv else pl.scan_parquet(names)
    return frame.with_row_index(ROW) if numbered else frame


def _duckdb(names: list[str], is_csv: bool, delimiter: str, numbered: bool, connection: Any) -> Any:
    if is_csv:
        frame = connection.read_csv(names, all_varchar=True, header=True, delimiter=delimiter)
    else:
        frame = connection.read_parquet(names)
    return frame.project(f'*, row_number() over () as "{ROW}"') if numbered else frame


def _spark(names: list[str], is_csv: bool, delimiter: str, numbered: bool) -> Any:
    from pyspark.sql import SparkSession
    from pyspark.sql import functions as of

    quiet: dict[str, Any] = {"spark.ui.showConsoleProgress": "false", "spark.ui.enabled": "false"}
    session = SparkSession.builder.appName("consensus score").config(map=quiet).getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    frame = session.read.csv(names, header=True, sep=delimiter) if is_csv else session.read.parquet(*names)
    return frame.withColumn(ROW, of.monotonically_increasing_id()) if numbered else frame


def _delimiter(path: Path) -> str:
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        first = file.readline()
    return max(",;\t", key=first.count)
