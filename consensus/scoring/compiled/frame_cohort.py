"""A cohort of any frames that Narwhals knows: patients, sessions with their rank, and what came true when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import narwhals as nw

from consensus.definitions.amount import MILLION
from consensus.definitions.column import PATIENT_ID, SESSION_DATE, SESSION_NO, Column, baseline_of
from consensus.definitions.condition import Condition
from consensus.definitions.definition import ByIntent, Definition
from consensus.definitions.finding import Appears, baseline_columns_of, columns_of
from consensus.definitions.readings import in_force
from consensus.scoring.compiled.amounts import GRID
from consensus.scoring.compiled.before import patient_columns
from consensus.scoring.compiled.calendar import FIRST_DAY, counts_days
from consensus.scoring.compiled.columns import found_columns, must_have
from consensus.scoring.compiled.computed import needed_for, with_computed
from consensus.scoring.compiled.findings import Findings
from consensus.scoring.compiled.forms import Forms
from consensus.scoring.compiled.frame_cells import Expr, Frame, coded, read_text
from consensus.scoring.compiled.frame_gather import (
    BY_DAY,
    BY_MONTH,
    BY_RANK,
    HELD,
    MOST_NUMBER,
    NUMBER,
    ROW,
    STAMP,
    gathered,
    gathered_apart,
    joined,
    stamp_of,
)
from consensus.scoring.compiled.frame_numbers import is_plain, plain_whole
from consensus.scoring.compiled.frame_peek import Known, known_of, there, written_plainly
from consensus.scoring.compiled.frame_people import FrameCohort
from consensus.scoring.compiled.frames import DAY, ORDER, PATIENT, UNTIL, FrameHand
from consensus.scoring.compiled.kinds import Kind, peeked, some_twice
from consensus.scoring.compiled.month_cells import FIRST, LAST, START, clustered, narrowed, open_order
from consensus.scoring.compiled.plan import Near, Question, asks_of, looks_along
from consensus.scoring.compiled.verdicts import NONE
from consensus.scoring.compiled.vocabulary import Coded


@dataclass(frozen=True, slots=True)
class Needed:
    """The columns that some questions look at: of sessions, and of patients."""

    sessions: tuple[str, ...]
    patients: tuple[str, ...]
    same: tuple[str, ...]


def needed(
    questions: Iterable[Question],
    definitions: Iterable[Definition],
    condition: Condition,
    readings: Iterable[Mapping[str, str]],
) -> Needed:
    """Return the columns that must be coded, by any of some choices of readings."""
    definitions, chosen = tuple(definitions), tuple(readings)
    questions = tuple(questions)
    asks = asks_of(questions)
    sessions = [column for ask in asks for column in columns_of(ask.test)]
    same = [question.same for question in questions if isinstance(question, Near) and question.same is not None]
    if condition.assessed is not None:
        sessions.append(condition.assessed)
    # what lasts may have been there at baseline, also where the test itself doesn't look at it
    states = [column for ask in asks if isinstance(ask.test, Appears) for column in ask.test.columns]
    before = [*states, *(column for ask in asks for column in baseline_columns_of(ask.test))]
    patients = [baseline_of(column) for column in before]
    patients += [d.logic.column for d in definitions if isinstance(d.logic, ByIntent)]
    for definition in definitions:
        for each in chosen:
            patients += patient_columns(definition, condition, in_force(definition, condition, each))
    return Needed(tuple(dict.fromkeys([*sessions, *same])), tuple(dict.fromkeys(patients)), tuple(dict.fromkeys(same)))


def frame_cohort(
    patients: Frame | None,
    sessions: Frame,
    condition: Condition,
    definitions: Sequence[Definition],
    questions: Sequence[Question],
    readings: Sequence[Mapping[str, str]],
    kind: Kind,
) -> FrameCohort:
    """Return the cohort of two frames, or of one that repeats the patient's columns at each session.

    Some kinds are looked at once beforehand, so that nothing is provided for that does not occur.
    Raises ConsensusError where a required column is missing.
    """
    asked = tuple(dict.fromkeys(questions))
    need = needed(asked, definitions, condition, readings)
    if patients is None:
        patients, sessions = _taken_apart(sessions, condition)
    people, of_people = _people(patients, condition, need, kind)
    rows, of_sessions, known = _sessions(sessions, condition, need, kind)
    layout = BY_MONTH if known.months else BY_DAY if known.numbered and counts_days(kind) else BY_RANK
    stamp = stamp_of(of_sessions, condition, kind, layout)
    if layout.by_day:  # from here on it stands for all that it is made of
        rows = rows.with_columns(**{STAMP: stamp})
    baseline = {name: one for name, one in of_people.items() if name.startswith(baseline_of("")) and not one.is_text}
    whole = _with_baseline(rows, people, baseline) if baseline else rows
    hand = FrameHand(condition, whole, of_sessions, baseline, known.complete)
    places = {question: at for at, question in enumerate(asked)}
    apart = [q for q in asked if isinstance(q, Near) and _stands_apart(q)] if layout.by_day else []
    facts = Forms(hand, Findings(hand, condition.assessed)).tell([q for q in asked if q not in apart])
    frame = hand.frame if layout.by_day else hand.frame.with_columns(**{STAMP: stamp})
    founds = [gathered(frame, {places[q]: fact for q, fact in facts.items()}, doubled=known.doubled)]
    if apart:
        hand = FrameHand(condition, rows, of_sessions, {}, known.complete)
        nearby = Forms(hand, Findings(hand, condition.assessed)).tell_nearby(apart)
        founds.append(gathered_apart(hand.frame, {places[q]: fact for q, fact in nearby.items()}))
    return FrameCohort(condition, joined(people, founds, len(asked), of_people.values()), asked, of_people, layout)


def _stands_apart(question: Near) -> bool:
    """Return whether a question can be told of the sessions alone at which its finding may hold."""
    test = question.ask.test
    alone = not looks_along(question.ask) and not baseline_columns_of(test) and not isinstance(test, Appears)
    return alone and question.times > 1 and not question.from_first


def _with_baseline(rows: Frame, people: Frame, baseline: dict[str, Coded]) -> Frame:
    parts = [part for one in baseline.values() for part in one.parts]
    gaps = {one.gap for one in baseline.values()}
    rows = rows.join(people.select(PATIENT, *parts), on=PATIENT, how="left")
    return rows.with_columns(*(nw.col(part).fill_null(True if part in gaps else 0) for part in parts))


def _header(frame: Frame, condition_columns: Sequence[Column], sheet: str) -> dict[str, str]:
    headers = frame.collect_schema().names()
    found = found_columns(headers, condition_columns)
    must_have(sheet, headers, found, condition_columns)
    return found


def _ids(frame: Frame, header: str, kind: Kind) -> Frame:
    """Return a frame with the patient's id as a text, without the rows that have none."""
    dtype = frame.collect_schema()[header]
    ids = nw.col(header) if written_plainly(frame, header, kind) else read_text(nw.col(header), dtype)
    return frame.with_columns(**{PATIENT: ids}).filter(~nw.col(PATIENT).is_null() & (nw.col(PATIENT) != ""))


