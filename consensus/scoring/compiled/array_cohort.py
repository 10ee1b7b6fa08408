"""A cohort of pandas frames as arrays: patients in their order, sessions sorted once, who can't be judged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from consensus.definitions.amount import MILLION
from consensus.definitions.column import PATIENT_ID, SESSION_DATE, SESSION_NO
from consensus.definitions.condition import Condition
from consensus.scoring.compiled.amounts import GRID
from consensus.scoring.compiled.array_cells import Array, coded_ids, read_days, read_ids, read_numbers
from consensus.scoring.compiled.array_people import ArrayPeople
from consensus.scoring.compiled.arrays import ArrayHand
from consensus.scoring.compiled.columns import found_columns, must_have
from consensus.scoring.compiled.doubled import sorted_once, told_apart
from consensus.scoring.compiled.facts import Days, Fact
from consensus.scoring.compiled.findings import Findings
from consensus.scoring.compiled.forms import Forms
from consensus.scoring.compiled.months import clusters, narrowed, open_order
from consensus.scoring.compiled.plan import Question
from consensus.scoring.compiled.verdicts import NONE, Came

UNNUMBERED = 10**12
MOST_IN_KEY = 2**15


@dataclass(eq=False)
class ArrayCohort(ArrayPeople):
    """Patients and sessions of pandas frames, read as far as the questions need it.

    `ids` are the patients in their order, those who stand in the sessions alone at the end; `held` are those whom no
    definition can judge. A stamp is the place of a session in the order.
    """

    condition: Condition
    patients: pd.DataFrame
    sessions: pd.DataFrame
    ids: Array
    held: Array
    hand: ArrayHand
    numbers: Array
    gathered: dict[Question, Came] = field(default_factory=dict)

    def came(self, questions: Iterable[Question]) -> dict[Question, Came]:
        """Return for each question the session at which it came true, by patient."""
        missing = [question for question in dict.fromkeys(questions) if question not in self.gathered]
        if missing:
            facts = Forms(self.hand, Findings(self.hand, self.condition.assessed)).tell(missing)
            self.gathered |= {question: self._gathered(fact) for question, fact in facts.items()}
        return self.gathered

    def _gathered(self, fact: Fact) -> Came:
        stamp, possible = np.full(len(self.ids), NONE), np.zeros(len(self.ids), bool)
        starts = self.hand.starts
        if len(starts):
            who = self.hand.owner[starts]
            place = np.where(fact.sure, np.arange(len(fact.sure)), NONE)
            stamp[who] = np.minimum.reduceat(place, starts)
            possible[who] = np.logical_or.reduceat(fact.possible, starts)
        return Came(stamp, possible)

    def session_numbers(self, stamp: Array) -> Array:
        """Return the numbers of sessions as the file has them, else their ranks."""
        return self.numbers[stamp]

    def dates(self, stamp: Array) -> tuple[Array, Array]:
        """Return the dates of what judged the sessions, else those of the sessions, in days since 1970.

        They are the first and the last day that each can be.
        """
        own = self.hand.days(SESSION_DATE)
        if self.condition.assessed is None:
            return own.day[stamp], own.until[stamp]
        seen = self.hand.days(self.condition.assessed)
        first = np.where(seen.missing, own.day, seen.day)[stamp]
        if seen.last is None and own.last is None:
            return first, first
        return first, np.where(seen.missing, own.until, seen.until)[stamp]


def array_cohort(patients: pd.DataFrame | None, sessions: pd.DataFrame, condition: Condition) -> ArrayCohort:
    """Return the cohort of two frames, or of one that repeats the patient's columns at each session.

    Raises ConsensusError where a required column is missing.
    """
    found = found_columns(list(sessions.columns), condition.sessions)
    must_have("sessions", list(sessions.columns), found, condition.sessions)
    whole, sessions = sessions, sessions[list(found.values())].set_axis(list(found), axis=1)
    if patients is None:
        owners = read_ids(sessions[PATIENT_ID])
        people, keep = _repeated(whole, owners, sessions, condition)
        sessions, whole = sessions[keep], whole[keep]
        twice = np.zeros(len(people), bool)
    else:
        people, twice = _people(patients, condition)
    return _cohort(people, twice, sessions.reset_index(drop=True), whole, condition)


def _people(patients: pd.DataFrame, condition: Condition) -> tuple[pd.DataFrame, Array]:
    """Return one row a patient, and who has two rows that differ."""
    found = found_columns(list(patients.columns), condition.patients)
    must_have("patients", list(patients.columns), found, condition.patients)
    frame = patients[list(found.values())].set_axis(list(found), axis=1).reset_index(drop=True)
    frame[PATIENT_ID] = ids = read_ids(frame[PATIENT_ID])
    there = ids.notna()
    again = ids.duplicated() & there
    if not again.any():
        return (frame if there.all() else frame[there].reset_index(drop=True)), np.zeros(int(there.sum()), bool)
    doubled = ids.duplicated(keep=False) & there
    raw = patients.reset_index(drop=True)[doubled]
    differ = set(ids[doubled][~raw.duplicated(keep=False)]) | set(_several(raw, ids[doubled]))
    kept = frame[there & ~again].reset_index(drop=True)
    return kept, kept[PATIENT_ID].isin(differ).to_numpy()


def _several(rows: pd.DataFrame, ids: pd.Series) -> list[object]:
    """Return the ids that have different rows although each of these stands twice."""
    once = ids[~rows.duplicated()]
    return once[once.duplicated()].tolist()


def _repeated(
    whole: pd.DataFrame, owners: pd.Series, sessions: pd.DataFrame, condition: Condition
) -> tuple[pd.DataFrame, Array]:
    """Return the patients of a frame of sessions, the first recorded cell of each, and which rows are sessions."""
    found = found_columns(list(whole.columns), condition.patients)
    frame = whole[list(found.values())].set_axis(list(found), axis=1).reset_index(drop=True)
    frame[PATIENT_ID] = owners
    own = [name for name in sessions.columns if name != PATIENT_ID and name not in frame]
    is_session = ~sessions[own].reset_index(drop=True).replace(r"^\s*$", np.nan, regex=True).isna().all(axis=1)
    frame = frame[owners.notna()]
    blank = frame.replace(r"^\s*$", np.nan, regex=True)
    people = blank.groupby(PATIENT_ID, sort=False, as_index=False).first()
    return people, (is_session & owners.notna()).to_numpy()


def _cohort(
    people: pd.DataFrame, twice: Array, sessions: pd.DataFrame, whole: pd.DataFrame, condition: Condition
) -> ArrayCohort:
    owner, ids = _owners(sessions[PATIENT_ID], people[PATIENT_ID].to_numpy(dtype=object))
    if len(ids) > len(people):
        people = people.reindex(range(len(ids)))
    dated = read_days(sessions[SESSION_DATE], condition.column("sessions", SESSION_DATE))
    number = _numbers(sessions, condition)
    held = np.zeros(len(ids), bool)
    held[: len(twice)] = twice
    held[owner[dated.missing & (owner >= 0)]] = True
    rows = np.flatnonzero((owner >= 0) & ~dated.missing)
    start = dated.day if dated.last is None else clusters(rows, owner, dated)
    rows = rows[_order(owner[rows], start[rows], number[rows])]
    rows = sorted_once(rows, (owner, start, number), whole)
    held[_numbered_twice(owner[rows], number[rows])] = True
    unnumbered = np.where(number == UNNUMBERED, 0, 1 + np.arange(len(number)))
    rows = told_apart(rows, (owner, start, unnumbered), sessions, condition)
    first = last = dated.day[rows]
    if dated.last is not None:
        held[open_order(rows, owner, start, dated, number == UNNUMBERED)] = True
        first, last = narrowed(owner[rows], first, dated.last[rows])
    hand = ArrayHand(condition, people, sessions, rows, owner[rows], first, last)
    # as they were written, for the dates of verdicts
    hand.read[SESSION_DATE, False] = Days(
        dated.day[rows], dated.missing[rows], None if dated.last is None else dated.last[rows]
    )
    numbers = np.where(number[rows] == UNNUMBERED, hand.rank, number[rows])
    return ArrayCohort(condition, people, sessions, ids, held, hand, numbers)


def _owners(raw: pd.Series, known: Array) -> tuple[Array, Array]:
    """Return the place of each session's patient, -1 for none, and all patients: known ones, then those here alone."""
    if isinstance(raw.dtype, pd.StringDtype):
        # both at once, where each text is that of a known patient: one pass over the texts and no objects
        codes, different = pd.factorize(pd.concat([pd.Series(known, dtype=raw.dtype), raw], ignore_index=True))
        if len(different) == len(known):
            return codes[len(known) :], known
    codes, names = coded_ids(raw)
    place = pd.Index(known).get_indexer(pd.Index(names))
    strangers = sorted({name for name in names[place < 0] if name is not None})
    ids = np.r_[known, np.array(strangers, dtype=object)]
    if strangers:
        place = pd.Index(ids).get_indexer(pd.Index(names))
    place[[name is None for name in names]] = -1
    return place[codes], ids


