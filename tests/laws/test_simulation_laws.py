"""Laws of made-up answers: routing and constraints are kept, the truth is found again, a file gives them back."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from questionnaires import read_instrument, read_responses
from questionnaires.instrument import Choice, Group, Instrument, Labels, Question
from questionnaires.problems import ConsensusError
from questionnaires.routing import parse_expression
from questionnaires.simulation import simulate, write_answers

SURVEY = read_instrument("tace-failure")
STORY = read_instrument(Path(__file__).parents[1] / "stories" / "1-second-survey" / "instrument.xlsx")
QUIET = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
SEEDS, PEOPLE, SHARES = st.integers(0, 2**32), st.integers(3, 40), st.sampled_from([0.0, 0.2])


def differing(made, read, leave_out=("respondent",)):
    """Return where two sets of answers differ; identifiers never stay as they stand."""
    return [
        (name, record)
        for name in made.values
        if name not in leave_out
        for record in range(len(made.values))
        if made.values[name][record] != read.values[name][record]
        or made.kinds[name][record] != read.kinds[name][record]
    ]


@QUIET
@given(instrument=st.sampled_from([SURVEY, STORY]), seed=SEEDS, people=PEOPLE)
def test_answers_written_and_read_back_are_the_same(instrument, seed, people, tmp_path):
    made = simulate(instrument, people, seed, blank=0.1)
    read = read_responses(write_answers(made, tmp_path / "a_SYNTHETIC.xlsx"), instrument)
    assert read.synthetic
    assert not read.problems.faults
    # a record whose last questions are all blank may have stopped there, and the file can't tell
    assert [d for d in differing(made, read) if read.kinds[d[0]][d[1]] != "not_reached"] == []


@QUIET
@given(instrument=st.sampled_from([SURVEY, STORY]), seed=SEEDS, people=PEOPLE, stopped=SHARES)
def test_routing_and_constraints_are_kept(instrument, seed, people, stopped):
    made = simulate(instrument, people, seed, stopped=stopped)
    for record, answers in enumerate(made.values.to_dict("records")):
        for question in instrument.questions:
            kind, asked_if = made.kinds[question.name][record], instrument.asked_if(question)
            shown = asked_if is None or parse_expression(asked_if).holds(answers)
            assert (kind == "not_shown") == (not shown)
            if kind == "answered" and question.constraint:
                assert parse_expression(question.constraint).holds(answers, answers[question.name])
            if question.required:
                assert kind != "blank"
            if kind in ("blank", "not_shown", "not_reached"):
                assert answers[question.name] is None


@QUIET
@given(seed=SEEDS)
def test_the_same_seed_gives_the_same_bytes(seed, tmp_path):
    first, second = (write_answers(simulate(STORY, 9, seed), tmp_path / f"{n}_SYNTHETIC.xlsx") for n in "ab")
    assert first.read_bytes() == second.read_bytes()


def test_the_truth_is_found_again():
    truth = {"new_lesions": {"yes": 0.1, "equivocal": 0.3, "no": 0.6}, "new_lesions_rx": {"tace": 0.9, "ablation": 0.2}}
    made = simulate(SURVEY, 3000, 20261123, truth=truth)
    asked = made.values["new_lesions"][made.kinds["new_lesions"] == "answered"]
    assert len(asked) > 2800
    for option, share in truth["new_lesions"].items():
        error = (share * (1 - share) / len(asked)) ** 0.5
        assert (asked == option).mean() == pytest.approx(share, abs=4 * error)
    routed = made.values["new_lesions_rx"].dropna()
    assert len(routed) == (made.values["new_lesions"] == "no").sum()
    assert routed.map(lambda several: "tace" in several).mean() == pytest.approx(0.9, abs=0.03)
    told = made.truth.set_index(["question", "option"])["share"]
    assert told["new_lesions"].to_dict() == truth["new_lesions"]
    assert told["rate_new_lesions"].sum() == pytest.approx(1)


def test_opting_out_is_typed():
    made = simulate(SURVEY, 2000, 1)
    opted_out = made.values["insufficient_times"] == "dont_know"
    assert 40 < opted_out.sum() < 130
    assert set(made.kinds["insufficient_times"][opted_out]) == {"dont_know"}


@pytest.mark.parametrize(
    ("truth", "said"),
    [
        ({"new_lesion": {"yes": 1.0}}, 'Did you mean "new_lesions"'),
        ({"new_lesions": {"yess": 1.0}}, 'Did you mean "yes"'),
        ({"new_lesions": {"yes": 1.2}}, "Expected 0 to 1"),
        ({"new_lesions": {"yes": 0.5, "equivocal": 0.1, "no": 0.1}}, "sum to 0.7"),
    ],
)
def test_a_truth_that_cannot_be(truth, said):
    with pytest.raises(ConsensusError, match=said):
        simulate(SURVEY, 5, 1, truth=truth)


def test_a_constraint_that_nothing_keeps():
    question = Question(name="age", type="integer", label=Labels((("en", "Age"),)), constraint=". < 3 and . > 5")
    with pytest.raises(ConsensusError, match=r"age: no answer was found that keeps the constraint"):
        simulate(Instrument(id="x", title="x", questions=(question,)), 1, 1, blank=0.0)


def test_made_up_answers_are_never_written_without_their_mark(tmp_path):
    with pytest.raises(ConsensusError, match="SYNTHETIC"):
        write_answers(simulate(STORY, 3, 1), tmp_path / "answers.xlsx")


def test_groups_and_several_answers(tmp_path):
    options = tuple(Choice(name=n, label=Labels((("en", n.upper()),))) for n in ("a", "b", "c"))
    instrument = Instrument(
        id="small",
        title="Small",
        languages=("en",),
        questions=(
            Question(name="q", type="select_multiple", label=Labels((("en", "Q"),)), list_name="l", choices=options),
            Question(
                name="r", type="rank", label=Labels((("en", "R"),)), list_name="l", choices=options, groups=("g",)
            ),
        ),
        groups=(Group(name="g", relevant="selected(${q}, 'a')"),),
    )
    made = simulate(instrument, 60, 3, blank=0.0)
    read = read_responses(write_answers(made, tmp_path / "s_SYNTHETIC.xlsx"), instrument)
    assert differing(made, read) == []
    assert any(list(order) != sorted(order) for order in made.values["r"].dropna())
