"""Kendall's W against R 4.2.2, reference/04_kendall_w/run.R.

irr::kendall and irr::meanrho (Gamer and others) and stats::friedman.test are other programs, none of whose code is used
here; Legendre's F is typed in the script from his paper.
"""

import pandas as pd
import pytest
from reference.cases import HERE, expected

from consensus.agreement.concordance import friedman, kendall_w, legendre_f, mean_spearman
from consensus.agreement.ratings import ratings_of

CASE = expected("04_kendall_w")


@pytest.mark.parametrize("table", ["ranks_no_ties", "scores_ties", "scores_ties_missing"])
def test_concordance_equals_that_of_r(table):
    """R: irr::kendall, stats::friedman.test (R Core) and cor; Legendre's F is typed in the script with R's pf."""
    ratings = ratings_of(pd.read_csv(HERE / "04_kendall_w" / f"{table}.csv", index_col="item"))
    printed = CASE[table]
    assert kendall_w(ratings).value == pytest.approx(printed["W"], rel=1e-10)
    assert kendall_w(ratings, ties=False).value == pytest.approx(printed["W_uncorrected"], rel=1e-10)
    assert kendall_w(ratings).n == printed["n_items_used"]
    chi = friedman(ratings)
    assert (chi.statistic, chi.df, chi.p) == pytest.approx((printed["chisq"], printed["df"], printed["p"]), rel=1e-10)
    assert (chi.statistic, chi.p) == pytest.approx((printed["friedman_chisq"], printed["friedman_p"]), rel=1e-10)
    plain = friedman(ratings, ties=False)
    wanted = (printed["chisq_uncorrected"], printed["p_uncorrected"])
    assert (plain.statistic, plain.p) == pytest.approx(wanted, rel=1e-10)
    assert len(ratings.raters) == printed["raters"]
    assert mean_spearman(ratings).value == pytest.approx(printed["mean_spearman"], rel=1e-10)
    f = legendre_f(ratings)
    names = ("F_legendre", "F_df1", "F_df2", "F_p")
    assert (f.statistic, f.df, f.df2, f.p) == pytest.approx([printed[name] for name in names], rel=1e-10)


def test_items_with_gaps_are_counted():
    """R: stats::na.omit leaves out the same two items (n_items_used above); what is said of them is ours."""
    ratings = ratings_of(pd.read_csv(HERE / "04_kendall_w" / "scores_ties_missing.csv", index_col="item"))
    assert kendall_w(ratings).note == "2 of 10 units with missing ratings are left out"
