"""The conventions of Chinese Delphi studies (recalled as a whole): positivity and authority of the experts.

The concentration (mean, full-score ratio) and coordination (CV, Kendall's W) of opinions are measures of rules and of
agreement; deletion by boundary values is the rule `chinese-boundary`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

STANDING = "recalled"
# What a basis of judgment weighs that influences an expert much, somewhat or little. Practical experience .5, theory .3
# and .2, literature and intuition .1 are verified (BMC Infect Dis 2014;14:268, Table 2); the others are recalled.
BASES: dict[str, tuple[Fraction, Fraction, Fraction]] = {
    "experience": (Fraction(5, 10), Fraction(4, 10), Fraction(3, 10)),
    "theory": (Fraction(3, 10), Fraction(2, 10), Fraction(1, 10)),
    "literature": (Fraction(1, 10), Fraction(1, 10), Fraction(1, 10)),
    "intuition": (Fraction(1, 10), Fraction(1, 10), Fraction(1, 10)),
}
FAMILIARITY = (Fraction(1), Fraction(8, 10), Fraction(6, 10), Fraction(4, 10), Fraction(2, 10))
ACCEPTABLE = Fraction(7, 10)


@dataclass(frozen=True, kw_only=True, slots=True)
class Authority:
    """The authority coefficient of a panel, Cr = (Ca + Cs) / 2, by judgment (Ca) and familiarity (Cs)."""

    judgment: float
    familiarity: float
    experts: int

    @property
    def coefficient(self) -> float:
        """Cr, acceptable from 0.70 on (recalled)."""
        return (self.judgment + self.familiarity) / 2


def authority(judgment: Mapping[str, tuple[int, int, int]], familiarity: tuple[int, ...]) -> Authority:
    """Return the authority of a panel.

    `judgment` gives for each basis (`experience`, `theory`, `literature`, `intuition`) how many experts it influences
    much, somewhat and little; `familiarity` how many are very familiar, ..., unfamiliar (five numbers). Raises
    ValueError for an unknown basis and for numbers that are not of one and the same panel.
    """
    experts = sum(familiarity)
    if len(familiarity) != len(FAMILIARITY) or experts < 1:
        raise ValueError(f"familiarity has {len(FAMILIARITY)} numbers of experts, got {familiarity}")
    total = Fraction(0)
    for basis, counts in judgment.items():
        if basis not in BASES:
            raise ValueError(f"{basis} is no basis of judgment; there are {', '.join(BASES)}")
        if sum(counts) != experts:
            raise ValueError(f"{basis}: {sum(counts)} experts, and {experts} told their familiarity")
        total += sum((weight * count for weight, count in zip(BASES[basis], counts, strict=True)), Fraction(0))
    known = sum((weight * count for weight, count in zip(FAMILIARITY, familiarity, strict=True)), Fraction(0))
    return Authority(judgment=float(total / experts), familiarity=float(known / experts), experts=experts)


def positivity(returned: int, sent: int) -> float:
    """Return the positivity coefficient of a round: the share of questionnaires that came back."""
    if sent < 1 or not 0 <= returned <= sent:
        raise ValueError(f"{returned} of {sent} questionnaires is no share")
    return returned / sent
