"""What holds for all differences of shares and for limits of several options at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consensus.agreement.differences import difference, paired_difference
from consensus.agreement.simultaneous import simultaneous_shares

counted = st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
cell = st.integers(0, 60)


@given(counted, counted)
def test_limits_of_a_difference_contain_it_and_turn_with_it(first, second):
    there, back = difference(first, second), difference(second, first)
    assert -1 - 1e-12 <= there.low <= there.value <= there.high <= 1 + 1e-12
    assert (back.value, back.low, back.high) == pytest.approx((-there.value, -there.high, -there.low), abs=1e-12)


@given(cell, cell, cell, cell)
def test_paired_limits_contain_the_difference_and_turn_with_it(a, b, c, d):
    there, back = paired_difference(a, b, c, d), paired_difference(a, c, b, d)
    if a + b + c + d:
        assert there.low - 1e-12 <= there.value <= there.high + 1e-12
        assert (back.low, back.high) == pytest.approx((-there.high, -there.low), abs=1e-12)
        wider = paired_difference(a, b, c, d, level=0.99)
        assert wider.low <= there.low + 1e-12


@given(st.lists(cell, min_size=2, max_size=9).filter(any))
def test_shares_of_exclusive_options_add_to_one_inside_their_limits(counts):
    shares = simultaneous_shares(counts)
    assert sum(s.value for s in shares) == pytest.approx(1)
    assert all(s.low <= s.value <= s.high for s in shares)
