"""The fewest votes that turn a verdict, and the chance that it repeats: by counting, against brute force."""

from itertools import product
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consensus.rules.ballots import SIDES, Ballot, Counts, scale_ballot
from consensus.rules.deciding import OUTCOMES, outcome, outcomes
from consensus.rules.fragility import fewest_votes, needed_to_prove, provable, repeats
from consensus.rules.grammar import parse_rule
from consensus.rules.movements import suffice_for

FIVE = scale_ballot(range(1, 6))
RULES = (
    "median >= 4 and iqr <= 1",
    "share(4..5) >= 70% and share(1..2) < 15%",
    "sd <= 1 and mean >= 3.5",
    "share(4..5) >= 75%, out if share(1..2) >= 75%, quorum 4",
)


def counted(given, ballot=FIVE):
    return Counts(ballot=ballot, votes=np.array([[list(given).count(point) for point in range(1, 6)]]))


@given(st.lists(st.integers(1, 5), min_size=2, max_size=6), st.sampled_from(RULES))
@settings(max_examples=25, deadline=None)
def test_the_fewest_votes_equal_brute_force(given_ratings, text):
    rule, n = parse_rule(text), len(given_ratings)
    panels = np.array(list(product(range(1, 6), repeat=n)))
    votes = np.stack([(panels == point).sum(axis=1) for point in range(1, 6)], axis=1)
    codes = outcomes(rule, Counts(ballot=FIVE, votes=votes))
    now = OUTCOMES.index(outcome(rule, counted(given_ratings)))
    moved = (panels != np.array(sorted(given_ratings))).sum(axis=1)
    wanted = int(moved[codes != now].min()) if (codes != now).any() else None
    found = fewest_votes(counted(given_ratings), rule)
    assert found.exact
    assert found.votes == wanted


@given(
    st.lists(st.integers(1, 5), min_size=3, max_size=6),
    st.sampled_from([text for text in RULES if "sd" not in text and "quorum" not in text]),
)
@settings(max_examples=25, deadline=None)
def test_the_movements_that_matter_equal_all_movements(given_ratings, text):
    rule, counts = parse_rule(text), counted(given_ratings)
    assert suffice_for(rule)
    whole = fewest_votes(counts, rule)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("consensus.rules.fragility.MOST_PANELS", 0)
        found = fewest_votes(counts, rule)
    assert (found.votes, found.exact) == (whole.votes, True)


def test_a_large_panel_is_exact_too():
    rule = parse_rule("median >= 7 and iqr <= 2 and share(7..9) >= 70%")
    row = np.array([[0, 0, 0, 1, 0, 2, 7, 11, 6]])  # 24 of 27 rate 7 to 9
    found = fewest_votes(Counts(ballot=scale_ballot(range(1, 10)), votes=row), rule)
    assert found.exact
    assert found.votes == 6  # 18 of 27 is 66.7 %; with five votes 19 of 27 still rate 7 to 9 and the IQR stays at 2


@pytest.mark.parametrize(("yes", "no", "wanted"), [(15, 5, 1), (20, 0, 6), (14, 6, 1), (5, 15, 1)])
def test_rules_on_one_share(yes, no, wanted):
    found = fewest_votes(Counts(ballot=SIDES, votes=np.array([[yes, 0, no, 0]])), parse_rule("share(agree) >= 75%"))
    assert (found.votes, found.exact) == (wanted, True)


def test_the_group_whose_votes_turn_it():
    ballot = Ballot(options=("yes", "no"), worths=(1.0, 0.0), points=(None, None), commits=(True, True))
    parts = {"a": [9, 1], "b": [8, 2]}
    groups = {"site": {name: Counts(ballot=ballot, votes=np.array([row])) for name, row in parts.items()}}
    counts = Counts(ballot=ballot, votes=np.array([[17, 3]]), groups=groups)
    found = fewest_votes(counts, parse_rule("share(agree) >= 75% in each site"))
    assert (found.votes, found.groups, found.becomes) == (1, ("b",), "no consensus")


def test_the_chance_to_repeat_is_summed_exactly():
    counts = Counts(ballot=SIDES, votes=np.array([[16, 0, 4, 0]]))
    found = repeats(counts, parse_rule("share(agree) >= 75%"))
    by_hand = sum(comb(20, k) * 0.8**k * 0.2 ** (20 - k) for k in range(15, 21))
    assert found.error == 0
    assert found.value == pytest.approx(by_hand, rel=1e-12)
    rated = repeats(counted([4, 4, 5, 5, 5, 3, 2, 4]), parse_rule("median >= 4 and iqr <= 1"))
    assert 0 < rated.value < 1
    assert repeats(counted([]), parse_rule("median >= 4")) is None


def test_what_a_panel_can_prove():
    assert provable(10) == pytest.approx(0.05 ** (1 / 10))
    assert needed_to_prove(parse_rule("share(agree) >= 75%").threshold, 10) is None  # all of 10 prove 74.1 %
    assert needed_to_prove(parse_rule("share(agree) >= 75%").threshold, 31) == 28  # the Wilson limit of 90 %


def test_the_chance_to_repeat_a_choice_keeps_the_options_apart():
    ballot = Ballot(options=("a", "b", "c"), worths=(None,) * 3, points=(None,) * 3, commits=(True,) * 3)
    votes = np.array([[4, 3, 3]])
    found = repeats(Counts(ballot=ballot, votes=votes), parse_rule("share(most) >= 66%"))
    panels = [row for row in product(range(11), repeat=3) if sum(row) == 10 and max(row) < 7]
    ways = sum(comb(10, a) * comb(10 - a, b) * 0.4**a * 0.3 ** (b + c) for a, b, c in panels)
    assert found.value == pytest.approx(ways, rel=1e-12)
