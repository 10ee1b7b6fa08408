"""Many courses at once, each a choice of what happened at each session: as frames to judge, or one as a course."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from consensus.definitions.amount import MILLION, Amount
from consensus.definitions.column import PATIENT_ID, SESSION_DATE, SESSION_NO, Column, baseline_of
from consensus.definitions.condition import Condition
from consensus.scoring.cells import Cell
from consensus.scoring.course import Course, course_of

START = dt.date(2021, 1, 4)
USUAL = 2  # the level of a column that is told by its changes before anything changed

Places = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Patterns:
    """Courses of one length; `complete` says whether these are all there are.

    `options` has the values of each column, the first fulfills nothing and None is a change; only the `busy` columns
    leave it. `places` has one row a course: for each session the place in `rows` (options of the busy columns), for
    each pause its place in `gaps` (days), and the place in `choices` (what holds for the patient).
    """

    condition: Condition
    length: int
    busy: tuple[str, ...]
    options: tuple[tuple[str, list[Cell]], ...]
    told_by_equality: frozenset[str]
    rows: tuple[tuple[int, ...], ...]
    gaps: tuple[int, ...]
    choices: tuple[tuple[str, str] | None, ...]
    after: int
    places: Places
    complete: bool

    def frames(self, start: int, stop: int) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Return patients, one row a course, and their sessions; a patient's id is the place of the course."""
        places = self.places[start:stop]
        ids = np.arange(start, start + len(places))
        days = self._days(places)
        options = np.array(self.rows, dtype=np.int64).reshape(len(self.rows), -1)[places[:, : self.length]]
        sessions: dict[str, object] = {
            PATIENT_ID: np.repeat(ids, self.length),
            SESSION_NO: np.tile(np.arange(1, self.length + 1), len(ids)),
            SESSION_DATE: _dates(days),
        }
        for name, values in self.options:
            at = options[:, :, self.busy.index(name)] if name in self.busy else np.zeros_like(days)
            sessions[name] = self._cells(name, values, at).ravel()
        if self.condition.assessed is not None:
            sessions[self.condition.assessed] = _dates(days + self.after)
        patients: dict[str, object] = {PATIENT_ID: ids}
        patients |= {name: _plain(cell) for name, cell in self._baseline().items()}
        by = next((choice[0] for choice in self.choices if choice is not None), None)
        if by is not None:
            words = np.array([choice[1] if choice else None for choice in self.choices], dtype=object)
            patients[by] = words[places[:, -1]]
        return pd.DataFrame(patients), pd.DataFrame(sessions)

    def course(self, at: int) -> Course:
        """Return one course."""
        places = self.places[at : at + 1]
        choice = self.choices[int(places[0, -1])]
        rows: list[tuple[dt.date, dict[str, Cell]]] = []
        chosen = [self.rows[place] for place in places[0, : self.length]]
        for number, day in enumerate(self._days(places)[0].tolist()):
            date = START + dt.timedelta(days=day)
            cells = {name: self._cell(name, values, chosen, number) for name, values in self.options}
            if self.condition.assessed is not None:
                cells[self.condition.assessed] = date + dt.timedelta(days=self.after)
            rows.append((date, cells))
        return course_of("a course", dict([choice] if choice else []) | self._baseline(), rows, self.condition.assessed)

    def _days(self, places: Places) -> Places:
        """Return the days of the sessions from the first one, one row a course."""
        pauses = np.array(self.gaps, dtype=np.int64)[places[:, self.length : 2 * self.length - 1]]
        return np.concatenate([np.zeros((len(places), 1), np.int64), np.cumsum(pauses, axis=1)], axis=1)

    def _baseline(self) -> dict[str, Cell]:
        known = {column.name for column in self.condition.patients}
        return {
            baseline_of(name): values[0] if None not in values else self._changing(name, USUAL)
            for name, values in self.options
            if baseline_of(name) in known
        }

    def _cell(self, name: str, values: list[Cell], chosen: list[tuple[int, ...]], at: int) -> Cell:
        options = [row[self.busy.index(name)] if name in self.busy else 0 for row in chosen]
        table, places = self._table(name, values, np.array([options]))
        return table[int(places[0, at])]

    def _cells(self, name: str, values: list[Cell], options: Places) -> NDArray[np.object_] | NDArray[np.float64]:
        table, places = self._table(name, values, options)
        plain = [_plain(cell) for cell in table]
        numeric = all(isinstance(value, float) for value in plain)
        return np.array(plain, dtype=np.float64 if numeric else object)[places]

    def _table(self, name: str, values: list[Cell], options: Places) -> tuple[list[Cell], Places]:
        """Return the values that a column can have, and the place of each session's among them."""
        if None not in values:
            return values, options
        if name in self.told_by_equality:  # sessions count together where it is the same: by default each has its own
            own: list[Cell] = [f"{name} {at + 1}" for at in range(self.length + 1)]
            return own, np.where(options > 0, 0, np.arange(1, self.length + 1))
        levels = USUAL + np.cumsum(options, axis=1)
        return [self._changing(name, level) for level in range(USUAL + self.length + 1)], levels

    def _changing(self, name: str, level: int) -> Cell:
        """Return the value of a column that is told by its changes, after so many of them."""
        column: Column = self.condition.column("sessions", name)
        if column.type == "text":
            return f"{name} {'ABCDEFGHIJ'[level % 10]}"
        return Amount(low=level * MILLION, high=level * MILLION)


def _plain(cell: Cell) -> object:
    return cell.low / MILLION if isinstance(cell, Amount) else cell


def _dates(days: Places) -> NDArray[np.datetime64]:
    return np.datetime64(START) + days.ravel().astype("timedelta64[D]")
