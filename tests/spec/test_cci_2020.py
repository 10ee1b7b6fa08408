"""What the 2020 survey must give, from its printed counts and from synthetic answers that reproduce them."""

from decimal import Decimal

import pytest

from consensus.agreement.agree import agree
from consensus.definitions.definition import Consecutive
from consensus.proposals.propose import propose
from questionnaires.published import read_published
from questionnaires.responses import read_responses


@pytest.fixture(scope="module", params=[read_published, read_responses], ids=["printed", "synthetic"])
def answers(request):
    return request.param("cci-2020")


@pytest.fixture(scope="module")
def agreement(answers):
    return agree(answers)


@pytest.fixture(scope="module")
def proposals(agreement):
    return propose(agreement)


def percent(measurement):
    e = measurement.estimate
    return [round(100 * number, 1) for number in (e.value, e.low, e.high)]


def test_synthetic_answers_are_marked(agreement, answers):
    assert agreement.synthetic == answers.synthetic
    assert agreement.sources == ((answers.name, answers.sha256),)


@pytest.mark.parametrize(
    ("question", "option", "base", "count", "n", "shown"),
    [
        ("cn_newlesion", "yes", "answered", 42, 257, [16.3, 12.3, 21.4]),
        ("cn_newlesion", "equivocal", "answered", 94, 257, [36.6, 30.9, 42.6]),
        ("cn_newlesion", "no", "answered", 121, 257, [47.1, 41.1, 53.2]),
        ("cn_newlesion", "no", "committed", 121, 163, [74.2, 67.0, 80.3]),
        ("cn_pvtt", "continue", "answered", 242, 257, [94.2, 90.6, 96.4]),
        ("cn_ehs", "continue", "answered", 253, 257, [98.4, 96.1, 99.4]),
        ("cn_limit", "3", "answered", 150, 257, [58.4, 52.3, 64.2]),
        ("cn_repeat_ok", "agree", "answered", 166, 257, [64.6, 58.6, 70.2]),
        ("cn_concept", "yes", "answered", 191, 257, [74.3, 68.6, 79.3]),
        ("cn_subseq", "tace_combination", "answered", 88, 191, [46.1, 39.2, 53.2]),
        ("cn_newlesion_rx", "tace", "answered", 80, 121, [66.1, 57.3, 73.9]),
        ("cn_newlesion_rx", "ablation", "answered", 80, 121, [66.1, 57.3, 73.9]),
    ],
)
def test_shares_with_their_bases(agreement, question, option, base, count, n, shown):
    measured = agreement.measurement(question, option, base)
    assert (measured.count, measured.estimate.n, measured.estimate.base) == (count, n, base)
    # limits that end in 5 at the next digit are rounded half up by reports; half a tenth is all that may differ here
    assert percent(measured) == pytest.approx(shown, abs=0.051)


@pytest.mark.parametrize(
    ("coding", "base", "support", "outcome"),
    [
        ("as_no", "answered", 16.3, "out"),
        ("half", "answered", 34.6, "no consensus"),
        ("as_yes", "answered", 52.9, "no consensus"),
        ("drop", "committed", 25.8, "no consensus"),
    ],
)
def test_new_lesions_under_each_coding(agreement, coding, base, support, outcome):
    verdict = agreement.verdict("new_lesions", coding)
    assert (verdict.base, verdict.outcome) == (base, outcome)
    assert round(100 * verdict.support.value, 1) == support


def test_no_on_new_lesions_is_two_or_five_votes_short(agreement):
    found = {(f.from_option, f.to_option): f for f in agreement.verdict("new_lesions", "drop").flips}
    assert (found["yes", "no"].votes, found["yes", "no"].becomes) == (2, "out")
    assert (found["equivocal", "no"].votes, found["equivocal", "no"].becomes) == (5, "out")


def test_at_75_percent_nothing_is_accepted_and_two_are_rejected(agreement):
    assert {v.criterion: v.outcome for v in agreement.own_verdicts()} == {
        "new_lesions": "no consensus",
        "vascular_invasion": "out",
        "extrahepatic_spread": "out",
        "insufficient_response_3": "no consensus",
    }


