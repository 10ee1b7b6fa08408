"""What the numbers can't tell, drawn from the data themselves: each limit is there only where it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from consensus.rounds.stability import are_linked
from reports import numbers_told
from reports.document import Bullets, Section
from reports.frames import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from consensus.agreement.agree import Agreement
    from consensus.agreement.respondents import Respondents
    from consensus.scoring.score import Scores
    from reports.material import Material

FEW_PATIENTS = 100
OFTEN_UNKNOWN = 0.2


def limitations(material: Material) -> Section:
    """Return what the data say about their own limits."""
    items: list[str] = []
    if material.agreement is not None:
        items += _survey(material, material.agreement)
    if material.panel is not None and len(material.panel.rounds) > 1 and not are_linked(material.panel.rounds):
        items.append(material.words.limits.UNLINKED)
    if material.respondents is not None:
        items += _people(material, material.respondents)
    if material.earlier:
        items.append(material.words.limits.EARLIER)
    if material.scores is not None:
        items += _patients(material, material.scores)
    kept = tuple(dict.fromkeys(item for item in items if item))
    return Section(
        id="limitations", title=material.words.page.LIMITATIONS, blocks=(Bullets(items=kept),) if kept else ()
    )


def _survey(material: Material, agreement: Agreement) -> Iterator[str]:
    say, questions = material.words.limits, material.instrument.questions
    judged = {v.question for v in agreement.verdicts}
    kinds = {q.evidence for q in questions if q.name in judged}
    yield say.COMPLEMENT if "bound" in kinds else ""
    yield say.PROXY if "proxy" in kinds else ""
    yield say.WORDING if any(q.reconstructed for q in questions) else ""
    yield from material.frame_notes
    if material.published:
        yield say.MARGINS
    else:
        how = agreement.sampling
        yield say.INDEPENDENT if how.cluster is None and how.clusters is None else ""
    if material.response is None and (material.cleaned is None or material.cleaned.flow.invited is None):
        yield "" if material.published and material.frame_notes else say.NO_FRAME
    yield say.SYNTHETIC_ANSWERS if agreement.synthetic else ""
    yield say.AGREEMENT


def _people(material: Material, people: Respondents) -> Iterator[str]:
    """Yield one-sided groups of respondents, questions that many left blank, and people who answered carelessly."""
    say = material.words.limits
    for one in people.one_sided:
        part = numbers_told.part_of(f"limits/{one.question}", one.count, one.n, base="answered")
        option = material.option(one.question, one.option)
        yield say.one_sided(option, numbers_told.of(part), material.question(one.question))
    for m in people.blank:
        part = numbers_told.part_of(f"limits/blank/{m.question}", m.missing, m.asked, base="asked")
        yield say.blank(material.question(m.question), numbers_told.of(part))
    if people.careless:
        yield say.careless(numbers_told.number(numbers_told.counted("limits/careless", people.careless)))


def _patients(material: Material, scores: Scores) -> Iterator[str]:
    say, total = material.words.limits, len(scores.courses.patients)
    yield say.SYNTHETIC_PATIENTS if scores.courses.synthetic else ""
    yield say.FEW if total < FEW_PATIENTS else ""
    open_ = [row for row in rows_of(scores.counts()) if total and row.unknown > OFTEN_UNKNOWN * total]
    if open_:
        worst = max(open_, key=lambda row: row.unknown)
        part = numbers_told.part_of(f"limits/unknown/{worst.definition}", int(worst.unknown), total, base="patients")
        yield say.unknown(material.definition(worst.definition), numbers_told.of(part))
    recalled = [d.title.text(material.language) or d.id for d in scores.definitions if d.source.standing == "recalled"]
    yield say.recalled(recalled) if recalled else ""
