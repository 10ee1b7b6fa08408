"""What stands beside shares: camps, leaning of equivocal answers, those who did not answer, ranks, who differs."""

from fractions import Fraction

import answers_made as made
import numpy as np
import pytest

from consensus.agreement.agree import agree
from consensus.agreement.by_group import shrunken_shares
from consensus.agreement.camps import NONE_FOUND
from consensus.agreement.design import design_of
from consensus.agreement.group_tests import design_trend, group_difference
from consensus.agreement.indicators import chosen
from consensus.agreement.joint import joint_bounds
from consensus.agreement.latent_classes import latent_classes
from consensus.agreement.leaning import leaning
from consensus.agreement.resampling import bootstrap_means
from consensus.agreement.sampling import Sampling
from consensus.agreement.significance import TRENDS
from consensus.agreement.silence import at_rate
from consensus.agreement.support import Votes
from consensus.agreement.tensor import shares, tally_tensor
from questionnaires.published import read_published


def spread(n, yes):
    return ["yes"] * yes + ["no"] * (n - yes)


@pytest.fixture(scope="module")
def divided(tmp_path_factory):
    """140 surgeons of whom 90 % and 49 oncologists of whom 5 % say yes: 67 % of all."""
    questions = [made.voted("a"), made.voted("b"), made.grouped("specialty", ("surgery", "oncology"))]
    columns = {
        "a": spread(140, 126) + spread(49, 2),
        "b": spread(140, 126) + spread(49, 2),
        "specialty": ["surgery"] * 140 + ["oncology"] * 49,
        "hospital": [f"h{at % 60}" for at in range(189)],
    }
    return made.answers(tmp_path_factory.mktemp("made"), questions, columns)


def test_a_pooled_share_that_hides_two_camps_is_shown_as_two(divided):
    known, _ = agree(divided, by=["specialty"]).further.camps
    split = known.splits[0]
    assert split.pooled.value == pytest.approx(128 / 189)
    assert (split.high.camp, split.high.estimate.value) == ("surgery", 0.9)
    assert (split.low.camp, split.low.estimate.value) == ("oncology", 2 / 49)
    assert split.apart.low > 0.5


def test_camps_that_nobody_named_are_found(tmp_path):
    rng = np.random.default_rng(7)
    questions = [made.voted(name) for name in "abcd"]
    for_it = np.concatenate([rng.random((120, 4)) < 0.9, rng.random((55, 4)) < 0.05])
    columns = {name: ["yes" if v else "no" for v in for_it[:, at]] for at, name in enumerate("abcd")}
    (found,) = agree(made.answers(tmp_path, questions, columns)).further.camps
    assert found.names == ("A", "B")
    assert found.sizes[0] == pytest.approx(120, abs=4)
    assert len(found.splits) == 4
    assert found.certainty > 0.95


def test_where_answers_go_in_no_camps_it_says_so(tmp_path):
    rng = np.random.default_rng(8)
    questions = [made.voted(name) for name in "abcd"]
    columns = {name: ["yes" if v else "no" for v in rng.random(150) < 0.6] for name in "abcd"}
    (found,) = agree(made.answers(tmp_path, questions, columns)).further.camps
    assert found.reason == NONE_FOUND


def test_the_order_of_people_changes_no_camp():
    rng = np.random.default_rng(9)
    codes = np.concatenate([rng.random((60, 5)) < 0.85, rng.random((40, 5)) < 0.2]).astype(np.int64)
    codes[rng.random(codes.shape) < 0.1] = -1
    order = rng.permutation(100)
    one, other = latent_classes(codes), latent_classes(codes[order])
    assert one.bic == pytest.approx(other.bic)
    assert np.array_equal(one.assigned[order], other.assigned)


def test_the_tipping_curve_of_new_lesions():
    half = leaning("q", "c", Votes(yes=42, equivocal=94, no=121), Fraction(1, 2))
    assert float(half.accepted_at) == pytest.approx(0.920, abs=5e-4)  # facts/methods.md 4
    assert half.curve[0][1] == 42 / 257
    assert half.curve[-1][1] == 136 / 257
    three_quarters = leaning("q", "c", Votes(yes=42, equivocal=94, no=121), Fraction(3, 4))
    assert (three_quarters.accepted_at, three_quarters.votes_to_accept) == (None, None)
    assert three_quarters.votes_to_reject == 72  # 121 + 72 = 193, the fewest of 257 at 75 %
    assert leaning("q", "c", Votes(yes=4, equivocal=0, no=1), Fraction(3, 4)) is None


