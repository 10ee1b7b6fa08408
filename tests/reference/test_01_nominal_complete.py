"""Nominal agreement of six raters against R 4.2.2, irr 0.84.1 and irrCAC 1.0, reference/01_nominal_complete/run.R.

irr::kappam.fleiss, kappam.light, kappa2, agree, kripp.alpha and irrCAC::gwet.ac1.raw, bp.coeff.raw, conger.kappa.raw,
fleiss.kappa.raw, krippen.alpha.raw are programs of other authors (Gamer, Lemon, Singh; Gwet); none of their code is
used here.
"""

import pandas as pd
import pytest
from reference.cases import HERE, expected

from consensus.agreement import coefficients
from consensus.agreement.alpha import alpha
from consensus.agreement.fleiss import all_agree, fleiss_null, fleiss_of_category, light
from consensus.agreement.ratings import ratings_of
from consensus.agreement.two_raters import cohen, table_of

CASE = expected("01_nominal_complete")
RATINGS = ratings_of(pd.read_csv(HERE / "01_nominal_complete" / "ratings.csv", index_col="unit"))
NAMES = {
    "fleiss": "fleiss",
    "conger": "conger",
    "gwet_ac1": "gwet",
    "brennan_prediger": "brennan_prediger",
    "krippendorff": "krippendorff",
}


@pytest.mark.parametrize("name", NAMES)
def test_coefficients_with_their_errors_equal_those_of_irrcac(name):
    """R: irrCAC::fleiss.kappa.raw, conger.kappa.raw, gwet.ac1.raw, bp.coeff.raw, krippen.alpha.raw, by Gwet himself."""
    printed = CASE["irrCAC_rounded5"][name]
    found = getattr(coefficients, NAMES[name])(RATINGS)
    assert (found.value, found.se) == pytest.approx((printed["coeff.val"], printed["coeff.se"]), abs=1e-5)
    limits = [float(part) for part in printed["conf.int"].strip("()").split(",")]
    assert [found.low, found.high] == pytest.approx(limits, abs=1e-3)


def test_fleiss_and_conger_equal_those_of_irr():
    """R: irr::kappam.fleiss, plain and with exact = TRUE (Conger): Gamer and Lemon wrote it from the papers."""
    assert coefficients.fleiss(RATINGS).value == pytest.approx(CASE["fleiss"]["kappa"], rel=1e-10)
    assert coefficients.conger(RATINGS).value == pytest.approx(CASE["conger_exact"], rel=1e-10)
    assert coefficients.percent_agreement(RATINGS).value == pytest.approx(
        CASE["irrCAC_rounded5"]["fleiss"]["pa"], rel=1e-10
    )


def test_units_on_which_all_agree_equal_those_of_irr():
    """R: irr::agree (Gamer and Lemon), from single ratings; ours is made from counts."""
    assert all_agree(RATINGS).value * 100 == pytest.approx(CASE["percent_agreement_all_raters"], rel=1e-10)


def test_fleiss_under_chance_alone_equals_that_of_irr():
    """R: irr::kappam.fleiss for z; the script types the error per category from Fleiss (1971) in base R."""
    null = fleiss_null(RATINGS)
    assert (null.se, null.z) == pytest.approx((CASE["fleiss"]["se_null"], CASE["fleiss"]["z"]), rel=1e-10)
    assert 0 < null.p < 1e-40  # R prints 0, since it computes 1 - pnorm(z)
    for category, kappa in CASE["fleiss"]["per_category"].items():
        found = fleiss_of_category(RATINGS, category)
        assert found.value == pytest.approx(kappa, rel=1e-10)
        assert found.se == pytest.approx(CASE["fleiss"]["per_category_se_null"], rel=1e-10)


def test_alpha_is_the_right_one_and_not_that_of_irr():
    """R: irr::kripp.alpha, which builds a coincidence matrix; its fault on complete data is checked not to be ours."""
    found = alpha(RATINGS, "nominal").value
    assert found == pytest.approx(CASE["kripp_alpha_nominal"], rel=1e-10)
    # irr 0.84.1 drops the pair weights on complete data with more than two raters (README of the case)
    assert abs(found - CASE["irr_bug_value_complete_data"]) > 1e-3


def test_pairs_of_raters_and_their_mean_equal_those_of_irr():
    """R: irr::kappa2 and kappam.light, a program of its own by Gamer and Lemon."""
    for pair, kappa in CASE["pairwise_cohen"].items():
        first, second = (RATINGS.raters.index(name) for name in pair.split("-"))
        assert cohen(table_of(RATINGS.of_raters([first, second]))).value == pytest.approx(kappa, rel=1e-10)
    assert light(RATINGS).value == pytest.approx(CASE["light"]["kappa"], rel=1e-10)
