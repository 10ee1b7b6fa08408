"""The rule's grammar, its verdicts on exact numbers, and the votes that would change them."""

from fractions import Fraction

import pytest

from consensus.agreement.support import Votes
from consensus.rules.flips import flips, judge
from consensus.rules.grammar import parse_rule
from consensus.rules.rule import MAJORITY
from questionnaires.problems import ConsensusError

THREE_QUARTERS = parse_rule("share(agree) >= 75%")
NEW_LESIONS = Votes(yes=42, equivocal=94, no=121)
OPTIONS = {"yes": (1.0, 42), "equivocal": (0.5, 94), "no": (0.0, 121)}


@pytest.mark.parametrize(
    "text", ["share(agree) >= 75%", "share(agree) > 50%", "share(agree) >= 66.7%", "share(agree) >= 2/3"]
)
def test_a_rule_prints_as_it_was_written(text):
    assert str(parse_rule(text)) == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "",
            'the rule "", character 1: nothing more can\'t be read there. Expected a measure such as share(agree), '
            "share(7..9), median or iqr.",
        ),
        (
            "simple majority",
            'the rule "simple majority", character 1: "simple majority" can\'t be read there. Expected a measure '
            "such as share(agree), share(7..9), median or iqr. A simple majority is written share(agree) > 50%.",
        ),
        (
            "share(agree) = 75%",
            'the rule "share(agree) = 75%", character 14: "= 75%" can\'t be read there. Expected >= or >.',
        ),
        (
            "share(agree) >= 75",
            'the rule "share(agree) >= 75", character 17: "75" can\'t be read there. Expected a percentage '
            "such as 75%, or a fraction such as 2/3. Did you mean 75%?",
        ),
        (
            "share(agree) >= 0.75",
            'the rule "share(agree) >= 0.75", character 17: "0.75" can\'t be read there. Expected a percentage '
            "such as 75%, or a fraction such as 2/3. Did you mean 75%?",
        ),
        (
            "share(agree) >= 40%",
            'the rule "share(agree) >= 40%", character 17: "40%" can\'t be read there. Expected a threshold of '
            "at least 50%. The share against a criterion is held against the same threshold, so below half both sides "
            "could pass.",
        ),
        (
            "share(agree) >= 175%",
            'the rule "share(agree) >= 175%", character 17: "175%" can\'t be read there. Expected a threshold '
            "that can be reached, up to 100%.",
        ),
    ],
)
def test_an_unreadable_rule_is_refused_at_its_place(text, said):
    with pytest.raises(ConsensusError) as caught:
        parse_rule(text)
    assert str(caught.value) == said


def test_sentences():
    assert THREE_QUARTERS.sentence() == (
        "A criterion is accepted where at least 75% support it, "
        "and rejected by consensus where at least 75% are against it."
    )
    assert (
        THREE_QUARTERS.sentence("zh")
        == "支持某一标准的比例不低于75%即接受该标准；反对的比例不低于75%即由共识否定该标准。"
    )
    assert MAJORITY.phrase() == "more than 50% agreement"
    assert MAJORITY.phrase("zh") == "同意比例超过50%"


def test_shares_are_compared_exactly():
    # 7 >= 0.28 * 25 is False in binary floats
    assert not parse_rule("share(agree) >= 72%").passes(17, 25)
    assert parse_rule("share(agree) >= 72%").passes(18, 25)
    assert not parse_rule("share(agree) >= 67%").passes(2, 3)
    assert parse_rule("share(agree) >= 2/3").passes(2, 3)
    assert [THREE_QUARTERS.needed(n) for n in (12, 15, 20, 30, 50, 257)] == [9, 12, 15, 23, 38, 193]
    assert MAJORITY.needed(10) == 6


def test_a_tie_where_half_suffices_is_no_consensus():
    assert judge(Votes(yes=5, equivocal=0, no=5), parse_rule("share(agree) >= 50%"), None) == "no consensus"


def test_nobody_is_too_few():
    assert judge(Votes(yes=0, equivocal=0, no=0), THREE_QUARTERS, None) == "too few"
    assert judge(Votes(yes=0, equivocal=3, no=0), THREE_QUARTERS, "drop") == "too few"


@pytest.mark.parametrize(
    ("coding", "count", "n", "percent", "outcome"),
    [
        ("as_no", 42, 257, 16.3, "out"),  # 215 of 257 = 83.7 % are then against it
        ("half", 89, 257, 34.6, "no consensus"),
        ("as_yes", 136, 257, 52.9, "no consensus"),
        ("drop", 42, 163, 25.8, "no consensus"),
    ],
)
def test_new_lesions_under_each_coding(coding, count, n, percent, outcome):
    assert NEW_LESIONS.support(coding) == count
    assert NEW_LESIONS.size(coding) == n
    assert round(100 * NEW_LESIONS.estimate(coding).value, 1) == percent
    assert judge(NEW_LESIONS, THREE_QUARTERS, coding) == outcome


def test_half_votes_have_a_normal_interval():
    estimate = NEW_LESIONS.estimate("half")
    assert (estimate.method, estimate.base) == ("normal", "answered")
    assert [round(100 * x, 1) for x in (estimate.low, estimate.high)] == [30.1, 39.1]


def test_no_on_new_lesions_is_two_votes_or_five_short_of_rejection():
    found = {
        (f.from_option, f.to_option): (f.votes, f.becomes) for f in flips(NEW_LESIONS, OPTIONS, THREE_QUARTERS, "drop")
    }
    assert found["yes", "no"] == (2, "out")
    assert found["equivocal", "no"] == (5, "out")
    assert found["yes", "equivocal"] == (2, "out")  # 121 of 161 = 75.2 %


def test_opted_out_answers_do_not_reject():
    votes = Votes(yes=20, equivocal=0, no=0, opted_out=80)
    assert votes.support(None) == 20
    assert votes.against(None) == 0
    assert judge(votes, THREE_QUARTERS, None) == "no consensus"


def test_margins_are_exact():
    assert THREE_QUARTERS.margin(Fraction(121), 163) == Fraction(121, 163) - Fraction(3, 4)
    assert THREE_QUARTERS.margin(0, 0) is None
