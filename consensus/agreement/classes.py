"""Numbers in a few classes with round limits: years of experience, beds of a hospital."""

from __future__ import annotations

from collections.abc import Sequence

STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 2500, 5000, 10000)
MOST = 8


def classes(values: Sequence[float]) -> list[tuple[float, float, int]]:
    """Return (lowest, highest, how many) of each class, ends included; at most `MOST` classes of one round width.

    Whole numbers have classes such as 11 to 15; with few distinct values each is a class of its own. Empty classes
    between others stay.
    """
    given = sorted(values)
    if not given:
        return []
    distinct = sorted(set(given))
    if len(distinct) <= MOST and all(value == int(value) for value in distinct):
        return [(value, value, given.count(value)) for value in distinct]
    reach = given[-1] - given[0]
    step = next((s for s in STEPS if reach / s < MOST - 1), STEPS[-1])
    first = (int(given[0]) - 1) // step * step if given[0] >= 1 else 0
    found = []
    low = first
    while low < given[-1]:
        inside = [value for value in given if low < value <= low + step or (low == first and value == low)]
        found.append((float(low + 1), float(low + step), len(inside)))
        low += step
    while found and not found[0][2]:
        found.pop(0)
    return found
