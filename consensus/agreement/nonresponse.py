"""What those who did not answer could change: response rates, worst-case bounds, the rate a verdict needs."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from consensus.agreement.differences import difference
from consensus.agreement.estimate import Estimate
from consensus.agreement.proportions import share

if TYPE_CHECKING:
    from consensus.agreement.proportions import Limits


@dataclass(frozen=True, kw_only=True, slots=True)
class WorstCase:
    """The least and the most that a share could be among all invited, whatever the others would have said."""

    low: float | None = None
    high: float | None = None
    invited: int = 0
    answered: int = 0
    reason: str | None = None

    @property
    def limits(self) -> Limits | None:
        """Both bounds, None where they can't be had."""
        return None if self.low is None or self.high is None else (self.low, self.high)


def response_rate(answered: int, invited: int | None, *, level: float = 0.95) -> Estimate:
    """Return the share of the invited who answered, with Wilson limits; a reason where no number invited is known."""
    if invited is None:
        return Estimate(reason="the number of people invited is not known", n=None, base="invited", level=level)
    return share(answered, invited, base="invited", level=level)


def worst_case(count: int, answered: int, invited: int) -> WorstCase:
    """Return Manski's bounds (1989) of a share among all invited: nobody, or everybody, of the others says yes.

    Raises ValueError where more answered than were invited or said yes than answered.
    """
    if not 0 <= count <= answered <= invited:
        raise ValueError(f"{count} of {answered} who answered of {invited} invited can't be")
    if invited == 0:
        return WorstCase(reason="nobody was invited")
    rest = invited - answered
    return WorstCase(low=count / invited, high=(count + rest) / invited, invited=invited, answered=answered)


def tipping_rate(count: int, answered: int, threshold: Fraction) -> Fraction | None:
    """Return the response rate from which on `count / answered >= threshold` holds whatever the others would have said.

    threshold / share; None where the share misses the threshold already or nobody answered.
    """
    if answered == 0 or Fraction(count, answered) < threshold:
        return None
    return threshold / Fraction(count, answered)


def tipping_share(yes: int, equivocal: int, n: int, threshold: Fraction) -> Fraction | None:
    """Return the part of the equivocal who would have to lean yes for the share of yes to reach the threshold.

    (threshold n - yes) / equivocal: 0 or less where it is reached without them; None where even all would not do.
    """
    needed = threshold * n - yes
    if needed <= 0:
        return Fraction(0)
    return None if needed > equivocal else Fraction(needed, equivocal)


def early_and_late(early: tuple[int, int], late: tuple[int, int], *, level: float = 0.95) -> Estimate:
    """Return the share among late answers less that among early ones: the late stand for those who never answered.

    Both are (count, base); the limits are Newcombe's.
    """
    return difference(late, early, level=level)
