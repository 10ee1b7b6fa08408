"""Every worked verdict by each engine, from files as texts and as typed frames; those of the judge have a test each."""

import csv
import importlib.util
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

import pandas as pd
import pytest

from consensus import score
from consensus.definitions.definition_file import read_definition
from consensus.scoring.courses import Courses

HERE = Path(__file__).parents[1] / "conformance"
FOLDERS = {"all-columns": HERE, "starred-only": HERE / "starred-only"}


def needs(*modules):
    missing = [name for name in modules if importlib.util.find_spec(name) is None]
    return pytest.mark.skipif(bool(missing), reason=f"needs {', '.join(missing)}")


def pandas_texts(path):
    return pd.read_csv(path, dtype=str)


def pandas_typed(path):
    return pd.read_csv(path)


def polars_texts(path):
    import polars as pl

    return pl.read_csv(path, infer_schema=False)


def polars_typed(path):
    import polars as pl

    return pl.read_csv(path, try_parse_dates=True, infer_schema_length=None)


def polars_lazy(path):
    import polars as pl

    return pl.scan_csv(path, infer_schema=False)


@lru_cache
def connection():
    import duckdb

    return duckdb.connect()


def duckdb_texts(path):
    return connection().read_csv(str(path), all_varchar=True)


def duckdb_typed(path):
    return connection().read_csv(str(path))


ENGINES = [
    pytest.param(pandas_texts, id="pandas-texts"),
    pytest.param(pandas_typed, id="pandas-typed"),
    pytest.param(polars_texts, id="polars-texts", marks=[needs("polars"), pytest.mark.slow]),
    pytest.param(polars_typed, id="polars-typed", marks=[needs("polars"), pytest.mark.slow]),
    pytest.param(polars_lazy, id="polars-lazy", marks=[needs("polars"), pytest.mark.slow]),
    pytest.param(duckdb_texts, id="duckdb-texts", marks=[needs("duckdb"), pytest.mark.slow]),
    pytest.param(duckdb_typed, id="duckdb-typed", marks=[needs("duckdb"), pytest.mark.slow]),
]


@lru_cache
def definition_of(name):
    made_for_these_cases = HERE / "definitions" / f"{name}.yaml"
    return read_definition(made_for_these_cases if made_for_these_cases.is_file() else name)


def expected(folder):
    """Return the rows by what the caller chose, so that all definitions of one choice are scored at once."""
    rows = defaultdict(dict)
    with (folder / "expected.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            rows[row["readings"]][row["patient_id"], row["definition"]] = row
    return rows


def rows_of(frame):
    """Return the rows of any frame as dictionaries."""
    if isinstance(frame, pd.DataFrame):
        return frame.to_dict("records")
    if hasattr(frame, "fetchall"):
        return [dict(zip(frame.columns, row, strict=True)) for row in frame.fetchall()]
    return frame.lazy().collect().to_dicts()


def as_written(value):
    if value is None or pd.isna(value):
        return ""
    return f"{value:%Y-%m-%d}" if hasattr(value, "year") else str(value).removesuffix(".0")


@pytest.mark.parametrize("part", FOLDERS)
@pytest.mark.parametrize("read", ENGINES)
def test_every_worked_verdict(read, part):
    folder = FOLDERS[part]
    courses = Courses(read(folder / "patients.csv"), read(folder / "sessions.csv"))
    wrong = []
    for readings, rows in expected(folder).items():
        chosen = dict(pair.split("=") for pair in readings.split(";") if pair)
        definitions = [definition_of(name) for name in dict.fromkeys(name for _, name in rows)]
        scored = rows_of(score(courses, definitions, readings=chosen))
        got = {
            (row["patient_id"], row["definition"]): {name: as_written(value) for name, value in row.items()}
            for row in scored
        }
        wrong += [(row, got[key]) for key, row in rows.items() if got[key] != row]
    assert wrong == []
