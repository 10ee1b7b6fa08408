"""A condition is a folder, no code: the columns of its courses, the findings they tell, the definitions over these."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, TypeVar

from consensus.definitions.column import BASELINE, Column
from consensus.definitions.finding import Finding
from consensus.definitions.limited import limited_finding
from consensus.definitions.reading import Reading
from consensus.definitions.rising import rising_finding
from questionnaires.instrument import Labels
from questionnaires.problems import ConsensusError, did_you_mean, one_of

LIBRARY = Path(__file__).parent / "library"
DEFAULT = "tace-failure"
SAMPLE = "sample_courses.xlsx"

Sheet = Literal["patients", "sessions"]
Named = TypeVar("Named", Column, Reading)


@dataclass(frozen=True, kw_only=True, slots=True)
class Condition:
    """What a folder says of a condition.

    `words` are what a session and an assessment are called in it, by their neutral name; `treated` are usual names
    of a column that says whether a visit had a session; `lesions` are the columns of a third sheet, where it has
    one. `patients` and `sessions` are the columns of the two sheets. Raises KeyError for names that it doesn't
    have.
    """

    id: str
    title: Labels
    words: tuple[tuple[str, Labels], ...]
    patients: tuple[Column, ...]
    sessions: tuple[Column, ...]
    findings: tuple[Finding, ...]
    readings: tuple[Reading, ...]
    folder: Path
    standing: str = ""
    treated: tuple[str, ...] = ()
    lesions: tuple[Column, ...] = ()

    def __repr__(self) -> str:
        return f"Condition({self.id!r}, {len(self.findings)} findings)"

    def columns(self, sheet: Sheet) -> tuple[Column, ...]:
        """Return the columns of one sheet."""
        return self.patients if sheet == "patients" else self.sessions

    def column(self, sheet: Sheet, name: str) -> Column:
        """Return a column of a sheet."""
        return _named(self.columns(sheet), name)

    def finding(self, name: str) -> Finding:
        """Return the finding of that name, also of a rise or a limit that a definition asks for itself."""
        known = next((finding for finding in self.findings if finding.name == name), None)
        known = known or rising_finding(name) or limited_finding(name, self.findings, self.readings)
        if known is None:
            raise KeyError(name)
        return known

    def reading(self, name: str) -> Reading:
        """Return the reading of that name."""
        return _named(self.readings, name)

    def word(self, name: str, language: str = "en") -> str:
        """Return what something (`session`, `assessment`) is called in this condition, else the name itself."""
        return dict(self.words)[name].text(language) if name in dict(self.words) else name

    def called(self, column: str, language: str) -> str:
        """Return what a column of either sheet is called in a report, else its name; a baseline by its session's."""
        known = {c.name: dict(c.label.texts).get(language) for c in (*self.patients, *self.sessions)}
        at_baseline = known.get(column.removeprefix(BASELINE)) if column.startswith(BASELINE) else None
        if known.get(column) is None and at_baseline and language == "zh":
            return f"基线{at_baseline}"
        return known.get(column) or column

    def choice(self, column: str, choice: str, language: str) -> str:
        """Return what a choice of a column is called in a report, else its name."""
        for one in (*self.patients, *self.sessions):
            if one.name == column and choice in dict(one.choice_labels):
                return dict(dict(one.choice_labels)[choice].texts).get(language, choice)
        return choice

    @property
    def assessed(self) -> str | None:
        """The sessions' column that holds the date of what judged the session."""
        return next((column.name for column in self.sessions if column.assessed), None)

    @property
    def definition_files(self) -> tuple[Path, ...]:
        """The files of its definitions, by name."""
        return tuple(sorted((self.folder / "definitions").glob("*.yaml")))

    @property
    def sample(self) -> Path | None:
        """Its SYNTHETIC sample courses, where it has some."""
        path = self.folder / SAMPLE
        return path if path.is_file() else None


def _named(items: tuple[Named, ...], name: str) -> Named:
    for item in items:
        if item.name == name:
            return item
    raise KeyError(name)


def conditions() -> tuple[str, ...]:
    """Return the ids of the bundled conditions."""
    return tuple(sorted(folder.parent.name.replace("_", "-") for folder in LIBRARY.glob("*/columns.yaml")))


def read_condition(source: str | Path = DEFAULT) -> Condition:
    """Return a bundled condition by its id, or the one of a folder with columns.yaml and findings.yaml.

    Raises ConsensusError with every fault of the two files at once.
    """
    if str(source) in conditions():
        return _bundled(str(source))
    folder = Path(source)
    if not folder.is_dir():
        got = f'condition "{source}": is neither a folder nor a bundled condition'
        hint = did_you_mean(str(source), conditions())
        raise ConsensusError(f"{got}. Expected {one_of(conditions())}. {hint}".strip())
    from consensus.definitions.condition_file import condition_from

    return condition_from(folder)


@lru_cache
def _bundled(name: str) -> Condition:
    from consensus.definitions.condition_file import condition_from

    return condition_from(LIBRARY / name.replace("-", "_"))
