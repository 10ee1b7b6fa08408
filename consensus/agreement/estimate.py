"""A number with all that is needed to read it: interval, method, base, and a reason where it can't be had."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Base = Literal["invited", "eligible", "asked", "answered", "committed"]
Coding = Literal["as_no", "half", "as_yes", "drop", "middle"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Estimate:
    """A value with its limits; either `value` is set or `reason` says why it can't be had.

    Shares are 0 to 1. `n` is the size of `base`; `level` the confidence level; `method` names the interval. `se` and
    `df` are the standard error and the degrees of freedom behind the limits, where they were made from these. `note`
    says what to mind about a value (why it has no limits, ...).
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    level: float = 0.95
    method: str = ""
    n: int | None = None
    base: Base = "answered"
    reason: str | None = None
    se: float | None = None
    df: float | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        if (self.value is None) == (self.reason is None):
            raise ValueError("an estimate has a value or a reason, not both and not none")


@dataclass(frozen=True, kw_only=True, slots=True)
class Measurement:
    """One estimate with what it is of: a row of `agree --json`.

    `measure` is share, endorsement, median, ...; `count` the votes behind it (fractional where equivocal votes count
    half), None where there are none; `coding` tells how equivocal answers count, None where they play no part.
    `under` tells what limits allow for beyond chance draws of people one by one: the design, a correlation within
    clusters; None where it is that alone.
    """

    question: str
    measure: str
    estimate: Estimate
    option: str | None = None
    criterion: str | None = None
    round: int | None = None
    group: str | None = None
    coding: Coding | None = None
    count: float | None = None
    under: str | None = None

    @property
    def plain(self) -> bool:
        """Whether it is of all people, drawn one by one: the row that stands first for its question and measure."""
        return self.group is None and self.under is None

    def to_dict(self) -> dict[str, object]:
        """Return the row with the keys of the `estimates` list of `consensus agree --json`."""
        e = self.estimate
        return {
            "question": self.question,
            "option": self.option,
            "criterion": self.criterion,
            "round": self.round,
            "group": self.group,
            "measure": self.measure,
            "equivocal": self.coding,
            "base": e.base,
            "count": self.count,
            "n": e.n,
            "value": e.value,
            "low": e.low,
            "high": e.high,
            "level": e.level,
            "method": e.method,
            "reason": e.reason,
            "under": self.under,
            "se": e.se,
            "df": e.df,
            "note": e.note,
        }
