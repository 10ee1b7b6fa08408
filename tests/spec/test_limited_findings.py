"""A definition may ask for another limit than the finding's own: `insufficient_response above 25`."""

import pandas as pd
import pytest

from consensus import read_definition, score
from consensus.definitions.condition import read_condition
from consensus.definitions.definition_file import write_definition
from consensus.definitions.readings import readings_of
from consensus.definitions.sentences import sentences
from consensus.scoring.courses import Courses
from questionnaires.problems import ConsensusError

TEXT = """
id: mine
title: {en: "Two in a row"}
condition: tace-failure
source: {cite: "our own", standing: choice}
any:
  - id: twice
    says: {en: "Insufficient response, twice in a row"}
    consecutive: {finding: FINDING, times: 2}
"""


@pytest.fixture
def written(tmp_path):
    def write(finding):
        path = tmp_path / "mine.yaml"
        path.write_text(TEXT.replace("FINDING", finding), encoding="utf-8")
        return path

    return write


def courses():
    rows = [("a", 20, 30), ("b", 40, 30), ("c", 40, 60), ("d", 90, 55), ("e", None, 90)]
    sessions = pd.DataFrame(
        [
            {"patient_id": p, "session_date": f"2021-0{k}-04", "viable_percent": share}
            for p, *shares in rows
            for k, share in enumerate(shares, start=1)
        ]
    )
    return pd.DataFrame({"patient_id": [p for p, *_ in rows]}), sessions


@pytest.mark.parametrize(
    ("finding", "verdicts"),
    [
        ("insufficient_response", ["not_met", "not_met", "not_met", "met", "unknown"]),
        ("insufficient_response above 50", ["not_met", "not_met", "not_met", "met", "unknown"]),
        ("insufficient_response above 25", ["not_met", "met", "met", "met", "unknown"]),
        ("insufficient_response above 30", ["not_met", "not_met", "met", "met", "unknown"]),
        ("insufficient_response above 37.5", ["not_met", "not_met", "met", "met", "unknown"]),
    ],
)
def test_the_limit_decides(written, finding, verdicts):
    definition = read_definition(written(finding))
    import polars as pl

    patients, sessions = courses()
    one_by_one = score(Courses.from_frames(patients, sessions), [definition])
    assert one_by_one.frame["verdict"].tolist() == verdicts
    for frames in ((patients, sessions), (pl.from_pandas(patients), pl.from_pandas(sessions))):
        assert list(score(Courses(patients=frames[0], sessions=frames[1]), [definition])["verdict"]) == verdicts


def test_it_reads_back_as_written_and_in_a_sheet(written, tmp_path):
    definition = read_definition(written("insufficient_response above 25"))
    for name in ("again.yaml", "again.xlsx"):
        write_definition(definition, tmp_path / name)
        assert read_definition(tmp_path / name) == definition


def test_its_words_tell_the_number(written):
    condition = read_condition("tace-failure")
    definition = read_definition(written("insufficient_response above 25"))
    assert "more than 25 percent of the treated tumor is viable" in " ".join(sentences(definition, condition))
    zh = " ".join(sentences(definition, condition, "zh"))
    assert "治疗肿瘤存活比例超过25%" in zh
    assert condition.finding("child_pugh_c at_least 9").says.text("en") == (
        "Child-Pugh class C (10 points or more): at least 9"
    )


def test_the_number_settles_which_test_is_meant_and_no_other_reading(written):
    condition = read_condition("tace-failure")
    names = {r.name for r in readings_of(read_definition(written("insufficient_response above 25")), condition)}
    assert names == {"imaging_window", "run_over"}


@pytest.mark.parametrize("finding", ["insufficient_response below 25", "new_lesions above 1", "insufficient above 25"])
def test_a_limit_that_a_finding_does_not_have_is_refused(written, finding):
    with pytest.raises(ConsensusError, match="is not a finding"):
        read_definition(written(finding))
