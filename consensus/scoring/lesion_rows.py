"""What can be wrong with a row of lesions: a scan that may follow either of two sessions, a bound for a size."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from consensus.definitions.amount import Amount
from consensus.scoring.course import may_follow
from consensus.scoring.course_map import DATE
from consensus.scoring.faults import UNKNOWN
from consensus.scoring.months import Month
from consensus.scoring.row_faults import Held, hold_back_for_scan
from consensus.scoring.typed_sheet import Row, TypedSheet


def lesion_in_time(
    sheet: TypedSheet,
    row: Row,
    sessions: Sequence[tuple[date, date]],
    held: Held,
    placed: Collection[tuple[str, object]],
) -> bool:
    """Return whether a scan of a lesion has a day; its patient is held back where its session is open.

    `placed` are the patients and dates of scans that sessions name as their own: those need no order.
    """
    day = row.cells[DATE]
    if not isinstance(day, Month | date):
        return True
    if isinstance(day, Month):
        # left out alone it would change the baseline or the smallest sum so far, and with them what other scans say
        sheet.fault(row, DATE, f"a lesion of patient {row.patient} at a scan without a day", "the day", UNKNOWN)
        hold_back_for_scan(row.patient, held, own=True)
        return False
    first, last = may_follow(day, sessions)
    if first != last and (row.patient, day) not in placed:
        got = f"a lesion of patient {row.patient} at a scan of {day}, in the month of a session without a day"
        sheet.fault(row, DATE, got, "the day of that session", UNKNOWN)
        hold_back_for_scan(row.patient, held, own=False)
    return True


def bounds_told(sheet: TypedSheet, row: Row) -> None:
    """Tell each size or share of a lesion of which only a bound is known."""
    for name, cell in row.cells.items():
        if isinstance(cell, Amount) and not cell.exact:
            got = f"only a bound of {name} is known of a lesion of patient {row.patient}"
            sheet.fault(row, name, got, "a number", "The cell counts as not known.")
