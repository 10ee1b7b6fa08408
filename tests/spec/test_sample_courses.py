"""The SYNTHETIC sample of courses: its gaps, its verdicts, and the script that makes it."""

import importlib.util
from pathlib import Path

import openpyxl
import pytest

from consensus.definitions.condition import read_condition
from consensus.scoring.courses import read_courses
from consensus.scoring.score import score

PROJECT = Path(__file__).parents[2]
THREE = ("jsh-lcsgj-2014", "intl-panel-2014", "zhang-2022")


def script(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def sample():
    return read_courses("tace-failure")


def test_the_sample_is_synthetic_and_reads_without_a_fault(sample):
    assert sample.synthetic
    assert len(sample.patients) == 60
    assert [str(problem) for problem in sample.problems] == []


def test_the_sample_has_the_gaps_of_real_files(sample):
    sessions, patients = sample.sessions, sample.patients
    days = (sessions["imaging_date"] - sessions["session_date"]).dt.days
    assert sessions["imaging_date"].isna().any()
    assert ((days > 92) | (days < 28)).any()
    assert (sessions["afp"] == "<2").any()
    assert (sessions["target_response"] == "NE").any()
    assert patients["baseline_afp"].isna().any()


@pytest.mark.parametrize("definition", THREE)
def test_each_definition_gives_all_three_verdicts_on_the_sample(sample, definition):
    (counts,) = score(sample, definition).counts().to_dict("records")
    assert min(counts["met"], counts["not_met"], counts["unknown"]) > 0


def cells_of(path):
    book = openpyxl.load_workbook(path)
    return {
        sheet.title: [
            (cell.coordinate, cell.value, cell.number_format, cell.comment and cell.comment.text)
            for row in sheet.iter_rows()
            for cell in row
        ]
        for sheet in book
    }


def test_the_sample_is_made_by_its_script_cell_by_cell(tmp_path):
    """Bytes are not compared with those of the clone: another machine's zlib packs the same content otherwise."""
    make = script(PROJECT / "tools/make_sample_courses.py").write_sample
    made, again = (make(tmp_path / name, read_condition()) for name in ("one.xlsx", "two.xlsx"))
    assert cells_of(made) == cells_of(read_condition().sample)
    assert made.read_bytes() == again.read_bytes()
