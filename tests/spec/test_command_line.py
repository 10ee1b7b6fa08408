# ruff: noqa: E501 (messages stand as they are shown)
"""The command line: help that loads nothing heavy, errors as sentences, exit codes, any console."""

import io
import json
import subprocess
import sys
from importlib import import_module

import pytest
from click.testing import CliRunner

from reports.cli import COMMANDS, main

HEAVY = ("pandas", "scipy", "matplotlib", "statsmodels", "seaborn", "numpy", "openpyxl", "rich")


def run(*arguments):
    return CliRunner().invoke(main, list(arguments), prog_name="consensus")


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS), ["library", "copy"]], ids=" ".join)
def test_help_begins_with_an_example_and_loads_nothing_heavy(command, tmp_path):
    code = (
        "import sys\nfrom reports.cli import main\n"
        f"try:\n    main([*{command!r}, '--help'], prog_name='consensus')\n"
        "except SystemExit as end:\n    code = end.code\n"
        f"print('LOADED', [m for m in {HEAVY!r} if m in sys.modules], code)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    lines = [line.strip() for line in done.stdout.splitlines() if line.strip()]
    assert lines[0].startswith("Usage: consensus")
    assert lines[1] == "Example:"
    assert lines[2].startswith("consensus ")
    assert lines[-1] == "LOADED [] 0"


def test_wrong_usage_is_2_and_no_arguments_is_2():
    assert run("reprot").exit_code == 2
    assert run("reprot").stderr.endswith('"reprot" is no command. Did you mean "report"?\n')
    assert '"xyz" is no command. Expected one of: library, new, ' in run("xyz").stderr
    assert run().exit_code == 2
    assert run("report").exit_code == 2


def test_an_internal_error_is_one_line_and_1(monkeypatch):
    import reports.study

    def broken(_):
        raise RuntimeError("boom")

    monkeypatch.setattr(reports.study, "read_study", broken)
    done = run("agree", "cci-2020")
    assert done.exit_code == 1
    assert done.stderr == (
        "Internal error, not a fault of your files: RuntimeError: boom. Please report it; consensus -v COMMAND shows where "
        "it happened.\n"
    )
    assert isinstance(run("-v", "agree", "cci-2020").exception, RuntimeError)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["report", "gone.toml"],
            "gone.toml: there is no such file. Expected a study file, or a name that consensus library lists.",
        ),
        (["agree", "cci-202"], '"cci-202" is neither a file nor a name of the library. Did you mean "cci-2020"?'),
        (["check", "gone.xlsx"], "gone.xlsx: there is no such file."),
    ],
)
def test_what_a_user_can_mend_is_a_sentence_and_3(arguments, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = run(*arguments)
    assert done.exit_code == 3
    assert done.stderr.startswith(said)
    assert done.stdout == ""
    assert list(tmp_path.iterdir()) == []


def test_new_writes_a_study_and_never_touches_a_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run("new", "mine").exit_code == 0
    study = tmp_path / "mine" / "study.toml"
    assert sorted(p.name for p in study.parent.iterdir()) == ["study.key", "study.reference.toml", "study.toml"]
    study.write_text("# mine\n", encoding="utf-8")
    again = run("new", "mine")
    assert again.exit_code == 0
    assert "was left as it is" in again.stderr
    assert study.read_text(encoding="utf-8") == "# mine\n"


def test_a_file_that_is_open_elsewhere_gives_one_line(tmp_path, monkeypatch):
    from pathlib import Path

    from questionnaires.files import write_bytes
    from questionnaires.problems import ConsensusError

    def in_use(self, target):
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "replace", in_use)
    with pytest.raises(ConsensusError, match="If it is open in another program, close it there"):
        write_bytes(tmp_path / "tables.xlsx", b"x")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "synthetic"),
    [(["agree", "cci-2020"], False), (["propose", "korea-2018"], False), (["score", "tace-failure"], True)],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_json_begins_with_what_it_was_made_from(arguments, synthetic):
    content = json.loads(run(*arguments, "--json").stdout)
    assert list(content)[:4] == ["study", "version", "inputs", "seed"]
    assert all(set(one) == {"name", "sha256"} for one in content["inputs"])
    assert content["synthetic"] is synthetic


def test_the_version_is_told():
    assert run("--version").output.startswith("consensus, version ")


def test_stages_are_told_on_a_terminal_alone(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    from reports.commands.console import progress

    for stream, said in ((Terminal(), "Writing report.html\n"), (io.StringIO(), "")):
        monkeypatch.setattr(sys, "stderr", stream)
        progress("Writing report.html")
        assert stream.getvalue() == said


def test_h_is_help_everywhere():
    for arguments in ((), ("score",), ("rounds", "send"), ("definitions", "compare")):
        assert run(*arguments, "-h").stdout == run(*arguments, "--help").stdout != ""
    for name in COMMANDS:  # also where a command is called by itself first
        command = import_module(f"reports.commands.{name}").command
        assert CliRunner().invoke(command, ["-h"]).stdout.startswith("Usage: ")


def test_the_beginning_of_a_name_is_answered_with_the_names_that_begin_so():
    assert run("rules", "explain", "RAND").stderr.endswith('Did you mean "rand-ucla"?\n')
    assert run("definitions", "show", "zhang").stderr.endswith('Did you mean "zhang-2022"?\n')
    assert run("definitions", "show", "jsh").stderr.endswith(
        "Did you mean one of: jsh-2010, jsh-2021, jsh-lcsgj-2014, jsh-unsuitable-2021?\n"
    )
    assert "Did you mean" not in run("rules", "explain", "xx").stderr
