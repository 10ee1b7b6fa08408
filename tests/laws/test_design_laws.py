"""What holds for all designs: duplicated clusters, scale of weights, order of people, reasons for no limits."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consensus.agreement.design import design_of
from consensus.agreement.design_intervals import design_share
from consensus.agreement.group_tests import group_difference, logistic_regression
from consensus.agreement.rao_scott import rao_scott
from consensus.agreement.weighted import means
from consensus.agreement.weighting import calibrate, rake
from questionnaires.problems import ConsensusError

person = st.tuples(st.sampled_from("abcdef"), st.sampled_from([0.0, 1.0, np.nan]), st.floats(0.5, 5))
people = st.lists(person, min_size=1, max_size=30)
METHODS = ("korn-graubard", "logit", "asin", "wald")
quick = settings(max_examples=60, deadline=None)


def split(rows):
    hospitals, given, weights = zip(*rows, strict=True)
    return list(hospitals), np.array(given), list(weights)


@quick
@given(people, st.sampled_from(METHODS))
def test_a_share_lies_in_its_limits_or_says_why_there_are_none(rows, method):
    hospitals, given, weights = split(rows)
    design = design_of(len(rows), clusters=hospitals, weights=weights)
    e, wide = (design_share(given, design, method=method, level=level) for level in (0.9, 0.95))
    assert (e.value is None) == np.isnan(given).all()
    if e.low is None:
        assert e.reason or e.note
    else:
        assert e.low - 1e-9 <= e.value <= e.high + 1e-9
        assert wide.low - 1e-9 <= e.low
        assert e.high <= wide.high + 1e-9


@quick
@given(people)
def test_duplicating_each_of_c_clusters_multiplies_the_variance(rows):
    hospitals, given, weights = split(rows)
    once = means(given, design_of(len(rows), clusters=hospitals, weights=weights))
    copies = design_of(2 * len(rows), clusters=[*hospitals, *(h + "2" for h in hospitals)], weights=weights * 2)
    twice, c = means(np.tile(given, 2), copies), len(set(hospitals))
    if once is not None and c > 1:
        assert twice.covariance[0, 0] == pytest.approx(once.covariance[0, 0] * (c - 1) / (2 * c - 1), abs=1e-15)


@quick
@given(people, st.floats(0.01, 100), st.randoms())
def test_neither_scale_of_weights_nor_order_of_people_matters(rows, scale, random):
    hospitals, given, weights = split(rows)
    one = design_share(given, design_of(len(rows), clusters=hospitals, weights=weights))
    shuffled = [(h, g, w * scale) for h, g, w in rows]
    random.shuffle(shuffled)
    hospitals, given, weights = split(shuffled)
    other = design_share(given, design_of(len(rows), clusters=hospitals, weights=weights))
    assert (one.reason, one.note, one.df) == (other.reason, other.note, other.df)
    for mine, yours in ((one.value, other.value), (one.low, other.low), (one.high, other.high)):
        assert mine == pytest.approx(yours, abs=1e-9) if mine is not None else yours is None


@quick
@given(people, st.lists(st.booleans(), min_size=30, max_size=30))
def test_tests_give_a_p_or_a_reason(rows, sides):
    hospitals, given, weights = split(rows)
    design, group = design_of(len(rows), clusters=hospitals, weights=weights), np.array(sides[: len(rows)])
    test = group_difference(given, group, design)
    assert test.reason or 0 <= test.p <= 1
    fit = logistic_regression(given, group[:, None].astype(float), design)
    assert fit.reason or all(0 <= p <= 1 for p in fit.p)
    answers = [None if np.isnan(v) else v for v in given]
    both = rao_scott(answers, group.tolist(), design)
    assert both.reason or 0 <= both.p <= 1


@quick
@given(people)
def test_raked_weights_meet_their_margins(rows):
    hospitals, _, weights = split(rows)
    design = design_of(len(rows), clusters=hospitals, weights=weights)
    targets = {h: 10.0 * (place + 1) for place, h in enumerate(sorted(set(hospitals)))}
    raked = rake(design, {"hospital": (hospitals, targets)})
    for hospital, target in targets.items():
        assert raked.weights[[h == hospital for h in hospitals]].sum() == pytest.approx(target)


def test_a_stratum_with_one_cluster_is_refused_by_name_or_treated_as_told():
    options = {"clusters": ["a", "b", "c"], "strata": ["north", "north", "south"]}
    given = np.array([0.0, 1.0, 1.0])
    with pytest.raises(ConsensusError, match='stratum "south": has one cluster'):
        design_share(given, design_of(3, **options))
    errors = [
        means(given, design_of(3, lonely=lonely, **options)).errors[0] for lonely in ("certainty", "adjust", "average")
    ]
    assert errors[0] < errors[1]
    assert errors[2] == pytest.approx(errors[0] * 2**0.5)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"population": 0}, "Expected the number of clusters"),
        ({"population": {"": 2}}, "at least the 3 that answered"),
        ({"weights": [1, -1, 1]}, "Expected a positive number for each respondent"),
        ({"lonely": "ignore"}, "Expected one of: refuse"),
    ],
)
def test_what_no_design_can_be_is_refused(options, said):
    with pytest.raises(ConsensusError, match=said):
        design_of(3, **options)


def test_a_fraction_is_no_population():
    with pytest.raises(ConsensusError, match="not a share"):
        design_of(3, population=0.3)


def test_people_without_a_hospital_are_clusters_of_their_own():
    design = design_of(4, clusters=["a", "a", None, ""])
    assert (design.cluster_count, design.without_cluster) == (3, 2)


@pytest.mark.parametrize("fit", [rake, calibrate])
def test_a_level_that_is_empty_and_expected_empty_changes_nothing_and_one_that_is_not_is_refused(fit):
    levels = ["a", "a", "b", "b", "b", "a"]
    plain, empty = (
        fit(design_of(6), {"tier": (levels, targets)}).weights
        for targets in ({"a": 10, "b": 20}, {"none": 0, "a": 10, "b": 20, "never": 0})
    )
    assert np.array_equal(plain, empty)
    with pytest.raises(ConsensusError, match=r"margin tier: got b \(0\). Expected more than none"):
        fit(design_of(6), {"tier": (levels, {"a": 10, "b": 0})})
