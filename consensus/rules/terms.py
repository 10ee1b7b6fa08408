"""What a rule is made of: measures of the answers, comparisons of them, and how conditions are joined.

Every part prints itself as the text that `consensus.rules.grammar.parse_rule` reads back to the same part.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from consensus.agreement.estimate import Base

Comparison = Literal[">=", ">", "<=", "<", "="]
Unit = Literal["share", "scale", "free"]

# What each measure is given in brackets, and what its values are: shares of people, points of the scale, plain numbers.
SETS: dict[str, Unit] = {"share": "share", "count": "free", "chance": "share", "kstar": "free"}
PLAIN: dict[str, Unit] = {
    "median": "scale",
    "mean": "scale",
    "sd": "scale",
    "iqr": "scale",
    "cv": "free",
    "riqr": "free",
    "di": "free",
    "outside": "free",
    "n": "free",
    "apmo": "share",
}
NUMBERS: dict[str, Unit] = {"quantile": "scale", "within": "share"}
BOUNDARIES: dict[str, Unit] = {"mean": "scale", "top": "share", "cv": "free"}
BOUNDS = ("low", "high")
WORDS = ("agree", "disagree", "top", "bottom", "most")
QUANTILES = frozenset({"quantile", "iqr", "riqr", "di"})


@dataclass(frozen=True, slots=True)
class Options:
    """Some options of a question: a `word` (those that agree, the top point, the one chosen
    most often, ...), a range, or single points."""

    word: str | None = None
    low: Fraction | None = None
    high: Fraction | None = None
    points: tuple[Fraction, ...] = ()

    def __str__(self) -> str:
        if self.word is not None:
            return self.word
        if self.low is not None and self.high is not None:
            return f"{number(self.low)}..{number(self.high)}"
        return ", ".join(map(number, self.points))

    def holds(self, point: Fraction) -> bool:
        """Return whether a point of the scale is one of them; words are for whoever knows the question."""
        if self.low is not None and self.high is not None:
            return self.low <= point <= self.high
        return point in self.points


AGREE, DISAGREE = Options(word="agree"), Options(word="disagree")


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """One measure: `options` of a share or a count, `at` of a quantile or a distance, `bound` of an interval's end."""

    measure: str
    options: Options | None = None
    at: Fraction | None = None
    base: Base | None = None
    bound: str | None = None
    of: str | None = None

    def __str__(self) -> str:
        inner = self.options if self.options is not None else self.of
        if self.at is not None:
            inner = percent(self.at) if self.measure == "quantile" else number(self.at)
        text = self.measure if inner is None else f"{self.measure}({inner})"
        if self.bound is not None:
            text = f"{self.bound}({text})"
        return text if self.base is None else f"{text} of {self.base}"

    @property
    def unit(self) -> Unit:
        """What its values are: a share of people, points of the scale, or a plain number."""
        if self.measure == "boundary":
            return BOUNDARIES[self.of or "mean"]
        return {**SETS, **PLAIN, **NUMBERS}[self.measure]


@dataclass(frozen=True, slots=True)
class Sum:
    """Terms and numbers added up; each part with its sign, 1 or -1."""

    parts: tuple[tuple[int, Term | Fraction], ...]

    @property
    def terms(self) -> tuple[Term, ...]:
        """The measures in it."""
        return tuple(part for _, part in self.parts if isinstance(part, Term))

    @property
    def constant(self) -> Fraction | None:
        """Its value where it has no measure in it."""
        if any(isinstance(part, Term) for _, part in self.parts):
            return None
        return sum((sign * part for sign, part in self.parts if isinstance(part, Fraction)), Fraction(0))

    def text(self, unit: Unit) -> str:
        """Return it as written, numbers in the unit of what they are held against."""
        show = percent if unit == "share" else number
        words = ""
        for sign, part in self.parts:
            shown = show(part) if isinstance(part, Fraction) else str(part)
            lead = "-" if sign < 0 else "+"
            words += f" {lead} {shown}" if words else (f"-{shown}" if sign < 0 else shown)
        return words


@dataclass(frozen=True, slots=True)
class Compared:
    """Two sums held against each other."""

    left: Sum
    comparison: Comparison
    right: Sum

    @property
    def unit(self) -> Unit:
        """What is compared: shares, points of the scale or plain numbers, told by the first measure."""
        terms = (*self.left.terms, *self.right.terms)
        return terms[0].unit if terms else "free"

    def __str__(self) -> str:
        return f"{self.left.text(self.unit)} {self.comparison} {self.right.text(self.unit)}"


