"""Everything that the rounds of a panel gave, put together: what a report tells of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from consensus.rounds.advisor import Stopping, stopping_of
from consensus.rounds.attrition import Attrition, attrition_of
from consensus.rounds.closing import ClosedRound, final_verdicts
from consensus.rounds.stability import Stability, stability_of
from consensus.rules.fragility import Fewest, Repeat, fewest_votes, repeats
from consensus.rules.multiverse import Multiverse, multiverse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consensus.rounds.items import Items
    from consensus.rounds.panel import Panel
    from consensus.rounds.protocol import Protocol
    from consensus.rounds.results import ItemResult
    from consensus.rules.rule import Outcome, Rule


@dataclass(frozen=True, kw_only=True, slots=True)
class Final:
    """Where a statement stands in the end: the round that decided, its result, and how firm the verdict is."""

    item: str
    round: int
    verdict: Outcome
    result: ItemResult
    fewest: Fewest
    repeat: Repeat | None


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class PanelResults:
    """What the rounds of a panel gave. `protocol` is its lock, None where there is none; `deviations` from it."""

    people: Panel
    items: Items
    rule: Rule
    rounds: tuple[ClosedRound, ...]
    final: tuple[Final, ...]
    stability: tuple[Stability, ...]
    attrition: Attrition
    stopping: Stopping | None
    multiverse: Multiverse
    protocol: Protocol | None
    deviations: tuple[str, ...]
    seed: int

    def __repr__(self) -> str:
        return f"PanelResults({len(self.rounds)} rounds, {len(self.final)} statements)"

    @property
    def synthetic(self) -> bool:
        """Whether any of it is made up."""
        return self.people.synthetic or any(closed.collected.get("synthetic") for closed in self.rounds)

    @property
    def sources(self) -> tuple[tuple[str, str], ...]:
        """The files behind it, as (name, SHA-256)."""
        files = [(self.people.name, self.people.sha256), (self.items.name, self.items.sha256)]
        files += [(s["name"], s["sha256"]) for closed in self.rounds for s in closed.collected.get("sources", [])]
        return tuple(files)

    def round(self, number: int) -> ClosedRound:
        """Return a round; KeyError where it was not closed."""
        for closed in self.rounds:
            if closed.number == number:
                return closed
        raise KeyError(number)


def panel_results(
    people: Panel, items: Items, rule: Rule, rounds: Sequence[ClosedRound], *, coding: Any, seed: int,
    protocol: Protocol | None = None, deviations: tuple[str, ...] = (),
) -> PanelResults:  # fmt: skip
    """Return what the closed rounds of a panel gave, with everything that follows of it."""
    closed = tuple(rounds)
    final = tuple(_finals(closed, items, seed))
    last = {one.item: one.result.counts for one in final}
    return PanelResults(
        people=people,
        items=items,
        rule=rule,
        rounds=closed,
        final=final,
        stability=stability_of(closed, items),
        attrition=attrition_of(closed, people, items),
        stopping=stopping_of(closed, items, people, seed=seed),
        multiverse=multiverse(last, rule, coding, rounds={one.item: one.round for one in final}),
        protocol=protocol,
        deviations=deviations,
        seed=seed,
    )


def _finals(rounds: tuple[ClosedRound, ...], items: Items, seed: int) -> list[Final]:
    found = []
    for item, (number, verdict) in final_verdicts(rounds, items).items():
        closed = next(r for r in rounds if r.number == number)
        result = next(r for r in closed.results if r.item == item)
        found.append(
            Final(
                item=item,
                round=number,
                verdict=verdict,
                result=result,
                fewest=fewest_votes(result.counts, closed.rule, number),
                repeat=repeats(result.counts, closed.rule, number, seed=seed),
            )
        )
    return found
