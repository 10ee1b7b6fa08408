"""The cluster bootstrap against R 4.2.2, boot 1.3.28.1, reference/14_cluster_bootstrap/run.R.

replicate_counts.csv holds 2,000 fixed draws, so that the limits are exact; boot::boot and boot.ci (Canty and Ripley)
are another program, none of whose code is used here, as is survey's linearized error.
"""

import numpy as np
import pandas as pd
import pytest
from reference.cases import HERE, expected

from consensus.agreement.bootstrap_limits import acceleration, basic, bca, jackknife_error, percentile
from consensus.agreement.design import design_of
from consensus.agreement.resampling import bootstrap_means, cluster_sums, replicates_of
from consensus.agreement.weighted import means

CASE, FOLDER = expected("14_cluster_bootstrap"), HERE / "14_cluster_bootstrap"
DATA, COUNTS = pd.read_csv(FOLDER / "data.csv"), pd.read_csv(FOLDER / "replicate_counts.csv")
DESIGN = design_of(len(DATA), clusters=DATA["cluster"].tolist())


@pytest.mark.parametrize("name", ["y", "score"])
def test_limits_from_fixed_draws_equal_those_of_r(name):
    """R: stats::quantile, sd, pnorm on the same draws, one replicate at a time; ours is one matrix product."""
    printed, column = CASE[name], DATA[name].to_numpy(dtype=float)
    found = replicates_of(*cluster_sums(column, DESIGN), COUNTS.to_numpy(dtype=float))
    drawn, estimate, left_out = found.values[:, 0], float(found.estimates[0]), found.left_out[:, 0]
    checks = {
        "estimate": estimate,
        "boot_se": drawn.std(ddof=1),
        "boot_mean": drawn.mean(),
        "percentile_type7": percentile(drawn),
        "percentile_type6": percentile(drawn, kind=6),
        "basic_type7": basic(drawn, estimate),
        "acceleration_delete_one_cluster": acceleration(left_out),
        "bca_strict_type7": bca(drawn, estimate, left_out, ties="strict"),
        "bca_half_type7": bca(drawn, estimate, left_out),
        "jackknife_se": jackknife_error(left_out),
        "linearised_se": means(column, DESIGN).errors[0],
    }
    for key, value in checks.items():
        assert value == pytest.approx(printed[key], rel=1e-10), key


def test_our_own_draws_come_to_the_same_as_those_of_boot():
    """R: boot::boot (Canty and Ripley), with R's random numbers and a loop over clusters."""
    printed = CASE["monte_carlo_50000_y"]
    found = bootstrap_means(DATA["y"].to_numpy(dtype=float), DESIGN, replicates=50_000, seed=7)
    assert found.values.std(ddof=1) == pytest.approx(printed["se"], rel=0.02)
    assert percentile(found.values[:, 0]) == pytest.approx(printed["percentile"], abs=0.01)
    assert not np.isnan(found.values).any()
