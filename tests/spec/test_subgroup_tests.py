"""Tables of groups, nonresponse and clusters: worked numbers of the methods page and of textbooks."""

from fractions import Fraction

import numpy as np
import pytest
from scipy import stats

from consensus.agreement.clusters import band, design_effect, intracluster_correlation
from consensus.agreement.nonresponse import (
    early_and_late,
    response_rate,
    tipping_rate,
    tipping_share,
    worst_case,
)
from consensus.agreement.tables import cramers_v, fisher, pearson, trend


def test_pearson_equals_scipy():
    table = np.array([[12, 5, 7], [3, 9, 8]])
    statistic, p, df, _ = stats.chi2_contingency(table, correction=False)
    found = pearson(table)
    assert (found.statistic, found.p, found.df) == pytest.approx((statistic, p, df))
    assert pearson(np.array([[3, 0], [4, 0]])).reason == "one of the two has a single answer"
    assert cramers_v(np.array([[5, 0], [0, 5]])).value == pytest.approx(1)


def test_the_tea_taster():
    # Fisher 1935: p = 17/35 two-sided; R's conditional odds ratio is 6.408309, not ad/bc = 9
    found = fisher(np.array([[3, 1], [1, 3]]))
    assert found.p == pytest.approx(34 / 70)
    assert found.statistic == pytest.approx(6.408309, abs=5e-5)  # R finds the root to 1e-4 or so
    assert fisher(np.array([[4, 0], [0, 4]])).statistic is None


def test_a_trend_is_n_times_the_squared_correlation():
    yes, n = [2, 5, 9], [10, 12, 11]
    x = np.repeat([1, 2, 3], n)
    y = np.concatenate([np.repeat([1, 0], [a, b - a]) for a, b in zip(yes, n, strict=True)])
    found = trend(yes, n)
    assert found.statistic**2 == pytest.approx(len(x) * np.corrcoef(x, y)[0, 1] ** 2)
    assert trend([0, 0], [3, 4]).reason == "all answers are alike"
    assert trend([1], [3]).reason == "a trend needs two groups with answers"


@pytest.mark.parametrize(
    ("count", "answered", "invited", "low", "high"),
    [(150, 257, 264, 0.568, 0.595), (191, 257, 264, 0.723, 0.750), (150, 257, 514, 0.292, 0.792)],
)
def test_worst_cases_of_the_methods_page(count, answered, invited, low, high):
    assert worst_case(count, answered, invited).limits == pytest.approx((low, high), abs=5e-4)


def test_rates_from_which_verdicts_hold():
    assert float(tipping_rate(199, 257, Fraction(3, 4))) == pytest.approx(0.969, abs=5e-4)
    assert tipping_rate(191, 257, Fraction(3, 4)) is None
    # 42 yes, 94 equivocal of 257: yes reaches a half where .920 of the equivocal lean yes
    assert float(tipping_share(42, 94, 257, Fraction(1, 2))) == pytest.approx(0.920, abs=5e-4)
    assert tipping_share(42, 94, 257, Fraction(3, 4)) is None
    assert tipping_share(200, 10, 257, Fraction(1, 2)) == 0
    assert response_rate(257, 264).value == pytest.approx(257 / 264)
    assert response_rate(257, None).reason == "the number of people invited is not known"
    assert early_and_late((30, 60), (10, 40)).value == pytest.approx(-0.25)


@pytest.mark.parametrize(("typical", "effects"), [(1.57, (1.03, 1.06, 1.11)), (5.44, (1.22, 1.44, 1.89))])
def test_bands_of_the_methods_page(typical, effects):
    found = band(150, 257, 184, typical_size=typical)
    assert [b.effect for b in found] == pytest.approx(effects, abs=6e-3)
    assert all(b.limits[0] < 150 / 257 < b.limits[1] for b in found)
    widths = [b.limits[1] - b.limits[0] for b in found]
    assert widths == sorted(widths)


def test_an_even_split_and_the_printed_limits():
    assert design_effect([2] * 73 + [1] * 111, 0.1) == pytest.approx(1.06, abs=5e-3)
    # facts: Korn-Graubard of 150 of 257 with df 183 at design effect 1.89
    low, high = band(150, 257, 184, typical_size=5.45, correlations=(0.2,))[0].limits
    assert (low, high) == pytest.approx((0.496, 0.668), abs=6e-4)
    assert band(0, 257, 184) == ()


def test_answers_of_one_hospital_alike_or_not():
    alike = np.array([1.0, 1, 0, 0, 1, 1, 0, 0])
    hospitals = np.array([0, 0, 1, 1, 2, 2, 3, 3])
    assert intracluster_correlation(alike, hospitals).value == pytest.approx(1)
    assert intracluster_correlation(alike, np.array([0, 1, 0, 1, 2, 3, 2, 3])).value < 0.5
    assert "each cluster has one answer" in intracluster_correlation(alike, np.arange(8)).reason
    assert "one cluster" in intracluster_correlation(alike, np.zeros(8, dtype=int)).reason
    assert intracluster_correlation(np.ones(8), hospitals).reason == "all answers are alike"
