"""`consensus check` of a study tells what it names and can't have, each with its line."""

import pytest
from click.testing import CliRunner

from reports.cli import main

STUDY = """\
[instrument]
library = "cci-2020"
[consensus]
rule = "share(agree) >= 75%"
[compare]
definitions = ["jsh-lcsgj-2014"]
studies = ["korea-2018"]
"""


def check(folder, text):
    path = folder / "study.toml"
    path.write_text(text, encoding="utf-8")
    return CliRunner().invoke(main, ["check", str(path)])


def test_names_that_are_there_are_no_matter(tmp_path):
    assert check(tmp_path, STUDY).exit_code == 0


def test_all_that_can_not_be_had_is_told_at_once_with_its_line(tmp_path):
    wrong = STUDY.replace("(agree)", "(agre)").replace("lcsgj-2014", "lcsgj-2015").replace("korea-2018", "korea-2019")
    done = check(tmp_path, wrong)
    assert done.exit_code == 3
    rule, definition, study = done.stderr.splitlines()
    assert rule.startswith('study.toml, line 4: the rule "share(agre) >= 75%", character 7: ')
    assert definition.startswith('study.toml, line 6: "jsh-lcsgj-2015" is neither a file nor a known definition.')
    assert definition.endswith('Did you mean "jsh-lcsgj-2014"?')
    assert study.startswith('study.toml, line 7: "korea-2019" is neither a file nor a name of the library.')


@pytest.mark.parametrize("key", ["cluster", "stratum", "weight"])
def test_a_column_of_the_design_that_is_not_there_is_told(tmp_path, key):
    (tmp_path / "answers.csv").write_text("hospital,score\na,1\nb,2\na,1\n", encoding="utf-8")
    text = f'[[responses]]\nfile = "answers.csv"\n[design]\n{key} = "hosptal"\n'
    done = check(tmp_path, text)
    assert done.exit_code == 3
    assert done.stderr.startswith(f'study.toml, line 4: {key}: "hosptal" is neither a question nor a column')
    assert check(tmp_path, text.replace("hosptal", "hospital")).exit_code == 0
