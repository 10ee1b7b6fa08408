"""A test of significance with what is needed to read it."""

from __future__ import annotations

from dataclasses import dataclass

COCHRAN_ARMITAGE, TREND = "cochran-armitage", "trend, t"
TRENDS = (COCHRAN_ARMITAGE, TREND)  # tests of a trend over ordered groups, a family of their own


@dataclass(frozen=True, kw_only=True, slots=True)
class SignificanceTest:
    """A test: either `p` is set or `reason` says why there is none.

    `statistic` and its degrees of freedom (`df`, for F also `df2`) are None for exact tests that have none; `n` is how
    many people (or units) it speaks of.
    """

    method: str
    p: float | None = None
    statistic: float | None = None
    df: float | None = None
    df2: float | None = None
    n: int | None = None
    reason: str | None = None

    def __post_init__(self) -> None:
        if (self.p is None) == (self.reason is None):
            raise ValueError("a test has a p value or a reason, not both and not none")

    def to_dict(self) -> dict[str, object]:
        """Return the keys that a test has in `agree --json`."""
        return {
            "method": self.method,
            "statistic": self.statistic,
            "df": self.df,
            "df2": self.df2,
            "p": self.p,
            "n": self.n,
            "reason": self.reason,
        }
