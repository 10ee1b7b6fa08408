"""`consensus new`: the folder of a study, which never touches a file that is there."""

from __future__ import annotations

from pathlib import Path

import click

from questionnaires.problems import ConsensusError
from reports.commands.console import say, show

SIMULATED = "tace-failure"


@click.command(
    name="new",
    help="""\b
Example:
  consensus new mine
  consensus new mine --courses
  consensus new trial --simulate 200 --instrument tace-failure

Make the folder NAME with study.toml (few keys in force) and study.reference.toml (all keys, commented). With --courses
also an empty workbook for patients' courses, with a note in each header cell. With --simulate the folder also
holds an instrument and SYNTHETIC answers of N people who do not exist, so that the report can be seen before anybody is
asked. A file that is there already is never touched.""",
)
@click.argument("name", type=click.Path(path_type=Path))
@click.option("--courses", is_flag=True, help="Also write the empty workbook courses.xlsx.")
@click.option("--simulate", type=click.IntRange(min=1), metavar="N", help="Fill the study with N SYNTHETIC people.")
@click.option(
    "--instrument", metavar="NAME_OR_FILE", help="What they answer; without it, tace-failure. Only with --simulate."
)
@click.option("--seed", type=int, help="Of the SYNTHETIC answers: the same seed gives the same people.")
@click.option(
    "--condition",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of a condition of your own, whose columns the workbook has.",
)
def command(
    name: Path,
    courses: bool,
    simulate: int | None,
    instrument: str | None,
    seed: int | None,
    condition: Path | None,
) -> None:
    """Make a study's folder."""
    from questionnaires.files import write_text
    from reports.study import STUDY_FILE
    from reports.study_template import FULL, few_keys

    if simulate is None and (instrument is not None or seed is not None):
        raise click.UsageError("--instrument and --seed belong to --simulate N.")

    if name.exists() and not name.is_dir():
        raise ConsensusError(f"{name}: is a file. Expected a name for a new folder.")
    written = _simulated(name, simulate, instrument or SIMULATED, seed) if simulate is not None else []
    few = few_keys(name.resolve().name, courses=courses, simulated=simulate is not None)
    for file, text in ((STUDY_FILE, few), ("study.reference.toml", FULL)):
        if not _kept(name / file):
            written.append(write_text(name / file, text))
    if courses and not _kept(name / "courses.xlsx"):
        written.append(_template(name / "courses.xlsx", condition))
    for path in written:
        show(str(path))
    if written and simulate is not None:
        say(f"All answers are SYNTHETIC. Next: consensus report {name / STUDY_FILE}")
    elif written:
        say(f"Next: fill {name / STUDY_FILE} and run consensus report {name / STUDY_FILE}")


def _simulated(folder: Path, people: int, source: str, seed: int | None) -> list[Path]:
    """Write the instrument and the answers, both or none: answers to another instrument would mean nothing."""
    from questionnaires import read_instrument
    from questionnaires.simulation import simulate, write_answers
    from questionnaires.xlsform import write_instrument
    from reports.study import SEED
    from reports.study_template import SYNTHETIC_ANSWERS, SYNTHETIC_INSTRUMENT

    if any(_kept(folder / file) for file in (SYNTHETIC_INSTRUMENT, SYNTHETIC_ANSWERS)):
        return []
    instrument = read_instrument(source)
    made = simulate(instrument, people, SEED if seed is None else seed)
    return [
        write_instrument(instrument, folder / SYNTHETIC_INSTRUMENT),
        write_answers(made, folder / SYNTHETIC_ANSWERS),
    ]


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
