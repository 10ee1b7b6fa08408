"""Two other programs of three definitions, in numpy and patient by patient, judge random courses as `score` does.

They stand in `benchmarks/`, where they are timed; they share no code with `consensus`, and none with each other but for
the made-up cohort.
"""

import sys
from pathlib import Path

import pytest

from consensus import score
from consensus.scoring.courses import Courses

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(scope="module")
def peers():
    sys.path.insert(0, str(BENCHMARKS))
    try:
        import cohort
        import patient_by_patient
    finally:
        sys.path.remove(str(BENCHMARKS))
    return cohort, patient_by_patient, cohort.must_equal


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_numpy_by_hand_and_patient_by_patient_give_the_same_table(peers, seed):
    cohort, patient_by_patient, must_equal = peers
    people, sessions = cohort.cohort(150, seed)
    scores = score(Courses.from_frames(people, sessions), cohort.DEFINITIONS)
    assert scores.counts()[["met", "not_met", "unknown"]].to_numpy().min() > 0
    must_equal(scores.to_frame(), cohort.by_hand(people, sessions))
    must_equal(scores.to_frame(), patient_by_patient.by_apply(people, sessions))


def test_a_wrong_peer_is_noticed(peers):
    cohort, _, must_equal = peers
    people, sessions = cohort.cohort(50, 1)
    frame = score(Courses.from_frames(people, sessions), cohort.DEFINITIONS).to_frame()
    wrong = cohort.by_hand(people, sessions)
    wrong.loc[0, "verdict"] = "unknown" if wrong.loc[0, "verdict"] == "met" else "met"
    with pytest.raises(AssertionError, match="other verdicts"):
        must_equal(frame, wrong)
