"""Two definitions without data: does one imply the other, and which is the shortest course on which they differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from consensus.definitions.condition import Condition
from consensus.definitions.definition import Definition
from consensus.scoring.comparing.built import courses, told_columns
from consensus.scoring.comparing.sides import same_columns
from consensus.scoring.comparing.walk import Path, Walk
from consensus.scoring.course import Course
from consensus.scoring.judge import Judge, Judgement
from questionnaires.problems import ConsensusError

Unsettled = Literal["", "longer", "pauses", "unbuilt"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Separation:
    """The shortest course of which `met_by` says met and `not_met_by` not met; None where none was found.

    `judged` is what the first says of it; `told` are the columns of sessions that are not as usual in it, `told_before`
    those of the patient. `tried` is the number of beginnings of courses that were followed. `unsettled` is empty where
    the answer holds for courses of any length; else why there may be a course (or a shorter one) though none was found:
    courses `longer` than `sessions`, `pauses` that were not tried, or courses for which all that is needed is known but
    no cells that do it (`unbuilt`).
    """

    met_by: str
    not_met_by: str
    course: Course | None
    judged: Judgement | None
    tried: int
    sessions: int
    told: tuple[str, ...] = ()
    told_before: tuple[str, ...] = ()
    unsettled: Unsettled = ""

    @property
    def implies(self) -> bool:
        """Whether there is no course of any length that the first calls met and the second not met."""
        return self.course is None and not self.unsettled


def comparable(definition: Definition) -> bool:
    """Return whether a definition gives verdicts, so that it can be compared with others that do."""
    return not definition.is_score


def separate(
    a: Definition,
    b: Definition,
    condition: Condition,
    *,
    sessions: int | None = None,
    readings: Mapping[str, str] | None = None,
) -> Separation:
    """Return the shortest course that `a` calls met and `b` not met, if there is one; `sessions` limits its length.

    Courses are fully recorded, with one assessment a session, within both windows. A course that is returned was judged
    so by both definitions. Raises ConsensusError for a score.
    """
    for definition in (a, b):
        if not comparable(definition):
            raise ConsensusError(
                f"{definition.id}: is a score, which gives classes and no verdict. Expected two definitions, or two "
                f"scores. For verdicts within classes: consensus score COURSES --definition {a.id} --definition {b.id}."
            )
    chosen = dict(readings or {})
    one, other = (Judge(definition=d, condition=condition, chosen=chosen) for d in (a, b))
    walk = Walk(one=one, other=other, most_sessions=sessions)
    confirmed = True
    for path in walk.paths():
        found = _confirmed(path, one, other)
        if found is not None:
            return _separation(walk, found, one, path, shortest=confirmed)
        confirmed = False
    return Separation(
        met_by=a.id,
        not_met_by=b.id,
        course=None,
        judged=None,
        tried=walk.tried,
        sessions=walk.reached,
        unsettled="unbuilt" if not confirmed else "pauses" if not walk.exact else "" if walk.finished else "longer",
    )


def _confirmed(path: Path, one: Judge, other: Judge) -> Course | None:
    """Return the course of a path that both judges say the two differ on, None where there is none."""
    columns = same_columns((one, other))
    for course in courses(path, (one, other), columns):
        if one.judge(course).verdict == "met" and other.judge(course).verdict == "not_met":
            return course
    return None


def _separation(walk: Walk, course: Course, one: Judge, path: Path, *, shortest: bool) -> Separation:
    return Separation(
        met_by=one.definition.id,
        not_met_by=walk.other.definition.id,
        course=course,
        judged=one.judge(course),
        told=told_columns(path, same_columns((one, walk.other))),
        told_before=path.person.unusual,
        unsettled="" if shortest and walk.exact else "unbuilt",
        tried=walk.tried,
        sessions=len(course.sessions),
    )
