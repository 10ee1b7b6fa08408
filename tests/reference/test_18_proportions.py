"""Intervals of a proportion against R 4.2.2, reference/18_proportions/run.R.

R's prop.test and binom.test (package stats) are independent of this code, which uses scipy's incomplete beta
function; Agresti-Coull and Jeffreys are written out in the script from the textbook formula with R's qnorm and qbeta.
"""

import json
from pathlib import Path

import pytest

from consensus.agreement import proportions

CASES = json.loads((Path(__file__).parent / "18_proportions" / "expected.json").read_text(encoding="utf-8"))
COUNTS = [tuple(map(int, key.split("/"))) for key in CASES if "/" in key]
FUNCTIONS = {
    "wilson": proportions.wilson,
    "wilson_cc": proportions.wilson_corrected,
    "clopper_pearson": proportions.clopper_pearson,
    "agresti_coull": proportions.agresti_coull,
}


@pytest.mark.parametrize(("count", "n"), COUNTS)
@pytest.mark.parametrize("method", FUNCTIONS)
def test_limits_equal_those_of_r(method, count, n):
    """R: stats::prop.test (Wilson, both ways) and binom.test (Clopper-Pearson); Agresti-Coull typed with qnorm."""
    expected = CASES[f"{count}/{n}"][method]
    assert FUNCTIONS[method](count, n) == pytest.approx(expected, rel=1e-10, abs=1e-14)


@pytest.mark.parametrize(("count", "n"), COUNTS)
def test_jeffreys_limits_equal_those_of_r(count, n):
    """R: stats::qbeta, R's own beta quantiles; ours are scipy's."""
    low, high = proportions.jeffreys(count, n)
    expected_low, expected_high = CASES[f"{count}/{n}"]["jeffreys"]
    # R's script is without the edge rule (its README says so): at 0 and at n of n our outer limit is the share itself
    assert low == (0 if count == 0 else pytest.approx(expected_low, rel=1e-10))
    assert high == (1 if count == n else pytest.approx(expected_high, rel=1e-10))


def test_printed_limits_stay_between_0_and_1():
    """R: the script's Agresti-Coull leaves 0 to 1 at 0 of 25; what we print is cut."""
    assert CASES["0/25"]["agresti_coull"][0] < 0
    assert proportions.interval(0, 25, method="agresti-coull")[0] == 0


def test_one_sided_bounds_of_the_methods_page():
    """No R: the closed form 1 - alpha^(1/n), worked by hand."""
    # the method's closed form 1 - alpha^(1/n), worked out with a pocket calculator's precision for 257 and 184
    assert proportions.one_sided(0, 257)[1] == pytest.approx(0.0115889, abs=5e-8)
    assert proportions.one_sided(0, 184)[1] == pytest.approx(0.0161493, abs=5e-8)
