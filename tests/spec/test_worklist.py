"""The worklist is what a plain judge finds that tells every term of a course anew for each value in a cell."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.cohort import cohort
from consensus.definitions.condition import read_condition
from consensus.definitions.definition_file import read_definition, read_definitions
from consensus.scoring import worklist as module
from consensus.scoring.courses import Courses, read_courses
from consensus.scoring.filling import Filler
from consensus.scoring.score import score
from consensus.scoring.worklist import worklist
from reports.scoring import courses_and_definitions

STORY = Path(__file__).parents[1] / "stories" / "3-cohort"


class Plain(Filler):
    """A judge that holds nothing and takes each value for one of its own."""

    def hold(self, course, begun, column):
        self.held.clear()

    def effect(self, course, column, at):
        return None


def both_ways(scores, monkeypatch):
    """Return the worklist as it is and as the plain judge finds it."""
    found = []
    for judge in (Filler, Plain):
        monkeypatch.setattr(module, "Filler", judge)
        worklist.cache_clear()
        found.append([(w.spot, w.patient_id, w.column, w.settles) for w in worklist(scores)])
    worklist.cache_clear()
    return found


def verdicts(condition):
    return [d for d in read_definitions(condition) if not d.is_score]


def drawn(seed, patients=24, share=0.12):
    """Return a SYNTHETIC cohort with more empty cells."""
    draw, (people, sessions) = np.random.default_rng(seed), cohort(patients, seed)
    for frame in (people, sessions):
        for name in frame.columns.difference(["patient_id", "session_no", "session_date"]):
            frame[name] = frame[name].mask(draw.random(len(frame)) < share)
    return Courses.from_frames(people, sessions)


def test_of_the_cohort_of_story_3(monkeypatch):
    courses, wanted, _ = courses_and_definitions(str(STORY / "study.toml"), (), None)
    mine = read_definition(STORY / "mine.yaml", courses.condition)
    found, plain = both_ways(score(courses, [*wanted, mine]), monkeypatch)
    assert found == plain
    assert len(found) > 90


@pytest.mark.parametrize(
    ("seed", "readings"),
    [
        (1, {}),
        (2, {"imaging_window": "28-92", "run_over": "assessed_sessions"}),
        (3, {"appearance": "present"}),
    ],
)
def test_of_random_cohorts(seed, readings, monkeypatch):
    found, plain = both_ways(score(drawn(seed), verdicts(read_condition()), readings=readings), monkeypatch)
    assert found == plain
    assert len({column for _, _, column, _ in found}) > 4


def test_of_the_sample_with_further_scans(monkeypatch):
    courses = read_courses("tace-failure")
    found, plain = both_ways(score(courses, verdicts(courses.condition)), monkeypatch)
    assert found == plain
    assert found
