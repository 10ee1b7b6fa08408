"""The command's list of commands is that of the files, a plain line each; and it starts as quickly as it promises."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from reports.cli import COMMANDS, main

ROOT = Path(__file__).parents[2]


def test_each_command_has_its_file_and_each_file_its_command():
    files = {path.stem for path in (ROOT / "reports" / "commands").glob("*.py")} - {"__init__", "console"}
    assert files == set(COMMANDS)


def test_the_list_says_what_each_command_does():
    shown = CliRunner().invoke(main, ["--help"], prog_name="consensus").output.split("Commands:\n")[1]
    assert [line.split()[0] for line in shown.splitlines() if line.strip()] == list(COMMANDS)
    for name, line in COMMANDS.items():
        assert f"  {name}" in shown
        assert line in shown
        assert line[0].isupper()
        assert line.endswith(".")


@pytest.mark.slow
def test_the_benchmarks_run_and_help_starts_within_its_budget():
    command = [sys.executable, str(ROOT / "benchmarks" / "compare.py"), "--quick", "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found = {(one["work"].split(" ")[0], one["against"]): one["ratio"] for one in json.loads(done.stdout)}
    assert len(found) >= 5
    assert found["consensus", "python -c pass"] <= 10
    assert 0 < found["report", "the same imports and a bare loop over the figures"] < 3
