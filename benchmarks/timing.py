"""CPU seconds of all threads, the least of several turns that alternate with the peer, and what they come to."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Ratio:
    """One comparison: our seconds over the peer's, and what the design allows where it says so."""

    work: str
    against: str
    ours: float
    theirs: float
    budget: str

    @property
    def ratio(self) -> float:
        return self.ours / self.theirs


def seconds(work: Callable[[], object], *, children: bool = False) -> float:
    """Return the CPU seconds of some work, of this process or of those that it starts."""
    clock = _children if children else time.process_time
    start = clock()
    work()
    return clock() - start


def best(
    turns: int, ours: Callable[[], object], theirs: Callable[[], object], *, children: bool = False
) -> list[float]:
    """Return the least seconds of each of two, which take turns."""
    times = [(seconds(ours, children=children), seconds(theirs, children=children)) for _ in range(turns)]
    return [min(column) for column in zip(*times, strict=True)]


def _children() -> float:
    import resource  # not there on Windows

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
