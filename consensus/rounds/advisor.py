"""Whether one more round would change anything: persons' observed moves, drawn again, and what they would settle."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from consensus.agreement.tally import COUNTED
from consensus.rules.deciding import OUTCOMES, outcomes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from consensus.rounds.closing import ClosedRound
    from consensus.rounds.items import Items
    from consensus.rounds.panel import Panel
    from consensus.rules.ballots import Ballot, Counts
    from consensus.rules.rule import Outcome

DRAWS = 4000
UNLIKELY = 0.05


@dataclass(frozen=True, kw_only=True, slots=True)
class Advice:
    """The chance that one more round changes the verdict on an item, and the outcome that it would most often have.

    `error` is the standard error of the chance that comes of drawing. The `reason` says why there is no chance.
    """

    item: str
    round: int
    verdict: Outcome
    chance: float | None = None
    error: float | None = None
    settles: float | None = None
    likely: Outcome | None = None
    reason: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Stopping:
    """The advice on each item of the last round, how many moves it rests on, and the loss of panelists to expect."""

    items: tuple[Advice, ...]
    moves: int
    loss: float | None

    @property
    def worth_it(self) -> bool:
        """Whether any open item has more than a 5 % chance to be settled by one more round."""
        return any((advice.settles or 0) > UNLIKELY for advice in self.items if advice.verdict not in ("in", "out"))


def stopping_of(rounds: Sequence[ClosedRound], items: Items, panel: Panel, *, seed: int) -> Stopping | None:
    """Return what one more round could change, by 4,000 draws; None for fewer than two rounds.

    Each answer of the last round moves as those did who had given the same answer before (moves of all items with
    unchanged words together); an answer that nobody had given before stays.
    """
    if len(rounds) < 2:
        return None
    rng = np.random.default_rng(seed)
    last = rounds[-1]
    found, moves = list[Advice](), 0
    for result in last.results:
        ballot = result.counts.ballot
        table = _moves(rounds, items, ballot)
        moves = max(moves, int(table.sum()))
        if not table.sum():
            reason = "no statement with the same words was asked in two rounds"
            found.append(Advice(item=result.item, round=last.number, verdict=result.verdict, reason=reason))
            continue
        codes = outcomes(last.rule, _imagined(result.counts, table, rng), last.number)
        changed = float((codes != OUTCOMES.index(result.verdict)).mean())
        settled = float((codes <= 1).mean())
        found.append(
            Advice(
                item=result.item,
                round=last.number,
                verdict=result.verdict,
                chance=changed,
                error=float(np.sqrt(changed * (1 - changed) / DRAWS)),
                settles=settled,
                likely=OUTCOMES[int(np.bincount(codes, minlength=len(OUTCOMES)).argmax())],
            )
        )
    return Stopping(items=tuple(found), moves=moves, loss=_loss(rounds, panel))


def _moves(rounds: Sequence[ClosedRound], items: Items, ballot: Ballot) -> NDArray[np.int64]:
    """Return how often each option was followed by each other in the next round, over all items of the same ballot."""
    places = {option: at for at, option in enumerate(ballot.options)}
    table = np.zeros((len(places), len(places)), dtype=np.int64)
    for first, second in pairwise(rounds):
        for result in second.results:
            if result.counts.ballot != ballot or items.broken(result.item, first.number, second.number) is not None:
                continue
            before, after = (
                {a.panelist: a.answer for a in closed.answers if a.item == result.item and a.kind in COUNTED}
                for closed in (first, second)
            )
            for person in before.keys() & after.keys():
                table[places[before[person]], places[after[person]]] += 1
    return table


def _imagined(counts: Counts, table: NDArray[np.int64], rng: np.random.Generator) -> Counts:
    """Return the counts after imagined moves, a row a draw; a whole panel is the sum of its groups and the others."""
    parts = next(iter(counts.groups.values()), {})  # the columns of groups of a panel are two names of the same one
    moved = {name: part.with_votes(_drawn(part.votes[0], table, rng)) for name, part in parts.items()}
    others = counts.votes[0] - sum(part.votes[0] for part in parts.values())
    whole = _drawn(others, table, rng) + sum(part.votes for part in moved.values())
    return replace(counts.with_votes(whole), groups=dict.fromkeys(counts.groups, moved))


def _drawn(votes: NDArray[np.int64], table: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.int64]:
    drawn = np.zeros((DRAWS, len(votes)), dtype=np.int64)
    for place, count in enumerate(votes.tolist()):
        seen = table[place].sum()
        if count and seen:
            drawn += rng.multinomial(count, table[place] / seen, size=DRAWS)
        else:
            drawn[:, place] += count
    return drawn


def _loss(rounds: Sequence[ClosedRound], panel: Panel) -> float | None:
    """Return the mean share of those who answered a round and did not answer the next one."""
    lost = []
    for first, second in pairwise(rounds):
        before, after = ({a.panelist for a in closed.answers} for closed in (first, second))
        lost.append(len(before - after) / len(before) if before else 0.0)
    return sum(lost) / len(lost) if lost else None
