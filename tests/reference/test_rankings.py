"""Strengths of rankings and comparisons, against choix and statsmodels.

choix 0.4.1 (MIT) fits by other algorithms (iterative Luce spectral ranking, and scipy's minimizers for
`opt_rankings`); statsmodels 0.15 fits the logistic regression that Bradley and Terry's model is, with one row a
comparison, +1 for the one item and -1 for the other, the sides of half the rows exchanged, and item 0 as reference.
"""

import choix
import numpy as np
import pytest
import statsmodels.api as sm

from consensus.proposals.rankings import borda, bradley_terry, comparisons_of, plackett_luce

ITEMS = 6


def drawn(seed, people=90, ranked=ITEMS):
    rng = np.random.default_rng(seed)
    worth = np.exp(rng.normal(0, 0.8, ITEMS))
    orders = [rng.choice(ITEMS, ITEMS, replace=False, p=worth / worth.sum()) for _ in range(people)]
    return [[int(item) for item in order[:ranked]] for order in orders]


def centered(strengths):
    return np.asarray(strengths) - np.mean(strengths)


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("ranked", [ITEMS, 3])
def test_plackett_luce_strengths_equal_those_of_choix(seed, ranked):
    rankings = drawn(seed, ranked=ranked)
    theirs = choix.opt_rankings(ITEMS, rankings, alpha=0, tol=1e-12)
    assert plackett_luce(rankings, ITEMS).values == pytest.approx(centered(theirs), abs=2e-6)
    again = choix.ilsr_rankings(ITEMS, rankings, alpha=0, tol=1e-12)
    assert plackett_luce(rankings, ITEMS).values == pytest.approx(centered(again), abs=1e-9)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_bradley_terry_strengths_equal_those_of_choix(seed):
    pairs = comparisons_of(drawn(seed))[::3]
    theirs = choix.ilsr_pairwise(ITEMS, pairs, alpha=0, tol=1e-12)
    assert bradley_terry(pairs, ITEMS).values == pytest.approx(centered(theirs), abs=1e-9)


@pytest.mark.parametrize("seed", [1, 2])
def test_standard_errors_are_those_of_a_logistic_regression_on_the_comparisons(seed):
    pairs = comparisons_of(drawn(seed))[::3]
    rows = np.zeros((len(pairs), ITEMS))
    for at, (winner, loser) in enumerate(pairs):
        rows[at, winner], rows[at, loser] = 1, -1
    turned = np.random.default_rng(seed).random(len(pairs)) < 0.5
    rows[turned] *= -1
    fit = sm.Logit((~turned).astype(float), rows[:, 1:]).fit(disp=0)
    strengths, errors = bradley_terry(pairs, ITEMS).against(0)
    assert strengths[1:] == pytest.approx(fit.params, abs=1e-8)
    assert errors[1:] == pytest.approx(fit.bse, abs=1e-8)


def test_two_items_are_a_share_of_wins():
    found = plackett_luce([[0, 1]] * 30 + [[1, 0]] * 10, 2)
    assert found.shares == pytest.approx((0.75, 0.25))
    _, errors = found.against(1)
    assert errors[0] == pytest.approx(np.sqrt(1 / 30 + 1 / 10))  # of a log odds


def test_an_item_that_always_wins_has_no_strength_unless_pulled_back():
    pairs = [(0, 1), (0, 2), (1, 2), (2, 1)]
    found = bradley_terry(pairs, 3)
    assert (found.values, found.split) == ((), (0,))
    assert "never put behind" in found.reason
    pulled = bradley_terry(pairs, 3, ridge=0.5)
    assert pulled.values[0] > pulled.values[1]
    assert plackett_luce([], 3).reason == "nothing was put before anything else"


def test_borda_points_of_a_part_share_what_is_left():
    table = borda([[0, 1, 2], [2], []], 3)
    assert table[0].tolist() == [2, 1, 0]
    assert table[1].tolist() == [0.5, 0.5, 2]
    assert np.isnan(table[2]).all()
