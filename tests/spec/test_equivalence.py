"""Whether a change between rounds is shown to be small: how often that is claimed wrongly, counted exactly."""

from math import comb, log

import numpy as np
import pytest
from scipy import optimize, stats

from consensus.agreement.paired_limits import paired_limits, tango
from consensus.agreement.two_raters import cohen
from consensus.rounds.equivalence import mean_change, net_change


def outcomes(n):
    """Return every table of n people as (newly, no longer), with what is claimed of it."""
    return [(b, c, net_change(b, c, n)) for b in range(n + 1) for c in range(n + 1 - b)]


def chance(claims, n, up, down):
    """Return the exact probability that one of the claimed tables comes out."""
    return sum(comb(n, b) * comb(n - b, c) * up**b * down**c * max(1 - up - down, 0) ** (n - b - c) for b, c in claims)


@pytest.mark.parametrize("n", [3, 6, 11, 19])
def test_claims_are_wrong_no_more_than_once_in_twenty(n):
    found = outcomes(n)
    stable = [(b, c) for b, c, made in found if made.verdict == "stable"]
    changed = [(b, c) for b, c, made in found if made.verdict == "changed"]
    others = [k / 40 for k in range(18)]
    assert max(chance(stable, n, down + 0.15, down) for down in others) <= 0.05
    assert max(chance(changed, n, down, down) for down in [*others, 0.45, 0.5]) <= 0.05
    assert stable or n < 19  # 0.85^19 is the first below 5 %: fewer people can't show it


@pytest.mark.parametrize("n", [5, 16])
def test_exact_limits_hold_the_true_change_as_often_as_they_say(n):
    limits = [(b, c, paired_limits(b, c, n)[0]) for b in range(n + 1) for c in range(n + 1 - b)]
    for true in (-0.9, -0.3, 0, 0.1, 0.5, 0.8):
        for down in (max(0, -true) + share * (1 - abs(true)) / 2 for share in (0, 0.1, 0.5, 1)):
            inside = [(b, c) for b, c, (low, high) in limits if low <= true <= high]
            assert chance(inside, n, down + true, down) >= 0.95


def test_score_limits_solve_their_own_equation():
    # Tango 1998, eq. 5, with the restricted maximum found by trying, not by its formula
    newly, no_longer, n, z = 9, 3, 60, stats.norm.ppf(0.975)
    for end in tango(newly, no_longer, n):

        def against(down, end=end):
            return -(
                newly * log(down + end) + no_longer * log(down) + (n - newly - no_longer) * log(1 - end - 2 * down)
            )

        down = optimize.minimize_scalar(
            against, bounds=(max(0, -end) + 1e-9, (1 - end) / 2 - 1e-9), method="bounded", options={"xatol": 1e-12}
        ).x
        statistic = (newly - no_longer - n * end) / (n * (2 * down + end * (1 - end))) ** 0.5
        assert abs(statistic) == pytest.approx(z, abs=1e-4)


@pytest.mark.parametrize(("newly", "verdict"), [(5, "not shown"), (6, "changed")])
def test_beyond_exact_limits_a_change_needs_the_exact_test_too(newly, verdict):
    # 5 of 31 one way: Tango's limits exclude 0, McNemar's exact p is 2 * 0.5^5 = 0.0625
    assert tango(newly, 0, 31)[0] > 0
    assert net_change(newly, 0, 31).verdict == verdict


def test_two_who_changed_of_three_show_nothing():
    found = net_change(2, 0, 3)
    assert (found.verdict, found.method) == ("not shown", "exact")
    assert found.low < 0 < found.high < 1


@pytest.mark.parametrize(("n", "verdict"), [(2, "not shown"), (5, "not shown"), (6, "changed"), (20, "changed")])
def test_everybody_who_changed_one_way_is_no_certainty(n, verdict):
    up, down = net_change(n, 0, n), net_change(0, n, n)
    assert (up.verdict, down.verdict) == (verdict, verdict)  # exact McNemar: 2 * 0.5^5 = 0.0625, 2 * 0.5^6 = 0.031
    assert up.low < up.change == up.high == 1
    assert (down.low, down.high) == (-up.high, -up.low)


@pytest.mark.parametrize(("newly", "no_longer", "n"), [(-1, 0, 3), (2, 2, 3), (0, 0, 0)])
def test_counts_that_can_not_be_are_refused(newly, no_longer, n):
    with pytest.raises(ValueError, match="can't have changed"):
        paired_limits(newly, no_longer, n)


@pytest.mark.parametrize("change", [0.0, 1.0])
def test_changes_that_are_all_alike_have_no_limits(change):
    found = mean_change(np.full(2, change))
    assert (found.change, found.low, found.verdict) == (change, None, "not shown")
    assert found.reason


def test_kappa_of_a_round_in_which_all_answered_alike_is_0_without_limits():
    found = cohen(np.array([[0, 3, 0], [0, 4, 0], [0, 2, 0]]), "quadratic")
    assert (found.value, found.low, found.high) == (0.0, None, None)
    assert found.note
