"""What a sheet of lesions adds to courses: empty cells of scans are filled by diameters, and coded ones compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd

from consensus.definitions.amount import MILLION, Amount, decimal_text
from consensus.definitions.column import PATIENT_ID, SESSION_DATE
from consensus.definitions.readings_of_courses import (
    DIMENSION_CONVERSION,
    LESION_SCOPE,
    PD_BOUNDARY,
    RESPONSE_BASELINE,
    VIABLE_DIMENSION,
)
from consensus.scoring.cells import dated, whole_days
from consensus.scoring.course_map import DATE
from consensus.scoring.lesions import (
    GROWTH,
    RESPONSE,
    VIABLE,
    LesionScan,
    baseline_of_scans,
    growth,
    responses,
    scans_of,
    viable_share,
    with_unmeasured,
)
from questionnaires.problems import Problem, Problems

if TYPE_CHECKING:
    from consensus.scoring.courses import Courses


CUTS = (PD_BOUNDARY, RESPONSE_BASELINE, DIMENSION_CONVERSION)


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What the lesions say of one scan of a patient."""

    patient: str
    day: date
    cells: tuple[tuple[str, object], ...]


def with_lesions(courses: Courses, chosen: Mapping[str, str] | None = None) -> Courses:
    """Return read courses with the response by diameters and growth filled in where they were not recorded.

    `chosen` are readings of response and growth; `unfilled` are then the courses as they were. A scan whose coded
    response differs from that by diameters keeps the coded one and is listed.
    """
    if courses.lesions is None or not len(courses.lesions):
        return courses
    told = [
        Told(patient=patient, day=day, cells=tuple(cells.items()))
        for patient, scans, baseline in _patients(courses)
        for day, cells in _said(scans, baseline, chosen or {}).items()
    ]
    filled, compared = _filled(courses, told)
    problems = courses.problems + _differences(courses, compared)
    return replace(filled, problems=problems, unfilled=replace(courses, unfilled=None))


def refilled(courses: Courses, chosen: Mapping[str, str]) -> Courses:
    """Return courses with the response by diameters as some readings have it, where they differ from the default."""
    own = {reading.name: chosen.get(reading.name, reading.default) for reading in CUTS}
    if courses.unfilled is None or own == {reading.name: reading.default for reading in CUTS}:
        return courses
    return with_lesions(courses.unfilled, own)


def with_scope(courses: Courses, chosen: Mapping[str, str], lesion: int = 0) -> Courses:
    """Return courses whose empty viable shares are those of the lesions by the scope and dimension that are chosen.

    By `same_lesion` it is the share of each patient's lesion of that index (the last one where he has fewer).
    """
    scope, dimension = (chosen.get(reading.name, reading.default) for reading in (LESION_SCOPE, VIABLE_DIMENSION))
    told, rounded = list[Told](), is_rounded(chosen)
    for patient, scans, _ in _patients(courses, needs_baseline=False, named=scope != "same_lesion"):
        names = list(dict.fromkeys(one.name for scan in scans for one in scan.lesions if one.treated))
        for scan in scans:
            share: int | tuple[str, int] | None
            if scope == "same_lesion":
                mine = scan.named(names[min(lesion, len(names) - 1)]) if names else None
                share = mine.share(dimension, rounded=rounded) if mine is not None else None
            else:
                share = viable_share(scan, scope, dimension, rounded=rounded)
            if share is not None:
                told.append(Told(patient=patient, day=scan.day, cells=((VIABLE, _cell_of(share)),)))
    return _filled(courses, told)[0]


def _cell_of(share: int | tuple[str, int]) -> float | str:
    """Return a share as a cell of percent, a bound as it is written."""
    if isinstance(share, int):
        return share / MILLION
    sign, least = share
    return f"{sign}{decimal_text(least)}"


def lesion_views(courses: Courses, patient: str, chosen: Mapping[str, str]) -> list[tuple[str, Courses]]:
    """Return one patient's courses as each treated lesion shows them, by its name; by another scope one view."""
    scope = chosen.get(LESION_SCOPE.name, LESION_SCOPE.default)
    one = replace(
        courses,
        patients=courses.patients[courses.patients[PATIENT_ID] == patient].reset_index(drop=True),
        sessions=courses.sessions[courses.sessions[PATIENT_ID] == patient].reset_index(drop=True),
        assessments=None
        if courses.assessments is None
        else courses.assessments[courses.assessments[PATIENT_ID] == patient].reset_index(drop=True),
        lesions=courses.lesions[courses.lesions[PATIENT_ID] == patient],
        places=None,
    )
    names = [
        name
        for _, scans, _ in _patients(one, needs_baseline=False)
        for name in dict.fromkeys(lesion.name for scan in scans for lesion in scan.lesions if lesion.treated)
    ]
    if scope != "same_lesion" or not names:
        return [("", with_scope(one, chosen))]
    return [(name, with_scope(one, chosen, at)) for at, name in enumerate(names)]


def is_rounded(chosen: Mapping[str, str]) -> bool:
    """Return whether a lesion without a second diameter is taken as round."""
    return chosen.get(DIMENSION_CONVERSION.name, DIMENSION_CONVERSION.default) == DIMENSION_CONVERSION.default


