"""The rule: what counts as consensus, as a person writes it, decided on exact numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from consensus.rules.terms import (
    AGREE,
    DISAGREE,
    QUANTILES,
    Compared,
    InGroups,
    Joined,
    Not,
    Sum,
    Term,
    Told,
    mapped,
    terms_of,
)
from consensus.rules.terms import groupings as groupings_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from consensus.rules.terms import Comparison, Condition, Quorum

Outcome = Literal["in", "out", "no consensus", "uncertain", "too few"]

EXAMPLE = "share(agree) >= 75%"
QUANTILE_TYPE = 7


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """What counts as consensus on an item.

    It is *in* where `accept` holds and *out* where `reject` does; where `doubt` holds it is *uncertain*, whatever else
    holds; where nothing holds it is `otherwise`. A rule on the share that agrees alone is mirrored: *out* where the
    share against passes it. `rounds` are conditions that take the place of `accept` from a round on,
    `rejections` those that take the place of `reject`; `choices` is the one of questions whose options are no scale and
    take no side. Below the `quorum` the outcome is *too few*. `quantile` is
    the type of quantiles (Hyndman and Fan 1996, 1 to 9) where there are any. `settled` says that what an earlier round
    settled stays so. `str(rule)` is the text that `parse_rule` reads back.
    """

    accept: Condition
    reject: Condition | None = None
    doubt: Condition | None = None
    otherwise: Outcome = "no consensus"
    rounds: tuple[tuple[int, Condition], ...] = ()
    rejections: tuple[tuple[int, Condition], ...] = ()
    choices: Condition | None = None
    quorum: Quorum | None = None
    quantile: int | None = None
    settled: bool = False

    def __str__(self) -> str:
        parts = [str(self.accept)]
        parts += [f"in round {number}: {condition}" for number, condition in self.rounds]
        parts += [f"for choices: {self.choices}"] if self.choices is not None else []
        parts += [f"out if {self.reject}"] if self.reject is not None else []
        parts += [f"out in round {number} if {condition}" for number, condition in self.rejections]
        parts += [f"uncertain if {self.doubt}"] if self.doubt is not None else []
        parts += ["otherwise uncertain"] if self.otherwise == "uncertain" else []
        parts += [str(self.quorum)] if self.quorum is not None else []
        parts += [f"quantile = type{self.quantile}"] if self.quantile is not None else []
        parts += ["settled items stay"] if self.settled else []
        return ", ".join(parts)

    def conditions(self) -> Iterator[Condition]:
        """Yield all conditions that are written in it."""
        yield self.accept
        yield from (condition for _, condition in (*self.rounds, *self.rejections))
        others = (self.choices, self.reject, self.doubt)
        yield from (condition for condition in others if condition is not None)

    def accepts(self, round: int | None = None) -> Condition:
        """Return the condition in force in a round: that of the last round named up to it."""
        named = [condition for number, condition in self.rounds if round is not None and number <= round]
        return named[-1] if named else self.accept

    def rejects(self, round: int | None = None) -> Condition | None:
        """Return what makes an item *out* in a round: its own out-clause, else the mirrored condition."""
        named = [condition for number, condition in self.rejections if round is not None and number <= round]
        if named:
            return named[-1]
        if self.reject is not None:
            return self.reject
        accepted = self.accepts(round)
        return mirrored(accepted) if _on_agreement_alone(accepted) else None

    @property
    def uses_quantiles(self) -> bool:
        """Whether the type of quantiles can change its verdict."""
        told = any("(ipras)" in str(condition) for condition in self.conditions())
        return told or any(term.measure in QUANTILES for c in self.conditions() for term in terms_of(c))

    @property
    def groupings(self) -> tuple[str, ...]:
        """The columns of groups within which it judges."""
        return tuple(dict.fromkeys(name for condition in self.conditions() for name in groupings_of(condition)))

    @property
    def simple(self) -> Compared | None:
        """The one comparison of the share that agrees, where the whole condition is no more than that."""
        more = self.rounds or self.rejections or self.reject is not None or self.doubt is not None
        if not isinstance(self.accept, Compared) or more:
            return None
        terms = self.accept.left.terms
        number = self.accept.right.constant is not None
        plain = number and _on_agreement_alone(self.accept) and terms[0].bound is None
        return self.accept if plain else None

    @property
    def threshold(self) -> Fraction | None:
        """The share that must agree, 0 to 1, where the rule is on that share alone; else None."""
        return self.simple.right.constant if self.simple is not None else None

    @property
    def comparison(self) -> Comparison:
        """How the share that agrees is compared, `>=` where the rule isn't on that share alone."""
        return self.simple.comparison if self.simple is not None else ">="

    def passes(self, votes: Fraction | int, n: int) -> bool:
        """Return whether `votes` of `n` pass a rule on shares, compared as fractions: 7 of 25 is exactly 28 %.

        False for other rules, which votes alone can't decide.
        """
        if self.threshold is None:
            return False
        needed = self.threshold * n
        return n > 0 and (votes >= needed if self.comparison == ">=" else votes > needed)

    def margin(self, support: Fraction | int, n: int) -> Fraction | None:
        """Return how far the share lies above (+) or below (-) the threshold; None without a base or threshold."""
        return None if n == 0 or self.threshold is None else Fraction(support) / n - self.threshold

    def needed(self, n: int) -> int | None:
        """Return the smallest whole number of `n` votes that passes (12 of 15 for 75 %); None without a threshold."""
        if self.threshold is None:
            return None
        exact = self.threshold * n
        ceiling = -(-exact.numerator // exact.denominator)
        return ceiling + 1 if self.comparison == ">" and ceiling == exact else ceiling

    def with_quantile(self, kind: int) -> Rule:
        """Return the same rule with another type of quantiles."""
        return replace(self, quantile=kind)

    def changed(self, change: Callable[[Term], Term]) -> Rule:
        """Return the same rule with each of its measures changed; what it mirrored is then written out."""
        rejected = self.rejects()
        return replace(
            self,
            accept=mapped(self.accept, change),
            reject=None if rejected is None else mapped(rejected, change),
            rejections=tuple((number, mapped(condition, change)) for number, condition in self._rejections()),
            doubt=None if self.doubt is None else mapped(self.doubt, change),
            choices=None if self.choices is None else mapped(self.choices, change),
            rounds=tuple((number, mapped(condition, change)) for number, condition in self.rounds),
        )

    def _rejections(self) -> tuple[tuple[int, Condition], ...]:
        """Return what rejects from a round on, mirrored conditions written out."""
        numbers = sorted({number for number, _ in (*self.rounds, *self.rejections)})
        if self.reject is not None:
            numbers = [number for number, _ in self.rejections]
        found = ((number, self.rejects(number)) for number in numbers)
        return tuple((number, condition) for number, condition in found if condition is not None)

    def phrase(self, language: str = "en") -> str:
        """Return the rule as part of a sentence: `at least 75% agreement`."""
        from consensus.rules.sentences import phrase

        return phrase(self, language)

    def sentence(self, language: str = "en") -> str:
        """Return the rule as a sentence in English or, for `zh`, in Chinese."""
        from consensus.rules.sentences import sentence

        return sentence(self, language)


def share_rule(threshold: Fraction, comparison: Comparison = ">=") -> Rule:
    """Return the rule on the share that agrees: `threshold` is 0 to 1."""
    left = Sum(((1, Term(measure="share", options=AGREE)),))
    return Rule(accept=Compared(left, comparison, Sum(((1, threshold),))))


MAJORITY = share_rule(Fraction(1, 2), ">")


def mirrored(condition: Condition) -> Condition:
    """Return a condition with agreement and disagreement changed for each other."""
    turned = {AGREE: DISAGREE, DISAGREE: AGREE}

    def change(term: Term) -> Term:
        return replace(term, options=turned[term.options]) if term.options in turned else term

    return mapped(condition, change)


def _on_agreement_alone(condition: Condition) -> bool:
    if isinstance(condition, Told | Not):
        return False
    if isinstance(condition, Joined):
        return all(_on_agreement_alone(part) for part in condition.parts)
    if isinstance(condition, InGroups):
        return _on_agreement_alone(condition.part)
    (*terms,) = condition.left.terms
    limit = condition.right.constant is not None or [t.measure for t in condition.right.terms] == ["apmo"]
    plain = len(terms) == 1 == len(condition.left.parts) and limit
    return plain and terms[0].measure == "share" and terms[0].options == AGREE and condition.comparison in (">=", ">")
