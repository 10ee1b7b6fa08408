"""Scores: each patient judged by each definition as one table, with counts, causes of unknown, who is reclassified."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import Any, Literal, overload

import pandas as pd

from consensus.definitions.condition import Condition, read_condition
from consensus.definitions.definition import Definition
from consensus.definitions.definition_file import read_definition
from consensus.definitions.readings import check_chosen, chosen_text, own_windows
from consensus.scoring.cells import date_series
from consensus.scoring.compiled.whole import score_whole
from consensus.scoring.course import Cause
from consensus.scoring.courses import Courses, courses_of
from consensus.scoring.every_reading import score_every_reading
from consensus.scoring.judge import Judge, Judgement
from consensus.scoring.months import Span
from consensus.scoring.read_frames import as_kind, has_further_sheets, read_frames
from consensus.scoring.reasons import days_from_first, reason
from questionnaires.problems import ConsensusError

COLUMNS = (
    "patient_id",
    "definition",
    "readings",
    "verdict",
    "criterion",
    "session_no",
    "date",
    "points_low",
    "points_high",
)
CLASS = "class"
VERDICTS = ("met", "not_met", "unknown")


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Scores:
    """The score table of some courses.

    `frame` has one row a patient and definition, in the order of the patients, then of the definitions as given;
    criterion, session_no and date are filled for met only, the points for definitions with points only. Where there are
    scores (points and a class, no verdict) there is a column `class` as well. `readings` are those that
    the caller chose. `warnings` say what must be told beside the results. `days` (from the first session to the date of
    met; a Span where a month leaves them open) and `reasons` (the verdict in words) are those of the rows of `frame`.
    """

    frame: pd.DataFrame
    definitions: tuple[Definition, ...]
    courses: Courses
    readings: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()
    blamed: tuple[tuple[str, str, Cause], ...] = field(default=(), repr=False)
    days: tuple[int | Span | None, ...] = field(default=(), repr=False)
    reasons: tuple[str, ...] = field(default=(), repr=False)

    def __repr__(self) -> str:
        names = ", ".join(definition.id for definition in self.definitions)
        return f"Scores({len(self.courses.patients)} patients by {names})"

    def to_frame(self) -> pd.DataFrame:
        """Return the score table with the columns of `COLUMNS`; dates as datetime64, a missing number as NA.

        Where a date is only a month they are dates and texts such as `2022-01`.
        """
        return self.frame.copy()

    def to_dicts(self) -> list[dict[str, object]]:
        """Return the rows of the score table as JSON takes them: ISO dates, numbers, None for nothing."""
        rows = self.frame.astype(object).where(self.frame.notna(), None).to_dict("records")
        return [{str(name): _for_json(value) for name, value in row.items()} for row in rows]

    @property
    def judged(self) -> tuple[Definition, ...]:
        """The definitions that give a verdict."""
        return tuple(definition for definition in self.definitions if not definition.is_score)

    @property
    def scales(self) -> tuple[Definition, ...]:
        """The definitions that give points and a class: scores."""
        return tuple(definition for definition in self.definitions if definition.is_score)

    def classes(self) -> pd.DataFrame:
        """Return one row a score and class: definition, class, patients; an empty class is one that is left open."""
        rows: list[tuple[str, str, int]] = []
        for definition in self.scales:
            mine = self.frame.loc[self.frame["definition"] == definition.id, "class"]
            numbers = Counter("" if pd.isna(name) else str(name) for name in mine)
            names = [one.name for one in getattr(definition.logic, "classes", ())]
            rows += [(definition.id, name, numbers[name]) for name in (*names, "")]
        return pd.DataFrame(rows, columns=["definition", "class", "patients"])

    def counts(self) -> pd.DataFrame:
        """Return one row a definition: definition, readings, met, not_met, unknown."""
        rows = []
        for definition in self.judged:
            mine = self.frame[self.frame["definition"] == definition.id]
            numbers = Counter(mine["verdict"])
            text = chosen_text(definition, self.courses.condition, dict(self.readings))
            rows.append((definition.id, text, *(numbers[verdict] for verdict in VERDICTS)))
        return pd.DataFrame(rows, columns=["definition", "readings", *VERDICTS])

    def causes(self) -> pd.DataFrame:
        """Return what makes verdicts unknown: definition, column, patients, cell, reason; commonest first.

        `patients` are those whose verdict is unknown and rests on that column, also among others; `column` says the
        reason in brackets where it isn't just missing.
        """
        order = {definition.id: at for at, definition in enumerate(self.definitions)}
        numbers = Counter((name, cause) for _, name, cause in self.blamed)
        rows = [(name, str(cause), patients, *cause) for (name, cause), patients in numbers.items()]
        rows.sort(key=lambda row: (order[row[0]], -row[2], row[1]))
        return pd.DataFrame(rows, columns=["definition", "column", "patients", "cell", "reason"])

    def reclassified(self) -> pd.DataFrame:
        """Return how many patients each two definitions judge differently, one row a pair of unequal verdicts."""
        wide = {d.id: self.frame.loc[self.frame["definition"] == d.id, "verdict"].tolist() for d in self.judged}
        rows = []
        for a, b in combinations(wide, 2):
            numbers = Counter(zip(wide[a], wide[b], strict=True))
            rows += [
                (a, b, one, other, numbers[one, other])
                for one in VERDICTS
                for other in VERDICTS
                if one != other and numbers[one, other]
            ]
        columns = ["definition_a", "definition_b", "verdict_a", "verdict_b", "patients"]
        return pd.DataFrame(rows, columns=columns)

    def without_windows(self) -> Scores | None:
        """Return the scores of those definitions that state a window of their own, with it lifted; None if none does.

        A window that the caller chose counts as chosen, not as the definition's own.
        """
        condition, chosen = self.courses.condition, dict(self.readings)
        lifted = {
            definition.id: {name: "any" for name in own_windows(definition, condition) if name not in chosen}
            for definition in self.definitions
        }
        windowed = [definition for definition in self.definitions if lifted[definition.id]]
        if not windowed:
            return None
        names = {name: value for definition in windowed for name, value in lifted[definition.id].items()}
        return score(self.courses, windowed, readings={**chosen_of(windowed, condition, chosen), **names})


@overload
def score(
    courses: Courses,
    definitions: Definition | str | Iterable[Definition | str],
    *,
    readings: Mapping[str, str] | None = None,
) -> Scores: ...


@overload
def score(
    courses: Any,
    definitions: Definition | str | Iterable[Definition | str],
    *,
    readings: Mapping[str, str] | Literal["all"] | None = None,
    condition: Condition | None = None,
) -> Any: ...


def score(
    courses: Any,
    definitions: Definition | str | Iterable[Definition | str],
    *,
    readings: Mapping[str, str] | Literal["all"] | None = None,
    condition: Condition | None = None,
) -> Any:
    """Judge each course by each definition; frames are scored where they are, and a frame of their kind is returned.

    `courses` are read ones, or frames as they are: `Courses(patients, sessions)`, or one frame with a row a session
    that repeats the columns of the patient (pandas, polars, DuckDB, Spark). `condition` is that of a frame alone.
    Frames of pandas or polars may have `assessments` and `lesions` beside them; these are judged patient by patient.
    With `readings="all"` it is a `Multiverse`: the product of the readings that each definition leaves open.
    A definition may be given by its id. `readings` go to those definitions that have them. Raises ConsensusError for a
    reading that none has, a value that it doesn't take, a definition of another condition, or two of one id.
    """
    known = courses.condition if isinstance(courses, Courses) else condition or read_condition()
    listed = _listed(definitions, known)
    if isinstance(courses, Courses) and has_further_sheets(courses):
        kind, read = read_frames(courses)
        found = score(read, listed, readings=readings)
        return found if readings == "all" else as_kind(found.to_frame(), kind)
    if readings == "all":
        return score_every_reading(courses, listed, known)
    chosen = dict(readings or {})
    scans = isinstance(courses, Courses) and courses.read and courses.assessments is not None
    lesions = isinstance(courses, Courses) and courses.read and courses.lesions is not None
    check_chosen(listed, known, chosen, scans=scans, lesions=lesions)
    if not isinstance(courses, Courses):
        return score_whole(None, courses, listed, known, chosen)
    if not courses.read:
        return score_whole(courses.patients, courses.sessions, listed, known, chosen)
    if courses.lesions is not None:
        from consensus.scoring.lesion_scores import over_lesions

        return over_lesions(courses, chosen, lambda one: _judged(one, listed, chosen))
    return _judged(courses, listed, chosen)


def _judged(courses: Courses, listed: tuple[Definition, ...], chosen: dict[str, str]) -> Scores:
    condition = courses.condition
    judges = [Judge(definition=definition, condition=condition, chosen=chosen) for definition in listed]
    texts = [chosen_text(definition, condition, chosen) for definition in listed]
    rows: list[tuple[object, ...]] = []
    blamed: list[tuple[str, str, Cause]] = []
    days: list[int | Span | None] = []
    reasons: list[str] = []
    for course in courses_of(courses):
        for judge, text in zip(judges, texts, strict=True):
            judged = judge.judge(course)
            rows.append(_row(course.patient_id, judge.definition.id, text, judged))
            days.append(days_from_first(course, judged))
            reasons.append(reason(judged, judge.definition, condition))
            blamed += [(course.patient_id, judge.definition.id, cause) for cause in judged.causes]
    return Scores(
        frame=_frame(rows, scores=any(definition.is_score for definition in listed)),
        definitions=listed,
        courses=courses,
        readings=tuple(chosen.items()),
        warnings=tuple(f"{d.id}: {str(d.warning) or 'not enabled by default.'}" for d in listed if not d.enabled),
        blamed=tuple(blamed),
        days=tuple(days),
        reasons=tuple(reasons),
    )


def chosen_of(definitions: Sequence[Definition], condition: Condition, chosen: Mapping[str, str]) -> dict[str, str]:
    """Return those of the chosen readings that one of the definitions has."""
    return {k: v for k, v in chosen.items() if any(chosen_text(d, condition, {k: v}) for d in definitions)}


def _listed(definitions: Definition | str | Iterable[Definition | str], condition: Condition) -> tuple[Definition, ...]:
    given = [definitions] if isinstance(definitions, Definition | str) else list(definitions)
    listed = tuple(read_definition(d, condition) if isinstance(d, str) else d for d in given)
    ids = [definition.id for definition in listed]
    for definition in listed:
        if definition.condition != condition.id:
            raise ConsensusError(
                f"definition {definition.id}: is of the condition {definition.condition}. "
                f"Expected {condition.id}, as the courses are."
            )
        if ids.count(definition.id) > 1:
            raise ConsensusError(
                f"definition {definition.id}: is given {ids.count(definition.id)} times. Expected once."
            )
    return listed


def _row(patient: str, definition: str, readings: str, judged: Judgement) -> tuple[object, ...]:
    points = (None if p is None else float(p) for p in (judged.points_low, judged.points_high))
    met = (judged.verdict, judged.criterion, judged.session_no, judged.date)
    return (patient, definition, readings, *met, *points, judged.class_name)


def _for_json(value: object) -> object:
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _frame(rows: list[tuple[object, ...]], *, scores: bool) -> pd.DataFrame:
    names = (*COLUMNS, CLASS)
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    found = dict(zip(names, (list(column) for column in columns), strict=True))
    classes = {CLASS: pd.Series(found[CLASS], dtype=object)} if scores else {}
    return pd.DataFrame(
        {
            **{name: pd.Series(found[name], dtype=object) for name in COLUMNS[:5]},
            "session_no": pd.Series(found["session_no"], dtype="Int64"),
            "date": date_series(found["date"]),
            "points_low": pd.Series(found["points_low"], dtype="float64"),
            "points_high": pd.Series(found["points_high"], dtype="float64"),
            **classes,
        }
    )
