"""The numbers that people agree on are in the terms: sessions, days, limits, rises; and which are told beside."""

from dataclasses import replace
from decimal import Decimal

import pytest

from consensus import agree, propose, read_definition
from consensus.definitions.condition import read_condition
from consensus.definitions.definition import Consecutive, Once, Rising, Within
from consensus.definitions.definition_file import write_definition
from consensus.proposals.forms import shape_of
from questionnaires import read_instrument, read_responses
from questionnaires.instrument import Criterion, Labels
from questionnaires.simulation import simulate, write_answers

CONDITION = read_condition("tace-failure")
HELD = {
    "consent": {"agree": 1.0},
    "insufficient_response": {"yes": 1.0},
    "marker_rise": {"yes": 1.0},
    "insufficient_times": {"2": 0.8, "4": 0.2},
    "viability": {"v25": 0.7, "v75": 0.1, "sd_pd": 0.2},
    "window": {"d42": 1.0},
    "rise": {"r50": 0.7, "r100": 0.3},
}


def asked(form, finding="insufficient_response", **more):
    return Criterion(name="c", label=Labels((("en", "words"),)), finding=finding, form=form, **more)


@pytest.mark.parametrize(
    ("criterion", "numbers", "form", "units"),
    [
        (asked("consecutive", times=2), {}, Consecutive(finding="insufficient_response", times=2), set()),
        (asked("consecutive"), {"times": 3.0}, Consecutive(finding="insufficient_response", times=3), {"times"}),
        (
            asked("consecutive", times=2),
            {"viable_percent": 37.5, "days": 42.0},
            Consecutive(finding="insufficient_response above 37.5", times=2),
            {"viable_percent"},
        ),
        (asked("once"), {"viable_percent": 25.0}, Once(finding="insufficient_response above 25"), {"viable_percent"}),
        (
            asked("within", times=3, days=100),
            {"days": 183.0, "times": 2.0},
            Within(finding="insufficient_response", times=2, days=183),
            {"days", "times"},
        ),
        (asked("once", finding="new_lesions"), {"viable_percent": 25.0}, Once(finding="new_lesions"), set()),
        (
            asked("consecutive", finding="marker_rises", times=2),
            {"rise_percent": 20.0},
            Rising(
                finding="afp rises by 20 percent over baseline", times=2, column="afp", by=Decimal(20), over="baseline"
            ),
            {"rise_percent"},
        ),
        # any rise over the baseline can't be said: the finding's own reading stays
        (
            asked("consecutive", finding="marker_rises", times=2),
            {"rise_percent": 0.0},
            Consecutive(finding="marker_rises", times=2),
            set(),
        ),
        (
            asked("rising", finding="marker_rises", times=2),
            {},
            Rising(finding="afp rises", times=2, column="afp"),
            set(),
        ),
        (
            asked("rising", finding="dcp"),
            {"rise_percent": 50.0, "times": 2.0},
            Rising(finding="dcp rises by 50 percent over previous", times=2, column="dcp", by=Decimal(50)),
            {"rise_percent", "times"},
        ),
        (
            asked("rising", finding="dcp"),
            {"rise_percent": 0.0},
            Rising(finding="dcp rises", times=1, column="dcp"),
            {"rise_percent"},
        ),
    ],
)
def test_what_enters_a_form(criterion, numbers, form, units):
    found = shape_of(criterion, CONDITION, numbers)
    assert (found.form, set(found.units), found.reason) == (form, units, "")


@pytest.mark.parametrize(
    ("criterion", "reason"),
    [
        (asked("rising", finding="new_lesions"), "is neither a rise of one column nor a column that has a baseline"),
        (asked("rising", finding="agent"), "is neither a rise of one column nor a column that has a baseline"),
        (asked("within", times=2), "does not say how often"),
        (asked("twice"), 'a term of the form "twice" can\'t be made'),
        (asked("once", finding="nothing"), "is not known to the condition tace-failure"),
    ],
)
def test_what_gives_no_form(criterion, reason):
    assert reason in shape_of(criterion, CONDITION, {}).reason


def answered(tmp_path, truth, people=120):
    instrument = read_instrument("tace-failure")
    made = simulate(instrument, people, 3, truth=truth, blank=0.0)
    return read_responses(write_answers(made, tmp_path / "a_SYNTHETIC.xlsx"), instrument)


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    return answered(tmp_path_factory.mktemp("held"), HELD)


