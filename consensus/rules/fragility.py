"""How firm a verdict is: the fewest votes that turn it, how likely a new panel repeats it, what a panel can prove."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING

import numpy as np

from consensus.agreement.proportions import wilson
from consensus.rules.ballots import Ballot, Counts
from consensus.rules.deciding import OUTCOMES, outcome, outcomes
from consensus.rules.flips import Flip, flips_of
from consensus.rules.movements import movements, suffice_for
from consensus.rules.on_scale import held
from consensus.rules.terms import AGREE, DISAGREE, Told, atoms, terms_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from consensus.rules.rule import Outcome, Rule

    Within = tuple[str, str] | None  # the column and the group whose votes are moved

MOST_PANELS = 200_000
DRAWS = 20_000
CHUNK = 50_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Fewest:
    """The fewest votes that turn a verdict, in whatever way they move; `flip` is one way.

    `votes` is None where no movement turns it. `exact` is False where only movements of up to `searched` votes were
    all tried: fewer than `votes` but more than these might do. `groups` are those that have the votes alone.
    """

    votes: int | None
    exact: bool
    searched: int
    becomes: Outcome | None = None
    flip: Flip | None = None
    groups: tuple[str, ...] = ()


def fewest_votes(counts: Counts, rule: Rule, round: int | None = None) -> Fewest:
    """Return the fewest votes that turn the verdict on one item; ways that mix several moves are tried as well.

    A rule that judges within groups is turned within one group at a time. Every movement of so many votes is tried
    while there are no more than 200,000; beyond that the movements that suffice for thresholds of shares, medians,
    quantiles and IQR (`consensus.rules.movements`), which are exact for rules made of these with `and` alone.
    """
    rule = held(rule, counts.ballot)
    found = flips_of(counts, rule, round)
    best = found[0] if found else None
    now = outcome(rule, counts, round)
    withins: list[Within] = [(by, name) for by in rule.groupings for name in counts.groups[by]] or [None]
    most = best.votes - 1 if best is not None else max(int(_line(counts, within).sum()) for within in withins)
    searched, plain = 1, suffice_for(rule)
    for moved in range(2, most + 1):
        whole = all(_panels(_line(counts, within), moved) <= MOST_PANELS for within in withins)
        for within in withins:
            turned = _turned_by(counts, rule, round, moved, now, within)
            if turned is not None:
                exact = whole or plain or searched == moved - 1
                groups = () if within is None else (within[1],)
                return Fewest(votes=moved, exact=exact, searched=moved, becomes=turned, groups=groups)
        searched = moved if (whole or plain) and searched == moved - 1 else searched
    votes = None if best is None else best.votes
    return Fewest(
        votes=votes,
        exact=rule.simple is not None or searched >= most,
        searched=searched,
        becomes=None if best is None else best.becomes,
        flip=best,
        groups=_able(counts, best),
    )


def _line(counts: Counts, within: Within) -> NDArray[np.int64]:
    """Return the votes of everybody, or of a group."""
    return np.asarray((counts if within is None else counts.groups[within[0]][within[1]]).votes[0])


def _turned_by(
    counts: Counts, rule: Rule, round: int | None, moved: int, now: Outcome, within: Within
) -> Outcome | None:
    """Return what the verdict becomes by some movement of so many votes; None where none that is tried turns it."""
    line = counts if within is None else counts.groups[within[0]][within[1]]
    whole = _panels(line.votes[0], moved) <= MOST_PANELS
    for panels in _all_movements(line, moved) if whole else (movements(line, moved),):
        codes = outcomes(rule, counts.with_votes(panels, within), round)
        other = codes[codes != OUTCOMES.index(now)]
        if len(other):
            return OUTCOMES[int(other[0])]
    return None


def _panels(votes: NDArray[np.int64], moved: int) -> int:
    options = len(votes)
    return math.comb(moved + options - 1, options - 1) ** 2


def _all_movements(counts: Counts, moved: int) -> Iterator[NDArray[np.int64]]:
    """Yield the panels that can come of one row by moving so many votes, in parts."""
    votes = counts.votes[0]
    named = [at for at, option in enumerate(counts.ballot.options) if option]
    off = _multisets(named, moved, len(votes))
    off = off[(off <= votes).all(axis=1)]
    on = _multisets(named, moved, len(votes))
    for start in range(0, len(off), max(1, CHUNK // max(len(on), 1))):
        part = off[start : start + max(1, CHUNK // max(len(on), 1))]
        yield ((votes - part)[:, None, :] + on[None, :, :]).reshape(-1, len(votes))


def _multisets(places: list[int], size: int, width: int) -> NDArray[np.int64]:
    rows = np.array(list(combinations_with_replacement(places, size)), dtype=np.int64).reshape(-1, size)
    made = np.zeros((len(rows), width), dtype=np.int64)
    for column in range(size):
        np.add.at(made, (np.arange(len(rows)), rows[:, column]), 1)
    return made


def _able(counts: Counts, flip: Flip | None) -> tuple[str, ...]:
    """Return the groups in which enough people gave the answer that the votes would move from."""
    if flip is None:
        return ()
    if flip.group is not None:
        return (flip.group,)
    parts = next(iter(counts.groups.values()), {})
    place = counts.ballot.options.index(flip.from_option)
    return tuple(name for name, part in parts.items() if int(part.votes[0, place]) >= flip.votes)


@dataclass(frozen=True, kw_only=True, slots=True)
class Repeat:
    """The probability that a new panel of the same size gives the same verdict, were the shares seen the true ones.

    `error` is 0 where it is summed over all panels there can be; else it is the standard error of 20,000 drawn panels.
    """

    value: float
    error: float
    panels: int


def repeats(counts: Counts, rule: Rule, round: int | None = None, *, seed: int = 0) -> Repeat | None:
    """Return the probability that the verdict on one item repeats; None for an item that nobody answered."""
    rule = held(rule, counts.ballot)
    merged = _merged(counts, rule)
    votes = merged.votes[0]
    n, there = int(votes.sum()), np.flatnonzero(votes)
    if n == 0:
        return None
    now = OUTCOMES.index(outcome(rule, counts, round))
    panels = math.comb(n + len(there) - 1, len(there) - 1)
    if panels <= MOST_PANELS and not rule.groupings:
        rows = _compositions(n, len(there))
        full = np.zeros((len(rows), len(votes)), dtype=np.int64)
        full[:, there] = rows
        same = outcomes(rule, merged.with_votes(full), round) == now
        total = float(_chances(rows[same], votes[there] / n).sum())
        return Repeat(value=min(total, 1.0), error=0.0, panels=panels)
    rng = np.random.default_rng(seed)
    drawn = _drawn(counts, rng)
    value = float((outcomes(rule, drawn, round) == now).mean())
    return Repeat(value=value, error=math.sqrt(value * (1 - value) / DRAWS), panels=DRAWS)


def _merged(counts: Counts, rule: Rule) -> Counts:
    """Return counts in which options that a rule on shares can't tell apart are one."""
    terms = [term for condition in rule.conditions() for term in terms_of(condition)]
    told = any(isinstance(atom, Told) for condition in rule.conditions() for atom in atoms(condition))
    told = told or any(term.options is not None and term.options.word == "most" for term in terms)
    if told or any(term.measure not in ("share", "count", "n", "chance", "apmo") for term in terms) or rule.groupings:
        return counts
    sets = list(dict.fromkeys(term.options for term in terms if term.options not in (None, AGREE, DISAGREE)))
    scale, ballot = counts.ballot.scale, counts.ballot
    keys = []
    for worth, point, commits in zip(ballot.worths, ballot.points, ballot.commits, strict=True):
        inside = []
        for options in sets:
            if options is None or point is None:
                inside.append(False)
            elif options.word is not None:
                inside.append(point == (scale[-1] if options.word == "top" else scale[0]))
            else:
                inside.append(options.holds(point))
        keys.append((worth, commits, point is None, tuple(inside)))
    kept = list(dict.fromkeys(keys))
    first = [keys.index(key) for key in kept]
    votes = np.stack([counts.votes[:, [k == key for k in keys]].sum(axis=1) for key in kept], axis=1)
    return replace(counts, ballot=_part(ballot, first), votes=votes, groups={})


