"""Coefficients that agree() sets side by side: Conger's kappa and AC2, and Cohen's kappas of exactly two people."""

from dataclasses import replace

import answers_made as made
import numpy as np
import pytest
from spec.numbers_walk import given, unmarked
from spec.test_agreement_sections import document_of

from consensus.agreement.agree import agree
from consensus.agreement.beyond_chance import block_agreement
from consensus.agreement.blocks import blocks_of, ratings_in
from consensus.agreement.coefficients import conger, gwet
from consensus.agreement.concordance import friedman, legendre_f
from consensus.agreement.design import design_of
from consensus.agreement.two_raters import cohen, stuart_maxwell, table_of
from reports.document import Prose

POINTS = 5


def rated(tmp_path, people, statements=8, *, gaps=0.1, seed=3):
    rng = np.random.default_rng(seed)
    truth = rng.integers(1, POINTS + 1, statements)
    near = np.clip(truth + rng.integers(-1, 2, (people, statements)), 1, POINTS)
    absent = rng.random(near.shape) < gaps
    names = [f"s{at}" for at in range(statements)]
    columns = {
        name: ["" if gone else str(v) for v, gone in zip(near[:, at], absent[:, at], strict=True)]
        for at, name in enumerate(names)
    }
    return made.answers(tmp_path, [made.rated(name, POINTS) for name in names], columns)


def of_block(answers, clusters=None):
    (block,) = blocks_of(answers.instrument)
    design = design_of(len(answers.values), clusters=clusters)
    return block_agreement(answers, block, design), ratings_in(answers, block)


def test_conger_and_ac2_stand_beside_fleiss_and_ac1_with_limits_over_people(tmp_path):
    found, ratings = of_block(rated(tmp_path, 30))
    assert [name for name, _ in found.estimates[:5]] == ["percent agreement", "ac1", "ac2", "fleiss", "conger"]
    for name, value in (("ac2", gwet(ratings, "quadratic").value), ("conger", conger(ratings).value)):
        e = found.estimate(name)
        assert e.value == pytest.approx(value, rel=1e-9)
        assert e.low < e.value < e.high
        assert e.se > 0


def test_a_person_drawn_twice_is_no_pair_with_himself_for_conger_too(tmp_path):
    """Copies taken off, replicates are centered: left in, they would lie higher by about (1 - kappa) / people."""
    inside = 0
    for seed in range(12):
        (tmp_path / str(seed)).mkdir()
        e = of_block(rated(tmp_path / str(seed), 12, gaps=0.0, seed=seed))[0].estimate("conger")
        inside += e.low < e.value < e.high
    assert inside == 12


def test_conger_with_hospitals_drawn_whole_has_the_same_value(tmp_path):
    answers = rated(tmp_path, 30)
    alone, together = (
        of_block(answers, clusters)[0].estimate("conger") for clusters in (None, [i // 3 for i in range(30)])
    )
    assert alone.value == pytest.approx(together.value, rel=1e-12)
    assert (alone.low, alone.high) != (together.low, together.high)


def test_two_people_have_the_kappas_of_cohen_and_a_test_whether_they_lean_alike(tmp_path):
    answers = rated(tmp_path, 2, statements=30, gaps=0.0)
    agreement = agree(answers)
    (block,) = agreement.further.blocks
    table = table_of(ratings_in(answers, block.block))
    for name, weighting in (("cohen", "identity"), ("cohen_linear", "linear"), ("cohen_quadratic", "quadratic")):
        e, wanted = block.estimate(name), cohen(table, weighting)
        assert (e.value, e.se, e.n) == pytest.approx((wanted.value, wanted.se, 30))
    told = agreement.to_json_dict()
    tests = {t["method"]: t for t in told["two_raters"]}
    assert set(tests) == {"cohen kappa against chance", "stuart-maxwell", "bowker"}
    assert tests["stuart-maxwell"]["p"] == stuart_maxwell(table).p
    assert any(e["measure"] == "p value, bowker" and e["question"] == "statements" for e in told["estimates"])


@pytest.mark.parametrize(("language", "said"), [("en", "Exactly two people rated"), ("zh", "恰有两人评分")])
def test_the_report_tells_of_two_people_with_every_number_marked(tmp_path, language, said):
    document, material = document_of(rated(tmp_path, 2, statements=30, gaps=0.0), language)
    (section,) = (s for s in document.sections if s.id == "chance")
    assert any(said in block.text for block in section.blocks if isinstance(block, Prose))
    assert unmarked(replace(document, sections=(section,)), given(material)) == []


def test_two_people_who_say_all_the_same_have_reasons(tmp_path):
    columns = {name: ["3", "3"] for name in ("a", "b", "c")}
    answers = made.answers(tmp_path, [made.rated(name, POINTS) for name in columns], columns)
    (block,) = agree(answers).further.blocks
    for name in ("cohen", "cohen_quadratic", "conger", "fleiss"):
        assert block.estimate(name).reason.startswith("all ratings are alike")
    assert [t.reason is None for t in block.tests] == [False, False, False]


def test_kendalls_w_has_its_tests_over_people_who_rated_everything(tmp_path):
    answers = rated(tmp_path, 20)
    (block,) = agree(answers).further.blocks
    ratings = ratings_in(answers, block.block)
    whole = ratings.of_raters(np.flatnonzero(ratings.given.all(axis=0)))
    assert block.concordance == (friedman(whole), legendre_f(whole))
    assert 2 <= len(whole.raters) < 20
    told = agree(answers).to_json_dict()
    assert [t["p"] for t in told["concordance"]] == [t.p for t in block.concordance]
    assert {e["measure"] for e in told["estimates"]} >= {"p value, friedman", "p value, legendre f"}
    document, material = document_of(answers)
    (section,) = (s for s in document.sections if s.id == "chance")
    assert any("Friedman's chi-squared: p" in block.text for block in section.blocks if isinstance(block, Prose))
    assert unmarked(replace(document, sections=(section,)), given(material)) == []


def test_more_than_two_people_have_no_cohen_and_two_answers_no_ac2(tmp_path):
    columns = {name: ["yes", "no", "yes"] for name in "ab"}
    choices = (("yes", 1.0), ("no", 0.0))
    (block,) = agree(made.answers(tmp_path, [made.voted(n, choices=choices) for n in "ab"], columns)).further.blocks
    names = [name for name, _ in block.estimates]
    assert "conger" in names
    assert not {"ac2", "cohen"} & set(names)
    assert block.tests == ()
