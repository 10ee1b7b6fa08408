"""All readings of a definition at once: whose verdict stands, which reading flips it, and how the rates move."""

import random
from datetime import date

import pandas as pd
import pytest
from laws.random_cohorts import random_cohort

from consensus import score
from consensus.definitions.condition import read_condition
from consensus.definitions.definition_file import read_definition
from consensus.scoring.courses import Courses
from consensus.scoring.missingness import missing_rules
from questionnaires.problems import ConsensusError

TACE = read_condition()
COMBINATIONS = {"jsh-lcsgj-2014": 4 * 2 * 2 * 3 * 3, "zhang-2022": 3 * 2 * 2, "intl-panel-2014": 2 * 2 * 3}


def courses(**cells):
    """Return one patient with two sessions and these cells at both."""
    sessions = pd.DataFrame(
        {
            "patient_id": ["P1", "P1"],
            "session_date": [date(2021, 1, 4), date(2021, 3, 5)],
            "imaging_date": [date(2021, 2, 8), date(2021, 4, 9)],
            **{name: list(values) for name, values in cells.items()},
        }
    )
    return Courses.from_frames(pd.DataFrame({"patient_id": ["P1"], "baseline_extrahepatic_spread": [1]}), sessions)


@pytest.mark.parametrize(("definition", "number"), COMBINATIONS.items())
def test_the_product_of_what_a_text_leaves_open(definition, number):
    found = score(courses(), definition, readings="all")
    assert found.ranges()["combinations"].tolist() == [number]
    assert len(found.by_combination()) == number
    assert found.by_combination()["readings"].is_unique


def test_whose_verdict_stands_and_what_flips_it():
    found = score(courses(extrahepatic_spread=[1, 1]), "kim-2012-sp", readings="all")
    row = found.to_frame().iloc[0]
    # at baseline already: an appearance only for those who ask for its presence; invasion is not recorded at all
    assert (row.verdict, row.stable, row.met) == ("unknown", False, 3)
    assert row.flips == "appearance=present;unrecorded=absent"
    told = found.ranges().iloc[0]
    assert (told.rate, told.rate_low, told.rate_high) == (0, 0, 1)
    assert "appearance=present" in told.readings_high


def test_a_verdict_that_stands_by_all_readings_names_none():
    found = score(courses(target_response=["CR", "CR"]), "no-response-2", readings="all")
    row = found.to_frame().iloc[0]
    assert (row.verdict, row.stable, row.flips) == ("not_met", True, "")


def test_each_combination_is_what_score_says_of_it():
    read = Courses.from_frames(*random_cohort(7, patients=60))
    found = score(read, list(COMBINATIONS), readings="all").by_combination()
    draw = random.Random(3)
    for row in draw.sample(list(found.itertuples(index=False)), 12):
        chosen = dict(pair.split("=") for pair in row.readings.split(";"))
        counts = score(read, row.definition, readings=chosen).counts().iloc[0]
        assert (counts.met, counts.not_met, counts.unknown) == (row.met, row.not_met, row.unknown), row


def test_several_scans_of_a_session_are_seen_as_each_window_sees_them():
    people, sessions = random_cohort(11, patients=30, faults=False)
    draw = random.Random(5)
    scans = pd.DataFrame(
        [
            {
                "patient_id": row.patient_id,
                "date": row.session_date + pd.Timedelta(days=draw.choice([10, 30, 45, 80])),
                "target_response": draw.choice(["PR", "SD", "PD", None]),
                "viable_percent": draw.choice([10, 60, 90, None]),
                "extrahepatic_spread": draw.choice([0, 1, None]),
            }
            for row in sessions.sample(40, random_state=1).itertuples()
        ]
    )
    read = Courses.from_frames(people, sessions, assessments=scans)
    assert read.assessments is not None
    found = score(read, ["zhang-2022", "kim-2012-sp", "jsh-lcsgj-2014"], readings="all").by_combination()
    for row in draw.sample(list(found.itertuples(index=False)), 12):
        chosen = dict(pair.split("=") for pair in row.readings.split(";"))
        counts = score(read, row.definition, readings=chosen).counts().iloc[0]
        assert (counts.met, counts.not_met, counts.unknown) == (row.met, row.not_met, row.unknown), row


def test_frames_of_another_kind_give_the_same():
    pl = pytest.importorskip("polars")
    people, sessions = random_cohort(9, patients=30, plain=True)
    sessions = sessions[sessions["session_no"].notna()]
    people, sessions = (
        f.assign(**{n: f[n].map(lambda v: None if v != v or v is None else str(v)) for n in f if f[n].dtype == object})
        for f in (people, sessions)
    )
    by_arrays = score(Courses(people, sessions), list(COMBINATIONS), readings="all")
    by_polars = score(Courses(pl.from_pandas(people), pl.from_pandas(sessions)), list(COMBINATIONS), readings="all")
    pd.testing.assert_frame_equal(by_polars.by_combination(), by_arrays.by_combination())
    pd.testing.assert_frame_equal(by_polars.to_frame(), by_arrays.to_frame())


def test_too_many_combinations_are_refused():
    from dataclasses import replace

    days = tuple(str(days) for days in range(6000))
    wide = replace(read_definition("korea-as-cited"), open=(("window_days", days),))
    with pytest.raises(ConsensusError, match=r"korea-as-cited: its open readings have 6000 combinations. Expected at"):
        score(courses(), wide, readings="all")


def test_the_three_rules_for_what_is_missing_stand_side_by_side():
    read = courses(extrahepatic_spread=[1, None], vascular_invasion=[None, None])
    listed = [read_definition(name) for name in ("kim-2012-sp", "zhang-2022")]
    found = missing_rules(read, listed, TACE)
    assert found["rule"].tolist() == ["unknown", "absent", "lasting"]
    assert set(found["definition"]) == {"kim-2012-sp"}  # zhang-2022 asks for nothing that could be taken for a no
    # spread was there at baseline, so it is none that appears; invasion is recorded nowhere
    assert found[["met", "not_met", "unknown"]].values.tolist() == [[0, 0, 1], [0, 1, 0], [0, 0, 1]]


def test_what_lasts_fills_the_gaps_between():
    read = courses(vascular_invasion=[None, 0], extrahepatic_spread=[0, 0])
    found = missing_rules(read, [read_definition("kim-2012-sp")], TACE, {"appearance": "present"})
    # a no at the second session says that there was none before
    assert found[["met", "not_met", "unknown"]].values.tolist() == [[0, 0, 1], [0, 1, 0], [0, 1, 0]]
