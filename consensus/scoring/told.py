"""Three-valued statements that remember why they are unknown, and how they combine."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from consensus.definitions.logic import Truth
from consensus.scoring.course import Cause


class Told(NamedTuple):
    """Yes, no or unknown; `causes` are the columns to blame for an unknown, empty otherwise."""

    value: Truth
    causes: frozenset[Cause] = frozenset()


YES, NO = Told(True), Told(False)


def unknown(causes: Iterable[Cause]) -> Told:
    """Return an unknown with its causes."""
    return Told(None, frozenset(causes))


def of(value: Truth, *causes: Cause) -> Told:
    """Return a value; the causes hold only where it is unknown."""
    return YES if value is True else NO if value is False else unknown(causes)


def both(tolds: Iterable[Told]) -> Told:
    """Return AND: a certain no wins, else the causes of all unknown members."""
    causes: set[Cause] = set()
    open_ = False
    for told in tolds:
        if told.value is False:
            return NO
        if told.value is None:
            open_ = True
            causes |= told.causes
    return unknown(causes) if open_ else YES


def either(tolds: Iterable[Told]) -> Told:
    """Return OR: a certain yes wins, else the causes of all unknown members."""
    causes: set[Cause] = set()
    open_ = False
    for told in tolds:
        if told.value is True:
            return YES
        if told.value is None:
            open_ = True
            causes |= told.causes
    return unknown(causes) if open_ else NO


def negated(told: Told) -> Told:
    """Return NOT: yes and no swapped, an unknown kept with its causes."""
    return told if told.value is None else NO if told.value else YES
