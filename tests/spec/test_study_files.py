# ruff: noqa: E501 (messages stand as they are shown)
"""A study file says what it means or is refused with a line for each key."""

import pytest

from questionnaires.problems import ConsensusError
from reports.study import read_study, refuse_waiting
from reports.study_keys import WAITING
from reports.study_template import FULL, few_keys


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "mine").mkdir()
    for name in ("instrument.xlsx", "answers.xlsx", "courses.xlsx"):
        (tmp_path / "mine" / name).write_bytes(b"")
    return tmp_path / "mine"


def written(folder, text):
    (folder / "study.toml").write_text(text, encoding="utf-8")
    return folder / "study.toml"


def refusal(folder, text):
    with pytest.raises(ConsensusError) as caught:
        read_study(written(folder, text))
    return str(caught.value)


def test_the_keys_of_a_study_are_read_and_paths_are_relative_to_it(folder):
    study = read_study(
        written(
            folder,
            """
[study]
title = "T"
seed = 7
[instrument]
file = "instrument.xlsx"
[[responses]]
file = "answers.xlsx"
round = 2
[design]
invited = 264
[consensus]
rule = "share(agree) > 50%"
equivocal = "no"
[courses]
file = "courses.xlsx"
[compare]
definitions = ["zhang-2022", "mine.yaml"]
[report]
formats = ["html"]
""",
        )
    )
    assert (study.name, study.title, study.seed, study.invited, study.round) == ("mine", "T", 7, 264, 2)
    assert (study.rule, study.equivocal, study.formats) == ("share(agree) > 50%", "as_no", ("html",))
    assert study.instrument == folder / "instrument.xlsx"
    assert study.answers == folder / "answers.xlsx"
    assert study.courses == folder / "courses.xlsx"
    assert study.definitions == ("zhang-2022", folder / "mine.yaml")
    assert study.waiting == ()


def test_a_folder_with_a_study_file_stands_for_it(folder):
    written(folder, '[study]\ntitle = "T"\n')
    assert read_study(folder).title == "T"


@pytest.mark.parametrize("word", ["as_no", "no"])
def test_equivocal_has_a_short_word(folder, word):
    assert read_study(written(folder, f'[consensus]\nequivocal = "{word}"\n')).equivocal == "as_no"


def test_every_unknown_key_is_an_error_that_names_its_line_and_the_nearest(folder):
    said = refusal(folder, '[study]\ntitel = "T"\n\n[consensus]\nrul = "x"\n[instrumnt]\nfile = "a"\n')
    assert said.splitlines() == [
        'study.toml, line 2: titel is not a key of [study]. Expected one of: title, language, seed. Did you mean "title"?',
        'study.toml, line 5: rul is not a key of [consensus]. Expected one of: rule, equivocal, relevant. Did you mean "rule"?',
        "study.toml, line 6: the section [instrumnt] is not known. Expected one of: study, instrument, responses, design, "
        'consensus, condition, panel, and 3 more. Did you mean "instrument"?',
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[study]\nseed = "x"\n', "study.toml, line 2: seed is 'x'. Expected a whole number."),
        ("[study]\nseed = true\n", "study.toml, line 2: seed is True. Expected a whole number."),
        ('study = "x"\n', "study.toml: study is not a section. Expected a heading [study] with keys under it."),
        (
            '[consensus]\nequivocal = "hlaf"\n',
            'study.toml, line 2: "hlaf" is no way to count equivocal answers. Expected one of: as_no, half, as_yes, drop, '
            'middle. Did you mean "half"?',
        ),
        (
            '[report]\nformats = ["htm"]\n',
            'study.toml, line 2: "htm" is not a format of reports. Expected one of: html, xlsx, docx, md. Did you mean "html"?',
        ),
        (
            '[report]\nformats = ["pdf"]\n',
            'study.toml, line 2: "pdf" is not a format of reports. Expected one of: html, xlsx, docx, md.',
        ),
        (
            '[instrument]\nfile = "gone.xlsx"\n',
            "study.toml, line 2: gone.xlsx is not there. Paths are relative to the folder of the study file.",
        ),
        (
            "[compare]\ndefinitions = [1]\n",
            "study.toml, line 2: definitions holds something that is not a text. Expected a list of texts.",
        ),
    ],
)
def test_a_value_that_cannot_be_meant_is_refused_with_its_line(folder, text, said):
    assert refusal(folder, text) == said


def test_a_key_that_cannot_be_honored_yet_is_never_passed_over(folder, monkeypatch):
    monkeypatch.setitem(WAITING, "design.invited", "response rates")  # no key waits in this version
    study = read_study(written(folder, '[instrument]\nfile = "instrument.xlsx"\n[design]\ninvited = 12\n'))
    with pytest.raises(
        ConsensusError, match=r"study.toml, line 4: design.invited asks for response rates, which this version can't do"
    ):
        refuse_waiting(study)


def test_a_panel_needs_its_people_and_its_items(folder):
    assert refusal(folder, '[panel]\nfile = "instrument.xlsx"\n') == (
        'study.toml, line 1: [panel] lacks items. Expected file = "panel.xlsx" and items = "items.xlsx".'
    )
    both = '[panel]\nfile = "instrument.xlsx"\nitems = "instrument.xlsx"\n'
    assert "is no form of a round" in refusal(folder, f"{both}[panel.instruments]\ntwo = 'x'\n")


def test_broken_files_are_refused_in_a_sentence(folder, tmp_path):
    assert "can't be read as TOML" in refusal(folder, "[study\n")
    (tmp_path / "empty").mkdir()
    binary = tmp_path / "study.toml"
    binary.write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(ConsensusError, match="is not a study file"):
        read_study(binary)
    with pytest.raises(ConsensusError, match="there is no such file"):
        read_study(tmp_path / "gone.toml")
    with pytest.raises(ConsensusError, match=r"is a folder without study.toml"):
        read_study(folder.parent / "mine" / ".." / "empty")


def test_the_template_is_a_study_and_the_reference_names_every_key(tmp_path):
    from reports.study_keys import KNOWN

    (tmp_path / "study.toml").write_text(few_keys('a "quoted" \\ name', courses=False), encoding="utf-8")
    study = read_study(tmp_path / "study.toml")
    assert study.title == 'a "quoted" \\ name'
    assert study.instrument == "cci-2020"
    for section, keys in KNOWN.items():
        for key in keys:
            assert key in FULL, f"{section}.{key}"
    assert all(not line or line.startswith("#") for line in FULL.splitlines())
