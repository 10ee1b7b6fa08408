"""What a finding says at each session, on whole columns: the same rules as those of the judge's `telling.py`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from consensus.definitions.amount import Amount
from consensus.definitions.finding import (
    Above,
    Always,
    Appears,
    AtMost,
    Below,
    Differs,
    Increases,
    OneOf,
    Reaches,
    RisesBy,
    columns_of,
)
from consensus.definitions.reading import range_of
from consensus.scoring.compiled.amounts import above, equal, limited, one_of, recorded, rises
from consensus.scoring.compiled.facts import Column, Fact, Numbers, Words
from consensus.scoring.compiled.hand import Hand
from consensus.scoring.compiled.plan import FROM_BASELINE, Ask, Listed, looks_along, looks_back, looks_twice

GAP = -(2**60)  # no recorded amount lies there


@dataclass(slots=True, eq=False)
class Findings:
    """Tells findings over the sessions of a hand; what is asked for twice is told once."""

    hand: Hand
    assessed: str | None
    told: dict[Ask, Fact] = field(default_factory=dict)
    lists: dict[Listed, Column] = field(default_factory=dict)
    groups: dict[Listed, object] = field(default_factory=dict)
    firsts: dict[Listed, Column] = field(default_factory=dict)
    earlier: dict[tuple[str, Listed | None, str | None, int], Numbers | Words] = field(default_factory=dict)
    ahead: dict[tuple[Ask, int], Fact] = field(default_factory=dict)  # as they were so many sessions before
    unassessed: dict[tuple[str, int], Column] = field(default_factory=dict)
    states: dict[tuple[tuple[str, ...], str], tuple[Fact, Fact]] = field(default_factory=dict)
    states_before: dict[tuple[tuple[str, ...], str, Listed | None], Fact] = field(default_factory=dict)

    def tell(self, asks: Iterable[Ask], lists: Iterable[Listed], runs: Mapping[Ask, int]) -> None:
        """Tell all findings, step by step, so that each look along the sessions stands on settled columns.

        `runs` are those that are asked for at so many sessions of the course in a row: where each look costs a sort,
        what they were before is taken at the same look as what they are told from.
        """
        asks = tuple(asks)
        walked = (ask.walks for ask in asks if ask.walks is not None)
        for walks in dict.fromkeys((*lists, *walked)):
            self.lists[walks] = self.hand.keep(self._is_listed(walks))
        windows = [ask.window for ask in runs if looks_twice(ask)] if self.hand.looks_once else []
        open_ = {w: self.hand.keep(self._unassessed(w)) for w in dict.fromkeys(windows) if w and self.assessed}
        # what looks nowhere else is told first: its cells need not be carried along
        self._tell([ask for ask in asks if not looks_along(ask)])
        self.unassessed |= {(window, 0): flag for window, flag in open_.items()}
        self.hand.number_sessions()
        self.groups = {walks: self.hand.group(flag) for walks, flag in self.lists.items()}
        for walks, group in self.groups.items():
            self.firsts[walks] = self.hand.keep(~self.hand.was(self.lists[walks], 1, group))
        further = [ask for ask in asks if looks_along(ask)]
        for ask in further:
            if isinstance(ask.test, Appears):
                self._state(ask.test.columns, ask.rule)
            elif isinstance(ask.test, Increases | Differs | RisesBy):
                self._look_back(ask)
        if self.hand.looks_once:
            for ask, times in runs.items():
                self._look_ahead(ask, times)
        self.hand.settle()
        for ask in further:
            if isinstance(ask.test, Appears) and looks_back(ask.test):
                self._state_before(ask.test.columns, ask.rule, ask.walks)
        self.hand.settle()
        self._tell(further)
        for ask, times in runs.items():
            for n in range(1, times if self.hand.looks_once and looks_twice(ask) else 1):
                there = self.hand.rank > n
                self.ahead[ask, n] = self._windowed(self._told(ask, n), ask.window, n).only_where(there)

    def tell_own(self, asks: Iterable[Ask]) -> None:
        """Tell findings that look at nothing but their own session and the baseline."""
        self._tell(asks)

    def _tell(self, asks: Iterable[Ask]) -> None:
        for ask in asks:
            fact = self._windowed(self._told(ask), ask.window)
            self.told[ask] = Fact(self.hand.keep(fact.sure), self.hand.keep(fact.possible))
        self.hand.settle()

    def _look_ahead(self, ask: Ask, times: int) -> None:
        """Keep what a finding, or what it is told from, was at the sessions before that a run needs."""
        hand = self.hand
        for n in range(1, times):
            if looks_twice(ask):
                self._look_back(ask, n + 1)
                if ask.window is not None and self.assessed is not None and (ask.window, n) not in self.unassessed:
                    self.unassessed[ask.window, n] = hand.keep(hand.was(self.unassessed[ask.window, 0], n))
            elif ask in self.told:
                code = hand.keep(hand.before(hand.code(self.told[ask]), n, 0))
                self.ahead[ask, n] = Fact(code == 2, code >= 1)

    def _is_listed(self, walks: Listed) -> Column:
        seen = self.hand.seen(walks.window)
        there = [~_missing(seen, column) for column in walks.columns]
        if walks.or_assessed and self.assessed is not None:
            there.append(~seen.days(self.assessed).missing)
        found = there[0]
        for other in there[1:]:
            found = found | other
        return found

    def _look_back(self, ask: Ask, n: int = 1) -> None:
        """Keep what was recorded at the session before: in the list for what increases, in the course for a change."""
        assert isinstance(ask.test, Increases | Differs | RisesBy)
        column, key = ask.test.column, (ask.test.column, ask.walks, ask.window, n)
        if key in self.earlier or not (looks_back(ask.test) or isinstance(ask.test, Differs)):
            return
        hand, group = self.hand, self.groups[ask.walks] if ask.walks is not None else None
        seen = hand.seen(ask.window)
        if hand.is_numeric(column):
            now = seen.number(column)
            # one look tells both: what was recorded, and that nothing was
            low = hand.keep(hand.before(hand.where(now.missing, GAP, now.low), n, GAP, group))
            high = low if now.high is now.low else hand.keep(hand.before(now.high, n, 0, group))
            self.earlier[key] = Numbers(low, high, low == GAP)
        elif hand.is_date(column):
            dated = seen.days(column)
            day = hand.keep(hand.before(hand.where(dated.missing, GAP, dated.day), 1, GAP, group))
            self.earlier[key] = Words(day, day == GAP)
        else:
            words = seen.words(column)
            silent = None if words.silent is None else hand.keep(hand.was(words.silent, 1, group))
            code = hand.keep(hand.code_before(words, column, group))
            self.earlier[key] = Words(code, hand.no_code(code, column), silent)

    def _state(self, columns: tuple[str, ...], rule: str) -> None:
        """Tell a state at baseline and at each session, with what is not recorded filled by the missing rule."""
        if (columns, rule) in self.states:
            return
        base = recorded([self.hand.number(column, baseline=True) for column in columns])
        now = recorded([self.hand.seen(None).number(column) for column in columns])
        if rule == "absent":
            base, now = Fact(base.sure, base.sure), Fact(now.sure, now.sure)
        elif rule == "lasting":
            base, now = self._lasting(base, now)
        elif rule == FROM_BASELINE:
            gap = ~now.sure & now.possible
            now = Fact(now.sure | (gap & base.sure), now.possible)
        self.states[columns, rule] = base, now

    def _lasting(self, base: Fact, now: Fact) -> tuple[Fact, Fact]:
        hand = self.hand
        yes, no = hand.keep(now.sure), hand.keep(~now.possible)
        hand.settle()
        was = base.sure | (hand.so_far(hand.where(yes, 1, 0)) == 1)
        later, ever_no = hand.from_here(no), hand.anywhere(no)
        was, later, ever_no = hand.keep(was), hand.keep(later), hand.keep(ever_no)
        hand.settle()
        gap = ~yes & ~no
        filled = Fact(yes | (gap & was & ~later), ~no & ~(gap & later & ~was))
        return Fact(base.sure, base.possible & ~(~base.sure & ever_no)), filled

    def _state_before(self, columns: tuple[str, ...], rule: str, walks: Listed | None) -> None:
        key = (columns, rule, walks)
        if key in self.states_before:
            return
        group = self.groups[walks] if walks is not None else None
        hand, now = self.hand, self.states[columns, rule][1]
        base, first = self.states[columns, rule][0], self._first(walks)
        was = hand.fact_was(now, 1, group)
        sure, possible = hand.keep(was.sure), hand.keep(was.possible)
        self.states_before[key] = Fact(sure | (first & base.sure), possible | (first & base.possible))

    def _told(self, ask: Ask, n: int = 0) -> Fact:
        """Return what a finding says; with n what it said so many sessions before, of what `looks_twice` alone."""
        test, hand = ask.test, self.hand
        if isinstance(test, Always):
            return Fact(hand.constant(True), hand.constant(True))
        if isinstance(test, Appears):
            self._state(test.columns, ask.rule)
            base, now = self.states[test.columns, ask.rule]
            if test.since == "present":
                return now
            return now & ~(base if test.since == "new_since_baseline" else self._before_of(ask))
        if hand.is_numeric(test.column):
            fact, gap = self._of_numbers(ask, n)
        else:
            fact, gap = self._of_words(ask)
        if ask.rule == "absent":
            fact = fact.only_where(~gap)
        return fact.only_where(hand.rank > 1) if isinstance(test, Differs) else fact

    def _before_of(self, ask: Ask) -> Fact:
        return self.states_before[columns_of(ask.test), ask.rule, ask.walks]

    def _of_numbers(self, ask: Ask, n: int = 0) -> tuple[Fact, Column]:
        """Return what a test of amounts says, and where a cell that it needs is empty."""
        test = ask.test
        now = self._number(ask, n)
        if isinstance(test, Above | Reaches | Below | AtMost):
            return limited(test, now), now.missing
        if isinstance(test, OneOf):
            return one_of(now, [value for value in test.values if isinstance(value, Amount)]), now.missing
        if isinstance(test, Differs):
            other = self._number(ask, n + 1)
            return ~equal(now, other), now.missing | other.missing
        assert isinstance(test, Increases | RisesBy)
        other = self._compared_with(ask, test, n)
        gap = now.missing | other.missing
        if isinstance(test, Increases):
            return above(now, other), gap
        return rises(test, now, other).open_where(gap), gap

    def _number(self, ask: Ask, n: int) -> Numbers:
        """Return the amount that a test looks at, as it was so many sessions before."""
        column = columns_of(ask.test)[0]
        if n == 0:
            return self.hand.seen(ask.window).number(column)
        found = self.earlier[column, ask.walks, ask.window, n]
        assert isinstance(found, Numbers)
        return found

    def _compared_with(self, ask: Ask, test: Increases | RisesBy, n: int) -> Numbers:
        """Return the amount at the session before, at the first one that of the baseline."""
        hand, base = self.hand, self.hand.number(test.column, baseline=True)
        if not looks_back(test):
            return base
        other, first = self._number(ask, n + 1), self._first(ask.walks, n)
        low = hand.where(first, base.low, other.low)
        exact = base.high is base.low and other.high is other.low
        high = low if exact else hand.where(first, base.high, other.high)
        return Numbers(low, high, (first & base.missing) | (~first & other.missing))

    def _first(self, walks: Listed | None, n: int = 0) -> Column:
        """Return where no session stands before in the list."""
        return self.hand.rank == n + 1 if walks is None else self.firsts[walks]

    def _of_words(self, ask: Ask) -> tuple[Fact, Column]:
        test, hand = ask.test, self.hand
        column = columns_of(test)[0]
        seen = hand.seen(ask.window)
        now = _said(seen, column)
        if isinstance(test, OneOf):
            holds = seen.among(now, column, tuple(str(value) for value in test.values))
            fact = Fact(holds & ~now.missing, holds | now.missing)
            return (fact if now.silent is None else fact.open_where(now.silent)), now.missing
        assert isinstance(test, Differs)
        other = self.earlier[column, ask.walks, ask.window, 1]
        assert isinstance(other, Words)
        gap = now.missing | other.missing
        differs = now.code != other.code
        fact = Fact(differs & ~gap, differs | gap)
        return (fact if now.silent is None else fact.open_where((now.silent | other.silent) & ~gap)), gap

    def _windowed(self, fact: Fact, window: str | None, n: int = 0) -> Fact:
        """Return the fact, unknown where its session was not assessed within the window."""
        if window is None or self.assessed is None:
            return fact
        known = self.unassessed.get((window, n))
        return fact.open_where(self._unassessed(window) if known is None else known)

    def _unassessed(self, window: str) -> Column:
        """Return where a session was not assessed within the window."""
        assert self.assessed is not None
        seen, ends = self.hand.seen(window).days(self.assessed), range_of(window)
        # what can lie before its session is taken to lie after it, unless it certainly does not
        most = seen.until - self.hand.session_day
        if ends is None:
            return ~seen.missing & (most < 0)
        exact = seen.last is None and self.hand.whole_days
        least = most if exact else seen.day - self.hand.session_until
        early = (least < ends[0]) if ends[0] > 0 else (most < 0)
        return seen.missing | early | (most > ends[1])


def _missing(hand: Hand, column: str) -> Column:
    if hand.is_numeric(column):
        return hand.number(column).missing
    return hand.days(column).missing if hand.is_date(column) else hand.words(column).missing


def _said(hand: Hand, column: str) -> Words:
    if not hand.is_date(column):
        return hand.words(column)
    dated = hand.days(column)
    return Words(dated.day, dated.missing)
