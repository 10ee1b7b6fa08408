"""From material to a document: the sections in their order, without those that have nothing to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import numbers_told, wording
from reports.document import Document
from reports.sections.camps import camps
from reports.sections.chance import chance
from reports.sections.checklists import checklists
from reports.sections.closing import problems, provenance
from reports.sections.codebook import codebook
from reports.sections.cohort import cohort
from reports.sections.comparison import comparison
from reports.sections.criteria import criteria
from reports.sections.data import data
from reports.sections.experts import survey_experts
from reports.sections.groups import groups
from reports.sections.leaning import leaning
from reports.sections.left_out import left_out
from reports.sections.limitations import limitations
from reports.sections.limits import limits
from reports.sections.methods import methods
from reports.sections.next_round import next_round
from reports.sections.others import others
from reports.sections.overview import overview
from reports.sections.pairs import pairs
from reports.sections.proposals import proposals
from reports.sections.relevance import relevance
from reports.sections.respondents import respondents
from reports.sections.rounds import rounds
from reports.sections.rounds_multiverse import rule_multiverse
from reports.sections.silence import silence
from reports.sections.summary import summary
from reports.sections.treatments import treatments

if TYPE_CHECKING:
    from collections.abc import Callable

    from reports.document import Section
    from reports.material import Material

SECTIONS: tuple[Callable[[Material], Section | None], ...] = (
    summary,
    rounds,
    respondents,
    survey_experts,
    overview,
    criteria,
    rule_multiverse,
    limits,
    pairs,
    leaning,
    silence,
    groups,
    camps,
    chance,
    relevance,
    treatments,
    others,
    comparison,
    proposals,
    left_out,
    next_round,
    cohort,
    data,
    problems,
    methods,
    limitations,
    checklists,
    codebook,
    provenance,
)


def compose(material: Material) -> Document:
    """Return the report on `material`; an empty section is left out with its heading."""
    sections = tuple(s for build in SECTIONS if (s := build(material)) is not None and (s.blocks or s.sections))
    return Document(
        title=material.title,
        language=material.language,
        mark=_mark(material),
        subtitle=_subtitle(material),
        sections=sections,
    )


def _subtitle(material: Material) -> str:
    words = wording.of(material.language)
    if material.panel is not None and material.agreement is None:
        return str(words.rounds.SUBTITLE if material.scores is None else words.rounds.SUBTITLE_WITH_PATIENTS)
    return str(words.page.subtitle(material.agreement is not None, material.scores is not None))


def _sample(patients: int) -> str:
    return numbers_told.number(numbers_told.counted("patients", patients))


def _mark(material: Material) -> str | None:
    page = wording.of(material.language).page
    survey = None if material.agreement is None else page.PUBLISHED if material.published else page.ANSWERED
    courses = material.scores.courses if material.scores is not None else None
    mark: str | None = page.mark(
        survey,
        _sample(len(courses.patients)) if courses is not None else None,
        material.agreement is not None and material.agreement.synthetic,
        courses is not None and courses.synthetic,
    )
    if material.panel is not None and material.panel.synthetic:
        said = str(wording.of(material.language).rounds.MARK)
        return said if mark is None else str(page.sentences([said, mark]))
    if mark is None and "SYNTHETIC" in material.title.upper():
        return str(page.MARKED_BY_TITLE)
    return mark
