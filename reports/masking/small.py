"""What a small cell is, and how many cells have to be hidden so that no small one can be told from the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reports.numbers_marked import NumberRow

PEOPLE = ("invited", "eligible", "asked", "answered", "committed", "patients")
# bare counts that count no people: rules, criteria, definitions, sessions, questions, hospitals, settings
NOT_PEOPLE = (
    "criteria/", "definitions", "sessions", "multiverse/", "hospitals", "scale/", "methods/clusters", "compared/",
    "panel/statements", "panel/rounds", "panel/groups", "panel/amendments", "panel/fragile", "panel/judged",
    "panel/turned", "panel/items",
    "checklist/questions", "checklist/criteria", "checklist/routed", "checklist/asked", "checklist/complete",
)  # fmt: skip
NOT_PEOPLE_ENDS = ("/combinations", "/groups")
MEMBERS = ("members", "people", "yes", "no", "votes", "no_number", "pairs", "met", "answered", "size")


def is_small(row: NumberRow, least: int) -> bool:
    """Return whether a row tells that 1 to `least` - 1 people were counted, or that as many were left of its base."""
    if row.n is not None and row.base in PEOPLE:
        counts = [float(row.n)] if row.count is None else [row.n, row.count, row.n - row.count]
        # a panel's rounds say in words how many of those invited answered
        shown = counts[:2] if row.id.startswith("panel-flow/") else counts
        return any(0 < count < least for count in shown)
    if row.n is not None or row.value is None or not 0 < row.value < least:
        return False
    if row.base is not None:  # how many people a coefficient is of
        return row.method == "count" and row.base in PEOPLE
    if row.method == "propose":
        return row.id.rsplit("/", 1)[-1] in MEMBERS
    return row.method == "count" and not row.id.startswith(NOT_PEOPLE) and not row.id.endswith(NOT_PEOPLE_ENDS)


def covered(counts: Mapping[str, float], least: int) -> frozenset[str]:
    """Return the cells to hide of those that add up to a known total; none where no cell is small.

    A cell is small where 1 to `least` - 1 people are in it or in all others together. The next larger ones are hidden
    beside them until each hidden cell could, by what is shown, hold `least` people or more. Empty cells come last.
    """
    total = sum(counts.values())
    hidden = {name for name, count in counts.items() if 0 < count < least or 0 < total - count < least}
    rest = sorted((name for name in counts if name not in hidden), key=lambda name: (not counts[name], counts[name]))
    while hidden and rest and not _open((counts[name] for name in hidden), least):
        hidden.add(rest.pop(0))
    return frozenset(hidden)


def _open(hidden: Iterable[float], least: int) -> bool:
    cells = list(hidden)
    return len(cells) > 1 and sum(cells) - (len(cells) - 1) >= least
