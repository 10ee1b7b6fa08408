"""Who each row is and when it was answered: respondents, events and repeats, times, whether it was finished."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from questionnaires.instrument import Instrument
from questionnaires.privacy import pseudonym
from questionnaires.reading.headers import Matched
from questionnaires.reading.layout import Column, Layout, Means
from questionnaires.reading.moments import moments_of
from questionnaires.reading.text import is_empty, key_of, shown

_FINISHED = frozenset({"1", "true", "yes", "2", "complete", "completed", "finished", "是", "wahr", "vrai"})
_UNFINISHED = frozenset({"0", "false", "no", "unverified", "incomplete", "否", "falsch", "faux", "[not completed]"})
_SPAN = re.compile(
    r"(?:(\d+)\s*(?:小时|时|h))?\s*(?:(\d+)\s*(?:分钟|分|min|m))?\s*(?:(\d+(?:\.\d+)?)\s*(?:秒|s|sec)?)?$"
)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Records:
    """One row of a file each: address, identifier as the file writes it, pseudonym, and what the platform recorded.

    `identifiers` are personal and stay inside; `respondents` may leave. `indexes` are what repeated rows call a row by.
    Entries that the file lacks are None or empty.
    """

    addresses: tuple[str, ...]
    identifiers: tuple[str, ...]
    indexes: tuple[str, ...]
    respondents: tuple[str, ...]
    events: tuple[str, ...]
    repeats: tuple[str, ...]
    instances: tuple[str, ...]
    started: tuple[dt.datetime | None, ...]
    submitted: tuple[dt.datetime | None, ...]
    seconds: tuple[float | None, ...]
    completed: tuple[bool | None, ...]


def read_records(
    layout: Layout, instrument: Instrument, matched: Matched, key: bytes | None, above: Records | None = None
) -> Records:
    """Return who the rows of a layout are; respondents get a pseudonym by `key`, else the row of their first record.

    Repeated rows take their respondents from the rows `above` them, to which their index of the parent leads.
    """
    started = tuple(moments_of(_of(layout, "started")))
    when_done = moments_of(_of(layout, "submitted_when_completed"))
    submitted = tuple(c or d for c, d in zip(moments_of(_of(layout, "submitted")), when_done, strict=True))
    personal = _identifiers(layout, instrument, matched)
    identifiers = tuple(shown(c).strip() for c in (_of(layout, "id") if personal is None else personal))
    indexes = tuple(shown(c) or own for c, own in zip(_of(layout, "index"), identifiers, strict=True))
    parents = (shown(c) or own for c, own in zip(_of(layout, "parent"), identifiers, strict=True))
    return Records(
        indexes=indexes,
        addresses=tuple(layout.grid.address(row) for row in layout.records),
        identifiers=identifiers,
        # a platform's own number means nothing in another file, so that only people's codes are linked by a pseudonym
        respondents=tuple(
            _named(identifiers, layout.records, None if personal is None else key)
            if above is None
            else map(dict(zip(above.indexes, above.respondents, strict=True)).get, parents, _rows(layout))
        ),
        events=tuple(map(shown, _of(layout, "event"))),
        repeats=tuple(map(shown, _of(layout, "repeat"))),
        instances=tuple(map(shown, _of(layout, "instance"))),
        started=started,
        submitted=submitted,
        seconds=tuple(_seconds(*row) for row in zip(_of(layout, "seconds"), started, submitted, strict=True)),
        completed=_completed(layout),
    )


def _rows(layout: Layout) -> list[str]:
    return [str(row + 1) for row in layout.records]


def _column(layout: Layout, means: Means) -> Column | None:
    return next((c for c in layout.columns if c.means == means), None)


def _of(layout: Layout, means: Means) -> list[object]:
    column = _column(layout, means)
    return [None] * len(layout.records) if column is None else layout.cells(column)


def _identifiers(layout: Layout, instrument: Instrument, matched: Matched) -> list[object] | None:
    for question in instrument.questions_of("respondent"):
        for placement in matched.of(question.name):
            return layout.cells(placement.column)
    return None


def _named(identifiers: Sequence[str], rows: Sequence[int], key: bytes | None) -> list[str]:
    first: dict[str, str] = {}
    names = []
    for identifier, row in zip(identifiers, rows, strict=True):
        if not identifier:
            names.append(str(row + 1))
        elif key is not None:
            names.append(pseudonym(identifier, key))
        else:
            names.append(first.setdefault(key_of(identifier), str(row + 1)))
    return names


def _completed(layout: Layout) -> tuple[bool | None, ...]:
    """Return whether each record was finished: all of its marks that say something say so."""
    if _column(layout, "submitted_when_completed") is not None:
        return tuple(not is_empty(cell) for cell in _of(layout, "submitted_when_completed"))
    marks = [layout.cells(c) for c in layout.columns if c.means == "completed"]
    return tuple(_all_done(row) for row in zip(*marks, strict=True)) if marks else (None,) * len(layout.records)


def _all_done(marks: Sequence[object]) -> bool | None:
    said = [done for done in map(_done, marks) if done is not None]
    return all(said) if said else None


def _done(mark: object) -> bool | None:
    if isinstance(mark, dt.date):
        return True
    key = key_of(shown(mark)).removesuffix(".0")
    if key in _FINISHED:
        return True
    return False if key in _UNFINISHED else None


def _seconds(cell: object, started: dt.datetime | None, submitted: dt.datetime | None) -> float | None:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return float(cell)
    if isinstance(cell, dt.timedelta):
        return cell.total_seconds()
    found = _SPAN.fullmatch(unicodedata.normalize("NFKC", shown(cell)).strip()) if not is_empty(cell) else None
    if found is not None and any(found.groups()):
        hours, minutes, seconds = (float(part or 0) for part in found.groups())
        return 3600 * hours + 60 * minutes + seconds
    return (submitted - started).total_seconds() if started is not None and submitted is not None else None
