"""Definitions as data: criteria over findings, how often they must hold, and how they are combined."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, TypeAlias

from questionnaires.instrument import Evidence, Labels

Standing = Literal["verified", "recalled", "derived", "choice", "example"]
STANDINGS: tuple[Standing, ...] = ("verified", "recalled", "derived", "choice", "example")
Kind = Literal["failure", "proposal", "stopping_rule", "end_point", "predictor", "unsuitability"]
KINDS: tuple[Kind, ...] = ("failure", "proposal", "stopping_rule", "end_point", "predictor", "unsuitability")


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """Where a definition is from, and how far its text was checked."""

    cite: str
    standing: Standing


@dataclass(frozen=True, kw_only=True, slots=True)
class VoteSource:
    """The votes behind a term: `count` of `base` chose `option`; a direct vote, an upper bound, or a proxy.

    What is empty is not said.
    """

    survey: str = ""
    question: str
    option: str = ""
    count: int
    base: int
    base_is: str = ""
    kind: Evidence = "vote"


@dataclass(frozen=True, kw_only=True, slots=True)
class Once:
    """The finding at one session."""

    finding: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Consecutive:
    """The finding at so many sessions in a row; with a proviso, one of its findings must hold as well."""

    finding: str
    times: int
    proviso: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Within:
    """The finding at so many sessions within so many days, both ends counted; `same` names a column that must agree."""

    finding: str
    times: int
    days: int
    same: str | None = None


Form: TypeAlias = Once | Consecutive | Within


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """One criterion of a definition: its id, its words, its form, and its points and votes where it has them."""

    id: str
    says: Labels
    form: Form
    points: Decimal | None = None
    votes: VoteSource | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AnyOf:
    """One term suffices."""

    terms: tuple[Term, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class AllOf:
    """Each term must have held by now."""

    terms: tuple[Term, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class AtLeast:
    """So many of the terms must have held by now."""

    number: int
    terms: tuple[Term, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Points:
    """The points of the terms that have held by now must reach `failure_at`."""

    failure_at: Decimal
    terms: tuple[Term, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ByIntent:
    """Other terms for each choice of a column of `patients`; where it is empty all branches must agree."""

    column: str
    branches: tuple[tuple[str, AnyOf | AllOf | AtLeast], ...]

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms of all branches, in the order of the branches."""
        return tuple(term for _, branch in self.branches for term in branch.terms)


Logic: TypeAlias = AnyOf | AllOf | AtLeast | Points | ByIntent


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """A course that a definition's file judges itself: cells of one patient, of the sessions, and what is expected."""

    patient: tuple[tuple[str, str], ...] = ()
    sessions: tuple[tuple[tuple[str, str], ...], ...] = ()
    verdict: str
    by: str | None = None
    session: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Definition:
    """A definition of a condition's failure: a family of readings over terms.

    `readings` are those that the definition's own text fixes; `open` are those that it leaves open, each with the
    values that are tried beside each other. One that is not `enabled` is used only when it is asked for by name; its
    `warning` then goes wherever its results go. `explicitly_not` is text for readers and changes no verdict.
    """

    id: str
    title: Labels
    condition: str
    source: Source
    logic: Logic
    readings: tuple[tuple[str, str], ...] = ()
    open: tuple[tuple[str, tuple[str, ...]], ...] = ()
    kind: Kind = "failure"
    enabled: bool = True
    warning: Labels = field(default_factory=Labels)
    notes: tuple[Labels, ...] = ()
    also: tuple[str, ...] = ()
    explicitly_not: tuple[Labels, ...] = ()
    examples: tuple[Example, ...] = field(default=(), repr=False)

    def __repr__(self) -> str:
        return f"Definition({self.id!r}, {len(self.terms)} terms)"

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms in the order that decides ties."""
        return self.logic.terms

    @property
    def findings(self) -> tuple[str, ...]:
        """The names of the findings that the terms use, provisos included, each once."""
        used = [name for term in self.terms for name in findings_of(term.form)]
        return tuple(dict.fromkeys(used))


def findings_of(form: Form) -> tuple[str, ...]:
    """Return the names of the findings that a form uses."""
    return (form.finding, *form.proviso) if isinstance(form, Consecutive) else (form.finding,)
