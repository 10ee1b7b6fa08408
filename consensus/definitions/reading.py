"""A reading: one way among several to understand a wording, with its values."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from questionnaires.instrument import Labels
from questionnaires.problems import one_of

_RANGE = re.compile(r"(\d{1,5})-(\d{1,5})")
_DAYS = re.compile(r"\d{1,5}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """A named choice with its values, the default first; `takes` says what else it takes: a range of days, or days.

    `label` is what it is called in a report, in languages in which its name is no word.
    """

    name: str
    values: tuple[tuple[str, Labels], ...]
    takes: Literal["listed", "range", "days"] = "listed"
    label: Labels = field(default_factory=Labels)

    @property
    def default(self) -> str:
        """The value that is in force where neither the caller nor the definition says another."""
        return self.values[0][0]

    def allows(self, value: str) -> bool:
        """Return whether this is one of its values."""
        if value in dict(self.values):
            return True
        if self.takes == "range":
            return range_of(value) is not None
        return self.takes == "days" and _DAYS.fullmatch(value) is not None

    def expected(self) -> str:
        """Return its values in words."""
        more = {"listed": "", "range": ", or days such as 28-92", "days": ", or a number of days"}[self.takes]
        return one_of(value for value, _ in self.values) + more


def in_both(en: str, zh: str) -> Labels:
    """Return a text in English and Chinese."""
    return Labels((("en", en), ("zh", zh)))


def in_chinese(text: str) -> Labels:
    """Return a text in Chinese alone."""
    return Labels((("zh", text),))


def range_of(value: str) -> tuple[int, int] | None:
    """Return the two ends of a range of days such as `28-92`, or None if it is none."""
    match = _RANGE.fullmatch(value)
    if match is None or int(match[1]) > int(match[2]):
        return None
    return int(match[1]), int(match[2])
