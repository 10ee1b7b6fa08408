"""Paired answers against R 4.2.2, reference/11_mcnemar_cochranq/run.R.

stats::mcnemar.test and binom.test, and coin::mh_test for Cochran's Q (Hothorn and others), are programs of other
authors, none of whose code is used here.
"""

import numpy as np
import pandas as pd
import pytest
from reference.cases import HERE, expected

from consensus.agreement.paired import cochran_q, mcnemar

CASE = expected("11_mcnemar_cochranq")
DATA = pd.read_csv(HERE / "11_mcnemar_cochranq" / "binary.csv", index_col="id")


def test_cochran_q_equals_that_of_r():
    """R: coin::symmetry_test (Hothorn and others), by permutation moments; Q is typed beside it in base R."""
    found, printed = cochran_q(DATA.to_numpy(dtype=float)), CASE["cochran_q"]
    assert (found.statistic, found.df, found.p) == pytest.approx((printed["Q"], printed["df"], printed["p"]), rel=1e-10)
    assert (found.statistic, found.p) == pytest.approx(
        (CASE["coin_symmetry"]["Q"], CASE["coin_symmetry"]["p"]), rel=1e-10
    )


@pytest.mark.parametrize("pair", CASE["mcnemar"])
def test_mcnemar_equals_that_of_r(pair):
    """R: stats::mcnemar.test and binom.test (R Core); mid-p is typed in base R with dbinom."""
    printed = CASE["mcnemar"][pair]
    first, second = (DATA[name] for name in pair.split("-"))
    b, c = int(((first == 0) & (second == 1)).sum()), int(((first == 1) & (second == 0)).sum())
    assert (b, c) == (printed["b"], printed["c"])
    found = mcnemar(b, c)
    assert (found.plain.statistic, found.plain.p) == pytest.approx((printed["chisq"], printed["p"]), rel=1e-10)
    assert (found.corrected.statistic, found.corrected.p) == pytest.approx(
        (printed["chisq_cc"], printed["p_cc"]), rel=1e-10
    )
    assert (found.exact.p, found.mid.p) == pytest.approx((printed["p_exact"], printed["p_midp"]), rel=1e-10)
    assert (found.low, found.high) == pytest.approx(printed["or_exact_ci"], rel=1e-8)


def test_nobody_who_differs():
    """No R: stats::mcnemar.test gives NaN here; reasons of ours."""
    assert mcnemar(0, 0).mid.p == 1
    assert cochran_q(np.ones((4, 2))).reason == "nobody answers the questions differently"
    assert cochran_q(np.ones((4, 1))).reason == "a comparison needs two questions"
    assert mcnemar(3, 0).high is None
