"""What holds for all ratings: unanimity, relabeling, order of people, gaps, and reasons where there is no number."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from consensus.agreement import coefficients
from consensus.agreement.alpha import METRICS, alpha
from consensus.agreement.category_weights import WEIGHTINGS
from consensus.agreement.concordance import friedman, kendall_w, legendre_f, mean_spearman
from consensus.agreement.fleiss import fleiss_null, light
from consensus.agreement.icc import FORMS, icc
from consensus.agreement.leaving_raters_out import icc_without, w_without
from consensus.agreement.ordinal import DISPERSION, MEASURES, ordinal_consensus
from consensus.agreement.ratings import ratings_of
from consensus.agreement.two_raters import bhapkar, bowker, cohen, cohen_test, stuart_maxwell

ALL = ("percent_agreement", "gwet", "fleiss", "conger", "brennan_prediger", "krippendorff")
shapes = st.tuples(st.integers(1, 6), st.integers(1, 5))
tables = shapes.flatmap(lambda s: arrays(int, s, elements=st.integers(0, 4)))  # 0: no rating, 1 to 4 the scale
squares = st.integers(2, 4).flatmap(lambda q: arrays(int, (q, q), elements=st.integers(0, 6)))

few = settings(max_examples=30, deadline=None)  # each example makes some fifty coefficients


def rated(table, categories=(1, 2, 3, 4)):
    return ratings_of(pd.DataFrame(table).where(lambda t: t > 0), categories=categories)


def all_of(ratings):
    for name in ALL:
        for weighting in WEIGHTINGS:
            yield name, weighting, getattr(coefficients, name)(ratings, weighting)


@few
@given(tables)
def test_each_estimate_is_finite_within_its_limits_or_has_a_reason(table):
    ratings = rated(table)
    found = [e for _, _, e in all_of(ratings)] + [alpha(ratings, m) for m in METRICS]
    found += [icc(ratings, f) for f in FORMS]
    found += [kendall_w(ratings), mean_spearman(ratings), light(ratings)]
    for e in found:
        assert (e.value is None) == (e.reason is not None)
        if e.value is not None:
            assert math.isfinite(e.value)
            assert type(e.value) is float
        if e.low is not None and e.high is not None:
            assert math.isfinite(e.low + e.high)
            assert e.low - 1e-9 <= e.value <= e.high + 1e-9
    for test in (friedman(ratings), legendre_f(ratings)):
        assert test.reason or 0 <= test.p <= 1
    null = fleiss_null(ratings)
    assert null.reason or 0 <= null.p <= 1


@few
@given(st.integers(1, 6), st.integers(2, 5), st.integers(1, 4))
def test_unanimous_ratings(units, raters, category):
    ratings = rated(np.full((units, raters), category))
    for name, _, e in all_of(ratings):
        if name in ("fleiss", "conger", "krippendorff"):
            assert e.reason == coefficients.ALL_ALIKE
        else:
            assert e.value == pytest.approx(1)
            assert e.se is None or e.se == pytest.approx(0, abs=1e-12)
    assert {alpha(ratings, m).reason for m in METRICS} == {coefficients.ALL_ALIKE}


@few
@given(tables, st.randoms())
def test_the_order_of_people_and_units_changes_nothing(table, random):
    rows, columns = list(range(len(table))), list(range(table.shape[1]))
    random.shuffle(rows)
    random.shuffle(columns)
    for (*_, one), (*_, other) in zip(all_of(rated(table)), all_of(rated(table[rows][:, columns])), strict=True):
        assert one.reason == other.reason
        if one.value is not None:
            assert (one.value, one.se or 0) == pytest.approx((other.value, other.se or 0), abs=1e-9)


@few
@given(tables, st.permutations([1, 2, 3, 4]))
def test_relabeling_changes_no_nominal_coefficient(table, names):
    swapped = np.where(table > 0, np.array([0, *names])[table], 0)
    for name in ALL:
        one, other = getattr(coefficients, name)(rated(table)), getattr(coefficients, name)(rated(swapped))
        assert one.reason == other.reason
        assert one.value == pytest.approx(other.value, abs=1e-9) if one.value is not None else True


@few
@given(tables)
def test_the_ordinal_metric_knows_only_the_order(table):
    stretched = rated(np.where(table > 0, np.array([0, 1, 2, 10, 50])[table], 0), categories=(1, 2, 10, 50))
    one, other = alpha(rated(table), "ordinal"), alpha(stretched, "ordinal")
    assert one.value == pytest.approx(other.value, abs=1e-9) if one.value is not None else other.value is None


@few
@given(tables)
def test_a_category_that_nobody_gave_changes_nothing_in_kappas_and_alpha(table):
    longer = rated(table, categories=(1, 2, 3, 4, 5))
    for name in ("fleiss", "conger", "krippendorff"):
        one, other = getattr(coefficients, name)(rated(table)), getattr(coefficients, name)(longer)
        assert one.value == pytest.approx(other.value, abs=1e-9) if one.value is not None else True
    for metric in METRICS:
        one, other = alpha(rated(table), metric), alpha(longer, metric)
        assert one.value == pytest.approx(other.value, abs=1e-9) if one.value is not None else True


@given(squares)
def test_tests_of_square_tables_have_a_p_or_a_reason(table):
    for test in (stuart_maxwell(table), bhapkar(table), bowker(table), cohen_test(table), cohen_test(table, "linear")):
        assert test.reason or 0 <= test.p <= 1
    kappa = cohen(table, "quadratic")
    assert kappa.reason or kappa.note or kappa.low - 1e-9 <= kappa.value <= kappa.high + 1e-9
    assert bool(kappa.note) == (kappa.value is not None and kappa.se == 0)  # no error: no limits, and that is said
    turned = cohen(table.T, "quadratic")
    assert turned.value == pytest.approx(kappa.value, abs=1e-9) if kappa.value is not None else turned.reason


@given(st.lists(st.integers(0, 12), min_size=2, max_size=9).filter(any), st.sampled_from(MEASURES))
def test_ordinal_measures_are_mirrored_and_perfect_at_one_point(counts, measure):
    found, turned = ordinal_consensus(counts, measure), ordinal_consensus(counts[::-1], measure)
    assert (found.reason, found.value or 0) == (turned.reason, pytest.approx(turned.value or 0, abs=1e-9))
    same = ordinal_consensus([0, sum(counts) + 1, *[0] * (len(counts) - 1)], measure)
    if same.value is not None:
        assert same.value == pytest.approx(0 if measure in DISPERSION else 1, abs=1e-12)


@few
@given(st.tuples(st.integers(2, 5), st.integers(3, 6)).flatmap(lambda s: arrays(int, s, elements=st.integers(1, 4))))
def test_leaving_raters_out_by_subtraction_equals_looking_again(table):
    groups = np.arange(table.shape[1]) % 3
    numbers = table.astype(float)
    for without, direct in ((w_without, kendall_w), (icc_without, lambda r: icc(r, "2"))):
        for g, value in enumerate(without(numbers, groups)):
            kept = rated(table[:, groups != g])
            again = direct(kept).value
            if again is None or abs(again) > 1e6:
                continue  # not defined, or a quotient of rounding errors
            assert value == pytest.approx(again, abs=1e-6)
