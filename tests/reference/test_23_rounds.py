"""Stability between rounds against R 4.2.2, reference/23_rounds/run.R.

stats::wilcox.test, binom.test and cor (R Core), exactRankTests::wilcox.exact and coin::wilcoxsign_test (Hothorn and
others) and irr::kappa2 (Gamer) are programs of other authors, none of whose code is used here.
"""

import numpy as np
import pandas as pd
import pytest
from reference.cases import HERE, expected

from consensus.rounds.signed_rank import NOBODY_MOVED, sign_test, signed_rank
from consensus.rounds.stability import stability
from consensus.rules.ballots import scale_ballot

CASE = expected("23_rounds")
DATA = pd.read_csv(HERE / "23_rounds" / "rounds.csv", index_col="panelist")
CHANGE = (DATA["r2"] - DATA["r1"]).to_numpy(dtype=float)
PAIRS = [(str(a), str(b)) for a, b in zip(DATA["r1"], DATA["r2"], strict=True)]
FOUND = stability(PAIRS, scale_ballot(range(1, 10)))


@pytest.mark.parametrize(
    ("how", "key"),
    [
        ({"form": "exact"}, "p_exact_conditional"),
        ({"form": "normal"}, "p_normal"),
        ({"form": "normal, corrected"}, "p_normal_cc"),
    ],
)
def test_the_signed_rank_test_equals_that_of_r(how, key):
    """R: stats::wilcox.test (normal, both ways) and exactRankTests::wilcox.exact (Hothorn and Hornik)."""
    found = signed_rank(CHANGE, **how)
    assert (found.statistic, found.p) == pytest.approx((CASE["V"], CASE[key]), rel=1e-10)


def test_both_ways_with_zeros_equal_those_of_coin():
    """R: coin::wilcoxsign_test(distribution = "exact"), Hothorn's shift algorithm."""
    assert signed_rank(CHANGE, zeros="pratt").p == pytest.approx(CASE["coin_pratt"]["p_exact"], rel=1e-10)
    assert signed_rank(CHANGE, zeros="wilcoxon").p == pytest.approx(CASE["coin_wilcoxon"]["p_exact"], rel=1e-10)


def test_the_other_figures_equal_those_of_r():
    """R: stats::binom.test, irr::kappa2(squared), stats::cor, sd and mean: other authors' programs."""
    assert sign_test(CHANGE).p == pytest.approx(CASE["sign_test_p"], rel=1e-10)
    assert FOUND.kappa.value == pytest.approx(CASE["weighted_kappa_sq"], rel=1e-10)
    assert FOUND.spearman == pytest.approx(CASE["spearman"], rel=1e-10)
    assert FOUND.cv == pytest.approx((CASE["cv_r1"], CASE["cv_r2"]), rel=1e-10)
    assert len(PAIRS) - FOUND.unchanged.value * len(PAIRS) == pytest.approx(CASE["n_changed"])


def test_nobody_who_moved():
    """No R: what nobody moving must give; stats::wilcox.test gives NaN here."""
    still = np.zeros(5)
    assert signed_rank(still).reason == sign_test(still).reason == NOBODY_MOVED
    alike = stability([("7", "7")] * 5, scale_ballot(range(1, 10)))
    assert (alike.unchanged.value, alike.kappa.value, alike.net.verdict) == (1, None, "not shown")  # five are too few
    assert stability([("7", "7")] * 30, scale_ballot(range(1, 10))).net.verdict == "stable"
