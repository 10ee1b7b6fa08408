"""Verdicts as the score table of a pandas frame: one row a patient and definition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np
import pandas as pd

from consensus.definitions.amount import MILLION
from consensus.definitions.definition import Definition, Points
from consensus.definitions.readings import chosen_text
from consensus.scoring.cells import date_series
from consensus.scoring.compiled.array_cells import Array
from consensus.scoring.compiled.array_cohort import ArrayCohort
from consensus.scoring.compiled.facts import Column
from consensus.scoring.compiled.judging import holds_back, judge_columns
from consensus.scoring.compiled.plan import Question, at_baseline, questions_of
from consensus.scoring.compiled.verdicts import Came, PeopleHand, Verdicts
from consensus.scoring.judge import POINTS
from consensus.scoring.months import Month


class Cohort(PeopleHand, Protocol):
    """What verdicts are told from: patients, who of them is held back, and what came true when."""

    ids: Array
    held: Array

    def came(self, questions: Iterable[Question]) -> Mapping[Question, Came]:
        """Return for each question the session at which it came true, by patient."""


VERDICTS = np.array(["not_met", "unknown", "met"], dtype=object)


def judged(cohort: Cohort, definition: Definition, chosen: Mapping[str, str]) -> Verdicts:
    """Return the verdicts of a definition under the caller's readings; who is held back is unknown."""
    came = cohort.came(questions_of(definition, cohort.condition, chosen))
    found = judge_columns(definition, cohort.condition, chosen, came, cohort)
    return _held_back(found, cohort.held, definition) if holds_back(definition) else found


def score_table(cohort: ArrayCohort, definitions: Sequence[Definition], chosen: Mapping[str, str]) -> pd.DataFrame:
    """Return the score table, in the order of the patients, then of the definitions."""
    cohort.came(q for d in definitions for q in questions_of(d, cohort.condition, chosen))
    columns = [_columns(cohort, d, judged(cohort, d, chosen)) for d in definitions]
    names = [definition.id for definition in definitions]
    texts = [chosen_text(definition, cohort.condition, chosen) for definition in definitions]
    patients, classes = len(cohort.ids), any(definition.is_score for definition in definitions)
    woven = {name: _woven([one[name] for one in columns], patients) for name in ("verdict", "criterion")}
    number, met = (_woven([one[name] for one in columns], patients) for name in ("session_no", "met"))
    first, last = (_woven([one[name] for one in columns], patients) for name in ("date", "until"))
    return pd.DataFrame(
        {
            "patient_id": pd.Series(np.repeat(cohort.ids, len(names)), dtype=object),
            "definition": pd.Series(np.tile(np.array(names, dtype=object), patients), dtype=object),
            "readings": pd.Series(np.tile(np.array(texts, dtype=object), patients), dtype=object),
            "verdict": pd.Series(woven["verdict"], dtype=object),
            "criterion": pd.Series(woven["criterion"], dtype=object),
            "session_no": pd.arrays.IntegerArray(np.where(met, number, 1).astype(np.int64), ~met),
            "date": _dates(met, first, last),
            **{name: _woven([one[name] for one in columns], patients) for name in ("points_low", "points_high")},
            **(
                {"class": pd.Series(_woven([one["class"] for one in columns], patients), dtype=object)}
                if classes
                else {}
            ),
        }
    )


def _held_back(found: Verdicts, held: Array, definition: Definition) -> Verdicts:
    if not held.any():
        return found
    if definition.is_score:
        assert found.no_points is not None
        return replace(found, no_points=found.no_points | held, class_=_where(held, -1, found.class_))
    low, high = found.low, found.high
    if isinstance(definition.logic, Points) and low is not None and high is not None:
        whole = int(sum(term.points or 0 for term in definition.terms) * MILLION)
        low, high = np.where(held, 0, low), np.where(held, whole, high)
    return replace(found, met=found.met & ~held, unknown=found.unknown | held, low=low, high=high)


def _dates(met: Array, first: Array, last: Array) -> Array | pd.Series:
    """Return dates as datetime64; as dates and texts where some are only a month."""
    days = np.where(met, first, 0).astype("datetime64[D]").astype("datetime64[s]")
    if not (met & (last > first)).any():
        found: Array = np.where(met, days, np.datetime64("NaT"))
        return found
    written = [
        None if not there else Month(day.year, day.month) if month else day
        for there, day, month in zip(met, days.astype(object), last > first, strict=True)
    ]
    return date_series(list(written))


def _where(test: Array, yes: int, no: Column) -> Array:
    found: Array = np.where(test, yes, no)
    return found


def _columns(cohort: ArrayCohort, definition: Definition, found: Verdicts) -> dict[str, Array]:
    """Return the columns of one definition, one entry a patient."""
    if definition.is_score:
        return _score_columns(definition, found)
    met = found.met
    number, day, until = (np.zeros(len(met), np.int64) for _ in range(3))
    dated = met if not at_baseline(definition) else met & ~met
    stamp = found.stamp[dated]
    number[dated], (day[dated], until[dated]) = cohort.session_numbers(stamp), cohort.dates(stamp)
    # the last place is POINTS, which a criterion of -1 means, then nothing
    names = np.array([*(term.id for term in definition.terms), None, POINTS], dtype=object)
    criterion = np.where(met, found.criterion, len(definition.terms))
    nothing = np.full(len(met), np.nan)
    return {
        "verdict": VERDICTS[np.where(met, 2, np.where(found.unknown, 1, 0))],
        "criterion": names[criterion],
        "session_no": number,
        "met": dated,
        "date": day,
        "until": until,
        "class": np.full(len(met), None, dtype=object),
        "points_low": nothing if found.low is None else found.low / MILLION,
        "points_high": nothing if found.high is None else found.high / MILLION,
    }


def _score_columns(definition: Definition, found: Verdicts) -> dict[str, Array]:
    """Return the columns of a score: points and a class, no verdict."""
    assert isinstance(definition.logic, Points)
    assert found.no_points is not None
    assert found.low is not None
    assert found.high is not None
    nothing: Array = np.full(len(found.no_points), None, dtype=object)
    names = np.array([*(one.name for one in definition.logic.classes), None], dtype=object)
    low = np.where(found.no_points, np.nan, found.low / MILLION)
    high = np.where(found.no_points | found.unbounded, np.nan, found.high / MILLION)
    return {
        "verdict": nothing,
        "criterion": nothing,
        "session_no": np.zeros(len(nothing), np.int64),
        "met": np.zeros(len(nothing), bool),
        "date": np.zeros(len(nothing), np.int64),
        "until": np.zeros(len(nothing), np.int64),
        "class": names[found.class_],
        "points_low": low,
        "points_high": high,
    }


def _woven(columns: list[Array], patients: int) -> Array:
    """Return columns of patients as one, in which the first entries of all stand first."""
    return np.stack(columns, axis=1).ravel() if columns else np.zeros(0)
