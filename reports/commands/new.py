"""`consensus new`: the folder of a study, which never touches a file that is there."""

from __future__ import annotations

import secrets
from pathlib import Path

import click

from questionnaires.absent import no_such_file
from questionnaires.problems import ConsensusError
from reports.commands.console import HELP, say, show, speak, spoken

SIMULATED = "tace-failure"


@click.command(
    context_settings=HELP,
    name="new",
    help="""\b
Example:
  consensus new mine
  consensus new mine --courses
  consensus new mine --courses cohort.xlsx
  consensus new mine --from EXPORT.xlsx
  consensus new delphi --panel
  consensus new trial --simulate 200 --instrument tace-failure

Make the folder NAME with study.toml (few keys in force), study.reference.toml (all keys, commented) and study.key, by
which identifiers become pseudonyms: keep it to yourself. A file that is there already is never touched.


--courses   also an empty workbook for patients' courses, with a note in each header cell; with your own cohort's FILE
            a draft of how its sheet is read instead, and what could not be placed
--panel     the three files of a Delphi, each with a row that says EXAMPLE and is refused until your own stand there
--from      the instrument drafted from an export of answers, with the cells to fill marked
--simulate  an instrument and SYNTHETIC answers of N people, to see the report before anybody is asked""",
)
@click.argument("name", type=click.Path(path_type=Path))
@click.option(
    "--courses",
    is_flag=False,
    flag_value="",
    metavar="[FILE]",
    help="Also write the empty workbook courses.xlsx, or draft how your own FILE is read.",
)
@click.option(
    "--from",
    "export",
    type=click.Path(dir_okay=False, path_type=Path),
    help="An export of answers, from which the instrument is drafted.",
)
@click.option(
    "--panel", is_flag=True, help="Also write panel.xlsx, items.xlsx and the form instrument.xlsx of a panel."
)
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
@click.option("--language", help="The language of messages, comments and the study: en or zh.")
def command(
    name: Path,
    courses: str | None,
    export: Path | None,
    panel: bool,
    simulate: int | None,
    instrument: str | None,
    seed: int | None,
    condition: Path | None,
    language: str | None,
) -> None:
    """Make a study's folder."""
    from questionnaires.files import write_text
    from reports.drafts import write_draft
    from reports.study import KEY_FILE, STUDY_FILE
    from reports.study_language import messages_in
    from reports.study_template import FULL, few_keys, in_language

    speak(messages_in(str(name), language))
    if simulate is None and (instrument is not None or seed is not None):
        raise click.UsageError("--instrument and --seed belong to --simulate N.")
    if simulate is not None and export is not None:
        raise click.UsageError("--from has answers of real people, --simulate makes SYNTHETIC ones: one of the two.")
    if panel and (export is not None or simulate is not None):
        raise click.UsageError("--panel makes a Delphi, --from and --simulate surveys of one round: one of them.")
    _check_inputs(name, Path(courses) if courses else None, export)
    written = _simulated(name, simulate, instrument or SIMULATED, seed) if simulate is not None else []
    written += _panel(name) if panel else []
    section = _section(name, Path(courses), condition) if courses else None
    if export is not None:
        written = _drafted(name, export, courses=section or courses is not None)
    elif section is not None:
        text = in_language(_cohort(name, section, simulate, panel), spoken())
        written.append(write_draft(name / STUDY_FILE, text.encode("utf-8")))
    with_courses = section or courses is not None
    few = few_keys(name.resolve().name, courses=with_courses, simulated=simulate is not None, panel=panel)
    for file, text in ((STUDY_FILE, few), ("study.reference.toml", FULL)):
        if (name / file) not in written and not _kept(name / file):
            written.append(write_text(name / file, in_language(text, spoken())))
    if courses == "" and not _kept(name / "courses.xlsx"):
        written.append(_template(name / "courses.xlsx", condition))
    if not (name / KEY_FILE).exists():
        written.append(write_text(name / KEY_FILE, f"{secrets.token_hex(32)}\n"))
    for path in written:
        show(str(path))
    if written:
        say(f"Next: {_next(name / STUDY_FILE, written, export is not None, section is not None, panel, simulate)}")


