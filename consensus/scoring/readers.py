"""Several readers of the same scans: the verdict by each, that of the majority, and whom another reader would flip."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from consensus.definitions.column import PATIENT_ID, SESSION_DATE
from consensus.definitions.definition import Definition
from consensus.scoring.cells import dated
from consensus.scoring.course import follows
from consensus.scoring.course_map import DATE, READER
from consensus.scoring.courses import Courses
from consensus.scoring.months import narrowed
from consensus.scoring.score import Scores, score
from consensus.scoring.views import Viewer
from questionnaires.problems import ConsensusError

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
    """Return the readers whom the assessments name, in the order of their names."""
    if courses.assessments is None or READER not in courses.assessments:
        return ()
    return tuple(sorted({str(name) for name in courses.assessments[READER].dropna()}))


def score_by_reader(
    courses: Courses,
    definitions: Definition | str | Iterable[Definition | str],
    *,
    readings: Mapping[str, str] | None = None,
) -> ReaderScores:
    """Judge each course by each definition as each reader saw it.

    Of a session that a reader has read only this reading counts, else what stands in the session itself; a scan without
    a reader counts for all. Raises ConsensusError where fewer than two readers are named.
    """
    readers = readers_of(courses)
    if len(readers) < 2:
        raise ConsensusError(
            f"{courses.name}: names {len(readers)} readers. Expected two or more in the column {READER} of assessments."
        )
    listed = list(definitions) if not isinstance(definitions, Definition | str) else [definitions]
    return ReaderScores(
        readers=readers,
        scores=tuple(score(_seen_by(courses, reader), listed, readings=readings) for reader in readers),
    )


def _seen_by(courses: Courses, reader: str) -> Courses:
    """Return the courses as one reader saw them: where he read a session, its own response is left out."""
    scans = courses.assessments
    mine = scans[scans[READER].isna() | (scans[READER] == reader)]
    read = mine[mine[READER] == reader]
    sessions = courses.sessions.copy()
    columns = [c for c in _responses(courses) if c in sessions]
    for patient, rows in read.groupby(PATIENT_ID):
        own = sessions.loc[sessions[PATIENT_ID] == patient, SESSION_DATE]
        days = [(index, day) for index, value in own.items() if (day := dated(value)) is not None]
        known = narrowed([day for _, day in days])
        for seen in map(dated, rows[DATE]):
            at = follows(seen, known) if seen is not None else None
            if at is not None:
                sessions.loc[days[at][0], columns] = None
    return replace(courses, sessions=sessions, assessments=mine.reset_index(drop=True), places=None)


def _responses(courses: Courses) -> tuple[str, ...]:
    assessed = courses.condition.assessed
    return (*Viewer(condition=courses.condition).responses, *((assessed,) if assessed is not None else ()))


def _majority(verdicts: Sequence[str]) -> tuple[str, int]:
    """Return the verdict that most give with their number; of a tie unknown."""
    (first, number), *others = Counter(verdicts).most_common()
    return (TIED if others and others[0][1] == number else first), number