def test_the_thresholded_proposal_is_three_consecutive_insufficient_responses(agreement, proposals):
    proposal = proposals.thresholded
    (term,) = proposal.definition.terms
    assert proposals.chosen is proposal.definition
    assert str(proposal.rule) == "share(agree) > 50%"
    assert "share(agree) >= 75%" in proposal.reason
    assert isinstance(term.form, Consecutive)
    assert (term.form.finding, term.form.times) == ("insufficient_response", 3)
    v = term.votes
    assert (v.survey, v.question, v.option, v.count, v.base) == ("cci-2020", "cn_limit", "3", 150, 257)
    assert (v.base_is, v.kind) == ("answered", "proxy")


def test_the_weighted_proposal_counts_votes(proposals):
    definition = proposals.weighted.definition
    assert definition.logic.failure_at == 150
    assert {t.id: (t.points, t.votes.kind, t.votes.count) for t in definition.terms} == {
        "insufficient_response_3": (Decimal(150), "proxy", 150),
        "new_lesions": (Decimal(89), "vote", 42),
        "vascular_invasion": (Decimal(15), "bound", 15),
        "extrahepatic_spread": (Decimal(4), "bound", 4),
    }
    assert proposals.alike is True


def sensitivity(proposals, coding, *, kept):
    (row,) = [s for s in proposals.sensitivity if s.coding == coding and s.kept == kept]
    return row.cut_off, row.lighter_sum, set(row.sufficient)


def test_what_other_codings_would_change(proposals):
    alone = ("insufficient_response_3",)
    for coding, others in (("as_no", 61), ("half", 108), ("drop", 61)):
        for kept in (True, False):
            assert sensitivity(proposals, coding, kept=kept) == (150, others, {alone})
    assert sensitivity(proposals, "as_yes", kept=True) == (150, 155, {alone, ("new_lesions", "vascular_invasion")})
    assert sensitivity(proposals, "as_yes", kept=False) == (136, 19, {alone, ("new_lesions",)})
    weights = dict(next(s for s in proposals.sensitivity if s.coding == "as_yes").points)
    assert weights["new_lesions"] + weights["vascular_invasion"] == 151


def test_votes_that_became_no_term(proposals):
    first = proposals.left_out[0]
    assert (first.question, first.option, first.count, first.base) == ("cn_repeat_ok", "agree", 166, 257)
    assert "no feeding artery left" in first.reason.lower()
    by_question = {one.question: one for one in proposals.left_out}
    for question, option, count in (("cn_pvtt", "continue", 242), ("cn_ehs", "continue", 253)):
        one = by_question[question]
        assert (one.option, one.count, one.base, one.weighs) == (option, count, 257, True)
        assert one.reason.startswith("rejected by consensus")
    assert by_question["cn_newlesion"].reason == "not accepted: 34.6% (89 of 257) support it"
    assert (by_question["cn_newlesion_rx"].count, by_question["cn_newlesion_rx"].base) == (80, 121)
    assert "cn_limit" not in by_question


def test_nothing_is_invented(agreement, proposals):
    said = str(agreement.to_json_dict()) + str(proposals.to_json_dict())
    assert "marker" not in said


def test_another_rule_or_coding(answers):
    assert propose(agree(answers, rule="share(agree) >= 55%")).thresholded.reason == ""
    by_yes = propose(agree(answers, equivocal="as_yes"))
    assert by_yes.weighted.definition.logic.failure_at == 136
    assert [t.id for t in by_yes.thresholded.definition.terms] == ["new_lesions", "insufficient_response_3"]
    assert by_yes.alike is True


def test_korea_gives_no_proposal():
    proposals = propose(agree(read_published("korea-2018")))
    assert proposals.chosen is None
    assert [p.definition for p in proposals] == [None, None]
    assert all("the highest support is 48.4% (78 of 161)" in p.reason for p in proposals)
    assert proposals.alike is None
    assert proposals.to_json_dict()["proposals"][0]["definition"] is None
