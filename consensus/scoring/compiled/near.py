"""So many sessions within so many days: of those that count, the n-th last decides. No window over dates is needed."""

from __future__ import annotations

from dataclasses import dataclass

from consensus.scoring.compiled.facts import Column, Fact, Words
from consensus.scoring.compiled.hand import Hand
from consensus.scoring.compiled.plan import Near

NEVER = -(10**8)  # a day before all days


@dataclass(slots=True, eq=False)
class Nearby:
    """One question over the sessions of a hand, told in three steps, between which the hand settles."""

    hand: Hand
    asked: Near
    fact: Fact
    here: Words | None = None  # the column that must agree, such as the area
    sure: Column = None
    known: tuple[Column, ...] = ()  # by count: the date of the n-th last session of this area, this one included
    blank: tuple[Column, ...] = ()  # the same of sessions without an area

    def look(self) -> None:
        """Take the dates of the last sessions that count."""
        hand, times = self.hand, self.asked.times
        # surely within days: from the first day that the earlier one can be to the last day of this one
        first, day = self.hand.session_day, self.hand.session_until
        if self.asked.same is None:
            possible = self._held(self.fact.possible, day, first, hand.group(self.fact.possible))
            self.sure = hand.keep(self._held(self.fact.sure, first, day, hand.group(self.fact.sure)))
            self.known = (hand.keep(possible),)
            return
        self.here = hand.code_of(self.asked.same)
        placed = self.fact.sure & ~self.here.missing
        self.sure = hand.keep(self._held(placed, first, day, hand.group(placed, self.here.code)))
        group = hand.group(self.fact.possible & ~self.here.missing, self.here.code)
        self.known = tuple(hand.keep(hand.before(day, n, NEVER, group)) if n else day for n in range(times))
        if not self._complete:
            group = hand.group(self.fact.possible & self.here.missing)
            self.blank = tuple(hand.keep(hand.before(day, n, NEVER, group)) if n else day for n in range(times))

    def carry(self) -> None:
        """Carry dates on to the sessions after them: sessions without an area count with those of each area."""
        if self.here is None or self._complete:
            return
        hand, possible = self.hand, self.fact.possible
        missing = self.here.missing
        self.known = (*self.known, *(self._carried(possible & ~missing, day) for day in self.known[:-1]))
        self.blank = (*self.blank, *(self._carried(possible & missing, day) for day in self.blank))
        self.known, self.blank = tuple(map(hand.keep, self.known)), tuple(map(hand.keep, self.blank))

    def result(self) -> Fact:
        """Return what the question says at each session."""
        fact = self._result()
        if not self.asked.from_first:
            return fact
        hand, days = self.hand, self.asked.days
        if hand.whole_days:
            return fact.only_where(hand.session_day - hand.first_day <= days)
        surely, at_first = hand.session_until - hand.first_day <= days, hand.rank == 1
        possibly = hand.session_day - hand.first_until <= days
        return Fact(fact.sure & (surely | at_first), fact.possible & (possibly | at_first))

    def _result(self) -> Fact:
        if self.asked.times == 1:
            return self.fact
        if self.here is None:
            return Fact(self.sure, self.known[0])
        times, since = self.asked.times, self.hand.session_day - self.asked.days
        possible = self.known[times - 1] >= since
        if not self._complete:
            of_area, any_area = self.known[:times], self.known[times:]
            blank = self.blank[times:]
            at_area, at_blank = possible, blank[times - 1] >= since
            for n in range(1, times):
                at_area = at_area | ((of_area[times - n - 1] >= since) & (blank[n - 1] >= since))
                at_blank = at_blank | ((any_area[times - n - 1] >= since) & (blank[n - 1] >= since))
            possible = (at_area & ~self.here.missing) | (at_blank & self.here.missing)
        return Fact(self.sure, self.fact.possible & possible)

    @property
    def _complete(self) -> bool:
        return self.asked.same is not None and self.hand.complete(self.asked.same)

    def _held(self, flag: Column, earlier: Column, now: Column, group: object) -> Column:
        before = self.hand.before(earlier, self.asked.times - 1, NEVER, group)
        return flag & (before >= now - self.asked.days)

    def _carried(self, flag: Column, day: Column) -> Column:
        return self.hand.so_far(self.hand.where(flag, day, NEVER))
