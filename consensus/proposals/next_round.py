"""What the next round should ask: where the derivation still hangs in the balance, what hangs most first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from consensus.agreement.support import CODINGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from consensus.agreement.estimate import Coding
    from consensus.proposals.candidates import Candidate, NoTerm
    from consensus.proposals.parameters import ParameterVote
    from consensus.proposals.uncertainty import Uncertainty

Why = Literal["close", "never_asked", "equivocal", "number", "case", "no_finding"]
TELLING = 0.05
FEW_ACCEPT = 0.75
MOST_CASES = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Ask:
    """One thing to ask, and why.

    close: resampling turns the decision (`bits` of doubt, 1 is a coin toss). never_asked: the figure is a bound or a
    proxy. equivocal: how equivocal answers count decides; a simple majority is reached where the part `tips` of them
    counts as yes. number: fewer than three in four accept the number. case:
    definitions that came out judge this combination differently (`share` of them say failure). no_finding: people voted
    on it, but no course can show it.
    """

    why: Why
    criteria: tuple[str, ...]
    question: str | None = None
    bits: float = 0.0
    share: float | None = None
    votes: int | None = None
    tips: float | None = None

    def to_dict(self) -> dict[str, object]:
        """Return the row for `propose --json`."""
        return {name: (list(v) if isinstance(v := getattr(self, name), tuple) else v) for name in self.__slots__}


def to_ask(
    candidates: Sequence[Candidate],
    no_terms: Sequence[NoTerm],
    coding: Coding,
    uncertainty: Uncertainty | None,
    parameters: Sequence[ParameterVote],
) -> tuple[Ask, ...]:
    """Return what to ask, by the doubt that each answer would settle, then in the order of `Why`."""
    found = [
        *_close(candidates, coding, uncertainty),
        *_never_asked(candidates, coding),
        *_equivocal(candidates, coding),
    ]
    found += [*_numbers(parameters), *_cases(uncertainty), *_no_finding(no_terms)]
    return tuple(sorted(found, key=lambda ask: -ask.bits))


def _close(candidates: Sequence[Candidate], coding: Coding, uncertainty: Uncertainty | None) -> Iterator[Ask]:
    for candidate in candidates:
        if uncertainty is None:
            return
        told = uncertainty.criterion(candidate.id)
        if told.bits >= TELLING:
            flips = candidate.verdict(coding).flips
            votes = flips[0].votes if flips else None
            yield Ask(
                why="close",
                criteria=(candidate.id,),
                question=candidate.question.name,
                bits=told.bits,
                share=told.term,
                votes=votes,
            )


def _never_asked(candidates: Sequence[Candidate], coding: Coding) -> Iterator[Ask]:
    """Yield the criteria whose figure is no direct vote, those with most support first: there it matters most."""
    indirect = [c for c in candidates if c.votes.kind != "vote" and c.base_size(coding)]
    for c in sorted(indirect, key=lambda c: -c.weight(coding) / c.base_size(coding)):
        share = float(c.weight(coding) / c.base_size(coding))
        yield Ask(why="never_asked", criteria=(c.id,), question=c.question.name, share=share)


def _equivocal(candidates: Sequence[Candidate], coding: Coding) -> Iterator[Ask]:
    for c in candidates:
        if len(c.verdicts) > 1 and len({c.verdict(way).outcome for way in CODINGS}) > 1:
            n = c.counted.answered
            share = c.counted.equivocal / n if n else None
            yield Ask(
                why="equivocal",
                criteria=(c.id,),
                question=c.question.name,
                share=share,
                votes=c.counted.equivocal,
                tips=_tips(c),
            )


def _tips(candidate: Candidate) -> float | None:
    """Return the part of equivocal votes that must count as yes for half of all votes; None where no part tips it."""
    votes = candidate.counted
    part = (votes.answered / 2 - votes.yes) / votes.equivocal if votes.equivocal else -1.0
    return part if 0 <= part <= 1 else None


def _numbers(parameters: Sequence[ParameterVote]) -> Iterator[Ask]:
    for p in parameters:
        if p.accepts.value is not None and p.accepts.value < FEW_ACCEPT:
            yield Ask(why="number", criteria=(p.criterion,), question=p.question, share=p.accepts.value)


def _cases(uncertainty: Uncertainty | None) -> Iterator[Ask]:
    for case in uncertainty.cases[:MOST_CASES] if uncertainty is not None else ():
        if case.bits >= TELLING and len(case.criteria) > 1:
            yield Ask(why="case", criteria=case.criteria, bits=case.bits, share=case.met)


def _no_finding(no_terms: Sequence[NoTerm]) -> Iterator[Ask]:
    for one in no_terms:
        if one.reason.startswith("no finding"):
            yield Ask(why="no_finding", criteria=(one.criterion,), question=one.question)
