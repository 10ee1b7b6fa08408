"""The README keeps its word: twins for Windows, commands that exist, links that lead somewhere."""

import re
import shlex
from pathlib import Path

import click
import pytest

from reports.cli import COMMANDS, main

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```", README, flags=re.DOTALL | re.MULTILINE)


def test_each_command_has_its_twin_for_windows():
    pairs = list(zip(blocks("bash"), blocks("powershell"), strict=True))
    assert len(pairs) == 2
    for unix, windows in pairs:
        steps = [step.strip() for step in unix.split("&&")]
        twins = [re.sub(r"^if \(\$\?\) \{ (.*) \}$", r"\1", step.strip()) for step in windows.split(";")]
        assert twins[0] == "py -3 -m venv .venv"
        assert steps[0] == "python3 -m venv .venv"
        assert [step.replace(".venv/bin/", ".venv\\Scripts\\") for step in steps[1:]] == twins[1:]
        assert README.index(unix) < README.index(windows)


def commands():
    said = re.findall(r"`(consensus(?: [^`]+)?)`", README)
    return sorted({text for text in said if text != "consensus"})


def test_the_readme_shows_each_command():
    assert {text.split()[1] for text in commands()} == set(COMMANDS)


@pytest.mark.parametrize("text", commands())
def test_a_command_of_the_readme_is_understood(text):
    """Parse it as the command line does, options and all, without running it."""
    _, *words = shlex.split(text)
    command: click.Command = main
    context = click.Context(main, **main.context_settings)
    while isinstance(command, click.Group) and words and words[0] in command.list_commands(context):
        command = command.get_command(context, words.pop(0))
        context = click.Context(command, parent=context)
    assert command is not main
    assert command.make_context("consensus", words, parent=context.parent).args == []


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\]\(([^)#]+)\)", README))))
def test_a_link_leads_somewhere(target):
    if target.startswith("https://"):
        assert " " not in target
    else:
        assert (ROOT / target).exists()


def test_the_folders_that_it_names_are_there():
    named = re.findall(r"`((?:questionnaires|consensus|reports|tests)/[\w/]*)`", README)
    assert len(named) >= 3
    assert [name for name in named if not (ROOT / name).is_dir()] == []


def test_samples_of_reports_are_shown_and_pictures_are_small():
    pictures = sorted((ROOT / "docs").rglob("*.png"))
    assert len(pictures) >= 5
    assert [path.name for path in pictures if path.stat().st_size > 300_000] == []
    for path in (ROOT / "docs" / "samples").iterdir():
        assert f"docs/samples/{path.name}" in README
