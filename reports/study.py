"""A study: everything that one run needs, from a study file or from the library, and the run itself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from questionnaires.absent import no_such_file
from questionnaires.problems import ConsensusError, Problems
from reports import study_keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consensus.agreement.agree import Agreement
    from consensus.definitions.condition import Condition
    from consensus.definitions.definition import Definition
    from consensus.proposals.propose import Proposals
    from consensus.provenance import Provenance
    from consensus.rounds.panel_results import PanelResults
    from consensus.scoring.course_map import CourseMap
    from consensus.scoring.courses import Courses
    from consensus.scoring.score import Scores
    from questionnaires.cleaning.cleaned import Cleaned
    from questionnaires.instrument import Instrument
    from questionnaires.published import PublishedCounts
    from questionnaires.responses import Responses
    from reports.earlier import Earlier
    from reports.panel_files import PanelFiles

RULE = "share(agree) >= 75%"
EQUIVOCAL = "half"
SEED = 20261123
STUDY_FILE = "study.toml"
KEY_FILE = "study.key"
CORRECTIONS_FILE = "corrections.csv"


@dataclass(frozen=True, kw_only=True, slots=True)
class Study:
    """What a run is made from. `instrument`, `courses` and `condition` are paths or names of the library.

    `answers` is a path, or None where the library's published counts are used; without an `instrument` one is drafted
    from them. `columns` are pairs of a header and a question, `numbers` a file of question numbers, `eligible`
    expressions that all hold for who is analyzed. `key` and `corrections` are files beside the study file. `waiting`
    lists keys in force that can't be honored yet; running such a study raises.
    """

    name: str
    title: str | None = None
    language: str = "en"
    seed: int = SEED
    path: Path | None = None
    instrument: str | Path | None = None
    answers: Path | None = None
    dialect: str = "auto"
    round: int | None = None
    columns: tuple[tuple[str, str], ...] = ()
    numbers: Path | None = None
    encoding: str | None = None
    key: Path | None = None
    corrections: Path | None = None
    eligible: tuple[str, ...] = ()
    cluster: str | None = None
    stratum: str | None = None
    weight: str | None = None
    clusters: int | None = None
    population: int | tuple[tuple[str, int], ...] | None = None
    margins: tuple[tuple[str, tuple[tuple[str, float], ...]], ...] = ()
    lonely: str = "refuse"
    by: tuple[str, ...] = ()
    invited: int | None = None
    panel: PanelFiles | None = None
    rule: str = RULE
    equivocal: str = EQUIVOCAL
    relevant: float | None = None
    condition: str | Path | None = None
    courses: str | Path | None = None
    course_map: CourseMap | None = None
    definitions: tuple[str | Path, ...] = ()
    earlier: tuple[str | Path, ...] = ()
    formats: tuple[str, ...] = ("html", "docx", "xlsx")
    small_cells: int = 0
    waiting: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Results:
    """What a run gave; a part that the study has no data for is None. `cleaned` tells how `answers` came to be."""

    study: Study
    instrument: Instrument | None
    answers: Responses | PublishedCounts | None
    agreement: Agreement | None
    proposals: Proposals | None
    condition: Condition | None
    courses: Courses | None
    scores: Scores | None
    problems: Problems
    provenance: Provenance
    cleaned: Cleaned | None = None
    earlier: tuple[Earlier, ...] = ()
    panel: PanelResults | None = None


def read_study(source: str | Path) -> Study:
    """Return the study that a study file, a folder with `study.toml`, a name of the library or an export stands for.

    An export, a file of answers alone, is a study whose instrument is drafted from it. Raises ConsensusError where
    there is no such thing, or with one line for each key that is not understood.
    """
    from reports.study_file import study_from
    from reports.study_sources import study_from_export, study_from_library

    path, expected = Path(source), "Expected a study file, or a name that consensus library lists."
    if str(source).strip() and path.is_dir() and (path / STUDY_FILE).is_file():
        path = path / STUDY_FILE
    if path.is_file():
        return study_from(path) if path.suffix.lower() == ".toml" else study_from_export(path)
    if not str(source).strip():
        raise ConsensusError(f"No study was named. {expected}")
    if path.is_dir():
        raise ConsensusError(f"{source}: is a folder without study.toml. {expected}")
    if path.suffix or len(path.parts) > 1:
        raise no_such_file(path, expected)
    return study_from_library(str(source))


def run_study(study: Study, *, scoring: bool = True, proposing: bool = True, by: Sequence[str] = ()) -> Results:
    """Read, tally, propose (with `proposing`), score and compare (with `scoring`); the study's patients for both.

    `by` names questions that people are told apart by. Raises ConsensusError for a key that waits still.
    """
    from consensus.agreement.agree import agree
    from reports.earlier import read_earlier
    from reports.study_design import sampling_of
    from reports.study_panel import run_panel

    refuse_waiting(study, but=study_keys.OF_REPORT)
    refuse_empty(study)
    instrument, answers, cleaned = read_cleaned(study)
    condition = read_condition_of(study, instrument)
    agreement = proposals = None
    if answers is not None:
        agreement = agree(
            answers,
            rule=study.rule,
            equivocal=study.equivocal,  # type: ignore[arg-type]
            sampling=sampling_of(study, answers),
            by=by or study.by,
            seed=study.seed,
            relevant=study.relevant,
        )
    wanted = study.courses is not None and (scoring or (proposing and agreement is not None))
    courses = read_courses_of(study, condition) if wanted else None
    if agreement is not None and proposing:
        from consensus.proposals.propose import propose

        proposals = propose(agreement, condition=condition, courses=courses)
    scores = _score(courses, study, condition, proposals) if courses is not None and scoring else None
    earlier = read_earlier(study, agreement) if scoring else ()
    panel = run_panel(study) if scoring and study.panel is not None else None
    problems = Problems() + getattr(cleaned, "problems", ()) + getattr(courses, "problems", ())
    return Results(
        study=study,
        instrument=instrument,
        answers=answers,
        agreement=agreement,
        proposals=proposals,
        condition=condition,
        courses=courses,
        scores=scores,
        problems=problems,
        provenance=_provenance(study, answers, cleaned and cleaned.corrections, courses, panel, earlier=earlier),
        cleaned=cleaned,
        earlier=earlier,
        panel=panel,
    )


def refuse_waiting(study: Study, *, but: Sequence[str] = ()) -> None:
    """Raise ConsensusError with one line for each key of the study, less those in `but`, that can't be honored yet."""
    name = study.path if study.path is not None else Path(study.name)
    lines = [
        f"{study_keys.located(name, key)}: {key} asks for {wish}, which this version can't do yet. "
        "Take the key out to run without it."
        for key, wish in study.waiting
        if key not in but
    ]
    if lines:
        raise ConsensusError("\n".join(lines))