def _next(study: Path, written: list[Path], exported: bool, mapped: bool, panel: bool, simulate: int | None) -> str:
    """Return what to do with what was written."""
    if exported:
        return f"fill the marked cells of {written[0]} and run consensus report {written[1]}"
    if panel:
        rows = "put your own people, statements and questions in the place of the rows that say EXAMPLE"
        return f"{rows}, and run consensus check {study}"
    if mapped:
        return f"look at every line of {written[0]} and run consensus check {written[0]}"
    if simulate is not None:
        return f"consensus report {study}; all answers are SYNTHETIC"
    return f"fill {study} and run consensus report {study}"


def _panel(folder: Path) -> list[Path]:
    """Write the three files of a panel, those that are not there already."""
    from consensus.rounds.templates import form_template, items_template, panel_template
    from questionnaires.workbooks import write_workbook
    from reports.study_template import INSTRUMENT_FILE, ITEMS_FILE, PANEL_FILE

    made = ((PANEL_FILE, panel_template), (ITEMS_FILE, items_template), (INSTRUMENT_FILE, form_template))
    return [write_workbook(folder / file, build()) for file, build in made if not _kept(folder / file)]


def _check_inputs(name: Path, courses: Path | None, export: Path | None) -> None:
    """Refuse what can't be read or made before anything is told of the rest."""
    from reports.checking import ANSWERS, kind_of

    if name == Path():
        raise ConsensusError("A study needs a name of its own. Expected a name for a new folder, such as mine.")
    if name.exists() and not name.is_dir():
        raise ConsensusError(f"{name}: is a file. Expected a name for a new folder.")
    if courses is not None and not courses.exists():
        raise no_such_file(courses, "Expected a workbook or CSV file of your cohort.")
    if export is not None and kind_of(export, has_instrument=False) != ANSWERS:
        raise ConsensusError(f"{export}: is not an export of answers. Expected one row a respondent.")


def _simulated(folder: Path, people: int, source: str, seed: int | None) -> list[Path]:
    """Write the instrument and the answers, both or none: answers to another instrument would mean nothing."""
    from questionnaires import read_instrument
    from questionnaires.simulation import simulate, write_answers
    from questionnaires.xlsform import write_instrument
    from reports.study import SEED
    from reports.study_template import INSTRUMENT_FILE, SYNTHETIC_ANSWERS

    if any(_kept(folder / file) for file in (INSTRUMENT_FILE, SYNTHETIC_ANSWERS)):
        return []
    instrument = read_instrument(source)
    made = simulate(instrument, people, SEED if seed is None else seed)
    return [
        write_instrument(instrument, folder / INSTRUMENT_FILE),
        write_answers(made, folder / SYNTHETIC_ANSWERS),
    ]


def _drafted(folder: Path, export: Path, *, courses: bool | str) -> list[Path]:
    """Write the instrument and the study that an export alone allows."""
    from questionnaires import read_responses
    from reports.drafts import write_drafts

    drafted = read_responses(export).instrument
    return write_drafts(folder, drafted, export, name=folder.resolve().name, courses=courses, language=spoken())


def _section(folder: Path, file: Path, condition: Path | None) -> str:
    """Return the drafted section [courses] for a cohort's file, having said what was placed and what wasn't."""
    from reports.draft_courses import courses_section

    section, told = courses_section(file, folder, condition)
    for line in told:
        say(line)
    return section


def _cohort(folder: Path, section: str, simulate: int | None, panel: bool) -> str:
    from reports.draft_courses import cohort_study
    from reports.study_template import few_keys

    name = folder.resolve().name
    if simulate is None and not panel:
        return cohort_study(name, section)
    return few_keys(name, courses=section, simulated=simulate is not None, panel=panel)


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
