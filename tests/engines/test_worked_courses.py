"""Every worked verdict by each engine, from files as texts and as typed frames; those of the judge have a test each."""

import importlib.util
from functools import lru_cache

import pandas as pd
import pytest
from engines.worked import FOLDERS, as_written, definition_of, expected

from consensus import score
from consensus.scoring.courses import Courses


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


def rows_of(frame):
    """Return the rows of any frame as dictionaries."""
    if isinstance(frame, pd.DataFrame):
        return frame.to_dict("records")
    if hasattr(frame, "fetchall"):
        return [dict(zip(frame.columns, row, strict=True)) for row in frame.fetchall()]
    return frame.lazy().collect().to_dicts()


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
