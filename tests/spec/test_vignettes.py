"""Rules behind people's verdicts on vignettes: exact for each person, a logistic regression for the group."""

import numpy as np
import pytest
from scipy import integrate
from scipy.special import expit
from scipy.stats import norm

from consensus.agreement.agree import agree
from consensus.definitions.condition import read_condition
from consensus.proposals.candidates import candidates_of
from consensus.proposals.evidence import Shown
from consensus.proposals.group_rule import PRIOR, group_rule
from consensus.proposals.shows import shown_by, shown_by_vignettes
from consensus.proposals.vignettes import vignettes_of
from consensus.scoring.courses import read_courses
from consensus.scoring.score import score
from questionnaires import read_instrument, read_responses
from questionnaires.simulation import simulate, write_answers

VOTES = ("insufficient_response", "new_lesions", "marker_rise", "pvtt_branch", "ehs_limited", "liver_function")
JUDGED = [f"judge_v{n}" for n in range(1, 9)]


@pytest.fixture(scope="module")
def condition():
    return read_condition("tace-failure")


@pytest.fixture(scope="module")
def instrument():
    return read_instrument("tace-failure")


def answered(instrument, folder, judge, seed=4, people=60):
    """Return made-up answers in which `judge(person)` gives the verdicts on the eight vignettes."""
    # what a vignette shows hangs on the numbers that are agreed on
    agreed = {"consent": {"agree": 1.0}, "viability": {"v50": 1.0}, "rise": {"any": 1.0}}
    made = simulate(instrument, people, seed, truth=agreed)
    for person in range(people):
        for name, verdict in zip(JUDGED, judge(person), strict=True):
            made.values.loc[person, name] = {1: "yes", 0: "no", 0.5: "equivocal"}[verdict]
    return read_responses(write_answers(made, folder / "answers_SYNTHETIC.xlsx"), instrument)


@pytest.fixture(scope="module")
def judged(instrument, condition, tmp_path_factory):
    # three in four hold "three insufficient responses or invasion", the rest call everything failure but v8
    holds = [0, 1, 0, 1, 1, 0, 0, 0], [1, 1, 1, 1, 1, 1, 1, 0]
    answers = answered(instrument, tmp_path_factory.mktemp("v"), lambda person: holds[person % 4 == 0])
    candidates, _ = candidates_of(agree(answers), condition)
    return vignettes_of(answers, candidates, condition)


def test_what_the_vignettes_show(judged):
    assert judged.criteria == VOTES
    assert {one.vignette: one.shows for one in judged.judged} == {
        "v1": (),
        "v2": ("insufficient_response",),
        "v3": ("new_lesions",),
        "v4": ("pvtt_branch",),
        "v5": ("marker_rise", "pvtt_branch"),
        "v6": ("ehs_limited",),
        "v7": ("marker_rise",),
        "v8": (),
    }
    assert all(one.not_told == () for one in judged.judged)
    assert [one.majority for one in judged.judged] == [False, True, False, True, True, False, False, False]


def test_each_persons_rule_is_found_exactly(judged):
    first = judged.rules[0]
    assert first.sufficient == (("insufficient_response",), ("pvtt_branch",))
    assert (first.people, first.points, first.cut_off) == (45, (1, 0, 0, 1, 0, 0), 1)
    # v1 and v8 show the same, so who judges them differently makes one mistake by any definition
    assert judged.mistakes == (45, 15)
    assert judged.consistent == 0.75
    assert judged.repeated == (60, 45)
    assert first.definitions == 105  # of 244,158, all that look at the three others only together


def test_the_groups_rule_points_the_same_way(judged):
    found = judged.group
    weights = dict(zip(found.criteria, found.weights, strict=True))
    assert found.unseen == ("liver_function",)
    assert min(weights["insufficient_response"], weights["pvtt_branch"]) > max(
        weights["new_lesions"], weights["ehs_limited"]
    )
    assert found.spread > 0.5  # a quarter says yes to nearly everything
    points = dict(zip(found.criteria, found.points.points, strict=True))
    assert (points["insufficient_response"], points["pvtt_branch"]) == (found.points.cut_off, found.points.cut_off)
    assert max(points["new_lesions"], points["ehs_limited"], points["marker_rise"]) < found.points.cut_off