def test_worst_cases_among_all_invited_and_at_assumed_rates():
    quiet = agree(read_published("cci-2020")).further.silence
    bounds = {b.question: b for b in quiet.bounds}
    limit = bounds["cn_limit"]
    assert limit.worst.limits == pytest.approx((150 / 264, 157 / 264))
    assert [f"{rate:.0%} {low:.3f} {high:.3f}" for rate, low, high in limit.at_rates] == [
        "90% 0.525 0.625", "70% 0.409 0.709", "50% 0.292 0.792",
    ]  # facts/methods.md 4  # fmt: skip
    assert at_rate(191 / 257, 0.5) == pytest.approx((0.372, 0.872), abs=5e-4)
    rows = [m for m in agree(read_published("cci-2020")).measurements if m.measure == "worst case" and m.group is None]
    assert {m.estimate.base for m in rows} == {"invited"}


def test_response_rates_tell_complete_from_partial_answers(tmp_path):
    questions = [made.voted("a"), made.voted("b")]
    read = made.answers(tmp_path, questions, {"a": ["yes"] * 30, "b": ["no"] * 20 + [""] * 10})
    rates = dict(agree(read, sampling=Sampling(invited=60)).further.silence.rates)
    assert (rates["RR1"].value, rates["RR2"].value) == (20 / 60, 30 / 60)
    more = agree(read, sampling=Sampling(invited=20)).further.silence
    assert more.reason == "30 answered of 20 invited, which can't be"
    assert more.rates[0][1].reason == "more answered than were invited"


def test_early_answers_stand_beside_late_ones(tmp_path):
    questions = [made.voted("a"), made.voted("b")]
    times = [f"2026-03-{day:02d} 10:00" for day in range(1, 29)]
    read = made.answers(tmp_path, questions, {"a": spread(28, 14), "b": spread(28, 28), "submitted": times})
    quiet = agree(read).further.silence
    if quiet.waves is None:
        pytest.skip("this dialect reads no time of a plain sheet")
    assert quiet.waves == (14, 14)
    assert quiet.bounds[0].late_less_early.value == -1.0


def test_ranks_have_probabilities_that_add_up(divided):
    ranked = agree(divided).further.ranking
    for row in ranked.probabilities:
        assert sum(row) == pytest.approx(1)
    assert ranked.probabilities[0][0] >= 0.5


def test_a_tensor_of_counts_gives_the_bootstrap_of_shares(divided):
    questions = [q for q in divided.instrument.questions if q.criterion]
    design = design_of(189, clusters=[at % 40 for at in range(189)])
    tensor = tally_tensor(divided, questions, design)
    found = tensor.replicates(shares, replicates=4000, seed=5)
    columns = np.concatenate([chosen(divided, q) for q in questions], axis=1)
    direct = bootstrap_means(columns, design, replicates=4000, seed=5)
    assert found.estimates == pytest.approx(direct.estimates)
    assert found.values.std(axis=0) == pytest.approx(direct.values.std(axis=0), rel=0.06, abs=1e-12)
    assert np.sort(found.left_out, axis=0) == pytest.approx(np.sort(direct.left_out, axis=0))


def test_groups_that_differ_are_told_with_p_values_of_the_family(divided):
    further = agree(divided, by=["specialty"]).further
    for test in further.tests:
        assert test.test.method == "fisher"
        assert test.test.p <= test.bh <= test.holm < 1e-20
    under = agree(divided, by=["specialty"], sampling=Sampling(cluster="hospital")).further.tests
    assert {t.test.method for t in under} == {"rao-scott"}
    assert all(t.test.p < 1e-6 for t in under)
    whole = agree(divided, by=["specialty"], sampling=Sampling(cluster="specialty")).further.tests
    assert all("clusters" in t.test.reason for t in whole)  # each group is one cluster
    odds = {r.question: r for r in further.odds if r.model == "logistic"}
    assert {r.value for r in further.odds if r.model == "ordinal"} == {None}  # nobody was equivocal
    assert odds["a"].reference == "surgery"
    assert odds["a"].value == pytest.approx((2 / 47) / (126 / 14), rel=1e-6)


