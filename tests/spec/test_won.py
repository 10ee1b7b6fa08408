"""How often a proposal comes out of surveys drawn anew: the same as deriving it from each of them one by one."""

import numpy as np
import pytest

from consensus.agreement.design import design_of
from consensus.agreement.resampling import draws
from consensus.proposals.atlas_reading import read_atlas
from consensus.proposals.candidates import candidates_of
from consensus.proposals.evidence import Evidence, Shown
from consensus.proposals.group_rule import group_rule, group_table, refitted_tables
from consensus.proposals.opinions import Given, Opinions
from consensus.proposals.rankings import plackett_luce
from consensus.proposals.scheme_draws import _ranking_sums
from consensus.proposals.schools import schools_of
from consensus.proposals.surveys_drawn import drawn_number, drawn_surveys
from consensus.proposals.winning import won_by_atlas
from consensus.rules.grammar import parse_rule
from tests.spec.test_schools import RULE, TWO, drawn

MAJORITY = parse_rule("share(agree) > 50%")
CRITERIA = ("a", "b", "c")


def opinions_of(people=80, hospitals=25, seed=5, strata=None):
    rng = np.random.default_rng(seed)
    support = (rng.random((people, 3)) < [0.3, 0.55, 0.4]).astype(float)
    support[rng.random((people, 3)) < 0.1] = 0.5
    return Opinions(
        criteria=CRITERIA,
        support=support,
        answered=np.ones_like(support, dtype=bool),
        times=(None, None, None),
        design=design_of(people, clusters=rng.integers(0, hospitals, people).tolist(), strata=strata),
    )


class Named:
    """A candidate as far as these tests need one."""

    def __init__(self, name):
        self.id, self.form, self.numbers = name, None, ()


def people_of(draw, clusters):
    return np.repeat(np.arange(len(clusters)), draw[clusters].astype(int))


def test_the_best_of_the_atlas_is_found_again_in_every_drawn_survey(monkeypatch):
    opinions, rng = opinions_of(), np.random.default_rng(2)
    vignettes = Shown(low=np.array([3, 5, 6, 7]), high=np.array([3, 5, 7, 7]))
    judged = rng.choice([1.0, 0.0, np.nan], p=[0.6, 0.3, 0.1], size=(80, 4))
    evidence = Evidence(stated=opinions.stated, judged=judged, vignettes=vignettes)
    best = read_atlas(evidence, CRITERIA).best
    made = drawn_surveys(opinions, MAJORITY, "half", default_times=[None] * 3, replicates=60, seed=9)
    again = []
    for draw in next(draws(opinions.design.cluster_count, 60, 9)):
        rows = people_of(draw, opinions.design.clusters)
        one = Evidence(stated=opinions.stated[rows], judged=judged[rows], vignettes=vignettes)
        again.append(read_atlas(one, CRITERIA).best)
    expected = np.mean([one is not None and one.sufficient == best.sufficient for one in again])
    table = np.array([any(set(n) <= {c for k, c in enumerate(CRITERIA) if p >> k & 1} for n in best.sufficient)
                      for p in range(8)])  # fmt: skip
    monkeypatch.setattr("consensus.proposals.winning.table_over", lambda *_: table)
    proposal = _proposal("atlas")
    found = won_by_atlas(proposal, evidence, opinions, made, [Named(n) for n in CRITERIA])
    assert (found.won, found.draws) == (pytest.approx(expected), 60)
    assert 0 < found.won < 1


def test_few_draws_of_the_atlas_are_the_first_of_all_where_there_are_strata(monkeypatch):
    opinions = opinions_of(strata=[str(at % 2) for at in range(80)])
    known = np.zeros(0, dtype=np.int64)
    evidence = Evidence(stated=opinions.stated, judged=np.zeros((80, 0)), vignettes=Shown(low=known, high=known))
    made = drawn_surveys(opinions, MAJORITY, "half", default_times=[None] * 3, replicates=400, seed=9)
    monkeypatch.setattr("consensus.proposals.winning.table_over", lambda *_: np.arange(8) >> 1 & 1 == 1)  # b alone
    clusters, sides = opinions.design.clusters, np.where(np.isnan(opinions.stated), 0, 2 * opinions.stated - 1)
    drawn_first = next(draws(opinions.design.cluster_count, 400, 9, opinions.strata))[:50]
    won = [((draw[clusters] @ sides > 0) == [False, True, False]).all() for draw in drawn_first]
    monkeypatch.setattr("consensus.proposals.winning.MOST_COMPARED", 50 * 8)
    found = won_by_atlas(_proposal("atlas"), evidence, opinions, made, [Named(n) for n in CRITERIA])
    assert found.draws == 50
    assert 0.1 < found.won < 0.9
    assert found.won == pytest.approx(np.mean(won))


def _proposal(kind):
    from consensus.definitions.definition import AnyOf, Definition, Once, Source, Term
    from consensus.proposals.proposal import Proposal
    from questionnaires.instrument import Labels

    definition = Definition(
        id="x",
        title=Labels(),
        condition="c",
        source=Source(cite="", standing="derived"),
        logic=AnyOf(terms=(Term(id="a", says=Labels(), form=Once(finding="a")),)),
    )
    return Proposal(kind=kind, definition=definition, rule=MAJORITY, coding="half")


