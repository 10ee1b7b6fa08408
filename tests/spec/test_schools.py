"""Schools of thought: found where there are two, not found where there are none."""

import numpy as np
import pytest

from consensus.agreement.design import design_of
from consensus.proposals.mixture import latent_classes
from consensus.proposals.opinions import Opinions
from consensus.proposals.schools import schools_of, splits_of
from consensus.rules.grammar import parse_rule

RULE = parse_rule("share(agree) >= 75%")
TWO = np.array([[1, 0, 0, 0, 1, 0], [0, 1, 1, 0, 1, 1]])


def drawn(seed, truth, sizes, fidelity=0.9, people=257):
    rng = np.random.default_rng(seed)
    school = rng.choice(len(truth), size=people, p=sizes)
    kept = rng.random((people, truth.shape[1])) < fidelity
    support = np.where(kept, truth[school], 1 - truth[school]).astype(float)
    support[rng.random(support.shape) < 0.05] = 0.5
    opinions = Opinions(
        criteria=tuple("abcdef"),
        support=support,
        answered=np.ones_like(support, dtype=bool),
        times=(np.where(school == 0, 3.0, 2.0), None, None, None, None, None),
        design=design_of(people, clusters=rng.integers(0, 184, people).tolist()),
    )
    return opinions, school


def test_two_schools_and_what_each_holds():
    opinions, truth = drawn(1, TWO, [0.6, 0.4])
    found = schools_of(opinions, RULE, "half")
    assert [school.terms for school in found.schools] == [("a", "e"), ("b", "c", "e", "f")]
    assert found.schools[0].times == (("a", 3),)
    assert (found.members == truth).mean() > 0.95
    assert min(school.stability for school in found.schools) > 0.9
    assert {name for name, _ in found.apart[:4]} == {"a", "b", "c", "f"}
    assert sum(school.size for school in found.schools) == 257


@pytest.mark.parametrize("fidelity", [0.9, 0.5], ids=["one definition", "random answers"])
def test_no_schools_where_there_are_none(fidelity):
    found = schools_of(drawn(2, TWO[:1], [1.0], fidelity)[0], RULE, "half")
    assert len(found) == 0
    assert found.reason.startswith("one group explains the answers best")
    assert set(found.members.tolist()) == {-1}


def test_too_few_people_make_no_schools():
    assert "too few people" in schools_of(drawn(3, TWO, [0.5, 0.5], people=20)[0], RULE, "half").reason


def test_one_class_has_the_likelihood_of_independent_answers():
    codes = np.random.default_rng(1).integers(0, 2, (80, 3))
    found = latent_classes(codes, 1)
    shares = codes.mean(axis=0)
    likelihood = (codes * np.log(shares) + (1 - codes) * np.log(1 - shares)).sum()
    assert found.bic == pytest.approx(-2 * likelihood + 3 * np.log(80))
    assert found.icl == found.bic
    assert (found.members == 0).all()


def test_where_schools_split():
    opinions, truth = drawn(1, TWO, [0.6, 0.4])
    members = schools_of(opinions, RULE, "half").members
    rng = np.random.default_rng(5)
    specialty = [("surgery" if s else "radiology") if rng.random() < 0.8 else "other" for s in truth]
    region = rng.choice(["north", "south"], size=257).tolist()
    region[0] = None
    split, none, one = splits_of(members, [("specialty", specialty), ("region", region), ("country", ["x"] * 257)])
    assert split.adjusted < 0.001 < none.adjusted
    assert sum(sum(row) for _, row in none.counts) == 256
    assert (one.p, one.reason) == (None, "there is nothing to compare")
