"""Limits of a median that order statistics give: as sure as they say, or none."""

import pytest
from scipy import stats

from consensus.proposals.parameters import _limits


@pytest.mark.parametrize("n", range(1, 40))
def test_limits_hold_the_median_as_often_as_they_say(n):
    low, high = _limits(tuple((float(value), 1) for value in range(1, n + 1)), n)
    if low is None:
        assert (high, n <= 5) == (None, True)  # the whole range of five holds the median with 1 - 2 / 2^5 = 93.75 %
        return
    assert low + high == n + 1
    assert 1 - 2 * stats.binom.cdf(low - 1, n, 0.5) >= 0.95 > 1 - 2 * stats.binom.cdf(low, n, 0.5)
