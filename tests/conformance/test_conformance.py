"""Every worked verdict of this folder: one test a row, named by its patient, definition and readings."""

import csv
from functools import lru_cache
from pathlib import Path

import pandas as pd
import pytest

from consensus.definitions.definition_file import read_definition
from consensus.scoring.courses import read_courses
from consensus.scoring.score import COLUMNS, score

HERE = Path(__file__).parent
FOLDERS = {"": HERE, "starred-only": HERE / "starred-only"}


def expected_rows():
    rows = []
    for part, folder in FOLDERS.items():
        with (folder / "expected.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                name = "-".join(filter(None, (part, row["patient_id"], row["definition"], row["readings"])))
                rows.append(pytest.param(part, row, id=name))
    return rows


@lru_cache
def definition_of(name):
    made_for_these_cases = HERE / "definitions" / f"{name}.yaml"
    return read_definition(made_for_these_cases if made_for_these_cases.is_file() else name)


@lru_cache
def courses_of(part):
    return read_courses(FOLDERS[part])


@lru_cache
def scored(part, definition, readings):
    chosen = dict(pair.split("=") for pair in readings.split(";") if pair)
    frame = score(courses_of(part), definition_of(definition), readings=chosen).to_frame()
    return {row["patient_id"]: row for row in frame.to_dict("records")}


def as_written(value):
    if pd.isna(value):
        return ""
    return f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else str(value).removesuffix(".0")


@pytest.mark.parametrize(("part", "row"), expected_rows())
def test_conformance(part, row):
    got = {k: as_written(v) for k, v in scored(part, row["definition"], row["readings"])[row["patient_id"]].items()}
    assert got == row, f"patient {row['patient_id']} by {row['definition']}"


def test_the_rows_have_the_columns_of_the_score_table():
    for folder in FOLDERS.values():
        header = (folder / "expected.csv").read_text(encoding="utf-8").partition("\n")[0]
        assert tuple(header.split(",")) == COLUMNS


@pytest.mark.parametrize("part", FOLDERS)
def test_nothing_of_the_worked_courses_is_a_fault(part):
    assert [str(problem) for problem in courses_of(part).problems] == []
