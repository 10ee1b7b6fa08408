"""The courses that scores were given for, built once for all that is told of them afterwards."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from consensus.scoring.courses import Located, located_courses

if TYPE_CHECKING:
    from consensus.scoring.score import Scores


# kept by the scores and not by their courses: whoever changes a frame and scores again gets what stands there now
@lru_cache(maxsize=1)
def scored_courses(scores: Scores) -> tuple[Located, ...]:
    """Return the course of each patient of some scores with the rows that it comes from, in their order."""
    return tuple(located_courses(scores.courses))
