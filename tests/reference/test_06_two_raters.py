"""Two raters against R 4.2.2, reference/06_two_raters/run.R.

irr::kappa2 and stuart.maxwell.mh, vcd::Kappa, stats::mcnemar.test and cor.test, irrCAC::gwet.ac1.raw are programs of
other authors, none of whose code is used here.
psych's weighted variance differs from the large-sample one and is no truth (README of the case).
"""

import pandas as pd
import pytest
from reference.cases import HERE, expected

from consensus.agreement.coefficients import gwet
from consensus.agreement.concordance import mean_spearman
from consensus.agreement.ratings import ratings_of
from consensus.agreement.two_raters import bhapkar, bowker, cohen, cohen_test, kendall_tau_b, stuart_maxwell, table_of

CASE = expected("06_two_raters")
RATINGS = ratings_of(pd.read_csv(HERE / "06_two_raters" / "pairs.csv", index_col="id"), categories=range(1, 6))
TABLE = table_of(RATINGS)
WEIGHTS = [
    ("identity", "unweighted", "unweighted"),
    ("linear", "linear", "equal"),
    ("quadratic", "quadratic", "squared"),
]


def test_the_table_is_that_of_r():
    """R: base::table of two factors."""
    assert TABLE.tolist() == CASE["table"]


@pytest.mark.parametrize(("ours", "vcd", "irr"), WEIGHTS)
def test_kappas_with_their_errors_equal_those_of_r(ours, vcd, irr):
    """R: vcd::Kappa (Meyer and others) for value and large-sample error, irr::kappa2 (Gamer) for value and z."""
    found, tested = cohen(TABLE, ours), cohen_test(TABLE, ours)
    assert (found.value, found.se) == pytest.approx((CASE["vcd"][vcd]["kappa"], CASE["vcd"][vcd]["ase"]), rel=1e-10)
    assert (tested.statistic, tested.p) == pytest.approx((CASE["irr"][irr]["z"], CASE["irr"][irr]["p"]), rel=1e-8)


def test_tests_of_leaning_equal_those_of_r():
    """R: irr::stuart.maxwell.mh and bhapkar (Gamer and Lemon); Bowker's test typed in base R."""
    for found, name in ((stuart_maxwell(TABLE), "stuart_maxwell"), (bhapkar(TABLE), "bhapkar")):
        assert (found.statistic, found.p) == pytest.approx((CASE[name]["chisq"], CASE[name]["p"]), rel=1e-10)
    found, printed = bowker(TABLE), CASE["bowker"]
    names = ("chisq", "df_nonempty", "p_nonempty")  # pairs of categories that nobody is in carry no degree of freedom
    assert (found.statistic, found.df, found.p) == pytest.approx([printed[name] for name in names], rel=1e-10)


def test_rank_correlations_and_all_pairs_of_bowker_equal_those_of_r():
    """R: stats::cor (spearman, kendall) goes over pairs of people, ours over the table; Bowker in base R."""
    assert mean_spearman(RATINGS).value == pytest.approx(CASE["spearman"], rel=1e-10)
    assert kendall_tau_b(TABLE).value == pytest.approx(CASE["kendall_tau_b"], rel=1e-10)
    every, printed = bowker(TABLE, all_pairs=True), CASE["bowker"]
    assert (every.df, every.p) == pytest.approx((printed["df_all"], printed["p_all"]), rel=1e-10)


def test_ac1_of_two_raters_equals_that_of_irrcac():
    """R: irrCAC::gwet.ac1.raw, Gwet's own program."""
    printed, found = CASE["gwet_ac1_rounded5"], gwet(RATINGS)
    assert (found.value, found.se) == pytest.approx((printed["coeff.val"], printed["coeff.se"]), abs=1e-5)
