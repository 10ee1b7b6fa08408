"""What the sections of a report are made from, and how they call the things in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from questionnaires.problems import Problems
from reports import numbers_told, wording
from reports.labels import labels_of
from reports.quotation import curly
from reports.wording.messages import said

NAMED = re.compile(r"\$\{([^}]+)\}")

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from consensus.agreement.agree import Agreement
    from consensus.agreement.respondents import Respondents
    from consensus.definitions.definition import Definition
    from consensus.proposals.propose import Proposals
    from consensus.provenance import Provenance
    from consensus.rounds.panel_results import PanelResults
    from consensus.scoring.score import Scores
    from questionnaires.cleaning.cleaned import Cleaned
    from questionnaires.instrument import Instrument, Labels, Question
    from questionnaires.published import PublishedCount
    from reports.earlier import Earlier


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Material:
    """Everything that a report may tell; a part that the study has no data for is None.

    `unwindowed` are the scores of those definitions that state a window of their own, without it. `published` are the
    rows of printed counts with their notes; empty where single answers were analyzed. `eligible` are the conditions on
    who was analyzed, `cleaned` how single answers came to be analyzed, `earlier` the studies
    that this one is set beside.
    """

    title: str
    language: str
    provenance: Provenance
    agreement: Agreement | None = None
    proposals: Proposals | None = None
    scores: Scores | None = None
    unwindowed: Scores | None = None
    published: tuple[PublishedCount, ...] = ()
    response: tuple[int, int] | None = None
    eligible: tuple[str, ...] = ()
    cleaned: Cleaned | None = None
    earlier: tuple[Earlier, ...] = ()
    panel: PanelResults | None = None
    key: bytes | None = None
    problems: Problems = field(default_factory=Problems)
    small_cells: int = 0

    def panelist(self, identifier: str) -> str:
        """Return what a panelist is called where others read: by the study's key, else by a running number."""
        from questionnaires.privacy import pseudonym
        from questionnaires.reading.text import key_of

        if self.key is not None:
            return pseudonym(identifier, self.key)
        from reports.recheck.panel_tidy import running_numbers

        known = {} if self.panel is None else {key_of(who): at for who, at in running_numbers(self.panel).items()}
        return str(known.get(key_of(identifier), "?"))

    @property
    def answered(self) -> int:
        """How many people answered at all: the response where it is known, else the largest base."""
        if self.response is not None:
            return self.response[0]
        return 0 if self.agreement is None else self.agreement.answered

    @property
    def respondents(self) -> Respondents | None:
        """What is known of the people behind the answers; None where only counts are known."""
        return None if self.cleaned is None else _respondents(self.cleaned)

    @property
    def frame_notes(self) -> tuple[str, ...]:
        """What the source of printed counts says about who was asked."""
        notes = dict.fromkeys(row.note for row in self.published if row.question == "response" and row.note)
        return tuple(self.said(note) for note in notes)

    def noted(self, text: Labels) -> str:
        """Return a note that a file holds in the report's language, its quotation marks as a page has them."""
        told = text.text(self.language)
        return curly(told) if self.language == "en" else told

    @property
    def words(self) -> Any:
        """The sentences of the report's language."""
        return wording.of(self.language)

    def said(self, text: str | None) -> str:
        """Return a sentence of a lower layer in the report's language, with the instrument's labels in it too."""
        if self.language == "en" or not text:
            return curly(text or "")
        return said(text, self.language, self._labels())

    def reasoned(self, name: str, reason: str) -> str:
        """Return a lower layer's reason in the report's language, the share in it marked as the row `name`."""
        told = curly(reason) if self.language == "en" else reason
        return self.said(numbers_told.reasoned(name, told, self.words.survey.share_with_count))

    def _labels(self) -> dict[str, str]:
        return {} if self.agreement is None else labels_of(self.instrument, self.language)

    @property
    def instrument(self) -> Instrument:
        """The instrument of the agreement; ValueError where there is none."""
        if self.agreement is None:
            raise ValueError("there is no instrument without answers")
        return self.agreement.instrument

    def conditions(self, instrument: Instrument, expressions: Sequence[str]) -> list[str]:
        """Return expressions of the routing language with the names of questions in them replaced by their wording."""
        asked = {q.name: q.label.text(self.language) for q in instrument.questions}
        quoted = self.words.survey.quoted
        return [NAMED.sub(lambda hole: quoted(asked.get(hole[1], hole[1])), text) for text in expressions]

    def named(self, column: str) -> str:
        """Return a question's wording in quotation marks, or the name of a column that is no question."""
        try:
            return str(self.words.survey.quoted(self.question(column)))
        except KeyError:
            return column

    def day(self, when: date) -> str:
        """Return a date as the report's language writes it."""
        return str(self.words.page.day(when.year, when.month, when.day))

    def question(self, name: str) -> str:
        """Return a question's wording in the report's language."""
        return self.instrument.question(name).label.text(self.language)

    def option(self, question: Question | str, name: str) -> str:
        """Return an option's label in the report's language."""
        asked = self.instrument.question(question) if isinstance(question, str) else question
        return asked.choice(name).label.text(self.language)

    def criterion(self, name: str) -> str:
        """Return a criterion's label in the report's language, else its name."""
        try:
            return self.instrument.criterion(name).label.text(self.language) or name
        except KeyError:
            return name

    def definition(self, definition_id: str) -> str:
        """Return what a scored definition is called: the study's own by number, others by title, else the id.

        One whose text is recalled is marked, so that each table and figure that names it says so.
        """
        for number, proposal in enumerate(self.proposals or (), start=1):
            if proposal.definition is not None and proposal.definition.id == definition_id:
                rule = proposal.rule.phrase(self.language)
                return str(self.words.proposal.short(proposal.kind, rule, number, proposal.school))
        for definition in self.definitions:
            if definition.id == definition_id:
                title = definition.title.text(self.language) or definition_id
                recalled = definition.source.standing == "recalled"
                return str(self.words.cohort.marked_recalled(title)) if recalled else title
        return definition_id

    @property
    def definitions(self) -> tuple[Definition, ...]:
        """The definitions that the patients were scored by."""
        return tuple(self.scores.definitions) if self.scores is not None else ()


@lru_cache(maxsize=2)
def _respondents(cleaned: Cleaned) -> Respondents:
    from consensus.agreement.respondents import respondents_of

    return respondents_of(cleaned)