def test_ordered_groups_have_a_trend(tmp_path):
    volumes = made.grouped("volume", ("low", "middle", "high"), scores=(1.0, 2.0, 3.0))
    columns = {
        "a": spread(30, 6) + spread(30, 15) + spread(30, 27),
        "b": ["equivocal", "no", "yes"] * 30,
        "volume": ["low"] * 30 + ["middle"] * 30 + ["high"] * 30,
    }
    further = agree(made.answers(tmp_path, [made.voted("a"), made.voted("b"), volumes], columns), by=["volume"]).further
    trends = {t.question: t.test for t in further.tests if t.test.method == "cochran-armitage"}
    assert trends["a"].p < 1e-6
    assert trends["a"].statistic > 0
    models = {(r.question, r.model) for r in further.odds}
    assert ("b", "ordinal") in models


def test_a_trend_under_a_design_counts_hospitals_and_not_their_people(tmp_path):
    """Everybody three times over in one hospital: the same trend as once, where Cochran and Armitage see three."""
    volumes = made.grouped("volume", ("low", "middle", "high"), scores=(1.0, 2.0, 3.0))
    columns = {
        "a": spread(20, 8) + spread(20, 10) + spread(20, 13),
        "volume": ["low"] * 20 + ["middle"] * 20 + ["high"] * 20,
    }
    found = []
    for times in (1, 3):
        (tmp_path / str(times)).mkdir()
        many = {name: column * times for name, column in columns.items()} | {
            "hospital": [str(i) for i in range(60)] * times
        }
        read = made.answers(tmp_path / str(times), [made.voted("a"), volumes, made.named("hospital", "cluster")], many)
        further = agree(read, by=["volume"], sampling=Sampling(cluster="hospital")).further
        found += [t for t in further.tests if t.test.method in TRENDS]
    assert [t.test.method for t in found] == ["trend, t"] * 2
    assert found[0].test.p == pytest.approx(found[1].test.p)
    assert found[0].test.statistic == pytest.approx(found[1].test.statistic)
    assert 0.05 < found[0].test.p < 0.2
    assert [t.holm for t in found] == [t.test.p for t in found]


def test_the_trend_of_two_groups_is_their_t_test_and_that_of_more_a_line_with_robust_errors():
    """R: survey::svyttest and svyglm (gaussian); here by the sandwich, typed out."""
    rng = np.random.default_rng(6)
    given, scores = (rng.random(90) < 0.4).astype(float), rng.integers(1, 4, 90).astype(float)
    given[::11] = np.nan
    hospitals, weights = rng.integers(0, 30, 90), rng.uniform(0.5, 2, 90)
    design = design_of(90, clusters=hospitals.tolist(), weights=weights.tolist())
    two = group_difference(given, scores == 3, design)
    found = design_trend(given, (scores == 3).astype(float), design)
    assert (found.statistic, found.p, found.df) == pytest.approx((two.statistic, two.p, two.df))
    there = np.isfinite(given)
    x, y, w = np.column_stack([np.ones(there.sum()), scores[there]]), given[there], weights[there]
    bread, size = np.linalg.inv(x.T * w @ x), design.cluster_count
    beta = bread @ (x.T * w @ y)
    sums = np.stack([((w * (y - x @ beta))[:, None] * x)[hospitals[there] == h].sum(axis=0) for h in range(30)])
    robust = bread @ (size / (size - 1) * sums.T @ sums) @ bread
    assert design_trend(given, scores, design).statistic == pytest.approx(beta[1] / np.sqrt(robust[1, 1]))
    assert design_trend(given, np.ones(90), design).reason == "a trend needs two groups with answers"
    assert design_trend(np.where(there, 1.0, np.nan), scores, design).reason == "all answers are alike"
    one = design_of(90, clusters=["h"] * 90)
    assert design_trend(given, scores, one).reason == "there are too few clusters for a test"


def test_shrunken_shares_lean_and_say_when_groups_do_not_differ():
    small, large = shrunken_shares([1, 90], [10, 100])
    assert 0.1 < small.value < 91 / 110
    assert abs(large.value - 0.9) < 0.02
    alike = shrunken_shares([50, 50], [100, 100])
    assert [e.value for e in alike] == [0.5, 0.5]
    assert alike[0].note == "groups differ no more than chance would have it"
    assert shrunken_shares([0, 0], [0, 0])[0].reason == "the base is empty"


def test_joint_bounds_of_several_answers():
    bounds = joint_bounds([80, 80], 121)
    assert (bounds.any_low, bounds.any_high, bounds.all_low, bounds.all_high) == (80, 121, 39, 80)
    with pytest.raises(ValueError, match="no shares"):
        joint_bounds([5], 4)