def test_strengths_of_all_draws_are_those_of_each():
    rng = np.random.default_rng(4)
    orders = [rng.permutation(4)[: rng.integers(2, 5)].tolist() for _ in range(40)]
    orders[3] = []  # who ranked nothing
    design = design_of(40, clusters=[99, *rng.integers(0, 12, 39).tolist()])
    sums = _ranking_sums(orders, 4, (2, None, 0), design)
    chunk = next(draws(design.cluster_count, 25, 1))
    chunk[0] = 0
    chunk[0, design.clusters[0]] = 1  # one person alone: some item is never put behind the others
    found = sums.drawn(chunk)
    for draw, shares in zip(chunk, found, strict=True):
        alone = plackett_luce([orders[p] for p in people_of(draw, design.clusters) if orders[p]], 4)
        if alone.reason is not None:
            assert np.isnan(shares).all()
        else:
            assert shares[[0, 2]] == pytest.approx([alone.shares[2], alone.shares[0]], abs=1e-8)
            assert np.isnan(shares[1])
    assert np.isnan(found[0]).all()
    assert np.isfinite(found[1:, 0]).sum() > 15


def test_the_rule_of_vignettes_fitted_again_is_that_of_the_drawn_people():
    rng = np.random.default_rng(8)
    profiles = np.array([1, 2, 4, 3, 5, 6, 7, 0])
    odds = -1.2 + (profiles[:, None] >> np.arange(3) & 1) @ np.array([2.2, 1.0, 0.4])
    judged = (rng.random((50, 8)) < 1 / (1 + np.exp(-odds - rng.normal(size=(50, 1))))).astype(float)
    rule = group_rule(CRITERIA, profiles, judged)
    times = rng.multinomial(50, np.full(50, 1 / 50), size=12).astype(float)
    tables = refitted_tables(rule, CRITERIA, profiles, judged, times)
    same = [
        group_table(group_rule(CRITERIA, profiles, judged[np.repeat(np.arange(50), row.astype(int))])) for row in times
    ]
    assert (tables == np.array(same)).all()
    assert len({table.tobytes() for table in tables}) > 1


def test_what_a_clear_school_holds_is_held_by_its_match():
    found = schools_of(drawn(1, TWO, [0.6, 0.4])[0], RULE, "half")
    assert found.draws == 100
    assert all(0.6 < school.held <= 1 for school in found.schools)


def test_a_number_is_drawn_where_most_gave_one():
    values = np.array([25.0, 50, 50, np.nan, np.nan, np.nan])
    given = Given(criterion=0, unit="viable_percent", values=values, answered=np.ones(6, dtype=bool))
    draw = np.array([[1.0, 1, 1, 0, 0, 0], [1, 1, 1, 1, 1, 1], [2, 1, 0, 1, 0, 0], [0, 1, 1, 1, 0, 0]])
    found = drawn_number(given, np.arange(6), draw)
    assert found[[0, 2, 3]].tolist() == [50, 25, 50]
    assert np.isnan(found[1])  # half is not more than half
    assert given.of(np.array([0, 1, 2])) == 50
    assert np.isnan(given.of(np.arange(6)))


def test_every_weighting_has_limits_and_every_proposal_a_share(made_up):
    _, found = made_up
    for weighting in found.weightings:
        assert len(weighting.limits) == len(weighting.weights), weighting.scheme
        for (name, weight), (low, high) in zip(weighting.weights, weighting.limits, strict=True):
            assert low <= float(weight) + 1e-9 <= high + 2e-9, (weighting.scheme, name)
    assert {p.kind for p in found} >= {"thresholded", "weighted", "atlas"}
    assert all(p.won is not None and p.draws for p in found if p.definition is not None)
    assert found.thresholded.won in {one.share for one in found.uncertainty.thresholded}
    assert found.weighted.won in {one.share for one in found.uncertainty.weighted}


@pytest.mark.parametrize("scheme", ["ratings", "plackett_luce"])
def test_a_weighting_by_another_scheme_is_drawn_by_that_scheme(made_up, scheme):
    from consensus import propose

    agreement, found = made_up
    other = propose(agreement, weighting=scheme, replicates=300).weighted
    assert other.definition is not None
    assert other.draws == 300
    assert 0 <= other.won <= 1
    assert other.won != found.weighted.won


def test_a_given_cut_off_stays_in_drawn_surveys(made_up):
    from fractions import Fraction

    from consensus import propose

    agreement, _ = made_up
    never = propose(agreement, cut_off=Fraction(1, 2), replicates=100).weighted
    assert never.won == 1.0  # any criterion with a vote reaches half a vote in every survey


@pytest.fixture(scope="module")
def made_up(tmp_path_factory):
    from consensus import agree, propose
    from questionnaires import read_instrument, read_responses
    from questionnaires.simulation import simulate, write_answers

    instrument = read_instrument("tace-failure")
    truth = {"consent": {"agree": 1.0}, "insufficient_times": {"3": 1.0}, "viability": {"v50": 1.0}}
    made = simulate(instrument, 150, 1, truth=truth)
    answers = read_responses(write_answers(made, tmp_path_factory.mktemp("w") / "a_SYNTHETIC.xlsx"), instrument)
    agreement = agree(answers)
    assert candidates_of(agreement)[0]
    return agreement, propose(agreement, replicates=300)
