"""Earlier studies that a study is set beside: each read and counted by its own file, or from the library."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from questionnaires.problems import ConsensusError
from reports import study_keys

if TYPE_CHECKING:
    from consensus.agreement.agree import Agreement
    from consensus.agreement.earlier import Comparison
    from questionnaires.published import PublishedCount
    from reports.study import Study


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Earlier:
    """One earlier study: how its items compare, whom it asked, and what its sources remark.

    `response` is (answered, invited) where both are known; `eligible` the conditions on who was analyzed.
    """

    name: str
    title: str
    comparison: Comparison
    response: tuple[int, int] | None = None
    answered: int | None = None
    eligible: tuple[str, ...] = ()
    published: tuple[PublishedCount, ...] = ()

    @property
    def frame_notes(self) -> tuple[str, ...]:
        """What the source of printed counts says about who was asked."""
        return tuple(dict.fromkeys(row.note for row in self.published if row.question == "response" and row.note))

    def to_dict(self) -> dict[str, object]:
        """Return the study beside this one as `earlier` of `agree --json` has it."""
        invited = None if self.response is None else self.response[1]
        return {"study": self.name, "answered": self.answered, "invited": invited} | self.comparison.to_dict()


def read_earlier(study: Study, agreement: Agreement | None) -> tuple[Earlier, ...]:
    """Return the studies that `[compare] studies` names; ConsensusError where one can't be read or has no answers."""
    if agreement is None:
        return ()
    return tuple(_read(study, source, agreement) for source in study.earlier)


def _read(study: Study, source: str | Path, agreement: Agreement) -> Earlier:
    from consensus.agreement.agree import agree
    from consensus.agreement.earlier import compare_surveys
    from reports.study import read_cleaned, read_study, refuse_waiting

    where = study_keys.located(study.path, "compare.studies") if study.path is not None else study.name
    try:
        other = read_study(source)
    except ConsensusError as error:
        raise ConsensusError(f"{where}: {error}") from None
    refuse_waiting(other, but=study_keys.OF_REPORT)
    instrument, answers, _ = read_cleaned(other)
    if instrument is None or answers is None:
        raise ConsensusError(f"{where}: {source} has no answers to compare with.")
    then = agree(answers, rule=other.rule, equivocal=other.equivocal)  # type: ignore[arg-type]
    values, response = getattr(answers, "values", None), getattr(answers, "response", None)
    answered = len(values) if values is not None else response[0] if response is not None else None
    if response is None and answered is not None and other.invited is not None:
        response = (answered, other.invited)
    return Earlier(
        name=other.name,
        title=other.title or instrument.title,
        comparison=compare_surveys(agreement, then),
        response=response,
        answered=answered,
        eligible=other.eligible,
        published=getattr(answers, "rows", ()),
    )
