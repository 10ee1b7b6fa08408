"""The worked courses and the rows of verdicts that a person worked out for them, as engines are held to them."""

import csv
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

import pandas as pd

from consensus.definitions.definition_file import read_definition

HERE = Path(__file__).parents[1] / "conformance"
FOLDERS = {"all-columns": HERE, "starred-only": HERE / "starred-only"}


@lru_cache
def definition_of(name):
    made_for_these_cases = HERE / "definitions" / f"{name}.yaml"
    return read_definition(made_for_these_cases if made_for_these_cases.is_file() else name)


def expected_rows(folder):
    with (folder / "expected.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def chosen_in(row):
    return dict(pair.split("=") for pair in row["readings"].split(";") if pair)


def expected(folder):
    """Return the rows by what the caller chose, so that all definitions of one choice are scored at once."""
    rows = defaultdict(dict)
    for row in expected_rows(folder):
        rows[row["readings"]][row["patient_id"], row["definition"]] = row
    return rows


def as_written(value):
    if value is None or pd.isna(value):
        return ""
    return f"{value:%Y-%m-%d}" if hasattr(value, "year") else str(value).removesuffix(".0")
