"""The order of sessions of which some have only a month, as arrays: the same rules as those of `scoring/months.py`."""

from __future__ import annotations

import numpy as np

from consensus.scoring.compiled.array_cells import Array
from consensus.scoring.compiled.facts import Days


def clusters(rows: Array, owner: Array, dated: Days) -> Array:
    """Return for each row of a frame the first day of its cluster: sessions of a patient whose dates overlap."""
    start: Array = dated.day.copy()
    order = rows[np.lexsort((dated.until[rows], dated.day[rows], owner[rows]))]
    first, who = dated.day[order], owner[order]
    if not len(order):
        return start
    until = _running(np.maximum, dated.until[order], who)
    new = np.r_[True, (who[1:] != who[:-1]) | (first[1:] > until[:-1])]
    start[order] = first[np.flatnonzero(new)[np.cumsum(new) - 1]]
    return start


def open_order(rows: Array, owner: Array, start: Array, dated: Days, unnumbered: Array) -> Array:
    """Return the patients of whom it is open which of two sessions came first; `rows` are in order.

    That is where sessions of one cluster, in which one has only a month, are not all numbered, or their numbers run
    against their dates.
    """
    who, begin, month = owner[rows], start[rows], (dated.until > dated.day)[rows]
    first, last = narrowed(who, dated.day[rows], dated.until[rows])
    _, cluster = np.unique(np.stack([who, begin], axis=1), axis=0, return_inverse=True)
    of = cluster.ravel()
    with_month = np.bincount(of, weights=month) > 0
    several, bare = np.bincount(of) > 1, np.bincount(of, weights=unnumbered[rows]) > 0
    found: Array = np.unique(np.r_[who[(with_month & several & bare)[of]], who[first > last]])
    return found


def narrowed(who: Array, first: Array, last: Array) -> tuple[Array, Array]:
    """Return the first and last day that sessions can lie on, given that they follow each other in this order."""
    return _running(np.maximum, first, who), _running(np.minimum, last[::-1], who[::-1])[::-1]


def _running(least_or_most: np.ufunc, values: Array, who: Array) -> Array:
    """Return the running maximum or minimum within each patient, whose sessions lie side by side."""
    if not len(values):
        return values
    low, span = int(values.min()), int(values.max()) - int(values.min()) + 1
    _, place = np.unique(np.r_[False, who[1:] != who[:-1]].cumsum(), return_inverse=True)
    # lifted by the patient's place, so that a running value never reaches back to another patient
    lift = place * span * (1 if least_or_most is np.maximum else -1)
    found: Array = least_or_most.accumulate(values - low + lift) - lift + low
    return found
