"""Layout b: one row a patient, the sessions side by side in numbered columns, states in one cell with their date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from consensus.definitions.column import PATIENT_ID, SESSION_DATE, SESSION_NO, Column
from consensus.scoring.cells import is_missing
from consensus.scoring.course_map import DATE, SLOT, Found
from consensus.scoring.faults import ONCE
from consensus.scoring.grids import Placed
from consensus.scoring.laid import Laid, PlacedRow, named
from consensus.scoring.months import Dated, earliest, latest
from consensus.scoring.states import flags, read_state
from questionnaires.problems import ConsensusError


def lay_wide(laid: Laid) -> None:
    """Collect patients, sessions and dated states; a row equal to another one of the same patient counts once."""
    states = dict(_states(laid))
    for i in range(len(laid.grid.rows)):
        patient = laid.patient_of(i)
        if patient is None:
            if any(not is_missing(laid.grid.rows[i][found.at]) for found in laid.found):
                at = next(found.at for found in laid.found if found.column == PATIENT_ID)
                laid.fault((i, at), "a row without a patient", f"a {PATIENT_ID}", "The row is left out.")
            continue
        first = laid.own_rows.setdefault(named(patient), i)
        if first != i and _equal(laid, first, i):
            got = f"the row is equal to another one of patient {named(patient)} in every cell"
            laid.fault(patient.at, got, hint=ONCE)
            continue
        laid.patients.append(_patient(laid, i, states))
        if first == i:
            _sessions(laid, i, patient, states)


def _states(laid: Laid) -> Iterator[tuple[Found, Column]]:
    for found in laid.found:
        column = laid.known("sessions", found.column)
        if found.slot is None and found.column != PATIENT_ID and column is not None:
            if column.type != "flag":
                header = laid.grid.headers[found.at].strip()
                raise ConsensusError(
                    f'{laid.grid.where((-1, found.at))}: "{header}" is mapped onto {column.name} of a session, but '
                    f"says not of which. Expected a header with {SLOT} in [courses.columns], or a column of yes and no."
                )
            yield found, column


def _equal(laid: Laid, a: int, b: int) -> bool:
    pairs = zip(laid.grid.rows[a], laid.grid.rows[b], strict=True)
    return all(is_missing(y) if is_missing(x) else x == y for x, y in pairs)


def _patient(laid: Laid, i: int, states: dict[Found, Column]) -> PlacedRow:
    mine = [found for found in laid.found if found.slot is None and found not in states]
    cells = {found.column: laid.place(i, found) for found in sorted(mine, key=lambda f: f.column != PATIENT_ID)}
    return cells if PATIENT_ID in cells else {PATIENT_ID: laid.patient_of(i) or Placed(value=None, at=(i, 0)), **cells}


def _sessions(laid: Laid, i: int, patient: Placed, states: dict[Found, Column]) -> None:
    rows = []
    slots = sorted({found.slot for found in laid.found if found.slot is not None})
    for slot in slots:
        cells = {found.column: laid.place(i, found) for found in laid.found if found.slot == slot}
        dated = cells.get(SESSION_DATE)
        filled = [placed for placed in cells.values() if placed.value is not None]
        if dated is not None and dated.value is not None:
            rows.append({PATIENT_ID: patient, SESSION_NO: Placed(value=slot, at=dated.at), **cells})
        elif filled:
            got = f"patient {named(patient)} has something of session {slot}, but no date of it"
            laid.fault(filled[0].at, got, f"a date in {_date_header(laid, slot)}", "The session is left out.")
    for found, column in states.items():
        _state(laid, i, patient, found, column, rows)
    laid.sessions.extend(rows)


def _state(laid: Laid, i: int, patient: Placed, found: Found, column: Column, rows: list[PlacedRow]) -> None:
    state = read_state(laid.grid.rows[i][found.at], column, laid.words)
    days = [laid.day(row[SESSION_DATE]) for row in rows]
    at = (i, found.at)
    for row, flag in zip(rows, flags(state, days), strict=True):
        row[column.name] = Placed(value=flag, at=at)
    if state.fault:
        hint = "It counts from the last session on." if state.yes else "The cell counts as empty."
        laid.fault(at, state.fault.rstrip("."), state.expected, hint)
    elif state.day is not None and _too_early(state.day, days):
        got = f"{column.name} of patient {named(patient)} is dated {state.day}, before the first session"
        laid.fault(at, got, hint="It is left out: what was there before belongs to the baseline.")
    elif state.day is not None:
        laid.assessments.append(
            {PATIENT_ID: patient, DATE: Placed(value=state.day, at=at), column.name: Placed(value=1, at=at)}
        )


def _too_early(seen: Dated, days: Sequence[Dated | None]) -> bool:
    """Return whether a state was seen before the first session; where that is open it is told with the assessments."""
    return all(day is None or latest(seen) < earliest(day) for day in days)


def _date_header(laid: Laid, slot: int) -> str:
    return next(
        (laid.grid.headers[f.at].strip() for f in laid.found if f.slot == slot and f.column == SESSION_DATE),
        SESSION_DATE,
    )
