"""A study file read: its keys checked, its paths found, its words understood."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from questionnaires.problems import ConsensusError
from reports import study_keys
from reports.panel_files import panel_files
from reports.study import CORRECTIONS_FILE, EQUIVOCAL, KEY_FILE, RULE, SEED, Study
from reports.study_courses import course_map
from reports.study_design import margins_of, population_of

NOT_A_STUDY = (
    "Name answers and courses in a study file (consensus new makes one); consensus score judges courses without one."
)


def not_a_study(path: Path) -> ConsensusError:
    """Return the refusal of a file that is neither a study file nor an export."""
    return ConsensusError(
        f"{path}: is not a study file. Expected study.toml, a file of answers, or a name that consensus library lists. "
        f"{NOT_A_STUDY}"
    )


def study_from(path: Path) -> Study:
    """Return the study of a file; ConsensusError with one line for each key that is not understood."""
    if path.suffix.lower() != ".toml":
        raise not_a_study(path)
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        raise ConsensusError(
            f"{path}: is not a study file. Expected a text file in TOML, such as study.toml."
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise ConsensusError(f"{path}: can't be read as TOML: {error}.") from None
    except OSError as error:
        raise ConsensusError(f"{path}: can't be read: {error.strerror}.") from None
    study_keys.check_keys(content, str(path))
    return _study(path, content)


def _study(path: Path, content: dict[str, Any]) -> Study:
    def part(name: str) -> dict[str, Any]:
        value: dict[str, Any] = content.get(name, {})
        return value

    def there(name: str, text: str | None) -> Path | None:
        return None if text is None else _existing(path, name, text)

    first = (content.get("responses") or [{}])[0]
    name = path.resolve().parent.name
    study_keys.check_words(
        [part("study").get("language", "en")],
        study_keys.LANGUAGES,
        study_keys.LANGUAGES,
        study_keys.located(path, "study.language"),
        "a language of reports",
    )
    return Study(
        name=name,
        title=part("study").get("title"),
        language=part("study").get("language", "en"),
        seed=part("study").get("seed", SEED),
        path=path,
        instrument=there("instrument.file", part("instrument").get("file")) or part("instrument").get("library"),
        answers=there("responses.file", first.get("file")),
        dialect=first.get("dialect", "auto"),
        round=first.get("round"),
        columns=tuple(first.get("columns", {}).items()),
        numbers=there("responses.numbers", first.get("numbers")),
        encoding=first.get("encoding"),
        key=_beside(path, KEY_FILE),
        corrections=_beside(path, CORRECTIONS_FILE),
        invited=part("design").get("invited"),
        eligible=tuple(text for text in (part("design").get("eligible"), first.get("eligible")) if text),
        cluster=part("design").get("cluster"),
        stratum=part("design").get("stratum"),
        weight=part("design").get("weight"),
        clusters=part("design").get("clusters"),
        population=population_of(path, part("design").get("population")),
        by=tuple(part("report").get("by", [])),
        lonely=part("design").get("lonely", "refuse"),
        margins=margins_of(path, part("design").get("margins", {})),
        panel=panel_files(path, part("panel"), _existing),
        rule=part("consensus").get("rule", RULE),
        equivocal=study_keys.coding_of(
            part("consensus").get("equivocal", EQUIVOCAL), study_keys.located(path, "consensus.equivocal")
        ),
        relevant=part("consensus").get("relevant"),
        condition=there("condition.folder", part("condition").get("folder")) or part("condition").get("library"),
        courses=there("courses.file", part("courses").get("file")) or part("courses").get("library"),
        course_map=course_map(path, part("courses")),
        definitions=tuple(_definition_source(path, d) for d in part("compare").get("definitions", [])),
        earlier=tuple(_earlier_source(path, name) for name in part("compare").get("studies", [])),
        formats=_formats(path, part("report")),
        small_cells=part("report").get("small_cells", 0),
        waiting=tuple(study_keys.waiting_keys(content)),
    )


def _formats(path: Path, report: dict[str, Any]) -> tuple[str, ...]:
    formats, known = report.get("formats", ["html", "docx", "xlsx"]), study_keys.FORMATS
    study_keys.check_words(formats, known, known, study_keys.located(path, "report.formats"), "a format of reports")
    return tuple(formats)


def _beside(path: Path, name: str) -> Path | None:
    target = path.parent / name
    return target if target.is_file() else None


def _existing(path: Path, key: str, text: str) -> Path:
    target = path.parent / text
    if not target.exists():
        raise ConsensusError(
            f"{study_keys.located(path, key)}: {text} is not there. Paths are relative to the folder of the study file."
        )
    return target


def _earlier_source(path: Path, text: str) -> str | Path:
    target = path.parent / text
    return target if text.endswith(".toml") or target.exists() else text


def _definition_source(path: Path, text: str) -> str | Path:
    target = path.parent / text
    return target if text.endswith((".yaml", ".yml")) or target.is_file() else text
