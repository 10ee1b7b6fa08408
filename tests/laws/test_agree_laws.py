"""What holds for the whole step from answers to agreement, whatever the answers are."""

import math
from itertools import pairwise

import answers_made as made
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consensus.agreement.agree import agree
from consensus.agreement.design import design_of
from consensus.agreement.design_intervals import design_share
from consensus.agreement.sampling import Sampling

few = settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
QUESTIONS = [
    made.voted("a"),
    made.voted("b"),
    made.rated("r1", 5),
    made.rated("r2", 5),
    made.grouped("group", ("x", "y", "z")),
]
ROW = st.tuples(
    st.sampled_from(("yes", "equivocal", "no", "")),
    st.sampled_from(("yes", "no", "")),
    st.sampled_from(("1", "3", "5", "")),
    st.sampled_from(("1", "2", "4", "")),
    st.sampled_from(("x", "y", "z", "")),
    st.sampled_from(("h1", "h2", "h3", "h4", "")),
)


def read(folder, rows):
    names = [*(q.name for q in QUESTIONS), "hospital"]
    return made.answers(folder, QUESTIONS, {name: [row[at] for row in rows] for at, name in enumerate(names)})


def agreed(folder, rows, **asked):
    return agree(read(folder, rows), **asked)


@few
@given(st.lists(ROW, min_size=1, max_size=14), st.booleans())
def test_every_estimate_is_finite_inside_its_limits_or_has_a_reason(tmp_path, rows, clustered):
    sampling = Sampling(cluster="hospital") if clustered else Sampling(clusters=3)
    for m in agreed(tmp_path, rows, sampling=sampling, by=["group"]).measurements:
        e = m.estimate
        assert (e.value is None) == (e.reason is not None)
        for number in (e.value, e.low, e.high, e.se):
            assert number is None or math.isfinite(number), (m.question, m.measure, e)
        if None not in (e.value, e.low, e.high):
            assert e.low - 1e-9 <= e.value <= e.high + 1e-9, (m.question, m.measure, e)


@few
@given(st.lists(ROW, min_size=2, max_size=14), st.randoms(use_true_random=False), st.booleans())
def test_the_order_of_people_changes_no_estimate(tmp_path, rows, random, clustered):
    sampling = Sampling(cluster="hospital") if clustered else None
    shuffled = list(rows)
    random.shuffle(shuffled)
    one = agreed(tmp_path, rows, sampling=sampling, by=["group"])
    other = agreed(tmp_path, shuffled, sampling=sampling, by=["group"])
    assert len(one.measurements) == len(other.measurements)
    for a, b in zip(one.measurements, other.measurements, strict=True):
        assert (a.question, a.measure, a.option, a.group, a.coding, a.under) == (
            b.question, b.measure, b.option, b.group, b.coding, b.under
        )  # fmt: skip
        for part in ("value", "low", "high"):
            x, y = getattr(a.estimate, part), getattr(b.estimate, part)
            assert (x is None) == (y is None), (a, b)
            assert x is None or x == pytest.approx(y, abs=1e-8), (a, b)


def test_unanimous_answers_agree_fully_with_a_reason_where_nothing_is_defined(tmp_path):
    rows = [("yes", "yes", "5", "5", "x", f"h{at % 5}") for at in range(30)]
    found = {
        (m.question, m.measure): m.estimate
        for m in agreed(tmp_path, rows, sampling=Sampling(cluster="hospital")).measurements
        if m.plain
    }
    for block in ("criteria", "statements"):
        assert found[block, "percent agreement"].value == 1
        assert found[block, "ac1"].value == 1
        assert found[block, "fleiss"].reason.startswith("all ratings are alike")
        assert found[block, "alpha"].reason.startswith("all ratings are alike")
    assert found["r1", "consensus"].value == 1


@pytest.mark.parametrize("method", ["korn-graubard", "logit", "asin", "wald", "likelihood", "likelihood root"])
def test_limits_under_a_design_widen_with_the_level(method):
    rng = np.random.default_rng(3)
    design = design_of(120, clusters=(np.arange(120) % 37).tolist(), weights=rng.uniform(0.5, 2, 120).tolist())
    given_ = (rng.random(120) < 0.3).astype(float)
    found = [design_share(given_, design, method=method, level=level) for level in (0.5, 0.8, 0.95, 0.99)]
    assert all(a.low > b.low and a.high < b.high for a, b in pairwise(found))
    assert all(e.low < e.value < e.high for e in found)


@pytest.mark.parametrize("method", ["korn-graubard", "logit", "asin", "likelihood", "likelihood root"])
def test_limits_of_few_clusters_far_apart_stay_within_0_and_1(method):
    """Two hospitals that hardly agree: one degree of freedom, and limits by likelihood reach the ends."""
    given_ = np.array([1.0] * 12 + [0.0] * 6 + [1.0, *[0.0] * 7])
    for second in range(9, 25):
        design = design_of(26, clusters=["a" if at < second else "b" for at in range(26)])
        e = design_share(given_, design, method=method)
        assert e.low is None or 0 <= e.low < e.value < e.high <= 1


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ([("yes", "", "1", "", "x", "h1")], "one person"),
        ([("", "", "", "", "", "")] * 3, "nobody answered"),
        ([("yes", "no", "1", "2", "x", "h1")] * 6, "a single cluster"),
        ([("yes", "no", "1", "2", "x", f"h{at}") for at in range(6)], "a cluster a person"),
    ],
)
def test_degenerate_answers_give_reasons(tmp_path, rows, what):
    agreement = agreed(tmp_path, rows, sampling=Sampling(cluster="hospital"), by=["group"])
    for m in agreement.measurements:
        assert m.estimate.value is None or math.isfinite(m.estimate.value), what
        assert m.estimate.value is not None or m.estimate.reason, what
