"""Content validity in agree(): which ratings call an item relevant, its indices, and where there is none."""

from dataclasses import replace

import answers_made as made
import pytest
from spec.numbers_walk import given, unmarked
from spec.test_agreement_sections import document_of

from consensus.agreement.agree import agree
from consensus.agreement.content_validity import aiken_v, critical_count, modified_kappa
from questionnaires.problems import ConsensusError

# Polit, Beck and Owen 2007: six experts of whom all, five, and three call the item relevant
RATINGS = {"a": "444344", "b": "443341", "c": "431242"}


def rated(tmp_path, ratings=None, points=4):
    found = {name: list(text.replace(" ", "")) for name, text in (ratings or RATINGS).items()}
    columns = {name: ["" if v == "-" else v for v in values] for name, values in found.items()}
    return made.answers(tmp_path, [made.rated(name, points) for name in columns], columns)


def test_three_and_four_of_four_points_are_relevant(tmp_path):
    agreement = agree(rated(tmp_path))
    (validity,) = agreement.further.content
    assert [(i.relevant, i.experts, i.least) for i in validity.items] == [(6, 6, 3.0), (5, 6, 3.0), (3, 6, 3.0)]
    assert [i.estimate("i-cvi").value for i in validity.items] == pytest.approx([1, 5 / 6, 0.5])
    assert validity.items[1].estimate("modified kappa") == modified_kappa(5, 6)
    assert validity.items[1].estimate("modified kappa").value == pytest.approx(0.816, abs=5e-4)
    assert [i.estimate("cvr").value for i in validity.items] == pytest.approx([1, 2 / 3, 0])
    assert {i.estimate("cvr needed").value for i in validity.items} == {2 * critical_count(6) / 6 - 1}
    assert validity.items[2].estimate("aiken v") == aiken_v(16 / 6, 6, 1, 4)
    average, unanimous = validity.whole
    assert (average.value, unanimous.value) == pytest.approx(((1 + 5 / 6 + 0.5) / 3, 1 / 3))


def test_they_are_rows_of_the_json_with_their_counts(tmp_path):
    told = agree(rated(tmp_path)).to_json_dict()
    (scale,) = told["content_validity"]
    assert (scale["relevant_from"], scale["s-cvi/ua"]) == (3.0, pytest.approx(1 / 3))
    rows = {(e["question"], e["measure"]): e for e in told["estimates"]}
    assert (rows["b", "i-cvi"]["count"], rows["b", "i-cvi"]["n"], rows["b", "i-cvi"]["method"]) == (5, 6, "wilson")
    assert rows["statements", "s-cvi/ave"]["value"] == pytest.approx(0.777777777)


def test_the_study_may_say_what_is_relevant(tmp_path):
    nine = rated(tmp_path, {"a": "798746", "b": "123987"}, points=9)
    assert [i.relevant for v in agree(nine).further.content for i in v.items] == [None, None]
    assert [i.relevant for v in agree(nine, relevant=7).further.content for i in v.items] == [4, 3]
    for impossible in (1, 10, 6.5):
        with pytest.raises(ConsensusError, match="no point of a rating scale above its lowest"):
            agree(nine, relevant=impossible)


def test_of_three_points_the_highest_is_essential(tmp_path):
    (validity,) = agree(rated(tmp_path, {"a": "3332", "b": "1123"}, points=3)).further.content
    assert [i.relevant for i in validity.items] == [3, 1]
    assert validity.items[0].estimate("cvr").value == 0.5
    assert validity.items[0].estimate("cvr needed").reason == "not even all votes would be more than guessing"


def test_an_item_that_nobody_rated_has_reasons_and_is_left_out_of_the_whole(tmp_path):
    (validity,) = agree(rated(tmp_path, {"a": "4434", "b": "----"})).further.content
    nobody = validity.items[1]
    assert {e.reason for _, e in nobody.estimates} == {"no expert rated the item"}
    assert validity.whole[0].value == 1
    assert validity.whole[0].note == "1 items that nobody rated are left out"


def test_the_report_tells_it_with_every_number_marked(tmp_path):
    document, material = document_of(rated(tmp_path))
    (section,) = (s for s in document.sections if s.id == "relevance")
    table = next(block for block in section.blocks if hasattr(block, "rows"))
    assert [cell.text for cell in table.rows[1]] == [
        "b?", "5/6 (83%)", "44 to 97", "0.82", "0.67", "1.00", "0.72", "0.49 to 0.88",
    ]  # fmt: skip
    assert unmarked(replace(document, sections=(section,)), given(material)) == []


def test_many_experts_take_no_longer():
    assert critical_count(66690) == pytest.approx(66690 / 2 + 1.645 * 66690**0.5 / 2, abs=2)
    assert modified_kappa(33345, 66690).value == pytest.approx((0.5 - 0.00309) / (1 - 0.00309), abs=1e-5)
