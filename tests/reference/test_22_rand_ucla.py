"""RAND/UCLA against R 4.2.2, reference/22_rand_ucla/run.R.

stats::quantile and median are R Core's; the formula of IPRAS is typed in the script, from which this code took nothing.
"""

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from reference.cases import HERE, expected

from consensus.rules.ballots import Counts, scale_ballot
from consensus.rules.deciding import holds
from consensus.rules.grammar import parse_rule
from consensus.rules.measures import ipras, median_of, quantile_of

ROWS = expected("22_rand_ucla")["rows"]
PANEL = pd.read_csv(HERE / "22_rand_ucla" / "panel.csv", index_col="statement").to_numpy()
COUNTS = Counts(
    ballot=scale_ballot(range(1, 10)), votes=np.stack([(point == PANEL).sum(axis=1) for point in range(1, 10)], axis=1)
)


def values(ratio):
    return list(ratio.above / ratio.below)


def truth(text, kind):
    return [bool(code) for code in holds(parse_rule(text).accept, COUNTS, kind)]


@pytest.mark.parametrize("kind", [6, 7])
def test_ipras_equals_that_of_r(kind):
    """R: stats::quantile (types 6, 7) on single ratings, IPRAS typed in base R; ours are fractions of counts."""
    printed = [row[f"type{kind}"] for row in ROWS]
    found, allowed = ipras(COUNTS, kind)
    for share, key in ((0.3, "p30"), (0.7, "p70")):
        assert values(quantile_of(COUNTS, Fraction(str(share)), kind)) == pytest.approx([row[key] for row in printed])
    assert values(found) == pytest.approx([row["ipr"] for row in printed], rel=1e-12)
    assert values(allowed) == pytest.approx([row["ipras"] for row in printed], rel=1e-12)
    assert truth("disagreement(ipras)", kind) == [row["disagreement"] for row in printed]


def test_median_and_classic_disagreement_equal_those_of_r():
    """R: stats::median and sums of comparisons in base R; ours are fractions of counts."""
    assert values(median_of(COUNTS)) == [row["median"] for row in ROWS]
    assert truth("disagreement(classic)", 7) == [row["classic_disagreement"] for row in ROWS]
