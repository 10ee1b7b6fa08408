"""How the numbers were made, every choice in words: the file and its cleaning, bases, intervals, rule, proposals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import numbers_told
from reports.document import Prose, Section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from consensus.agreement.agree import Agreement
    from reports.material import Material

BY_DESIGN = ("korn-graubard", "linearized", "rao-scott")


def methods(material: Material) -> Section:
    """Return every choice that was made, a paragraph an idea."""
    texts: list[str] = []
    if material.agreement is not None:
        texts += [
            *_answers(material),
            *_estimates(material, material.agreement),
            *_verdicts(material, material.agreement),
            *_beside(material, material.agreement),
        ]
    if material.proposals is not None:
        texts.append(material.words.method.PROPOSALS)
    if material.earlier:
        texts.append(material.words.method.COMPARED)
    if material.scores is not None:
        texts += _patients(material)
    texts.append(material.words.method.SEEDED)
    blocks = tuple(Prose(text=text) for text in texts if text)
    return Section(id="methods", title=material.words.page.METHODS, blocks=blocks)


def _number(name: str, number: int) -> str:
    return numbers_told.number(numbers_told.counted(f"methods/{name}", number))


def _answers(material: Material) -> Iterator[str]:
    """Yield what was read, and how it was cleaned."""
    say, cleaned = material.words.method, material.cleaned
    if cleaned is None:
        yield say.PUBLISHED if material.published else ""
        return
    yield say.read(cleaned.read.dialect)
    yield _corrected(material)
    told = material.conditions(material.instrument, cleaned.eligible)
    yield say.eligible(told) if told else say.EVERYONE
    yield say.MISSING


def _corrected(material: Material) -> str:
    say, people = material.words.method, material.respondents
    if people is None or people.corrections is None:
        return str(say.UNCORRECTED)
    return str(say.corrected(*(_number(f"corrections/{action}", number) for action, number in people.corrections)))


def _estimates(material: Material, agreement: Agreement) -> Iterator[str]:
    say, how = material.words.method, agreement.sampling
    yield say.SHARES
    used = {m.estimate.method for m in agreement.measurements}
    named = [material.named(name) for name in (how.cluster, how.stratum) if name]
    if any(method.startswith(BY_DESIGN) for method in used) and named:
        yield say.designed(named, weighted=bool(how.weight or how.margins))
    elif how.clusters is not None:
        yield say.banded(_number("clusters", how.clusters))
    else:
        yield say.INDEPENDENT
    if any(method.startswith("goodman") or "bonferroni" in method for method in used):
        yield say.SIMULTANEOUS
    yield say.ROUNDING


def _beside(material: Material, agreement: Agreement) -> Iterator[str]:
    """Yield how what stands beside the shares was made, each part only where the report has it."""
    say, further = material.words.method, agreement.further
    if any(e.value is not None for block in further.blocks for _, e in block.estimates):
        yield say.BEYOND_CHANCE
    if further.compared is not None and further.compared.overall.p is not None:
        yield say.COMPARED_CRITERIA[further.compared.overall.method]
    if any(test.test.p is not None for test in further.tests):
        yield say.GROUPED
    if any(item.relevant is not None and item.experts for validity in further.content for item in validity.items):
        yield say.RELEVANCE


def _verdicts(material: Material, agreement: Agreement) -> Iterator[str]:
    say = material.words.method
    if not agreement.verdicts:
        return
    yield say.rule(agreement.rule.sentence(material.language))
    yield say.OUT
    if any(v.coding is not None for v in agreement.verdicts):
        yield say.CODING.format(coding=material.words.survey.CODINGS[agreement.equivocal])
    yield say.FIRMNESS


def _patients(material: Material) -> Iterator[str]:
    scores, say = material.scores, material.words.method
    assert scores is not None
    yield say.VERDICTS
    if scores.readings:
        yield say.readings([f"{name} = {value}" for name, value in scores.readings])
    if material.unwindowed is not None:
        yield say.WINDOWS
