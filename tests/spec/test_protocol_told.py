"""A locked study that was changed: which files, and the command that puts it on record."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from reports.cli import main

STORY = Path(__file__).parents[1] / "stories/2-delphi"


def run(*arguments):
    done = CliRunner().invoke(main, [str(argument) for argument in arguments], prog_name="consensus")
    assert done.exit_code == 0, done.output
    return done


@pytest.fixture
def study(tmp_path):
    shutil.copytree(STORY / "1-before", tmp_path / "delphi")
    path = tmp_path / "delphi" / "study.toml"
    run("protocol", "lock", path)
    return path


def test_what_differs_from_the_lock_is_told_by_file(study):
    assert "The study is as locked." in run("protocol", "show", study).stdout
    for name in ("items.xlsx", "instrument.xlsx"):
        shutil.copy(STORY / "2-after-round-1" / name, study.parent / name)
    told = (
        "The study differs from what is locked (items.xlsx, instrument.xlsx). "
        f'Put that on record: consensus protocol amend {study} --reason "..."'
    )
    assert told in run("protocol", "show", study).stdout
    assert told in run("rounds", "send", study, "--round", 1).stderr
    run("protocol", "amend", study, "--reason", "S09 split")
    assert "differs from what is locked" not in run("rounds", "send", study, "--round", 1).stderr
