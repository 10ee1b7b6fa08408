"""The summary: the honest result first, in plain words. Always there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import numbers
from reports.document import Bullets, Callout, Prose, Section
from reports.frames import rows_of
from reports.sections.question import support_text

if TYPE_CHECKING:
    from consensus.rules.verdict import RuleVerdict
    from reports.document import Block
    from reports.material import Material


def summary(material: Material) -> Section:
    """Return the summary of whatever the study has."""
    blocks: list[Block] = []
    if material.agreement is not None:
        blocks.append(_result(material))
    if material.scores is not None:
        blocks.append(_patients(material))
    return Section(id="summary", title=material.words.page.SUMMARY, blocks=tuple(blocks))


def _result(material: Material) -> Callout:
    agreement, say = material.agreement, material.words.summary
    assert agreement is not None
    main = [v for v in agreement.verdicts if v.coding in (None, agreement.equivocal)]
    accepted, rejected, between = (
        [v for v in main if v.outcome in words]
        for words in (("in",), ("out",), ("no consensus", "uncertain", "too few"))
    )
    lines = [say.accepted(material.criterion(v.criterion), _support(material, v)) for v in accepted]
    lines += [say.rejected(material.criterion(v.criterion), _support(material, v)) for v in rejected]
    lines += [say.between(material.criterion(v.criterion), _support(material, v)) for v in between]
    blocks: list[Prose | Bullets] = [
        Prose(text=say.first(len(accepted), len(main), agreement.rule.sentence(material.language)), tone="lead")
    ]
    if lines:
        blocks.append(Bullets(items=tuple(lines)))
    blocks += [Prose(text=text) for text in _proposals(material)]
    return Callout(kind="result", title=say.TITLE, blocks=tuple(blocks))


def _proposals(material: Material) -> list[str]:
    say, proposals = material.words.summary, material.proposals
    if proposals is None:
        return []
    chosen = proposals.chosen
    if chosen is None:
        return [say.NO_DEFINITION, *(p.reason for p in proposals if p.definition is None and p.reason)][:2]
    terms = [term.says.text(material.language) for term in chosen.terms]
    return [
        say.definition(
            terms, fallback=proposals.thresholded.rule != material.agreement.rule if material.agreement else False
        )
    ]


def _patients(material: Material) -> Callout:
    say, scores = material.words.summary, material.scores
    assert scores is not None
    rows = scores.counts()
    total = len(scores.courses.patients)
    lines = [
        say.patients(
            material.definition(row.definition), numbers.of(int(row.met), total), numbers.count(int(row.unknown))
        )
        for row in rows_of(rows)
    ]
    title = say.patients_title(numbers.plural(total, "patient"), scores.courses.synthetic)
    return Callout(kind="card", title=title, blocks=(Bullets(items=tuple(lines)),))


def _support(material: Material, verdict: RuleVerdict) -> str:
    """Return the support under the study's coding, and how far it goes under the others."""
    agreement, say = material.agreement, material.words.summary
    assert agreement is not None
    shown = support_text(material, verdict)
    others = [v.support for v in agreement.verdicts if v.criterion == verdict.criterion and v.support.value is not None]
    if not shown or len(others) < 2:
        return shown
    low, high = (pick(others, key=lambda e: e.value or 0) for pick in (min, max))
    limits = [numbers.percent(e.value or 0, e.n) for e in (low, high)]
    return str(say.depending(shown, material.words.survey.CODINGS[verdict.coding], *limits))
