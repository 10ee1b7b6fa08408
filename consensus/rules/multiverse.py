"""Every rule that panels use, under every way to count: which verdicts hold whatever the choice, and which turn."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np

from consensus.agreement.support import CODINGS
from consensus.rules.ballots import stacked
from consensus.rules.deciding import OUTCOMES, outcomes
from consensus.rules.flips import flips_of
from consensus.rules.named import fitting
from consensus.rules.on_scale import on_ballot
from consensus.rules.over_items import over_items
from consensus.rules.terms import AGREE, DISAGREE, Term, terms_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from consensus.agreement.estimate import Base, Coding
    from consensus.rules.ballots import Counts
    from consensus.rules.named import NamedRule
    from consensus.rules.rule import Outcome, Rule

Robustness = Literal["robustly in", "robustly out", "robustly open", "fragile"]
KINDS = (2, 6, 7)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One way to judge: a rule by its name (`own` for the study's), how equivocal answers count, base, quantile type.

    None where a choice plays no part: no equivocal answer, no share, no quantile.
    """

    name: str
    rule: Rule
    coding: Coding | None = None
    base: Base | None = None
    quantile: int | None = None

    @cached_property
    def relative(self) -> bool:
        """Whether the rule holds an item against the other items."""
        return relative(self.rule)

    @cached_property
    def rejects(self) -> bool:
        """Whether the rule can reject at all."""
        return self.rule.rejects() is not None

    @property
    def settings(self) -> tuple[tuple[str, str], ...]:
        """What was chosen, as pairs of a word and a value."""
        told = {"rule": self.name, "equivocal": self.coding, "base": self.base, "quantile": self.quantile}
        return tuple((word, str(value)) for word, value in told.items() if value is not None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Universe:
    """The verdict on one item under one choice."""

    item: str
    choice: Choice
    outcome: Outcome


@dataclass(frozen=True, kw_only=True, eq=False)
class Multiverse:
    """The verdicts on all items under all choices; `own` is the study's own choice."""

    universes: tuple[Universe, ...]
    own: Choice

    def __repr__(self) -> str:
        return f"Multiverse({len(self.items)} items, {len(self.universes)} verdicts)"

    @property
    def items(self) -> tuple[str, ...]:
        """The items, in their order."""
        return tuple(self._by_item)

    def of(self, item: str) -> tuple[Universe, ...]:
        """Return all verdicts on an item."""
        return self._by_item.get(item, ())

    @cached_property
    def _by_item(self) -> dict[str, tuple[Universe, ...]]:
        found = dict[str, list[Universe]]()
        for universe in self.universes:
            found.setdefault(universe.item, []).append(universe)
        return {item: tuple(mine) for item, mine in found.items()}

    def robustness(self, item: str) -> Robustness:
        """Return whether an item is in under every choice, out under every one, open under every one, or turns.

        Rules that never reject have no say in whether it is out, and rules that hold items against each other (APMO,
        boundary values) have none at all: of items that all pass, they still part the better from the others.
        """
        mine = [universe for universe in self.of(item) if not universe.choice.relative]
        found = {universe.outcome for universe in mine}
        if found == {"in"}:
            return "robustly in"
        if {u.outcome for u in mine if u.choice.rejects} == {"out"} and "in" not in found:
            return "robustly out"
        return "fragile" if found & {"in", "out"} else "robustly open"

    def tally(self, item: str) -> dict[Outcome, int]:
        """Return how many choices give each outcome."""
        counted = Counter(universe.outcome for universe in self.of(item))
        return {outcome: counted[outcome] for outcome in OUTCOMES}

    def by_rule(self, item: str) -> dict[str, Outcome]:
        """Return the verdict of each rule under the study's own coding, the rule's own base and quantiles."""
        found: dict[str, Outcome] = {}
        for u in self.of(item):
            if u.choice.base is None and u.choice.coding in (None, self.own.coding):
                found.setdefault(u.choice.name, u.outcome)
        return found

    def turning(self, item: str) -> dict[str, tuple[str, ...]]:
        """Return for each choice that alone turns the study's own verdict on an item the values that do.

        A value counts where all other choices stay as the study made them (a rule brings its own type of quantiles).
        """
        mine = dict(self.own.settings)
        own = self.by_rule(item).get(self.own.name)
        found = dict[str, list[str]]()
        for universe in self.of(item):
            if universe.choice.relative or (own == "out" and not universe.choice.rejects):
                continue  # they have no say, see robustness
            settings = dict(universe.choice.settings)
            differ = [word for word in settings if mine.get(word, settings[word]) != settings[word]]
            if settings["rule"] != mine["rule"]:
                differ = [word for word in differ if word in ("rule", "equivocal")]
            if len(differ) == 1 and universe.outcome != own:
                values = found.setdefault(differ[0], [])
                if settings[differ[0]] not in values:
                    values.append(settings[differ[0]])
        return {word: tuple(values) for word, values in found.items()}

    def summaries(self) -> list[dict[str, object]]:
        """Return one object an item: how robust, the verdict by each rule, how many choices give which, what turns."""
        return [self._summary(item, self.by_rule(item)) for item in self.items]

    def _summary(self, item: str, by_rule: Mapping[str, Outcome]) -> dict[str, object]:
        return {
            "item": item,
            "robustness": self.robustness(item),
            "rules": len(by_rule),
            "in_by_rule": sum(outcome == "in" for outcome in by_rule.values()),
            "by_rule": dict(by_rule),
            "outcomes": self.tally(item),
            "turning": {word: list(values) for word, values in self.turning(item).items()},
        }

    def to_frame(self) -> pd.DataFrame:
        """Return one row an item and choice: item, rule, equivocal, base, quantile, outcome."""
        import pandas as pd

        rows = [
            {"item": u.item, "rule": u.choice.name, "text": str(u.choice.rule), "equivocal": u.choice.coding,
             "base": u.choice.base, "quantile": u.choice.quantile, "outcome": u.outcome}
            for u in self.universes
        ]  # fmt: skip
        return pd.DataFrame(rows)


def multiverse(
    items: Mapping[str, Counts],
    own: Rule,
    coding: Coding | None = None,
    *,
    rules: Sequence[NamedRule] | None = None,
    rounds: Mapping[str, int] | None = None,
) -> Multiverse:
    """Return the verdicts on items under every rule that fits them x equivocal policy x base x quantile type.

    `items` gives the counts of each item, one row each; items with the same ballot are judged together. `own` and
    `coding` are what the study itself chose. `rounds` are those that decided on the items, for rules with
    conditions of their own for later rounds.
    """
    found = list[Universe]()
    chosen: Choice | None = None
    for names, counts in _alike(items):
        choices = list(_choices(counts, own, coding, rules))
        # of items with and without an equivocal answer together, those with one tell how the study counts it
        if chosen is None or chosen.coding is None:
            chosen = choices[0]
        for choice in choices:
            coded = counts.coded(choice.coding)
            judged = replace(coded, over=over_items(choice.rule, [coded]))
            codes = _in_rounds(choice.rule, judged, [(rounds or {}).get(name) for name in names])
            found += [
                Universe(item=name, choice=choice, outcome=OUTCOMES[int(code)])
                for name, code in zip(names, codes, strict=True)
            ]
    order = {name: at for at, name in enumerate(items)}
    found.sort(key=lambda universe: order[universe.item])
    return Multiverse(universes=tuple(found), own=chosen or Choice(name="own", rule=own, coding=coding))


def _in_rounds(rule: Rule, counts: Counts, rounds: Sequence[int | None]) -> NDArray[np.int8]:
    """Return the outcome of each row in its own round."""
    if not rule.rounds and not rule.rejections:
        return outcomes(rule, counts)
    found = np.zeros(len(counts), dtype=np.int8)
    for number in set(rounds):
        mine = np.array([own == number for own in rounds])
        found[mine] = outcomes(rule, counts, number)[mine]
    return found


def _alike(items: Mapping[str, Counts]) -> Iterator[tuple[list[str], Counts]]:
    """Yield the items of each ballot with their counts stacked."""
    kinds = dict[object, list[str]]()
    for name, counts in items.items():
        shape = (counts.ballot, tuple(counts.sizes), tuple((by, tuple(parts)) for by, parts in counts.groups.items()))
        kinds.setdefault(shape, []).append(name)
    for names in kinds.values():
        yield names, stacked([items[name] for name in names])


def _choices(counts: Counts, own: Rule, coding: Coding | None, rules: Sequence[NamedRule] | None) -> Iterator[Choice]:
    equivocal = any(worth == 0.5 for worth in counts.ballot.worths)
    used = on_ballot(own, counts.ballot) or own
    candidates = [("own", used), *((named.id, rule) for named, rule in fitting(counts, rules) if rule != used)]
    for name, rule in candidates:
        sided = equivocal and asks_agreement(rule)
        for code in (coding, *(c for c in CODINGS if c != coding)) if sided else (None,):
            yield from _with_bases(name, rule, code, counts)


def _with_bases(name: str, rule: Rule, coding: Coding | None, counts: Counts) -> Iterator[Choice]:
    shares = [t for c in rule.conditions() for t in terms_of(c) if t.measure == "share"]
    bases: list[Base | None] = [None]
    if shares and coding != "drop" and not any(term.base for term in shares):
        # agreement among the committed alone is what dropping equivocal answers means
        others: tuple[Base, ...] = ("asked",) if asks_agreement(rule) else ("answered", "asked")
        bases += [base for base in others if counts.size(base) is not None]
    own_kind = rule.quantile
    kinds = [own_kind, *(k for k in KINDS if k != own_kind)] if rule.uses_quantiles else [None]
    for base in bases:
        for kind in kinds:
            judged = rule if base is None else of_base(rule, base)
            judged = judged if kind is None else judged.with_quantile(kind)
            yield Choice(name=name, rule=judged, coding=coding, base=base, quantile=kind)


def asks_agreement(rule: Rule) -> bool:
    """Return whether a rule asks who agrees, so that equivocal answers play a part."""
    return any(
        term.options in (AGREE, DISAGREE) or term.measure == "apmo" for c in rule.conditions() for term in terms_of(c)
    )


def relative(rule: Rule) -> bool:
    """Return whether a rule holds an item against the other items."""
    return any(term.measure in ("apmo", "boundary") for c in rule.conditions() for term in terms_of(c))


def of_base(rule: Rule, base: Base) -> Rule:
    """Return a rule whose shares are of another base, those that name none."""

    def change(term: Term) -> Term:
        return replace(term, base=base) if term.measure == "share" and term.base is None else term

    return rule.changed(change)


def cheapest(counts: Counts, choice: Choice, becomes: Outcome | None = None) -> tuple[int, str, str] | None:
    """Return the fewest votes, from and to which option, that change the verdict (to `becomes`) under a choice."""
    for flip in flips_of(counts.coded(choice.coding), choice.rule):
        if becomes in (None, flip.becomes):
            return flip.votes, flip.from_option, flip.to_option
    return None
