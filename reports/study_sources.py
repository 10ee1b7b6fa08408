"""Studies without a study file: an export alone, and the names of the library."""

from __future__ import annotations

from pathlib import Path

from questionnaires.problems import ConsensusError, did_you_mean
from reports.known_names import name_hint
from reports.study import Study


def study_from_export(path: Path) -> Study:
    """Return the study of a file of answers alone; ConsensusError where the file is something else."""
    from reports.checking import ANSWERS, kind_of
    from reports.study_file import not_a_study

    if kind_of(path, has_instrument=False) != ANSWERS:
        raise not_a_study(path)
    return Study(name=path.stem, title=path.stem, answers=path)


def study_from_library(name: str) -> Study:
    """Return the study of a survey of the library; ConsensusError where there is none or no answers are known."""
    from questionnaires.library import entries

    known = {entry.id: entry for entry in entries()}
    if name not in known:
        hint = name_hint(name) or did_you_mean(name, known) or f"The library has {', '.join(known)}."
        raise ConsensusError(f'"{name}" is neither a file nor a name of the library. {hint}')
    if known[name].published is None:
        raise ConsensusError(
            f"{name}: no answers of this instrument are published, so there is nothing to report yet. Name your own "
            f"in a study file, or see one on SYNTHETIC answers: consensus new trial --simulate 200 --instrument {name}."
        )
    return Study(name=name, instrument=name, courses=known[name].condition)
