"""Which criteria the same people support more than others: plain and under a design, with what can't be compared."""

from dataclasses import replace

import answers_made as made
import numpy as np
import pytest
from spec.numbers_walk import given, unmarked
from spec.test_agreement_sections import document_of

from consensus.agreement.agree import agree
from consensus.agreement.differences import paired_difference
from consensus.agreement.multiplicity import adjust
from consensus.agreement.paired import cochran_q, mcnemar
from consensus.agreement.sampling import Sampling

PEOPLE = 60


def votes(seed=5):
    rng = np.random.default_rng(seed)
    return {name: rng.random(PEOPLE) < share for name, share in (("a", 0.5), ("b", 0.85), ("c", 0.8))}


def answered(tmp_path, columns=None, **more):
    told = {
        name: [v if isinstance(v, str) else "yes" if v else "no" for v in found]
        for name, found in (columns or votes()).items()
    }
    questions = [made.voted(name) for name in told]
    hospitals = {"hospital": [f"h{at % 20:02d}" for at in range(len(next(iter(told.values()))))]}
    return made.answers(tmp_path, [*questions, made.named("hospital", "cluster")], told | hospitals | more)


def test_all_at_once_by_cochran_and_two_by_two_by_mcnemar(tmp_path):
    found = agree(answered(tmp_path)).further.compared
    given = votes()
    shares = {name: float(v.mean()) for name, v in given.items()}
    assert found.questions == tuple(sorted(shares, key=lambda name: -shares[name]))
    assert found.shares == pytest.approx(sorted(shares.values(), reverse=True))
    table = np.stack([given[name] for name in found.questions], axis=1).astype(float)
    assert found.overall.p == pytest.approx(cochran_q(table).p)
    for pair in found.pairs:
        x, y = given[pair.first], given[pair.second]
        b, c = int((x & ~y).sum()), int((~x & y).sum())
        assert pair.test.p == mcnemar(b, c).mid.p
        e = paired_difference(int((x & y).sum()), b, c, int((~x & ~y).sum()))
        assert (pair.difference.value, pair.difference.low, pair.difference.high) == (e.value, e.low, e.high)
    assert [p.holm for p in found.pairs] == list(adjust([p.test.p for p in found.pairs], "holm"))
    assert [(p.first, p.second) for p in found.neighbors()] == list(
        zip(found.questions, found.questions[1:], strict=False)
    )


def test_people_of_one_hospital_are_compared_under_the_design(tmp_path):
    """Everybody three times over, in their hospitals: McNemar's test would count them as strangers."""
    thrice = {name: np.tile(v, 3) for name, v in votes().items()}
    read = answered(tmp_path, thrice, hospital=[f"h{at % PEOPLE:02d}" for at in range(3 * PEOPLE)])
    apart = agree(read).further.compared
    together = agree(read, sampling=Sampling(cluster="hospital")).further.compared
    (tmp_path / "once").mkdir()
    once = answered(tmp_path / "once", hospital=[f"h{at:02d}" for at in range(PEOPLE)])
    alone = agree(once, sampling=Sampling(cluster="hospital")).further.compared
    assert (together.overall.method, together.pairs[0].test.method) == ("wald f", "paired t")
    assert together.overall.p == pytest.approx(alone.overall.p)
    assert [p.test.p for p in together.pairs] == pytest.approx([p.test.p for p in alone.pairs])
    assert all(p.test.p > q.test.p for p, q in zip(together.pairs, apart.pairs, strict=True) if q.test.p < 0.9)
    assert all(p.difference.low < p.difference.value < p.difference.high for p in together.pairs)


def test_two_criteria_have_one_test_under_the_design(tmp_path):
    two = {name: v for name, v in votes().items() if name != "c"}
    found = agree(answered(tmp_path, two), sampling=Sampling(cluster="hospital")).further.compared
    (pair,) = found.pairs
    assert found.overall.statistic == pytest.approx(pair.test.statistic**2)
    assert found.overall.p == pytest.approx(pair.test.p)


def test_a_criterion_that_few_were_asked_is_left_out_and_one_alone_is_not_compared(tmp_path):
    few = votes() | {"d": ["yes"] * 9 + [""] * (PEOPLE - 9)}
    found = agree(answered(tmp_path, few)).further.compared
    assert (found.left_out, found.n) == (("d",), PEOPLE)
    assert agree(made.answers(tmp_path, [made.voted("a")], {"a": ["yes", "no"]})).further.compared is None


@pytest.mark.parametrize("sampling", [Sampling(), Sampling(cluster="hospital")])
def test_what_can_not_be_tested_has_reasons(tmp_path, sampling):
    alike = {name: ["yes"] * 8 for name in "ab"}
    found = agree(answered(tmp_path, alike), sampling=sampling).further.compared
    assert found.overall.reason
    assert found.pairs[0].difference.value == 0
    nobody = {"a": ["yes", "no", "yes", ""], "b": ["", "", "", "no"], "c": ["no", "no", "", "yes"]}
    found = agree(answered(tmp_path, nobody), sampling=sampling).further.compared
    assert (found.left_out, found.n) == (("b",), 2)
    never = {"a": ["yes", "no", "", ""], "b": ["", "", "yes", "no"]}
    found = agree(answered(tmp_path, never), sampling=sampling).further.compared
    assert (found.n, found.overall.reason, found.pairs) == (0, "nobody answered all of these criteria", ())


def test_more_criteria_than_hospitals_leave_no_test_of_all(tmp_path):
    hospitals = ["h1"] * 30 + ["h2"] * 30
    found = agree(answered(tmp_path, hospital=hospitals), sampling=Sampling(cluster="hospital")).further.compared
    assert found.overall.reason == "there are too few clusters for so many criteria"


def test_criteria_that_all_answer_alike_repeat_a_contrast_and_the_rest_is_tested(tmp_path):
    """Twins of a criterion add nothing to Wald's F; all for one and nobody for another varies nowhere."""
    under, plain = Sampling(cluster="hospital"), votes()
    found = []
    for more in ({}, {"d": plain["b"]}, {"d": plain["b"], "e": plain["c"]}):
        (tmp_path / f"{len(more)}").mkdir()
        found.append(agree(answered(tmp_path / f"{len(more)}", plain | more), sampling=under).further.compared.overall)
    assert found[0].df == 2
    for overall in found[1:]:
        assert (overall.df, overall.df2) == (found[0].df, found[0].df2)
        assert (overall.statistic, overall.p) == pytest.approx((found[0].statistic, found[0].p))
    apart = {"a": ["yes"] * PEOPLE, "b": ["no"] * PEOPLE}
    overall = agree(answered(tmp_path, apart), sampling=under).further.compared.overall
    assert overall.reason == "the differences do not vary between people"


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("sampling", [Sampling(), Sampling(cluster="hospital")])
def test_the_report_tells_it_with_every_number_marked(tmp_path, language, sampling):
    document, material = document_of(answered(tmp_path), language, sampling=sampling)
    (section,) = (s for s in document.sections if s.id == "pairs")
    assert unmarked(replace(document, sections=(section,)), given(material)) == []
    made_by = next(s for s in document.sections if s.id == "methods")
    assert any("Holm 1979" in block.text for block in made_by.blocks)
    told = " ".join(block.text for block in section.blocks if hasattr(block, "text"))
    assert ("60 people answered all 3 criteria" in told) == (language == "en")
    rows = [m["measure"] for m in material.agreement.to_json_dict()["estimates"]]
    assert rows.count("difference") == 3