def refuse_empty(study: Study) -> None:
    """Raise ConsensusError for a study that names nothing to work on."""
    if study.instrument is None and study.courses is None and study.answers is None and study.panel is None:
        raise ConsensusError(
            f"{study.path or study.name}: names neither an instrument nor courses, so there is nothing to tell. "
            'Expected [instrument] with library = "cci-2020" or file = "instrument.xlsx", or [courses] with a file.'
        )


def read_answers(study: Study) -> tuple[Instrument | None, Responses | PublishedCounts | None]:
    """Return the study's instrument and the answers that are analyzed (or published counts); None for what it lacks."""
    instrument, answers, _ = read_cleaned(study)
    return instrument, answers


def read_cleaned(
    study: Study,
) -> tuple[Instrument | None, Responses | PublishedCounts | None, Cleaned | None]:
    """Return the study's instrument, what is analyzed, and how single answers came to be that; None for what it lacks.

    Raises ConsensusError where a file can't be read, or a key names what the files don't have.
    """
    from questionnaires.xlsform import read_instrument

    if study.instrument is None and study.answers is None:
        return None, None, None
    instrument = read_instrument(study.instrument) if study.instrument is not None else None
    if study.answers is not None:
        cleaned = _cleaned(study, instrument)
        return cleaned.read.instrument, cleaned.analyzed, cleaned
    assert instrument is not None
    assert study.instrument is not None
    if isinstance(study.instrument, Path):
        return instrument, None, None
    from questionnaires.published import read_published

    return instrument, read_published(study.instrument, instrument), None


def _cleaned(study: Study, instrument: Instrument | None) -> Cleaned:
    from questionnaires.cleaning.cleaned import clean
    from questionnaires.forms.wenjuanxing import read_question_numbers
    from questionnaires.responses import read_responses

    assert study.answers is not None
    answers = read_responses(
        study.answers,
        instrument,
        dialect=study.dialect,
        round=study.round,
        columns=dict(study.columns),
        numbers=read_question_numbers(study.numbers) if study.numbers is not None else None,
        encoding=study.encoding,
        key=study.key,
    )
    return clean(answers, corrections=study.corrections, eligible=study.eligible, invited=study.invited)


def read_condition_of(study: Study, instrument: Instrument | None) -> Condition | None:
    """Return the condition that the study names, else that of its instrument, else the bundled one for courses."""
    from consensus.definitions.condition import read_condition

    if study.condition is not None:
        return read_condition(study.condition)
    if instrument is not None and instrument.condition is not None:
        return read_condition(instrument.condition)
    return read_condition() if study.courses is not None else None


def definitions_of(study: Study, condition: Condition | None, courses: Courses) -> list[Definition]:
    """Return the definitions that the study compares, else those that the courses' columns allow."""
    from consensus.definitions.definition_file import read_definition
    from consensus.scoring.needs import possible_definitions

    if study.definitions:
        return [read_definition(source, condition) for source in study.definitions]
    return list(possible_definitions(courses))


def read_courses_of(study: Study, condition: Condition | None) -> Courses:
    """Return the courses that the study names, a clinic's own sheet by its map; ConsensusError where it names none."""
    from dataclasses import replace

    from consensus.scoring.courses import read_courses

    if study.courses is None:
        raise ConsensusError(f'{study.path}: names no courses. Add [courses] with file = "courses.xlsx".')
    courses = read_courses(study.courses, condition, mapping=study.course_map)
    return replace(courses, synthetic=True) if "SYNTHETIC" in (study.title or "") else courses


def _score(courses: Courses, study: Study, condition: Condition | None, proposals: Proposals | None) -> Scores:
    from consensus.scoring.score import score

    proposed = [p.definition for p in proposals if p.definition is not None] if proposals is not None else []
    return score(courses, [*proposed, *definitions_of(study, condition, courses)])


def _provenance(study: Study, *parts: Any, earlier: tuple[Earlier, ...] = ()) -> Provenance:
    from consensus.provenance import provenance

    inputs: list[tuple[str, str]] = []
    for part in (part for part in parts if part is not None):
        inputs += getattr(part, "sources", [(getattr(part, "name", ""), getattr(part, "sha256", ""))])
    inputs += [source for one in earlier for source in one.comparison.then.sources]
    return provenance(study.name, inputs, seed=study.seed)
