"""The numbers of `propose --json` as rows of numbers.csv: each has its place in that file as its name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from reports.numbers_marked import NumberRow, mark

if TYPE_CHECKING:
    from consensus.proposals.proposal import Proposals
    from reports.material import Material

HEAD = "propose"


def row_of(material: Material, *path: str | int, method: str = "") -> NumberRow:
    """Return the row of one number of `propose --json`; `path` are keys, and places in lists from 1.

    KeyError where there is no number.
    """
    assert material.proposals is not None
    name = "/".join(map(str, path))
    return NumberRow(id=f"{HEAD}/{name}", value=_flat(material.proposals)[name], method=method or HEAD)


def known(material: Material, *path: str | int) -> bool:
    """Return whether there is a number at this place."""
    return material.proposals is not None and "/".join(map(str, path)) in _flat(material.proposals)


def percent(material: Material, *path: str | int) -> str:
    """Return a share as `58.4%`, marked; an empty text where there is none."""
    from reports import numbers

    if not known(material, *path):
        return ""
    row = row_of(material, *path)
    return mark(row, numbers.percent(row.value or 0, digits=1))


def threshold(material: Material, *path: str | int) -> str:
    """Return the threshold of a rule as `75%` or `66.7%`, marked."""
    from reports import numbers

    row = row_of(material, *path)
    hundredths = 100 * (row.value or 0)
    return mark(row, numbers.percent(row.value or 0, digits=0 if abs(hundredths - round(hundredths)) < 1e-9 else 1))


def number(material: Material, *path: str | int) -> str:
    """Return a count or points, marked; an empty text where there is none."""
    from reports import numbers

    if not known(material, *path):
        return ""
    row = row_of(material, *path)
    return mark(
        row, numbers.points(row.value or 0) if row.value != int(row.value or 0) else numbers.count(row.value or 0)
    )


def decimal(material: Material, *path: str | int, digits: int = 2) -> str:
    """Return a number with so many decimals, marked; an empty text where there is none."""
    from reports import numbers

    if not known(material, *path):
        return ""
    row = row_of(material, *path)
    return mark(row, numbers.typeset(row.value or 0, digits))


def flattened(content: object, path: tuple[str, ...] = ()) -> Iterator[tuple[str, float]]:
    """Yield each number of a JSON shape with its place: keys and places in lists (from 1), `/` between."""
    if isinstance(content, dict):
        for key, value in content.items():
            yield from flattened(value, (*path, str(key)))
    elif isinstance(content, list | tuple):
        for at, value in enumerate(content, start=1):
            yield from flattened(value, (*path, str(at)))
    elif isinstance(content, int | float) and not isinstance(content, bool):
        yield "/".join(path), float(content)


@lru_cache(maxsize=4)
def _flat(proposals: Proposals) -> dict[str, float]:
    return dict(flattened(proposals.to_json_dict()))
