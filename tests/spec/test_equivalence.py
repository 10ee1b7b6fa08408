"""Whether a change between rounds is shown to be small: the normal form, and what it can't do at its ends."""

import numpy as np
import pytest

from consensus.agreement.two_raters import cohen
from consensus.rounds.equivalence import mean_change, net_change


def test_the_example_of_twenty():
    stable, open_still = net_change(1, 1, 20), net_change(2, 1, 20)
    assert (stable.verdict, round(stable.high, 3)) == ("stable", 0.116)
    assert (open_still.verdict, round(open_still.low, 2), round(open_still.high, 2)) == ("not shown", -0.09, 0.19)


@pytest.mark.parametrize(("n", "verdict"), [(2, "not shown"), (5, "not shown"), (6, "changed"), (20, "changed")])
def test_everybody_who_changed_one_way_is_no_certainty(n, verdict):
    up, down = net_change(n, 0, n), net_change(0, n, n)
    assert (up.verdict, down.verdict) == (verdict, verdict)  # exact McNemar: 2 * 0.5^5 = 0.0625, 2 * 0.5^6 = 0.031
    assert up.low < up.change == up.high == 1
    assert (down.low, down.high) == (-up.high, -up.low)


def test_no_limit_lies_beyond_everybody():
    assert net_change(2, 0, 3).high == 1


@pytest.mark.parametrize("change", [0.0, 1.0])
def test_changes_that_are_all_alike_have_no_limits(change):
    found = mean_change(np.full(2, change))
    assert (found.change, found.low, found.verdict) == (change, None, "not shown")
    assert found.reason


def test_kappa_of_a_round_in_which_all_answered_alike_is_0_without_limits():
    found = cohen(np.array([[0, 3, 0], [0, 4, 0], [0, 2, 0]]), "quadratic")
    assert (found.value, found.low, found.high) == (0.0, None, None)
    assert found.note
