"""An earlier survey beside this one: shared items, shared answers, differences with Newcombe's limits."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from consensus import agree
from consensus.agreement.earlier import compare_surveys
from questionnaires.published import read_published

STORY = Path(__file__).parents[1] / "stories" / "1-second-survey"


@pytest.fixture(scope="module")
def then():
    return agree(read_published("cci-2020"))


@pytest.fixture(scope="module")
def expected():
    return json.loads((STORY / "expected.json").read_text(encoding="utf-8"))["compare"]


@pytest.fixture(scope="module")
def now(expected):
    """Return the counts of story 1 as an agreement on its own instrument."""
    from consensus.agreement.tally import OptionTally, QuestionTally, Tally
    from questionnaires.xlsform import read_instrument

    asked = read_instrument(STORY / "instrument.xlsx")
    questions = []
    for question in asked.questions:
        rows = {r["option"]: r for r in expected if r["question"] == question.name}
        if rows:
            options = tuple(
                OptionTally(option=c.name, count=rows.get(c.name, {}).get("count")) for c in question.choices
            )
            n = next(iter(rows.values()))["n"]
            questions.append(QuestionTally(question=question.name, options=options, answered=n))
    template = agree(read_published("cci-2020"))
    return replace(template, instrument=asked, tally=Tally(instrument=asked, questions=tuple(questions)))


def test_each_shared_answer_of_story_1_has_the_expected_difference(now, then, expected):
    found = {(a.question, a.option): a for a in compare_surveys(now, then).answers}
    assert set(found) == {(e["question"], e["option"]) for e in expected}
    for e in expected:
        a = found[e["question"], e["option"]]
        assert (a.their_question, a.their_option) == (e["their_question"], e["their_option"])
        assert (a.count, a.n, a.their_count, a.their_n) == (e["count"], e["n"], e["their_count"], e["their_n"])
        d = a.difference
        assert (d.value, d.low, d.high) == pytest.approx((e["difference"], e["low"], e["high"]), abs=1e-6)
        assert d.method == "newcombe"


def test_a_survey_beside_itself_has_no_difference_and_leaves_out_what_was_not_printed(then):
    found = compare_surveys(then, then)
    assert {a.difference.value for a in found.answers} == {0.0}
    # "any other answer" is what the printed counts leave over: no answer that could be the same as another
    assert "other" not in {a.option for a in found.answers}
    assert list(found.to_frame()["their_question"]) == list(found.to_frame()["question"])


def test_surveys_that_share_no_item_have_nothing_to_compare(now, then):
    assert compare_surveys(then, now).items == ()


def test_an_item_without_a_common_answer_says_why(now, then):
    asked = replace(
        now.instrument,
        questions=tuple(
            replace(q, choices=tuple(replace(c, name=f"mine_{c.name}", endorses=None) for c in q.choices))
            for q in now.instrument.questions
        ),
    )
    items = compare_surveys(replace(now, instrument=asked), then).items
    assert items
    assert {item.why for item in items} == {"no answer of it has a count in both surveys"}


def section(folder, text):
    from reports.compose import compose
    from reports.study import read_study, run_study
    from reports.write import material_of

    (folder / "study.toml").write_text(text, encoding="utf-8")
    material = material_of(run_study(read_study(folder / "study.toml")))
    return next((s for s in compose(material).sections if s.id == "comparison"), None), material


@pytest.mark.parametrize(("language", "said"), [("en", "everyone who answered"), ("zh", "全部作答者")])
def test_a_report_sets_both_surveys_side_by_side(tmp_path, language, said):
    from questionnaires.simulation.simulate import simulate
    from questionnaires.simulation.workbook import write_answers
    from questionnaires.xlsform import read_instrument

    write_answers(simulate(read_instrument("tace-failure"), 60, seed=3), tmp_path / "answers_SYNTHETIC.xlsx")
    found, material = section(
        tmp_path,
        f'[study]\nlanguage = "{language}"\n[instrument]\nlibrary = "tace-failure"\n'
        '[[responses]]\nfile = "answers_SYNTHETIC.xlsx"\n[compare]\nstudies = ["cci-2020"]\n',
    )
    frames, figure, shared, _, wordings = found.blocks[1:6]
    told = {row[0].text: (row[1].text, row[2].text) for row in frames.rows}
    assert (said, said) in told.values()
    assert ("60", "257") in told.values()
    assert len(figure.description) > 100
    assert len(shared.rows) == len(material.earlier[0].comparison.answers) > 5
    assert wordings.id == "wordings-cci-2020"
    assert "published.csv" in {name for name, _ in material.provenance.inputs}


def test_a_study_that_shares_nothing_says_how_items_are_marked(tmp_path):
    found, _ = section(tmp_path, '[instrument]\nlibrary = "korea-2018"\n[compare]\nstudies = ["cci-2020"]\n')
    assert "same_as" in found.blocks[0].text


def test_an_earlier_study_that_is_not_there_is_named_with_its_line(tmp_path):
    from questionnaires.problems import ConsensusError

    with pytest.raises(ConsensusError, match=r'study\.toml, line 4: "cci-2021" is neither a file nor a name'):
        section(tmp_path, '[instrument]\nlibrary = "cci-2020"\n[compare]\nstudies = ["cci-2021"]\n')
