"""How far a criterion is supported: its votes by what they say, counted in one of the four ways for equivocal ones."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from consensus.agreement.estimate import Base, Coding, Estimate
from consensus.agreement.proportions import normal_mean, share

if TYPE_CHECKING:
    from questionnaires.instrument import Question

CODINGS: tuple[Coding, ...] = ("as_no", "half", "as_yes", "drop")
HALF = Fraction(1, 2)

# What one equivocal vote adds to the side for the criterion, and to the side against it.
_WORTH = {"as_no": (Fraction(0), Fraction(1)), "half": (HALF, HALF), "as_yes": (Fraction(1), Fraction(0))}


def codings_of(question: Question) -> tuple[Coding | None, ...]:
    """Return the ways to count a question's answers: all four where an option is equivocal, else (None,)."""
    return CODINGS if any(question.endorsement(c) == 0.5 for c in question.choices) else (None,)


@dataclass(frozen=True, kw_only=True, slots=True)
class Votes:
    """The answers to one criterion: for it, equivocal, against it, and opted out (no side, yet an answer)."""

    yes: int
    equivocal: int
    no: int
    opted_out: int = 0

    @property
    def answered(self) -> int:
        """Everyone who gave an answer."""
        return self.yes + self.equivocal + self.no + self.opted_out

    @property
    def committed(self) -> int:
        """Those who took a side."""
        return self.yes + self.no

    def base(self, coding: Coding | None) -> Base:
        """Return whom a coding's percentages are of."""
        return "committed" if coding == "drop" else "answered"

    def size(self, coding: Coding | None) -> int:
        """Return the size of that base."""
        return self.committed if coding == "drop" else self.answered

    def support(self, coding: Coding | None) -> Fraction:
        """Return the votes for the criterion, equivocal ones by `coding` (None: as if there were none)."""
        return self.yes + self.equivocal * _worth(coding)[0]

    def against(self, coding: Coding | None) -> Fraction:
        """Return the votes against it. Opted-out answers stand on neither side: not knowing does not reject."""
        return self.no + self.equivocal * _worth(coding)[1]

    def estimate(self, coding: Coding | None, *, level: float = 0.95) -> Estimate:
        """Return the endorsement: Wilson limits, or normal ones where half votes are no binomial count."""
        n, base = self.size(coding), self.base(coding)
        if coding != "half" or self.equivocal == 0:
            return share(int(self.support(coding)), n, base=base, level=level)
        limits = normal_mean(((1.0, self.yes), (0.5, self.equivocal), (0.0, self.no + self.opted_out)), level=level)
        low, high = limits or (None, None)
        method = "normal" if limits else "none: all answers are alike"
        return Estimate(value=float(self.support(coding) / n), low=low, high=high, level=level, method=method, n=n)


def _worth(coding: Coding | None) -> tuple[Fraction, Fraction]:
    return _WORTH.get(coding or "as_no", (Fraction(0), Fraction(0)))
