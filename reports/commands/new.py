"""`consensus new`: the folder of a study, which never touches a file that is there."""

from __future__ import annotations

from pathlib import Path

import click

from questionnaires.problems import ConsensusError
from reports.commands.console import say, show


@click.command(
    name="new",
    help="""\b
Example:
  consensus new mine
  consensus new mine --courses

Make the folder NAME with study.toml (few keys in force) and study.reference.toml (all keys, commented). With --courses
also an empty workbook for patients' courses, with a note in each header cell. A file that is there already is never
touched.""",
)
@click.argument("name", type=click.Path(path_type=Path))
@click.option("--courses", is_flag=True, help="Also write the empty workbook courses.xlsx.")
@click.option(
    "--condition",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of a condition of your own, whose columns the workbook has.",
)
def command(name: Path, courses: bool, condition: Path | None) -> None:
    """Make a study's folder."""
    from questionnaires.files import write_text
    from reports.study import STUDY_FILE
    from reports.study_template import FULL, few_keys

    if name.exists() and not name.is_dir():
        raise ConsensusError(f"{name}: is a file. Expected a name for a new folder.")
    written = []
    for file, text in ((STUDY_FILE, few_keys(name.resolve().name, courses=courses)), ("study.reference.toml", FULL)):
        if not _kept(name / file):
            written.append(write_text(name / file, text))
    if courses and not _kept(name / "courses.xlsx"):
        written.append(_template(name / "courses.xlsx", condition))
    for path in written:
        show(str(path))
    if written:
        say(f"Next: fill {name / STUDY_FILE} and run consensus report {name / STUDY_FILE}")


def _kept(path: Path) -> bool:
    if path.exists():
        say(f"{path}: is there already and was left as it is.")
    return path.exists()


def _template(path: Path, condition: Path | None) -> Path:
    from consensus.definitions.condition import read_condition
    from consensus.scoring.courses import write_template

    path.parent.mkdir(parents=True, exist_ok=True)
    write_template(path, read_condition(condition) if condition is not None else read_condition())
    return path
