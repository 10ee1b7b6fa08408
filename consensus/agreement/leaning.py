"""What equivocal answers could turn: the share of support as more and more of them lean to yes, and where it tips."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from consensus.agreement.support import Votes

STEPS = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Leaning:
    """The tipping curve of one criterion: support (yes + lean * equivocal) / answered, lean from 0 to 1.

    `accepted_at` is the leaning to yes from which on the threshold is reached (0: without any), `rejected_up_to` the
    one up to which the votes against reach it; None where no leaning does. Both are exact, and `votes` are whole
    equivocal answers that would do.
    """

    question: str
    criterion: str
    yes: int
    equivocal: int
    answered: int
    threshold: Fraction
    accepted_at: Fraction | None
    rejected_up_to: Fraction | None
    opted_out: int = 0

    @property
    def curve(self) -> tuple[tuple[float, float], ...]:
        """Points of the curve: the part of equivocal answers that lean yes, and the support then."""
        steps = [Fraction(at, STEPS) for at in range(STEPS + 1)]
        return tuple((float(s), float((self.yes + s * self.equivocal) / self.answered)) for s in steps)

    @property
    def votes_to_accept(self) -> int | None:
        """How many equivocal answers would have to be yes for the threshold to be reached."""
        return None if self.accepted_at is None else _up(self.accepted_at * self.equivocal)

    @property
    def votes_to_reject(self) -> int | None:
        """How many equivocal answers would have to be no for the votes against to reach the threshold."""
        return None if self.rejected_up_to is None else _up((1 - self.rejected_up_to) * self.equivocal)

    def to_dict(self) -> dict[str, object]:
        """Return the row of the `leaning` list of `agree --json`."""
        return {
            "criterion": self.criterion,
            "question": self.question,
            "yes": self.yes,
            "equivocal": self.equivocal,
            "n": self.answered,
            "threshold": float(self.threshold),
            "accepted_at": None if self.accepted_at is None else float(self.accepted_at),
            "rejected_up_to": None if self.rejected_up_to is None else float(self.rejected_up_to),
            "votes_to_accept": self.votes_to_accept,
            "votes_to_reject": self.votes_to_reject,
            "curve": [list(point) for point in self.curve],
        }


def leaning(question: str, criterion: str, votes: Votes, threshold: Fraction) -> Leaning | None:
    """Return the tipping curve of a criterion; None where nobody gave an equivocal answer."""
    if not votes.equivocal:
        return None
    n, e = votes.answered, votes.equivocal
    up = max(Fraction(0), (threshold * n - votes.yes) / e)
    # the votes against are no + (1 - lean) e
    down = min(Fraction(1), 1 - (threshold * n - votes.no) / e)
    return Leaning(
        question=question,
        criterion=criterion,
        yes=votes.yes,
        equivocal=e,
        answered=n,
        threshold=threshold,
        accepted_at=None if up > 1 else up,
        rejected_up_to=None if down < 0 else down,
        opted_out=votes.opted_out,
    )


def _up(number: Fraction) -> int:
    return -(-number.numerator // number.denominator)
