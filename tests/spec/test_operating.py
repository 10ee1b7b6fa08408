"""What a rule does before any data: exact where it can be, and the published warning about false consensus."""

import pytest

from consensus.rounds.operating import operating_table
from consensus.rules.ballots import SIDES, scale_ballot
from consensus.rules.grammar import parse_rule

RULE = parse_rule("share(agree) >= 75%")
# P(pass) at a true agreement of 60 % for one item and for at least one of 30, made by another program
PRINTED = {
    10: (0.167, 0.996),
    12: (0.225, 1.000),
    15: (0.091, 0.942),
    20: (0.126, 0.982),
    30: (0.044, 0.737),
    50: (0.013, 0.330),
}
TRUE_75 = {12: 0.65, 15: 0.46, 20: 0.62, 30: 0.51}


@pytest.mark.parametrize(("n", "printed"), PRINTED.items())
def test_false_consensus(n, printed):
    table = operating_table(RULE, n, 30, SIDES, seed=1, agreements=(0.6,))
    (row,) = table.rows
    assert (round(row.passes, 3), round(row.any_item, 3)) == printed
    assert table.error == 0


@pytest.mark.parametrize(("n", "printed"), TRUE_75.items())
def test_power(n, printed):
    (row,) = operating_table(RULE, n, 1, SIDES, seed=1, agreements=(0.75,)).rows
    assert round(row.passes, 2) == printed


def test_the_panel_that_is_needed_is_enough_and_so_is_every_larger_one():
    needed = operating_table(RULE, 20, 30, SIDES, seed=1).needed
    for n in range(needed, needed + 40):
        rows = operating_table(RULE, n, 1, SIDES, seed=1, agreements=(0.6, 0.85)).rows
        assert rows[0].passes <= 0.05
        assert rows[1].passes >= 0.8


def test_ratings_are_drawn_with_a_seed():
    rule, nine = parse_rule("median >= 7 and iqr <= 2, quorum 75% of eligible"), scale_ballot(range(1, 10))
    one, two = (operating_table(rule, 20, 14, nine, seed=7) for _ in range(2))
    assert one == two
    assert [row.passes for row in one.rows] == sorted(row.passes for row in one.rows)
    assert one.error > 0
    assert one.flips(0.75) > one.flips(0.9)


def test_a_panel_below_the_quorum_never_passes():
    rule = parse_rule("share(agree) >= 75%, quorum 12")
    (below,) = operating_table(rule, 10, 30, SIDES, seed=1, agreements=(0.9,)).rows
    (enough,) = operating_table(rule, 12, 30, SIDES, seed=1, agreements=(0.6,)).rows
    assert (below.passes, below.any_item) == (0, 0)
    assert round(enough.passes, 3) == PRINTED[12][0]
