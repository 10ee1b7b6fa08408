"""Adjusted p values against R 4.2.2, stats::p.adjust, reference/19_p_adjust/run.R: a missing p value is skipped."""

import pandas as pd
import pytest
from reference.cases import HERE, expected

from consensus.agreement.multiplicity import ADJUSTMENTS, adjust

CASE = expected("19_p_adjust")
P = [None if pd.isna(p) else p for p in pd.read_csv(HERE / "19_p_adjust" / "p.csv", skip_blank_lines=False)["p"]]
NAMES = {name: {"bh": "BH", "by": "BY"}.get(name, name) for name in ADJUSTMENTS}


@pytest.mark.parametrize("method", NAMES)
def test_adjusted_values_equal_those_of_r(method):
    for found, printed in zip(adjust(P, method), CASE[NAMES[method]], strict=True):
        assert found == (None if printed is None else pytest.approx(printed, rel=1e-10))


def test_nothing_to_adjust():
    assert adjust([]) == ()
    assert adjust([None, None]) == (None, None)
    assert adjust([0.04]) == (0.04,)
