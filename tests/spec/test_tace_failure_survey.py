"""The bundled survey `tace-failure`: ready to field, comparable with 2020, vignettes that the condition can read."""

import pytest
from click.testing import CliRunner
from openpyxl import Workbook

from consensus import read_courses, score
from consensus.definitions.condition import read_condition
from questionnaires import read_instrument
from questionnaires.library import entry
from reports.cli import main

SURVEY, EARLIER = read_instrument("tace-failure"), read_instrument("cci-2020")


def test_blocks_of_ratings_and_vignettes_count_as_one_question_each():
    single = [q for q in SURVEY.questions if q.groups not in (("ratings",), ("vignettes",))]
    assert len(single) + 2 == 36
    assert len(SURVEY.questions_of("vignette")) == len(SURVEY.vignettes) == 8
    assert {q.vignette for q in SURVEY.questions_of("vignette")} == {v.name for v in SURVEY.vignettes}


def test_each_criterion_is_voted_on_and_rated():
    names = [criterion.name for criterion in SURVEY.criteria]
    assert [q.criterion for q in SURVEY.questions_of("criterion")] == names
    assert [q.criterion for q in SURVEY.questions_of("rating")] == names
    findings = {finding.name for finding in read_condition().findings}
    assert {c.finding for c in SURVEY.criteria if c.finding} <= findings


@pytest.mark.parametrize("question", [q for q in SURVEY.questions if q.same_as], ids=lambda q: q.name)
def test_options_can_be_compared_with_2020(question):
    survey, _, item = question.same_as.partition(":")
    assert survey == "cci-2020"
    earlier = {choice.name for choice in EARLIER.question(item).choices} - {"other"}
    assert earlier <= {choice.name for choice in question.choices}


def test_all_items_of_2020_are_asked_but_two_that_name_no_criterion():
    asked = {q.same_as.split(":")[1] for q in SURVEY.questions if q.same_as}
    assert {q.name for q in EARLIER.questions} - asked == {"cn_variation", "cn_first"}


def test_nobody_is_asked_without_consent():
    assert all("${consent} = 'agree'" in (SURVEY.asked_if(q) or "") for q in SURVEY.questions[1:])
    assert [q.name for q in SURVEY.questions if SURVEY.asked_if(q) is None] == ["consent"]


def test_vignettes_are_in_the_columns_of_the_condition():
    condition = read_condition()
    known = {column.name for column in (*condition.patients, *condition.sessions)}
    written = {column for v in SURVEY.vignettes for session in v.sessions for column, _ in session}
    assert written <= known


def test_the_definitions_judge_the_vignettes_differently(tmp_path):
    book = Workbook()
    patients, sessions = book.active, book.create_sheet("sessions")
    patients.title = "patients"
    of_patient = [name for name, _ in SURVEY.vignettes[0].sessions[0] if name.startswith(("baseline", "intent"))]
    of_session = [name for name, _ in SURVEY.vignettes[0].sessions[0] if name not in of_patient]
    patients.append(["patient_id", *of_patient])
    sessions.append(["patient_id", *of_session])
    for vignette in SURVEY.vignettes:
        first = dict(vignette.sessions[0])
        patients.append([vignette.name, *(first[name] for name in of_patient)])
        for session in map(dict, vignette.sessions):
            sessions.append([vignette.name, *(session[name] for name in of_session)])
    book.save(tmp_path / "courses.xlsx")
    courses = read_courses(tmp_path / "courses.xlsx")
    assert [str(p) for p in courses.problems] == []
    scores = score(courses, ["jsh-lcsgj-2014", "zhang-2022", "europe-raoul-2014", "intl-panel-2014"]).to_frame()
    met = scores[scores["verdict"] == "met"].groupby("definition")["patient_id"].apply(list).to_dict()
    assert met == {
        "jsh-lcsgj-2014": ["v1", "v2", "v4", "v5", "v6", "v7"],
        "zhang-2022": ["v2"],
        "europe-raoul-2014": ["v5", "v8"],
        "intl-panel-2014": ["v2", "v7"],
    }


def test_its_report_says_plainly_that_there_are_no_answers():
    assert entry("tace-failure").published is None
    assert entry("tace-failure").answers is None
    done = CliRunner().invoke(main, ["report", "tace-failure"])
    assert done.exit_code == 3
    assert "tace-failure: no answers of this instrument are published" in done.output


def test_the_codebook_is_shown():
    done = CliRunner().invoke(main, ["library", "show", "tace-failure"])
    assert done.exit_code == 0
    assert "### 13. `insufficient_response`" in done.output
    assert "No counts of it are published. No answers are bundled." in done.output
