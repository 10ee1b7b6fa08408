"""Forms: once, so many in a row, so many within days. Each gives one statement a session of the course."""

from __future__ import annotations

from collections.abc import Mapping

from consensus.definitions.column import SESSION_DATE
from consensus.definitions.definition import Consecutive, Form, Once, Within
from consensus.definitions.readings import ANY, AS_WRITTEN, PROVISO, RUN_OVER, WINDOW_DAYS
from consensus.scoring.cells import Cell, fold
from consensus.scoring.course import Cause, Course
from consensus.scoring.months import NO_DAY, Span
from consensus.scoring.telling import Teller
from consensus.scoring.told import NO, YES, Told, both, either, unknown


def tell_form(form: Form, course: Course, teller: Teller, readings: Mapping[str, str]) -> list[Told]:
    """Return what a form says at each session of a course, in the order of its sessions."""
    if isinstance(form, Once):
        return _once(form, course, teller)
    if isinstance(form, Consecutive):
        return _consecutive(form, course, teller, readings)
    return _within(form, course, teller, readings)


def _once(form: Once, course: Course, teller: Teller) -> list[Told]:
    """AND with: what must have been there before has been, step by step, each at a session of its own."""
    everywhere = range(len(course.sessions))
    reached = [YES] * len(course.sessions)
    for name in form.after:
        told, so_far, later = teller.tell(name, course, everywhere), NO, list[Told]()
        for at in everywhere:
            later.append(so_far)
            so_far = either((so_far, both((told[at], reached[at]))))
        reached = later
    told = teller.tell(form.finding, course, everywhere)
    return [both(pair) for pair in zip(told, reached, strict=True)] if form.after else told


def _consecutive(form: Consecutive, course: Course, teller: Teller, readings: Mapping[str, str]) -> list[Told]:
    """AND over this session and those before it in the list; a session that doesn't exist counts as no."""
    order = list(range(len(course.sessions)))
    if readings[RUN_OVER] == "assessed_sessions":
        order = teller.assessed(form.finding, course)
    told = teller.tell(form.finding, course, order)
    proviso = _Proviso(form, course, teller, readings)
    found = [NO] * len(course.sessions)
    for at in range(form.times - 1, len(order)):
        first = at - form.times + 1
        run = told[first : at + 1]
        found[order[at]] = both((*run, proviso.over(order[first], order[at])))
    return found


class _Proviso:
    """The proviso of a run: OR over the sessions that the reading names, also those that the run steps over."""

    def __init__(self, form: Consecutive, course: Course, teller: Teller, readings: Mapping[str, str]) -> None:
        self.reading = readings[PROVISO] if form.proviso else "not_required"
        self.told: list[Told] = []
        if self.reading != "not_required":
            everywhere = range(len(course.sessions))
            by_finding = [teller.tell(name, course, everywhere) for name in form.proviso]
            self.told = [either(at_session) for at_session in zip(*by_finding, strict=True)]

    def over(self, first: int, last: int) -> Told:
        """Return the proviso of the run from one session of the course to another."""
        match self.reading:
            case "not_required":
                return YES
            case "at_last":
                return self.told[last]
            case "in_course":
                return either(self.told[1 : last + 1])
            case _:
                return either(self.told[first + 1 : last + 1])


def _within(form: Within, course: Course, teller: Teller, readings: Mapping[str, str]) -> list[Told]:
    """OR over all groups of so many sessions that end here; told without groups, as the k-th last that counts.

    Surely: the sessions that are certain and of the same area. Possibly: also the unknown ones and those without an
    area; two recorded areas that differ never stand in one group.
    """
    days = form.days if readings[WINDOW_DAYS] == AS_WRITTEN else int(readings[WINDOW_DAYS])
    told = teller.tell(form.finding, course, range(len(course.sessions)))
    column = form.same if form.same is not None and readings[form.same] != ANY else None
    # an area that is not looked at is one and the same for all sessions
    areas = [_folded(session.cell(column)) if column is not None else "" for session in course.sessions]
    found = []
    for last, session in enumerate(course.sessions):
        spans = [*(session.days_since(earlier) for earlier in course.sessions[:last]), Span(0, 0)]
        near = [i for i in range(last + 1) if spans[i].low <= days]
        sure = {i for i in near if spans[i].high <= days}
        if form.from_first and 0 not in near:
            near, sure = [], set()
        elif form.from_first and 0 not in sure:
            sure = set()
        open_ = [i for i in near if told[i].value is not False]
        found.append(_group(form.times, last, open_, sure, told, areas, Cause(column or "")))
    return found


def _group(
    times: int, last: int, near: list[int], close: set[int], told: list[Told], areas: list[str | None], no_area: Cause
) -> Told:
    """Return what the sessions that are possibly `near` say; `close` are those that certainly are."""
    if last not in near:
        return NO
    if times == 1 and last in close:
        return told[last]
    own = areas[last]
    sure = [i for i in near if i in close and told[i].value is True and areas[i] is not None and areas[i] == own]
    if last in sure and len(sure) >= times:
        return YES
    causes: set[Cause] = set()
    for area in {own} if own is not None else {areas[i] for i in near}:
        group = [i for i in near if areas[i] in (area, None)]
        if len(group) >= times:
            causes |= {cause for i in group for cause in told[i].causes}
            causes |= {no_area for i in group if areas[i] is None}
            causes |= {Cause(SESSION_DATE, NO_DAY) for i in group if i not in close}
    return unknown(causes) if causes else NO


def _folded(cell: Cell) -> str | None:
    return None if cell is None else fold(str(cell))
