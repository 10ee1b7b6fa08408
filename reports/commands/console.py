"""What the commands share: tables for a terminal, JSON for machines, messages on stderr, a sign of life."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from questionnaires.problems import ConsensusError
from reports.text_width import width

if TYPE_CHECKING:
    from consensus.provenance import Provenance
    from questionnaires.problems import Problem, Problems

GAP = "  "
HELP = {"help_option_names": ["-h", "--help"]}  # of each command, for it remembers those of its first call


def speak(language: str) -> None:
    """Let the messages of this command be in a language, those of the lower layers too."""
    _settings()["language"] = language


def spoken() -> str:
    """Return the language that the command speaks."""
    return str(_settings().get("language", "en"))


def words() -> Any:
    """Return the sentences of tables on a terminal in the language that the command speaks."""
    return import_module(f"reports.wording.{spoken()}.terminal")


def reason(text: str | None) -> str:
    """Return why a number can't be had, or a coded word, in the language that the command speaks."""
    known = str(words().word(text or ""))
    return told(known) if known == text else known


def told(text: str) -> str:
    """Return a message in the language that the command speaks."""
    language = spoken()
    if language == "en":
        return text
    from reports.wording.messages import said_message

    return said_message(text, language)


def told_problem(problem: Problem) -> str:
    """Return a problem in the language that the command speaks."""
    language = spoken()
    if language == "en":
        return str(problem)
    from reports.wording.messages import said_problem

    return said_problem(problem.where, problem.got, problem.expected, problem.hint, language)


def say(text: str = "") -> None:
    """Write a message to stderr, unless `--quiet` was given."""
    if not _settings().get("quiet"):
        click.echo(told(text), err=True)


def show(text: str = "") -> None:
    """Write a result to stdout."""
    click.echo(text)


def show_json(content: Mapping[str, Any]) -> None:
    """Write JSON to stdout, in ASCII: it survives any console and any redirection."""
    click.echo(json.dumps(content, indent=2, ensure_ascii=True, allow_nan=False))


def envelope(provenance: Provenance, *, synthetic: bool) -> dict[str, Any]:
    """Return what every JSON answer begins with: study, version, inputs, seed, and whether anything is made up."""
    return provenance.to_dict() | {"synthetic": synthetic}


def show_table(headers: Sequence[str], rows: Iterable[Sequence[object]], *, right: Sequence[int] = ()) -> None:
    """Write a table to stdout, headed in the language of the command; `right` are the columns of numbers."""
    lines = [
        [words().word(header) for header in headers],
        *([("" if cell is None else str(cell)) for cell in row] for row in rows),
    ]
    widths = [max(width(line[at]) for line in lines) for at in range(len(headers))]
    for number, line in enumerate(lines):
        show(GAP.join(_padded(cell, widths[at], at in right) for at, cell in enumerate(line)).rstrip())
        if number == 0:
            show(GAP.join("-" * wide for wide in widths))


def show_problems(problems: Problems, *, strict: bool, remarks: int | None = None) -> None:
    """Write each problem on stderr; with `strict` any fault is fatal. `remarks` is how many that are no faults to show.

    Raises ConsensusError (exit code 3) under `strict` if there is a fault.
    """
    others = [problem for problem in problems if problem.severity != "fault"]
    hidden = set(map(id, others[remarks:])) if remarks is not None else set()
    for problem in problems:
        if id(problem) not in hidden:
            click.echo(told_problem(problem), err=True)
    if hidden:
        click.echo(told(f"And {len(hidden)} more remarks, which consensus check lists."), err=True)
    if strict and len(problems.faults):
        raise ConsensusError(f"{faults_line(problems)} --strict: nothing was done with this file.")


def faults_line(problems: Problems) -> str:
    """Return the last line of a command that read files: how many faults there are."""
    faults = len(problems.faults)
    others = len(problems) - faults
    text = "No faults" if not faults else "1 fault" if faults == 1 else f"{faults} faults"
    if others:
        text += ", 1 remark" if others == 1 else f", {others} remarks"
    return text + "."


def progress(text: str) -> None:
    """Write a line on a terminal that tells which stage begins; elsewhere nothing, so that messages stay alone."""
    if sys.stderr.isatty():
        say(text)


@contextlib.contextmanager
def working(text: str) -> Iterator[None]:
    """Show on a terminal that something takes a while; elsewhere nothing."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(told(text)):
        yield


@contextlib.contextmanager
def steps(text: str, total: int) -> Iterator[Callable[[], None]]:
    """Show a bar on a terminal and yield what moves it one step on; elsewhere it does nothing."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task(text, total=total)
        yield lambda: bar.advance(task)


def _settings() -> dict[str, object]:
    """Return what holds for the whole command: `quiet` and the `language` of its messages."""
    context = click.get_current_context(silent=True)
    root = context.find_root() if context is not None else None
    if root is None:
        return {}
    root.obj = root.obj if root.obj is not None else {}
    settings: dict[str, object] = root.obj
    return settings


def _padded(text: str, wide: int, right: bool) -> str:
    blanks = " " * (wide - width(text))
    return blanks + text if right else text + blanks