@pytest.fixture(scope="module")
def held(answers):
    return propose(agree(answers, rule="share(agree) >= 75%"), replicates=300)


def test_numbers_agreed_on_are_in_the_proposal_and_read_back(held, tmp_path):
    forms = {term.id: term.form for term in held.thresholded.definition.terms}
    assert forms["insufficient_response"] == Consecutive(finding="insufficient_response above 25", times=2)
    assert (
        forms["marker_rise"]
        == shape_of(asked("consecutive", finding="marker_rises", times=2), CONDITION, {"rise_percent": 50.0}).form
    )
    for name in ("first.yaml", "first.xlsx"):
        write_definition(held.chosen, tmp_path / name)
        assert read_definition(tmp_path / name) == held.chosen


def test_each_number_is_traced_to_its_votes(held):
    by = {p.question: p for p in held.parameters}
    assert {q: (p.in_term, p.beside) for q, p in by.items()} == {
        "insufficient_times": (True, None),
        "viability": (True, None),
        "window": (False, "no_place"),
        "rise": (True, None),
    }
    notes = [note.text("en") for note in held.chosen.notes]
    counts = dict(by["viability"].counts)
    n = sum(counts.values())
    (told,) = [note for note in notes if "more than 25 percent viable is the median" in note]
    assert told.startswith("Repeated insufficient response of the treated tumor means TACE failure: ")
    assert told.endswith(f"{counts[25.0]} of {n} accept it.")
    assert (
        f"the median of the {n} numbers given to \N{LEFT DOUBLE QUOTATION MARK}From which share of viable tumor" in told
    )
    assert any("a rise by 50 percent or more is the median" in note for note in notes)
    assert all(note.text("zh") != note.text("en") for note in held.chosen.notes)


def test_a_number_that_most_did_not_give_is_told_beside(tmp_path):
    truth = HELD | {"viability": {"v25": 0.3, "sd_pd": 0.7}}
    found = propose(agree(answered(tmp_path, truth), rule="share(agree) >= 75%"), replicates=50)
    (form,) = [t.form for t in found.chosen.terms if t.id == "insufficient_response"]
    assert form.finding == "insufficient_response"
    (told,) = [p for p in found.parameters if p.question == "viability"]
    assert (told.in_term, told.beside) == (False, "no_majority")


def test_how_often_each_number_is_drawn(held):
    told = held.uncertainty.criterion("insufficient_response")
    ((unit, shares),) = told.numbers
    assert unit == "viable_percent"
    assert dict(shares)[25.0] > 0.9
    assert sum(share for _, share in shares) <= 1 + 1e-12
    first = held.uncertainty.thresholded[0]
    assert ("insufficient_response", "viable_percent", 25.0) in first.numbers


@pytest.mark.parametrize("form", ["consecutive", "rising"])
def test_a_number_that_a_majority_gave_makes_a_definition_where_nobody_was_asked(answers, form):
    found = {"consecutive": "insufficient_response", "rising": "dcp"}[form]
    instrument = replace(
        answers.instrument,
        questions=tuple(q for q in answers.instrument.questions if q.name != "insufficient_response"),
        criteria=tuple(
            replace(c, form=form, finding=found) if c.name == "insufficient_response" else c
            for c in answers.instrument.criteria
        ),
    )
    proposals = propose(agree(replace(answers, instrument=instrument)), replicates=400)
    (made,) = [p for p in proposals if p.kind == "numbers"]
    (term,) = made.definition.terms
    assert (term.id, term.form.times, term.votes.question, term.votes.kind) == (
        "insufficient_response", 2, "insufficient_times", "proxy",
    )  # fmt: skip
    assert getattr(term.form, "column", "") == ("dcp" if form == "rising" else "")
    assert (made.won, made.draws) == (1.0, 400)  # 80 % of 120 gave it


def test_a_criterion_that_rises_is_voted_into_a_term(answers):
    criteria = tuple(
        replace(c, form="rising", finding="dcp", times=3) if c.name == "marker_rise" else c
        for c in answers.instrument.criteria
    )
    found = propose(
        agree(replace(answers, instrument=replace(answers.instrument, criteria=criteria)), rule="share(agree) >= 75%"),
        replicates=50,
    )
    (term,) = [t for t in found.chosen.terms if t.id == "marker_rise"]
    assert (term.form.column, term.form.times, term.form.by, term.form.over) == ("dcp", 3, Decimal(50), "previous")
    assert term.votes.question == "marker_rise"
