"""Who belongs to exactly which of several sets: answers chosen together, definitions met together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

COMMONEST = 15


@dataclass(frozen=True, kw_only=True, slots=True)
class Combination:
    """So many people or patients belong to exactly these `members`; belonging to nothing is a combination too."""

    members: tuple[str, ...]
    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Combinations:
    """All combinations of `total` people, commonest first; `sizes` are how many belong to each name at all."""

    total: int
    found: tuple[Combination, ...]
    sizes: tuple[tuple[str, int], ...]

    def rarer(self, most: int = COMMONEST) -> int:
        """Return how many people have a combination beyond the `most` commonest."""
        return sum(one.count for one in self.found[most:])

    def to_list(self, name: str) -> list[dict[str, object]]:
        """Return one object a combination, its members under the key `name`."""
        return [{name: list(one.members), "count": one.count} for one in self.found]


def combinations_of(chosen: Iterable[Sequence[str]], names: Sequence[str]) -> Combinations:
    """Return how many belong to which of `names`; `chosen` has for each person what they belong to.

    Members stand in the order of `names`, and so do combinations of equal counts. What `names` don't have is ignored.
    """
    known = {name: at for at, name in enumerate(names)}
    sets = [tuple(sorted({name for name in one if name in known}, key=known.__getitem__)) for one in chosen]
    counted = sorted(Counter(sets).items(), key=lambda pair: (-pair[1], [known[name] for name in pair[0]]))
    return Combinations(
        total=len(sets),
        found=tuple(Combination(members=members, count=count) for members, count in counted),
        sizes=tuple((name, sum(name in members for members in sets)) for name in names),
    )
