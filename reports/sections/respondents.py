"""Who was asked and who answered. Absent where nobody was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import numbers_told
from reports.document import Prose, Section
from reports.sections.people import flow_figure, people_figures
from reports.sections.table_one import table_one

if TYPE_CHECKING:
    from reports.document import Block
    from reports.material import Material


def respondents(material: Material) -> Section | None:
    """Return who was asked, the response rate, and what kind of data these are."""
    if material.agreement is None:
        return None
    say = material.words.survey
    blocks: list[Block] = [Prose(text=text) for text in who_answered(material)]
    blocks += [Prose(text=note) for note in material.frame_notes]
    blocks.append(Prose(text=say.published_only() if material.published else say.individual(_answered(material))))
    flow = flow_figure(material)
    blocks += [flow] if flow is not None else []
    table = table_one(material)
    blocks += [table] if table is not None else []
    blocks += people_figures(material)
    return Section(id="respondents", title=material.words.page.RESPONDENTS, blocks=tuple(blocks))


def who_answered(material: Material) -> list[str]:
    """Return how many answered, of how many invited; or that the latter is not known."""
    say, answered = material.words.survey, _answered(material)
    flow = material.cleaned.flow if material.cleaned is not None else None
    analyzed: list[str] = []
    if flow is not None and flow.read != flow.analyzed:
        analyzed = [say.analyzed(numbers_told.number(numbers_told.counted("flow/read", flow.read)), answered)]
    if analyzed and material.response is None:
        return [*analyzed, say.NO_RESPONSE_RATE]
    if material.response is None:
        # a source that says why there is no response rate says it better
        return [say.who(answered), *(() if material.frame_notes else (say.NO_RESPONSE_RATE,))]
    row = numbers_told.part_of("response", *material.response, base="invited")
    invited, share = numbers_told.base_size(row), numbers_told.of(row)
    if not analyzed:
        return [say.response(invited, answered, share)]
    return [material.words.page.sentences([*analyzed, say.analyzed_of_invited(invited, share)])]


def _answered(material: Material) -> str:
    return numbers_told.number(numbers_told.counted("people/answered", material.answered))
