"""Coefficients on published tables: Fleiss 1971, Krippendorff 2011, and Polit's and Ayre and Scally's tables.

The digits of published.json were computed with other programs (the krippendorff package 0.9.0; Fleiss by formula) and
agree with what the papers print. Krippendorff's example has five categories; Python irrCAC 0.4.4 counts the empty
cell as a sixth, which moves AC1 and Brennan-Prediger, so that its numbers come out with six categories.
"""

import json

import pandas as pd
import pytest
from reference.cases import shared

from consensus.agreement import coefficients
from consensus.agreement.alpha import METRICS, alpha
from consensus.agreement.concordance import kendall_w
from consensus.agreement.content_validity import critical_count, lawshe_cvr, modified_kappa
from consensus.agreement.fleiss import fleiss_of_category
from consensus.agreement.icc import cronbach_alpha, icc
from consensus.agreement.ratings import ratings_of

POLIT = {
    (3, 3): 1,
    (2, 3): 0.467,
    (4, 5): 0.763,
    (3, 5): 0.418,
    (5, 6): 0.816,
    (4, 6): 0.565,
    (6, 7): 0.849,
    (5, 7): 0.658,
    (7, 8): 0.871,
    (6, 8): 0.719,
    (8, 9): 0.887,
    (7, 9): 0.761,
    (9, 10): 0.899,
    (8, 10): 0.791,
}
AYRE_SCALLY = [
    5,
    6,
    7,
    7,
    8,
    9,
    9,
    10,
    10,
    11,
    12,
    12,
    13,
    13,
    14,
    15,
    15,
    16,
    16,
    17,
    18,
    18,
    19,
    19,
    20,
    20,
    21,
    22,
    22,
]
AYRE_SCALLY += [23, 23, 24, 24, 25, 26, 26]


def published(name):
    return json.loads((shared("agreement_benchmarks") / "published.json").read_text(encoding="utf-8"))[name]


def table(name, **options):
    return pd.read_csv(shared("agreement_benchmarks") / f"{name}.csv", **options)


def test_fleiss_1971():
    ratings, printed = ratings_of(table("irr_diagnoses")), published("irr_diagnoses")
    assert coefficients.fleiss(ratings).value == pytest.approx(printed["fleiss_kappa"], abs=5e-8)
    assert coefficients.percent_agreement(ratings).value == pytest.approx(printed["P"], abs=5e-8)
    found = {c: fleiss_of_category(ratings, c).value for c in ratings.categories}
    for category, kappa in printed["category_kappas"].items():
        number = next(c for c in found if category in str(c))
        assert found[number] == pytest.approx(kappa, abs=5e-8)


def test_krippendorff_2011():
    frame = table("irrCAC_cac.raw4raters", index_col=0)
    ratings, printed = ratings_of(frame), published("irrCAC_cac.raw4raters")
    names = ("krippendorff_nominal", "ordinal", "interval", "ratio")
    for metric, name in zip(METRICS, names, strict=True):
        assert alpha(ratings, metric).value == pytest.approx(printed[name], abs=5e-8)
    # irrCAC's vignette prints these with five categories (recalled)
    five = {"gwet": 0.77544, "brennan_prediger": 0.77273, "conger": 0.76282, "fleiss": 0.76117}
    for name, value in five.items():
        assert getattr(coefficients, name)(ratings).value == pytest.approx(value, abs=5.1e-6)
    six = ratings_of(frame, categories=range(6))
    assert coefficients.gwet(six).value == pytest.approx(0.78553, abs=5.1e-6)
    assert coefficients.brennan_prediger(six).value == pytest.approx(0.78182, abs=5.1e-6)


@pytest.mark.parametrize(("counts", "printed"), POLIT.items())
def test_modified_kappa_equals_the_table_of_polit_beck_and_owen(counts, printed):
    assert modified_kappa(*counts).value == pytest.approx(printed, abs=5.1e-4)


def test_critical_counts_equal_the_exact_table():
    # computed once by summing exact binomial terms (methods page, 12), the approach of Ayre and Scally 2014
    assert [critical_count(n) for n in range(5, 41)] == AYRE_SCALLY
    assert critical_count(4) is None
    assert lawshe_cvr(10, 13).value == pytest.approx(0.538, abs=5e-4)


def test_shrout_and_fleiss_1979():
    # their example of six targets and four judges (Psychol Bull 86:420, Tables 2 and 4)
    rows = [(9, 2, 5, 8), (6, 1, 3, 2), (8, 4, 6, 8), (7, 1, 2, 6), (10, 5, 6, 9), (6, 2, 4, 7)]
    ratings = ratings_of(pd.DataFrame(rows), categories=range(1, 11))
    printed = {"1": 0.17, "2": 0.29, "3": 0.71, "1k": 0.44, "2k": 0.62, "3k": 0.91}
    assert {form: round(icc(ratings, form).value, 2) for form in printed} == printed
    two = icc(ratings, "2")
    assert (two.low, two.high) == pytest.approx((0.019, 0.761), abs=5e-4)  # psych and irr print these
    assert cronbach_alpha(ratings).value == pytest.approx(icc(ratings, "3k").value)
    assert kendall_w(ratings).value > 0.5
