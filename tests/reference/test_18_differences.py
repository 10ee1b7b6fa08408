"""Differences of shares against R 4.2.2, reference/18_proportions/run.R, and against Newcombe's published table.

R's prop.test knows the normal limits only. For the square-and-add limits the numbers are those that Newcombe (1998,
Stat Med 17:873) prints for his eight examples in Table II, method 10, recalled and found again by several programs.
"""

import json
from pathlib import Path

import numpy as np
import pytest

from consensus.agreement.differences import difference, paired_difference, wald_difference
from consensus.agreement.proportions import wilson
from consensus.agreement.simultaneous import simultaneous_shares
from consensus.agreement.tables import binomial_test, pearson

CASES = json.loads((Path(__file__).parent / "18_proportions" / "expected.json").read_text(encoding="utf-8"))
TWO = CASES["two_sample"]
NEWCOMBE = [
    ((56, 70), (48, 80), 0.0524, 0.3339),
    ((9, 10), (3, 10), 0.1705, 0.8090),
    ((6, 7), (2, 7), 0.0582, 0.8062),
    ((5, 56), (0, 29), -0.0381, 0.1926),
    ((0, 10), (0, 20), -0.1611, 0.2775),
    ((0, 10), (0, 10), -0.2775, 0.2775),
    ((10, 10), (0, 20), 0.6791, 1.0000),
    ((10, 10), (0, 10), 0.6075, 1.0000),
]


def test_normal_limits_equal_those_of_r():
    """R: stats::prop.test(correct = FALSE) of two samples, by R Core."""
    first, second = zip(TWO["x"], TWO["n"], strict=True)
    assert wald_difference(first, second) == pytest.approx(TWO["diff_ci_wald"], rel=1e-10)


@pytest.mark.parametrize(("first", "second", "low", "high"), NEWCOMBE)
def test_square_and_add_limits_equal_the_printed_ones(first, second, low, high):
    """No R: Newcombe's printed table (1998), since stats has no such limits."""
    found = difference(first, second)
    assert (found.low, found.high) == pytest.approx((low, high), abs=5.1e-5)


def test_paired_limits_worked_by_hand():
    """No R: worked by hand from Newcombe's formula."""
    # 1, 1, 7, 12 (Bentur 2009 in Fagerland, Lydersen, Laake 2017, chapter 8): the product 1*12 - 1*7 = 5 is below half
    # of 21, so that the correlation counts as 0 and the limits are those of two groups of 21
    paired, apart = paired_difference(1, 1, 7, 12), difference((2, 21), (8, 21))
    assert (paired.low, paired.high) == pytest.approx((apart.low, apart.high), abs=1e-15)
    # all answers alike in pairs: the correlation is 1 less the correction, (100 - 10) / 100
    p, (low, high) = 0.5, wilson(10, 20)
    reach = ((p - low) ** 2 - 1.8 * (p - low) * (high - p) + (high - p) ** 2) ** 0.5
    same = paired_difference(10, 0, 0, 10)
    assert (same.value, same.low, same.high) == pytest.approx((0, -reach, reach), abs=1e-15)


def test_empty_groups_give_reasons():
    """No R: stats::prop.test stops or gives NaN here; reasons of ours."""
    assert difference((0, 0), (3, 4)).reason == "one of the groups is empty"
    assert paired_difference(0, 0, 0, 0).reason == "nobody gave both answers"
    assert [e.reason for e in simultaneous_shares([0, 0])] == ["the base is empty"] * 2


def test_simultaneous_limits_of_two_options_are_wilson_at_half_alpha():
    """No R: an identity of Goodman's limits with Wilson's, which were held against stats::prop.test."""
    # chi-square quantile(1 - .05/2, 1 df) = z(1 - .05/4)^2, as Goodman (1965) has it
    low, high = wilson(42, 257, 0.975)
    first = simultaneous_shares([42, 215])[0]
    assert (first.low, first.high, first.n) == (low, high, 257)
    narrow, wide = wilson(42, 257), simultaneous_shares([42, 94, 121])[0]
    assert wide.low < narrow[0]
    assert wide.high > narrow[1]


def test_two_samples_have_the_chi_squared_of_prop_test():
    """R: stats::prop.test(correct = FALSE), by R Core."""
    (a, b), (n, m) = TWO["x"], TWO["n"]
    found = pearson(np.array([[a, n - a], [b, m - b]]))
    assert (found.statistic, found.p) == pytest.approx((TWO["chisq"], TWO["p"]), rel=1e-10)


@pytest.mark.parametrize("name", [name for name in CASES if "/" in name])
def test_exact_tests_of_a_share_equal_binom_test(name):
    """R: stats::binom.test, by R Core; ours is scipy's."""
    count, n = map(int, name.split("/"))
    assert binomial_test(count, n).p == pytest.approx(CASES[name]["binom_p_vs_0.5"], rel=1e-9)
    assert binomial_test(count, n, 0.7, greater=True).p == pytest.approx(CASES[name]["p_greater_0.7"], rel=1e-9)
    assert binomial_test(0, 0).reason == "the base is empty"