@dataclass(frozen=True, slots=True)
class Told:
    """`disagreement` or `agreement` as the RAND/UCLA method tells it: `classic` by panel size, or by `ipras`."""

    word: str
    way: str

    def __str__(self) -> str:
        return f"{self.word}({self.way})"


@dataclass(frozen=True, slots=True)
class Joined:
    """Conditions of which all (`and`) or at least one (`or`) must hold."""

    word: Literal["and", "or"]
    parts: tuple[Condition, ...]

    def __str__(self) -> str:
        return f" {self.word} ".join(
            f"({part})" if isinstance(part, Joined | InGroups) else str(part) for part in self.parts
        )


@dataclass(frozen=True, slots=True)
class Not:
    """A condition that must not hold."""

    part: Condition

    def __str__(self) -> str:
        return f"not {self.part}" if isinstance(self.part, Told) else f"not ({self.part})"


@dataclass(frozen=True, slots=True)
class InGroups:
    """A condition judged within each group of the column `by`: in `each`, in `any`, or in at least so many."""

    part: Condition
    least: Literal["each", "any"] | int
    by: str

    def __str__(self) -> str:
        inner = f"({self.part})" if isinstance(self.part, InGroups) else str(self.part)
        return f"{inner} in {self.least if isinstance(self.least, str) else f'at least {self.least}'} {self.by}"


Condition = Compared | Told | Joined | Not | InGroups


@dataclass(frozen=True, slots=True)
class Quorum:
    """The smallest number of committed answers that is judged: a `share` of a `base`, or a `count` of people."""

    share: Fraction | None = None
    base: Base = "eligible"
    count: int | None = None

    def __str__(self) -> str:
        return f"quorum {self.count}" if self.share is None else f"quorum {percent(self.share)} of {self.base}"


def atoms(condition: Condition) -> Iterator[Compared | Told]:
    """Yield the comparisons and tellings that a condition is made of, in their order."""
    if isinstance(condition, Compared | Told):
        yield condition
    elif isinstance(condition, Joined):
        for part in condition.parts:
            yield from atoms(part)
    else:
        yield from atoms(condition.part)


def terms_of(condition: Condition) -> Iterator[Term]:
    """Yield the measures of a condition, in their order."""
    for atom in atoms(condition):
        if isinstance(atom, Compared):
            yield from (*atom.left.terms, *atom.right.terms)


def mapped(condition: Condition, change: Callable[[Term], Term]) -> Condition:
    """Return a condition with each of its measures changed."""
    if isinstance(condition, Compared):
        return Compared(_mapped(condition.left, change), condition.comparison, _mapped(condition.right, change))
    if isinstance(condition, Joined):
        return Joined(condition.word, tuple(mapped(part, change) for part in condition.parts))
    if isinstance(condition, InGroups):
        return InGroups(mapped(condition.part, change), condition.least, condition.by)
    return Not(mapped(condition.part, change)) if isinstance(condition, Not) else condition


def _mapped(side: Sum, change: Callable[[Term], Term]) -> Sum:
    return Sum(tuple((sign, change(part) if isinstance(part, Term) else part) for sign, part in side.parts))


def groupings(condition: Condition) -> Iterator[str]:
    """Yield the columns of groups that a condition names."""
    if isinstance(condition, Joined):
        for part in condition.parts:
            yield from groupings(part)
    elif isinstance(condition, Not | InGroups):
        if isinstance(condition, InGroups):
            yield condition.by
        yield from groupings(condition.part)


def percent(share: Fraction) -> str:
    """Return a share as a percentage where it has a finite one (`75%`), else as a fraction (`2/3`)."""
    shown = _decimal(share * 100)
    return f"{share.numerator}/{share.denominator}" if shown is None else f"{shown}%"


def number(value: Fraction) -> str:
    """Return a number as a decimal where it has a finite one (`7`, `2.35`), else as a fraction."""
    shown = _decimal(value)
    return f"{value.numerator}/{value.denominator}" if shown is None else shown


def _decimal(value: Fraction) -> str | None:
    for digits in range(10):
        scaled = value * 10**digits
        if scaled.denominator == 1:
            whole = f"{abs(scaled.numerator):0{digits + 1}d}"
            text = f"{whole[:-digits]}.{whole[-digits:]}" if digits else whole
            return f"-{text}" if scaled < 0 else text
    return None
