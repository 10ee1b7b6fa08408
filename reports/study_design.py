"""The part of a study file that tells how people came into the survey: hospitals, strata, weights, known totals."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from questionnaires.problems import ConsensusError
from reports import study_keys

if TYPE_CHECKING:
    from consensus.agreement.sampling import Sampling
    from questionnaires.published import PublishedCounts
    from questionnaires.responses import Responses
    from reports.study import Study


def sampling_of(study: Study, answers: Responses | PublishedCounts) -> Sampling:
    """Return how people came into a study, as its file tells; those invited of a printed survey are printed too."""
    from consensus.agreement.sampling import Sampling
    from questionnaires.library import entry
    from questionnaires.published import PublishedCounts

    printed = getattr(answers, "response", None)
    clusters = study.clusters
    if clusters is None and isinstance(answers, PublishedCounts) and isinstance(study.instrument, str):
        clusters = entry(study.instrument).clusters
    return Sampling(
        cluster=study.cluster,
        stratum=study.stratum,
        weight=study.weight,
        invited=study.invited if study.invited is not None or printed is None else printed[1],
        clusters=clusters,
        population=study.population,
        margins=study.margins,
        lonely=study.lonely,  # type: ignore[arg-type]
    )


def population_of(path: Path, given: int | dict[str, Any] | None) -> int | tuple[tuple[str, int], ...] | None:
    """Return how many hospitals there are, by stratum where a table says so; ConsensusError for what is no number."""
    if not isinstance(given, dict):
        return given
    wrong = [name for name, number in given.items() if not isinstance(number, int) or isinstance(number, bool)]
    if wrong:
        at = study_keys.located(path, "design.population")
        raise ConsensusError(f"{at}: population of {wrong[0]} is {given[wrong[0]]!r}. Expected a whole number.")
    return tuple(given.items())


def margins_of(path: Path, given: dict[str, Any]) -> tuple[tuple[str, tuple[tuple[str, float], ...]], ...]:
    """Return known totals a question; ConsensusError for what is not a table of answers and positive numbers."""
    at = study_keys.located(path, "design.margins")
    for name, totals in given.items():
        if not isinstance(totals, dict) or not totals:
            raise ConsensusError(
                f'{at}: {name} is {totals!r}. Expected a table, as in {name} = {{"A" = 120, "B" = 64}}.'
            )
        for level, number in totals.items():
            if isinstance(number, bool) or not isinstance(number, int | float) or number <= 0:
                raise ConsensusError(f'{at}: {name} has {number!r} for "{level}". Expected a positive number.')
    return tuple((name, tuple((level, float(n)) for level, n in totals.items())) for name, totals in given.items())
