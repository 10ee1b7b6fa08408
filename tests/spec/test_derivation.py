"""The derivation done many times over at once, and what it tells of a proposal's certainty."""

from fractions import Fraction

import numpy as np
import pytest

from consensus.agreement.agree import agree
from consensus.agreement.design import design_of
from consensus.definitions.condition import read_condition
from consensus.proposals.candidates import candidates_of
from consensus.proposals.derivation import counted, derive, medians, weights_of
from consensus.proposals.opinions import Opinions, opinions_of
from consensus.proposals.parameters import parameters_of
from consensus.proposals.propose import propose
from consensus.proposals.resampled import NOT_JOINT, resampled, resampled_counts
from consensus.proposals.schemes import check_scheme, weightings
from consensus.proposals.variations import variations
from consensus.rules.grammar import parse_rule
from questionnaires.problems import ConsensusError
from questionnaires.published import read_published
from questionnaires.responses import read_responses

CODINGS = ("as_no", "half", "as_yes", "drop")


@pytest.fixture(scope="module")
def answers():
    return read_responses("cci-2020")


@pytest.fixture(scope="module")
def condition():
    return read_condition("tace-failure")


@pytest.mark.parametrize("coding", CODINGS)
@pytest.mark.parametrize("rule", ["share(agree) > 50%", "share(agree) >= 58%", "share(agree) >= 75%"])
def test_everybody_counted_once_gives_the_proposal(answers, condition, coding, rule):
    agreement = agree(answers, rule=rule, equivocal=coding)
    proposals = propose(agreement, condition=condition, replicates=50)
    candidates, _ = candidates_of(agreement, condition)
    votes = opinions_of(answers, candidates).votes().sum(axis=0)
    assert votes.tolist() == [list(map(float, c.sides())) for c in candidates]
    found = derive(votes[None], agreement.rule, coding)
    accepted = [c.id for c, yes in zip(candidates, found.terms[0], strict=True) if yes]
    assert accepted == [t.id for t in proposals.thresholded.definition.terms]
    assert bool(found.fell_back[0]) == bool(proposals.thresholded.reason)
    alone = [c.id for k, c in enumerate(candidates) if found.tables[0][1 << k]]
    cut_off = proposals.weighted.definition.logic.failure_at
    assert alone == [t.id for c in candidates for t in proposals.weighted.definition.terms
                     if t.id == c.id and t.points >= cut_off]  # fmt: skip


def test_medians_are_answers_that_somebody_gave():
    numbers, clusters = np.array([2.0, 3.0, 3.0, 4.0, np.nan]), np.array([0, 0, 1, 2, 2])
    assert medians(numbers, clusters, np.array([[1.0, 1, 1], [3, 0, 0], [0, 0, 1], [0, 0, 0]])).tolist()[:3] == [
        3,
        2,
        4,
    ]
    assert np.isnan(medians(numbers, clusters, np.zeros((1, 3)))).all()


def test_shares_by_each_coding():
    votes = np.array([[42.0, 94.0, 121.0, 0.0]])
    shown = {coding: round(100 * float(counted(votes, coding).shares[0]), 1) for coding in CODINGS}
    assert shown == {"as_no": 16.3, "half": 34.6, "as_yes": 52.9, "drop": 25.8}


def test_log_odds_weigh_nothing_that_a_majority_is_against():
    votes = np.array([[150.0, 0, 107, 0], [42, 94, 121, 0]])
    assert weights_of("log_odds", votes, "half").round(4).tolist() == [round(float(np.log(150.5 / 107.5)), 4), 0.0]


def made_up(people=200, hospitals=60, seed=5):
    rng = np.random.default_rng(seed)
    support = (rng.random((people, 3)) < [0.85, 0.5, 0.1]).astype(float)
    return Opinions(
        criteria=("a", "b", "c"),
        support=support,
        answered=np.ones_like(support, dtype=bool),
        times=(rng.choice([2.0, 3.0], size=people, p=[0.2, 0.8]), None, None),
        design=design_of(people, clusters=rng.integers(0, hospitals, people).tolist()),
    )


def test_what_is_certain_and_what_is_not():
    found = resampled(made_up(), parse_rule("share(agree) > 50%"), "half", default_times=[3, None, 2], replicates=2000)
    assert (found.replicates, found.clusters, found.few) == (2000, 58, False)
    a, b, c = found.criteria
    assert (a.accepted, c.rejected, c.term) == (1.0, 1.0, 0.0)
    assert 0.1 < b.accepted < 0.9
    assert (a.times, c.times) == (((3, 1.0),), ((2, 1.0),))
    assert b.weight[0] < 0.5 < b.weight[1]
    both, alone = sorted(found.thresholded, key=lambda one: -len(one.sufficient))
    assert (both.sufficient, alone.sufficient) == ((("a",), ("b",)), (("a",),))
    assert both.share == b.accepted
    assert both.times == (("a", 3),)
    assert sum(one.share for one in found.weighted) == pytest.approx(1)


def test_the_same_seed_gives_the_same():
    one, two = (
        resampled(made_up(), parse_rule("share(agree) > 50%"), "half", default_times=[3, None, 2], replicates=300)
        for _ in range(2)
    )
    assert one == two


def test_printed_counts_are_drawn_question_by_question():
    votes = np.array([[150.0, 0, 107, 0], [42, 94, 121, 0]])
    found = resampled_counts(("limit", "new"), votes, parse_rule("share(agree) > 50%"), "half")
    assert 0.99 < found.criterion("limit").accepted < 1
    assert (found.thresholded, found.weighted, found.reason) == ((), (), NOT_JOINT)
    assert found.criterion("limit").weight == pytest.approx((0.523, 0.642), abs=0.004)  # Wilson: 52.3 to 64.2


def test_other_settings_of_2020(answers, condition):
    agreement = agree(answers)
    candidates, _ = candidates_of(agreement, condition)
    opinions = opinions_of(answers, candidates)
    rows = variations(opinions.criteria, opinions.votes(), agreement.rule, agreement.equivocal)
    by = {(row.kind, row.setting): row for row in rows}
    three = ("insufficient_response_3",)
    assert by["rule", "share(agree) >= 75%"].own
    assert {(row.terms, row.fell_back) for row in rows if row.kind == "rule"} == {(three, True), (three, False)}
    assert by["equivocal", "as_yes"].terms == ("new_lesions", "insufficient_response_3")
    assert not by["equivocal", "as_yes"].same
    assert by["hospital", ""].hospitals == 257  # no question asks for the hospital: people are left out one by one


def test_the_number_of_sessions_of_2020():
    (limit,) = [p for p in parameters_of(agree(read_responses("cci-2020"))) if p.question == "cn_limit"] or [None]
    assert limit is None  # cn_limit is the criterion's own question, so no question asks for a number


def test_weightings_of_printed_counts(condition):
    candidates, _ = candidates_of(agree(read_published("cci-2020")), condition)
    found = {w.scheme: w for w in weightings(candidates, "half")}
    assert dict(found["share"].weights)["new_lesions"] == Fraction(round(89 / 257 * 10**9), 10**9)
    for scheme in ("share", "log_odds"):
        assert found[scheme].sufficient == (("insufficient_response_3",),)
        assert (found[scheme].points.points, found[scheme].points.cut_off) == ((1, 0, 0, 0), 1)
    assert found["plackett_luce"].reason == "the rankings of respondents are not known"


def test_a_scheme_that_is_not_there_is_named():
    with pytest.raises(ConsensusError, match=r"Did you mean .log_odds"):
        check_scheme("log_ods")
