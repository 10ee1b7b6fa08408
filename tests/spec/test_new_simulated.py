"""`consensus new NAME --simulate N`: a study that can be reported at once, marked SYNTHETIC everywhere."""

import pytest
from click.testing import CliRunner

from reports.cli import main


def run(*arguments):
    return CliRunner().invoke(main, [str(a) for a in arguments])


@pytest.fixture
def study(tmp_path):
    done = run("new", tmp_path / "trial", "--simulate", "40", "--instrument", "cci-2020", "--seed", "5")
    assert done.exit_code == 0, done.output
    return tmp_path / "trial"


def test_the_folder_can_be_reported(study, tmp_path):
    assert sorted(path.name for path in study.iterdir()) == [
        "answers_SYNTHETIC.xlsx",
        "instrument.xlsx",
        "study.key",
        "study.reference.toml",
        "study.toml",
    ]
    done = run("report", study / "study.toml", "--out", tmp_path / "out", "--formats", "html")
    assert done.exit_code == 0, done.output
    assert "SYNTHETIC" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


def test_nothing_is_touched_the_second_time(study):
    before = {path.name: path.read_bytes() for path in study.iterdir()}
    done = run("new", study, "--simulate", "50")
    assert done.exit_code == 0
    assert {path.name: path.read_bytes() for path in study.iterdir()} == before


def test_its_options_need_it(tmp_path):
    assert run("new", tmp_path / "x", "--seed", "3").exit_code == 2
    assert run("new", tmp_path / "x", "--simulate", "0").exit_code == 2
    assert run("new", tmp_path / "x", "--simulate", "5", "--instrument", "cci-2021").exit_code == 3
    assert not (tmp_path / "x").exists()