def are_converted(courses: Courses, patient: str, chosen: Mapping[str, str]) -> bool:
    """Return whether some lesion of a patient is taken as round, for want of a second diameter, by these readings."""
    if courses.lesions is None or not is_rounded(chosen):
        return False
    mine = courses.lesions[courses.lesions[PATIENT_ID] == patient]
    return bool(len(mine)) and ("perpendicular_mm" not in mine or bool(mine["perpendicular_mm"].isna().any()))


def most_lesions(courses: Courses) -> int:
    """Return how many treated lesions the patient with most of them has."""
    counts = [
        len({one.name for scan in scans for one in scan.lesions if one.treated})
        for _, scans, _ in _patients(courses, needs_baseline=False)
    ]
    return max(counts, default=0)


def _patients(
    courses: Courses, *, needs_baseline: bool = True, named: bool = False
) -> Iterator[tuple[str, tuple[LesionScan, ...], int]]:
    """Yield each patient's scans with the index of the baseline; where it isn't needed, the scans after it and 0.

    With `named` each scan names all lesions that were seen before, also those that it doesn't tell of.
    """
    firsts = courses.sessions.groupby(PATIENT_ID)[SESSION_DATE].first()
    for patient, rows in courses.lesions.groupby(PATIENT_ID, sort=False):
        scans = with_unmeasured(scans_of(rows)) if named else scans_of(rows)
        first = firsts.get(patient)
        baseline = baseline_of_scans(scans, dated(first))
        if baseline is not None or not needs_baseline:
            later = scans if needs_baseline else scans[0 if baseline is None else baseline + 1 :]
            yield str(patient), later, baseline or 0


def _said(scans: tuple[LesionScan, ...], baseline: int, chosen: Mapping[str, str]) -> dict[date, dict[str, object]]:
    found: dict[date, dict[str, object]] = {}
    over, whole = chosen.get(PD_BOUNDARY.name) == "over", chosen.get(RESPONSE_BASELINE.name) == "whole"
    for day, response in responses(scans, baseline, over=over, whole=whole):
        if response is not None:
            found.setdefault(day, {})[RESPONSE] = response
    for day, change in growth(scans, baseline, rounded=is_rounded(chosen)):
        if isinstance(change, Amount):
            found.setdefault(day, {})[GROWTH] = change.low / MILLION
    return found


def _filled(courses: Courses, told: list[Told]) -> tuple[Courses, list[tuple[Told, str, object]]]:
    """Return the courses with empty cells filled, and what was recorded beside what the lesions say."""
    assessed = courses.condition.assessed or DATE
    sessions = courses.sessions.copy()
    scans = None if courses.assessments is None else courses.assessments.copy()
    known = {column.name for column in courses.condition.sessions}
    compared: list[tuple[Told, str, object]] = []
    further: list[dict[str, Any]] = []
    for one in told:
        cells = {name: value for name, value in one.cells if name in known}
        frame, row = _row_of(sessions, one, assessed), None
        if frame is None and scans is not None:
            row = _row_of(scans, one, DATE)
        target, at = (sessions, frame) if frame is not None else (scans, row)
        if target is None or at is None:
            further.append({PATIENT_ID: one.patient, DATE: pd.Timestamp(one.day), **cells})
            continue
        for name, value in cells.items():
            if name not in target:
                target[name] = pd.Series([None] * len(target), dtype=object, index=target.index)
            if pd.isna(target.at[at, name]):
                target.at[at, name] = value
            else:
                compared.append((one, name, target.at[at, name]))
    if further:
        added = pd.DataFrame(further)
        scans = added if scans is None or not len(scans) else pd.concat([scans, added], ignore_index=True)
    return replace(courses, sessions=sessions, assessments=scans), compared


def _row_of(frame: pd.DataFrame, one: Told, column: str) -> int | None:
    if column not in frame:
        return None
    mine = frame.index[(frame[PATIENT_ID] == one.patient) & (whole_days(frame[column]) == pd.Timestamp(one.day))]
    return int(mine[0]) if len(mine) else None


def _differences(courses: Courses, compared: list[tuple[Told, str, object]]) -> Problems:
    """Return one remark on how many coded responses are those by diameters, and a warning for each other one."""
    pairs = [(one, recorded, dict(one.cells)[RESPONSE]) for one, name, recorded in compared if name == RESPONSE]
    if not pairs:
        return Problems()
    equal = Counter(str(recorded) == told for _, recorded, told in pairs)
    where = f"{courses.name}, lesions"
    found = [
        Problem(
            where=where,
            got=f"{equal[True]} of {len(pairs)} coded responses are those by diameters (mRECIST)",
            severity="note",
        )
    ]
    for one, recorded, told in pairs:
        if str(recorded) != told:
            got = f"the scan of {one.day} of patient {one.patient} is coded {recorded} and {told} by diameters"
            found.append(Problem(where=where, got=got, hint="The coded response counts.", severity="warning"))
    return Problems(tuple(found))
