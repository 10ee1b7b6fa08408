"""`consensus definitions`: what definitions say, whether a file of one holds, and how two of them differ."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from questionnaires.problems import ConsensusError
from reports.commands.console import (
    HELP,
    faults_line,
    say,
    show,
    show_json,
    show_problems,
    show_table,
    speak,
    working,
)

if TYPE_CHECKING:
    from consensus.definitions.condition import Condition
    from consensus.definitions.definition import Definition

condition_option = click.option(
    "--condition",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of a condition of your own.",
)
language_option = click.option(
    "--language",
    type=click.Choice(["en", "zh"]),
    default="en",
    show_default=True,
    help="The language of the sentences.",
)


@click.group(
    context_settings=HELP,
    name="definitions",
    help="""\b
Example:
  consensus definitions list
  consensus definitions show jsh-lcsgj-2014 --language zh
  consensus definitions check mine.yaml
  consensus definitions compare jsh-lcsgj-2014 zhang-2022

Show definitions as sentences, check a file of your own, tell two definitions apart without any data.""",
)
def command() -> None:
    """Show, check and compare definitions."""


@command.command(
    name="list",
    help="""\b
Example:
  consensus definitions list

List the definitions of a condition: which are on by default, and how far their text was checked.""",
)
@condition_option
@language_option
def list_(folder: Path | None, language: str) -> None:
    """List the definitions of a condition."""
    from consensus.definitions.definition_file import read_definitions

    condition = _condition(folder)
    show(f"Definitions of {condition.id} ({condition.title.text(language)})")
    rows = [
        (d.id, d.kind, "on" if d.enabled else "off", d.source.standing, d.title.text(language))
        for d in read_definitions(condition)
    ]
    show_table(("id", "kind", "by default", "standing", "title"), rows)


@command.command(
    name="show",
    help="""\b
Example:
  consensus definitions show jsh-lcsgj-2014
  consensus definitions show mine.yaml --language zh
  consensus definitions show zhang-2022 --out mine.xlsx

Show DEFINITION (an id or a file) as sentences: its criteria in its own words, what each looks for, how its ambiguous
parts are understood.""",
)
@click.argument("definition")
@condition_option
@language_option
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write it: .yaml, or .xlsx with one row a criterion, to be edited and checked.",
)
def show_(definition: str, folder: Path | None, language: str, out: Path | None) -> None:
    """Show a definition as sentences."""
    from reports.telling_definitions import read_with_condition, sentences_of

    if out is not None and out.suffix.lower() not in (".yaml", ".xlsx"):
        raise ConsensusError(f"{out}: a definition is written as .yaml or .xlsx. Expected {out.stem}.xlsx.")
    if out is not None and out.exists():
        raise ConsensusError(f"{out}: is there already. Expected a new name.")
    found, condition = read_with_condition(definition, folder)
    for line in sentences_of(found, condition, language):
        show(line)
    if out is not None:
        from consensus.definitions.definition_file import write_definition

        write_definition(found, out)
        say(f"Wrote {out}")


@command.command(
    name="check",
    help="""\b
Example:
  consensus definitions check mine.yaml
  consensus definitions check two-courses.yaml --condition my-condition

Check FILE, a definition as YAML or as one sheet of a workbook: every fault with its line, the examples inside it
judged, and what can never matter in it.""",
)
@click.argument("file")
@condition_option
@language_option
@click.option("--json", "as_json", is_flag=True, help="Write JSON for machines to stdout.")
def check(file: str, folder: Path | None, language: str, as_json: bool) -> None:
    """Check a definition."""
    from consensus.definitions.lint import lint
    from consensus.scoring.examples import run_examples
    from reports.telling_definitions import examples_line, read_with_condition, sentences_of

    found, condition = read_with_condition(file, folder)
    problems = run_examples(found, condition) + lint(found)
    if as_json:
        show_json({"definition": found.id, "problems": [problem.to_dict() for problem in problems]})
    else:
        for line in sentences_of(found, condition, language):
            show(line)
        show()
        show(examples_line(found, problems))
        show_problems(problems, strict=False)
        say(faults_line(problems))
    if len(problems.faults):
        raise ConsensusError(f"{found.id}: does not say of its own examples what is written there.")


@command.command(
    name="compare",
    help="""\b
Example:
  consensus definitions compare jsh-lcsgj-2014 zhang-2022
  consensus definitions compare jsh-lcsgj-2014 mine.yaml --reading imaging_window=any
  consensus definitions compare hap mhap-ii

Compare two definitions without data: their criteria side by side, whether one implies the other, and the shortest
course on which they differ. Of two scores it says which classes go together.""",
)
@click.argument("a")
@click.argument("b")
@condition_option
@language_option
@click.option(
    "--sessions", type=click.IntRange(min=1), help="The longest course to be tried; without it, courses of any length."
)
@click.option(
    "--reading", "readings", multiple=True, metavar="NAME=VALUE", help="How to understand an ambiguous wording."
)
@click.option("--json", "as_json", is_flag=True, help="Write JSON for machines to stdout.")
def compare(
    a: str, b: str, folder: Path | None, language: str, sessions: int | None, readings: tuple[str, ...], as_json: bool
) -> None:
    """Compare two definitions."""
    from consensus.definitions.readings import check_chosen
    from consensus.scoring.compare import separate
    from reports.commands.score import readings_of
    from reports.telling_comparison import comparison, comparison_json
    from reports.telling_definitions import matrix_table, read_with_condition

    speak(language)
    first, condition = read_with_condition(a, folder)
    second, _ = read_with_condition(b, condition.folder)
    chosen = readings_of(readings)
    check_chosen([first, second], condition, chosen)
    if first.is_score and second.is_score:
        _compare_classes(first, second, condition, language, chosen, as_json=as_json)
        return
    with working("Trying courses"):
        both = [
            separate(x, y, condition, sessions=sessions, readings=chosen) for x, y in ((first, second), (second, first))
        ]
    if as_json:
        show_json(comparison_json(both, condition))
        return
    show_table(*matrix_table((first, second), condition, language))
    for line in comparison(both, (first, second), condition, language, chosen):
        show(line)


def _compare_classes(
    first: Definition, second: Definition, condition: Condition, language: str, chosen: dict[str, str], *, as_json: bool
) -> None:
    """Show what the class by one score says of the class by the other."""
    from consensus.scoring.comparing.classes import classes_of
    from reports.telling_classes import classes_json, classes_line, classes_table

    with working("Trying patients"):
        found = classes_of(first, second, condition, chosen)
    if as_json:
        show_json(classes_json(found))
        return
    for one in (first, second):
        show_table(*classes_table(found, one, language))
        show()
    show(classes_line(found, language))


def _condition(folder: Path | None) -> Condition:
    from consensus.definitions.condition import read_condition

    return read_condition(folder) if folder is not None else read_condition()
