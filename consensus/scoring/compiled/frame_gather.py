"""What came true at sessions -> one row a patient: the first session of each question as one number, its stamp."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import narwhals as nw

from consensus.definitions.column import SESSION_DATE
from consensus.definitions.condition import Condition
from consensus.scoring.compiled.calendar import FIRST_DAY, counts_days
from consensus.scoring.compiled.facts import Fact
from consensus.scoring.compiled.frame_cells import Expr, Frame
from consensus.scoring.compiled.frames import DAY, PATIENT, RANK
from consensus.scoring.compiled.kinds import Kind
from consensus.scoring.compiled.verdicts import NONE
from consensus.scoring.compiled.vocabulary import Coded

HELD, NUMBER, STAMP, ROW = "held", "number", "stamp", "row of patients"
MOST_NUMBER = 2**26 - 1
OPEN = NONE - 1  # of a question that never came true, and may have


@dataclass(frozen=True, slots=True)
class Layout:
    """How a stamp holds the place of a session in the course, its number and a date side by side in one number.

    The place is the rank, or the day where each session has a number and so needs no rank. With `months` the date is
    told by its digits, those of a month without a day.
    """

    of_rank: int
    of_number: int
    by_day: bool
    months: bool = False

    def number(self, stamp: Expr) -> Expr:
        """Return the number of the session."""
        return (stamp % self.of_rank) // self.of_number

    def date(self, stamp: Expr) -> Expr:
        """Return what stands for the date."""
        return stamp % self.of_number


BY_RANK, BY_DAY, BY_MONTH = Layout(2**51, 2**25, False), Layout(2**43, 2**17, True), Layout(2**51, 2**25, False, True)


def stamp_of(found: dict[str, Coded], condition: Condition, kind: Kind, layout: Layout) -> Expr:
    """Return what tells a session: its place, its number, and the date by which it is dated."""
    first = FIRST_DAY if counts_days(kind) and not layout.months else 0
    date = nw.col(found[SESSION_DATE].high) - first
    if condition.assessed in found:
        seen = found[condition.assessed]
        date = nw.when(nw.col(seen.gap)).then(date).otherwise(nw.col(seen.high) - first)
    if layout.by_day:
        return (nw.col(DAY) - FIRST_DAY) * layout.of_rank + nw.col(NUMBER) * layout.of_number + date
    own = nw.when(nw.col(NUMBER) < 0).then(nw.col(RANK)).otherwise(nw.col(NUMBER))
    return nw.col(RANK) * layout.of_rank + own * layout.of_number + date


def gathered(frame: Frame, facts: dict[int, Fact], *, doubled: bool) -> Frame:
    """Return one row a patient with sessions: when each question came true first, else whether it may have."""
    came = {
        f"c{at}": nw.when(fact.sure).then(nw.col(STAMP)).when(fact.possible).then(OPEN).otherwise(NONE)
        for at, fact in facts.items()
    }
    undated = nw.when(nw.col(HELD)).then(1).otherwise(0)
    numbered = (
        {"numbered": nw.when(nw.col(NUMBER) < 0).then(-nw.col(RANK)).otherwise(nw.col(NUMBER))} if doubled else {}
    )
    again = {"numbers": nw.col("numbered").n_unique(), "sessions": nw.len()} if doubled else {}
    frame = frame.select(PATIENT, undated=undated, **numbered, **came)
    return frame.group_by(PATIENT).agg(
        undated=nw.col("undated").max(), **again, **{name: nw.col(name).min() for name in came}
    )


def gathered_apart(frame: Frame, facts: dict[int, Fact]) -> Frame:
    """Return the same of sessions that were looked at apart from the others."""
    return gathered(frame, facts, doubled=False).drop("undated")


def joined(people: Frame, founds: Sequence[Frame], questions: int, coded: Iterable[Coded]) -> Frame:
    """Return all patients: those without sessions, in whom nothing came true, and those who stand there alone."""
    found, *further = founds
    for other in further:
        found = found.join(other, on=PATIENT, how="left")
    both = people.join(found, on=PATIENT, how="full", suffix="_alone")
    names = both.collect_schema().names()
    unsure = nw.col("undated") > 0
    if "numbers" in names:
        unsure = unsure | (nw.col("numbers") < nw.col("sessions"))
    came = [nw.col(f"c{at}").fill_null(NONE) for at in range(questions)]
    return both.select(
        *([ROW] if ROW in names else []),
        *(_filled(part, one) for one in coded for part in one.parts),
        nw.coalesce(PATIENT, f"{PATIENT}_alone").alias(PATIENT),
        (nw.col(HELD).fill_null(False) | unsure.fill_null(False)).alias(HELD),
        *(nw.when(one < OPEN).then(one).otherwise(NONE).alias(f"s{at}") for at, one in enumerate(came)),
        *((one < NONE).alias(f"p{at}") for at, one in enumerate(came)),
    )


def _filled(part: str, one: Coded) -> Expr:
    """Return a part of a patient's column, empty for those who have no row of their own."""
    return nw.col(part).fill_null(True if part == one.gap else one.nothing)
