"""Findings: what can be told of one session, as data: one test of a column, or one for each value of a reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, TypeAlias

from consensus.definitions.amount import Amount
from questionnaires.instrument import Labels

Since = Literal["new_since_baseline", "new_since_previous", "present"]
SINCE: tuple[Since, ...] = ("new_since_baseline", "new_since_previous", "present")
MissingRule = Literal["unknown", "absent", "lasting"]
MISSING_RULES: tuple[MissingRule, ...] = ("unknown", "absent", "lasting")
Over = Literal["baseline", "previous"]
Moment = Literal["session", "baseline"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Above:
    """The value is greater than the limit, strictly."""

    column: str
    limit: Amount


@dataclass(frozen=True, kw_only=True, slots=True)
class Reaches:
    """The value is the limit or greater."""

    column: str
    limit: Amount


@dataclass(frozen=True, kw_only=True, slots=True)
class Below:
    """The value is less than the limit, strictly."""

    column: str
    limit: Amount


@dataclass(frozen=True, kw_only=True, slots=True)
class AtMost:
    """The value is the limit or less."""

    column: str
    limit: Amount


@dataclass(frozen=True, kw_only=True, slots=True)
class OneOf:
    """The value is one of these (choices or texts), or equal to one of these numbers."""

    column: str
    values: tuple[str | Amount, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Increases:
    """The value is greater than that of the session before; at the first session, than that of the baseline."""

    column: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RisesBy:
    """The value is at least so many percent over that of the baseline or of the session before.

    `strictly` asks for more than that; with `amount` it is so much more, and not a percentage.
    """

    column: str
    percent: Decimal
    over: Over
    strictly: bool = False
    amount: Amount | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Differs:
    """The value differs from that of the session before in the course; never at the first session."""

    column: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Appears:
    """A state is there now and was not before.

    The state is yes where one of the columns is above 0, else no where one is recorded, else unknown.
    """

    columns: tuple[str, ...]
    since: Since


@dataclass(frozen=True, kw_only=True, slots=True)
class Always:
    """True of each session that there is."""


Test: TypeAlias = Above | Reaches | Below | AtMost | OneOf | Increases | RisesBy | Differs | Appears | Always


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """A yes, no or unknown of one session.

    `tests` has one test a value of the reading `by`, or a single one under an empty value. With `within` it counts only
    if the assessed date lies in the window that this reading gives. `missing` says what an empty cell means; where a
    reading decides on that, it is `missing_by`. One `at` the baseline is told from the patient's columns alone.
    """

    name: str
    says: Labels
    tests: tuple[tuple[str, Test], ...]
    by: str | None = None
    within: str | None = None
    missing: MissingRule = "unknown"
    missing_by: str | None = None
    at: Moment = "session"
    readings: tuple[str, ...] = field(init=False, default=())

    def __post_init__(self) -> None:
        used = (self.by, self.within, self.missing_by)
        object.__setattr__(self, "readings", tuple(name for name in used if name is not None))

    def test(self, readings: Mapping[str, str]) -> Test:
        """Return the test that tells the finding under the given readings."""
        return dict(self.tests)[readings[self.by] if self.by is not None else ""]

    def missing_rule(self, readings: Mapping[str, str]) -> str:
        """Return what an empty cell means under the given readings: unknown, absent or lasting."""
        return self.missing if self.missing_by is None else readings[self.missing_by]


def columns_of(test: Test) -> tuple[str, ...]:
    """Return the columns of `sessions` that a test looks at."""
    if isinstance(test, Always):
        return ()
    return test.columns if isinstance(test, Appears) else (test.column,)


def baseline_columns_of(test: Test) -> tuple[str, ...]:
    """Return those columns whose baseline a test looks at as well."""
    if isinstance(test, Appears):
        return () if test.since == "present" else test.columns
    return (test.column,) if isinstance(test, Increases | RisesBy) else ()
