"""`consensus definitions`: sentences, checks with examples and lint, and what tells two definitions apart."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from consensus.definitions.condition import read_condition
from consensus.definitions.definition_file import read_definition, read_definitions
from consensus.definitions.form_sentences import short_form
from consensus.definitions.lint import lint
from consensus.definitions.sentences import sentences
from consensus.scoring.compare import separate
from consensus.scoring.examples import run_examples
from consensus.scoring.judge import Judge
from reports.cli import main

TACE = read_condition("tace-failure")
ALL = read_definitions(TACE)
BY_ID = {definition.id: definition for definition in ALL}

MINE = """\
id: mine
title: {en: "Mine"}
condition: tace-failure
source: {cite: "made for a test", standing: example}
points:
  failure_at: CUT
  terms:
    - {id: spread, says: "Spread", points: 2, once: extrahepatic_spread_appears}
    - {id: run, says: "Two in a row", points: 1, consecutive: {finding: no_response, times: 2}}
examples:
  - patient: {baseline_extrahepatic_spread: 0}
    sessions: [{session_date: 2021-01-04, extrahepatic_spread: 1, target_response: CR}]
    expect: {verdict: VERDICT}
"""


def run(*arguments, code=0):
    done = CliRunner().invoke(main, ["definitions", *arguments], prog_name="consensus")
    assert done.exit_code == code, done.output
    return done.output


def written(tmp_path, cut="2", verdict="met", text=MINE):
    path = tmp_path / "mine.yaml"
    path.write_text(text.replace("CUT", cut).replace("VERDICT", verdict), encoding="utf-8")
    return path


def test_jsh_reads_as_its_paper_does():
    shown = run("show", "jsh-lcsgj-2014")
    lines = shown.splitlines()
    assert lines[0] == "JSH-LCSGJ criteria 2014 (jsh-lcsgj-2014)"
    numbered = [line.strip() for line in lines if line.strip()[:2] in ("1.", "2.", "3.", "4.", "5.")]
    assert [line.split(" ", 1)[1][:42] for line in numbered] == [
        "Two or more consecutive insufficient respo",
        "Two or more consecutive increases of the n",
        "Continuous elevation of tumor markers righ",
        "Appearance of vascular invasion",
        "Appearance of extrahepatic spread",
    ]
    assert "Met as soon as one of these holds:" in lines
    assert "even after changing the agent or analyzing the feeding artery again" in shown
    assert "imaging_window = 28-92" in shown
    assert "(stated by the definition)" in shown


@pytest.mark.parametrize("definition", ALL, ids=lambda d: d.id)
def test_every_definition_reads_in_chinese_without_english_criteria(definition):
    chinese = sentences(definition, TACE, "zh")
    criteria = [line for line in chinese if line.startswith(("  1.", "  2.", "  3.", "  4.", "  5.", "     即"))]
    assert len(criteria) >= len(definition.terms)
    assert [line for line in criteria if "session" in line or "response" in line] == []
    assert len([line for line in sentences(definition, TACE) if line[2:3].isdigit()]) == len(definition.terms)


@pytest.mark.parametrize("definition", ALL, ids=lambda d: d.id)
def test_the_library_says_of_its_examples_what_is_written_and_has_nothing_idle(definition):
    assert list(run_examples(definition, TACE)) == []
    assert list(lint(definition)) == []


def test_an_example_that_does_not_hold_is_told_and_ends_with_3(tmp_path):
    good = run("check", str(written(tmp_path)))
    assert "1 example judged, as written." in good
    assert "the cut-off is 2 points" in good
    bad = run("check", str(written(tmp_path, verdict="not_met")), code=3)
    assert "mine, example 1: the definition says met by points at session 1. Expected not_met" in bad


def test_a_cut_off_out_of_reach_and_an_idle_criterion_are_told(tmp_path):
    assert "the cut-off 9 is out of reach: all criteria together have 3 points" in run(
        "check", str(written(tmp_path, cut="9", verdict="not_met"))
    )
    assert "mine, run: can never matter" in run("check", str(written(tmp_path, cut="2")))


def test_duplicates_and_criteria_that_another_one_covers_are_told(tmp_path):
    text = MINE[: MINE.index("points:")] + (
        "any:\n"
        "  - {id: a, says: A, once: no_response}\n"
        "  - {id: b, says: B, once: no_response}\n"
        "  - {id: c, says: C, consecutive: {finding: no_response, times: 3}}\n"
    )
    shown = run("check", str(written(tmp_path, text=text)))
    assert "mine, b: asks for the same as a" in shown
    assert "mine, c: can never matter: whenever it holds, a has held" in shown
    assert "No faults, 2 remarks." in shown


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("kim-2012-sp", "korea-as-cited"),
        ("kim-2012-sp", "tactics-without-growth"),
        ("kim-2012-sp", "jsh-lcsgj-2014"),
        ("intl-panel-2014", "korea-as-cited"),
        ("cci-2021", "no-response-2"),
    ],
)
def test_the_implications_of_the_conformance_page_hold_over_all_courses(a, b):
    found = separate(BY_ID[a], BY_ID[b], TACE)
    assert found.implies


@pytest.mark.slow
def test_what_is_no_implication_has_a_course_that_both_judge_so():
    comparable = [d for d in ALL if not d.is_score]
    assert len(comparable) == 16
    for a in comparable:
        for b in comparable:
            found = separate(a, b, TACE)
            assert found.unsettled == "", (a.id, b.id)
            if found.course is not None:
                said = [Judge(definition=d, condition=TACE).judge(found.course).verdict for d in (a, b)]
                assert said == ["met", "not_met"], (a.id, b.id)


def test_responses_in_between_part_the_panel_from_two_in_a_row_at_five_sessions():
    found = separate(BY_ID["intl-panel-2014"], BY_ID["no-response-2"], TACE)
    assert [str(session.cell("target_response")) for session in found.course.sessions] == ["SD", "CR", "SD", "CR", "SD"]
    shown = run("compare", "intl-panel-2014", "no-response-2", "--sessions", "4")
    assert (
        "No course of up to 4 sessions that intl-panel-2014 calls met and no-response-2 not met was found; "
        "longer ones were not tried."
    ) in shown


def test_entry_and_exclusion_are_a_part_of_the_course(tmp_path):
    text = MINE[: MINE.index("examples:")].replace("CUT", "2")
    narrow = tmp_path / "narrow.yaml"
    narrow.write_text(
        text.replace("id: mine", "id: narrow") + "entry: bclc_b\nexclude: afp_over_400\n", encoding="utf-8"
    )
    shown = run("compare", str(written(tmp_path, text=text)), str(narrow))
    assert "mine does not imply narrow. The shortest course that separates them has 1 session:" in shown
    assert "Whatever narrow calls met, mine calls met, on fully recorded courses of any length" in shown
    assert "  Before: baseline_bclc B\n" in run("compare", str(narrow), "zhang-2022")


def test_definitions_that_look_before_any_session_are_compared_there():
    shown = run("compare", "jsh-unsuitable-2021", "zhang-2022")
    assert "jsh-unsuitable-2021 does not imply zhang-2022: they differ before any session." in shown
    assert (
        "zhang-2022 does not imply jsh-unsuitable-2021. The shortest course that separates them has 3 sessions" in shown
    )


def test_zhang_and_jsh_part_at_three_insufficient_responses_without_a_change():
    found = separate(read_definition("zhang-2022"), read_definition("jsh-lcsgj-2014"), TACE)
    assert found.course is not None
    assert [str(session.cell("viable_percent")) for session in found.course.sessions] == ["51", "51", "51"]
    assert len({session.cell("agent") for session in found.course.sessions}) == 1
    shown = run("compare", "jsh-lcsgj-2014", "zhang-2022")
    assert "zhang-2022 does not imply jsh-lcsgj-2014" in shown
    assert "Met at session 3 by insufficient_response_3" in shown


def test_without_the_proviso_jsh_follows_from_zhang():
    shown = run("compare", "zhang-2022", "jsh-lcsgj-2014", "--reading", "proviso=not_required")
    assert "Whatever zhang-2022 calls met, jsh-lcsgj-2014 calls met, on fully recorded courses of any length" in shown


def test_a_comparison_as_json_has_both_directions():
    found = json.loads(run("compare", "kim-2012-sp", "jsh-lcsgj-2014", "--json"))
    assert [one["implies"] for one in found["directions"]] == [True, False]
    assert found["directions"][1]["course"][0]["session_date"] == "2021-01-04"


def test_a_condition_of_its_own_speaks_in_its_own_words():
    toy = Path(__file__).parents[1] / "stories/4-stranger/toy/condition"
    shown = run("show", "two-courses", "--condition", str(toy))
    assert "at 2 courses of inhaled therapy in a row" in shown
    assert "TACE" not in shown
    listed = run("list", "--condition", str(toy), "--language", "zh")
    assert "cough-points" in listed


def test_days_from_the_first_session_are_not_taken_for_any_days(tmp_path):
    text = MINE[: MINE.index("points:")] + (
        "any:\n"
        "  - {id: a, says: A, within: {finding: any_session, times: 3, days: 183%s}}\n"
        "  - {id: b, says: B, within: {finding: any_session, times: 4, days: 180%s}}\n"
    )
    first = ", from_first: true"
    for a, b, idle in (("", "", True), ("", first, True), (first, first, True), (first, "", False)):
        shown = run("check", str(written(tmp_path, text=text % (a, b))))
        assert ("mine, b: can never matter: whenever it holds, a has held" in shown) is idle
    term = read_definition("kim-2012-predictors").terms[-1]
    assert short_form(term.form, TACE) == "3 in 183 days from the first"
    assert short_form(term.form, TACE, "zh") == "自首次起183天内3次"
