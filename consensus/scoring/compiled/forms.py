"""Forms on whole columns: once, so many in a row, so many within days. The same rules as those of the judge's forms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from consensus.scoring.compiled.facts import Column, Fact, all_of, any_of
from consensus.scoring.compiled.findings import Findings
from consensus.scoring.compiled.hand import Hand
from consensus.scoring.compiled.near import Nearby
from consensus.scoring.compiled.plan import Ask, At, Listed, Near, Question, Run, Then, asks_of


@dataclass(slots=True, eq=False)
class Forms:
    """Tells what questions say at each session."""

    hand: Hand
    findings: Findings
    provisos: dict[tuple[Ask, ...], Fact] = field(default_factory=dict)

    def tell(self, questions: Iterable[Question]) -> dict[Question, Fact]:
        """Return one fact a question; equal questions are told once."""
        asked = tuple(dict.fromkeys(questions))
        runs = [question for question in asked if isinstance(question, Run)]
        near = [question for question in asked if isinstance(question, Near)]
        rows: dict[Ask, int] = {}
        for run in runs:
            if run.walks is None:
                rows[run.ask] = max(run.times, rows.get(run.ask, 1))
        self.findings.tell(asks_of(asked), [run.walks for run in runs if run.walks is not None], rows)
        self._provisos(runs)
        self.hand.settle()
        found: dict[Question, Fact] = {q: self.findings.told[q] for q in asked if isinstance(q, Ask)}
        found |= {q: self._at(self.findings.told[q.ask], q.place) for q in asked if isinstance(q, At)}
        found |= {run: self._run(run) for run in runs}
        found |= {then: self._then(then) for then in asked if isinstance(then, Then)}
        if near and runs:  # a look along the sessions carries all that is not told yet
            found |= {run: self._kept(found[run]) for run in runs}
            self.hand.settle()
        return found | self._near(near)

    def tell_nearby(self, questions: Sequence[Near]) -> dict[Question, Fact]:
        """Return what questions say that look at nothing but where their finding may hold: there alone."""
        asks = tuple(dict.fromkeys(question.ask for question in questions))
        self.findings.tell_own(asks)
        self.hand.only(any_of(self.findings.told[ask] for ask in asks).possible)
        return self._near(questions)

    def _kept(self, fact: Fact) -> Fact:
        return Fact(self.hand.keep(fact.sure), self.hand.keep(fact.possible))

    def _at(self, fact: Fact, place: int) -> Fact:
        return fact.only_where(self.hand.rank == place)

    def _provisos(self, runs: list[Run]) -> None:
        for of in {run.of for run in runs if run.of}:
            self.provisos[of] = self._kept(any_of(self.findings.told[ask] for ask in of))

    def _run(self, run: Run) -> Fact:
        """AND over this session and those before it in the list; a session that doesn't exist counts as no."""
        fact, walks = self.findings.told[run.ask], run.walks
        if walks is not None:
            fact = fact.only_where(self.findings.lists[walks])
        whole = all_of([fact, *(self._asked_before(run, n) for n in range(1, run.times))])
        if walks is None:
            whole = whole.only_where(self.hand.rank >= run.times)
        return whole & self._proviso(run) if run.of else whole

    def _then(self, then: Then) -> Fact:
        """AND with: what must have been there before has been, step by step, each at a session of its own."""
        hand, whole = self.hand, self.findings.told[then.ask]
        reached: Fact | None = None
        for ask in then.of:
            told = self.findings.told[ask]
            here = self._kept(told if reached is None else told & reached)
            hand.settle()
            so_far = [hand.so_far(hand.where(flag, 1, 0)) == 1 for flag in (here.sure, here.possible)]
            met = self._kept(Fact(*so_far))
            hand.settle()
            reached = self._kept(hand.fact_was(met, 1))
            hand.settle()
        return whole if reached is None else self._kept(whole & reached)

    def _asked_before(self, run: Run, steps: int) -> Fact:
        known = self.findings.ahead.get((run.ask, steps)) if run.walks is None else None
        return self._was(self.findings.told[run.ask], steps, run.walks) if known is None else known

    def _was(self, fact: Fact, steps: int, walks: Listed | None) -> Fact:
        group = self.findings.groups[walks] if walks is not None else None
        return self.hand.fact_was(fact, steps, group)

    def _proviso(self, run: Run) -> Fact:
        """OR over the sessions of the course that the reading names, also those that the run steps over."""
        fact, hand = self.provisos[run.of], self.hand
        if run.proviso == "at_last":
            return fact
        if run.walks is None and run.proviso == "within_run":
            return any_of([_nothing(fact), *([fact] if run.times > 1 else [])]) | any_of(
                [_nothing(fact), *(self._was(fact, n, None) for n in range(1, run.times - 1))]
            )
        after: Column = 1
        if run.proviso == "within_run":
            group = self.findings.groups[run.walks] if run.walks is not None else None
            after = hand.before(hand.rank, run.times - 1, 0, group) if run.times > 1 else hand.rank
        latest = [hand.so_far(hand.where(flag, hand.rank, 0)) for flag in (fact.sure, fact.possible)]
        return Fact(latest[0] > after, latest[1] > after)

    def _near(self, questions: Sequence[Near]) -> dict[Question, Fact]:
        """OR over all groups of so many sessions that end here."""
        nearby = [Nearby(self.hand, question, self.findings.told[question.ask]) for question in questions]
        for one in nearby:
            one.look()
        self.hand.settle()
        for one in nearby:
            one.carry()
        self.hand.settle()
        return {one.asked: one.result() for one in nearby}


def _nothing(fact: Fact) -> Fact:
    none = fact.sure & ~fact.sure
    return Fact(none, none)