def _taken_apart(whole: Frame, condition: Condition) -> tuple[Frame, Frame]:
    """Return the patients and the sessions of a frame that repeats the patient's columns."""
    header = _header(whole, condition.sessions, "sessions")
    own = found_columns(whole.collect_schema().names(), condition.patients)
    of_patient = [h for name, h in own.items() if name != PATIENT_ID]
    patients = whole.group_by(header[PATIENT_ID]).agg(**{h: nw.col(h).max() for h in of_patient})
    of_session = [h for name, h in header.items() if name != PATIENT_ID and h not in of_patient]
    schema = whole.collect_schema()
    filled = [there(h, schema[h]) for h in of_session]
    return patients, whole.filter(nw.any_horizontal(*filled, ignore_nulls=False))


def _people(patients: Frame, condition: Condition, need: Needed, kind: Kind) -> tuple[Frame, dict[str, Coded]]:
    """Return one row a patient, the first of several, with the coded columns, and who has several that differ."""
    header = _header(patients, condition.patients, "patients")
    needed_too = needed_for(need.patients, condition.patients)
    columns = {name: (header[name], condition.column("patients", name)) for name in needed_too if name in header}
    names = patients.collect_schema().names()
    row = [ROW] if ROW in names else []
    known = _ids(patients, header[PATIENT_ID], kind)
    kept = {name: nw.col(name) for name in (PATIENT, *row)}
    if peeked(kind) and not some_twice(known, [PATIENT], kind):
        frame, found = coded(known, columns, {**kept, HELD: nw.col(PATIENT).is_null()}, kind)
        return with_computed(frame, found, condition.patients, need.patients, (*kept, HELD))
    content = [name for name in names if name != ROW]
    first = known.unique([*content, PATIENT], keep="first", order_by=ROW) if row else known.unique([*content, PATIENT])
    frame, found = coded(first, columns, kept, kind)
    order = row or [part for one in found.values() for part in one.parts] or [PATIENT]
    frame = frame.with_columns(
        several=nw.len().over(PATIENT), place=nw.col(PATIENT).cum_count().over(PATIENT, order_by=order)
    ).filter(nw.col("place") == 1)
    frame = frame.with_columns(**{HELD: nw.col("several") > 1}).drop("several", "place")
    return with_computed(frame, found, condition.patients, need.patients, (*kept, HELD))


