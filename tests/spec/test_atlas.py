"""The space of definitions by points: how many there are, against brute force, and the fewest points of each."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from scipy.optimize import linprog

from consensus.proposals.atlas import MOST_POINTS, atlas, packed, smallest_sets, sums
from consensus.proposals.integer_points import fewest_points, fewest_points_of, largest_remainder
from consensus.proposals.tables import table_of


@pytest.mark.parametrize(
    ("criteria", "all_there_are", "not_constant", "using_all"),
    [(2, 6, 4, 2), (3, 20, 18, 9), (4, 150, 148, 96), (5, 3287, 3285, 2690), (6, 244158, 244156, 226360)],
)
def test_how_many_definitions_there_are(criteria, all_there_are, not_constant, using_all):
    found = atlas(criteria)
    assert len(found) == all_there_are
    assert int((~found.constant).sum()) == not_constant
    assert int((found.uses_all & ~found.constant).sum()) == using_all
    assert int(found.points.max()) == MOST_POINTS[criteria]


def by_brute_force(criteria, most):
    """Return every table that points 0..most express, with the fewest points of each."""
    fewest = {}
    for points in product(range(most + 1), repeat=criteria):
        reached = [sum(w for k, w in enumerate(points) if p >> k & 1) for p in range(2**criteria)]
        for cut_off in range(sum(points) + 2):
            table = tuple(total >= cut_off for total in reached)
            key = (sum(points), points, cut_off)
            if key < fewest.get(table, (10**9,)):
                fewest[table] = key
    return fewest


@pytest.mark.parametrize(("criteria", "further"), [(3, 5), (4, 5)])
def test_larger_points_give_no_further_definition_and_none_fewer(criteria, further):
    found = atlas(criteria)
    mine = {
        tuple(map(bool, t)): (int(p.sum()), tuple(p.tolist()), int(c))
        for t, p, c in zip(found.tables, found.points, found.cut_offs, strict=True)
    }
    assert mine == by_brute_force(criteria, further)


def monotone_tables(criteria):
    """Return every rule that a further criterion never turns from met to not met."""
    below = [(p, p | 1 << k) for p in range(2**criteria) for k in range(criteria) if not p >> k & 1]
    less, more = zip(*below, strict=True)
    tables = np.array(list(product((False, True), repeat=2**criteria)))
    return tables[~(tables[:, less] & ~tables[:, more]).any(axis=1)]


def points_exist(table, criteria):
    """Return whether real points and a cut-off express a table, by a linear program."""
    profiles = np.array([[p >> k & 1 for k in range(criteria)] for p in range(2**criteria)], dtype=float)
    rows = np.column_stack([profiles, -np.ones(2**criteria)])
    limits = np.where(table, 0.0, -1.0)
    signed = np.where(np.asarray(table)[:, None], -rows, rows)
    return linprog(np.zeros(criteria + 1), A_ub=signed, b_ub=limits, bounds=[(0, None)] * (criteria + 1)).status == 0


@pytest.mark.parametrize(("criteria", "monotone", "by_points"), [(3, 20, 20), (4, 168, 150)])
def test_every_monotone_rule_that_real_points_express_is_there(criteria, monotone, by_points):
    tables = monotone_tables(criteria)
    assert len(tables) == monotone
    expressed = [t for t in tables if points_exist(t, criteria)]
    assert len(expressed) == by_points
    assert all(atlas(criteria).find(t) is not None for t in expressed)
    assert sum(fewest_points_of(t) is None for t in tables) == monotone - by_points


@pytest.mark.parametrize("criteria", [1, 2, 3, 4, 5, 6])
def test_points_say_what_the_table_says(criteria):
    found = atlas(criteria)
    assert ((sums(found.points) >= found.cut_offs[:, None]) == found.tables).all()
    assert len(np.unique(packed(found.tables))) == len(found)
    assert (np.diff(found.totals) >= 0).all()


def test_two_of_three_or_the_heavy_one_alone():
    table = table_of([Fraction(58, 100), Fraction(35, 100), Fraction(30, 100), Fraction(28, 100)], Fraction(58, 100))
    found = fewest_points_of(table)
    assert (found.points, found.cut_off, found.proved) == ((2, 1, 1, 1), 2, True)
    assert smallest_sets(table) == ((0,), (1, 2), (1, 3), (2, 3))


@pytest.mark.parametrize(
    ("weights", "cut_off", "points", "fewest_cut_off"),
    [
        ((11, 10, 10, 10, 10, 10, 9), 29, (1,) * 7, 3),  # any three of seven
        ((90, 40, 35, 30, 30, 29, 1), 85, (3, 1, 1, 1, 1, 1, 0), 3),  # one alone, or three of five
    ],
)
def test_beyond_the_atlas_an_integer_program_finds_the_fewest(weights, cut_off, points, fewest_cut_off):
    weights, cut_off = [Fraction(w) for w in weights], Fraction(cut_off)
    found = fewest_points(weights, cut_off)
    assert found.proved
    assert ((sums(np.array([found.points]))[0] >= found.cut_off) == table_of(weights, cut_off)).all()
    assert (found.points, found.cut_off) == (points, fewest_cut_off)


def test_the_integer_program_equals_the_atlas_with_a_criterion_that_plays_no_part():
    for at in range(2, len(atlas(4)), 7):
        weights = [Fraction(int(w)) for w in atlas(4).points[at]]
        wider = fewest_points([*weights, Fraction(0), Fraction(0), Fraction(0)], Fraction(int(atlas(4).cut_offs[at])))
        assert wider.total == atlas(4).totals[at]


def test_a_rounding_says_how_many_profiles_it_reclassifies():
    weights, cut_off = [Fraction(150), Fraction(89), Fraction(15), Fraction(4)], Fraction(150)
    rounded = largest_remainder(weights, cut_off, 10)
    assert rounded.points == (6, 3, 1, 0)
    assert (rounded.cut_off, rounded.reclassified) == (5, 0)
    assert largest_remainder(weights, Fraction(104), 3).reclassified > 0


def test_nothing_beyond_six_criteria_in_the_atlas():
    with pytest.raises(ValueError, match="1 to 6"):
        atlas(7)
