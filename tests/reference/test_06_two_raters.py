"""Two raters against R 4.2.2 (irr 0.84.1, vcd 1.4.11, stats), reference/06_two_raters/run.R: other programs.

psych's weighted variance differs from the large-sample one and is no truth (README of the case).
"""

import pandas as pd
import pytest
from reference.cases import HERE, expected

from consensus.agreement.coefficients import gwet
from consensus.agreement.ratings import ratings_of
from consensus.agreement.two_raters import bhapkar, bowker, cohen, cohen_test, stuart_maxwell, table_of

CASE = expected("06_two_raters")
RATINGS = ratings_of(pd.read_csv(HERE / "06_two_raters" / "pairs.csv", index_col="id"), categories=range(1, 6))
TABLE = table_of(RATINGS)
WEIGHTS = [
    ("identity", "unweighted", "unweighted"),
    ("linear", "linear", "equal"),
    ("quadratic", "quadratic", "squared"),
]


def test_the_table_is_that_of_r():
    assert TABLE.tolist() == CASE["table"]


@pytest.mark.parametrize(("ours", "vcd", "irr"), WEIGHTS)
def test_kappas_with_their_errors_equal_those_of_r(ours, vcd, irr):
    found, tested = cohen(TABLE, ours), cohen_test(TABLE, ours)
    assert (found.value, found.se) == pytest.approx((CASE["vcd"][vcd]["kappa"], CASE["vcd"][vcd]["ase"]), rel=1e-10)
    assert (tested.statistic, tested.p) == pytest.approx((CASE["irr"][irr]["z"], CASE["irr"][irr]["p"]), rel=1e-8)


def test_tests_of_leaning_equal_those_of_r():
    for found, name in ((stuart_maxwell(TABLE), "stuart_maxwell"), (bhapkar(TABLE), "bhapkar")):
        assert (found.statistic, found.p) == pytest.approx((CASE[name]["chisq"], CASE[name]["p"]), rel=1e-10)
    found, printed = bowker(TABLE), CASE["bowker"]
    names = ("chisq", "df_nonempty", "p_nonempty")  # pairs of categories that nobody is in carry no degree of freedom
    assert (found.statistic, found.df, found.p) == pytest.approx([printed[name] for name in names], rel=1e-10)


def test_ac1_of_two_raters_equals_that_of_irrcac():
    printed, found = CASE["gwet_ac1_rounded5"], gwet(RATINGS)
    assert (found.value, found.se) == pytest.approx((printed["coeff.val"], printed["coeff.se"]), abs=1e-5)
