"""Verdicts where single lesions are known: whose viable share counts, and one lesion followed through a run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pandas as pd

from consensus.definitions.readings_of_courses import LESION_SCOPE
from consensus.scoring.courses import Courses
from consensus.scoring.lesion_courses import most_lesions, refilled, with_scope
from consensus.scoring.score import Scores

SAME = LESION_SCOPE.default


def over_lesions(courses: Courses, chosen: Mapping[str, str], judge: Callable[[Courses], Scores]) -> Scores:
    """Return what `judge` gives under the reading `lesion_scope`.

    By `same_lesion` each lesion of a patient is judged through the whole course, and a definition is met if it is met
    by one of them: the earliest date counts; it is unknown if one leaves it open.
    """
    courses = refilled(courses, chosen)
    if chosen.get(LESION_SCOPE.name, SAME) != SAME:
        return replace(judge(with_scope(courses, chosen)), courses=courses)
    variants = [judge(with_scope(courses, chosen, at)) for at in range(max(1, most_lesions(courses)))]
    return replace(_best(variants), courses=courses)


def _best(variants: list[Scores]) -> Scores:
    rows = [[frame.iloc[at] for frame in (one.frame for one in variants)] for at in range(len(variants[0].frame))]
    picks = [_earliest([_order(row) for row in mine]) for mine in rows]
    frame = pd.concat([variants[k].frame.iloc[[at]] for at, k in enumerate(picks)]) if picks else variants[0].frame
    chosen = {(row["patient_id"], row["definition"]): k for row, k in zip(frame.to_dict("records"), picks, strict=True)}
    return replace(
        variants[0],
        frame=frame.reset_index(drop=True),
        days=tuple(variants[k].days[at] for at, k in enumerate(picks)),
        reasons=tuple(variants[k].reasons[at] for at, k in enumerate(picks)),
        blamed=tuple(
            (patient, name, cause)
            for k, one in enumerate(variants)
            for patient, name, cause in one.blamed
            if chosen[patient, name] == k
        ),
    )


def _earliest(orders: list[tuple[int, str]]) -> int:
    return orders.index(min(orders))


def _order(row: pd.Series) -> tuple[int, str]:
    rank = {"met": 0, "unknown": 1}.get(str(row["verdict"]), 2)
    return rank, str(row["date"]) if rank == 0 else ""
