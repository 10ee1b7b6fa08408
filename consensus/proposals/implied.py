"""Whether a proposal implies other definitions, or they it: told without patients, by courses that part them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from consensus.scoring.compare import SESSIONS, Separation, comparable, separate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from consensus.definitions.condition import Condition
    from consensus.definitions.definition import Definition


@dataclass(frozen=True, kw_only=True, slots=True)
class Implied:
    """What parts a proposal from another definition: a course that only the proposal calls met, and the other way."""

    other: Definition
    forth: Separation
    back: Separation

    def to_list(self) -> list[dict[str, object]]:
        """Return both ways as rows of `implied` of `propose --json`."""
        return [
            {
                "met_by": one.met_by,
                "not_met_by": one.not_met_by,
                "implies": one.implies,
                "sessions": None if one.course is None else len(one.course.sessions),
                "up_to": SESSIONS,
                "all_courses": one.all_of_them,
            }
            for one in (self.forth, self.back)
        ]


def implied_of(own: Definition, others: Iterable[Definition], condition: Condition) -> tuple[Implied, ...]:
    """Return how `own` relates to each of `others`, on courses of up to `SESSIONS` sessions.

    Definitions that look at more than sessions (at patients before the first one, at scores) can't be compared without
    patients and are left out.
    """
    if not comparable(own):
        return ()
    return tuple(
        Implied(other=other, forth=separate(own, other, condition), back=separate(other, own, condition))
        for other in others
        if other.id != own.id and comparable(other)
    )
