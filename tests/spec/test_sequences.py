"""A finding after others: `once: {finding, after}`, each at a session of its own, in their order."""

from itertools import combinations, product

import pandas as pd
import pytest

from consensus.definitions.condition import read_condition
from consensus.definitions.definition import Once
from consensus.definitions.definition_file import read_definition, write_definition
from consensus.definitions.logic import all_of, any_of
from consensus.definitions.sentences import sentences
from consensus.scoring.compare import separate
from consensus.scoring.courses import Courses
from consensus.scoring.score import score
from questionnaires.problems import ConsensusError
from reports.explaining import explain

TACE = read_condition()
HEAD = """id: ID
title: {en: "Made up for this test (SYNTHETIC)"}
condition: tace-failure
source: {cite: "made up for this test", standing: example}
"""
GROWS_BACK = "any:\n  - {id: back, says: Back, once: {finding: no_response, after: [response, target_progression]}}\n"
DAYS = ["2021-01-04", "2021-03-04", "2021-05-04", "2021-07-04"]


def made(tmp_path, text, name="made"):
    path = tmp_path / f"{name}.yaml"
    path.write_text(HEAD.replace("ID", name) + text, encoding="utf-8")
    return read_definition(path)


def is_in(said, wanted):
    return None if said is None else said in wanted


def by_hand(said):
    """Return the verdict by looking at each choice of three sessions in their order."""
    groups = combinations(range(len(said)), 3)
    steps = (("CR", "PR"), ("PD",), ("SD", "PD"))
    value = any_of([all_of([is_in(said[at], wanted) for at, wanted in zip(g, steps, strict=True)]) for g in groups])
    return {True: "met", False: "not_met", None: "unknown"}[value]


def test_every_course_of_four_sessions(tmp_path):
    courses = list(product(["PR", "SD", "PD", None], repeat=4))
    rows = [
        {"patient_id": f"p{at:03d}", "session_date": day, "target_response": said}
        for at, course in enumerate(courses)
        for day, said in zip(DAYS, course, strict=True)
    ]
    people = pd.DataFrame({"patient_id": [f"p{at:03d}" for at in range(len(courses))]})
    definition, wanted = made(tmp_path, GROWS_BACK), [by_hand(course) for course in courses]
    assert set(wanted) == {"met", "not_met", "unknown"}
    assert score(Courses.from_frames(people, pd.DataFrame(rows)), definition).frame["verdict"].tolist() == wanted
    assert score(Courses(people, pd.DataFrame(rows)), definition)["verdict"].tolist() == wanted


def test_it_is_written_in_words_and_read_back(tmp_path):
    definition = made(tmp_path, GROWS_BACK)
    assert definition.terms[0].form == Once(finding="no_response", after=("response", "target_progression"))
    for name in ("again.yaml", "again.xlsx"):
        write_definition(definition, tmp_path / name)
        assert read_definition(tmp_path / name).terms == definition.terms
    assert "after sessions with response of the target (CR or PR) and then progression of the target (PD)" in " ".join(
        sentences(definition, TACE)
    )
    assert "此前依次有：靶病灶应答（CR或PR），其后靶病灶进展（PD）" in " ".join(sentences(definition, TACE, "zh"))


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ("{finding: no_response}", 'the key "after" is missing'),
        ("{finding: no_response, after: [respons]}", 'Did you mean "response"?'),
        ("{finding: no_response, before: [response]}", '"before"'),
    ],
)
def test_what_is_wrong_with_one_is_told(tmp_path, form, message):
    with pytest.raises(ConsensusError) as caught:
        made(tmp_path, f"any:\n  - {{id: a, says: A, once: {form}}}\n")
    assert message in str(caught.value)
    assert "line 6" in str(caught.value)


def test_a_score_looks_at_one_moment_and_takes_none(tmp_path):
    text = (
        "kind: score\npoints:\n  at: baseline\n  classes: [{name: low, to: 0}]\n  terms:\n"
        "    - {id: a, says: A, points: 1, once: {finding: afp_over_400, after: [afp_over_200]}}\n"
    )
    with pytest.raises(ConsensusError, match='"after" looks at several sessions'):
        made(tmp_path, text)


def test_comparing_knows_the_order(tmp_path):
    back = made(tmp_path, GROWS_BACK, "back")
    progression = made(tmp_path, "any:\n  - {id: p, says: P, once: target_progression}\n", "progression")
    assert separate(back, progression, TACE).course is None  # what grows back has progressed
    told = separate(progression, back, TACE).course
    assert told is not None
    assert len(told.sessions) == 1


def test_an_explanation_shows_each_session(tmp_path):
    rows = [
        {"patient_id": "p", "session_date": day, "target_response": said}
        for day, said in zip(DAYS, ("PR", None, "SD"), strict=False)
    ]
    courses = Courses.from_frames(pd.DataFrame({"patient_id": ["p"]}), pd.DataFrame(rows))
    lines = explain(score(courses, made(tmp_path, GROWS_BACK)), "p")
    assert any("session 3: open, because target_response is empty" in line for line in lines)
