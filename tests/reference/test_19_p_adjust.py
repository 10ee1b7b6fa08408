"""Adjusted p values against R 4.2.2, reference/19_p_adjust/run.R: a missing p value is skipped.

stats::p.adjust is R Core's program, none of whose code is used here.
"""

import pandas as pd
import pytest
from reference.cases import HERE, expected

from consensus.agreement.multiplicity import ADJUSTMENTS, adjust

CASE = expected("19_p_adjust")
P = [None if pd.isna(p) else p for p in pd.read_csv(HERE / "19_p_adjust" / "p.csv", skip_blank_lines=False)["p"]]
NAMES = {name: {"bh": "BH", "by": "BY"}.get(name, name) for name in ADJUSTMENTS}


@pytest.mark.parametrize("method", NAMES)
def test_adjusted_values_equal_those_of_r(method):
    """R: stats::p.adjust, R Core's vectors of cumulative minima; ours climbs one p value at a time."""
    for found, printed in zip(adjust(P, method), CASE[NAMES[method]], strict=True):
        assert found == (None if printed is None else pytest.approx(printed, rel=1e-10))


def test_nothing_to_adjust():
    """No R: what an empty family and a single test must give."""
    assert adjust([]) == ()
    assert adjust([None, None]) == (None, None)
    assert adjust([0.04]) == (0.04,)