def _sessions(sessions: Frame, condition: Condition, need: Needed, kind: Kind) -> tuple[Frame, dict[str, Coded], Known]:
    """Return one row a session with its place in the order and the coded columns; equal rows count once."""
    header = _header(sessions, condition.sessions, "sessions")
    names = dict.fromkeys([SESSION_DATE, SESSION_NO, *need.sessions])
    needed_too = needed_for(names, condition.sessions)
    columns = {name: (header[name], condition.column("sessions", name)) for name in needed_too if name in header}
    frame = _ids(sessions, header[PATIENT_ID], kind)
    known = known_of(sessions, frame, columns, need.same, kind)
    kept = {PATIENT: nw.col(PATIENT)}
    schema = frame.collect_schema()
    if SESSION_NO in columns and is_plain(schema[columns[SESSION_NO][0]]):
        number, of_file = columns.pop(SESSION_NO)
        kept[NUMBER] = plain_whole(nw.col(number), schema[number], of_file)
    frame, found = coded(frame.unique() if known.doubled else frame, columns, kept, kind, known.texts, known.months)
    frame, found = with_computed(frame, found, condition.sessions, list(names), list(kept))
    own = nw.min_horizontal(nw.col(NUMBER) if NUMBER in kept else _number(found), nw.lit(MOST_NUMBER - 1))
    # unnumbered ones of a day come last, and what has no date after everything
    late = nw.when(own < 0).then(MOST_NUMBER).otherwise(own)
    dated = found[SESSION_DATE]
    if dated.months:
        frame = clustered(frame, PATIENT, dated.low, dated.last)
    place = (nw.col(START if dated.months else dated.low) - FIRST_DAY) * (MOST_NUMBER + 1) + late
    order = nw.when(nw.col(dated.gap)).then(NONE).otherwise(place)
    placed = {DAY: nw.col(dated.low), HELD: nw.col(dated.gap), NUMBER: own.cast(nw.Int64), ORDER: order}
    frame = frame.with_columns(**placed)
    if dated.months:
        frame = narrowed(frame, PATIENT, dated.low, dated.last, ORDER)
        held = nw.col(HELD) | open_order(PATIENT, dated.low, dated.last, NUMBER)
        frame = frame.with_columns(**{HELD: held, DAY: nw.col(FIRST), UNTIL: nw.col(LAST)}).drop(START, FIRST, LAST)
    return frame, found, known


def _number(found: dict[str, Coded]) -> Expr:
    """Return the number of a session, -1 where there is none."""
    number = found.get(SESSION_NO)
    if number is None:
        return nw.when(nw.col(PATIENT).is_null()).then(0).otherwise(-1)
    return nw.when(nw.col(number.gap)).then(-1).otherwise(nw.col(number.low) // (GRID * MILLION))
