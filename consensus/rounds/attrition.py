"""Who is no longer there: the flow of a panel by round and group, and whether the verdicts hang on those who left."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from consensus.agreement.differences import difference
from consensus.agreement.tally import COUNTED
from consensus.rounds.stability import agreeing_options
from consensus.rules.deciding import outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from consensus.agreement.estimate import Estimate
    from consensus.rounds.closing import ClosedRound
    from consensus.rounds.items import Items
    from consensus.rounds.panel import Panel, Panelist
    from consensus.rules.ballots import Ballot, Counts
    from consensus.rules.rule import Outcome

FEWEST = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Flow:
    """One round in one group (empty for the whole panel): invited voters, and how many of them answered."""

    round: int
    group: str
    invited: int
    answered: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Gone:
    """Somebody who left, or was silent in one round: the first round without them, the group, and the reason if any."""

    panelist: str
    round: int
    group: str
    reason: str
    left: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """The share of agreement in an item among those who later left, less that among those who stayed."""

    item: str
    round: int
    leavers: tuple[int, int]
    stayers: tuple[int, int]
    estimate: Estimate


@dataclass(frozen=True, kw_only=True, slots=True)
class Bounds:
    """A verdict of an item's last round, were those who are gone still there: `carried` with their last answers.

    `worst` with all of them at the lowest, `best` at the highest end. `missing` is how many they are.
    """

    item: str
    round: int
    verdict: Outcome
    missing: int
    carried: Outcome
    worst: Outcome
    best: Outcome

    @property
    def turned(self) -> bool:
        """Whether any of these turns the verdict."""
        return {self.carried, self.worst, self.best} != {self.verdict}


@dataclass(frozen=True, kw_only=True, slots=True)
class Attrition:
    """The flow of a panel, who is gone, whether they thought otherwise, and what the verdicts would be with them."""

    flow: tuple[Flow, ...]
    gone: tuple[Gone, ...]
    differences: tuple[Difference, ...]
    bounds: tuple[Bounds, ...]


def attrition_of(rounds: Sequence[ClosedRound], panel: Panel, items: Items) -> Attrition:
    """Return the attrition of a panel over the rounds that were closed."""
    return Attrition(
        flow=tuple(_flow(rounds, panel)),
        gone=tuple(_gone(rounds, panel)),
        differences=tuple(_differences(rounds, panel)),
        bounds=tuple(_bounds(rounds, panel, items)),
    )


def _answered(closed: ClosedRound) -> set[str]:
    return {answer.panelist for answer in closed.answers}


def _flow(rounds: Sequence[ClosedRound], panel: Panel) -> Iterator[Flow]:
    for closed in rounds:
        voters, there = panel.voters(closed.number), _answered(closed)
        for group in ("", *panel.groups):
            mine = [person for person in voters if not group or person.group == group]
            answered = sum(person.id in there for person in mine)
            yield Flow(round=closed.number, group=group, invited=len(mine), answered=answered)


def _gone(rounds: Sequence[ClosedRound], panel: Panel) -> Iterator[Gone]:
    for person in panel.people:
        if person.left_round is not None and person.votes:
            yield Gone(
                panelist=person.id, round=person.left_round, group=person.group, reason=person.left_reason, left=True
            )
    for closed in rounds:
        there = _answered(closed)
        for person in panel.voters(closed.number):
            if person.id not in there:
                yield Gone(panelist=person.id, round=closed.number, group=person.group, reason="", left=False)


def _last_with(rounds: Sequence[ClosedRound]) -> dict[str, int]:
    last: dict[str, int] = {}
    for closed in rounds:
        last |= dict.fromkeys(_answered(closed), closed.number)
    return last


def _differences(rounds: Sequence[ClosedRound], panel: Panel) -> Iterator[Difference]:
    """Yield how those who left agreed with the items of the first round, beside those who stayed to the last."""
    if len(rounds) < 2:
        return
    first, last = rounds[0], rounds[-1].number
    stayed = {who for who, number in _last_with(rounds).items() if number == last}
    for result in first.results:
        agreeing = set(agreeing_options(result.counts.ballot))
        answers = {a.panelist: a.answer for a in first.answers if a.item == result.item and a.kind in COUNTED}
        sides = [
            [answer in agreeing for who, answer in answers.items() if (who in stayed) == there] for there in (0, 1)
        ]
        if agreeing and min(map(len, sides)) >= FEWEST:
            counted = [(sum(side), len(side)) for side in sides]
            estimate = difference(counted[0], counted[1])
            yield Difference(
                item=result.item, round=first.number, leavers=counted[0], stayers=counted[1], estimate=estimate
            )


def _bounds(rounds: Sequence[ClosedRound], panel: Panel, items: Items) -> Iterator[Bounds]:
    for item in items.names:
        asked = [closed for closed in rounds if any(r.item == item for r in closed.results)]
        if not asked:
            continue
        closed = asked[-1]
        result = next(r for r in closed.results if r.item == item)
        missing = _missing(closed, panel, item)
        counts = result.counts
        low, high = _ends(counts.ballot)
        carried = [(person, _last_answer(asked[:-1], person, item, items, closed.number)) for person in missing]
        places = {option: at for at, option in enumerate(counts.ballot.options)}
        known = [(person.group, places[answer]) for person, answer in carried if answer in places]

        def judged(added: list[tuple[str, int]], closed: ClosedRound = closed, counts: Counts = counts) -> Outcome:
            return outcome(closed.rule, _with_votes(counts, added), closed.number)

        yield Bounds(
            item=item,
            round=closed.number,
            verdict=result.verdict,
            missing=len(missing),
            carried=judged(known),
            worst=judged([(person.group, low) for person in missing]),
            best=judged([(person.group, high) for person in missing]),
        )


def _missing(closed: ClosedRound, panel: Panel, item: str) -> list[Panelist]:
    """Return who would have had a vote on an item but gave no answer in its last round, those who left included."""
    given = {a.panelist for a in closed.answers if a.item == item and a.kind not in ("blank", "invalid")}
    return [
        person
        for person in panel.people
        if person.votes and item.casefold() not in person.recused and person.invited and person.id not in given
    ]


def _last_answer(before: Sequence[ClosedRound], person: Panelist, item: str, items: Items, number: int) -> str | None:
    for closed in reversed(before):
        if items.broken(item, closed.number, number) is None:
            for answer in closed.answers:
                if answer.panelist == person.id and answer.item == item and answer.kind in COUNTED:
                    return answer.answer
    return None


def _ends(ballot: Ballot) -> tuple[int, int]:
    """Return the places of the options that are furthest against and furthest for."""
    order = [
        (float(point) if point is not None else (worth if worth is not None else 0.5), at)
        for at, (point, worth) in enumerate(zip(ballot.points, ballot.worths, strict=True))
        if point is not None or worth is not None
    ]
    return min(order)[1], max(order)[1]


def _with_votes(counts: Counts, added: Sequence[tuple[str, int]]) -> Counts:
    """Return counts with votes added (group, option), in the groups too; bases grow by whom they don't hold yet."""
    votes = counts.votes.copy()
    for _, place in added:
        votes[0, place] += 1
    groups = {
        by: {name: _with_votes(part, [vote for vote in added if vote[0] == name]) for name, part in parts.items()}
        for by, parts in counts.groups.items()
    }
    sizes = {base: np.maximum(size, votes.sum(axis=1)) for base, size in counts.sizes.items()}
    return replace(counts, votes=votes, sizes=sizes, groups=groups)
