"""Which option of a ranking stands for which criterion."""

import pytest

from consensus.proposals.ranked_options import option_of
from questionnaires import read_instrument
from questionnaires.instrument import Choice, Criterion, Labels


def choice(name, en="", zh=""):
    return Choice(name=name, label=Labels(tuple((k, v) for k, v in (("en", en), ("zh", zh)) if v)))


def criterion(name, en="", zh=""):
    return Criterion(name=name, label=Labels(tuple((k, v) for k, v in (("en", en), ("zh", zh)) if v)))


OPTIONS = [
    choice("pvtt", "Portal vein tumor thrombus", "门静脉癌栓"),
    choice("b", "Extrahepatic spread", "肝外转移"),
    choice("new_lesions", "New lesions"),
    choice("ab", "Ab"),
]


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        (criterion("new_lesions", "Something else"), 2),
        (criterion("spread", "extrahepatic  Spread"), 1),
        (criterion("pvtt_branch", "Any thrombus"), 0),
        (criterion("pvtt_main", "Any thrombus"), 0),
        (criterion("pvttx", "Any thrombus"), None),
        (criterion("spread", "Extrahepatic spread of any extent"), 1),
        (criterion("spread", zh="肝外转移，即使为局限性"), 1),
        (criterion("ab_c", "Abdominal pain"), None),  # two letters begin too much
        (criterion("liver", "Child-Pugh C"), None),
    ],
)
def test_an_option_stands_for_a_criterion(asked, place):
    assert option_of(asked, OPTIONS) == place


def test_two_options_that_fit_alike_stand_for_none():
    assert option_of(criterion("x", "New lesions in the liver"), [*OPTIONS, choice("y", "New lesions in")]) is None


def test_every_criterion_of_the_bundled_survey_has_its_rank():
    instrument = read_instrument("tace-failure")
    options = instrument.questions_of("ranking")[0].choices
    named = {c.name: options[option_of(c, options)].name for c in instrument.criteria}
    assert (named["pvtt_branch"], named["pvtt_main"]) == ("pvtt", "pvtt")
    assert (named["ehs_limited"], named["ehs_extensive"]) == ("ehs", "ehs")
    assert named["liver_function"] == "liver_function"
