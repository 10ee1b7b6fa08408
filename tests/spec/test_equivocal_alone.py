"""Equivocal answers at the edges: chances of more votes than their base, and limits of votes that are all halves."""

import numpy as np
import pytest
from scipy import stats

from consensus.agreement.by_design import design_endorsement
from consensus.agreement.design import design_of
from consensus.proposals.derivation import judged
from consensus.rules.ballots import SIDES, Counts
from consensus.rules.deciding import OUTCOMES, outcome, outcomes_of_votes
from consensus.rules.grammar import parse_rule
from consensus.rules.measures import measure

LESIONS = Counts(ballot=SIDES, votes=np.array([[42, 94, 121, 0]]))  # yes, equivocal, no of 257
BY_GUESSING = parse_rule("chance(agree) <= 5%")


@pytest.mark.parametrize(
    ("coding", "votes", "n"), [("as_no", 42, 257), ("half", 89, 257), ("as_yes", 136, 257), ("drop", 42, 163)]
)
def test_the_chance_of_votes_is_of_their_own_base(coding, votes, n):
    counts = LESIONS.coded(coding)
    found = measure(BY_GUESSING.accept.left.terms[0], counts, 7)
    assert found.above[0] / found.below[0] == pytest.approx(stats.binom.sf(votes - 1, n, 0.5), rel=1e-9)
    assert outcome(BY_GUESSING, counts) == "no consensus"


def test_halves_alone_have_no_limits_to_judge_by():
    alone = Counts(ballot=SIDES, votes=np.array([[0, 10, 0, 0]]), coding="half")
    assert outcome(parse_rule("low(share(agree)) >= 50%, out if share(disagree) >= 75%"), alone) == "uncertain"


def test_halves_alone_have_no_limits_under_a_design_either():
    found = design_endorsement(np.full(6, 0.5), design_of(6, clusters=["a", "a", "b", "b", "c", "c"]), "half")
    assert (found.value, found.low, found.high) == (0.5, None, None)
    assert found.note


def test_the_chance_of_votes_is_judged_for_resampled_sides_too():
    votes = np.array([[15, 0, 5, 0], [14, 1, 5, 0], [0, 0, 0, 0]])  # yes, equivocal, no, opted out
    told = [OUTCOMES[int(code)] for code in outcomes_of_votes(BY_GUESSING, votes, "half")]
    assert told == ["in", "no consensus", "too few"]  # 15 of 20 are needed at 5 %; half a vote does not count


@pytest.mark.parametrize("coding", ["as_no", "half", "as_yes", "drop"])
@pytest.mark.parametrize(
    "text", ["low(share(agree)) >= 60%", "share(agree) of committed >= 75%", "chance(agree) <= 5%"]
)
def test_resampled_votes_are_judged_as_the_survey_itself_is(text, coding):
    rule, rng = parse_rule(text), np.random.default_rng(3)
    votes = rng.multinomial(20, [0.5, 0.3, 0.15, 0.05], size=(60, 2))
    accepted, rejected = judged(rule, votes.astype(float), coding)
    for at in np.ndindex(60, 2):
        alone = outcome(rule, Counts(ballot=SIDES, votes=votes[at][None], coding=coding))
        assert (accepted[at], rejected[at]) == (alone == "in", alone == "out")


def test_half_votes_are_no_whole_ones_in_limits():
    # 20 equivocal and 16 yes of 40: by Wilson 26 of 40 reach from 49.5 %, by the normal limits of the votes from 54.9 %
    votes = np.array([[16.0, 20.0, 4.0, 0.0]])[None]
    assert judged(parse_rule("low(share(agree)) >= 52%"), votes, "half")[0].all()
