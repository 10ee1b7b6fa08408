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
    blocks: list[Block] = []
    answered = material.answered
    blocks.append(Prose(text=say.who(numbers.count(answered), material.instrument.title)))
    if material.response is not None and material.response[1] is not None:
        blocks.append(Prose(text=say.response(numbers.of(*material.response))))
    else:
        blocks.append(Prose(text=say.NO_RESPONSE_RATE))
    blocks += [Prose(text=note) for note in material.frame_notes]
    blocks.append(Prose(text=say.published_only() if material.published else say.individual(numbers.count(answered))))
    return Section(id="respondents", title=material.words.page.RESPONDENTS, blocks=tuple(blocks))
