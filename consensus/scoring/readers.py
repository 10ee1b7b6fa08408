"""Several readers of the same scans: the verdict by each, that of the majority, and whom another reader would flip."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from consensus.definitions.column import PATIENT_ID, SESSION_DATE
from consensus.definitions.definition import Definition
from consensus.scoring.cells import dated, whole_days
from consensus.scoring.course import follows
from consensus.scoring.course_map import DATE, READER
from consensus.scoring.courses import Courses
from consensus.scoring.lesion_courses import with_lesions
from consensus.scoring.lesions import TOLD_BY_LESIONS
from consensus.scoring.months import narrowed
from consensus.scoring.score import Scores, score
from consensus.scoring.views import Viewer
from questionnaires.problems import ConsensusError, Problems

TIED = "unknown"


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class ReaderScores:
    """Scores by each reader; `scores` has one entry a reader, in the order of `readers`."""

    readers: tuple[str, ...]
    scores: tuple[Scores, ...]

    def __repr__(self) -> str:
        return f"ReaderScores({len(self.readers)} readers)"

    def to_frame(self) -> pd.DataFrame:
        """Return one row a patient and definition.

        `majority` is the verdict that most readers give (of a tie unknown), `agreeing` how many give it, `flips`
        whether some reader gives another one; then each reader's verdict under `reader NAME`.
        """
        frames = [one.to_frame() for one in self.scores]
        found = frames[0][["patient_id", "definition"]].copy()
        verdicts = list(zip(*(frame["verdict"].tolist() for frame in frames), strict=True))
        majorities = [_majority(given) for given in verdicts]
        found["majority"] = [verdict for verdict, _ in majorities]
        found["agreeing"] = [agreeing for _, agreeing in majorities]
        found["flips"] = [len(set(given)) > 1 for given in verdicts]
        for name, frame in zip(self.readers, frames, strict=True):
            found[f"reader {name}"] = frame["verdict"].tolist()
        return found

    def summary(self) -> pd.DataFrame:
        """Return one row a definition: patients, `flipped` (another reader gives another verdict), and their share."""
        frame = self.to_frame()
        rows = []
        for definition in self.scores[0].definitions:
            mine = frame[frame["definition"] == definition.id]
            flipped, patients = int(mine["flips"].sum()), len(mine)
            rows.append((definition.id, patients, flipped, flipped / patients if patients else None))
        return pd.DataFrame(rows, columns=["definition", "patients", "flipped", "share"])


def readers_of(courses: Courses) -> tuple[str, ...]:
    """Return the readers whom the assessments and the lesions name, in the order of their names."""
    sheets = (sheet for sheet in (courses.assessments, courses.lesions) if sheet is not None and READER in sheet)
    return tuple(sorted({str(name) for sheet in sheets for name in sheet[READER].dropna()}))


def score_by_reader(
    courses: Courses,
    definitions: Definition | str | Iterable[Definition | str],
    *,
    readings: Mapping[str, str] | None = None,
) -> ReaderScores:
    """Judge each course by each definition as each reader saw it.

    Of a session that a reader has read only this reading counts, else what stands in the session itself; a scan, or a
    lesion, without a reader counts for all. What lesions tell is told by those that the reader measured. Raises
    ConsensusError where fewer than two readers are named.
    """
    readers = readers_of(courses)
    if len(readers) < 2:
        raise ConsensusError(
            f"{courses.name}: names {len(readers)} readers. Expected two or more in the column {READER} of "
            "assessments or lesions."
        )
    listed = list(definitions) if not isinstance(definitions, Definition | str) else [definitions]
    return ReaderScores(
        readers=readers,
        scores=tuple(score(_seen_by(courses, reader), listed, readings=readings) for reader in readers),
    )


def _seen_by(courses: Courses, reader: str) -> Courses:
    """Return the courses as one reader saw them: where he read a session, its own response is left out."""
    courses = courses if courses.unfilled is None else courses.unfilled
    sessions, scans, lesions = courses.sessions.copy(), courses.assessments, courses.lesions
    if scans is not None and READER in scans:
        scans = scans[scans[READER].isna() | (scans[READER].astype(str) == reader)].reset_index(drop=True)
        columns = [c for c in _responses(courses) if c in sessions]
        for patient, rows in scans[scans[READER].notna()].groupby(PATIENT_ID):
            own = sessions.loc[sessions[PATIENT_ID] == patient, SESSION_DATE]
            days = [(index, day) for index, value in own.items() if (day := dated(value)) is not None]
            known = narrowed([day for _, day in days])
            for seen in map(dated, rows[DATE]):
                at = follows(seen, known) if seen is not None else None
                if at is not None:
                    sessions.loc[days[at][0], columns] = None
    if lesions is not None and READER in lesions:
        lesions = lesions[lesions[READER].isna() | (lesions[READER].astype(str) == reader)].reset_index(drop=True)
        sessions, scans = _without_coded(sessions, scans, lesions[lesions[READER].notna()], courses)
    seen_ = replace(courses, sessions=sessions, assessments=scans, lesions=lesions, places=None, problems=Problems())
    return with_lesions(seen_)


def _without_coded(sessions: Any, scans: Any, measured: Any, courses: Courses) -> tuple[Any, Any]:
    """Return sessions and scans without what was coded of those whose lesions a reader measured."""
    days = set(zip(measured[PATIENT_ID], whole_days(measured[DATE]), strict=True))
    found = []
    for frame, column in ((sessions, courses.condition.assessed or DATE), (scans, DATE)):
        if frame is not None and column in frame:
            frame = frame.copy()
            pairs = zip(frame[PATIENT_ID], whole_days(frame[column]), strict=True)
            own = [name for name in TOLD_BY_LESIONS if name in frame]
            frame.loc[[pair in days for pair in pairs], own] = None
        found.append(frame)
    return found[0], found[1]


def _responses(courses: Courses) -> tuple[str, ...]:
    assessed = courses.condition.assessed
    return (*Viewer(condition=courses.condition).responses, *((assessed,) if assessed is not None else ()))


def _majority(verdicts: Sequence[str]) -> tuple[str, int]:
    """Return the verdict that most give with their number; of a tie unknown."""
    (first, number), *others = Counter(verdicts).most_common()
    return (TIED if others and others[0][1] == number else first), number
