"""Rounding is half up, from integers and fractions, in one place."""

from fractions import Fraction

import pytest

from reports import numbers


@pytest.mark.parametrize(
    ("part", "n", "shown"),
    [
        (42, 257, "42/257 (16.3%)"),
        (121, 163, "121/163 (74.2%)"),
        (150, 257, "150/257 (58.4%)"),
        (89, 257, "89/257 (34.6%)"),
        (1, 8, "1/8 (13%)"),  # 12.5 is an exact tie: half up
        (3, 200, "3/200 (1.5%)"),
        (99, 99, "99/99 (100%)"),
        (80, 121, "80/121 (66.1%)"),
        (Fraction(5, 2), 10, "2.5/10 (25%)"),
        (0, 100, "0/100 (0.0%)"),
    ],
)
def test_a_share_names_its_base_and_has_a_decimal_from_100_on(part, n, shown):
    assert numbers.of(part, n) == shown


@pytest.mark.parametrize(
    ("number", "digits", "shown"),
    [(0.125, 2, "0.13"), (2.5, 0, "3"), (-2.5, 0, "-3"), (12.5, 0, "13"), (1.005, 2, "1.01")],
)
def test_exact_ties_go_away_from_zero_also_where_binary_fractions_fall_short(number, digits, shown):
    assert str(numbers.half_up(number, digits)) == shown


def test_an_interval_that_cannot_be_had_is_empty():
    assert numbers.interval(None, 0.5, 10) == ""
    assert numbers.of_with_interval(1, 2, None, None) == "1/2 (50%)"
    assert numbers.of_with_interval(42, 257, 0.12320, 0.21351) == "42/257 (16.3%) [12.3 to 21.4]"


@pytest.mark.parametrize(("points", "shown"), [(150, "150"), (42.5, "42.5"), (1000, "1,000"), (0.25, "0.25")])
def test_points_have_no_needless_decimals(points, shown):
    assert numbers.points(points) == shown
