"""What holds for all resampling: seeds, order of people, chunks, limits around estimates, copies that don't count."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consensus.agreement import resampling
from consensus.agreement.alpha import alpha
from consensus.agreement.bootstrap_limits import bca, bootstrap_estimate
from consensus.agreement.coefficients import brennan_prediger, conger, fleiss, gwet, percent_agreement
from consensus.agreement.design import design_of
from consensus.agreement.permutation import permutation_test
from consensus.agreement.rater_resampling import (
    COEFFICIENTS,
    bootstrap_alpha,
    bootstrap_coefficient,
    rater_replicates,
)
from consensus.agreement.ratings import ratings_of

person = st.tuples(st.sampled_from("abcdefgh"), st.sampled_from([0.0, 1.0, np.nan]), st.booleans())
people = st.lists(person, min_size=2, max_size=40)
quick = settings(max_examples=40, deadline=None)
ANALYTIC = dict(zip(COEFFICIENTS, (percent_agreement, gwet, fleiss, brennan_prediger), strict=True))


def panel(seed, raters=12, units=15, points=4, pull=0.5):
    rng = np.random.default_rng(seed)
    truth = rng.integers(1, points + 1, units)[:, None]
    own = rng.integers(1, points + 1, (units, raters))
    return ratings_of(
        pd.DataFrame(np.where(rng.random((units, raters)) < pull, truth, own)), categories=range(1, points + 1)
    )


@quick
@given(people, st.randoms())
def test_the_same_seed_gives_the_same_whatever_the_order_of_people(rows, random):
    shuffled = list(rows)
    random.shuffle(shuffled)
    found = []
    for part in (rows, shuffled):
        hospitals, answers, group = zip(*part, strict=True)
        design = design_of(len(part), clusters=hospitals)
        means = resampling.bootstrap_means(np.array(answers), design, replicates=50, seed=3)
        test = permutation_test(np.array(answers), np.array(group), design, replicates=50, seed=3)
        found.append((means.values, test.reason, test.p))
    assert np.allclose(found[0][0], found[1][0], equal_nan=True)
    assert found[0][1:] == found[1][1:]


@quick
@given(people)
def test_limits_hold_their_estimate_or_say_why_not(rows):
    hospitals, answers, _ = zip(*rows, strict=True)
    found = resampling.bootstrap_means(np.array(answers), design_of(len(rows), clusters=hospitals), replicates=200)
    for method in ("percentile", "bca"):
        e, narrow = (bootstrap_estimate(found, 0, method=method, level=level) for level in (0.95, 0.8))
        assert (e.value is None) == np.isnan(answers).all()
        if e.low is None:
            assert e.reason or e.note or method == "bca"
        else:
            assert e.low <= narrow.low + 1e-12
            assert narrow.high <= e.high + 1e-12
    assert np.isnan(found.values).sum() == found.undefined.sum()


def test_chunks_change_nothing(monkeypatch):
    rng = np.random.default_rng(5)
    answers, design = (
        rng.integers(0, 2, (60, 3)).astype(float),
        design_of(60, clusters=rng.integers(0, 25, 60).tolist()),
    )
    whole = resampling.bootstrap_means(answers, design, replicates=301, seed=9)
    monkeypatch.setattr(resampling, "MOST_NUMBERS", 25 * 7)
    assert np.array_equal(resampling.bootstrap_means(answers, design, replicates=301, seed=9).values, whole.values)


def test_each_stratum_is_drawn_in_full():
    strata = np.array([0, 0, 0, 1, 1, 2])
    for w in resampling.draws(6, 100, 4, strata):
        assert (w[:, :3].sum(axis=1) == 3).all()
        assert (w[:, 3:5].sum(axis=1) == 2).all()
        assert (w[:, 5] == 1).all()


def test_the_bootstrap_error_is_that_of_linearization_less_the_missing_cluster():
    rng = np.random.default_rng(11)
    hospitals = rng.integers(0, 40, 200)
    answers = (rng.random(200) < 0.3 + 0.4 * (hospitals % 2)).astype(float)
    design = design_of(200, clusters=hospitals.tolist())
    found = resampling.bootstrap_means(answers, design, replicates=20_000, seed=1)
    from consensus.agreement.weighted import means

    expected = means(answers, design).errors[0] * np.sqrt((design.cluster_count - 1) / design.cluster_count)
    assert found.values.std() == pytest.approx(expected, rel=0.03)


@pytest.mark.parametrize("pull", [0.05, 0.5, 0.9])
def test_limits_over_raters_hold_their_estimate_since_copies_do_not_count(pull):
    inside = 0
    for seed in range(100):
        e = bootstrap_alpha(panel(seed, pull=pull), "nominal", replicates=200, seed=seed)
        inside += e.low <= e.value <= e.high
    assert inside == 100


def test_limits_of_conger_over_raters_hold_their_estimate():
    inside = 0
    for seed in range(100):
        ratings = panel(seed, pull=0.05)

        def nothing(counts, copies):
            return np.zeros((*counts.shape[:-2], 0))

        e = bootstrap_estimate(rater_replicates(ratings, nothing, None, 200, seed, own=True), 0)
        assert e.value == pytest.approx(conger(ratings).value)
        inside += e.low <= e.value <= e.high
    assert inside == 100


def test_a_rater_drawn_twice_does_not_agree_with_himself():
    ratings = panel(1, pull=0.05)
    found = bootstrap_coefficient(ratings, "percent agreement", replicates=4000, seed=2)
    assert found.se is not None
    means = [bootstrap_coefficient(panel(s, pull=0.05), "gwet ac1", replicates=400, seed=s) for s in range(20)]
    shifts = [(e.low + e.high) / 2 - e.value for e in means]
    assert abs(np.mean(shifts)) < 0.02  # with the copies counted the middle lies some 0.08 too high


@quick
@given(st.integers(0, 10**6))
def test_replicates_start_from_the_same_estimates(seed):
    ratings = panel(seed, raters=5, units=4)
    assert bootstrap_alpha(ratings, "ordinal", replicates=3).value == pytest.approx(alpha(ratings, "ordinal").value)
    for name, analytic in ANALYTIC.items():
        assert bootstrap_coefficient(ratings, name, replicates=3).value == pytest.approx(analytic(ratings).value)


def test_hospitals_of_raters_are_drawn_whole():
    ratings = panel(3)
    alone = bootstrap_alpha(ratings, "ordinal", replicates=500, seed=1)
    pairs = bootstrap_alpha(ratings, "ordinal", clusters=[i // 2 for i in range(12)], replicates=500, seed=1)
    assert pairs.value == alone.value
    assert pairs.se != alone.se
    assert "only 6 clusters" in pairs.note


def test_permutations_keep_hospitals_whole_where_they_lie_on_one_side():
    answers = np.array([1.0, 1, 1, 1, 0, 0, 0, 0])
    hospitals, group = list("aabbccdd"), np.array([True] * 4 + [False] * 4)
    whole = permutation_test(answers, group, design_of(8, clusters=hospitals), replicates=3000)
    people = permutation_test(answers, group, design_of(8), replicates=3000)
    assert whole.method == "permutation of clusters"
    assert whole.p == pytest.approx(2 / 6, abs=0.03)  # 6 ways to choose two of four hospitals
    assert people.p == pytest.approx(2 / 70, abs=0.01)  # 70 ways to choose four of eight people
    mixed = permutation_test(answers, np.array([True, False] * 4), design_of(8, clusters=hospitals), replicates=200)
    assert mixed.method == "permutation of people within clusters"
    assert mixed.p == 1


def test_what_cannot_be_had_is_said():
    one = resampling.bootstrap_means(np.array([1.0, 0.0]), design_of(2, clusters=["a", "a"]))
    assert bootstrap_estimate(one, 0).note == "one cluster shows no differences between clusters"
    nobody = resampling.bootstrap_means(np.array([np.nan, np.nan]), design_of(2))
    assert bootstrap_estimate(nobody, 0).reason == "the base is empty"
    assert bca(np.array([0.5, 0.6]), 0.4, np.array([0.4, 0.4])) is None
    assert permutation_test(np.array([1.0, np.nan]), np.array([True, False]), design_of(2)).reason
    alike = ratings_of(pd.DataFrame([[1, 1], [1, 1]]), categories=(1, 2))
    assert bootstrap_alpha(alike, "nominal", replicates=5).reason is not None


def test_ranks_add_to_one():
    rng = np.random.default_rng(2)
    found = resampling.ranks(resampling.bootstrap_means(rng.integers(0, 2, (40, 5)).astype(float), design_of(40)))
    assert found.sum(axis=0) == pytest.approx(np.ones(5))
    assert found.sum(axis=1) == pytest.approx(np.ones(5))


def test_items_that_tie_share_their_ranks():
    alike = resampling.ranks(resampling.bootstrap_means(np.ones((10, 4)), design_of(10)))
    assert alike == pytest.approx(np.full((4, 4), 0.25))  # no order is told of what everybody supports
    last = np.column_stack([np.zeros(10), np.ones(10), np.ones(10)])
    found = resampling.ranks(resampling.bootstrap_means(last, design_of(10)))
    assert found == pytest.approx(np.array([[0, 0, 1], [0.5, 0.5, 0], [0.5, 0.5, 0]]))


def test_replicates_that_are_all_alike_have_no_limits():
    found = bootstrap_estimate(resampling.bootstrap_means(np.ones(30), design_of(30)), 0)
    assert (found.value, found.low, found.high) == (1.0, None, None)
    assert found.note == "all replicates are alike, so there are no limits"


@pytest.mark.parametrize("strata", [None, np.arange(25) % 3])
def test_the_first_draws_are_those_of_all(monkeypatch, strata):
    monkeypatch.setattr(resampling, "MOST_NUMBERS", 25 * 40)
    every = np.concatenate(list(resampling.draws(25, 300, 7, strata)))
    for rows in (1, 40, 57, 300):
        found = np.concatenate(list(resampling.first_draws(25, rows, 300, 7, strata)))
        assert np.array_equal(found, every[:rows])