def _part(ballot: Ballot, places: list[int]) -> Ballot:
    return Ballot(
        options=tuple(ballot.options[at] for at in places),
        worths=tuple(ballot.worths[at] for at in places),
        points=tuple(ballot.points[at] for at in places),
        commits=tuple(ballot.commits[at] for at in places),
    )


def _compositions(n: int, parts: int) -> NDArray[np.int64]:
    """Return all ways to part n votes among options, a row each."""
    rows, left = np.zeros((1, 0), dtype=np.int64), np.array([n], dtype=np.int64)
    for _ in range(parts - 1):
        ways = left + 1
        parent = np.repeat(np.arange(len(left)), ways)
        here = np.arange(len(parent)) - np.repeat(np.cumsum(ways) - ways, ways)
        rows = np.column_stack([rows[parent], here])
        left = left[parent] - here
    return np.column_stack([rows, left])


def _chances(rows: NDArray[np.int64], shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the multinomial probability of each row."""
    from scipy.special import gammaln

    n = int(rows.sum(axis=1)[0]) if len(rows) else 0
    logs = gammaln(n + 1) - gammaln(rows + 1).sum(axis=1) + rows @ np.log(shares)
    return np.asarray(np.exp(logs))


def _drawn(counts: Counts, rng: np.random.Generator) -> Counts:
    """Return panels drawn by the shares seen, each group by its own."""
    groups: dict[str, dict[str, Counts]] = {}
    for by, parts in counts.groups.items():
        groups[by] = groups.get(by) or {name: _drawn(part, rng) for name, part in parts.items()}
    votes = counts.votes[0]
    n = int(votes.sum())
    drawn = (
        rng.multinomial(n, votes / max(n, 1), size=DRAWS).astype(np.int64) if n else np.zeros((DRAWS, len(votes)), int)
    )
    return replace(counts.with_votes(drawn), groups=groups)


def provable(n: int, *, level: float = 0.95) -> float:
    """Return the largest share that a panel of `n` could prove: the one-sided exact lower bound where all agree."""
    return float((1 - level) ** (1 / n))


def needed_to_prove(threshold: Fraction, n: int) -> int | None:
    """Return how many of `n` must agree for the lower 95 % limit to reach a threshold; None where all are too few."""
    for votes in range(n + 1):
        low = provable(n) if votes == n else wilson(votes, n)[0]
        if low >= threshold:
            return votes
    return None
