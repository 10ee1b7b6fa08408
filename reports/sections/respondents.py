"""Who was asked and who answered. Absent where nobody was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import numbers
from reports.document import Prose, Section

if TYPE_CHECKING:
    from reports.document import Block
    from reports.material import Material


def respondents(material: Material) -> Section | None:
    """Return who was asked, the response rate, and what kind of data these are."""
    if material.agreement is None:
        return None
    say = material.words.survey
    blocks: list[Block] = [Prose(text=text) for text in who_answered(material)]
    answered = material.answered
    blocks += [Prose(text=note) for note in material.frame_notes]
    blocks.append(Prose(text=say.published_only() if material.published else say.individual(numbers.count(answered))))
    return Section(id="respondents", title=material.words.page.RESPONDENTS, blocks=tuple(blocks))


def who_answered(material: Material) -> list[str]:
    """Return how many answered, of how many invited; or that the latter is not known."""
    say, answered = material.words.survey, numbers.count(material.answered)
    if material.response is None:
        # a source that says why there is no response rate says it better
        return [say.who(answered), *(() if material.frame_notes else (say.NO_RESPONSE_RATE,))]
    return [say.response(numbers.count(material.response[1]), answered, numbers.of(*material.response))]
