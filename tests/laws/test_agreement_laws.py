"""What holds for all counts: intervals, rules and the votes that change verdicts."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consensus.agreement.proportions import interval, normal_mean, one_sided, share
from consensus.agreement.support import CODINGS, Votes
from consensus.rules.flips import flips, judge
from consensus.rules.grammar import parse_rule
from consensus.rules.rule import share_rule

METHODS = ("wilson", "wilson-cc", "clopper-pearson", "jeffreys", "agresti-coull")
shares = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
thresholds = st.fractions(Fraction(1, 2), 1, max_denominator=1000)
rules = st.builds(share_rule, thresholds.filter(lambda t: t < 1), st.sampled_from([">=", ">"]))
small = st.integers(0, 9)
votes = st.builds(Votes, yes=small, equivocal=small, no=small, opted_out=small)
codings = st.sampled_from(CODINGS)


@given(shares, st.sampled_from(METHODS), st.floats(0.5, 0.99))
def test_intervals_contain_their_share_and_widen_with_the_level(counted, method, level):
    count, n = counted
    low, high = interval(count, n, level=level, method=method)
    wider_low, wider_high = interval(count, n, level=level + 0.005, method=method)
    if method != "jeffreys":  # equal-tailed limits of a posterior need not contain the share near 0 and n at low levels
        assert low - 1e-12 <= count / n <= high + 1e-12
    assert 0 <= wider_low <= low + 1e-12
    assert high - 1e-12 <= wider_high <= 1


@given(shares, st.sampled_from(METHODS))
def test_intervals_mirror(counted, method):
    count, n = counted
    low, high = interval(count, n, method=method)
    assert interval(n - count, n, method=method) == pytest.approx((1 - high, 1 - low), abs=1e-9)


@given(st.integers(1, 10**6))
def test_one_sided_bounds_leave_alpha(n):
    assert (1 - one_sided(0, n)[1]) ** n == pytest.approx(0.05, rel=1e-6)
    assert one_sided(n, n)[0] == pytest.approx(1 - one_sided(0, n)[1], abs=1e-12)
    assert share(0, n).method == share(n, n).method == "exact one-sided"


@given(votes, codings)
def test_half_votes_lie_between_no_and_yes(counted, coding):
    assert counted.support("as_no") <= counted.support("half") <= counted.support("as_yes")
    assert 0 <= counted.support(coding) + counted.against(coding) <= counted.size(coding)
    if counted.opted_out == 0:
        assert counted.against(coding) == counted.size(coding) - counted.support(coding)


@given(votes, codings)
def test_estimates_contain_their_value_or_give_a_reason(counted, coding):
    estimate = counted.estimate(coding) if counted.size(coding) else None
    if estimate is not None and estimate.low is not None:
        assert estimate.low - 1e-12 <= estimate.value <= estimate.high + 1e-12
    if counted.size(coding) == 0:
        assert counted.estimate(coding).reason == "the base is empty"


@given(rules)
def test_a_rule_parses_back_to_itself(rule):
    assert parse_rule(str(rule)) == rule


@given(rules, st.integers(1, 300))
def test_the_needed_votes_are_the_fewest_that_pass(rule, n):
    needed = rule.needed(n)
    assert rule.passes(needed, n) or needed > n
    assert not rule.passes(needed - 1, n)


@given(rules, votes, codings)
def test_more_support_never_turns_a_criterion_down(rule, counted, coding):
    order = {"out": 0, "no consensus": 1, "too few": 1, "in": 2}
    if counted.no:
        better = Votes(yes=counted.yes + 1, equivocal=counted.equivocal, no=counted.no - 1, opted_out=counted.opted_out)
        assert order[judge(better, rule, coding)] >= order[judge(counted, rule, coding)]


@given(rules, votes, codings)
def test_flips_equal_a_search_over_every_movement(rule, counted, coding):
    worths = {"yes": (1.0, counted.yes), "eq": (0.5, counted.equivocal), "no": (0.0, counted.no)}
    worths["dk"] = (None, counted.opted_out)
    names = {"yes": "yes", "eq": "equivocal", "no": "no", "dk": "opted_out"}
    now, expected = judge(counted, rule, coding), {}
    for a, (_, chosen) in worths.items():
        for b in worths:
            for moved in range(1, chosen + 1) if a != b else ():
                sides = {side: getattr(counted, side) for side in names.values()}
                sides[names[a]] -= moved
                sides[names[b]] += moved
                then = judge(Votes(**sides), rule, coding)
                if then != now:
                    expected[a, b] = (moved, then)
                    break
    found = flips(counted, worths, rule, coding)
    assert {(f.from_option, f.to_option): (f.votes, f.becomes) for f in found} == expected
    assert [f.votes for f in found] == sorted(f.votes for f in found)


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_normal_limits_surround_the_mean(yes, equivocal, no):
    limits = normal_mean(((1.0, yes), (0.5, equivocal), (0.0, no)))
    n = yes + equivocal + no
    if limits is not None:
        assert limits[0] <= (yes + equivocal / 2) / n <= limits[1]
