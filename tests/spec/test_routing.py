"""The routing language: what holds for which answers, and how a broken expression is told."""

import pytest

from questionnaires.routing import ExpressionError, parse_expression

ANSWERS = {
    "x": "yes",
    "none": None,
    "age": 17,
    "rx": ("tace", "ablation"),
    "nothing": (),
    "day": "2026-05-04",
    "half": 0.5,
    "三": "是",
}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("${x} = 'yes'", True),
        ('${x} != "yes"', False),
        ("${none} = ''", True),
        ("${none} != 'yes'", True),
        ("${none} < 18", False),
        ("${none} >= 0", False),
        ("${none} != 5", True),
        ("${absent} = ''", True),
        ("${age} < 18 and ${age} > 10", True),
        ("${age} = '17'", True),
        ("${age} > 18 or ${x} = 'yes' and ${none} = 'a'", False),
        ("(${age} > 18 or ${x} = 'yes') and ${none} = ''", True),
        ("selected(${rx}, 'tace')", True),
        ("selected(${rx}, 'tac')", False),
        ("selected(${nothing}, 'tace')", False),
        ("count-selected(${rx}) = 2", True),
        ("selected-at(${rx}, 1) = 'ablation'", True),
        ("selected-at(${rx}, 2) = ''", True),
        ("not(selected(${rx}, 'other'))", True),
        ("if(${age} < 18, 'child', 'adult') = 'child'", True),
        ("1 + 2 * 3 = 7", True),
        ("10 div 4 = 2.5", True),
        ("-7 mod 4 = -3", True),
        ("1 div 0 > 1000", True),
        ("0 div 0 = 0 div 0", False),
        ("--2 = 2", True),
        ("${day} > date('2026-05-03')", True),
        ("round(2.345, 2) = 2.35", True),
        ("int(-2.7) = -2", True),
        ("substr('refractory', 0, 3) = 'ref'", True),
        ("concat('a', 1, 2.5) = 'a12.5'", True),
        ("min(3, ${age}) = 3 and max(3, ${age}) = 17", True),
        ("${half} = .5", True),
        ("${三} = '是'", True),
        ("true() and not(false())", True),
    ],
)
def test_what_holds(written, expected):
    assert parse_expression(written).holds(ANSWERS) is expected


@pytest.mark.parametrize(("own", "expected"), [(0, True), (60, True), (61, False), (-1, False), (None, False)])
def test_a_constraint_speaks_of_the_own_answer(own, expected):
    constraint = parse_expression(". >= 0 and . <= 60")
    assert constraint.own
    assert constraint.holds({}, own) is expected


def test_an_expression_knows_the_questions_it_speaks_of():
    parsed = parse_expression("${b} = 1 or (${a} = 2 and selected(${b}, 'c'))")
    assert parsed.names == ("b", "a")
    assert not parsed.own


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("${x} = ", 'the expression "${x} = ", character 8: the expression ends. Expected a question, a number, '
         "a text or a function."),
        ("${x} == 'yes'", "character 7: \"=\" stands here"),
        ("(${x} = 'yes'", "a bracket is not closed"),
        ("${x} = 'yes' ${y}", '"y" stands here. Expected an operator or the end'),
        ("${x} = 'yes", "can't be read"),
        ("selectd(${x}, 'a')", 'Did you mean "selected"?'),
        ("regex(${x}, '(a+)+')", '"regex" is not a function that can be evaluated here'),
        ("selected(${x})", "selected() has 1 values. Expected 2 of them"),
        ("selected", "has no bracket"),
        ("(" * 200 + "1" + ")" * 200, "nested too deep"),
        ("__import__('os')", "is not a function"),
    ],
)  # fmt: skip
def test_a_broken_expression_is_told_with_its_place(written, message):
    with pytest.raises(ExpressionError) as raised:
        parse_expression(written)
    assert message in str(raised.value)
