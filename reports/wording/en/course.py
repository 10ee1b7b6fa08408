"""One patient's course explained on a terminal, in English."""

from __future__ import annotations

from collections.abc import Sequence

OPEN = "class left open"
NO_READINGS = "no readings"
NO_POINTS = "no points"
UNCOUNTABLE = "more than can be counted"
ROUND = "lesions without a second diameter are taken as round (dimension_conversion=isotropic)"


def patient(name: str, sessions: int) -> str:
    """Return the line above a course."""
    return f"Patient {name}: {sessions} session{'' if sessions == 1 else 's'}"


def session(number: int, word: str, date: str, days: str, assessment: str, seen: str, further: Sequence[str]) -> str:
    """Return a session with the dates of its assessments; `seen` is empty where there is none."""
    by = f", {assessment} of {seen}" if seen else ""
    more = f", then seen on {', '.join(further)}" if further else ""
    return f"session {number}: {word} on {date}, day {days}{by}{more}"


def called(title: str, marked: str) -> str:
    """Return a definition: its id, marked where it is recalled."""
    return marked


def verdict(called: str, verdict: str) -> str:
    """Return a definition with its verdict."""
    return f"{called}: {verdict}"


def at_session(number: int, date: str, days: str, criterion: str) -> str:
    """Return when and by which criterion a definition was met."""
    return f" at session {number} on {date}, {days} days after the first, by {criterion}"


def by_criterion(criterion: str) -> str:
    """Return by which criterion a definition was met before any session."""
    return f" by {criterion}"


def for_want(cause: str) -> str:
    """Return what keeps a whole definition open."""
    return f", for {cause}"


def points_between(low: str, high: str) -> str:
    """Return the points of a definition behind its verdict."""
    return f" ({low} to {high} points)"


def class_and_points(called: str, name: str, points: str) -> str:
    """Return what a score says: its class (empty where it is open) and its points."""
    return f"{called}: {f'class {name}' if name else OPEN}, {points}"


def at_least(points: str) -> str:
    """Return the points of a score without an upper end."""
    return f"{points} or more"


def between(low: str, high: str) -> str:
    """Return the points of a score, or the two ends between which they lie."""
    return low if low == high else f"{low} to {high}"


def reading(label: str, says: str, name: str, value: str) -> str:
    """Return a reading in force."""
    return f"{name}={value}"


def readings(each: Sequence[str]) -> list[str]:
    """Return the line of readings."""
    return [f"readings: {'; '.join(each)}"]


def term(name: str, says: str, points: str) -> str:
    """Return a criterion with its points, where it has some."""
    worth = f" ({points} point{'' if points == '1' else 's'})" if points else ""
    return f"{name}{worth}: {says}"


def with_value(term: str, says: str) -> str:
    """Return a criterion that is judged at one moment, and what it says."""
    return f"{term}: {says}"


def said(value: bool | None, because: Sequence[str]) -> str:
    """Return what a criterion says; where it is open, because of what."""
    if value is None:
        return f"open, because {' and '.join(because)}"
    return "met" if value else "not met"


def step(number: int, says: str, alone: str, used: Sequence[str], scans: str) -> str:
    """Return what a criterion says at a session: `alone` of its finding, by which cells, by which scan."""
    cells = f" [{', '.join(used)}]" if used else ""
    return f"session {number}: {says}{alone}{cells}{scans}"


def alone(value: bool | None) -> str:
    """Return what the finding of a session says where the whole criterion says otherwise."""
    return f"; the finding alone: {'not known' if value is None else 'yes' if value else 'no'}"


def scans(judged_by: str, others: Sequence[tuple[str, str]], assessment: str) -> str:
    """Return which scan judged a session, and which did not: (date, days after the session)."""
    passed = ", ".join(f"that of {day} comes {days} days after the session" for day, days in others)
    return f"; judged by the scan of {judged_by} ({passed})"


def cell(label: str, header: str, value: str, unit: str, before: bool) -> str:
    """Return a cell that was looked at: the user's header and what it says."""
    return f"{header} {value}"


def flag(yes: bool, seen: bool) -> str:
    """Return a cell of yes and no in words; `seen` where it tells what imaging shows."""
    return "yes" if yes else "no"


def column(label: str, header: str) -> str:
    """Return a column by the user's header."""
    return header


def either(columns: Sequence[str]) -> str:
    """Return columns of which any would tell."""
    return " or ".join(columns)


def empty(column: str) -> str:
    """Return that a cell is empty."""
    return f"{column} is empty"


def bound(column: str) -> str:
    """Return that only a bound is known."""
    return f"only a bound of {column} is known"


def untold(column: str) -> str:
    """Return that there is no session that tells."""
    return f"no session tells {column}"


def leaves_open(column: str) -> str:
    """Return that what is recorded leaves something open."""
    return f"{column} leaves it open"


def otherwise(column: str, reason: str) -> str:
    """Return why a recorded column does not tell."""
    return f"{column} is {reason}"


def by_lesion(lesion: str, number: int) -> str:
    """Return by which of several lesions a definition was judged."""
    return f"judged by lesion {lesion}, one of {number}: the viable share is that of this lesion"
