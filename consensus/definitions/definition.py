"""Definitions as data: criteria over findings, how often they must hold, and how they are combined."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, TypeAlias

from consensus.definitions.finding import Over
from questionnaires.instrument import Evidence, Labels

if TYPE_CHECKING:
    from consensus.definitions.expression import Expression

Standing = Literal["verified", "recalled", "derived", "choice", "example"]
STANDINGS: tuple[Standing, ...] = ("verified", "recalled", "derived", "choice", "example")
Kind = Literal["failure", "proposal", "stopping_rule", "end_point", "predictor", "unsuitability", "score"]
KINDS: tuple[Kind, ...] = ("failure", "proposal", "stopping_rule", "end_point", "predictor", "unsuitability", "score")
At = Literal["sessions", "baseline", "before_second"]
MOMENTS: tuple[At, ...] = ("sessions", "baseline", "before_second")


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
    """The finding at one session; with `after` these were there before, in this order, each at a session of its own."""

    finding: str
    after: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Consecutive:
    """The finding at so many sessions in a row; with a proviso, one of its findings must hold as well."""

    finding: str
    times: int
    proviso: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Rising(Consecutive):
    """A column that rises so many times in a row: over the check before, or by so many percent over what `over` says.

    Its finding has the name that `rising.rising_name` makes, and the condition knows it by that.
    """

    column: str
    by: Decimal | None = None
    over: Over = "previous"


@dataclass(frozen=True, kw_only=True, slots=True)
class Within:
    """The finding at so many sessions within so many days, both ends counted; `same` names a column that must agree.

    With `from_first` the days count from the first session of the course, else from the first of these sessions.
    """

    finding: str
    times: int
    days: int
    same: str | None = None
    from_first: bool = False


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
class ScoreClass:
    """One class of a score with its two ends, None where it has none; an open end is not a part of it."""

    name: str
    low: Decimal | None = None
    high: Decimal | None = None
    low_open: bool = False
    high_open: bool = False

    def holds(self, points: Decimal) -> bool:
        """Return whether so many points fall into the class."""
        above = self.low is None or points > self.low or (points == self.low and not self.low_open)
        return above and (self.high is None or points < self.high or (points == self.high and not self.high_open))


@dataclass(frozen=True, kw_only=True, slots=True)
class Points:
    """The points of the terms that have held by now must reach `failure_at`.

    A score has `classes` instead, and looks `at` the baseline or at what was seen before the second session; it is the
    sum of its terms' points, which may be negative, or the `value` of a column of patients.
    """

    failure_at: Decimal
    terms: tuple[Term, ...]
    at: At = "sessions"
    classes: tuple[ScoreClass, ...] = ()
    value: str | None = None


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
    """A course that a definition's file judges itself: cells of one patient, of the sessions, and what is expected.

    Of a score that is its class, `open` where it must be left open; of all others the verdict.
    """

    patient: tuple[tuple[str, str], ...] = ()
    sessions: tuple[tuple[tuple[str, str], ...], ...] = ()
    verdict: str | None = None
    by: str | None = None
    session: int | None = None
    class_name: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Definition:
    """A definition of a condition's failure: a family of readings over terms.

    `readings` are those that the definition's own text fixes; `open` are those that it leaves open, each with the
    values that are tried beside each other. One that is not `enabled` is used only when it is asked for by name; its
    `warning` then goes wherever its results go. `entry` must hold and `exclude` must not, both before the first
    session; one `at` the baseline is judged there alone. `explicitly_not` is text for readers and changes no verdict.
    """

    id: str
    title: Labels
    condition: str
    source: Source
    logic: Logic
    readings: tuple[tuple[str, str], ...] = ()
    open: tuple[tuple[str, tuple[str, ...]], ...] = ()
    kind: Kind = "failure"
    at: At = "sessions"
    entry: Expression | None = None
    exclude: Expression | None = None
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
    def is_score(self) -> bool:
        """Whether it gives points and a class, and no verdict."""
        return self.kind == "score"

    @property
    def findings(self) -> tuple[str, ...]:
        """The names of the findings that it uses, those of provisos, entry and exclusion included, each once."""
        from consensus.definitions.expression import findings_in

        used = [name for term in self.terms for name in findings_of(term.form)]
        before = [name for part in (self.entry, self.exclude) for name in findings_in(part)]
        return tuple(dict.fromkeys((*used, *before)))


def findings_of(form: Form) -> tuple[str, ...]:
    """Return the names of the findings that a form uses."""
    more = form.proviso if isinstance(form, Consecutive) else form.after if isinstance(form, Once) else ()
    return (form.finding, *more)
