"""What a file is, told from its content, and everything that is wrong with it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from questionnaires.absent import no_such_file, refuse_lock_file
from questionnaires.problems import ConsensusError, Problem, Problems

if TYPE_CHECKING:
    from consensus.definitions.condition import Condition
    from consensus.scoring.courses import Courses
    from questionnaires.cleaning.cleaned import Cleaned
    from reports.study import Study

ANSWERS, COURSES, INSTRUMENT, STUDY = "answers", "courses", "instrument", "study"


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """What was seen: the kind of file, its counts, sentences about it and all problems."""

    name: str
    saw: str
    lines: tuple[str, ...]
    problems: Problems = field(default_factory=Problems)
    counts: tuple[tuple[str, object], ...] = ()
    inputs: tuple[tuple[str, str], ...] = ()
    synthetic: bool = False
    cleaned: Cleaned | None = None
    cluster: str | None = None
    sources: tuple[Path, ...] = ()

    @property
    def fatal(self) -> Problems:
        """What `--strict` refuses: faults and warnings about the file itself; odd answers are none."""
        from questionnaires.cleaning.flags import flag_problems

        flagged = set(flag_problems(self.cleaned.read, self.cleaned.flags)) if self.cleaned is not None else set()
        waiting = (p for p in self.problems if p.severity == "warning" and p not in flagged)
        return Problems((*self.problems.faults, *waiting))

    @property
    def personal(self) -> dict[str, set[int]]:
        """The columns of answers that are personal, by sheet, counted from 0; they are shown nowhere."""
        if self.cleaned is None:
            return {}
        read = self.cleaned.read
        named = [p.column for q in read.instrument.questions_of("respondent") for p in read.matched.of(q.name)]
        return {read.source.grid.sheet: {column.position for column in (*read.withheld, *named)}}


def check(
    source: str,
    *,
    instrument: str | None = None,
    condition: Path | None = None,
    dialect: str | None = None,
    encoding: str | None = None,
) -> Checked:
    """Return what `source` is and what is wrong with it; ConsensusError where it can't be read at all.

    `dialect` and `encoding` override what is found of answers.
    """
    path = Path(source)
    kind = kind_of(path, has_instrument=instrument is not None or dialect is not None)
    if kind == STUDY:
        return _study(path)
    if kind == INSTRUMENT:
        return _instrument(path)
    if kind == COURSES:
        return _courses(path, condition)
    return _answers(path, instrument, dialect or "auto", encoding)


def kind_of(path: Path, *, has_instrument: bool) -> str:
    """Return which kind of file this is: by its ending for a study, by its sheets or columns for the others."""
    from questionnaires.reading.guard import inspect
    from questionnaires.redcap import is_dictionary
    from questionnaires.xlsform import refuse_known_formats

    if not path.exists():
        raise no_such_file(path)
    refuse_lock_file(path)
    if path.is_dir():
        return STUDY if (path / "study.toml").is_file() else COURSES
    if path.suffix.lower() == ".toml":
        return STUDY
    if has_instrument:
        return ANSWERS
    refuse_known_formats(path)
    if path.suffix.lower() == ".csv" and is_dictionary(path):
        return INSTRUMENT
    inspect(path)  # no parser opens what the guard refuses
    sheets = {name.strip().casefold() for name in _sheets(path)}
    if {"survey", "choices"} <= sheets or "survey" in sheets:
        return INSTRUMENT
    return COURSES if {"patients", "sessions"} & sheets else ANSWERS


def _sheets(path: Path) -> list[str]:
    from python_calamine import CalamineError, CalamineWorkbook

    if path.suffix.lower() not in (".xlsx", ".xls", ".xlsm", ".xlsb", ".ods"):
        return []
    try:
        return CalamineWorkbook.from_path(path).sheet_names
    except (CalamineError, OSError) as error:
        raise ConsensusError(
            f"{path.name}: can't be read as a workbook ({error}). Expected an .xlsx file as a spreadsheet program "
            "saves it; open it there and save it again."
        ) from None


def _study(path: Path) -> Checked:
    from reports import telling_answers
    from reports.study import read_cleaned, read_condition_of, read_courses_of, read_study, refuse_empty
    from reports.study_names import refuse_unknown_names

    study = read_study(path)
    refuse_empty(study)
    instrument, answers, cleaned = read_cleaned(study)
    refuse_unknown_names(study, read_condition_of(study, instrument), answers)
    lines, counts, parts = ["Saw a study."], list[tuple[str, object]](), list[Any]()
    if instrument is not None:
        lines.append(_of_instrument(len(instrument.questions), len(instrument.criteria), instrument.languages))
        counts.append(("questions", len(instrument.questions)))
    if cleaned is not None:
        lines += telling_answers.sentences(cleaned, cluster=study.cluster)
        counts = telling_answers.counts(cleaned, cluster=study.cluster)
    if answers is not None:
        parts.append(answers)
    if study.panel is not None:
        from reports.study_panel import panel_lines

        lines += panel_lines(study)
    if study.courses is not None:
        courses = read_courses_of(study, read_condition_of(study, instrument))
        parts.append(courses)
        lines += _of_courses(courses)
        counts += _counts_of_courses(courses)
    return Checked(
        name=study.name,
        saw=STUDY,
        lines=tuple(lines),
        problems=_problems(study, *(cleaned if part is answers and cleaned is not None else part for part in parts)),
        counts=tuple(counts),
        inputs=tuple((part.name, part.sha256) for part in parts),
        synthetic=any(part.synthetic for part in parts),
        cleaned=cleaned,
        cluster=study.cluster,
        sources=tuple(
            source
            for source in (study.answers, study.instrument, study.courses, study.corrections)
            if isinstance(source, Path) and source.is_file()
        ),
    )


def _problems(study: Study, *parts: Any) -> Problems:
    return Problems(tuple(p for found in (_waiting(study), *(part.problems for part in parts)) for p in found))


def _waiting(study: Study) -> list[Problem]:
    return [
        Problem(where=key, got=f"asks for {wish}, which this version can't do yet", severity="warning")
        for key, wish in study.waiting
    ]


def _instrument(path: Path) -> Checked:
    from questionnaires.xlsform import read_instrument

    instrument = read_instrument(path)
    return Checked(
        name=path.name,
        saw=INSTRUMENT,
        lines=(
            "Saw an instrument: "
            + _of_instrument(len(instrument.questions), len(instrument.criteria), instrument.languages),
        ),
        problems=instrument.problems,
        counts=(("questions", len(instrument.questions)), ("criteria", len(instrument.criteria))),
        inputs=((path.name, hashlib.sha256(path.read_bytes()).hexdigest()),),
        sources=(path,),
    )


def _answers(path: Path, instrument: str | None, dialect: str, encoding: str | None) -> Checked:
    from questionnaires.cleaning.cleaned import clean
    from questionnaires.responses import read_responses
    from reports import telling_answers

    cleaned = clean(read_responses(path, instrument, dialect=dialect, encoding=encoding))
    answers = cleaned.read
    asked = len(answers.instrument.questions)
    mark = "SYNTHETIC answers" if answers.synthetic else "answers"
    drafted = "" if instrument is not None else " The instrument was drafted from the file itself."
    if drafted and answers.dialect == "plain":  # it may be no survey at all: a clinic's sheet looks the same
        drafted += f" If its rows are patients: consensus new mine --courses {path}."
    counted = f"{telling_answers.people(len(answers.values))}, {asked} {'question' if asked == 1 else 'questions'}"
    saw = f"Saw {mark}: {counted}, read as {answers.dialect}: {answers.reason}.{drafted}"
    return Checked(
        name=answers.name,
        saw=ANSWERS,
        lines=(saw, *telling_answers.sentences(cleaned)[1:]),
        problems=cleaned.problems,
        counts=tuple(telling_answers.counts(cleaned)),
        inputs=((answers.name, answers.sha256),),
        synthetic=answers.synthetic,
        cleaned=cleaned,
        sources=(path,),
    )


def _courses(path: Path, folder: Path | None) -> Checked:
    from consensus.definitions.condition import read_condition
    from consensus.scoring.courses import read_courses

    condition: Condition = read_condition(folder) if folder is not None else read_condition()
    courses = read_courses(path, condition)
    first, *more = _of_courses(courses)
    return Checked(
        name=courses.name,
        saw=COURSES,
        lines=("Saw " + first, *more),
        problems=courses.problems,
        counts=tuple(_counts_of_courses(courses)),
        inputs=((courses.name, courses.sha256),),
        synthetic=courses.synthetic,
        sources=(path,) if path.is_file() else (),
    )


def _of_instrument(questions: int, criteria: int, languages: tuple[str, ...]) -> str:
    return f"{questions} questions, {criteria} criteria, languages {', '.join(languages) or 'not named'}."


def _of_courses(courses: Courses) -> list[str]:
    from reports.telling_courses import sentences

    return sentences(courses)


def _counts_of_courses(courses: Courses) -> list[tuple[str, object]]:
    counted = [("patients", len(courses.patients)), ("sessions", len(courses.sessions))]
    if courses.assessments is not None:
        counted.append(("assessments", len(courses.assessments)))
    return [*counted]
