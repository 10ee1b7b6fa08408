"""Ordinal agreement on 1 to 9 against R 4.2.2, irr 0.84.1, irrCAC 1.0, stats; reference/03_ordinal_1to9/run.R.

irr::kripp.alpha, kendall, finn, robinson, meanrho, irrCAC's coefficients with weights and stats::quantile are programs
of other authors, none of whose code is used here.
"""

import numpy as np
import pandas as pd
import pytest
from reference.cases import HERE, expected

from consensus.agreement import coefficients
from consensus.agreement.alpha import METRICS, alpha
from consensus.agreement.concordance import finn, kendall_w, mean_spearman, robinson_a
from consensus.agreement.ratings import ratings_of
from consensus.agreement.spread import mean_deviation, quantile

CASE = expected("03_ordinal_1to9")
TABLES = ("ratings_complete", "ratings_missing")
FRAMES = {t: pd.read_csv(HERE / "03_ordinal_1to9" / f"{t}.csv", index_col="statement") for t in TABLES}
RATINGS = {t: ratings_of(frame, categories=range(1, 10)) for t, frame in FRAMES.items()}
NAMES = {
    "gwet_ac2": "gwet",
    "krippendorff": "krippendorff",
    "fleiss": "fleiss",
    "conger": "conger",
    "brennan_prediger": "brennan_prediger",
}
WEIGHTINGS = ("unweighted", "linear", "quadratic", "ordinal", "radical", "ratio", "circular", "bipolar")


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("weighting", WEIGHTINGS)
@pytest.mark.parametrize("name", NAMES)
def test_coefficients_with_their_errors_equal_those_of_irrcac(table, weighting, name):
    """R: irrCAC::gwet.ac1.raw, krippen.alpha.raw, fleiss.kappa.raw, conger.kappa.raw, bp.coeff.raw, by Gwet."""
    printed = CASE[table]["irrCAC_rounded5"][weighting][name]
    weights = "identity" if weighting == "unweighted" else weighting
    found = getattr(coefficients, NAMES[name])(RATINGS[table], weights)
    assert (found.value, found.se) == pytest.approx((printed["coeff.val"], printed["coeff.se"]), abs=1e-5)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("metric", METRICS)
def test_alpha_equals_that_of_irr(table, metric):
    """R: irr::kripp.alpha, which fills a coincidence matrix; ours goes over counts and their mid-ranks."""
    assert alpha(RATINGS[table], metric).value == pytest.approx(CASE[table]["kripp"][metric], rel=1e-10)
    if table == "ratings_complete":  # where irr drops the pair weights: the wrong value is not ours
        assert abs(alpha(RATINGS[table], metric).value - CASE[table]["irr_bug_value_complete_data"][metric]) > 1e-3


@pytest.mark.parametrize("metric", ["interval", "ratio"])
def test_the_two_forms_of_alpha_are_one(metric):
    """No R: two forms of ours, of which each was held against a program of its own above."""
    weights = {"interval": "quadratic", "ratio": "ratio"}[metric]
    first, second = (
        alpha(RATINGS["ratings_missing"], metric),
        coefficients.krippendorff(RATINGS["ratings_missing"], weights),
    )
    assert first.value == pytest.approx(second.value, rel=1e-12)
    assert first.se == pytest.approx(second.se, rel=0.1)  # a jackknife and an expansion of the same variance


def test_concordance_of_complete_ratings_equals_that_of_irr():
    """R: irr::kendall, meanrho, finn and robinson, programs by Gamer and Lemon from the papers."""
    ratings, case = RATINGS["ratings_complete"], CASE["ratings_complete"]
    assert kendall_w(ratings).value == pytest.approx(case["kendall_w_tie"], rel=1e-10)
    assert mean_spearman(ratings, by_z=True).value == pytest.approx(case["meanrho"], rel=1e-10)
    assert finn(ratings).value == pytest.approx(case["finn_oneway"], rel=1e-10)
    assert robinson_a(ratings).value == pytest.approx(case["robinsonA"], rel=1e-10)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("kind", [2, 6, 7])
def test_quantiles_equal_those_of_r(table, kind):
    """R: stats::quantile with type = 2, 6, 7, by R Core after Hyndman and Fan; ours counts answers by point."""
    shares = (0.25, 0.75, 0.3, 0.7, 0.1, 0.9)
    for counts, printed in zip(RATINGS[table].counts, CASE[table][f"q_type{kind}"], strict=True):
        found = [quantile(range(1, 10), counts.astype(int), share, kind=kind) for share in shares]
        assert [float(f) for f in found] == pytest.approx(printed, rel=1e-12)


@pytest.mark.parametrize("table", TABLES)
def test_medians_and_deviations_equal_those_of_r(table):
    """R: stats::median, mean and abs of R Core on single ratings; ours are made from counts."""
    counts = RATINGS[table].counts.astype(int)
    medians = [float(quantile(range(1, 10), row, 0.5, kind=2)) for row in counts]
    assert medians == pytest.approx(CASE[table]["median"])
    deviations = [mean_deviation(range(1, 10), row) for row in counts]
    assert deviations == pytest.approx(CASE[table]["mad_about_median"], rel=1e-12)
    shares = counts / counts.sum(axis=1, keepdims=True)
    assert np.allclose(shares[:, 6:].sum(axis=1), CASE[table]["pct_7_9"])
    assert np.allclose(shares[:, :3].sum(axis=1), CASE[table]["pct_1_3"])