def _order(owner: Array, day: Array, number: Array) -> Array:
    """Return the order by patient, date and number; by one key where they fit into it, which takes one sort."""
    most, first = MOST_IN_KEY - 1, int(day.min(initial=0))
    fits = ((number < most) | (number == UNNUMBERED)).all()
    if not fits or len(owner) == 0 or int(owner.max()) >= 2**31:
        return np.lexsort((number, day, owner))
    key = (owner.astype(np.int64) * 2**17 + (day - first)) * MOST_IN_KEY + np.minimum(number, most)
    order: Array = np.argsort(key, kind="stable")
    return order


def _numbers(sessions: pd.DataFrame, condition: Condition) -> Array:
    numbers: Array = np.full(len(sessions), UNNUMBERED)
    if SESSION_NO in sessions:
        found = read_numbers(sessions[SESSION_NO], condition.column("sessions", SESSION_NO))
        there = ~found.missing
        numbers[there] = found.low[there] // (GRID * MILLION)
    return numbers


def _numbered_twice(owner: Array, number: Array) -> Array:
    """Return the patients with two sessions of one number, given that equal rows count once."""
    numbered = number != UNNUMBERED
    owner, number = owner[numbered], number[numbered]
    same = owner[1:] == owner[:-1]
    if bool((~same | (number[1:] > number[:-1])).all()):
        return np.zeros(0, np.int64)
    order = np.lexsort((number, owner))
    owner, number = owner[order], number[order]
    again: Array = owner[1:][(owner[1:] == owner[:-1]) & (number[1:] == number[:-1])]
    return again
