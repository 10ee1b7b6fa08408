"""Whether a proposal implies other definitions, or they it: told without patients, by courses that part them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from consensus.scoring.compare import Separation, comparable, separate

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
        """Return both ways as rows of `implied` of `propose --json`; `implies` is null where that is not settled.

        `up_to` is a limit of sessions, and null: courses of any length were followed.
        """
        return [
            {
                "met_by": one.met_by,
                "not_met_by": one.not_met_by,
                "implies": False if one.course is not None else None if one.unsettled else True,
                "sessions": None if one.course is None else len(one.course.sessions),
                "up_to": None,
                "all_courses": not one.unsettled,
            }
            for one in (self.forth, self.back)
        ]


def implied_of(own: Definition, others: Iterable[Definition], condition: Condition) -> tuple[Implied, ...]:
    """Return how `own` relates to each of `others`, on courses of any length; scores are left out."""
    if not comparable(own):
        return ()
    return tuple(
        Implied(other=other, forth=separate(own, other, condition), back=separate(other, own, condition))
        for other in others
        if other.id != own.id and comparable(other)
    )
