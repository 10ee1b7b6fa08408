"""The named rules: each reads, says itself, has its source; the tables that content validity is printed with."""

import math

import numpy as np
import pytest
from click.testing import CliRunner

from consensus.rules.ballots import SIDES, Counts, scale_ballot
from consensus.rules.deciding import outcome
from consensus.rules.grammar import parse_rule
from consensus.rules.named import find_rules, fitting, named_rules
from questionnaires.problems import ConsensusError
from reports.cli import main

FAMILIES = {
    "majorities", "COMET", "EULAR", "median and IQR", "RAND-UCLA", "MORECare", "consistency ladder", "APMO",
    "GRADE grid", "content validity", "chinese-delphi",
}  # fmt: skip
# Smallest number of experts who must say "essential", of 5 to 40: exact one-sided binomial, 5 %, made by another
# program for the facts page (after Ayre and Scally 2014).
CRITICAL = [5, 6, 7, 7, 8, 9, 9, 10, 10, 11, 12, 12, 13, 13, 14, 15, 15, 16, 16, 17, 18, 18, 19, 19, 20, 20, 21, 22, 22,
            23, 23, 24, 24, 25, 26, 26]  # fmt: skip
KAPPA = {(3, 3): 1, (2, 3): 0.467, (4, 5): 0.763, (3, 5): 0.418, (5, 6): 0.816, (4, 6): 0.565, (6, 7): 0.849,
         (5, 7): 0.658, (7, 8): 0.871, (6, 8): 0.719, (8, 9): 0.887, (7, 9): 0.761,
         (9, 10): 0.899, (8, 10): 0.791}  # fmt: skip


def sides(yes, no):
    return Counts(ballot=SIDES, votes=np.array([[yes, 0, no, 0]]))


def rated(a, n):
    return Counts(ballot=scale_ballot(range(1, 5)), votes=np.array([[0, n - a, 0, a]]))


def the(name):
    return find_rules(name)[0].rule()


@pytest.mark.parametrize("named", named_rules(), ids=lambda named: named.id)
def test_a_named_rule_is_whole(named):
    rule = named.rule("site")
    assert parse_rule(str(rule)) == rule
    assert named.standing in ("verified", "derived", "choice", "recalled")
    assert named.cite
    for language in ("en", "zh"):
        assert dict(named.title)[language]
        assert rule.sentence(language)


def test_all_families_are_there():
    assert {named.family for named in named_rules()} == FAMILIES
    assert len({named.id for named in named_rules()}) == len(named_rules())


def test_the_misprint_of_ipras_is_named():
    (ipras,) = [named for named in find_rules("RAND-UCLA") if named.id == "ram-ipras"]
    assert "2.35" in ipras.noted("en")
    assert "misprint" in ipras.noted("en")
    assert "2.35" in ipras.noted("zh")


@pytest.mark.parametrize(("n", "needed"), list(zip(range(5, 41), CRITICAL, strict=True)))
def test_lawshes_critical_numbers(n, needed):
    rule = the("lawshe")
    assert outcome(rule, sides(needed, n - needed)) == "in"
    assert outcome(rule, sides(needed - 1, n - needed + 1)) == "no consensus"


@pytest.mark.parametrize(("votes", "printed"), KAPPA.items())
def test_the_validity_index_beyond_chance(votes, printed):
    a, n = votes
    exact = (a / n - math.comb(n, a) / 2**n) / (1 - math.comb(n, a) / 2**n)
    assert round(exact, 3) == printed
    for bar, wanted in ((exact - 1e-6, "in"), (exact + 1e-6, "no consensus")):
        assert outcome(parse_rule(f"kstar(3, 4) >= {bar:.9f}"), rated(a, n)) == wanted


@pytest.mark.parametrize(
    ("votes", "wanted"), [((5, 5), "in"), ((4, 5), "no consensus"), ((7, 9), "no consensus"), ((8, 10), "in")]
)
def test_the_index_of_an_item(votes, wanted):
    assert outcome(the("i-cvi"), rated(*votes)) == wanted  # 7 of 9 is 0.778, which is not 0.78


def test_rules_fit_ballots():
    nine = Counts(ballot=scale_ballot(range(1, 10)), votes=np.array([[1] * 9]))
    names = {named.id: rule for named, rule in fitting(nine)}
    assert str(names["percent-75"]) == "share(7..9) >= 75%, out if share(1..3) >= 75%"
    assert {"ram-classic", "comet-70-15"} <= set(names)
    assert {"comet-groups", "i-cvi", "delphistar-75", "apmo"}.isdisjoint(names)
    assert "ram-classic" not in {named.id for named, _ in fitting(nine.with_votes(np.array([[1] * 7 + [0, 0]])))}
    assert "comet-70-15" not in {named.id for named, _ in fitting(sides(3, 4))}


def test_unknown_names_name_the_nearest():
    with pytest.raises(ConsensusError, match='Did you mean "rand-ucla"'):
        find_rules("rand-ulca")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["rules"], "ram-ipras"),
        (["rules", "explain", "RAND-UCLA"], "misprint"),
        (["rules", "explain", "share(agree) >= 75%"], "12 of 15"),
        (["rules", "explain", "comet-70-15", "--language", "zh"], "评7至9分的比例不低于70%"),
        (["rules", "--json"], '"standing": "recalled"'),
    ],
)
def test_the_command(arguments, said):
    done = CliRunner().invoke(main, arguments, prog_name="consensus")
    assert done.exit_code == 0
    assert said in done.output


@pytest.mark.parametrize(("n", "extreme"), [(8, 3), (10, 3), (11, 4), (13, 4), (14, 5), (16, 5)])
def test_the_classic_rule_in_words_is_the_published_table(n, extreme):
    from consensus.rules.deciding import extreme_third

    assert int(extreme_third(np.array([n]))[0]) == extreme
    (classic,) = find_rules("ram-classic")
    assert "3 of 8 to 10" in classic.rule().sentence("en")
    assert "8至10人时为各不少于3人" in classic.rule().sentence("zh")
