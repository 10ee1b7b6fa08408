"""Groups typed by hand: spellings of one house are found, two houses never joined."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questionnaires.cleaning.grouping import house_key, near_names, spellings

CITIES = ("霁泽", "朔洲", "朔屿", "棠峪", "棠川", "棠泽", "沐洲", "澄川", "澄江", "南岭")
KINDS = ("第一人民医院", "第二人民医院", "中医院", "肿瘤医院")
HOUSES = tuple(f"{city}市{kind}" for city in CITIES for kind in KINDS)
SPELLINGS = (
    lambda name: name,
    lambda name: name.replace("市", "", 1),
    lambda name: name.replace("第一", "第1").replace("第二", "第2"),
    lambda name: f"{name}（总院）",
    lambda name: f"{name}介入科",
    lambda name: f" {name} ",
    lambda name: name.replace("第一", "第１").replace("第二", "第２"),
)


def groups(names):
    """Return the groups that are left when a person confirms all that is proposed, and how to find a name's group."""
    above = {}

    def top(name):
        while name in above:
            name = above[name]
        return name

    for joined in near_names(names):
        if top(joined.old) != top(joined.new):
            above[top(joined.old)] = top(joined.new)
    return {top(name) for name, _ in spellings(names).values()}, top


def test_forty_houses_in_three_spellings_are_forty():
    assert len(HOUSES) == 40
    written = [spell(name) for spell in SPELLINGS[:3] for name in HOUSES]
    assert len(spellings(written)) > 80
    found, top = groups(written)
    assert len(found) == 40
    for city in CITIES:
        assert top(f"{city}第一人民医院") != top(f"{city}第2人民医院")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(HOUSES), st.sampled_from(SPELLINGS)), min_size=1, max_size=60))
def test_spellings_are_joined_and_houses_are_not(written):
    names = [spell(name) for name, spell in written]
    found, top = groups(names)
    assert len(found) == len({name for name, _ in written})
    shown = {name.strip() for name in names}
    assert {top(name) for name in found} <= shown


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("霁泽市第一人民医院", "霁泽市第二人民医院"),
        ("霁泽市人民医院", "霁泽县人民医院"),
        ("江宁省人民医院", "江宁市人民医院"),
        ("朔洲大学附属第一医院", "朔洲大学附属第二医院"),
        ("朔洲市第十医院", "朔洲市第一医院"),
        ("棠川市妇幼保健院", "棠川市中心医院"),
        ("棠川市中医院", "棠川市中西医结合医院"),
        ("第11人民医院", "第1人民医院"),
        ("St. Mary's Hospital North", "St. Mary's Hospital South"),
        ("General Hospital 1", "General Hospital 2"),
        ("University Hospital I", "University Hospital II"),
    ],
)
def test_two_houses_are_never_joined(one, other):
    assert near_names([one, other]) == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("霁泽一院", "霁泽市第一人民医院"),
        ("朔洲大学第一附属医院", "朔洲大学附属第一医院"),
        ("朔洲大附一院", "朔洲大学附属第一医院"),
        ("Queen Elizabth Hospital", "Queen Elizabeth Hospital"),
    ],
)
def test_two_spellings_are_joined_by_the_commoner(old, new):
    (joined,) = near_names([old, new, new])
    assert (joined.old, joined.new, joined.old_count, joined.new_count) == (old, new, 1, 2)


def test_an_abbreviation_that_may_mean_two_houses_is_left_alone():
    assert near_names(["霁泽一院", "霁泽市第一人民医院", "霁泽市第一医院"]) == ()


def test_blanks_and_width_play_no_part():
    assert spellings(["Ａ 院", "A 院", " A 院"]) == {"a 院": ("A 院", 3)}


def test_the_key_keeps_every_number_apart():
    keys = {house_key(f"霁泽市第{n}人民医院") for n in itertools.chain("一二三四五六七八九十", ("十一",))}
    assert len(keys) == 11
