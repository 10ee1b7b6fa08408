"""Kleene's truth tables, and quantities as exact intervals."""

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consensus.definitions.amount import (
    MANY,
    MILLION,
    Amount,
    NotAnAmountError,
    above,
    at_least,
    exactly,
    parse_amount,
    same,
)
from consensus.definitions.logic import all_of, any_of, negate, verdict_of

T, F, U = True, False, None
# The truth tables of HL7 CQL 1.5.3, as its suite CqlLogicalOperatorsTest has them (null is unknown).
AND = {(T, T): T, (T, F): F, (T, U): U, (F, T): F, (F, F): F, (F, U): F, (U, T): U, (U, F): F, (U, U): U}
OR = {(T, T): T, (T, F): T, (T, U): T, (F, T): T, (F, F): F, (F, U): U, (U, T): T, (U, F): U, (U, U): U}


@pytest.mark.parametrize("pair", AND)
def test_and(pair):
    assert all_of(pair) is AND[pair]


@pytest.mark.parametrize("pair", OR)
def test_or(pair):
    assert any_of(pair) is OR[pair]


def test_not_and_the_words():
    assert [negate(v) for v in (T, F, U)] == [F, T, U]
    assert [verdict_of(v) for v in (T, F, U)] == ["met", "not_met", "unknown"]


def test_over_nothing():
    assert any_of([]) is F
    assert all_of([]) is T


@pytest.mark.parametrize("values", [*product((T, F, U), repeat=3)])
def test_a_certain_member_wins_and_de_morgan_holds(values):
    completions = [c for c in product((T, F), repeat=3) if agrees(c, values)]
    assert any_of(values) in ({any(c) for c in completions} if len({any(c) for c in completions}) == 1 else {U})
    assert negate(all_of(values)) is any_of(map(negate, values))


def agrees(completion, values):
    return all(v is U or v is c for c, v in zip(completion, values, strict=True))


AMOUNTS = [
    # text, low, high, low open, high open
    ("50", 50, 50, False, False),
    ("50.01", "50.01", "50.01", False, False),
    ("<2", 0, 2, False, True),
    ("＜2", 0, 2, False, True),
    ("<= 2", 0, 2, False, False),
    ("≤2", 0, 2, False, False),
    (">60500", 60500, None, True, False),
    (">=60500", 60500, None, False, False),
    ("≥ 60500", 60500, None, False, False),
    (" 1e3 ", 1000, 1000, False, False),
    (".5", "0.5", "0.5", False, False),
]


@pytest.mark.parametrize(("text", "low", "high", "low_open", "high_open"), AMOUNTS)
def test_read(text, low, high, low_open, high_open):
    amount = parse_amount(text)
    assert (amount.low, amount.high) == (millionths(low), None if high is None else millionths(high))
    assert (amount.low_open, amount.high_open) == (low_open, high_open)


def millionths(number):
    return int(Decimal(number) * MILLION)


@pytest.mark.parametrize(
    "text", ["see report", "1,234", "12 ng", "", "--", "nan", "1.0000001", "1e40", "<", "2-3", "<0", "<=-1"]
)
def test_not_an_amount(text):
    with pytest.raises(NotAnAmountError):
        parse_amount(text)


def test_thousands_get_a_hint():
    with pytest.raises(NotAnAmountError) as caught:
        parse_amount("1,234")
    assert caught.value.hint == "Write it without thousands separators."


COMPARED = [
    # a, b, a > b, a >= b
    ("50", "50", F, T),
    ("50.01", "50", T, T),
    (">50", "50", T, T),
    (">=50.1", "50", T, T),
    (">40", "50", U, U),
    (">=50", "50", U, T),
    ("<2", "3", F, F),
    ("3", "<2", T, T),
    ("2", "<2", T, T),
    ("2", "<=2", U, T),
    ("<2", "<2", U, U),
    (">60500", ">60500", U, U),
    (">60500", "50000", T, T),
    ("<2", "2", F, F),
    ("<=2", "2", F, U),
]


@pytest.mark.parametrize(("a", "b", "greater", "reaches"), COMPARED)
def test_compared(a, b, greater, reaches):
    assert above(parse_amount(a), parse_amount(b)) is greater
    assert at_least(parse_amount(a), parse_amount(b)) is reaches


def test_multiple():
    three = exactly(3)
    assert above(MANY, three) is T
    assert above(three, MANY) is F
    assert above(MANY, MANY) is U
    assert same(MANY, MANY) is U


bounds = st.builds(
    lambda sign, number: f"{sign}{number}",
    st.sampled_from(["", "<", "<=", ">", ">="]),
    st.decimals(min_value="0.01", max_value=1000, places=2).map(lambda d: format(d, "f")),
)


@given(bounds)
def test_a_written_amount_is_read_again_as_itself(text):
    amount = parse_amount(text)
    assert parse_amount(str(amount)) == amount


@given(bounds, bounds, st.data())
def test_a_comparison_is_that_of_all_values(a, b, data):
    """Whatever value each bound hides, a decided comparison is right."""
    first, second = parse_amount(a), parse_amount(b)
    verdict = above(first, second)
    one, other = data.draw(value_in(first)), data.draw(value_in(second))
    if one is not None and other is not None and verdict is not None:
        assert verdict is (one > other)


def value_in(amount: Amount):
    low = amount.low + amount.low_open
    high = (amount.low + 10**9 if amount.high is None else amount.high) - amount.high_open
    return st.integers(low, high) if low <= high else st.none()


CODES = {F: (False, False), U: (False, True), T: (True, True)}


def columns(values):
    """Return facts as the engines hold them: arrays of surely and possibly."""
    import numpy as np

    from consensus.scoring.compiled.facts import Fact

    return Fact(*(np.array(part) for part in zip(*(CODES[value] for value in values), strict=True)))


def test_whole_columns_have_the_same_truth_tables():
    pairs = list(AND)
    left, right = columns([a for a, _ in pairs]), columns([b for _, b in pairs])
    for found, table in ((left & right, AND), (left | right, OR)):
        assert list(zip(found.sure, found.possible, strict=True)) == [CODES[table[pair]] for pair in pairs]
    swapped = ~columns([T, F, U])
    assert list(zip(swapped.sure, swapped.possible, strict=True)) == [CODES[value] for value in (F, T, U)]