def test_the_fitted_rule_recovers_a_true_one_and_is_the_maximum():
    rng = np.random.default_rng(11)
    profiles = np.array([0b000, 0b001, 0b010, 0b100, 0b011, 0b111])
    bits = profiles[:, None] >> np.arange(3) & 1
    eta = -2 + bits @ np.array([2.5, 1.0, 0.2])
    verdicts = (rng.random((400, 6)) < expit(eta[None] + 1.2 * rng.normal(size=(400, 1)))).astype(float)
    verdicts[rng.random((400, 6)) < 0.1] = np.nan
    found = group_rule(("a", "b", "c"), profiles, verdicts)
    for estimate, error, truth in zip(found.weights, found.errors, (2.5, 1.0, 0.2), strict=True):
        assert abs(estimate - truth) < 3 * error
    assert found.spread == pytest.approx(1.2, abs=0.3)

    def penalized(weights, intercept, spread):
        """Return the log-likelihood by adaptive integration, independent of the quadrature under test."""
        total = 0.0
        for row in np.unique(np.nan_to_num(verdicts[:25], nan=-1), axis=0):
            line, there = intercept + bits @ np.array(weights), row >= 0
            many = (np.nan_to_num(verdicts[:25], nan=-1) == row).all(axis=1).sum()

            def inside(u, line=line, there=there, row=row):
                p = expit(line + spread * u)
                return np.prod(np.where(row == 1, p, 1 - p)[there]) * norm.pdf(u)

            total += many * np.log(integrate.quad(inside, -8, 8, epsabs=1e-12)[0])
        return total - np.sum(np.square(weights)) / (2 * PRIOR**2) - np.log(spread) ** 2 / (2 * PRIOR**2)

    part = group_rule(("a", "b", "c"), profiles, verdicts[:25])
    best = penalized(part.weights, part.intercept, part.spread)
    for k in range(3):
        for step in (-0.05, 0.05):
            moved = [w + step * (k == at) for at, w in enumerate(part.weights)]
            assert penalized(moved, part.intercept, part.spread) < best
    for change in (0.95, 1.05):
        assert penalized(part.weights, part.intercept * change, part.spread) < best
        assert penalized(part.weights, part.intercept, part.spread * change) < best


def test_a_cohort_by_profiles_gives_the_verdicts_of_the_score_table(instrument, condition, judged, tmp_path):
    answers = answered(instrument, tmp_path, lambda person: [0] * 8)
    candidates, _ = candidates_of(agree(answers), condition)
    courses = read_courses("tace-failure")
    shown = shown_by(candidates, courses)
    from consensus.proposals.making import definition_of_points

    definition = definition_of_points(candidates, (2, 1, 0, 2, 1, 0), 2, id="made-up", condition=condition.id)
    table = np.array([sum(w for k, w in enumerate((2, 1, 0, 2, 1, 0)) if p >> k & 1) >= 2 for p in range(64)])
    verdicts = np.where(table[shown.low], "met", np.where(table[shown.high], "unknown", "not_met"))
    assert verdicts.tolist() == score(courses, definition).frame["verdict"].tolist()
    assert {"met", "not_met", "unknown"} == set(verdicts)


def test_a_vignette_without_sessions_leaves_everything_open(instrument, condition):
    from dataclasses import replace

    from questionnaires.published import read_published

    candidates, _ = candidates_of(agree(read_published("cci-2020")), condition)
    bare = [replace(v, sessions=()) for v in instrument.vignettes[:2]]
    found = shown_by_vignettes(candidates, bare, condition)
    assert isinstance(found, Shown)
    assert (found.low.tolist(), found.high.tolist()) == ([0, 0], [15, 15])
